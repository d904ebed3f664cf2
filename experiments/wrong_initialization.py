"""A fault: twenty ReLU layers whose weights have the variance 1/(3n), a sixth of what ReLU needs.

The lengths are the layers at which the monitor looks, before the first update and after the last one.
"""

from functools import cache

from experiments.adam import Adam
from experiments.digits import batches, cross_entropy, digits, provenance
from experiments.layered import backward, columns, errors, for_every_run, forward, initial, norms

SETTINGS = {"seeds": [0, 1, 2, 3, 4], "lengths": [1, 3, 5, 7, 9, 11, 13, 15, 17, 20], "layers": 20, "batch": 32, "rate": 0.002, "updates": 300,
            "networks": {"faulty": ["feed-forward", "relu", 1 / 3], "mended": ["feed-forward", "relu", 2.0]}}  # model, activation, variance of the weights times n
__all__ = ["SETTINGS", "provenance", "train"]


def train(network, layer, settings):
    """Norm of the layer's gradient on all training images before the first update, and after the last; loss then and there; test errors."""
    start, end = _trained(network, *(settings[name] for name in ("layers", "batch", "rate", "updates")), tuple(settings["seeds"]))
    return {"results": start[f"W{layer}"], "last": end[f"W{layer}"], "first_losses": start["loss"], "losses": end["loss"], "errors": end["errors"]}


@cache
def _trained(network, layers, batch, rate, updates, seeds):
    """What the monitor saw before and after the training."""
    _, phi, gain = SETTINGS["networks"][network]
    parameters, optimizer = initial(layers, seeds, gain), Adam(rate)
    start = _watched(phi, parameters)
    for _, (images, classes) in zip(range(updates), batches(64, {"seeds": seeds, "batch": batch})):
        logits, values = forward(phi, parameters, columns(images))
        optimizer.step(parameters, backward(phi, parameters, values, cross_entropy(logits, classes)[1]))
    return start, _watched(phi, parameters)


def _watched(phi, parameters):
    shown, classes = for_every_run(parameters, *digits()[0])
    logits, values = forward(phi, parameters, shown)
    loss, slope = cross_entropy(logits, classes)
    return {name: norms(gradient) for name, gradient in backward(phi, parameters, values, slope).items()} | {"loss": loss.tolist(), "errors": errors(phi, parameters)}
