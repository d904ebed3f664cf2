"""Stacks of attention at initialization: how far the positions still differ, and what reaches the weights of the query.

Nothing is trained: ``train`` bears the name that the experiments share, and its lengths are the layers at which it looks.
"""

import numpy as np

SETTINGS = {"seeds": [0, 1, 2, 3, 4], "layers": 8, "lengths": list(range(1, 9)), "channels": 32, "positions": 32, "networks": {"pure": 0.0, "skip": 1.0}}  # what the skip is multiplied by
STEP = 1e-200


def train(network, layer, settings):
    """After the layer: the share of the norm in which the positions differ. In the layer: norm of the gradient in W_Q over that in W_V."""
    skip, kept = settings["networks"][network], {"results": [], "gradients": []}
    for seed in settings["seeds"]:
        x, weights, slope = drawn(np.random.default_rng(seed), settings)
        kept["results"].append(residual(stack(x, weights[:layer], skip)))
        in_query, in_value = (gradient(x, weights, skip, layer - 1, which, slope) for which in (0, 2))
        kept["gradients"].append(float(np.linalg.norm(in_query) / np.linalg.norm(in_value)))
    return kept


def drawn(random, settings):
    """Inputs (d, T) of variance one, weights (layers, 3, d, d) of variance 1/d, and the gradient of a linear loss at the top."""
    d, T = settings["channels"], settings["positions"]
    return random.normal(size=(d, T)), random.normal(size=(settings["layers"], 3, d, d)) / np.sqrt(d), random.normal(size=(d, T))


def stack(x, weights, skip):
    """Heads of attention on top of each other; the columns of x are the positions. ``weights`` are (W_Q, W_K, W_V) of every layer."""
    for W_Q, W_K, W_V in weights:
        scores = np.swapaxes(W_K @ x, -1, -2) @ (W_Q @ x) / np.sqrt(x.shape[-2])
        powers = np.exp(scores - scores.real.max(axis=-2, keepdims=True))
        x = skip * x + W_V @ x @ (powers / powers.sum(axis=-2, keepdims=True))
    return x


def residual(x):
    """Norm of the deviations from the mean over the positions, over the whole norm."""
    return float(np.linalg.norm(x - x.mean(axis=1, keepdims=True)) / np.linalg.norm(x))


def gradient(x, weights, skip, layer, which, slope):
    """The gradient of Σ slope · output in one matrix, entry by entry through complex steps."""
    d = len(x)
    below = stack(x, weights[:layer], skip)
    moved = [matrix[None] for matrix in weights[layer]]
    moved[which] = moved[which] + 1j * STEP * np.eye(d * d).reshape(d * d, d, d)
    top = stack(stack(below, [moved], skip), weights[layer + 1 :], skip)
    return (slope * top.imag).sum(axis=(1, 2)) / STEP
