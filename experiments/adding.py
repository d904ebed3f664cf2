"""The adding problem (Hochreiter & Schmidhuber 1997): add the two marked numbers of a sequence of length T.

Predicting the mean gives the mean squared error 1/6; a run counts as solved when it falls below a tenth of that.
"""

import numpy as np

from experiments.adam import Adam
from experiments.recurrent import gradients, initial, read_out, run

SETTINGS = {
    "seeds": [0, 1, 2, 3, 4], "lengths": [10, 20, 40, 80], "units": 32, "batch": 32, "updates": 1000, "rate": 0.005, "clip": 1.0,
    "networks": {"plain": ["state-rnn", "tanh", "random"], "orthogonal": ["state-rnn", "tanh", "orthogonal"], "identity": ["state-rnn", "relu", "identity"], "LSTM": ["lstm", "tanh", "random"], "GRU": ["gru", "tanh", "random"]},
}
CHANCE = 1 / 6


def batches(length, batch, seeds):
    """Endless (inputs T x S x 2 x B, targets S x 1 x B): numbers in [0, 1) and two marks, one in each half."""
    sources = [np.random.default_rng([seed, length]) for seed in seeds]
    columns, half = np.arange(batch), length // 2
    while True:
        inputs, targets = np.zeros((length, len(seeds), 2, batch)), np.zeros((len(seeds), 1, batch))
        for place, source in enumerate(sources):
            inputs[:, place, 0] = source.random((length, batch))
            for low, high in ((0, half), (half, length)):
                marked = source.integers(low, high, batch)
                inputs[marked, place, 1, columns] = 1
                targets[place, 0] += inputs[marked, place, 0, columns]
        yield inputs, targets


def train(network, length, settings):
    """Mean squared error of every run in the last tenth of the updates (list of S numbers)."""
    model, phi, recurrent = settings["networks"][network]
    seeds = settings["seeds"]
    parameters = initial(model, settings["units"], 2, 1, seeds, recurrent)
    optimizer, errors = Adam(settings["rate"], settings["clip"]), []
    for _, (inputs, targets) in zip(range(settings["updates"]), batches(length, settings["batch"], seeds)):
        values = run(model, phi, parameters, inputs)
        error = read_out(parameters, values["h"][length]) - targets
        errors.append((error**2).mean(axis=(1, 2)))
        optimizer.step(parameters, gradients(model, phi, parameters, values, {length: 2 * error / error.shape[2]}, length))
    return np.mean(errors[-max(1, settings["updates"] // 10):], axis=0).tolist()

