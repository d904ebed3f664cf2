"""A Transformer without masks and biases, forward and back: attention and a ReLU network of four times the width, each in a residual block.

A tensor holds one row per token. Every part returns its output and a function that takes the gradient in the output to
(gradient in the input, norm of the gradient in the last weights).
"""

import numpy as np

HEADS = 4


def layer_norm(x):
    """The rows without their mean, divided by their standard deviation."""
    centred = x - x.mean(1, keepdims=True)
    r = (centred**2).mean(1, keepdims=True) ** -0.5
    s = centred * r
    return s, lambda g: (g - g.mean(1, keepdims=True) - s * (s * g).mean(1, keepdims=True)) * r


def attention(x, Q, K, V, O):
    """Self-attention of all tokens over all tokens."""
    def split(y):
        return y.reshape(len(y), HEADS, -1).transpose(1, 0, 2)

    def join(y):
        return y.transpose(1, 0, 2).reshape(x.shape)

    q, k, v = split(x @ Q), split(x @ K), split(x @ V)
    size = q.shape[2] ** -0.5
    scores = size * q @ k.transpose(0, 2, 1)
    weights = np.exp(scores - scores.max(2, keepdims=True))
    weights /= weights.sum(2, keepdims=True)
    mixed = join(weights @ v)

    def back(g):
        below = split(g @ O.T)
        through = weights * (below @ v.transpose(0, 2, 1))
        at_scores = size * (through - weights * through.sum(2, keepdims=True))
        at_x = join(at_scores @ k) @ Q.T + join(at_scores.transpose(0, 2, 1) @ q) @ K.T + join(weights.transpose(0, 2, 1) @ below) @ V.T
        return at_x, np.linalg.norm(mixed.T @ g)

    return mixed @ O, back


def perceptron(x, W, V):
    """Two weight matrices with ReLU between them, the same for every token."""
    a = x @ W
    u = np.maximum(a, 0)
    return u @ V, lambda g: ((g @ V.T * (a > 0)) @ W.T, np.linalg.norm(u.T @ g))


def stack(kind, layers, width, tokens, random):
    """Gradients at initialization for a random slope of the loss, independent for each token.

    Returns three arrays. ``weights``, one number per sub-layer: the norm of the gradient in its last weights. ``stream`` and ``apart``, one
    per place between sub-layers: the norm of the gradient there, and that of its part that differs from token to token.
    """
    branch = (2 * layers) ** -0.5 if kind == "scaled" else 1.0
    alpha, beta = ((2 * layers) ** 0.25, (8 * layers) ** -0.25) if kind == "deepnorm" else (1.0, 1.0)
    before = kind in ("pre", "scaled")
    x, way = random.normal(size=(tokens, width)), []
    if not before:
        x = layer_norm(x)[0]
    for _ in range(layers):
        for part, weights in ((attention, [*_xavier(random, width, width, 2), *(beta * w for w in _xavier(random, width, width, 2))]),
                              (perceptron, [beta * _xavier(random, width, 4 * width)[0], beta * _xavier(random, 4 * width, width)[0]])):
            weights[-1] = branch * weights[-1]
            read, norm = layer_norm(x) if before else (x, None)
            added, inner = part(read, *weights)
            x = x + added if before else alpha * x + added
            if not before:
                x, norm = layer_norm(x)
            way.append((inner, norm))
    g = random.normal(size=x.shape)
    if before:
        g = layer_norm(x)[1](g)
    norms, gradients = [], [g]
    for inner, norm in reversed(way):
        at_sum = g if before else norm(g)
        at_branch, size = inner(at_sum)
        g = at_sum + norm(at_branch) if before else alpha * at_sum + at_branch
        norms.append(size)
        gradients.append(g)
    gradients = gradients[::-1]
    return np.array(norms[::-1]), np.array([np.linalg.norm(g) for g in gradients]), np.array([np.linalg.norm(g - g.mean(0)) for g in gradients])


def _xavier(random, rows, columns, count=1):
    return random.normal(size=(count, rows, columns)) * (2 / (rows + columns)) ** 0.5
