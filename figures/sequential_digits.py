"""Handwritten digits read in 8, 16, 32 or 64 steps: the same images, and only the way to the answer grows longer."""

import numpy as np

from figures import style
from figures.recorded import runs

# network: (colour, dashes, marker, name, factor from the last median to the name)
LINES = {
    "plain": (style.SERIES[0], style.SOLID, "o", r"\mathrm{RNN}", 1.47), "orthogonal": (style.SERIES[1], style.DASHED, "s", r"U^{\!\top}U=I", 0.94),
    "identity": (style.SERIES[4], style.DASHDOT, "^", r"U=I,\ \mathrm{ReLU}", 1.0), "LSTM": (style.SERIES[2], style.DOTTED, "D", r"\mathrm{LSTM}", 1.43), "GRU": (style.SERIES[3], style.DASHED, "v", r"\mathrm{GRU}", 1.12),
}
GUESSING = 0.9


def data():
    """Share of wrong answers on the test images: every network, number of steps and seed."""
    return runs("sequential_digits")


def draw(fig, data):
    """Every run is a point; lines join the medians; networks stand a little apart so that no point hides another."""
    fig.set_size_inches(*style.WIDE)
    ax = fig.add_axes((0.115, 0.13, 0.66, 0.77))
    ax.set(xscale="log", yscale="log", xlim=(7.2, 74), ylim=(0.012, 1.15))
    ax.axhline(GUESSING, color=style.MUTED, linestyle=style.DOTTED, linewidth=style.THIN)
    for shift, (network, (color, dashes, marker, name, away)) in zip(np.linspace(0.93, 1.07, len(LINES)), LINES.items()):
        rows = data["network"] == network
        T, error = data["length"][rows], data["error"][rows]
        steps = np.unique(T)
        medians = [np.median(error[T == step]) for step in steps]
        ax.plot(steps * shift, medians, color=color, linestyle=dashes, linewidth=1.7)
        ax.plot(T * shift, error, color=color, linestyle="none", marker=marker, markersize=5, markerfacecolor="none")
        style.label(ax, 78, medians[-1] * away, name, color)
    style.ticks(ax.xaxis, (8, 16, 32, 64))
    style.ticks(ax.yaxis, (0.02, 0.05, 0.1, 0.2, 0.5))
    ax.grid(axis="y")
    style.ylabel(ax, r"e")
    style.xlabel(ax, "T")
