"""The cliff of Pascanu, Mikolov & Bengio (2013): one unit, fifty steps, and what clipping does at the edge."""

import numpy as np

from derivations.algebra.program import program
from derivations.models import MODELS
from figures import style

STEPS, START, TARGET = 50, 1 / (1 + np.exp(-0.5)), 0.7
RATE, CLIP, UPDATES = 1.0, 0.1, 30
BEGIN = (5.3, -2.0)
W_RANGE, B_RANGE, GRID = (4.05, 5.5), (-2.75, -1.85), 140


def passes():
    space = {}
    exec(program(MODELS["state-rnn"], "sigmoid"), space)
    return space["forward"], space["backward"]


def loss_and_gradient(w, b):
    """(s_50 − 0.7)² and its derivatives in w and b, for arrays of parameters at once."""
    forward, backward = passes()
    w, b = np.atleast_1d(w), np.atleast_1d(b)
    parameters = {"U_h": w[:, None, None], "W_h": np.zeros((len(w), 1, 1)), "b_h": b[:, None, None]}
    given = {"h": {0: np.full((len(w), 1, 1), START)}, "x": {t: np.zeros((len(w), 1, 1)) for t in range(1, STEPS + 1)}}
    values = forward(parameters, given, STEPS)
    error = values["h"][STEPS] - TARGET
    slopes = {t: np.zeros_like(error) for t in range(1, STEPS + 1)} | {STEPS: 2 * error}
    found = backward(parameters, values, slopes, STEPS)
    return (error**2).ravel(), found["U_h"].ravel(), found["b_h"].ravel()


def data():
    """The loss on a grid (kind 0), and two descents from one point: without (1) and with clipping by norm (2)."""
    w, b = (axis.ravel() for axis in np.meshgrid(np.linspace(*W_RANGE, GRID), np.linspace(*B_RANGE, GRID)))
    rows = [(0, *row) for row in zip(w, b, loss_and_gradient(w, b)[0])]
    for kind in (1, 2):
        point = np.array(BEGIN)
        for _ in range(UPDATES):
            loss, dw, db = (x[0] for x in loss_and_gradient(*point))
            rows.append((kind, *point, loss))
            gradient = np.array([dw, db])
            size = np.linalg.norm(gradient)
            point = point - RATE * gradient * (min(1, CLIP / size) if kind == 2 else 1)
    kinds, w, b, loss = (np.array(column) for column in zip(*rows))
    return {"kind": kinds, "w": w, "b": b, "loss": loss}


def draw(fig, data):
    fig.set_size_inches(*style.SQUARE)
    ax = fig.add_axes((0.115, 0.11, 0.85, 0.80))
    grid = data["kind"] == 0
    ax.contourf(*(data[key][grid].reshape(GRID, GRID) for key in ("w", "b", "loss")), levels=np.linspace(0, 0.4, 9), colors=style.HEAT[:9], extend="max")
    for kind, color, dashes, marker in ((1, style.EXPLODE, style.DASHED, "s"), (2, style.SERIES[3], style.SOLID, "o")):
        rows = data["kind"] == kind
        ax.plot(data["w"][rows], data["b"][rows], color=color, linestyle=dashes, marker=marker, markersize=4.5, linewidth=style.THIN, markeredgecolor=style.PAPER, markeredgewidth=0.5)
    style.label(ax, 4.42, -1.93, r"g", style.EXPLODE)
    style.label(ax, 4.56, -2.2, r"\left\Vert g\right\Vert\leq 0.1", style.SERIES[3])
    ax.set(xlim=W_RANGE, ylim=B_RANGE)
    style.ylabel(ax, "b")
    style.xlabel(ax, "w")
