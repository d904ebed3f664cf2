"""The error of plain and residual convolutional networks on digits, over their depth."""

from figures import style
from figures.recorded import spread

LINES = {"plain": (style.VANISH, style.DASHDOT, r"h_l=\phi(a_l)", (10.5, 0.4)), "residual": (style.STEADY, style.SOLID, r"h_l=h_{l-1}+\cdots", (26, 0.019))}
GUESSING = 0.9


def data():
    """Share of wrong answers on the test images after the training: best, median and worst run of both networks at every depth."""
    return spread("plain_or_residual")


def draw(fig, data):
    """Medians as lines, bands that hold all runs; dotted is what guessing gets."""
    ax = fig.add_axes((0.125, 0.15, 0.855, 0.75))
    ax.set(yscale="log", xlim=(2, 50), ylim=(0.013, 1.15))
    ax.axhline(GUESSING, color=style.MUTED, linestyle=style.DOTTED, linewidth=style.THIN)
    for network, (color, dashes, name, place) in LINES.items():
        rows = data["network"] == network
        depth, low, middle, high = (data[key][rows] for key in ("length", "best", "median", "worst"))
        style.band(ax, depth, low, middle, high, color, dashes)
        ax.plot(depth, middle, color=color, linestyle="none", marker="o", markersize=5)
        style.label(ax, *place, name, color)
    style.ticks(ax.xaxis, sorted(set(data["length"])))
    style.ticks(ax.yaxis, (0.02, 0.05, 0.1, 0.2, 0.5))
    ax.grid(axis="y")
    style.ylabel(ax, "e")
    style.xlabel(ax, "D")
