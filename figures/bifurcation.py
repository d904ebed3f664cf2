"""The fixed points of one tanh unit over its bias, for three recurrent weights; where two of them meet, the outcome tips over."""

import numpy as np

from figures import style

WEIGHTS = (0.5, 1.0, 2.0)


def data():
    """Every state s with the bias that makes it a fixed point, b = artanh(s) − w s, and the slope w (1 − s²) there."""
    s = np.tanh(np.linspace(-3.7, 3.7, 741))
    columns = [(np.full_like(s, w), s, np.arctanh(s) - w * s, w * (1 - s**2)) for w in WEIGHTS]
    return dict(zip(("w", "s", "b", "slope"), np.concatenate(columns, axis=1), strict=True))


LINES = {0.5: (style.VANISH, style.DASHDOT, (0.78, 0.62)), 1.0: (style.STEADY, style.DASHED, (-0.34, 0.45)), 2.0: (style.EXPLODE, style.SOLID, (-1.35, 0.93))}


def draw(fig, data):
    """Thick where the slope is below one and the state holds, dotted where it repels; circles where two fixed points meet."""
    ax = fig.add_axes((0.1, 0.14, 0.88, 0.78))
    ax.set(xlim=(-1.5, 1.5), ylim=(-1.08, 1.08))
    for w, (color, dashes, place) in LINES.items():
        of = data["w"] == w
        s, b, steep = data["s"][of], data["b"][of], data["slope"][of] > 1
        ax.plot(np.where(steep, np.nan, b), s, color=color, linestyle=dashes)
        ax.plot(np.where(steep, b, np.nan), s, color=color, linestyle=style.DOTTED)
        style.label(ax, *place, rf"w={w:g}", color)
    born = np.sqrt(0.5)
    ax.plot((2 * born - np.arctanh(born), np.arctanh(born) - 2 * born), (-born, born), "o", color=style.EXPLODE, markersize=7)
    ax.grid(axis="x")
    style.ticks(ax.xaxis, (-1, 0, 1))
    style.ticks(ax.yaxis, (-1, 0, 1))
    style.ylabel(ax, r"s=\tanh(ws+b)")
    style.xlabel(ax, "b")
