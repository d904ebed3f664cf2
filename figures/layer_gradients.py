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
    """Quantiles 0, ½, 1 over the draws of ‖∂L/∂W_l‖ for L = ½‖h_D − y‖²; one row per activation, scale and layer."""
    rows = [row for phi in ACTIVATIONS for scale in SCALES for row in _spread(phi, scale)]
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def _spread(phi, scale):
    sample = np.array([norms(phi, SCALES[scale], np.random.default_rng([SEED, draw])) for draw in range(DRAWS)])
    for layer, (low, middle, high) in enumerate(np.quantile(sample, (0, 0.5, 1), axis=0).T, 1):
        yield {"activation": phi, "scale": scale, "layer": layer, "low": low, "median": middle, "high": high}


def norms(phi, weight, random):
    """‖∂L/∂W_l‖ for l = 1 … D."""
    network, h_0, y = random_network(random, n, DEPTH, weight), random.normal(size=(n, 1)), random.normal(size=(n, 1))
    _, found = gradients(phi, network, h_0, lambda h: h - y)
    return [np.linalg.norm(found["W"][layer]) for layer in range(1, DEPTH + 1)]


LINES = {"small": (style.VANISH, style.DASHDOT), "Xavier": (style.STEADY, style.DASHED), "He": (style.EXPLODE, style.SOLID)}
NAMES = {"sigmoid": r"\phi=\sigma", "tanh": r"\phi=\tanh", "relu": r"\phi=\mathrm{ReLU}"}


def draw(fig, data):
    """One panel for each activation on the same scale; bands hold all draws."""
    fig.set_size_inches(style.WIDTH, 8.2)
    for place, phi in enumerate(ACTIVATIONS):
        ax = fig.add_axes((0.125, 0.715 - 0.32 * place, 0.86, 0.235))
        ax.set(yscale="log", xlim=(1, DEPTH), ylim=(1e-32, 1e4))
        for scale, (color, dashes) in LINES.items():
            rows = (data["activation"] == phi) & (data["scale"] == scale)
            layer, low, middle, high = (data[key][rows] for key in ("layer", "low", "median", "high"))
            ax.fill_between(layer, low, high, color=color, alpha=0.2, linewidth=0)
            ax.plot(layer, middle, color=color, linestyle=dashes)
            _label(ax, phi, scale, middle, color)
        style.ticks(ax.xaxis, (1, 5, 10, 15, 20))
        style.decades(ax.yaxis, -30, 0, 10)
        ax.grid(axis="y")
        style.ylabel(ax, rf"\left\Vert\partial L/\partial W_l\right\Vert,\quad {NAMES[phi]}")
        style.xlabel(ax, "l")


# Where the name of a line stands: the layer, and the decades above its median.
PLACES = {("sigmoid", "He"): (4.2, 3.0), ("sigmoid", "Xavier"): (8.5, -3.4), ("sigmoid", "small"): (8.5, -3.0), ("tanh", "He"): (5, 2.2), ("tanh", "Xavier"): (5, -2.6), ("tanh", "small"): (5, 2.4), ("relu", "He"): (5, 2.2), ("relu", "Xavier"): (5, -3.0), ("relu", "small"): (5, 2.4)}


def _label(ax, phi, scale, middle, color):
    layer, decades = PLACES[phi, scale]
    text = {"small": r"\sqrt{\mathrm{Var}\,w}=0.01", "Xavier": r"\mathrm{Xavier}", "He": r"\mathrm{He}"}[scale]
    style.label(ax, layer, middle[int(layer) - 1] * 10**decades, text, color, fontsize=style.SMALL)
