"""A fault: grey values from 0 to 255 that nobody divided by 255 drive the first layer of logistic units into saturation.

The lengths are the updates after which the monitor looks, at all training images.
"""

from functools import cache

from experiments.adam import Adam
from experiments.digits import batches, cross_entropy, digits, provenance
from experiments.layered import backward, columns, errors, for_every_run, forward, initial, norms

SETTINGS = {"seeds": [0, 1, 2, 3, 4], "lengths": [0, 10, 25, 50, 100, 150, 200, 250, 300], "layers": 2, "batch": 32, "rate": 0.005, "slope": 0.01,
            "networks": {"faulty": ["feed-forward", "sigmoid", 255.0], "mended": ["feed-forward", "sigmoid", 1.0]}}  # model, activation, largest grey value
__all__ = ["SETTINGS", "provenance", "train"]


def train(network, updates, settings):
    """Share of the slopes in the first layer that are below the limit; norm of the first layer's gradient; loss; test errors."""
    return _trained(network, max(settings["lengths"]), settings["layers"], settings["batch"], settings["rate"], settings["slope"], tuple(settings["seeds"]))[updates]


@cache
def _trained(network, updates, layers, batch, rate, limit, seeds):
    """What the monitor saw after every update of SETTINGS['lengths']."""
    _, phi, largest = SETTINGS["networks"][network]
    parameters, optimizer, seen = initial(layers, seeds, 1.0), Adam(rate), {}
    for update, (images, classes) in zip(range(updates + 1), batches(64, {"seeds": seeds, "batch": batch})):
        if update in SETTINGS["lengths"]:
            seen[update] = _watched(phi, parameters, largest, limit)
        logits, values = forward(phi, parameters, largest * columns(images))
        optimizer.step(parameters, backward(phi, parameters, values, cross_entropy(logits, classes)[1]))
    return seen


def _watched(phi, parameters, largest, limit):
    shown, classes = for_every_run(parameters, *digits()[0])
    logits, values = forward(phi, parameters, largest * shown)
    (loss, slope), first = cross_entropy(logits, classes), values["h"][1]
    return {"results": (first * (1 - first) < limit).mean(axis=(1, 2)).tolist(), "gradients": norms(backward(phi, parameters, values, slope)["W1"]),
            "losses": loss.tolist(), "errors": errors(phi, parameters, largest)}
