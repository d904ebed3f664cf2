"""A fault: the first updates with too large a learning rate leave ReLU units that no image can make positive any more.

Plain gradient descent; the runs differ in the learning rate alone. The lengths are the updates after which the monitor looks.
"""

from functools import cache

import numpy as np

from experiments.digits import batches, cross_entropy, digits, provenance
from experiments.layered import backward, columns, errors, for_every_run, forward, initial, norms

SETTINGS = {"seeds": [0, 1, 2, 3, 4], "lengths": [0, 5, 10, 20, 40, 60, 80, 100, 125, 150, 175, 200], "layers": 4, "batch": 32,
            "networks": {"faulty": ["feed-forward", "relu", 1.0], "mended": ["feed-forward", "relu", 0.1]}}  # model, activation, learning rate
__all__ = ["SETTINGS", "provenance", "train"]


def train(network, updates, settings):
    """Share of units that are zero on every training image; loss and norm of the first layer's gradient on all of them; test errors."""
    return _trained(network, max(settings["lengths"]), settings["layers"], settings["batch"], tuple(settings["seeds"]))[updates]


@cache
def _trained(network, updates, layers, batch, seeds):
    """What the monitor saw after every update of SETTINGS['lengths']."""
    _, phi, rate = SETTINGS["networks"][network]
    parameters, seen = initial(layers, seeds, 2.0), {}
    for update, (images, classes) in zip(range(updates + 1), batches(64, {"seeds": seeds, "batch": batch})):
        if update in SETTINGS["lengths"]:
            seen[update] = _watched(phi, parameters, layers)
        logits, values = forward(phi, parameters, columns(images))
        for name, gradient in backward(phi, parameters, values, cross_entropy(logits, classes)[1]).items():
            parameters[name] -= rate * gradient
    return seen


def _watched(phi, parameters, layers):
    shown, classes = for_every_run(parameters, *digits()[0])
    logits, values = forward(phi, parameters, shown)
    loss, slope = cross_entropy(logits, classes)
    dead = np.mean([(values["h"][layer] == 0).all(axis=2).mean(axis=1) for layer in range(1, layers + 1)], axis=0)
    return {"results": dead.tolist(), "losses": loss.tolist(), "gradients": norms(backward(phi, parameters, values, slope)["W1"]), "errors": errors(phi, parameters)}
