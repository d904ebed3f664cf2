"""Share of saturated logistic units in the first layer, with raw and with scaled inputs."""

from figures import faults, style


def data():
    """Share of slopes below 1/100 in the first layer, by update: least, median and largest of the runs."""
    return faults.columns("saturated_sigmoid")


def draw(fig, data):
    """Both ranges of the input; a share of zero lies below the frame."""
    ax = faults.compare(fig, data, {"faulty": (r"0\leq x\leq 255", (30, 0.55)), "mended": (r"0\leq x\leq 1", (205, 4e-4))}, xlim=(0, 300), ylim=(1e-5, 1.5))
    style.ticks(ax.xaxis, (0, 100, 200, 300))
    style.decades(ax.yaxis, -5, 0, 1)
    style.ylabel(ax, "s")
    style.xlabel(ax, "k")
