"""How many ReLU units die at which learning rate: deep networks on the digits, trained by plain gradient descent.

A unit is counted as dead if it is off for every training image. The lengths are the learning rates, in thousandths.
"""

import numpy as np

from experiments.digits import batches, cross_entropy, digits, provenance
from experiments.layered import backward, columns, errors, for_every_run, forward, initial

SETTINGS = {"seeds": [0, 1, 2, 3, 4], "lengths": [10, 100, 300, 600], "layers": 3, "batch": 32, "updates": 300, "networks": {"ReLU": ["feed-forward", "relu"]}}
__all__ = ["SETTINGS", "provenance", "train"]


def train(network, thousandths, settings):
    """After the last update: the share of units that are off for all training images, and of test images answered wrongly."""
    phi, parameters = settings["networks"][network][1], initial(settings["layers"], settings["seeds"], 2.0)
    for _, (images, classes) in zip(range(settings["updates"]), batches(0, settings)):
        logits, values = forward(phi, parameters, columns(images))
        for name, gradient in backward(phi, parameters, values, cross_entropy(logits, classes)[1]).items():
            parameters[name] -= thousandths / 1000 * gradient
    shown, _ = for_every_run(parameters, *digits()[0])
    active = forward(phi, parameters, shown)[1]["h"]
    dead = np.mean([(active[layer] == 0).all(axis=2).mean(axis=1) for layer in range(1, settings["layers"] + 1)], axis=0)
    return {"results": dead.tolist(), "errors": errors(phi, parameters)}
