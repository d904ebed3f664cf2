"""A fault: a loss that is averaged over many positions, few of which count, sends back slopes that float16 turns into zero.

The weights are kept in float32 and rounded to float16, as the activations are, for the backward pass. The runs differ in the
loss scale alone. The lengths are the updates after which the monitor looks, at the batch of that update.
"""

from functools import cache

import numpy as np

from experiments.adam import Adam
from experiments.digits import batches, cross_entropy, provenance
from experiments.layered import backward, columns, errors, forward, initial

SETTINGS = {"seeds": [0, 1, 2, 3, 4], "lengths": [0, 10, 20, 40, 60, 80, 100, 120, 140], "layers": 3, "batch": 16, "rate": 0.002, "epsilon": 1e-12, "weight": 18,
            "networks": {"faulty": ["feed-forward", "relu", 0], "mended": ["feed-forward", "relu", 15]}}  # model, activation, binary logarithm of the loss scale
__all__ = ["SETTINGS", "provenance", "train"]


def train(network, updates, settings):
    """Share of the first layer's weights whose gradient is zero in float16 and not in float32; loss on the batch; test errors."""
    return _trained(network, max(settings["lengths"]), *(settings[name] for name in ("layers", "batch", "rate", "epsilon", "weight")), tuple(settings["seeds"]))[updates]


@cache
def _trained(network, updates, layers, batch, rate, epsilon, weight, seeds):
    """What the monitor saw after every update of SETTINGS['lengths']."""
    _, phi, scale = SETTINGS["networks"][network]
    parameters, optimizer, seen = initial(layers, seeds, 2.0, np.float32), Adam(rate, epsilon=epsilon), {}
    for update, (images, classes) in zip(range(updates + 1), batches(64, {"seeds": seeds, "batch": batch})):
        logits, values = forward(phi, parameters, columns(images).astype(np.float32))
        loss, slope = cross_entropy(logits, classes)
        slope = (slope * 2.0**-weight).astype(np.float32)
        halves = backward(phi, half(parameters), {name: half(family) for name, family in values.items()}, (slope * np.float32(2.0**scale)).astype(np.float16))
        gradients = {name: gradient.astype(np.float32) / np.float32(2.0**scale) for name, gradient in halves.items()}
        if update in SETTINGS["lengths"]:
            wanted = backward(phi, parameters, values, slope)["W1"] != 0
            lost = (wanted & (gradients["W1"] == 0)).sum(axis=(1, 2)) / wanted.sum(axis=(1, 2))
            seen[update] = {"results": lost.tolist(), "losses": loss.tolist(), "errors": errors(phi, parameters)}
        optimizer.step(parameters, gradients)
    return seen


def half(arrays):
    """The same arrays, rounded to float16."""
    return {name: array.astype(np.float16) for name, array in arrays.items()}
