"""Gated networks at initialization for figures: one run, and the gradient of a loss at its last step, by the derived programs."""

import numpy as np

from experiments.recurrent import compiled, initial


def parameters(model, units, inputs, draws, seed):
    """Random weights of ``draws`` networks, uniform in ±1/√columns; {name: draws × rows × columns}."""
    found = initial(model, units, inputs, 1, [[seed, draw] for draw in range(draws)])
    return {name: array for name, array in found.items() if name not in ("V", "c_out")}


def run(model, weights, length, inputs, seed):
    """All values of a run with standard normal inputs, zero initial states; {name: {t: draws × units × 1}}."""
    draws, units = next(iter(weights.values())).shape[:2]
    x = np.random.default_rng([seed, length]).normal(size=(length, draws, inputs, 1))
    given = {"x": {t: x[t - 1] for t in range(1, length + 1)}} | {name: {0: np.zeros((draws, units, 1))} for name in ("h", "c")}
    return compiled(model)[0](weights, given, length)
