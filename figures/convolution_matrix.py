"""The matrix of a 3 × 3 convolution on a 5 × 5 image with zero padding: one row and one column of it, bent back into images."""

import numpy as np

from figures import style

SIDE, KERNEL = 5, 3
POSITIONS = SIDE * SIDE
CENTRE = POSITIONS // 2


def data():
    """The entries that are not zero: row (output position), column (input position), tap (1 … 9, row by row)."""
    found = []
    for row in range(POSITIONS):
        for tap in range(KERNEL * KERNEL):
            line, place = row // SIDE + tap // KERNEL - 1, row % SIDE + tap % KERNEL - 1
            if 0 <= line < SIDE and 0 <= place < SIDE:
                found.append((row, line * SIDE + place, tap + 1))
    return {key: np.array(column) for key, column in zip(("row", "column", "tap"), zip(*found, strict=True), strict=True)}


def draw(fig, data):
    """Left, the matrix with one row and one column framed; right, the row as the image that is read, the column as the outputs that read."""
    fig.set_size_inches(style.WIDTH, 4.5)
    whole = fig.add_axes((0.01, 0.05, 0.615, 0.875))
    above, below = fig.add_axes((0.685, 0.52, 0.29, 0.405)), fig.add_axes((0.685, 0.02, 0.29, 0.405))
    for ax, side in ((whole, POSITIONS), (above, SIDE), (below, SIDE)):
        ax.set(xlim=(-0.5, side - 0.5), ylim=(side - 0.5, -0.5), xticks=[], yticks=[], aspect="equal")
        for spine in ax.spines.values():
            spine.set(visible=True, color=style.MUTED)
    _squares(whole, data["column"], data["row"], data["tap"])
    read, reads = data["row"] == CENTRE, data["column"] == CENTRE
    _image(above, data["column"][read], data["tap"][read])
    _image(below, data["row"][reads], data["tap"][reads])
    _frame(whole, (-0.5, CENTRE - 0.5), POSITIONS, 1, style.VANISH, style.SOLID)
    _frame(whole, (CENTRE - 0.5, -0.5), 1, POSITIONS, style.EXPLODE, style.DASHED)
    _frame(above, (-0.5, -0.5), SIDE, SIDE, style.VANISH, style.SOLID)
    _frame(below, (-0.5, -0.5), SIDE, SIDE, style.EXPLODE, style.DASHED)
    style.ylabel(whole, r"C")
    style.ylabel(above, r"C_{13,\,\cdot}")
    style.ylabel(below, r"C_{\cdot,\,13}")


def _squares(ax, x, y, taps):
    for tap in range(1, KERNEL * KERNEL + 1):
        for column, row in zip(x[taps == tap], y[taps == tap], strict=True):
            ax.fill([column - 0.5, column + 0.5, column + 0.5, column - 0.5], [row - 0.5, row - 0.5, row + 0.5, row + 0.5], color=style.HEAT[tap], linewidth=0)


def _image(ax, positions, taps):
    """A row or a column of the matrix as an image, the number of the tap in each square."""
    _squares(ax, positions % SIDE, positions // SIDE, taps)
    for position, tap in zip(positions, taps, strict=True):
        style.label(ax, position % SIDE, position // SIDE, str(tap), style.INK if tap < 6 else style.PAPER, ha="center", va="center_baseline")


def _frame(ax, corner, width, height, color, dashes):
    x, y = corner
    ax.plot([x, x + width, x + width, x, x], [y, y, y + height, y + height, y], color=color, linestyle=dashes, clip_on=False)
