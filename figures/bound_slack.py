"""The bound ‖J_T … J_{T−k+1}‖ ≤ (γ σ_max)^k of a tanh RNN, how much it gives away, and a network that nearly attains it."""

import numpy as np

from figures import derived, style

SEED, DRAWS = 11, 20
T, n, d = 30, 32, 6
SIGMA = 0.95
RESULTS = ("rnn.tanh.preactivation", "rnn.tanh.state", "rnn.tanh.dtanh", "rnn.tanh.jacobian_product")


def data():
    """For k = 1 … T: the bound (γ = 1), quantiles of the product's norm over the draws, and the nearly attaining case."""
    dense = [jacobian_products(*network(np.random.default_rng([SEED, draw]))) for draw in range(DRAWS)]
    low, median, high = np.quantile(dense, (0, 0.5, 1), axis=0)
    k = np.arange(1, T + 1)
    return {"k": k, "bound": SIGMA**k, "dense_low": low, "dense_median": median, "dense_high": high, "orthogonal": jacobian_products(*quiet_network())}


def network(random):
    """W (n, n) with largest singular value SIGMA, and the states s_0 … s_T that random inputs drive."""
    W = random.normal(size=(n, n))
    W *= SIGMA / np.linalg.norm(W, 2)
    parameters = {"W": W, "U": random.normal(size=(n, d)) / np.sqrt(d), "b": 0.1 * random.normal(size=(n, 1))}
    return W, derived.tanh_states(parameters, derived.columns(random.normal(size=(T, d))), random.normal(size=(n, 1)))


def quiet_network():
    """SIGMA times an orthogonal matrix, and states so near zero that tanh is nearly linear there."""
    random = np.random.default_rng([SEED, DRAWS])
    W = SIGMA * np.linalg.qr(random.normal(size=(n, n)))[0]
    parameters = {"W": W, "U": random.normal(size=(n, d)), "b": np.zeros((n, 1))}
    return W, derived.tanh_states(parameters, derived.columns(0.005 * random.normal(size=(T, d))), np.zeros((n, 1)))


def jacobian_products(W, s):
    """Spectral norms of ∂s_T/∂s_{T−k} for k = 1 … T."""
    dphi = derived.tanh_slopes(s)
    return np.array([np.linalg.norm(derived.value("rnn.tanh.jacobian_product", k=T, t=T - lag, W=W, dphi=dphi), 2) for lag in range(1, T + 1)])


def draw(fig, data):
    """The slack is the shaded wedge between the bound and what the products do."""
    fig.set_size_inches(style.WIDTH, 4.6)
    ax = fig.add_axes((0.125, 0.125, 0.86, 0.79))
    ax.set(yscale="log", xlim=(0.5, T + 0.5), ylim=(1e-16, 30))
    k = data["k"]
    ax.fill_between(k, data["dense_median"], data["bound"], color=style.VANISH, alpha=0.12, linewidth=0)
    ax.fill_between(k, data["dense_low"], data["dense_high"], color=style.VANISH, alpha=0.28, linewidth=0)
    ax.plot(k, data["dense_median"], color=style.VANISH, linestyle=style.DASHED)
    ax.plot(k, data["bound"], color=style.INK, linewidth=style.THICK)
    ax.plot(k, data["orthogonal"], "o", color=style.EXPLODE, markersize=5, markerfacecolor=style.PAPER, markeredgewidth=1.4)
    style.label(ax, 17, 7, rf"(\gamma\,\sigma_{{\max}})^k={SIGMA}^k", ha="center")
    style.label(ax, T + 0.3, 1e-2, r"W^{\!\top} W=\sigma_{\max}^2 I,\ \ s_t\approx 0", style.EXPLODE, ha="right")
    at = 15
    bound, measured = data["bound"][k == at].item(), data["dense_median"][k == at].item()
    ax.annotate("", (at, bound / 2), (at, measured * 1.6), arrowprops={"arrowstyle": "<->", "color": style.INK, "lw": style.THIN})
    style.label(ax, at + 0.6, 1e-4, rf"\times\, {style.scientific(bound / measured, 2)}")
    style.label(ax, 4.5, 1e-9, r"W_{ij}\sim\mathcal{N}", style.VANISH)
    style.ticks(ax.xaxis, (1, 10, 20, 30))
    style.decades(ax.yaxis, -16, 0, 4)
    ax.grid(axis="y")
    style.ylabel(ax, r"\Vert J_T\,J_{T-1}\cdots J_{T-k+1}\Vert")
    style.xlabel(ax, "k")
