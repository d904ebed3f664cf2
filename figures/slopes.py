"""The slopes of activation functions that resemble ReLU, on one scale: some exceed one."""

import numpy as np

from derivations.checking.quadrature import SMOOTH
from figures import style


def data():
    """φ′ of softplus, ELU, SiLU and GELU at equally spaced a."""
    a = np.linspace(-5, 5, 401)
    found = {name: SMOOTH[name][1](np, a) for name in ("softplus", "silu", "gelu")}
    return {"a": a, **found, "elu": np.where(a > 0, 1.0, np.exp(a))}


LINES = {"softplus": (style.MUTED, style.DOTTED, r"\mathrm{softplus}", (0.9, 0.58)), "elu": (style.STEADY, style.DASHDOT, r"\mathrm{ELU}", (-2.1, 0.3)),
         "silu": (style.VANISH, style.DASHED, r"\mathrm{SiLU}", (3.3, 1.13)), "gelu": (style.EXPLODE, style.SOLID, r"\mathrm{GELU}", (1.35, 1.17))}  # fmt: skip


def draw(fig, data):
    """φ′ over a; the line at one separates factors that shrink a gradient from factors that enlarge it."""
    ax = fig.add_axes((0.09, 0.14, 0.89, 0.78))
    ax.set(xlim=(-5, 5), ylim=(-0.2, 1.28))
    ax.plot((-5, 5), (1, 1), color=style.INK, linewidth=style.THIN)
    for name, (color, dashes, text, place) in LINES.items():
        ax.plot(data["a"], data[name], color=color, linestyle=dashes)
        style.label(ax, *place, text, color)
    ax.grid(axis="x")
    style.ticks(ax.xaxis, range(-4, 5, 2))
    style.ticks(ax.yaxis, (0, 0.5, 1))
    style.ylabel(ax, r"\phi^{\prime}(a)")
    style.xlabel(ax, "a")
