"""The mean square of pre-activations and of adjoints over depth in ReLU networks: three initializations against the mean field."""

import numpy as np

from figures import style
from figures.deep_networks import gradients, random_network

SEED, DRAWS = 33, 20
n, DEPTH = 256, 30
# n times the variance of a weight.
SCALES = {"He": 2.0, "Xavier": 1.0, "PyTorch": 1 / 3}


def data():
    """Quantiles 0, ½, 1 over the draws of the mean squares of a_l and of ∂L/∂a_l, each divided by its value where it starts."""
    rows = [row for scale in SCALES for row in _spread(scale)]
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def _spread(scale):
    sample = np.array([squares(SCALES[scale], np.random.default_rng([SEED, draw])) for draw in range(DRAWS)])
    low, middle, high = np.quantile(sample, (0, 0.5, 1), axis=0)
    chi = SCALES[scale] / 2
    for place in range(DEPTH):
        row = {"scale": scale, "layer": place + 1, "forward_mean_field": chi**place, "backward_mean_field": chi ** (DEPTH - 1 - place)}
        for kind, name in enumerate(("forward", "backward")):
            row |= {f"{name}_low": low[kind][place], f"{name}_median": middle[kind][place], f"{name}_high": high[kind][place]}
        yield row


def squares(weight, random):
    """‖a_l‖² / ‖a_1‖² and ‖∂L/∂a_l‖² / ‖∂L/∂a_D‖² for a random slope of the loss at the top, shape (2, D)."""
    network = random_network(random, n, DEPTH, weight)
    h_0, slope = random.normal(size=(2, n, 1))
    values, found = gradients("relu", network, h_0, lambda _: slope)
    a, delta = ([(of[layer] ** 2).sum() for layer in range(1, DEPTH + 1)] for of in (values["a"], found["b"]))
    return np.array(a) / a[0], np.array(delta) / delta[-1]


LINES = {"He": (style.STEADY, style.SOLID, r"\mathrm{He:}\ 2/n"), "Xavier": (style.EXPLODE, style.DASHED, r"\mathrm{Xavier:}\ 1/n"), "PyTorch": (style.VANISH, style.DASHDOT, r"a=\sqrt{5}:\ 1/(3n)")}


def draw(fig, data):
    """Above forward, below backward; bands hold all draws, thin lines are the mean field."""
    fig.set_size_inches(*style.TALL)
    panels = (fig.add_axes((0.125, 0.57, 0.86, 0.365)), "forward", r"q_l/q_1"), (fig.add_axes((0.125, 0.085, 0.86, 0.365)), "backward", r"\tilde{q}_l/\tilde{q}_D")
    for ax, name, label in panels:
        ax.set(yscale="log", xlim=(1, DEPTH), ylim=(1e-24, 1e3))
        for scale, (color, dashes, text) in LINES.items():
            rows = data["scale"] == scale
            layer, low, middle, high, theory = (data[key][rows] for key in ("layer", f"{name}_low", f"{name}_median", f"{name}_high", f"{name}_mean_field"))
            style.band(ax, layer, low, middle, high, color, dashes)
            ax.plot(layer, theory, color=style.INK, linewidth=0.8)
            # Forward the names stand on the right above their lines, the steepest one below it; backward it is the mirror image.
            below = scale == "PyTorch"
            place = (13 if below else 17) if name == "forward" else (18 if below else 14)
            side = ("right" if below else "left") if name == "forward" else ("left" if below else "right")
            style.label(ax, place, theory[place - 1] * 10 ** (-2.2 if below else 1.6), text, color, ha=side)
        style.ticks(ax.xaxis, (1, 10, 20, 30))
        style.decades(ax.yaxis, -24, 0, 6)
        ax.grid(axis="y")
        style.ylabel(ax, label)
        style.xlabel(ax, "l")
