"""A fault that no norm shows: a plain tanh network on the adding problem, whose long lags are missing; and a GRU, in which they arrive.

The lengths are the lags at which the monitor looks, on the last batch.
"""

from functools import cache

import numpy as np

from experiments.adam import Adam
from experiments.adding import batches
from experiments.lags import profile
from experiments.recurrent import gradients, initial, read_out, run

SETTINGS = {"seeds": [0, 1, 2, 3, 4], "lengths": [0, 2, 5, 10, 15, 20, 30, 40, 50, 59], "steps": 60, "units": 32, "batch": 32, "rate": 0.005, "clip": 1.0, "updates": 400,
            "networks": {"faulty": ["state-rnn", "tanh"], "mended": ["gru", "tanh"]}}  # model, activation
__all__ = ["SETTINGS", "train"]


def train(network, lag, settings):
    """The adjoint at the lag relative to that at the last step, after and before the training; mean norm of the whole gradient, and mean loss, in the last tenth."""
    return {name: found[lag] if isinstance(found, dict) else found for name, found in
            _trained(network, *(settings[name] for name in ("steps", "units", "batch", "rate", "clip", "updates")), tuple(settings["seeds"])).items()}


@cache
def _trained(network, steps, units, batch, rate, clip, updates, seeds):
    model, phi = SETTINGS["networks"][network]
    parameters, optimizer = initial(model, units, 2, 1, seeds), Adam(rate, clip)
    losses, norms, first = [], [], None
    for _, (inputs, targets) in zip(range(updates), batches(steps, batch, seeds)):
        values = run(model, phi, parameters, inputs)
        error = read_out(parameters, values["h"][steps]) - targets
        slope = 2 * error / batch
        found = gradients(model, phi, parameters, values, {steps: slope}, steps)
        if len(losses) in (0, updates - 1):
            seen = profile(model, phi, parameters, values, slope, steps)
            first = first or seen
        losses.append((error**2).mean(axis=(1, 2)))
        norms.append(np.sqrt(sum((gradient**2).sum(axis=(1, 2)) for gradient in found.values())))
        optimizer.step(parameters, found)
    tenth = -(updates // 10)
    return {"results": seen, "first": first, "norms": np.mean(norms[tenth:], axis=0).tolist(), "losses": np.mean(losses[tenth:], axis=0).tolist()}
