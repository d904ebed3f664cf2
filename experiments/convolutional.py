"""Convolutional networks on small images: forward and backward pass, every convolution unfolded into one matrix product.

All arrays have a leading axis of S runs (one seed each); images are S x channels x rows x columns x B. ``unfold`` lists what
each output reads, so that a convolution is Z = K X with K of shape S x n x 9c. Its gradients are then dK = dZ X^T and
dX = K^T dZ, folded back onto the images: the results convolution.grad_K and convolution.grad_x, for two axes.
A residual network follows residual.grad_h and its neighbours: after the first layer, pairs of layers are branches.
"""

import numpy as np

TAPS = [(i, j) for i in range(3) for j in range(3)]
ACTIVATIONS = {
    "relu": (lambda a: np.maximum(a, 0), lambda h: h > 0),
    "tanh": (np.tanh, lambda h: 1 - h**2),
    "sigmoid": (lambda a: 0.5 * (1 + np.tanh(0.5 * a)), lambda h: h * (1 - h)),
}  # each with its slope, which is given the value of the activation


def place(kind, layer):
    """'alone', or in a residual network, from the second layer on, 'inner' and 'outer' layer of a branch in turn."""
    return "alone" if kind == "plain" or layer == 1 else ("outer", "inner")[layer % 2 == 0]


def initial(kind, layers, channels, seeds, gain=2.0, size=8, classes=10, dtype=np.float64):
    """Parameters {name: S x rows x cols}: normal with variance gain / fan-in (He: gain 2), biases zero.

    Outer layers of branches have no bias, and the variance 1 / (fan-in x branches): the mean square then grows by less than e.
    """
    sources, found = [np.random.default_rng(seed) for seed in seeds], {}

    def normal(rows, cols, variance):
        return np.stack([source.normal(size=(rows, cols)) * np.sqrt(variance) for source in sources]).astype(dtype)

    for layer in range(1, layers + 1):
        fan_in = len(TAPS) * (1 if layer == 1 else channels)
        if place(kind, layer) == "outer":
            found[f"K{layer}"] = normal(channels, fan_in, 2 / (layers - 1) / fan_in)
        else:
            found[f"K{layer}"], found[f"b{layer}"] = normal(channels, fan_in, gain / fan_in), np.zeros((len(seeds), channels, 1), dtype)
    features = channels * size**2
    return found | {"V": normal(classes, features, 1 / features), "c": np.zeros((len(seeds), classes, 1), dtype)}


def unfold(x):
    """What each output of a 3 x 3 convolution with zero padding reads, S x 9c x (positions and B)."""
    runs, channels, rows, cols, batch = x.shape
    padded = np.zeros((runs, channels, rows + 2, cols + 2, batch), x.dtype)
    padded[:, :, 1:-1, 1:-1] = x
    found = np.empty((runs, len(TAPS), *x.shape[1:]), x.dtype)
    for tap, (i, j) in enumerate(TAPS):
        found[:, tap] = padded[:, :, i : i + rows, j : j + cols]
    return found.reshape(runs, len(TAPS) * channels, -1)


def fold(unfolded, shape):
    """The transpose of ``unfold``: every value is added where it was read; ``shape`` is that of the images."""
    runs, channels, rows, cols, batch = shape
    padded = np.zeros((runs, channels, rows + 2, cols + 2, batch), unfolded.dtype)
    for (i, j), part in zip(TAPS, np.moveaxis(unfolded.reshape(runs, len(TAPS), *shape[1:]), 1, 0)):
        padded[:, :, i : i + rows, j : j + cols] += part
    return padded[:, :, 1:-1, 1:-1]


def forward(kind, phi, p, x):
    """(logits S x classes x B, what the backward pass needs: the unfolded input and the activation of each layer)."""
    read, active, stem, u = {}, {}, None, x
    for layer in range(1, _layers(p) + 1):
        read[layer] = unfold(u)
        a = (p[f"K{layer}"] @ read[layer]).reshape(*u.shape[:1], -1, *u.shape[2:])
        if place(kind, layer) == "outer":
            stem = u = stem + a
        else:
            u = active[layer] = ACTIVATIONS[phi][0](a + p[f"b{layer}"][..., None, None])
            stem = u if place(kind, layer) == "alone" else stem
    return p["V"] @ _flat(u) + p["c"], (read, active, u)


def backward(kind, phi, p, kept, slope):
    """Gradients by parameter, from the slope of the loss in the logits."""
    read, active, last = kept
    found = {"V": slope @ _flat(last).mT, "c": slope.sum(axis=-1, keepdims=True)}
    dh = du = (p["V"].mT @ slope).reshape(last.shape)
    for layer in range(_layers(p), 0, -1):
        where = place(kind, layer)
        dz = dh if where == "outer" else (du if where == "inner" else dh) * ACTIVATIONS[phi][1](active[layer])
        shape, dz = (*last.shape[:1], read[layer].shape[1] // len(TAPS), *last.shape[2:]), dz.reshape(*dz.shape[:2], -1)
        found[f"K{layer}"] = dz @ read[layer].mT
        if where != "outer":
            found[f"b{layer}"] = dz.sum(axis=-1, keepdims=True)
        du = fold(p[f"K{layer}"].mT @ dz, shape)
        if where != "outer":
            dh = du if where == "alone" else dh + du
    return found


def _layers(p):
    return sum(name[0] == "K" for name in p)


def _flat(images):
    return images.reshape(images.shape[0], -1, images.shape[-1])
