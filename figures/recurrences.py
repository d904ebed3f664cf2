"""Recurrent networks at initialization, for figures: a run, and the adjoints of a loss at its last step, by the derived programs."""

from functools import cache

import numpy as np

from derivations.algebra.program import adjoint_program
from derivations.models import MODELS
from experiments.recurrent import compiled, initial
from figures import style


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


def over_lag(name, adjoint, gate, last):
    """Rows over the lag, relative to lag 0: quantiles 0, ½, 1 of the lengths of ``adjoint``, and the median of what the gates alone (``gate``, None without one) would leave."""
    path = {last: adjoint[last]}
    for t in range(last - 1, 0, -1):
        path[t] = path[t + 1] * (np.nan if gate is None else gate[t + 1])
    whole, alone = (found / found[:, -1:] for found in (lengths(adjoint, last), lengths(path, last)))
    low, middle, high = quantiles(whole)
    for t in range(last, 0, -1):
        yield {"network": name, "lag": last - t, "low": low[t - 1], "median": middle[t - 1], "high": high[t - 1], "gates_alone": np.median(alone[:, t - 1])}


def draw_over_lag(ax, data, lines):
    """Bands that hold all draws, dashed lines for the gates alone; ``lines`` maps a network to (colour, dashes, label, its place)."""
    for name, (color, dashes, text, place) in lines.items():
        rows = data["network"] == name
        lag, low, middle, high, alone = (data[key][rows] for key in ("lag", "low", "median", "high", "gates_alone"))
        style.band(ax, lag, low, middle, high, color, dashes)
        ax.plot(lag, alone, color=color, linestyle=style.DASHED, linewidth=style.THIN)
        style.label(ax, *place, text, color)
    style.ticks(ax.xaxis, (0, 25, 50, 75))
    ax.grid(axis="y")
    style.xlabel(ax, "T-t")
