"""What an activation function costs beside the matrix product in front of it: seconds, with NumPy, on one core of one machine.

The seeds are repetitions. Nothing here can be repeated digit by digit; what can be is the order of the numbers. The lengths are the
numbers of units of a layer.
"""

import time

import numpy as np

SETTINGS = {"seeds": [0, 1, 2, 3, 4], "lengths": [256, 1024], "batch": 256, "calls": 20, "networks": {"ReLU": "relu", "tanh": "tanh", "product": "product"}}


def train(network, units, settings):
    """Seconds of one call, forward and backward together, the least of several, in every repetition."""
    work = _work(settings["networks"][network], units, settings["batch"])
    return [min(_seconds(work) for _ in range(settings["calls"])) for _ in settings["seeds"]]


def _work(kind, units, batch):
    source = np.random.default_rng(0)
    weights, a, adjoint = source.normal(size=(units, units)).astype(np.float32), *source.normal(size=(2, units, batch)).astype(np.float32)
    return {
        "relu": lambda: adjoint * (np.maximum(a, 0) > 0),
        "tanh": lambda: adjoint * (1 - np.tanh(a) ** 2),
        "product": lambda: (weights @ a, weights.T @ adjoint, adjoint @ a.T),
    }[kind]


def _seconds(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
