"""Colours, sizes and the few habits that all figures share: the only place where they are set.

A drawing names a colour by its role (`style.VANISH`). Matplotlib sees the light value, and `figures.svg` replaces it by
`var(--fig-vanish, …)`, so that one file serves light and dark pages; `css()` gives the page both sets of values.
"""

import math

# role: (light, dark). Lines and letters have a contrast of at least 3 : 1 with the page (letters 4.5 : 1), light or dark.
# Vanishing is petrol and exploding is amber here as on the pages; no figure depends on it, lines differ in style as well.
PALETTE = {
    "ink": ("#1f2933", "#e3e9ed"),
    "muted": ("#56636d", "#a3b1bb"),
    "faint": ("#d9dce0", "#3d4852"),
    "paper": ("#fdfcfa", "#171e26"),
    "series1": ("#0b6289", "#6fc3ea"),
    "series2": ("#b94a0b", "#f7a35c"),
    "series3": ("#00785a", "#43cfa6"),
    "series4": ("#a63d80", "#f097cb"),
    "series5": ("#856000", "#e6c04e"),
    "series6": ("#6348b8", "#bba8ff"),
}
# Nothing on the page to most, in equal steps of lightness, so that it also reads in grey: it fades into the paper of either scheme.
_RAMP = (
    ("#f2f0e6", "#dbe5de", "#bed9d8", "#9acbd2", "#74b8c9", "#4ea2bc", "#318aac", "#1d7198", "#105a80", "#084366", "#052d4a"),
    ("#1e2935", "#1e3849", "#1d4960", "#1a5c78", "#1b708e", "#2f86a0", "#4e9caf", "#72b2bc", "#9ac8c7", "#c3ddd1", "#eef3df"),
)
PALETTE |= {f"heat{level}": pair for level, pair in enumerate(zip(*_RAMP, strict=True))}

INK, MUTED, FAINT, PAPER = (PALETTE[role][0] for role in ("ink", "muted", "faint", "paper"))
SERIES = tuple(PALETTE[f"series{k}"][0] for k in range(1, 7))
VANISH, EXPLODE, STEADY = SERIES[:3]
HEAT = _RAMP[0]

# Inches. A phone shows 6.4 in in about 358 px, where 12 pt are 9.3 px.
WIDTH = 6.4
WIDE, TALL, SQUARE = (WIDTH, 4.1), (WIDTH, 6.4), (WIDTH, 5.4)
SMALL, NORMAL, LARGE = 13, 15, 18
THIN, LINE, THICK = 1.1, 2.2, 3.4
SOLID, DASHED, DOTTED, DASHDOT = "-", (0, (5, 2.2)), (0, (1.1, 1.8)), (0, (7, 2, 1.4, 2))

RC = {
    "svg.fonttype": "path",
    "mathtext.fontset": "cm",
    "font.size": NORMAL,
    "axes.labelsize": NORMAL,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.minor.visible": False,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "lines.linewidth": LINE,
    "lines.solid_capstyle": "round",
    "lines.dash_capstyle": "butt",
    "hatch.linewidth": 0.8,
}


def css() -> str:
    """The style sheet that gives every role its light and dark value; paper is always light."""
    light, dark = ("".join(f"--fig-{role}:{pair[scheme]};" for role, pair in PALETTE.items()) for scheme in (0, 1))
    return (
        f":root{{{light}}}\n"
        f'[data-md-color-scheme="slate"]{{{dark}}}\n'
        f'@media print{{:root,[data-md-color-scheme="slate"]{{{light}}}}}\n'
    )


def scientific(value: float, digits: int = 2) -> str:
    """A rounded number as mathematics, for sentences such as x ≈ 1.4·10^{-5} or ≈ 11.5, with so many significant digits."""
    exponent = math.floor(math.log10(abs(value)))
    if -3 <= exponent < 4:
        return f"{value:.{max(digits - 1 - exponent, 0)}f}"
    return rf"{value / 10.0**exponent:.{digits - 1}f}\cdot 10^{{{exponent}}}"


def ticks(axis, values) -> None:
    """Ticks at `values` and nowhere else."""
    axis.set_ticks(list(values), [f"${value:g}$" for value in values])
    axis.set_ticks([], minor=True)


def decades(axis, low: int, high: int, step: int) -> None:
    """Ticks at 10^low, 10^(low + step), … of a logarithmic axis."""
    exponents = range(low, high + 1, step)
    names = {0: "$1$", 1: "$10$"}
    axis.set_ticks([10.0**exponent for exponent in exponents], [names.get(exponent, f"$10^{{{exponent}}}$") for exponent in exponents])
    axis.set_ticks([], minor=True)


def label(ax, x: float, y: float, text: str, color: str = INK, **options):
    """Mathematics at a point in data coordinates, in the colour of what it names; outside the frame it is not clipped."""
    return ax.text(x, y, f"${text}$", color=color, **{"fontsize": NORMAL, "va": "center", **options})


def ylabel(ax, text: str) -> None:
    """Name the vertical axis at its top, where it reads without turning the head and costs no width."""
    ax.annotate(f"${text}$", (0, 1), xytext=(-4, 9), xycoords="axes fraction", textcoords="offset points", fontsize=NORMAL, ha="left", va="bottom")


def xlabel(ax, text: str) -> None:
    """Name the horizontal axis at its right end, below the ticks' numbers."""
    ax.annotate(f"${text}$", (1, 0), xytext=(0, -21), xycoords="axes fraction", textcoords="offset points", fontsize=NORMAL, ha="right", va="top")


def band(ax, x, low, middle, high, color, dashes):
    """A line with a band behind it that holds all draws."""
    ax.fill_between(x, low, high, color=color, alpha=0.2, linewidth=0)
    ax.plot(x, middle, color=color, linestyle=dashes)
