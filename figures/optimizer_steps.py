"""The step of SGD and of Adam against the factor c: once on the whole gradient, once on one of eleven lags."""

import numpy as np

from figures import style

UPDATES, SHORT, EPSILON = 200, 10, 1e-8
BETA_1, BETA_2 = 0.9, 0.999


def moments(part, whole):
    """Adam's first moment of one part of a constant gradient, and the root of the second moment of the whole gradient."""
    m, v = np.zeros_like(part), np.zeros_like(part)
    for _ in range(UPDATES):
        m, v = BETA_1 * m + (1 - BETA_1) * part, BETA_2 * v + (1 - BETA_2) * whole**2
    return m / (1 - BETA_1**UPDATES), np.sqrt(v / (1 - BETA_2**UPDATES))


def adam(part, whole):
    """The part of Adam's step, in units of the learning rate, that comes from one part of the gradient."""
    first, second = moments(part, whole)
    return first / (second + EPSILON)


def data():
    """Steps after 200 updates over the learning rate, for factors from 1e-20 to 1."""
    c = np.logspace(-20, 0, 201)
    return {"c": c, "sgd": c, "adam_whole": adam(c, c), "adam_one_lag": adam(c, SHORT + c)}


def draw(fig, data):
    """Three lines on one pair of axes."""
    ax = fig.add_axes((0.125, 0.15, 0.85, 0.73))
    ax.set(xscale="log", yscale="log", xlim=(1e-20, 1), ylim=(1e-23, 30))
    ax.axvline(EPSILON, color=style.FAINT, linewidth=style.THIN)
    ax.plot(data["c"], data["adam_whole"], color=style.STEADY)
    ax.plot(data["c"], data["sgd"], color=style.MUTED, linestyle=style.DOTTED)
    ax.plot(data["c"], data["adam_one_lag"], color=style.VANISH, linestyle=style.DASHED)
    style.label(ax, 3e-20, 1e-4, r"\Delta^{\mathrm{Adam}}:\ c\,g", style.STEADY)
    style.label(ax, 2e-18, 1e-13, r"\Delta^{\mathrm{SGD}}:\ c\,g", style.MUTED)
    style.label(ax, 1.5e-8, 1e-15, r"\Delta^{\mathrm{Adam}}:\ g+\cdots+g+c\,g", style.VANISH)
    style.label(ax, EPSILON * 1.5, 1e-22, r"\varepsilon", style.MUTED)
    style.decades(ax.xaxis, -20, 0, 5)
    style.decades(ax.yaxis, -20, 0, 5)
    ax.grid(axis="y")
    style.ylabel(ax, r"\left\vert\Delta\right\vert / \alpha")
    style.xlabel(ax, "c")
