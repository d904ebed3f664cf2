"""Fully connected ReLU networks for several runs at once, with or without batch normalization before the activation.

The backward pass follows the results feedforward.grad_W and its neighbours, and norm.grad_a_closed for the normalization, which
has no scale of its own and the bias as its shift. All arrays have a leading axis of S runs (one seed each); activations are
S x units x B.
"""

import numpy as np

EPSILON = 1e-5


def initial(layers, units, seeds, gain=2.0, inputs=64, classes=10):
    """Parameters {name: S x rows x cols}: normal with variance gain / fan-in (He: gain 2), in the last layer 1 / fan-in; biases zero."""
    sources, found = [np.random.default_rng(seed) for seed in seeds], {}
    for layer in range(1, layers + 1):
        rows, cols = (classes if layer == layers else units), (inputs if layer == 1 else units)
        variance = (1 if layer == layers else gain) / cols
        found[f"W{layer}"] = np.stack([source.normal(size=(rows, cols)) * np.sqrt(variance) for source in sources])
        found[f"b{layer}"] = np.zeros((len(seeds), rows, 1))
    return found


def forward(p, x, statistics=None):
    """(logits S x classes x B, what the backward pass needs). ``statistics``: None for no normalization, {} to normalize with those of
    this batch, which are noted in it as {layer: (mean, reciprocal deviation)}, or such a dict to normalize with what it holds."""
    last = len(p) // 2
    active, normal, given = [x], {}, bool(statistics)
    for layer in range(1, last):
        a = p[f"W{layer}"] @ active[-1]
        if statistics is not None:
            if not given:
                statistics[layer] = a.mean(axis=-1, keepdims=True), 1 / np.sqrt(a.var(axis=-1, keepdims=True) + EPSILON)
            mean, scale = statistics[layer]
            a = (a - mean) * scale
            normal[layer] = a, scale
        active.append(np.maximum(a + p[f"b{layer}"], 0))
    return p[f"W{last}"] @ active[-1] + p[f"b{last}"], (active, normal)


def backward(p, kept, slope):
    """Gradients by parameter, from the slope of the loss in the logits."""
    (active, normal), found, da = kept, {}, slope
    for layer in range(len(active), 0, -1):
        found[f"b{layer}"] = da.sum(axis=-1, keepdims=True)
        if layer in normal:
            s, scale = normal[layer]
            da = scale * (da - da.mean(axis=-1, keepdims=True) - s * (da * s).mean(axis=-1, keepdims=True))
        found[f"W{layer}"] = da @ active[layer - 1].mT
        if layer > 1:
            da = (active[layer - 1] > 0) * (p[f"W{layer}"].mT @ da)
    return found


def columns(images):
    """Images S x B x 8 x 8, or B x 8 x 8 for all runs alike, as vectors S x 64 x B or 1 x 64 x B."""
    flat = images.reshape(*images.shape[:-2], 64)
    return np.moveaxis(flat, -1, -2) if flat.ndim == 3 else flat.T[None]
