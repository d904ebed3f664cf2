"""How many factors r it takes until r^n leaves the range of each floating-point format."""

import math
from fractions import Fraction

import numpy as np

from figures import style

# name: (digits of the significand in base 2, largest exponent)
FORMATS = {"float16": (11, 15), "bfloat16": (8, 127), "float32": (24, 127), "float64": (53, 1023)}
FACTORS = tuple(map(Fraction, ("0.25", "0.5", "0.8", "0.9", "1.1", "2")))


def data():
    """For each factor r and format: the first n at which r^n, rounded to nearest, is 0 or infinite, and the format's limits."""
    rows = [
        {"r": float(r), "format": name, "n": first_step_outside(r, *sizes)} | limits(*sizes)
        for r in FACTORS
        for name, sizes in FORMATS.items()
    ]
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def limits(digits: int, exponent: int) -> dict[str, float]:
    """log10 of the largest finite, the smallest normal and the smallest subnormal number of a format."""
    two = math.log10(2)
    return {
        "log10_largest": exponent * two + math.log10(2 - 2.0 ** (1 - digits)),
        "log10_smallest_normal": (1 - exponent) * two,
        "log10_smallest_subnormal": (2 - exponent - digits) * two,
    }


def first_step_outside(r: Fraction, digits: int, exponent: int) -> int:
    """The first n with r^n ≥ largest + half a unit (rounds to infinity) or ≤ half the smallest subnormal (rounds to 0), exactly."""
    if r > 1:
        border = (2 - Fraction(1, 2**digits)) * 2**exponent
        outside = lambda steps: r**steps >= border  # noqa: E731
    else:
        border = Fraction(1, 2 ** (exponent + digits - 1))
        outside = lambda steps: r**steps <= border  # noqa: E731
    steps = round((math.log2(border.numerator) - math.log2(border.denominator)) / math.log2(r))
    while not outside(steps):
        steps += 1
    while outside(steps - 1):
        steps -= 1
    return steps


def height(log10):
    """Where 10^log10 stands on the axis: logarithmic in the exponent, so that 10^±8 and 10^±320 both show."""
    return np.sign(log10) * np.log10(1 + np.abs(log10))


def draw(fig, data):
    """n on a logarithmic axis, so that a line for r is the line for another factor, shifted."""
    fig.set_size_inches(*style.TALL)
    ax = fig.add_axes((0.125, 0.09, 0.865, 0.85))
    ax.set(xscale="log", xlim=(1, 14000), ylim=(-3.0, 2.95))
    _limits(ax, data)
    colors = style.SERIES[5], style.VANISH, style.SERIES[3], style.STEADY, style.SERIES[4], style.EXPLODE
    dashes = style.DASHDOT, style.SOLID, style.DOTTED, style.DASHED, style.DASHED, style.SOLID
    for r, color, dash in zip(map(float, FACTORS), colors, dashes, strict=True):
        rows = data["r"] == r
        last = data["n"][rows].max()
        n = np.geomspace(1, last, 120)
        ax.plot(n, height(n * math.log10(r)), color=color, linestyle=dash)
        out = 1 if r > 1 else -1
        for name, steps in zip(data["format"][rows], data["n"][rows], strict=True):
            end = height(steps * math.log10(r))
            small = name == "bfloat16"
            ax.plot(steps, end, "o", color=color, markersize=4 if small else 6, markerfacecolor=style.PAPER if small else color)
            if not small:
                # On the side where the other lines leave room: the steepest line and the one for 0.8 have it below, to the left.
                aside, away = (0, 0.115 * out) if name == "float64" else (-6, -0.115) if r in (0.25, 0.8) else (-5 * out, 0.115)
                ax.annotate(f"${steps}$", (steps, end + away), xytext=(aside, 0), textcoords="offset points", color=color,
                            fontsize=style.SMALL, ha="center" if not aside else "right" if aside < 0 else "left", va="center")
        name = f"r={r:g}" if r in (0.25, 2) else f"{r:g}"
        style.label(ax, last * (1.3 if "=" in name else 1), end + out * 0.33, name, color, ha="right" if "=" in name else "center")
    ax.axhline(0, color=style.MUTED, linewidth=style.THIN)
    style.decades(ax.xaxis, 0, 4, 1)
    exponents = (-300, -30, -3, 0, 3, 30, 300)
    ax.set_yticks(height(np.array(exponents)), [f"$10^{{{exponent}}}$" if exponent else "$1$" for exponent in exponents])
    style.ylabel(ax, r"r^{\,n}")
    style.xlabel(ax, "n")


def _limits(ax, data):
    """A line at each format's largest and smallest number, and a shade over its subnormal numbers."""
    for name in FORMATS:
        row = np.flatnonzero(data["format"] == name)[0]
        top, normal, least = (height(data[key][row]) for key in ("log10_largest", "log10_smallest_normal", "log10_smallest_subnormal"))
        ax.axhspan(least, normal, color=style.MUTED, alpha=0.25, linewidth=0)
        for level in (top, least):
            ax.axhline(level, color=style.MUTED, linewidth=style.THIN)
        # The largest numbers of bfloat16 and float32 lie on one line; the smallest normal ones coincide.
        over = {"bfloat16": (0.27, normal - least + 0.11)}.get(name, (0.1, -0.115))
        for level, away in zip((top, least), over, strict=True):
            style.label(ax, 1.08, level + away, rf"\mathtt{{{name}}}", fontsize=style.SMALL)
