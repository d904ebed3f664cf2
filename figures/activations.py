"""Three activation functions and their slopes: what each factor φ′ can be at most."""

import numpy as np

from figures import style


def data():
    """φ and φ′ of the logistic function, tanh and ReLU at equally spaced a (ReLU's slope at its kink is not a number)."""
    a = np.linspace(-5, 5, 401)
    sigmoid, tanh = 1 / (1 + np.exp(-a)), np.tanh(a)
    kink = np.where(a == 0, np.nan, (a > 0).astype(float))
    return {"a": a, "sigmoid": sigmoid, "tanh": tanh, "relu": np.maximum(a, 0), "sigmoid_slope": sigmoid * (1 - sigmoid), "tanh_slope": 1 - tanh**2, "relu_slope": kink}


LINES = {"sigmoid": (style.VANISH, style.SOLID), "tanh": (style.EXPLODE, style.DASHED), "relu": (style.STEADY, style.DASHDOT)}


def draw(fig, data):
    """φ above, φ′ below, on the same a."""
    fig.set_size_inches(*style.SQUARE)
    above, below = fig.add_axes((0.09, 0.56, 0.89, 0.375)), fig.add_axes((0.09, 0.095, 0.89, 0.33))
    a = data["a"]
    for name, (color, dashes) in LINES.items():
        above.plot(a, data[name], color=color, linestyle=dashes)
        below.plot(a, data[f"{name}_slope"], color=color, linestyle=dashes)
    for level, end in ((0.25, 5), (1, 0)):
        below.plot((-5, end), (level, level), color=style.MUTED, linewidth=style.THIN, linestyle=style.DOTTED, zorder=0)
    below.plot(0, 0.25, "o", color=style.VANISH, markersize=7)
    below.plot(0, 1, "s", color=style.EXPLODE, markersize=7)
    for end, size in ((0, 7), (1, 13)):
        below.plot(0, end, "o", markerfacecolor=style.PAPER, color=style.STEADY, markersize=size, markeredgewidth=1.4, zorder=1.5)
    style.label(above, 1.55, 1.9, r"\mathrm{ReLU}", style.STEADY, ha="right")
    style.label(above, -3.0, -0.72, r"\tanh", style.EXPLODE)
    style.label(above, -2.4, 0.33, r"\sigma", style.VANISH, fontsize=style.LARGE)
    style.label(below, 3.2, 0.87, r"\mathrm{ReLU}^{\prime}", style.STEADY)
    style.label(below, -0.95, 0.72, r"\tanh^{\prime}", style.EXPLODE, ha="right")
    style.label(below, -2.6, 0.17, r"\sigma^{\prime}", style.VANISH, fontsize=style.LARGE, ha="right")
    for ax, (low, high) in ((above, (-1.15, 2.2)), (below, (-0.06, 1.12))):
        ax.set(xlim=(-5, 5), ylim=(low, high))
        ax.grid(axis="x")
        style.ticks(ax.xaxis, range(-4, 5, 2))
        style.xlabel(ax, "a")
    style.ticks(above.yaxis, (-1, 0, 1, 2))
    below.set_yticks([0, 0.25, 1], ["$0$", r"$\frac{1}{4}$", "$1$"])
    style.ylabel(above, r"\varphi(a)")
    style.ylabel(below, r"\varphi^{\prime}(a)")
