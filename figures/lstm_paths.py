"""The gradient in the cell state of LSTMs at initialization over the lag: complete, and along the cell path alone."""

import numpy as np

from figures import recurrences, style

SEED, DRAWS = 37, 20
n, d, T = 32, 8, 100
# Name: the forget bias, the size of the inputs, and the factor on the recurrent weights of the candidate.
NETWORKS = {"b0": (0.0, 1.0, 1.0), "b1": (1.0, 1.0, 1.0), "b5": (5.0, 1.0, 1.0), "rest": (0.0, 0.0, 5.0)}


def data():
    """Quantiles 0, ½, 1 over the draws of ‖∂ℓ_T/∂c_t‖ / ‖∂ℓ_T/∂c_T‖ by lag T − t, and the median of the cell path alone; one row per network and lag."""
    rows = [row for name in NETWORKS for row in _spread(name)]
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def _spread(name):
    bias, size, factor = NETWORKS[name]
    parameters = recurrences.weights("lstm", n, d, DRAWS, SEED)
    parameters["b_f"] += bias
    parameters["U_g"] *= factor
    values = recurrences.run("lstm", parameters, T, d, SEED, size)
    found = recurrences.last_loss_adjoints("lstm", parameters, values, T, SEED)["c"]
    path = {T: found[T]}
    for t in range(T - 1, 0, -1):
        path[t] = values["f"][t + 1] * path[t + 1]
    whole, alone = (lengths / lengths[:, -1:] for lengths in (recurrences.lengths(found, T), recurrences.lengths(path, T)))
    low, middle, high = recurrences.quantiles(whole)
    for t in range(T, 0, -1):
        yield {"network": name, "lag": T - t, "low": low[t - 1], "median": middle[t - 1], "high": high[t - 1], "cell_path": np.median(alone[:, t - 1])}


LINES = {"b0": (style.VANISH, style.SOLID, r"b_f=0", (40, 3e-6)), "b1": (style.SERIES[3], style.SOLID, r"b_f=1", (76, 1e-5)), "b5": (style.STEADY, style.SOLID, r"b_f=5", (76, 80)), "rest": (style.EXPLODE, style.SOLID, r"x_t=0,\ 5\,U_g", (31, 3e6))}


def draw(fig, data):
    """Norms over the lag; bands hold all draws, dashed lines are the cell path alone."""
    ax = fig.add_axes((0.125, 0.15, 0.86, 0.75))
    ax.set(yscale="log", xlim=(0, T - 1), ylim=(1e-16, 1e12))
    for name, (color, dashes, text, place) in LINES.items():
        rows = data["network"] == name
        lag, low, middle, high, alone = (data[key][rows] for key in ("lag", "low", "median", "high", "cell_path"))
        style.band(ax, lag, low, middle, high, color, dashes)
        ax.plot(lag, alone, color=color, linestyle=style.DASHED, linewidth=style.THIN)
        style.label(ax, *place, text, color)
    style.ticks(ax.xaxis, (0, 25, 50, 75))
    style.decades(ax.yaxis, -15, 10, 5)
    ax.grid(axis="y")
    style.ylabel(ax, r"\left\Vert\partial\ell_T/\partial c_t\right\Vert\ /\ \left\Vert\partial\ell_T/\partial c_T\right\Vert")
    style.xlabel(ax, "T-t")
