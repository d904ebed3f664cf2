"""Stacks of attention at initialization: how far the positions still differ, and the gradient in the weights of the query."""

import numpy as np

from figures import style
from figures.recorded import recorded

MEASURES = {"results": style.SOLID, "gradients": style.DASHED}
# Network: colour, and the last layer above the rounding error.
LINES = {"pure": (style.VANISH, 4), "skip": (style.STEADY, 8)}
ROUNDING = float(np.finfo(float).eps)


def data():
    """Smallest, median and largest of the draws, one row per measure, network and layer: share of the norm in which the positions differ, and ‖∂L/∂W_Q‖ / ‖∂L/∂W_V‖."""
    rows = []
    for measure in MEASURES:
        for network, of in recorded("rank_collapse")[measure].items():
            for layer, found in of.items():
                low, middle, high = np.quantile(found, (0, 0.5, 1))
                rows.append({"measure": measure, "network": network, "layer": int(layer), "low": low, "median": middle, "high": high})
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def draw(fig, data):
    """Both measures over the layer, down to the rounding error; bands hold all draws."""
    ax = fig.add_axes((0.125, 0.15, 0.855, 0.75))
    ax.set(yscale="log", xlim=(1, 8), ylim=(1e-16, 30))
    for measure, dashes in MEASURES.items():
        for network, (color, last) in LINES.items():
            rows = (data["measure"] == measure) & (data["network"] == network)
            layer, low, middle, high = (data[key][rows] for key in ("layer", "low", "median", "high"))
            seen = layer <= last
            style.band(ax, layer[seen], np.maximum(low[seen], 1e-17), middle[seen], high[seen], color, dashes)
    ax.axhline(ROUNDING, color=style.MUTED, linestyle=style.DOTTED, linewidth=style.THIN)
    style.label(ax, 5.6, 3e-15, r"\mathrm{float64:}\ 2^{-52}", style.MUTED)
    style.label(ax, 3.8, 1e-8, r"X_l=W_V X_{l-1}P_l", style.VANISH)
    style.label(ax, 4.4, 1e-3, r"X_l=X_{l-1}+W_V X_{l-1}P_l", style.STEADY)
    style.ticks(ax.xaxis, range(1, 9))
    style.decades(ax.yaxis, -15, 0, 3)
    ax.grid(axis="y")
    style.ylabel(ax, r"\left\Vert X_l-\bar X_l\right\Vert/\left\Vert X_l\right\Vert,\quad \left\Vert\partial L/\partial W_Q\right\Vert/\left\Vert\partial L/\partial W_V\right\Vert")
    style.xlabel(ax, "l")
