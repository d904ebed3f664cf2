"""What the gradient regularizer does to a tanh RNN: the gradient over the lag, after 0, 10 and 100 steps of descent on Ω alone."""

import numpy as np

from figures import style

SEED, DRAWS = 42, 20
n, T, WEIGHT, RATE = 32, 60, 0.8, 0.2
STEPS = (0, 10, 100)


def data():
    """Quantiles 0, ½, 1 over the draws of ‖∂ℓ_T/∂s_t‖ / ‖∂ℓ_T/∂s_T‖ by lag T − t, for each number of steps."""
    sample = np.array([norms(np.random.default_rng([SEED, draw])) for draw in range(DRAWS)])
    low, middle, high = np.quantile(sample, (0, 0.5, 1), axis=0)
    rows = [{"steps": steps, "lag": lag, "low": low[place, lag], "median": middle[place, lag], "high": high[place, lag]} for place, steps in enumerate(STEPS) for lag in range(T)]
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def norms(random):
    """The relative norms of one network after each number of steps, shape (3, T)."""
    W, x, slope = random.normal(size=(n, n)) * WEIGHT / np.sqrt(n), random.normal(size=(T, n)) * 0.3, random.normal(size=n)
    found = []
    for step in range(STEPS[-1] + 1):
        g, q = adjoints(W, x, slope)
        if step in STEPS:
            found.append(lengths(g) / np.linalg.norm(slope))
        W = W - RATE * gradient(W, g, q) / T
    return found


def adjoints(W, x, slope):
    """∂ℓ_T/∂s_t and ∂ℓ_T/∂a_t for t = T, …, 1, both of shape (T, n)."""
    s, states = np.zeros(n), []
    for row in x:
        s = np.tanh(W @ s + row)
        states.append(s)
    g, found = slope, []
    for s in reversed(states):
        found.append((g, (1 - s**2) * g))
        g = W.T @ found[-1][1]
    return np.array(found).swapaxes(0, 1)


def gradient(W, g, q):
    """omega.closed: the sum over t of 2 (ρ_t − 1) / (‖e_t‖ ‖g_t‖) q_t e_t^T with e_t = W^T q_t."""
    e = q @ W
    f, r = lengths(e), 1 / lengths(g)
    return (2 * (f * r - 1) * r / f * q.T) @ e


def lengths(rows):
    return np.linalg.norm(rows, axis=1)


LINES = {0: (style.VANISH, style.DASHDOT, r"0", (40, 3e-8)), 10: (style.EXPLODE, style.DASHED, r"10", (40, 3e-5)), 100: (style.STEADY, style.SOLID, r"100", (40, 1.6e0))}


def draw(fig, data):
    """Norms over the lag; bands hold all draws."""
    ax = fig.add_axes((0.125, 0.15, 0.86, 0.75))
    ax.set(yscale="log", xlim=(0, T - 1), ylim=(1e-10, 1e1))
    for steps, (color, dashes, text, place) in LINES.items():
        rows = data["steps"] == steps
        style.band(ax, *(data[key][rows] for key in ("lag", "low", "median", "high")), color, dashes)
        style.label(ax, *place, text, color)
    style.ticks(ax.xaxis, (0, 15, 30, 45))
    style.decades(ax.yaxis, -9, 0, 3)
    ax.grid(axis="y")
    style.ylabel(ax, r"\left\Vert\partial\ell_T/\partial s_t\right\Vert\ /\ \left\Vert\partial\ell_T/\partial s_T\right\Vert")
    style.xlabel(ax, "T-t")
