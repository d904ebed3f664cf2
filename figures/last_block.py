"""The gradient in the last block of Transformers of three depths: why depth slows the top of a pre-norm stack."""

import numpy as np

from figures import style
from figures.recorded import recorded

LINES = {"post": (style.EXPLODE, style.DASHED, "s", r"\mathrm{post}", (58, 390)), "scaled": (style.VANISH, style.DASHDOT, "^", r"\mathrm{pre},\ 1/\sqrt{2D}", (6.4, 400)),
         "pre": (style.STEADY, style.SOLID, "o", r"\mathrm{pre}", (6.4, 108)), "deepnorm": (style.MUTED, style.DOTTED, "D", r"\alpha,\ \beta", (6.4, 46))}  # fmt: skip


def data():
    """One row per network, depth and seed: the norm of the gradient in the outer weights of the last perceptron."""
    results = recorded("transformer_depth")["results"]
    rows = [(network, int(depth), size) for network in LINES for depth, sizes in results[network].items() for size in sizes]
    return {key: np.array(column) for key, column in zip(("network", "depth", "norm"), zip(*rows), strict=True)}


def draw(fig, data):
    """Medians over the depth with all seeds, and the slope of one over the root."""
    ax = fig.add_axes((0.125, 0.15, 0.85, 0.75))
    ax.set(xscale="log", yscale="log", xlim=(5.2, 112), ylim=(11, 600))
    depths = np.unique(data["depth"])
    for name, (color, dashes, marker, text, place) in LINES.items():
        rows = data["network"] == name
        ax.plot(depths, [np.median(data["norm"][rows & (data["depth"] == depth)]) for depth in depths], color=color, linestyle=dashes, marker=marker)
        ax.plot(data["depth"][rows], data["norm"][rows], color=color, linestyle="none", marker=".", markersize=4)
        style.label(ax, *place, text, color)
    middle = np.median(data["norm"][(data["network"] == "pre") & (data["depth"] == depths[0])])
    ax.plot(depths, middle * np.sqrt(depths[0] / depths), color=style.INK, linewidth=0.8)
    style.label(ax, 27, 92, r"1/\sqrt{D}")
    style.ticks(ax.xaxis, depths)
    style.ticks(ax.yaxis, (20, 50, 100, 200, 500))
    ax.grid(axis="y")
    style.ylabel(ax, r"\left\Vert\partial L/\partial V_D\right\Vert")
    style.xlabel(ax, "D")
