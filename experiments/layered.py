"""Deep feed-forward networks on the digits: 64 pixels, layers of 64 units, a read-out of ten classes; every backward pass is the derived program.

All arrays have a leading axis of S runs (one seed each); vectors of a batch are S x n x B, parameters are keyed by name and layer.
"""

import numpy as np

from experiments.digits import CLASSES, digits
from experiments.recurrent import compiled

UNITS = 64


def initial(layers, seeds, gain, dtype=np.float64):
    """Weights normal with variance gain / 64, the read-out with variance 1 / 64, biases zero."""
    sources = [np.random.default_rng(seed) for seed in seeds]

    def normal(rows, variance):
        return np.stack([source.normal(size=(rows, UNITS)) * np.sqrt(variance / UNITS) for source in sources]).astype(dtype)

    found = {}
    for layer in range(1, layers + 1):
        found[f"W{layer}"], found[f"b{layer}"] = normal(UNITS, gain), np.zeros((len(seeds), UNITS, 1), dtype)
    return found | {"V": normal(CLASSES, 1), "c": np.zeros((len(seeds), CLASSES, 1), dtype)}


def layered(parameters):
    """(the parameters as the program wants them, number of layers)."""
    depth = sum(name[0] == "W" for name in parameters)
    return {kind: {layer: parameters[f"{kind}{layer}"] for layer in range(1, depth + 1)} for kind in "Wb"}, depth


def forward(phi, parameters, pixels):
    """(logits S x 10 x B, all values)."""
    p, depth = layered(parameters)
    values = compiled("feed-forward", phi)[0](p, {"h": {0: pixels}}, depth)
    return parameters["V"] @ values["h"][depth] + parameters["c"], values


def backward(phi, parameters, values, slope):
    """Gradients by parameter, from the slope of the loss in the logits, in the number format of what is given."""
    p, depth = layered(parameters)
    found = compiled("feed-forward", phi)[1](p, values, {depth: parameters["V"].mT @ slope}, depth)
    return {f"{kind}{layer}": of for kind, family in found.items() for layer, of in family.items()} | {"V": slope @ values["h"][depth].mT, "c": slope.sum(axis=-1, keepdims=True)}


def columns(images):
    """Images S x B x 8 x 8 as columns S x 64 x B."""
    return np.moveaxis(images.reshape(*images.shape[:2], -1), 1, 2)


def for_every_run(parameters, images, classes):
    """The same images as columns for every run, and their classes."""
    runs = len(parameters["c"])
    return columns(np.broadcast_to(images, (runs, *images.shape))), np.broadcast_to(classes, (runs, len(classes)))


def norms(gradient):
    """The norm of every run's gradient in one array of parameters."""
    return np.sqrt((gradient.astype(np.float64) ** 2).sum(axis=(1, 2))).tolist()


def errors(phi, parameters, scale=1.0):
    """Share of the test images that every run gets wrong."""
    shown, classes = for_every_run(parameters, *digits()[1])
    return (forward(phi, parameters, scale * shown)[0].argmax(axis=1) != classes).mean(axis=1).tolist()
