"""How alike the gradients of two perpendicular inputs are, over the depth: plain ReLU networks, with and without batch statistics, and four formulas."""

from math import comb

import numpy as np

from figures import style

SEED, DRAWS = 45, 12
n, INPUTS = 256, 6
MEASURED = {"He": (1, 2, 4, 8, 16), "normalized": (1, 2, 4, 8)}
DEPTHS = np.unique(np.round(np.geomspace(1, 64, 60)).astype(int))


def data():
    """Rows of kind, L and overlap: 'He' and 'normalized' are measured, the others are formulas."""
    rows = [(kind, L, x) for kind, depths in MEASURED.items() for L, x in zip(depths, measured(kind, depths))]
    rows += [(kind, L, x) for kind, formula in FORMULAS.items() for L, x in zip(DEPTHS, formula(DEPTHS))]
    return dict(zip(("kind", "L", "overlap"), map(np.array, zip(*rows))))


def measured(kind, depths):
    """Mean of tr(JᵀJ′) over all pairs of inputs and all draws, over the mean of tr(JᵀJ)."""
    sums = np.zeros((2, len(depths)))
    for draw in range(DRAWS):
        random = np.random.default_rng([SEED, draw])
        h = np.concatenate([np.eye(n), -np.eye(n)], axis=1) * n**0.5  # perpendicular inputs of either sign: their mean is zero
        J = np.broadcast_to(np.eye(n), (INPUTS, n, n))
        for layer in range(1, max(depths) + 1):
            W = random.normal(size=(n, n)) * (2 / n) ** 0.5
            a = W @ h
            if kind == "normalized":
                mean, deviation = a.mean(axis=1, keepdims=True), a.std(axis=1, keepdims=True)
                a, W = (a - mean) / deviation, W / deviation
            h = np.maximum(a, 0)
            J = (a.T[:INPUTS] > 0)[:, :, None] * (W @ J)
            if layer in depths:
                gram = np.tensordot(J, J, axes=((1, 2), (1, 2)))
                own = np.trace(gram) / INPUTS
                sums[:, depths.index(layer)] += (gram.sum() - np.trace(gram)) / (INPUTS * (INPUTS - 1)), own
    return sums[0] / sums[1]


def perpendicular(depths):
    """The product of 1 − θ_l/π with the angles of wide He layers."""
    theta, factor, found = np.pi / 2, 1.0, {}
    for layer in range(1, max(depths) + 1):
        factor *= 1 - theta / np.pi
        theta = np.arccos(min((np.sin(theta) + (np.pi - theta) * np.cos(theta)) / np.pi, 1))
        found[layer] = factor
    return [found[L] for L in depths]


FORMULAS = {"angles": perpendicular, "assumed": lambda depths: 0.5**depths, "residual": lambda depths: 0.75**depths, "normalized branches": lambda depths: [2 * comb(2 * int(L) + 2, int(L) + 1) / 4 ** (int(L) + 1) for L in depths]}
LINES = {"angles": (style.VANISH, style.SOLID), "assumed": (style.EXPLODE, style.DASHED), "residual": (style.MUTED, style.DOTTED), "normalized branches": (style.STEADY, style.DASHDOT)}
MARKS = {"He": (style.VANISH, "o"), "normalized": (style.EXPLODE, "v")}


def draw(fig, data):
    """Lines are formulas, points are networks."""
    ax = fig.add_axes((0.115, 0.14, 0.865, 0.76))
    ax.set(xscale="log", yscale="log", xlim=(0.93, 70), ylim=(4e-4, 1.3))
    for kind, (color, dashes) in LINES.items():
        rows = data["kind"] == kind
        ax.plot(data["L"][rows], data["overlap"][rows], color=color, linestyle=dashes)
    for kind, (color, mark) in MARKS.items():
        rows = data["kind"] == kind
        ax.plot(data["L"][rows], data["overlap"][rows], mark, color=color, markersize=9)
    style.label(ax, 20, 0.42, r"\prod_l\frac{2l+1}{2l+2}", style.STEADY)
    style.label(ax, 12, 0.085, r"(3/4)^L", style.MUTED)
    style.label(ax, 39, 0.0075, r"\prod_l\left(1-\theta_l/\pi\right)", style.VANISH, ha="center")
    style.label(ax, 3.4, 0.02, r"2^{-L}", style.EXPLODE)
    style.ticks(ax.xaxis, (1, 2, 4, 8, 16, 32, 64))
    style.decades(ax.yaxis, -3, 0, 1)
    ax.grid(axis="y")
    style.ylabel(ax, r"r(L)")
    style.xlabel(ax, "L")
