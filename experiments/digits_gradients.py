"""The gradient in each kernel of a deep convolutional network on the digits, before any training.

Nothing is trained: ``train`` bears the name that the experiments share, and its lengths are the layers at which it looks.
"""

from functools import cache

import numpy as np

from experiments.convolutional import backward, forward, initial
from experiments.digits import cross_entropy, digits, provenance

SETTINGS = {
    "seeds": [0, 1, 2, 3, 4], "layers": 25, "lengths": list(range(1, 26, 2)), "channels": 8, "batch": 100,
    "networks": {"sigmoid": ["plain", "sigmoid", 1.0], "tanh": ["plain", "tanh", 1.0], "default": ["plain", "relu", 1 / 3], "He": ["plain", "relu", 2.0], "residual": ["residual", "relu", 2.0]},
}  # kind, activation, variance of the weights times fan-in
__all__ = ["SETTINGS", "provenance", "train"]


def train(network, layer, settings):
    """Norm of the gradient in the kernel of the layer, for every seed: loss on the first training images."""
    return _norms(*settings["networks"][network], *(settings[name] for name in ("layers", "channels", "batch")), tuple(settings["seeds"]))[layer]


@cache
def _norms(kind, phi, gain, layers, channels, batch, seeds):
    """{layer: norms of all seeds}."""
    (images, classes), _ = digits()
    parameters = initial(kind, layers, channels, seeds, gain)
    shown = np.broadcast_to(np.moveaxis(images[:batch], 0, 2), (len(seeds), 1, 8, 8, batch))
    logits, kept = forward(kind, phi, parameters, shown)
    found = backward(kind, phi, parameters, kept, cross_entropy(logits, np.broadcast_to(classes[:batch], (len(seeds), batch)))[1])
    return {layer: np.sqrt((found[f"K{layer}"] ** 2).sum(axis=(1, 2))).tolist() for layer in range(1, layers + 1)}
