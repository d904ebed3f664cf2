"""What is left of the adjoint at a lag, after one update: unclipped it grows by a factor per step."""

from figures import faults, style


def data():
    """Adjoint at the lag relative to that at the last step: least, median and largest of the runs."""
    return faults.columns("exploding_rnn")


def draw(fig, data):
    """With and without clipping."""
    ax = faults.compare(fig, data, {"faulty": (r"\theta=\infty", (6, 1e30)), "mended": (r"\theta=1", (30, 1e5))}, xlim=(0, 40), ylim=(1e-4, 1e60))
    style.ticks(ax.xaxis, (0, 10, 20, 30, 40))
    style.decades(ax.yaxis, 0, 60, 10)
    style.ylabel(ax, r"\Vert\delta_{T-k}\Vert/\Vert\delta_T\Vert")
    style.xlabel(ax, "k")
