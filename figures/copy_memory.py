"""Copy memory: what is left of the cost of guessing when five symbols have to survive a delay."""

import math

from figures import style
from figures.recorded import spread

LINES = {
    "plain": (style.SERIES[0], style.SOLID, "o", r"\mathrm{RNN}", 0.05), "orthogonal": (style.SERIES[1], style.DASHED, "s", r"U^{\!\top}U=I", -0.02),
    "LSTM": (style.SERIES[2], style.DOTTED, "D", r"\mathrm{LSTM}", 0.16), "GRU": (style.SERIES[3], style.DASHED, "v", r"\mathrm{GRU}", -0.06),
}
GUESSING = math.log(8)


def data():
    """Cross-entropy per symbol in the last tenth of the training: best, median and worst run of every network and delay."""
    return spread("copying")


def draw(fig, data):
    """Medians as lines, all runs between the ends of the bars; 1 is the cost of guessing."""
    fig.set_size_inches(*style.WIDE)
    ax = fig.add_axes((0.115, 0.13, 0.66, 0.77))
    ax.set(xscale="log", xlim=(4.5, 70), ylim=(0, 1.08))
    ax.axhline(1, color=style.MUTED, linestyle=style.DOTTED, linewidth=style.THIN)
    for network, (color, dashes, marker, name, away) in LINES.items():
        rows = data["network"] == network
        delay, low, middle, high = (data[key][rows] / (1 if key == "length" else GUESSING) for key in ("length", "best", "median", "worst"))
        ax.errorbar(delay, middle, (middle - low, high - middle), color=color, linestyle=dashes, marker=marker, markersize=6, elinewidth=style.THIN, capsize=3)
        style.label(ax, delay[-1] * 1.13, middle[-1] + away, name, color)
    style.ticks(ax.xaxis, (5, 15, 30, 60))
    style.ticks(ax.yaxis, (0, 0.25, 0.5, 0.75, 1))
    ax.grid(axis="y")
    style.ylabel(ax, r"-\log p\;/\;\log 8")
    style.xlabel(ax, "T")
