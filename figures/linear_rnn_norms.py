"""The gradient along a linear RNN: what arrives at step t in all, and what arrives there from the last loss."""

import numpy as np

from figures import derived, style

SEED, DRAWS = 20, 20
T, n, d, q = 40, 64, 8, 4
RADII = (1.2, 1.0, 0.8)
RESULTS = ("rnn.linear.state", "rnn.linear.output", "rnn.linear.grad_o", "rnn.linear.grad_h")


def data():
    """Quantiles 0, ½, 1 over the draws of ‖∂L/∂h_t‖ / ‖∂L/∂h_T‖ for L = (1/T) Σ ½‖o_t − y_t‖² and for its last term alone."""
    rows = [row for rho in RADII for row in _spread(rho)]
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def _spread(rho):
    whole, last = np.swapaxes([norms(rho, np.random.default_rng([SEED, draw])) for draw in range(DRAWS)], 0, 1)
    for t in range(T):
        row = {"spectral_radius": rho, "t": t + 1}
        for name, sample in (("whole", whole), ("from_last_loss", last)):
            row |= {f"{name}_{key}": value for key, value in zip(("low", "median", "high"), np.quantile(sample[:, t], (0, 0.5, 1)), strict=True)}
        yield row


def norms(rho, random):
    """‖∂L/∂h_t‖ / ‖∂L/∂h_T‖ for t = 1 … T: for the whole loss, and for its last term, shape (2, T)."""
    W_hh = random.normal(size=(n, n))
    W_hh *= rho / np.abs(np.linalg.eigvals(W_hh)).max()
    W_hx, W_qh = random.normal(size=(n, d)) / np.sqrt(d), random.normal(size=(q, n)) / np.sqrt(n)
    x, h = derived.columns(random.normal(size=(T, d))), {0: random.normal(size=(n, 1))}
    y = derived.columns(random.normal(size=(T, q)))
    do = {}
    for t in x:
        h[t] = derived.value("rnn.linear.state", t=t, x=x, h=h, W_hx=W_hx, W_hh=W_hh)
        slope = derived.value("rnn.linear.output", t=t, h=h, W_qh=W_qh) - y[t]  # of ½‖o_t − y_t‖²
        do[t] = derived.value("rnn.linear.grad_o", t=t, T=T, dl={t: slope})
    only_last = {t: signal * (t == T) for t, signal in do.items()}
    sizes = [np.linalg.norm(adjoints(W_hh, W_qh, signal), axis=1) for signal in (do, only_last)]
    return np.array([size / size[-1] for size in sizes])


def adjoints(W_hh, W_qh, do):
    """∂L/∂h_t for t = 1 … T, shape (T, n), from ∂L/∂o_t."""
    dh = {T + 1: np.zeros((n, 1))}
    for t in range(T, 0, -1):
        dh[t] = derived.value("rnn.linear.grad_h", t=t, W_hh=W_hh, W_qh=W_qh, dh=dh, do=do)
    return np.array([dh[t][:, 0] for t in range(1, T + 1)])


def draw(fig, data):
    """Above the whole gradient, below the part that comes from the last loss, on the same scale; bands hold all draws."""
    fig.set_size_inches(*style.TALL)
    above, below = fig.add_axes((0.115, 0.57, 0.87, 0.365)), fig.add_axes((0.115, 0.085, 0.87, 0.365))
    lines = (style.EXPLODE, style.SOLID), (style.STEADY, style.DASHED), (style.VANISH, style.DASHDOT)
    # Where each line's name stands: at which step, and how many decades above its median.
    places = ((5, 0.85), (5, 0.9), (5, -0.8)), ((5, 0.95), (5, 0.95), (15, -1.1))
    for ax, name, loss, away in ((above, "whole", "L", places[0]), (below, "from_last_loss", r"\ell_T", places[1])):
        ax.set(yscale="log", xlim=(1, T), ylim=(1e-5, 3e4))
        for rho, (color, dashes), (step, decades) in zip(RADII, lines, away, strict=True):
            rows = data["spectral_radius"] == rho
            t, low, middle, high = (data[key][rows] for key in ("t", f"{name}_low", f"{name}_median", f"{name}_high"))
            style.band(ax, t, low, middle, high, color, dashes)
            style.label(ax, step, middle[step - 1] * 10**decades, rf"\rho(W_{{hh}})={rho:g}", color)
        style.ticks(ax.xaxis, (1, 10, 20, 30, 40))
        style.decades(ax.yaxis, -4, 4, 2)
        ax.grid(axis="y")
        style.ylabel(ax, rf"\left\Vert\partial {loss}/\partial h_t\right\Vert\,/\,\left\Vert\partial {loss}/\partial h_T\right\Vert")
        style.xlabel(ax, "t")
