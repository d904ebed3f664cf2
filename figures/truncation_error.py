"""What truncation loses: the relative error of the truncated gradient over the number of steps that are kept."""

import numpy as np

from figures import style

SEED, DRAWS = 37, 20
n, T = 64, 60
GAINS = (0.7, 1.0, 1.5)


def data():
    """Quantiles 0, ½, 1 over the draws of ‖lost‖ / ‖∂L/∂W‖ by the number of steps kept, for weights of standard deviation gain / √n."""
    rows = [row for gain in GAINS for row in _spread(gain)]
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def _spread(gain):
    sample = np.array([errors(gain, np.random.default_rng([SEED, draw])) for draw in range(DRAWS)])
    low, middle, high = np.quantile(sample, (0, 0.5, 1), axis=0)
    for kept in range(T):
        yield {"gain": gain, "kept": kept, "low": low[kept], "median": middle[kept], "high": high[kept]}


def errors(gain, random):
    """The sums of truncation.split for m = T, T − 1, …, 1, with a random slope of the loss at the end, shape (T,)."""
    W = random.normal(size=(n, n)) * gain / np.sqrt(n)
    s = [random.normal(size=n) / 2]
    for _ in range(T):
        s.append(np.tanh(W @ s[-1] + random.normal(size=n) / 10))
    adjoint, terms = random.normal(size=n), []
    for t in range(T, 0, -1):
        through = (1 - s[t] ** 2) * adjoint
        terms.append(np.outer(through, s[t - 1]))
        adjoint = W.T @ through
    lost = np.cumsum(terms[::-1], axis=0)[::-1]  # from the first step on
    return np.array([np.linalg.norm(part) for part in lost]) / np.linalg.norm(lost[0])


LINES = {0.7: (style.VANISH, style.DASHDOT, (17, 3e-7)), 1.0: (style.STEADY, style.DASHED, (33, 6e-5)), 1.5: (style.EXPLODE, style.SOLID, (24, 3.2))}


def draw(fig, data):
    """Errors over the steps kept; bands hold all draws."""
    ax = fig.add_axes((0.125, 0.15, 0.86, 0.75))
    ax.set(yscale="log", xlim=(0, T - 1), ylim=(1e-9, 1e1))
    for gain, (color, dashes, place) in LINES.items():
        rows = data["gain"] == gain
        kept, low, middle, high = (data[key][rows] for key in ("kept", "low", "median", "high"))
        style.band(ax, kept, low, middle, high, color, dashes)
        style.label(ax, *place, rf"\sqrt{{n\,\mathrm{{Var}}\,w}}={gain}", color)
    style.ticks(ax.xaxis, (0, 15, 30, 45))
    style.decades(ax.yaxis, -9, 0, 3)
    ax.grid(axis="y")
    style.ylabel(ax, r"\Vert\Sigma_{t\leq m}\Vert\ /\ \Vert\partial L/\partial W\Vert")
    style.xlabel(ax, "T-m")
