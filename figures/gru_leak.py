"""The gradient in the hidden state over the lag: GRUs with three biases of the update gate, and a plain tanh network."""

import numpy as np

from figures import recurrences, style

SEED, DRAWS = 38, 20
n, d, T = 32, 8, 100
# Name: the model and the bias of its update gate; in this site's convention the gate multiplies the old state.
NETWORKS = {"plain": ("state-rnn", None), "b0": ("gru", 0.0), "b1": ("gru", 1.0), "b5": ("gru", 5.0)}


def data():
    """Quantiles 0, ½, 1 over the draws of ‖∂ℓ_T/∂h_t‖ / ‖∂ℓ_T/∂h_T‖ by lag T − t, and the median of the leak alone (NaN without one); one row per network and lag."""
    rows = [row for name in NETWORKS for row in _spread(name)]
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def _spread(name):
    model, bias = NETWORKS[name]
    parameters = recurrences.weights(model, n, d, DRAWS, SEED)
    if bias is not None:
        parameters["b_z"] += bias
    values = recurrences.run(model, parameters, T, d, SEED)
    found = recurrences.last_loss_adjoints(model, parameters, values, T, SEED)["h"]
    leak = {T: found[T]}
    for t in range(T - 1, 0, -1):
        leak[t] = leak[t + 1] * (np.nan if bias is None else values["z"][t + 1])
    whole, alone = (lengths / lengths[:, -1:] for lengths in (recurrences.lengths(found, T), recurrences.lengths(leak, T)))
    low, middle, high = recurrences.quantiles(whole)
    for t in range(T, 0, -1):
        yield {"network": name, "lag": T - t, "low": low[t - 1], "median": middle[t - 1], "high": high[t - 1], "leak": np.median(alone[:, t - 1])}


LINES = {"plain": (style.MUTED, style.DOTTED, r"\tanh", (3, 1e-13)), "b0": (style.VANISH, style.SOLID, r"b_z=0", (47, 1e-8)), "b1": (style.SERIES[3], style.SOLID, r"b_z=1", (76, 1e-4)), "b5": (style.STEADY, style.SOLID, r"b_z=5", (76, 12))}


def draw(fig, data):
    """Norms over the lag; bands hold all draws, dashed lines are the leak alone."""
    ax = fig.add_axes((0.125, 0.15, 0.86, 0.75))
    ax.set(yscale="log", xlim=(0, T - 1), ylim=(1e-16, 1e3))
    for name, (color, dashes, text, place) in LINES.items():
        rows = data["network"] == name
        lag, low, middle, high, alone = (data[key][rows] for key in ("lag", "low", "median", "high", "leak"))
        style.band(ax, lag, low, middle, high, color, dashes)
        ax.plot(lag, alone, color=color, linestyle=style.DASHED, linewidth=style.THIN)
        style.label(ax, *place, text, color)
    style.ticks(ax.xaxis, (0, 25, 50, 75))
    style.decades(ax.yaxis, -15, 0, 5)
    ax.grid(axis="y")
    style.ylabel(ax, r"\left\Vert\partial\ell_T/\partial h_t\right\Vert\ /\ \left\Vert\partial\ell_T/\partial h_T\right\Vert")
    style.xlabel(ax, "T-t")
