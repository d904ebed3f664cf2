"""The adjoints of a deep tanh network, entry by entry and layer by layer, against the range of float16: as they are, and with a loss scale."""

import numpy as np

from figures import style

SEED = 41
n, BATCH, DEPTH, WEIGHT = 64, 32, 40, 0.75
SCALES = (0, 15)
LARGEST, NORMAL, LOST = 65504.0, 2.0**-14, 2.0**-25


def data():
    """Quantiles of the moduli of the entries of ∂L/∂a_l times 2^k, by layer l and k, and the shares that float16 turns to zero and to infinity."""
    rows = []
    for layer, adjoint in enumerate(adjoints(np.random.default_rng(SEED)), 1):
        for k in SCALES:
            scaled = np.abs(adjoint) * 2.0**k
            low, middle, high = np.quantile(scaled, (0.01, 0.5, 0.99))
            with np.errstate(over="ignore"):
                halves = scaled.astype(np.float16)
            rows.append({"k": k, "layer": layer, "low": low, "median": middle, "high": high, "zero": np.mean(halves == 0), "infinite": np.mean(np.isinf(halves))})
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def adjoints(random):
    """∂L/∂a_1 … ∂L/∂a_D in double precision for a batch with the mean squared error, weights of standard deviation WEIGHT / √n."""
    W = random.normal(size=(DEPTH, n, n)) * WEIGHT / np.sqrt(n)
    h = [random.normal(size=(n, BATCH))]
    for weights in W:
        h.append(np.tanh(weights @ h[-1]))
    adjoint, found = 2 * (h[-1] - random.normal(size=(n, BATCH))) / (n * BATCH), []
    for weights, after in zip(W[::-1], h[:0:-1], strict=True):
        found.append((1 - after**2) * adjoint)
        adjoint = weights.T @ found[-1]
    return found[::-1]


LINES = {0: (style.VANISH, style.SOLID, r"\partial L/\partial a_l", (22, 3e-10)), 15: (style.EXPLODE, style.DASHED, r"2^{15}\,\partial L/\partial a_l", (9, 9e-1))}


def draw(fig, data):
    """Bands from the first to the last percent of the entries; the shade is what float16 represents, darker where it loses digits."""
    ax = fig.add_axes((0.125, 0.15, 0.76, 0.78))
    ax.set(yscale="log", xlim=(1, DEPTH), ylim=(1e-12, 1e6))
    ax.axhspan(LOST, NORMAL, color=style.MUTED, alpha=0.3, linewidth=0)
    ax.axhspan(NORMAL, LARGEST, color=style.MUTED, alpha=0.1, linewidth=0)
    for k, (color, dashes, text, place) in LINES.items():
        rows = data["k"] == k
        style.band(ax, *(data[key][rows] for key in ("layer", "low", "median", "high")), color, dashes)
        style.label(ax, *place, text, color)
    for level, text in ((LARGEST, "65504"), (NORMAL, r"2^{-14}"), (LOST, r"2^{-25}")):
        ax.axhline(level, color=style.MUTED, linewidth=style.THIN)
        style.label(ax, DEPTH + 0.7, level, text, fontsize=style.SMALL)
    style.ticks(ax.xaxis, (1, 10, 20, 30, 40))
    style.decades(ax.yaxis, -12, 3, 3)
    style.ylabel(ax, r"|\,\cdot\,|")
    style.xlabel(ax, "l")
