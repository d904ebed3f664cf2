"""Plain against residual networks on the digits as images: what depth does to the training.

All layers are 3 x 3 convolutions with ReLU and He weights; in a residual network, pairs of them are added to what they read.
"""

import numpy as np

from experiments.adam import Adam
from experiments.convolutional import backward, forward, initial
from experiments.digits import batches, cross_entropy, digits, provenance

SETTINGS = {"seeds": [0, 1, 2, 3, 4], "lengths": [3, 9, 17, 33, 49], "channels": 8, "batch": 32, "updates": 200, "rate": 0.002, "clip": 1.0, "networks": {"plain": "plain", "residual": "residual"}}
__all__ = ["SETTINGS", "provenance", "train"]


def train(network, layers, settings):
    """After the last update: the share of test images that each run gets wrong, and the loss on all training images."""
    kind = settings["networks"][network]
    parameters, optimizer = initial(kind, layers, settings["channels"], settings["seeds"], dtype=np.float32), Adam(settings["rate"], settings["clip"])
    for _, (images, classes) in zip(range(settings["updates"]), batches(layers, settings)):
        logits, kept = forward(kind, "relu", parameters, np.moveaxis(images, 1, 3)[:, None].astype(np.float32))
        optimizer.step(parameters, backward(kind, "relu", parameters, kept, cross_entropy(logits, classes)[1]))
    training, test = digits()
    return {"results": judged(kind, parameters, *test)[0], "losses": judged(kind, parameters, *training)[1]}


def judged(kind, parameters, images, classes, at_once=100):
    """(share of wrong answers, mean loss) of every run on all the images."""
    runs, wrong, loss = len(parameters["c"]), 0, 0
    for first in range(0, len(images), at_once):
        part, named = images[first : first + at_once], classes[first : first + at_once]
        logits, _ = forward(kind, "relu", parameters, np.broadcast_to(np.moveaxis(part, 0, 2), (runs, 1, 8, 8, len(part))).astype(np.float32))
        wrong = wrong + (logits.argmax(axis=1) != named).sum(axis=1)
        loss = loss + len(part) * cross_entropy(logits, np.broadcast_to(named, (runs, len(part))))[0]
    return (wrong / len(images)).tolist(), (loss / len(images)).tolist()
