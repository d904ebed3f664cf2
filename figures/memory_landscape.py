"""The loss of learning one linear recurrence from another: valleys that narrow towards λ = 1, and the same valleys in ν between normalized units."""

import numpy as np
from sympy import lambdify

from derivations.memory import lam, mu, teacher, teacher_normalized, variance
from figures import style

RESULTS = ("memory.teacher", "memory.teacher_normalized", "memory.variance")
TEACHERS = (0.5, 0.9, 0.99, 0.999)


def data():
    """Per teacher: the plain loss over its teacher's mean square at equally spaced λ, and the normalized loss at equally spaced ν."""
    plain, scaled = (lambdify((lam, mu), entry().statement.right.doit(), "numpy") for entry in (teacher, teacher_normalized))
    size = lambdify(lam, variance().statement.right.doit(), "numpy")
    rows = []
    for target in TEACHERS:
        factors = np.unique(np.concatenate([np.linspace(0.002, 0.9998, 400), 1 - np.logspace(-3.7, -1, 120)]))
        rows += [("lambda", target, x, plain(x, target) / size(target)) for x in factors]
        rows += [("nu", target, x, scaled(np.exp(-np.exp(x)), target)) for x in np.linspace(-9, 1.5, 400)]
    return {key: np.array(column) for key, column in zip(("parameter", "target", "at", "loss"), zip(*rows))}


STYLES = dict(zip(TEACHERS, ((style.VANISH, style.SOLID), (style.STEADY, style.DASHED), (style.EXPLODE, style.DASHDOT), (style.SERIES[3], style.DOTTED))))


def draw(fig, data):
    """The plain loss over λ above, the normalized one over ν below; dots are the minima."""
    fig.set_size_inches(*style.SQUARE)
    above, below = fig.add_axes((0.09, 0.59, 0.89, 0.34)), fig.add_axes((0.09, 0.105, 0.89, 0.34))
    for ax, name in ((above, "lambda"), (below, "nu")):
        for target, (color, dashes) in STYLES.items():
            rows = (data["parameter"] == name) & (data["target"] == target)
            ax.plot(data["at"][rows], data["loss"][rows], color=color, linestyle=dashes)
            place = target if name == "lambda" else np.log(-np.log(target))
            ax.plot(place, 0, "o", color=color, markersize=6, clip_on=False, zorder=5)
            if name == "nu":
                style.label(ax, place, -0.27, f"{target:g}", color, ha="center", fontsize=style.SMALL)
        ax.grid(axis="y")
        style.ticks(ax.yaxis, (0, 1, 2))
    for target, place in zip(TEACHERS, ((0.17, 0.30), (0.33, 0.50), (0.52, 0.79), (0.52, 1.15))):
        style.label(above, *place, f"{target:g}", STYLES[target][0], ha="center", fontsize=style.SMALL)
    above.set(xlim=(0, 1), ylim=(0, 2))
    below.set(xlim=(-9, 1.5), ylim=(0, 2))
    style.ticks(above.xaxis, (0, 0.25, 0.5, 0.75, 1))
    below.set_xticks([])
    style.ylabel(above, r"\mathrm{E}\,[(h_t-h_t^*)^2]\ /\ \mathrm{E}\,[h_t^{*\,2}],\ \gamma=1")
    style.ylabel(below, r"\mathrm{E}\,[(h_t-h_t^*)^2],\ \gamma=\sqrt{1-\lambda^2}")
    style.xlabel(above, r"\lambda")
    style.xlabel(below, r"\nu")
