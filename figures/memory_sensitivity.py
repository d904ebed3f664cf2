"""The curse of memory: how strongly the state of a linear recurrence answers to its parameter, over the memory, with none, one and both of the remedies."""

import numpy as np
from sympy import lambdify

from derivations.memory import lam, only_nu, sensitivity, sensitivity_normalized, sensitivity_nu
from figures import style

RESULTS = ("memory.sensitivity", "memory.sensitivity_normalized", "memory.sensitivity_only_nu", "memory.sensitivity_nu")
ENTRIES = {"plain": sensitivity, "normalized": sensitivity_normalized, "nu": only_nu, "both": sensitivity_nu}


def data():
    """The four mean squares at equally spaced logarithms of 1 − λ."""
    rest = np.logspace(np.log10(0.5), -4, 200)
    columns = {"one_minus_lambda": rest}
    for name, entry in ENTRIES.items():
        columns[name] = lambdify(lam, entry().statement.right.doit(), "numpy")(1 - rest)
    return columns


LINES = {"plain": (style.EXPLODE, style.SOLID, r"\lambda", (1e-3, 2e10)), "normalized": (style.SERIES[3], style.DASHDOT, r"\lambda,\ \gamma=\sqrt{1-\lambda^2}", (5e-4, 1.4e4)),
         "nu": (style.VANISH, style.DASHED, r"\nu", (1.8e-4, 18)), "both": (style.STEADY, style.SOLID, r"\nu,\ \gamma=\sqrt{1-\lambda^2}", (2.1e-3, 2e-2))}  # fmt: skip


def draw(fig, data):
    """Mean squares over 1 − λ, the longest memory on the right; the dotted line is one quarter."""
    ax = fig.add_axes((0.115, 0.15, 0.86, 0.75))
    ax.set(xscale="log", yscale="log", xlim=(0.5, 1e-4), ylim=(1e-3, 1e14))
    ax.axhline(0.25, color=style.MUTED, linewidth=style.THIN, linestyle=style.DOTTED)
    for name, (color, dashes, text, place) in LINES.items():
        ax.plot(data["one_minus_lambda"], data[name], color=color, linestyle=dashes, linewidth=style.THICK if name == "both" else style.LINE)
        style.label(ax, *place, text, color, ha="center")
    style.decades(ax.xaxis, -4, -1, 1)
    style.decades(ax.yaxis, -2, 14, 4)
    ax.grid(axis="y")
    style.ylabel(ax, r"\mathrm{E}\,[(\partial h_t/\partial\lambda)^2],\ \mathrm{E}\,[(\partial h_t/\partial\nu)^2]")
    style.xlabel(ax, r"1-\lambda")
