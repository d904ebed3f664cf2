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
    yield from recurrences.over_lag(name, recurrences.last_loss_adjoints(model, parameters, values, T, SEED)["h"], values.get("z"), T)


LINES = {"plain": (style.MUTED, style.DOTTED, r"\tanh", (3, 1e-13)), "b0": (style.VANISH, style.SOLID, r"b_z=0", (47, 1e-8)), "b1": (style.SERIES[3], style.SOLID, r"b_z=1", (76, 1e-4)), "b5": (style.STEADY, style.SOLID, r"b_z=5", (76, 12))}


def draw(fig, data):
    """Norms over the lag; bands hold all draws, dashed lines are the leak alone."""
    ax = fig.add_axes((0.125, 0.15, 0.86, 0.75))
    ax.set(yscale="log", xlim=(0, T - 1), ylim=(1e-16, 1e3))
    recurrences.draw_over_lag(ax, data, LINES)
    style.decades(ax.yaxis, -15, 0, 5)
    style.ylabel(ax, r"\left\Vert\partial\ell_T/\partial h_t\right\Vert\ /\ \left\Vert\partial\ell_T/\partial h_T\right\Vert")
