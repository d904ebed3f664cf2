"""Where gradients of a deep tanh network vanish and where they explode: lines of equal χ, and measured networks on top."""

import numpy as np

from figures import style
from figures.deep_networks import gauss, gradients, random_network

SEED = 31
n, DEPTH, DRAWS = 300, 16, 3
LEVELS = (0.5, 0.7, 0.85, 1.0, 1.15)
GRID = np.linspace(0.5, 3.2, 7), np.linspace(0.07, 0.55, 6)


def data():
    """Rows of two kinds: 'line' (χ, σ_w², σ_b²) from the mean field, 'network' (measured factor per layer, σ_w², σ_b²)."""
    rows = [row for level in LEVELS for row in _line(level)] + [_measured(w, b) for w in GRID[0] for b in GRID[1]]
    return {key: np.array([row[key] for row in rows]) for key in ("kind", "chi", "sigma_w_squared", "sigma_b_squared")}


def _line(level):
    """χ and q give σ_w² = χ / E tanh′² and σ_b² = q − σ_w² E tanh²."""
    q = np.geomspace(1e-4, 12, 200)
    weight = level / gauss(lambda a: np.cosh(a) ** -4, q)
    bias = q - weight * gauss(lambda a: np.tanh(a) ** 2, q)
    keep = (bias >= -1e-9) & (bias < 0.7) & (weight < 4.5)
    return [{"kind": "line", "chi": level, "sigma_w_squared": w, "sigma_b_squared": max(b, 0.0)} for w, b in zip(weight[keep], bias[keep], strict=True)]


def _measured(weight, bias):
    """The geometric mean over layers and draws of the factor on ‖∂L/∂a‖² from one layer to the layer below."""
    logs = []
    for draw in range(DRAWS):
        random = np.random.default_rng([SEED, draw, int(1000 * weight), int(1000 * bias)])
        network = random_network(random, n, DEPTH, weight, bias)
        h_0, slope = random.normal(size=(2, n, 1))
        # The gradient in a bias is the adjoint of the pre-activation; the first layers still approach the fixed point.
        adjoint = gradients("tanh", network, h_0, lambda _, slope=slope: slope)[1]["b"]
        logs.append(np.log((adjoint[4] ** 2).sum() / (adjoint[DEPTH] ** 2).sum()) / (DEPTH - 4))
    return {"kind": "network", "chi": float(np.exp(np.mean(logs))), "sigma_w_squared": weight, "sigma_b_squared": bias}


def draw(fig, data):
    """Lines of equal χ, the critical one thick; triangles point down where the measured gradient shrinks and up where it grows."""
    fig.set_size_inches(*style.SQUARE)
    ax = fig.add_axes((0.1, 0.11, 0.8, 0.78))
    ax.set(xlim=(0.3, 3.4), ylim=(0, 0.6))
    chi, x, y = (data[key] for key in ("chi", "sigma_w_squared", "sigma_b_squared"))
    lines, networks = data["kind"] == "line", data["kind"] == "network"
    for level in LEVELS:
        rows = lines & (chi == level)
        critical = level == 1
        color = style.STEADY if critical else style.VANISH if level < 1 else style.EXPLODE
        ax.plot(x[rows], y[rows], color=color, linewidth=style.THICK if critical else style.THIN, linestyle=style.SOLID if critical else style.DASHED)
        _name(ax, x[rows], y[rows], r"\chi=1" if critical else f"{level:g}", color)
    for marker, rows, color in (("v", networks & (chi < 1), style.VANISH), ("^", networks & (chi >= 1), style.EXPLODE)):
        ax.scatter(x[rows], y[rows], s=26 + 160 * np.minimum(np.abs(np.log(chi[rows])), 1), marker=marker, facecolors="none", edgecolors=color, linewidths=1.5, zorder=3)
    ax.plot([2], [0], marker="o", color=style.INK, markersize=9, clip_on=False, zorder=4)
    style.label(ax, 2.05, 0.02, r"\mathrm{ReLU}", style.INK)
    style.ticks(ax.xaxis, (0.5, 1, 1.5, 2, 2.5, 3))
    style.ticks(ax.yaxis, (0, 0.1, 0.2, 0.3, 0.4, 0.5))
    style.xlabel(ax, r"\sigma_w^2")
    style.ylabel(ax, r"\sigma_b^2")


def _name(ax, x, y, text, color):
    """The value of χ where its line leaves the frame, at the top or on the right."""
    place = np.flatnonzero((x < 3.4) & (y < 0.6))[-1]
    top = y[place] > 0.55
    style.label(ax, x[place] if top else 3.44, 0.618 if top else y[place], text, color, fontsize=style.SMALL, ha="center" if top else "left")
