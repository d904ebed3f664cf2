"""A fault: a ReLU network that starts at the identity and takes its first update unclipped, and what is left of it after that update.

The adding problem, plain gradient descent. The runs differ in the clipping alone. The lengths are lags; the profile over
the lags is taken in double precision after one update, the count of finite losses in float32, in which one would train.
"""

from functools import cache

import numpy as np

from experiments.adding import batches
from experiments.lags import profile
from experiments.recurrent import gradients, initial, read_out, run

SETTINGS = {"seeds": [0, 1, 2, 3, 4], "lengths": [0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40], "steps": 60, "units": 32, "batch": 32, "rate": 0.005, "updates": 200,
            "networks": {"faulty": ["state-rnn", "relu", "identity", None], "mended": ["state-rnn", "relu", "identity", 1.0]}}  # model, activation, start, clipping
__all__ = ["SETTINGS", "train"]


def train(network, lag, settings):
    """The adjoint at the lag relative to that at the last step; the norm of the whole gradient at the start; finite losses in float32; the last loss."""
    options = [settings[name] for name in ("steps", "units", "batch", "rate")]
    profiles, norm, _ = _trained(network, *options, 1, tuple(settings["seeds"]), np.float64)
    _, _, losses = _trained(network, *options, settings["updates"], tuple(settings["seeds"]), np.float32)
    finite = np.isfinite(losses)
    last = [column[good][-1] for column, good in zip(losses.T, finite.T)]
    return {"results": profiles[lag], "norms": norm, "finite": finite.sum(axis=0).tolist(), "losses": last}


@cache
def _trained(network, steps, units, batch, rate, updates, seeds, dtype):
    """(profile over the lags after the last update, norms at the start, loss before every update and after the last)."""
    model, phi, recurrent, clip = SETTINGS["networks"][network]
    parameters = {name: array.astype(dtype) for name, array in initial(model, units, 2, 1, seeds, recurrent).items()}
    losses, first = [], None
    with np.errstate(all="ignore"):  # the fault is that nothing stays finite
        for _, (inputs, targets) in zip(range(updates + 1), batches(steps, batch, seeds)):
            values = {name: {t: array.astype(dtype) for t, array in family.items()} for name, family in run(model, phi, parameters, inputs.astype(dtype)).items()}
            error = read_out(parameters, values["h"][steps]) - targets.astype(dtype)
            losses.append((error**2).mean(axis=(1, 2)))
            slope = (2 * error / batch).astype(dtype)
            found = gradients(model, phi, parameters, values, {steps: slope}, steps)
            norm = np.sqrt(sum((gradient.astype(np.float64) ** 2).sum(axis=(1, 2)) for gradient in found.values()))
            first = norm.tolist() if first is None else first
            if len(losses) <= updates:
                factor = rate * (1 if clip is None else np.minimum(1, clip / norm)[:, None, None])
                parameters = {name: (array - factor * found[name]).astype(dtype) for name, array in parameters.items()}
        return profile(model, phi, parameters, values, slope, steps), first, np.array(losses)
