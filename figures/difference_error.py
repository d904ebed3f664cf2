"""The relative error of a difference quotient over its step: a healthy gradient, a vanished one, the same with 50 digits, and the complex step."""

from functools import cache

import numpy as np
from mpmath import mp, mpc, mpf, tanh

from figures import style

# The network of the page: s ← tanh(W s + b), T times; the loss is half the squared distance to y.
W = ((3, -4, 1), (1, 2, -2), (4, 1, 3))  # sixteenths
B, START, Y = (1, -2, 3), (3, 5, -2), (1, -1, 2)  # the first two in eighths
HEALTHY, VANISHED = 3, 40
STEPS = 10.0 ** np.arange(-20, 0.01, 0.2)
DOUBLES, DIGITS, COMPLEX, MODEL = "differences in doubles", "differences with 50 digits", "complex step in doubles", "error model"


def data():
    """|quotient / derivative − 1| in the first entry of the initial state, and the best step with its error as the error model has them."""
    rows = []
    for T, way in ((HEALTHY, DOUBLES), (VANISHED, DOUBLES), (VANISHED, DIGITS), (VANISHED, COMPLEX)):
        for h in STEPS:
            quotient = _quotient(T, way, h)
            with mp.workdps(80):
                rows.append({"T": T, "way": way, "h": h, "error": float(abs(mpf(quotient) / derivative(T, 1) - 1))})
    for T, u in ((HEALTHY, mpf(2) ** -53), (VANISHED, mpf(10) ** -50 / 2)):
        K, M = loss(T, mpf(0), tanh, mpf), abs(derivative(T, 3))
        rows.append({"T": T, "way": MODEL, "h": float((3 * u * K / M) ** (mpf(1) / 3)), "error": float((9 * M * (u * K) ** 2) ** (mpf(1) / 3) / 2 / abs(derivative(T, 1)))})
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def _quotient(T, way, h):
    if way == COMPLEX:
        return float(loss(T, 1j * h, np.tanh, float).imag / h)
    if way == DOUBLES:
        return float((loss(T, h, np.tanh, float) - loss(T, -h, np.tanh, float)) / (2 * h))
    with mp.workdps(50):
        return (loss(T, mpf(h), tanh, mpf) - loss(T, -mpf(h), tanh, mpf)) / (2 * mpf(h))


def loss(T, nudge, function, number):
    """The loss after T steps when the first entry of the initial state is nudged, with any numbers."""
    s = [number(x) / 8 for x in START]
    s[0] += nudge
    for _ in range(T):
        s = [function(sum(number(w) * x for w, x in zip(line, s, strict=True)) / 16 + number(bias) / 8) for line, bias in zip(W, B, strict=True)]
    return sum((x - number(y)) ** 2 for x, y in zip(s, Y, strict=True)) / 2


@cache
def derivative(T, order):
    """The first or third derivative of the loss in that entry, by complex steps with 150 digits."""
    with mp.workdps(150):
        first, second = (loss(T, mpc(0, h), tanh, mpf).imag / h for h in (mpf(10) ** -60, mpf(10) ** -30))
        return first if order == 1 else 6 * (first - second) * mpf(10) ** 60


LINES = (
    (HEALTHY, DOUBLES, style.STEADY, style.SOLID), (VANISHED, DOUBLES, style.EXPLODE, style.DOTTED), (VANISHED, DIGITS, style.VANISH, style.DASHED), (VANISHED, COMPLEX, style.SERIES[3], style.DASHDOT),
)  # fmt: skip


def draw(fig, data):
    """All errors over h; an error of one, marked by a line, means that nothing is known."""
    ax = fig.add_axes((0.125, 0.14, 0.85, 0.77))
    ax.set(xscale="log", yscale="log", xlim=(1e-20, 1), ylim=(1e-24, 1e5))
    ax.axhline(1, color=style.MUTED, linewidth=style.THIN)
    for T, way, color, dashes in LINES:
        rows = (data["T"] == T) & (data["way"] == way)
        ax.plot(data["h"][rows], data["error"][rows], color=color, linestyle=dashes)
    rows = data["way"] == MODEL
    ax.plot(data["h"][rows], data["error"][rows], "o", color=style.INK, markerfacecolor=style.PAPER, markersize=7, zorder=5)
    style.label(ax, 2e-10, 3e-3, r"T=3,\ u=2^{-53}", style.STEADY)
    style.label(ax, 2e-10, 6e1, r"T=40,\ u=2^{-53}", style.EXPLODE)
    style.label(ax, 3e-8, 4e-22, r"T=40,\ u=\frac{1}{2}10^{-50}", style.VANISH)
    style.label(ax, 5e-20, 1e-18, r"\mathrm{Im}\, L(\mathrm{i}h)/h", style.SERIES[3])
    style.decades(ax.xaxis, -20, 0, 5)
    style.decades(ax.yaxis, -24, 0, 6)
    ax.grid(axis="y")
    style.ylabel(ax, r"|\,\Delta L/\Delta s_0\,/\,g-1\,|")
    style.xlabel(ax, "h")
