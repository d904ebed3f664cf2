"""How many ReLU units die at which learning rate: fully connected networks on the digits, trained by plain gradient descent.

A unit is counted as dead if it is off for every training image. The lengths are the learning rates, in thousandths.
"""

import numpy as np

from experiments.dense import backward, columns, forward, initial
from experiments.digits import batches, cross_entropy, digits, provenance

SETTINGS = {"seeds": [0, 1, 2, 3, 4], "lengths": [10, 100, 300, 600], "layers": 4, "units": 64, "batch": 32, "updates": 300, "networks": {"ReLU": "relu"}}
__all__ = ["SETTINGS", "provenance", "train"]


def train(_, thousandths, settings):
    """After the last update: the share of hidden units that are off for all training images, and of test images answered wrongly."""
    parameters = initial(settings["layers"], settings["units"], settings["seeds"])
    for _, (images, classes) in zip(range(settings["updates"]), batches(0, settings)):
        logits, kept = forward(parameters, columns(images))
        for name, gradient in backward(parameters, kept, cross_entropy(logits, classes)[1]).items():
            parameters[name] -= thousandths / 1000 * gradient
    (seen, _), (new, answers) = digits()
    active = forward(parameters, columns(seen))[1][0][1:]
    wrong = forward(parameters, columns(new))[0].argmax(axis=1) != answers
    return {"results": (np.stack([h.max(axis=2) <= 0 for h in active]).mean(axis=(0, 2))).tolist(), "errors": wrong.mean(axis=1).tolist()}
