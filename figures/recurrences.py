"""Recurrent networks at initialization, for figures: a run, and the adjoints of a loss at its last step, by the derived programs."""

from functools import cache

import numpy as np

from derivations.algebra.program import adjoint_program
from derivations.models import MODELS
from experiments.recurrent import compiled, initial


def weights(model, units, inputs, draws, seed, recurrent="random"):
    """Weights of ``draws`` networks, uniform in ±1/√columns (``recurrent``: or 'orthogonal', 'identity'), biases zero; {name: draws × rows × columns}."""
    found = initial(model, units, inputs, 1, [[seed, draw] for draw in range(draws)], recurrent, forget_bias=0.0)
    return {name: array for name, array in found.items() if name not in ("V", "c_out")}


def run(model, parameters, length, inputs, seed, size=1.0, phi="tanh"):
    """All values of a run with normal inputs of the given size and zero initial states; {name: {t: draws × units × 1}}."""
    draws, units = next(array.shape[:2] for name, array in parameters.items() if name.startswith("U_"))
    x = size * np.random.default_rng([seed, length]).normal(size=(length, draws, inputs, 1))
    start = {name: {0: np.zeros((draws, units, 1))} for name in ("h", "c")}
    return compiled(model, phi)[0](parameters, {"x": dict(enumerate(x, 1))} | start, length)


@cache
def _adjoints(model, phi):
    space = {}
    exec(compile(adjoint_program(MODELS[model], phi), f"<adjoints of {model}>", "exec"), space)
    return space["adjoints"]


def last_loss_adjoints(model, parameters, values, length, seed, phi="tanh"):
    """Adjoints of all hidden quantities for a loss at the last step, whose slope in h is random; {name: {t: draws × units × 1}}."""
    slope = np.random.default_rng([seed, length, 1]).normal(size=values["h"][length].shape)
    return _adjoints(model, phi)(parameters, values, {t: slope if t == length else 0 * slope for t in range(1, length + 1)}, length)


def lengths(sequence, last):
    """The Euclidean lengths of a sequence of vectors at the steps 1 … last, draws × steps."""
    return np.stack([np.linalg.norm(sequence[t][..., 0], axis=-1) for t in range(1, last + 1)], axis=1)


def quantiles(sample):
    """The smallest, the middle and the largest of the draws (first axis)."""
    return np.quantile(sample, (0, 0.5, 1), axis=0)
