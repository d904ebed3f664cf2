"""The linear RNN unrolled over three time steps: what is computed, and the way that the gradient takes back."""

import numpy as np
from matplotlib.patches import Circle, FancyArrowPatch

from figures import style

STEPS = (1, 2, 3)
# Where columns (time steps) and rows lie, and how large a node is, in points.
COLUMNS, ROWS, RADIUS = (30, 128, 262, 396), {"x": 28, "h": 140, "o": 252, "l": 346, "L": 436}, 19
# How far the way back runs beside the way there.
BESIDE = 9


def data():
    """The edges: from, to, the factor on the way there and on the way back (empty where no gradient is asked for)."""
    rows = []
    for t in STEPS:
        rows += [(f"x_{t}", f"h_{t}", "W_hx", ""), (f"h_{t - 1}", f"h_{t}", "W_hh", "W_hh^T" if t > 1 else "")]
        rows += [(f"h_{t}", f"o_{t}", "W_qh", "W_qh^T"), (f"y_{t}", f"l_{t}", "1", ""), (f"o_{t}", f"l_{t}", "l", "dl/do"), (f"l_{t}", "L", "1/T", "1/T")]
    return {key: np.array(column) for key, column in zip(("source", "target", "forward", "backward"), zip(*rows, strict=True), strict=True)}


def centre(node):
    """Where a node such as "h_2" lies; targets y_t stand to the left of their loss."""
    kind, _, t = node.partition("_")
    if kind == "L":
        return np.array((COLUMNS[2], ROWS["L"]), float)
    column, row = COLUMNS[int(t)], "l" if kind == "y" else kind
    return np.array((column - 58 * (kind == "y"), ROWS[row]), float)


def draw(fig, data):
    """Thin: the way there. Thick: the gradient, on the right-hand side of the edge that it goes back along."""
    fig.set_size_inches(style.WIDTH, 6.45)
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, 460.8), ylim=(0, 464.4))
    ax.axis("off")
    for source, target, _, backward in zip(*data.values(), strict=True):
        _arrow(ax, centre(source), centre(target), -BESIDE / 2 if backward else 0, arrowstyle="->", color=style.MUTED, lw=style.THIN, mutation_scale=13)
        if backward:
            _arrow(ax, centre(target), centre(source), -BESIDE / 2, arrowstyle="-|>", color=style.EXPLODE, lw=style.THICK, mutation_scale=17)
    for node in dict.fromkeys([*data["source"], *data["target"]]):
        _node(ax, node)
    for t in STEPS:
        _labels(ax, t)


def _arrow(ax, start, end, aside, **look):
    """From the rim of one node to the rim of another, moved `aside` points to the left of its direction."""
    along = (end - start) / np.linalg.norm(end - start)
    left = aside * np.array((-along[1], along[0]))
    inset = np.sqrt(RADIUS**2 - aside**2) + 3
    ax.add_patch(FancyArrowPatch(start + left + inset * along, end + left - inset * along, shrinkA=0, shrinkB=0, capstyle="butt", joinstyle="miter", **look))


def _node(ax, node):
    given = node[0] in "xy" or node == "h_0"
    ax.add_patch(Circle(centre(node), RADIUS, facecolor=style.PAPER, edgecolor=style.FAINT if given else style.INK, linewidth=1.4))
    style.label(ax, *centre(node), node.replace("l_", r"\ell_"), ha="center", va="center_baseline", fontsize=style.LARGE)


def _labels(ax, t):
    """The factors beside the edges of step t, and the gradients at its nodes."""
    x, back = COLUMNS[t], {"color": style.EXPLODE, "fontsize": style.NORMAL}
    there = {"color": style.INK, "fontsize": style.NORMAL}
    between = (COLUMNS[t - 1] + x) / 2
    style.label(ax, x - 6, 84, "W_{hx}", ha="right", **there)
    style.label(ax, between, ROWS["h"] + 20, "W_{hh}", ha="center", **there)
    style.label(ax, x - 10, 192, "W_{qh}", ha="right", **there)
    style.label(ax, x + 12, 192, r"W_{qh}^{\top}", ha="left", **back)
    if t > 1:
        style.label(ax, between, ROWS["h"] - 22, r"W_{hh}^{\top}", ha="center", **back)
    style.label(ax, x + 10, 100, rf"\dfrac{{\partial L}}{{\partial h_{t}}}", ha="left", **back)
    style.label(ax, x + 12, 298, rf"\dfrac{{\partial L}}{{\partial o_{t}}}", ha="left", **back)
