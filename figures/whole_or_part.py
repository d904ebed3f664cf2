"""What vanishes: in a deep network the gradient of each early layer, in a recurrent one only the terms of the long lags."""

import numpy as np

from figures import style, tanh_lag_heatmap
from figures.deep_networks import gradients, random_network

SEED, DRAWS = 41, 20
n, DEPTH = tanh_lag_heatmap.n, tanh_lag_heatmap.T
WEIGHT, BIAS = 0.64, 0.09  # n Var W_ij and Var b_i
RESULTS = tanh_lag_heatmap.RESULTS


def data():
    """By distance from the loss: ‖∂L/∂W_l‖ over that of the last layer (quantiles 0, ½, 1 over the draws); the norm of the terms of that lag in ∂L/∂W, and of ∂L/∂W, over that of lag 0."""
    layers = np.quantile([_layers(np.random.default_rng([SEED, draw])) for draw in range(DRAWS)], (0, 0.5, 1), axis=0)
    net = tanh_lag_heatmap.network()
    terms = {(k, t): da @ net["s"][t - 1].T for (k, t), da in tanh_lag_heatmap.lag_adjoints(net).items()}
    lags = [np.linalg.norm(sum(terms[k, k - lag] for k in range(lag + 1, DEPTH + 1))) for lag in range(DEPTH)]
    whole = np.linalg.norm(sum(terms.values()))
    low, middle, high = layers
    return {"distance": np.arange(DEPTH), "low": low, "median": middle, "high": high, "lag": np.array(lags) / lags[0], "sum_of_lags": np.full(DEPTH, whole / lags[0])}


def _layers(random):
    """‖∂L/∂W_l‖ of a deep tanh network with fresh weights, from the last layer down, over that of the last layer."""
    h_0, slope = random.normal(size=(2, n, 1))
    _, found = gradients("tanh", random_network(random, n, DEPTH, WEIGHT, BIAS), h_0, lambda output: slope)
    norms = np.array([np.linalg.norm(found["W"][l]) for l in range(DEPTH, 0, -1)])
    return norms / norms[0]


def draw(fig, data):
    """Left the layers of a deep network, right the lags of a recurrent one with the sum over all lags."""
    fig.set_size_inches(*style.WIDE)
    left, right = fig.add_axes((0.115, 0.13, 0.40, 0.76)), fig.add_axes((0.575, 0.13, 0.40, 0.76))
    style.band(left, data["distance"], data["low"], data["median"], data["high"], style.VANISH, style.SOLID)
    right.plot(data["distance"], data["lag"], color=style.VANISH, marker="o", markersize=4, linewidth=style.THIN)
    right.plot(data["distance"], data["sum_of_lags"], color=style.STEADY, linestyle=style.DASHED)
    style.label(right, 9, 6, r"\left\Vert\partial L/\partial W\right\Vert", style.STEADY)
    for ax, name, below in ((left, r"\left\Vert\partial L/\partial W_l\right\Vert", "D-l"), (right, r"\left\Vert(\partial L/\partial W)_{k-t}\right\Vert", "k-t")):
        ax.set(yscale="log", xlim=(0, DEPTH - 1), ylim=(1e-7, 50))
        style.ticks(ax.xaxis, (0, 8, 16))
        style.decades(ax.yaxis, -6, 0, 2)
        ax.grid(axis="y")
        style.ylabel(ax, name)
        style.xlabel(ax, below)
    right.tick_params(labelleft=False)
