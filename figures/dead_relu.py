"""Share of dead ReLU units over the updates, at two learning rates."""

from figures import faults, style


def data():
    """Share of units that are zero on every training image, by update: least, median and largest of the runs."""
    return faults.columns("dead_relu")


def draw(fig, data):
    """Both learning rates."""
    ax = faults.compare(fig, data, {"faulty": (r"\eta=1", (150, 0.42)), "mended": (r"\eta=0.1", (150, 0.06))}, xlim=(0, 200), ylim=(0.01, 1.05))
    style.ticks(ax.xaxis, (0, 50, 100, 150, 200))
    style.ticks(ax.yaxis, (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1))
    style.ylabel(ax, "s")
    style.xlabel(ax, "k")
