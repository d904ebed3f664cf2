"""Paths through 54 residual blocks by the number of branches they cross: how many there are, and what they carry."""

from math import comb

import numpy as np

from figures import style

BLOCKS, WEIGHT = 54, 0.25


def data():
    """The share of all paths that cross k branches, and of what they carry if a branch multiplies by one fourth."""
    k = np.arange(BLOCKS + 1)
    ways = np.array([float(comb(BLOCKS, i)) for i in k])
    return {"k": k, "paths": ways / 2.0**BLOCKS, "carried": ways * WEIGHT**k / (1 + WEIGHT) ** BLOCKS}


def draw(fig, data):
    """Two binomial distributions."""
    ax = fig.add_axes((0.1, 0.15, 0.88, 0.78))
    ax.set(xlim=(-0.7, BLOCKS + 0.7), ylim=(0, 0.15))
    ax.bar(data["k"], data["paths"], width=0.72, color=style.FAINT, edgecolor=style.MUTED, linewidth=0.8)
    ax.plot(data["k"], data["carried"], color=style.VANISH, marker="o", markersize=4, linewidth=style.THIN)
    style.label(ax, 15.3, 0.135, r"\binom{54}{k}\,\left(\frac{1}{4}\right)^k\left(\frac{4}{5}\right)^{54}", style.VANISH)
    style.label(ax, 35.5, 0.087, r"\binom{54}{k}\,2^{-54}", style.MUTED)
    style.ticks(ax.xaxis, (0, 9, 18, 27, 36, 45, 54))
    style.ticks(ax.yaxis, (0, 0.05, 0.1, 0.15))
    style.xlabel(ax, "k")
