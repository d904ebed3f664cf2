"""A spectral radius below 1 promises decay in the end, not from the start: powers of two non-normal matrices."""

import numpy as np

from figures import style

MATRICES = {0.9: np.array([[0.9, 5], [0, 0.9]]), 0.5: np.array([[0.5, 10], [0, 0.5]])}
LAST = 70


def data():
    """‖W^k‖ (spectral norm) for k = 0 … LAST and both matrices, beside ρ^k."""
    k = np.arange(LAST + 1)
    norms = {rho: [np.linalg.norm(np.linalg.matrix_power(W, power), 2) for power in k] for rho, W in MATRICES.items()}
    return {
        "rho": np.repeat(list(norms), len(k)),
        "k": np.tile(k, len(norms)),
        "norm": np.concatenate(list(norms.values())),
        "rho_to_the_k": np.concatenate([rho**k for rho in norms]),
    }


def draw(fig, data):
    """Markers: the norm; dotted: what the spectral radius alone would say."""
    fig.set_size_inches(style.WIDTH, 4.6)
    ax = fig.add_axes((0.115, 0.125, 0.87, 0.79))
    floor = 5e-4
    ax.set(yscale="log", xlim=(0, LAST), ylim=(floor, 80))
    for rho, color, marker in ((0.9, style.EXPLODE, "o"), (0.5, style.VANISH, "s")):
        rows = (data["rho"] == rho) & (data["norm"] > floor)
        ax.plot(data["k"][rows], data["norm"][rows], color=color, marker=marker, markersize=4.5, markeredgewidth=0, linewidth=style.THIN)
        ax.plot(data["k"][rows], data["rho_to_the_k"][rows], color=color, linestyle=style.DOTTED)
    ax.axhline(1, color=style.MUTED, linewidth=style.THIN)
    k, norm = data["k"][data["rho"] == 0.9], data["norm"][data["rho"] == 0.9]
    for step, text, away in ((norm.argmax(), rf"\approx {norm.max():.4f}", (0.6, 1.9)), (k[(k > 0) & (norm < 1)][0], "<1", (0, 2.2))):
        ax.plot(step, norm[step], "o", markersize=11, markerfacecolor="none", color=style.INK, markeredgewidth=1.4)
        style.label(ax, step + away[0], norm[step] * away[1], rf"\Vert W^{{{step}}}\Vert  {text}")
    style.label(ax, 36, 24, _matrix(0.9), style.EXPLODE, fontsize=style.LARGE)
    style.label(ax, 21, 0.0028, _matrix(0.5), style.VANISH, fontsize=style.LARGE)
    style.label(ax, 39, 0.035, "0.9^k", style.EXPLODE)
    style.label(ax, 1.2, 0.005, "0.5^k", style.VANISH, ha="left")
    style.ticks(ax.xaxis, range(0, LAST + 1, 10))
    style.decades(ax.yaxis, -3, 1, 1)
    ax.grid(axis="y")
    style.ylabel(ax, r"\Vert W^k\Vert")
    style.xlabel(ax, "k")


def _matrix(rho):
    """The matrix as mathematics; Matplotlib has no matrices, but it stacks two lines between brackets."""
    (a, b), (c, d) = MATRICES[rho]
    return rf"W=\genfrac{{[}}{{]}}{{0}}{{0}}{{{a:g}\ \ {b:g}}}{{{c:g}\ \ {d:g}}}"
