"""How much of a gradient is left after fifty steps in recurrent networks at initialization, one remedy a row."""

import numpy as np

from figures import recurrences, style

SEED, DRAWS = 42, 20
n, d, T, LAG = 32, 8, 60, 50
# Label: model, activation, kind of recurrent weights, the bias that is set and its value, the state that is looked at.
NETWORKS = {
    r"\tanh": ("state-rnn", "tanh", "random", None, 0, "h"),
    r"\tanh,\ W^{\top}W=I": ("state-rnn", "tanh", "orthogonal", None, 0, "h"),
    r"\mathrm{ReLU},\ W=I": ("state-rnn", "relu", "identity", None, 0, "h"),
    r"\mathrm{GRU},\ b_z=0": ("gru", "tanh", "random", "b_z", 0, "h"),
    r"\mathrm{GRU},\ b_z=3": ("gru", "tanh", "random", "b_z", 3, "h"),
    r"\mathrm{LSTM},\ b_f=1": ("lstm", "tanh", "random", "b_f", 1, "c"),
    r"\mathrm{LSTM},\ b_f=5": ("lstm", "tanh", "random", "b_f", 5, "c"),
}


def data():
    """Quantiles 0, ½, 1 over the draws of the gradient of ℓ_T in the state 50 steps earlier, over that in the last state; one row per network."""
    rows = [{"network": name, **dict(zip(("low", "median", "high"), _left(*network), strict=True))} for name, network in NETWORKS.items()]
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def _left(model, phi, recurrent, bias, value, state):
    parameters = recurrences.weights(model, n, d, DRAWS, SEED, recurrent)
    if bias:
        parameters[bias] += value
    values = recurrences.run(model, parameters, T, d, SEED, phi=phi)
    found = recurrences.lengths(recurrences.last_loss_adjoints(model, parameters, values, T, SEED, phi)[state], T)
    return recurrences.quantiles(found[:, T - LAG - 1] / found[:, -1])


def draw(fig, data):
    """A dot for the median and a line for the range, on a logarithmic axis."""
    ax = fig.add_axes((0.335, 0.08, 0.63, 0.80))
    ax.set(xscale="log", xlim=(1e-19, 1e3), ylim=(len(NETWORKS) - 0.5, -0.5))
    for row, (low, middle, high) in enumerate(zip(data["low"], data["median"], data["high"], strict=True)):
        color = style.VANISH if middle < 1e-2 else style.STEADY
        ax.plot([low, high], [row, row], color=color, linewidth=style.THICK, alpha=0.4)
        ax.plot([middle], [row], color=color, marker="o" if middle < 1e-2 else "s", markersize=8)
    ax.axvline(1, color=style.INK, linewidth=style.THIN)
    style.decades(ax.xaxis, -15, 0, 5)
    ax.set_yticks(range(len(NETWORKS)), [f"${name}$" for name in data["network"]])
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x")
    style.ylabel(ax, r"\left\Vert\partial\ell_T/\partial(\cdot)_{T-50}\right\Vert\ /\ \left\Vert\partial\ell_T/\partial(\cdot)_{T}\right\Vert")
