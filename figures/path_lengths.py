"""How many factors lie across a lag: a plain RNN, a skip of three steps, a unit with period eight, dilated convolutions, attention."""

import numpy as np

from derivations.checking.paths import by_recursion, clock
from figures import style

LAST, SKIP, PERIOD = 1000, 3, 8


def data():
    """The fewest factors for the lags 1 … 1000, counted; for the unit with a clock the most, over all beginnings."""
    lags = range(1, LAST + 1)
    slow = [max(clock(start, lag, PERIOD) for start in range(PERIOD)) for lag in lags]
    return {"lag": np.array(lags), "plain": np.array(lags), "skip": np.array([by_recursion(lag, SKIP) for lag in lags]), "clock": np.array(slow), "dilated": np.array([layers(lag) for lag in lags]), "attention": np.ones(LAST, int)}


def layers(lag):
    """Layers with two taps and dilations 1, 2, 4, … until they see more than ``lag`` inputs."""
    seen, count = 1, 0
    while seen <= lag:
        seen, count = seen + 2**count, count + 1
    return count


LINES = {
    "plain": (style.EXPLODE, style.SOLID, r"n", (400, 600)), "skip": (style.SERIES[3], style.DASHED, r"d_3(n)", (226, 172)), "clock": (style.SERIES[5], style.DASHDOT, r"\lceil n/8\rceil", (330, 29)),
    "dilated": (style.VANISH, style.SOLID, r"\lceil\log_2(n+1)\rceil", (150, 5.2)), "attention": (style.STEADY, style.DASHED, r"1", (560, 1.28)),
}  # fmt: skip


def draw(fig, data):
    """Factors over the lag; the gray line is where factors of 0.8 leave one hundredth."""
    ax = fig.add_axes((0.1, 0.14, 0.87, 0.77))
    ax.set(xscale="log", yscale="log", xlim=(1, LAST), ylim=(0.85, LAST))
    level = np.log(0.01) / np.log(0.8)
    ax.axhline(level, color=style.MUTED, linestyle=style.DOTTED, linewidth=style.THIN)
    style.label(ax, 1.15, level * 1.35, r"0.8^{d}=0.01", style.MUTED)
    for name, (color, dashes, text, place) in LINES.items():
        ax.plot(data["lag"], data[name], color=color, linestyle=dashes)
        style.label(ax, *place, text, color)
    style.decades(ax.xaxis, 0, 3, 1)
    style.decades(ax.yaxis, 0, 3, 1)
    ax.grid()
    style.ylabel(ax, "d")
    style.xlabel(ax, "n")
