"""One matrix applied again and again, and a new matrix at every step: what becomes of the length of a vector."""

import numpy as np

from figures import style

SEED, DRAWS, n, STEPS = 31, 12, 24, 120
GAIN = 1.0


def data():
    """log10 of ‖W…W v‖ for DRAWS draws: the same matrix throughout (RNN), a fresh one a step (deep network); entries N(0, 1/n)."""
    rows = []
    for kind in ("shared", "fresh"):
        for draw in range(DRAWS):
            random = np.random.default_rng([SEED, draw])
            v = random.normal(size=n)
            v /= np.linalg.norm(v)
            total, W = 0.0, _matrix(random)
            rows.append({"kind": kind, "draw": draw, "k": 0, "log10_norm": 0.0})
            for k in range(1, STEPS + 1):
                v = (W if kind == "shared" else _matrix(random)) @ v
                size = np.linalg.norm(v)
                total, v = total + np.log10(size), v / size
                rows.append({"kind": kind, "draw": draw, "k": k, "log10_norm": total})
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def _matrix(random):
    return GAIN * random.normal(size=(n, n)) / np.sqrt(n)


def draw(fig, data):
    """Left one matrix to the power k, right a product of k matrices, on the same scale."""
    fig.set_size_inches(*style.WIDE)
    left, right = fig.add_axes((0.115, 0.13, 0.40, 0.76)), fig.add_axes((0.575, 0.13, 0.40, 0.76))
    for ax, kind, name, color in ((left, "shared", r"\left\Vert W^{\,k}\,v\right\Vert", style.SERIES[0]), (right, "fresh", r"\left\Vert W_k\cdots W_2\,W_1\,v\right\Vert", style.SERIES[1])):
        for draw_ in range(DRAWS):
            rows = (data["kind"] == kind) & (data["draw"] == draw_)
            ax.plot(data["k"][rows], 10 ** data["log10_norm"][rows], color=color, linewidth=style.THIN)
        ax.set(yscale="log", xlim=(0, STEPS), ylim=(1e-8, 1e8))
        style.ticks(ax.xaxis, (0, 40, 80, 120))
        style.decades(ax.yaxis, -6, 6, 3)
        ax.grid(axis="y")
        style.ylabel(ax, name)
        style.xlabel(ax, "k")
    right.tick_params(labelleft=False)
