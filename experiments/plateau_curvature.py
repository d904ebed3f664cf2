"""The curvature on a plateau: an LSTM stopped in the middle of copy memory, and the lowest eigenvalue of the Hessian of its loss.

The training is that of ``experiments.copying``, run again. At the parameters where it stopped, the loss is that of fixed sequences;
products with the Hessian are central differences of the gradient. The lowest Ritz value of Lanczos' method is the curvature along
a direction that was really taken, so the lowest eigenvalue lies at or below it.
"""

import numpy as np

from experiments.copying import SETTINGS as COPYING
from experiments.copying import batches, gradient, trained

SETTINGS = {**COPYING, "seeds": [0, 1, 2, 3, 4, 5, 6], "lengths": [15], "networks": {"LSTM": ["lstm", "tanh", "random"]}, "sequences": 256, "products": 40, "distance": 1e-4}


def train(network, delay, settings):
    """Of every run where its training stops: lowest curvature found, that along the gradient, norm of the gradient, and cost per symbol."""
    model, phi, _ = settings["networks"][network]
    parameters, _ = trained(network, delay, settings)
    inputs, shown = next(batches(delay, {**settings, "batch": settings["sequences"], "seeds": [seed + 1000 for seed in settings["seeds"]]}))
    names = sorted(parameters)
    point = _flat(parameters, names)

    def slope(vectors):
        return _flat(gradient(model, phi, _named(vectors, parameters, names), inputs, shown)[0], names)

    def product(vectors):
        step = settings["distance"]
        return (slope(point + step * vectors) - slope(point - step * vectors)) / (2 * step)

    cost, here = gradient(model, phi, parameters, inputs, shown)[1], slope(point)
    norm = np.linalg.norm(here, axis=1)
    downhill = here / norm[:, None]
    along = (downhill * product(downhill)).sum(axis=1)
    return {"results": lowest(product, here, settings["products"]), "along": along.tolist(), "norms": norm.tolist(), "costs": cost.tolist()}


def lowest(product, start, steps):
    """The lowest Ritz value of every run: Lanczos' method with complete orthogonalization; ``start`` is S x parameters."""
    basis, diagonal, beside = [start / np.linalg.norm(start, axis=1, keepdims=True)], [], []
    for _ in range(steps):
        vector = product(basis[-1])
        diagonal.append((vector * basis[-1]).sum(axis=1))
        for earlier in basis * 2:  # twice, against rounding
            vector = vector - (vector * earlier).sum(axis=1, keepdims=True) * earlier
        beside.append(np.linalg.norm(vector, axis=1))
        basis.append(vector / beside[-1][:, None])
    return [float(np.linalg.eigvalsh(np.diag(d) + np.diag(b[:-1], 1) + np.diag(b[:-1], -1))[0]) for d, b in zip(np.array(diagonal).T, np.array(beside).T)]


def _flat(named, names):
    return np.concatenate([named[name].reshape(len(named[name]), -1) for name in names], axis=1)


def _named(vectors, like, names):
    ends = np.cumsum([like[name][0].size for name in names])[:-1]
    return {name: part.reshape(like[name].shape) for name, part in zip(names, np.split(vectors, ends, axis=1))}
