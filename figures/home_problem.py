"""The problem in one picture: a signal that is multiplied by the same factor at every step on its way back through time."""

import numpy as np

from figures import style

T = 50
FACTORS = (1.05, 1.0, 0.8)


def data():
    """The signal r^(T − t) at every time step t for each factor r."""
    r, t = (grid.ravel() for grid in np.meshgrid(FACTORS, np.arange(T + 1), indexing="ij"))
    return {"r": r, "t": t, "signal": r ** (T - t)}


def draw(fig, data):
    """One lane for each factor; a bar's height is the signal, on one linear scale for all lanes."""
    fig.set_size_inches(style.WIDTH, 4.4)
    ax = fig.add_axes((0.01, 0.01, 0.98, 0.98))
    ax.set(xlim=(-1.2, T + 9.6), ylim=(-14.6, 6))
    ax.axis("off")
    # Where a lane lies, and where its product stands: beside the high bars, above the low ones.
    lanes = (0, 5.6, 5.0, style.EXPLODE), (-8.2, -0.6, 1.55, style.STEADY), (-11.1, -0.6, 1.35, style.VANISH)
    for r, (middle, left, above, color) in zip(FACTORS, lanes, strict=True):
        t, signal = data["t"][data["r"] == r], data["signal"][data["r"] == r]
        ax.plot(t, np.full_like(signal, middle), ".", color=style.MUTED, markersize=2.6, markeredgewidth=0)
        ax.vlines(t, middle - signal / 2, middle + signal / 2, color=color, linewidth=4.2)
        style.label(ax, T + 1.4, middle, rf"\times {r:g}", color, fontsize=style.LARGE)
        relation = "=" if r == 1 else r"\approx"
        product = f"{r:g}^{{{T}}} {relation} " + (f"{r:g}" if r == 1 else style.scientific(signal[0], 3))
        style.label(ax, left, middle + above, product, color, fontsize=style.LARGE)
    ax.annotate("", (-1, -12.6), (T + 1, -12.6), arrowprops={"arrowstyle": "->", "color": style.MUTED, "lw": style.THIN})
    for step in range(0, T + 1, 10):
        style.label(ax, step, -13.6, f"{step}", fontsize=style.SMALL, ha="center")
    style.label(ax, T + 3, -13.6, "t", ha="center")
    style.label(ax, 27, 3.6, r"\left|\dfrac{\partial L}{\partial h_t}\right|\ \propto\ r^{\,T-t}", fontsize=style.LARGE)
