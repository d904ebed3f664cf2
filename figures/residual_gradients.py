"""The gradient at every block of deep ReLU networks at initialization: plain, residual, and residual with scaled branches."""

import numpy as np

from figures import style
from figures.deep_networks import compiled

SEED, DRAWS = 34, 20
n, DEPTH = 128, 40
# Name: model, n Var W, n Var V (of a plain network there is none).
NETWORKS = {
    "plain": ("feed-forward", 1 / 3, None),
    "residual": ("residual", 1 / 3, 1 / 3),
    "residual_he": ("residual", 2.0, 1.0),
    "residual_scaled": ("residual", 2.0, 1.0 / DEPTH),
}


def data():
    """Quantiles 0, ½, 1 over the draws of ‖∂L/∂h_l‖ / ‖∂L/∂h_D‖, and what the mean squares predict; one row per network and layer."""
    rows = [row for name in NETWORKS for row in _spread(name)]
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def factor(name):
    """By how much one layer or block multiplies the mean square of the gradient."""
    _, inner, outer = NETWORKS[name]
    return inner / 2 if outer is None else 1 + outer * inner / 2


def _spread(name):
    sample = np.array([norms(name, np.random.default_rng([SEED, draw])) for draw in range(DRAWS)])
    low, middle, high = np.quantile(sample, (0, 0.5, 1), axis=0)
    for layer in range(DEPTH + 1):
        yield {"network": name, "layer": layer, "low": low[layer], "median": middle[layer], "high": high[layer], "mean_field": factor(name) ** ((DEPTH - layer) / 2)}


def norms(name, random):
    """‖∂L/∂h_l‖ / ‖∂L/∂h_D‖ for l = 0 … D and a random slope of the loss at the top, shape (D + 1,)."""
    model, inner, outer = NETWORKS[name]
    forward, backward = compiled(model, "relu")
    layers = range(1, DEPTH + 1)
    parameters = {"W": {l: random.normal(size=(n, n)) * np.sqrt(inner / n) for l in layers}, "b": {l: np.zeros((n, 1)) for l in layers}}
    if outer is not None:
        parameters["V"] = {l: random.normal(size=(n, n)) * np.sqrt(outer / n) for l in layers}
    h_0, slope = random.normal(size=(2, n, 1))
    found = backward(parameters, forward(parameters, {"h": {0: h_0}}, DEPTH), {DEPTH: slope}, DEPTH)
    # The bias of a layer has the gradient of its pre-activation, which leads down to the layer below.
    below = {l - 1: parameters["W"][l].T @ found["b"][l] for l in layers}
    adjoint, at = {DEPTH: slope}, slope
    for l in reversed(layers):
        at = below[l - 1] if outer is None else at + below[l - 1]
        adjoint[l - 1] = at
    return np.array([np.linalg.norm(adjoint[l]) for l in range(DEPTH + 1)]) / np.linalg.norm(slope)


LINES = {
    "plain": (style.VANISH, style.DASHDOT, r"h_l=\phi(W_l h_{l-1})", (22, 2e-12)),
    "residual": (style.STEADY, style.SOLID, r"h_l=h_{l-1}+V_l\,\phi(W_l h_{l-1})", (2.5, 1.5e-3)),
    "residual_scaled": (style.STEADY, style.DASHED, r"\mathrm{He}\,/\sqrt{D}", (2.5, 40)),
    "residual_he": (style.EXPLODE, style.DASHED, r"\mathrm{He}", (2.5, 5e6)),
}


def draw(fig, data):
    """Norms over the layer; thin lines are what the mean squares predict."""
    ax = fig.add_axes((0.125, 0.15, 0.86, 0.75))
    ax.set(yscale="log", xlim=(0, DEPTH), ylim=(1e-18, 1e9))
    for name, (color, dashes, text, place) in LINES.items():
        rows = data["network"] == name
        layer, low, middle, high, theory = (data[key][rows] for key in ("layer", "low", "median", "high", "mean_field"))
        style.band(ax, layer, low, middle, high, color, dashes)
        ax.plot(layer, theory, color=style.INK, linewidth=0.8)
        style.label(ax, *place, text, color)
    style.ticks(ax.xaxis, (0, 10, 20, 30, 40))
    style.decades(ax.yaxis, -18, 9, 6)
    ax.grid(axis="y")
    style.ylabel(ax, r"\left\Vert\partial L/\partial h_l\right\Vert\ /\ \left\Vert\partial L/\partial h_D\right\Vert")
    style.xlabel(ax, "l")
