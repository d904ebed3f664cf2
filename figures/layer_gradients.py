"""Per-layer gradient norm at initialization: three activation functions, three scales of the weights."""

import numpy as np

from figures import style
from figures.deep_networks import gradients, random_network

SEED, DRAWS = 32, 20
n, DEPTH = 100, 20
ACTIVATIONS = ("sigmoid", "tanh", "relu")
# n times the variance of a weight: a standard deviation of 0.01, Xavier with equal fans, He.
SCALES = {"small": n * 0.01**2, "Xavier": 1.0, "He": 2.0}


def data():
    """Quantiles 0, ½, 1 over the draws of ‖∂L/∂a_l‖ and ‖∂L/∂W_l‖ for L = ½‖h_D − y‖²; one row per activation, scale and layer."""
    rows = [row for phi in ACTIVATIONS for scale in SCALES for row in _spread(phi, scale)]
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def _spread(phi, scale):
    sample = np.array([norms(phi, SCALES[scale], np.random.default_rng([SEED, draw])) for draw in range(DRAWS)])
    quantiles = np.quantile(sample, (0, 0.5, 1), axis=0)
    for layer in range(DEPTH):
        row = {"activation": phi, "scale": scale, "layer": layer + 1}
        for kind, name in enumerate(("a", "W")):
            row |= {f"{name}_{key}": quantiles[place, kind, layer] for place, key in enumerate(("low", "median", "high"))}
        yield row


def norms(phi, weight, random):
    """‖∂L/∂a_l‖ and ‖∂L/∂W_l‖ for l = 1 … D, shape (2, D); the gradient in a bias is that in the pre-activation."""
    network, h_0, y = random_network(random, n, DEPTH, weight), random.normal(size=(n, 1)), random.normal(size=(n, 1))
    _, found = gradients(phi, network, h_0, lambda h: h - y)
    return [[np.linalg.norm(found[name][layer]) for layer in range(1, DEPTH + 1)] for name in ("b", "W")]


LINES = {"small": (style.VANISH, style.DASHDOT), "Xavier": (style.STEADY, style.DASHED), "He": (style.EXPLODE, style.SOLID)}
NAMES = {"sigmoid": r"\sigma", "tanh": r"\tanh", "relu": r"\mathrm{ReLU}"}


def draw(fig, data):
    """A row for each activation, on one scale: the gradient in the pre-activations on the left, in the weights on the right."""
    fig.set_size_inches(style.WIDTH, 8.2)
    for place, phi in enumerate(ACTIVATIONS):
        for column, name in enumerate(("a", "W")):
            ax = fig.add_axes((0.115 + 0.46 * column, 0.715 - 0.325 * place, 0.4, 0.235))
            ax.set(yscale="log", xlim=(1, DEPTH), ylim=(1e-33, 1e5))
            for scale, (color, dashes) in LINES.items():
                rows = (data["activation"] == phi) & (data["scale"] == scale)
                layer, low, middle, high = (data[key][rows] for key in ("layer", f"{name}_low", f"{name}_median", f"{name}_high"))
                style.band(ax, layer, low, middle, high, color, dashes)
            style.ticks(ax.xaxis, (1, 5, 10, 15, 20))
            style.decades(ax.yaxis, -30, 0, 10)
            if column:
                ax.yaxis.set_tick_params(labelleft=False)
            ax.grid(axis="y")
            style.ylabel(ax, rf"\left\Vert\partial L/\partial {name}_l\right\Vert,\ \phi={NAMES[phi]}")
            style.xlabel(ax, "l")
            if column and phi == "tanh":
                _key(ax)


def _key(ax):
    """The names of the lines, in the empty half of a panel."""
    for row, (scale, (color, dashes)) in enumerate(LINES.items()):
        height = 10.0 ** (-22 - 3.6 * row)
        ax.plot((4, 8), (height, height), color=color, linestyle=dashes)
        style.label(ax, 8.7, height, {"small": r"\sqrt{\mathrm{Var}\,w}=1/n", "Xavier": r"\mathrm{Xavier}", "He": r"\mathrm{He}"}[scale], color, fontsize=style.SMALL)
