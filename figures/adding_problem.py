"""The adding problem: who still learns when the two numbers lie further apart."""

from figures import style
from figures.recorded import spread

# network: (colour, dashes, marker, name, decades between the name and the last median)
LINES = {
    "plain": (style.SERIES[0], style.SOLID, "o", r"\mathrm{RNN}", 0.20), "orthogonal": (style.SERIES[1], style.DASHED, "s", r"U^{\!\top}U=I", -0.14),
    "identity": (style.SERIES[4], style.DASHDOT, "^", r"U=I,\ \mathrm{ReLU}", 0.0), "LSTM": (style.SERIES[2], style.DOTTED, "D", r"\mathrm{LSTM}", 0.10), "GRU": (style.SERIES[3], style.DASHED, "v", r"\mathrm{GRU}", -0.16),
}
CHANCE = 1 / 6


def data():
    """Mean squared error in the last tenth of the training: best, median and worst run of every network and length."""
    return spread("adding")


def draw(fig, data):
    """Medians as lines, all runs between the ends of the bars; the level of guessing is dotted."""
    fig.set_size_inches(*style.WIDE)
    ax = fig.add_axes((0.115, 0.13, 0.66, 0.77))
    ax.set(xscale="log", yscale="log", xlim=(9, 90), ylim=(1e-4, 0.4))
    ax.axhline(CHANCE, color=style.MUTED, linestyle=style.DOTTED, linewidth=style.THIN)
    style.label(ax, 9.4, CHANCE * 1.35, r"\frac{1}{6}", style.MUTED)
    for network, (color, dashes, marker, name, away) in LINES.items():
        rows = data["network"] == network
        T, low, middle, high = (data[key][rows] for key in ("length", "best", "median", "worst"))
        ax.errorbar(T, middle, (middle - low, high - middle), color=color, linestyle=dashes, marker=marker, markersize=6, elinewidth=style.THIN, capsize=3)
        style.label(ax, T[-1] * 1.16, middle[-1] * 10**away, name, color)
    style.ticks(ax.xaxis, (10, 20, 40, 80))
    style.decades(ax.yaxis, -4, -1, 1)
    ax.grid(axis="y")
    style.ylabel(ax, r"\mathrm{E}\,(o_T-y)^2")
    style.xlabel(ax, "T")
