"""Which lag contributes what to ∂L/∂W of a tanh RNN: every term, and their sum over the loss steps."""

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from figures import derived, style

SEED = 7
T, n, d, q = 24, 32, 6, 5
RESULTS = ("rnn.tanh.preactivation", "rnn.tanh.state", "rnn.tanh.logits", "rnn.tanh.dtanh", "rnn.tanh.grad_z", "rnn.tanh.grad_s", "rnn.tanh.grad_a")


def network():
    """Parameters W U V b c, inputs x, states s and one-hot targets y, as a dict."""
    random = np.random.default_rng(SEED)
    W = random.normal(size=(n, n)) / np.sqrt(n)
    U, V = random.normal(size=(n, d)) / np.sqrt(d), random.normal(size=(q, n)) / np.sqrt(n)
    b, c = 0.1 * random.normal(size=(n, 1)), 0.1 * random.normal(size=(q, 1))
    x = derived.columns(random.normal(size=(T, d)))
    s = derived.tanh_states({"U": U, "W": W, "b": b}, x, 0.5 * random.normal(size=(n, 1)))
    return {"U": U, "W": W, "V": V, "b": b, "c": c, "x": x, "s": s, "y": derived.columns(np.eye(q)[random.integers(q, size=T)])}


def lag_adjoints(net):
    """∂ℓ_k/∂a_t for 1 ≤ t ≤ k ≤ T: {(k, t): (n, 1)}. Only the loss of step k is there, so ∂ℓ_k/∂z_t is zero at other steps."""
    W, V, s, dphi = net["W"], net["V"], net["s"], derived.tanh_slopes(net["s"])
    found = {}
    for k in range(1, T + 1):
        o = {k: _softmax(derived.value("rnn.tanh.logits", t=k, V=V, s=s, c=net["c"]))}
        dz = dict.fromkeys(range(1, T + 1), np.zeros((q, 1))) | {k: derived.value("rnn.tanh.grad_z", t=k, o=o, y=net["y"])}
        da = {k + 1: np.zeros((n, 1))}
        for t in range(k, 0, -1):
            ds = {t: derived.value("rnn.tanh.grad_s", t=t, W=W, V=V, da=da, dz=dz)}
            da[t] = found[k, t] = derived.value("rnn.tanh.grad_a", t=t, dphi=dphi, ds=ds)
    return found


def _softmax(z):
    powers = np.exp(z - z.max())
    return powers / powers.sum()


def data():
    """Frobenius norms of ∂ℓ_k/∂a_t s_{t−1}ᵀ for 1 ≤ t ≤ k ≤ T, and of the sum of those with the same lag k − t."""
    net = network()
    terms = {(k, t): da @ net["s"][t - 1].T for (k, t), da in lag_adjoints(net).items()}
    k, t = (np.array(steps) for steps in zip(*sorted(terms), strict=True))
    lags = [np.linalg.norm(sum(terms[step, step - lag] for step in range(lag + 1, T + 1))) for lag in range(T)]
    return {"k": k, "t": t, "lag": k - t, "norm": np.array([np.linalg.norm(terms[pair]) for pair in sorted(terms)]), "norm_of_lag": np.array(lags)[k - t]}


# log10 of the norm where the second class begins, and the width of a class.
FIRST, STEP = -4.5, 0.5


def draw(fig, data):
    """Lag to the right: above, a tile for each loss step k; below, the sum over k."""
    fig.set_size_inches(*style.TALL)
    above, below = fig.add_axes((0.115, 0.43, 0.87, 0.505)), fig.add_axes((0.115, 0.085, 0.87, 0.235))
    above.set(xlim=(-0.7, T - 0.3), ylim=(0.3, T + 0.7))
    levels = np.clip(np.ceil((np.log10(data["norm"]) - FIRST) / STEP), 0, len(style.HEAT) - 1)
    for level, color in enumerate(style.HEAT):
        _tiles(above, data["lag"][levels == level], data["k"][levels == level], color)
    _colour_bar(above, 11.0, 2.8)
    first = data["k"] == T
    below.plot(data["lag"][first], data["norm_of_lag"][first], color=style.VANISH, marker="o", markersize=5, linewidth=style.THIN)
    below.set(yscale="log", xlim=above.get_xlim(), ylim=(2e-6, 30))
    below.grid(axis="y")
    for ax in (above, below):
        style.ticks(ax.xaxis, range(0, T, 4))
        style.xlabel(ax, "k-t")
    style.ticks(above.yaxis, (1, 6, 12, 18, 24))
    style.decades(below.yaxis, -5, 1, 2)
    style.ylabel(above, "k")
    style.ylabel(below, rf"\left\Vert\,\Sigma_k\,{TERM}\right\Vert")


TERM = r"(\partial\ell_k/\partial a_t)\,s_{t-1}^{\top}"


def _tiles(ax, x, y, color, size=0.9):
    # One path for each colour keeps the file small; the gaps hide the seams that browsers draw between neighbours.
    corners = size / 2 * np.array(((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)))
    squares = [Path(corners + centre, closed=True) for centre in zip(x, y, strict=True)]
    if squares:
        ax.add_patch(PathPatch(Path.make_compound_path(*squares), color=color, linewidth=0))


def _colour_bar(ax, left, bottom):
    """The classes, in the corner of the heat map that stays empty because no lag reaches back beyond the first step."""
    for level, color in enumerate(style.HEAT):
        _tiles(ax, [left + level], [bottom], color, size=1)
        border = FIRST + level * STEP
        if border in (-4, -2, 0):
            style.label(ax, left + level + 0.5, bottom - 1.4, f"10^{{{border:.0f}}}" if border else "1", fontsize=style.SMALL, ha="center")
    style.label(ax, left - 0.5, bottom + 2, rf"\left\Vert {TERM}\right\Vert")
