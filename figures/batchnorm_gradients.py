"""The gradient in deep ReLU networks at initialization, with and without batch normalization."""

import numpy as np

from figures import style

SEED, DRAWS = 35, 10
n, BATCH, DEPTH = 256, 128, 30


def data():
    """Quantiles 0, ½, 1 over the draws of ‖∂L/∂a_l‖ / ‖∂L/∂a_D‖ with He weights; one row per kind of network and layer."""
    rows = [row for kind in ("plain", "batch") for row in _spread(kind)]
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def _spread(kind):
    sample = np.array([norms(kind == "batch", np.random.default_rng([SEED, draw])) for draw in range(DRAWS)])
    low, middle, high = np.quantile(sample, (0, 0.5, 1), axis=0)
    growth = np.pi / (np.pi - 1) if kind == "batch" else 1.0
    for place in range(DEPTH):
        yield {"network": kind, "layer": place + 1, "low": low[place], "median": middle[place], "high": high[place], "limit": growth ** ((DEPTH - 1 - place) / 2)}


def norms(normalized, random):
    """‖∂L/∂a_l‖ / ‖∂L/∂a_D‖ for l = 1 … D; units in rows, examples in columns. Each unit is normalized over the examples."""
    h, passed = random.normal(size=(n, BATCH)), []
    for _ in range(DEPTH):
        W = random.normal(size=(n, n)) * np.sqrt(2 / n)
        a = W @ h
        s, r = a, 1.0
        if normalized:
            centred = a - a.mean(axis=1, keepdims=True)
            r = 1 / np.sqrt((centred**2).mean(axis=1, keepdims=True))
            s = centred * r
        passed.append((W, s, r))
        h = np.maximum(s, 0)
    adjoint, found = random.normal(size=(n, BATCH)), []
    for W, s, r in reversed(passed):
        g = adjoint * (s > 0)
        if normalized:  # norm.grad_a_closed, the examples in the place of the units
            g = (g - g.mean(axis=1, keepdims=True) - s * (s * g).mean(axis=1, keepdims=True)) * r
        found.append(np.linalg.norm(g))
        adjoint = W.T @ g
    return np.array(found[::-1]) / found[0]


LINES = {"plain": (style.STEADY, style.DASHED, r"h_l=\phi(a_l)", (3, 0.22)), "batch": (style.EXPLODE, style.SOLID, r"h_l=\phi(\mathrm{BN}(a_l))", (13, 60))}


def draw(fig, data):
    """Norms over the layer; the thin line grows by the root of π/(π − 1) a layer."""
    ax = fig.add_axes((0.125, 0.15, 0.86, 0.75))
    ax.set(yscale="log", xlim=(1, DEPTH), ylim=(0.1, 1e3))
    for kind, (color, dashes, text, place) in LINES.items():
        rows = data["network"] == kind
        layer, low, middle, high, limit = (data[key][rows] for key in ("layer", "low", "median", "high", "limit"))
        style.band(ax, layer, low, middle, high, color, dashes)
        ax.plot(layer, limit, color=style.INK, linewidth=0.8)
        style.label(ax, *place, text, color)
    style.ticks(ax.xaxis, (1, 10, 20, 30))
    style.decades(ax.yaxis, -1, 3, 1)
    ax.grid(axis="y")
    style.ylabel(ax, r"\left\Vert\partial L/\partial a_l\right\Vert\ /\ \left\Vert\partial L/\partial a_D\right\Vert")
    style.xlabel(ax, "l")
