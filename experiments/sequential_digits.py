"""The digits read piece by piece: 64 pixels in 8, 16, 32 or 64 steps, and the class asked for after the last one."""

import numpy as np

from experiments.adam import Adam
from experiments.digits import CLASSES, batches, cross_entropy, digits, provenance
from experiments.recurrent import gradients, initial, read_out, run

SETTINGS = {
    "seeds": [0, 1, 2, 3, 4], "lengths": [8, 16, 32, 64], "units": 32, "batch": 32, "updates": 1000, "rate": 0.005, "clip": 1.0,
    "networks": {"plain": ["state-rnn", "tanh", "random"], "orthogonal": ["state-rnn", "tanh", "orthogonal"], "identity": ["state-rnn", "relu", "identity"], "LSTM": ["lstm", "tanh", "random"], "GRU": ["gru", "tanh", "random"]},
}
__all__ = ["SETTINGS", "provenance", "train"]


def train(network, length, settings):
    """Share of the test images that every run gets wrong after the last update (list of S numbers)."""
    model, phi, recurrent = settings["networks"][network]
    seeds = settings["seeds"]
    parameters, optimizer = initial(model, settings["units"], 64 // length, CLASSES, seeds, recurrent), Adam(settings["rate"], settings["clip"])
    for _, (images, classes) in zip(range(settings["updates"]), batches(length, settings)):
        values = run(model, phi, parameters, pieces(images, length))
        _, slope = cross_entropy(read_out(parameters, values["h"][length]), classes)
        optimizer.step(parameters, gradients(model, phi, parameters, values, {length: slope}, length))
    images, classes = digits()[1]
    values = run(model, phi, parameters, pieces(np.broadcast_to(images, (len(seeds), *images.shape)), length))
    return (read_out(parameters, values["h"][length]).argmax(axis=1) != classes).mean(axis=1).tolist()


def pieces(images, length):
    """Images S x B x 8 x 8, row by row from the top, as inputs T x S x d x B."""
    runs, batch = images.shape[:2]
    return np.moveaxis(images.reshape(runs, batch, length, -1), (2, 3), (0, 2))
