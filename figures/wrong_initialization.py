"""Norm of the gradient in every layer of twenty before the first update, with two variances of the weights."""

from figures import faults, style


def data():
    """Norm of the gradient in the weights by layer: least, median and largest of the runs."""
    return faults.columns("wrong_initialization")


def draw(fig, data):
    """Both variances."""
    labels = {"faulty": (r"n\,\mathrm{Var}\,w=\frac{1}{3}", (8, 3e-7)), "mended": (r"n\,\mathrm{Var}\,w=2", (8, 4e-3))}
    ax = faults.compare(fig, data, labels, xlim=(1, 20), ylim=(1e-10, 10))
    style.ticks(ax.xaxis, (1, 5, 10, 15, 20))
    style.decades(ax.yaxis, -10, 0, 2)
    style.ylabel(ax, r"\left\Vert\partial L/\partial W_l\right\Vert")
    style.xlabel(ax, "l")
