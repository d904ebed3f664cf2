"""Forward and backward passes in NumPy whose gradients some figures plot.

Vectors of a sequence are stacked by rows: `h` has shape (T + 1, n) with h[0] given, `x` and `o` have one row a time step,
so x[0] is x_1. All values are doubles.
"""

import numpy as np


def linear_rnn(W_hx, W_hh, W_qh, x, h_0):
    """States h (T + 1, n) and outputs o (T, q) of h_t = W_hx x_t + W_hh h_{t-1}, o_t = W_qh h_t for inputs x (T, d)."""
    h = [h_0]
    for x_t in x:
        h.append(W_hx @ x_t + W_hh @ h[-1])
    return np.array(h), np.array(h[1:]) @ W_qh.T


def linear_rnn_adjoints(W_hh, W_qh, do):
    """∂L/∂h_t for t = 1 … T, shape (T, n), from do = ∂L/∂o_t, shape (T, q): ∂L/∂h_t = W_qhᵀ ∂L/∂o_t + W_hhᵀ ∂L/∂h_{t+1}."""
    dh = do @ W_qh
    for t in reversed(range(len(dh) - 1)):
        dh[t] += W_hh.T @ dh[t + 1]
    return dh


def tanh_rnn(U, W, b, x, s_0):
    """States s (T + 1, n) of s_t = tanh(U x_t + W s_{t-1} + b) for inputs x (T, d)."""
    s = [s_0]
    for x_t in x:
        s.append(np.tanh(U @ x_t + W @ s[-1] + b))
    return np.array(s)


def softmax(z):
    """softmax of every row of z (T, q)."""
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def tanh_rnn_lag_adjoints(W, V, c, s, y):
    """da[k - 1, t - 1] = ∂ℓ_k/∂a_t, shape (T, T, n), zero for t > k; ℓ_k = −y_kᵀ log softmax(V s_k + c), targets y (T, q).

    The term of ∂L/∂W that loss k sends to the use of W at step t is then da[k − 1, t − 1] s_{t−1}ᵀ.
    """
    slope = 1 - s[1:] ** 2
    ds = (softmax(s[1:] @ V.T + c) - y) @ V
    T, n = slope.shape
    da = np.zeros((T, T, n))
    for k in range(T):
        da[k, k] = slope[k] * ds[k]
        for t in reversed(range(k)):
            da[k, t] = slope[t] * (W.T @ da[k, t + 1])
    return da


def jacobian_products(W, s):
    """Spectral norms of J_T J_{T−1} … J_{T−k+1} for k = 1 … T, where J_t = ∂s_t/∂s_{t−1} = diag(1 − s_t²) W; s (T + 1, n)."""
    product, norms = np.eye(len(W)), []
    for s_t in s[:0:-1]:
        product = product @ ((1 - s_t**2)[:, None] * W)
        norms.append(np.linalg.norm(product, 2))
    return np.array(norms)
