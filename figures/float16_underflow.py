"""Share of the gradient's entries that float16 turns to zero, over the updates, without and with a loss scale."""

from figures import faults, style


def data():
    """Share of the first layer's weights whose gradient is zero in float16 alone, by update: least, median and largest of the runs."""
    return faults.columns("float16_underflow")


def draw(fig, data):
    """Both scales; a share of zero lies below the frame."""
    ax = faults.compare(fig, data, {"faulty": ("S=1", (100, 0.6)), "mended": ("S=2^{15}", (20, 3e-3))}, xlim=(0, 140), ylim=(1e-4, 1.3))
    style.ticks(ax.xaxis, (0, 20, 40, 60, 80, 100, 120, 140))
    style.decades(ax.yaxis, -4, 0, 1)
    style.ylabel(ax, "s")
    style.xlabel(ax, "k")
