"""What is left of the adjoint at a lag, after the training: nothing in a plain tanh network, everything in a GRU."""

from figures import faults, style


def data():
    """Adjoint at the lag relative to that at the last step: least, median and largest of the runs."""
    return faults.columns("vanished_lags")


def draw(fig, data):
    """Both networks."""
    ax = faults.compare(fig, data, {"faulty": (r"\mathrm{tanh}", (31, 1e-6)), "mended": (r"\mathrm{GRU}", (50, 2e-3))}, xlim=(0, 59), ylim=(1e-24, 1e3))
    style.ticks(ax.xaxis, (0, 10, 20, 30, 40, 50))
    style.decades(ax.yaxis, -24, 0, 4)
    style.ylabel(ax, r"\Vert\delta_{T-k}\Vert/\Vert\delta_T\Vert")
    style.xlabel(ax, "k")
