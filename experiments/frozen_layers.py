"""What early layers are worth that never learn: a convolutional network on the digits whose first layers keep their random weights.

Afterwards these layers are drawn once more, under the trained layers above them. If they contributed nothing, nobody would notice.
"""

import numpy as np

from experiments.adam import Adam
from experiments.convolutional import backward, forward, initial
from experiments.digits import batches, cross_entropy, digits, provenance
from experiments.plain_or_residual import judged

SETTINGS = {
    "seeds": [0, 1, 2, 3, 4], "lengths": [9], "channels": 8, "batch": 32, "updates": 400, "rate": 0.002, "clip": 1.0,
    "networks": {"all": [0, False], "late": [4, False], "redrawn": [4, True]},
}  # how many early layers never learn, and whether they are drawn again after the training
__all__ = ["SETTINGS", "provenance", "train"]


def train(network, layers, settings):
    """After the last update: the share of test images that each run gets wrong."""
    frozen, redrawn = settings["networks"][network]
    draw = lambda seeds: initial("plain", layers, settings["channels"], seeds, dtype=np.float32)
    parameters, optimizer = draw(settings["seeds"]), Adam(settings["rate"], settings["clip"])
    early = {f"{letter}{layer}" for letter in "Kb" for layer in range(1, frozen + 1)}
    for _, (images, classes) in zip(range(settings["updates"]), batches(layers, settings)):
        logits, kept = forward("plain", "relu", parameters, np.moveaxis(images, 1, 3)[:, None].astype(np.float32))
        found = backward("plain", "relu", parameters, kept, cross_entropy(logits, classes)[1])
        optimizer.step(parameters, {name: gradient for name, gradient in found.items() if name not in early})
    if redrawn:
        parameters |= {name: array for name, array in draw([seed + 100 for seed in settings["seeds"]]).items() if name in early}
    return judged("plain", parameters, *digits()[1])[0]
