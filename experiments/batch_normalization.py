"""What batch normalization does to the training of fully connected ReLU networks on the digits, with good and with small weights.

The small weights have a sixth of the variance of He weights, which is PyTorch's default. In the test, the statistics are those of all
training images.
"""

import numpy as np

from experiments.adam import Adam
from experiments.dense import backward, columns, forward, initial
from experiments.digits import batches, cross_entropy, digits, provenance

SETTINGS = {
    "seeds": [0, 1, 2, 3, 4], "lengths": [4, 12, 36], "units": 64, "batch": 64, "updates": 200, "rate": 0.002, "clip": 1.0,
    "networks": {"He": [2.0, False], "small": [1 / 3, False], "HeBN": [2.0, True], "smallBN": [1 / 3, True]},
}  # variance of the weights times fan-in, and whether there is a normalization
__all__ = ["SETTINGS", "provenance", "train"]


def train(network, layers, settings):
    """After the last update: the share of test images answered wrongly, and the mean losses on training and test images."""
    gain, normalized = settings["networks"][network]
    parameters, optimizer = initial(layers, settings["units"], settings["seeds"], gain), Adam(settings["rate"], settings["clip"])
    for _, (images, classes) in zip(range(settings["updates"]), batches(layers, settings)):
        logits, kept = forward(parameters, columns(images), {} if normalized else None)
        optimizer.step(parameters, backward(parameters, kept, cross_entropy(logits, classes)[1]))
    (seen, known), (new, answers) = digits()
    statistics = {} if normalized else None
    runs, training = len(settings["seeds"]), forward(parameters, columns(seen), statistics)[0]
    test = forward(parameters, columns(new), statistics)[0]
    loss = lambda logits, classes: cross_entropy(logits, np.broadcast_to(classes, (runs, len(classes))))[0].tolist()
    return {"results": (test.argmax(axis=1) != answers).mean(axis=1).tolist(), "losses": loss(training, known), "test_losses": loss(test, answers)}
