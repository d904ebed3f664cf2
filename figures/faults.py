"""What the figures of the six recorded faults share: a faulty network and the same one mended, all runs in a band around the median."""

import numpy as np

from figures import style
from figures.recorded import recorded

LINES = {"faulty": (style.EXPLODE, style.DASHED), "mended": (style.STEADY, style.SOLID)}


def columns(name, measure="results"):
    """One row per network and length: the least, the median and the largest of the runs."""
    rows = [(network, int(length), *np.quantile(runs, (0, 0.5, 1))) for network, of in recorded(name)[measure].items() for length, runs in of.items()]
    return {key: np.array(column) for key, column in zip(("network", "length", "least", "median", "largest"), zip(*rows), strict=True)}


def compare(fig, data, labels, **axes):
    """Axes with both networks; ``labels`` gives for each its mathematics and where it stands."""
    ax = fig.add_axes((0.14, 0.15, 0.825, 0.75))
    ax.set(yscale="log", **axes)
    floor = ax.get_ylim()[0]
    for network, (color, dashes) in LINES.items():
        rows = data["network"] == network
        x, low, middle, high = (data[key][rows] for key in ("length", "least", "median", "largest"))
        style.band(ax, x, *(np.maximum(values, floor / 10) for values in (low, middle, high)), color, dashes)
        text, place = labels[network]
        style.label(ax, *place, text, color)
    ax.grid(axis="y")
    return ax
