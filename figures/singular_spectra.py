"""Singular values of input–output Jacobians at initialization: four kinds of networks, one, eight and sixty-four layers."""

import numpy as np

from figures import style

SEED, DRAWS = 44, 5
n, DEPTHS = 128, (1, 8, 64)
NETWORKS = ("gaussian", "orthogonal", "tanh", "relu")
WEIGHT, BIAS, START = 1.05, 2.01e-5, 0.0259  # variances on the critical line of tanh, and where the signal rests there


def data():
    """Median over the draws of the i-th largest singular value; one row per network, depth and rank i/n."""
    rows = [(name, depth, (i + 0.5) / n, x) for name in NETWORKS for depth, values in _medians(name).items() for i, x in enumerate(values)]
    return dict(zip(("network", "L", "rank", "singular"), map(np.array, zip(*rows))))


def _medians(name):
    drawn = [spectra(name, np.random.default_rng([SEED, NETWORKS.index(name), draw])) for draw in range(DRAWS)]
    return {depth: np.median([spectrum[depth] for spectrum in drawn], axis=0) for depth in DEPTHS}


def spectra(name, random):
    """{depth: singular values, the largest first} of ∂h_L/∂h_0 along one network."""
    h, J, found = random.normal(size=n) * START**0.5, np.eye(n), {}
    for layer in range(1, max(DEPTHS) + 1):
        W = random.normal(size=(n, n)) / n**0.5
        if name != "gaussian":
            q, r = np.linalg.qr(W)
            W = q * np.sign(np.diag(r))
        if name == "tanh":
            h = np.tanh(WEIGHT**0.5 * W @ h + random.normal(size=n) * BIAS**0.5)
            J = (1 - h**2)[:, None] * (WEIGHT**0.5 * W @ J)
        elif name == "relu":
            h = np.maximum(2**0.5 * W @ h, 0)
            J = (h > 0)[:, None] * (2**0.5 * W @ J)
        else:
            J = W @ J
        if layer in DEPTHS:
            found[layer] = np.linalg.svd(J, compute_uv=False)
    return found


LINES = {"gaussian": (style.MUTED, style.DOTTED, r"\mathcal{N}"), "orthogonal": (style.STEADY, style.SOLID, r"\perp"), "tanh": (style.EXPLODE, style.DASHED, r"\perp,\ \tanh"), "relu": (style.VANISH, style.DASHDOT, r"\perp,\ \mathrm{ReLU}")}
PLACES = {"gaussian": (0.26, 1e-3), "orthogonal": (0.9, 4), "tanh": (0.7, 0.1), "relu": (0.06, 13)}


def draw(fig, data):
    """One panel a depth, the same axes in all."""
    fig.set_size_inches(*style.TALL)
    for place, depth in enumerate(DEPTHS):
        ax = fig.add_axes((0.115, 0.73 - 0.325 * place, 0.865, 0.205))
        ax.set(yscale="log", xlim=(0, 1), ylim=(1e-4, 40))
        for name, (color, dashes, text) in LINES.items():
            rows = (data["network"] == name) & (data["L"] == depth) & (data["singular"] > 1e-12)
            ax.plot(data["rank"][rows], data["singular"][rows], color=color, linestyle=dashes)
            if depth == DEPTHS[-1]:
                style.label(ax, *PLACES[name], text, color)
        style.decades(ax.yaxis, -4, 0, 2)
        style.ticks(ax.xaxis, (0, 0.25, 0.5, 0.75, 1))
        ax.grid(axis="y")
        style.ylabel(ax, rf"\sigma_i(J),\quad L={depth}")
    style.xlabel(ax, "i/n")
