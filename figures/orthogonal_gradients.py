"""The gradient over the lag in recurrent networks at initialization: orthogonal and Gaussian weights, three activations."""

import numpy as np

from figures import style

SEED, DRAWS = 36, 20
n, T = 64, 100
NETWORKS = {"linear": ("orthogonal", "linear"), "tanh": ("orthogonal", "tanh"), "relu": ("orthogonal", "relu"), "gaussian": ("gaussian", "linear")}
FUNCTIONS = {"linear": (lambda a: a, np.ones_like), "tanh": (np.tanh, lambda a: 1 - np.tanh(a) ** 2), "relu": (lambda a: np.maximum(a, 0), lambda a: (a > 0).astype(float))}


def data():
    """Quantiles 0, ½, 1 over the draws of ‖∂ℓ_T/∂s_t‖ / ‖∂ℓ_T/∂s_T‖ by lag T − t; one row per network and lag."""
    rows = [row for name in NETWORKS for row in _spread(name)]
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def _spread(name):
    sample = np.array([norms(*NETWORKS[name], np.random.default_rng([SEED, draw])) for draw in range(DRAWS)])
    low, middle, high = np.quantile(sample, (0, 0.5, 1), axis=0)
    for lag in range(T):
        yield {"network": name, "lag": lag, "low": low[lag], "median": middle[lag], "high": high[lag]}


def norms(kind, function, random):
    """‖W^T diag(φ′) … v‖ / ‖v‖ for 0 … T − 1 factors along a run with inputs of standard deviation one half, shape (T,)."""
    phi, slope = FUNCTIONS[function]
    W = random.normal(size=(n, n)) / np.sqrt(n)
    if kind == "orthogonal":
        q, r = np.linalg.qr(W)
        W = q * np.sign(np.diag(r))
    s, slopes = np.zeros(n), []
    for _ in range(T):
        a = W @ s + random.normal(size=n) / 2
        slopes.append(slope(a))
        s = phi(a)
    v, found = random.normal(size=n), []
    for factor in reversed(slopes):
        found.append(np.linalg.norm(v))
        v = W.T @ (factor * v)
    return np.array(found) / found[0]


LINES = {"gaussian": (style.MUTED, style.DOTTED, r"W_{ij}\sim\mathcal{N}(0,1/n),\ \phi(a)=a", (8, 600)), "linear": (style.STEADY, style.SOLID, r"W^{\top}W=I,\ \phi(a)=a", (27, 1e-2)),
         "tanh": (style.EXPLODE, style.DASHED, r"W^{\top}W=I,\ \tanh", (53, 3e-5)), "relu": (style.VANISH, style.DASHDOT, r"W^{\top}W=I,\ \mathrm{ReLU}", (20, 3e-14))}  # fmt: skip


def draw(fig, data):
    """Norms over the lag; bands hold all draws."""
    ax = fig.add_axes((0.125, 0.15, 0.86, 0.75))
    ax.set(yscale="log", xlim=(0, T - 1), ylim=(1e-19, 1e5))
    for name, (color, dashes, text, place) in LINES.items():
        rows = data["network"] == name
        lag, low, middle, high = (data[key][rows] for key in ("lag", "low", "median", "high"))
        style.band(ax, lag, low, middle, high, color, dashes)
        style.label(ax, *place, text, color)
    style.ticks(ax.xaxis, (0, 25, 50, 75))
    style.decades(ax.yaxis, -15, 5, 5)
    ax.grid(axis="y")
    style.ylabel(ax, r"\left\Vert\partial\ell_T/\partial s_t\right\Vert\ /\ \left\Vert\partial\ell_T/\partial s_T\right\Vert")
    style.xlabel(ax, "T-t")
