"""Which activation function trains faster: plain convolutional networks on the digits with ReLU, tanh and the logistic function.

He weights for ReLU, variance 1 / fan-in for the other two, which suits tanh and is too small for the logistic function. The updates are those of ``plain_or_residual``.
"""

import numpy as np

from experiments.adam import Adam
from experiments.convolutional import backward, forward, initial
from experiments.digits import batches, cross_entropy, provenance

SETTINGS = {
    "seeds": [0, 1, 2, 3, 4], "lengths": [3, 9, 17], "channels": 8, "batch": 32, "updates": 200, "rate": 0.002, "clip": 1.0,
    "networks": {"ReLU": ["relu", 2.0], "tanh": ["tanh", 1.0], "sigmoid": ["sigmoid", 1.0]},
}  # activation, variance of the weights times fan-in
__all__ = ["SETTINGS", "provenance", "train"]


def train(network, layers, settings):
    """The mean loss of every run on the batches of the last tenth of its training."""
    phi, gain = settings["networks"][network]
    parameters, optimizer, losses = initial("plain", layers, settings["channels"], settings["seeds"], gain, dtype=np.float32), Adam(settings["rate"], settings["clip"]), []
    for _, (images, classes) in zip(range(settings["updates"]), batches(layers, settings)):
        logits, kept = forward("plain", phi, parameters, np.moveaxis(images, 1, 3)[:, None].astype(np.float32))
        loss, slope = cross_entropy(logits, classes)
        losses.append(loss)
        optimizer.step(parameters, backward("plain", phi, parameters, kept, slope))
    return np.mean(losses[-settings["updates"] // 10 :], axis=0).tolist()
