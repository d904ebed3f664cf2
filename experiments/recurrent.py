"""Recurrent networks whose forward and backward pass are the programs written by ``derivations.algebra.program``.

All arrays have a leading axis of S runs (one seed each), so that several runs cost little more than one. Vectors of a batch
of B sequences are S x n x B.
"""

from functools import cache

import numpy as np

from derivations.algebra.program import program
from derivations.models import MODELS


@cache
def compiled(model, phi="tanh"):
    """The functions forward and backward of a model."""
    space = {}
    exec(compile(program(MODELS[model], phi), f"<program of {model}>", "exec"), space)
    return space["forward"], space["backward"]


def initial(model, units, inputs, outputs, seeds, recurrent="random", forget_bias=1.0):
    """Parameters of a network with its read-out: {name: S x rows x cols}.

    Weights are uniform in +-sqrt(1/columns); ``recurrent`` makes the recurrent weights 'random' (the same rule),
    'orthogonal' or 'identity'. Biases are zero, except the forget gate's.
    """
    sources = [np.random.default_rng(seed) for seed in seeds]
    sizes = {"n": units, "d": inputs, "1": 1}

    def weights(rows, cols, kind):
        if kind == "identity":
            return np.stack([np.eye(rows) for _ in sources])
        if kind == "orthogonal":
            return np.stack([_orthogonal(source, rows) for source in sources])
        return np.stack([source.uniform(-1, 1, (rows, cols)) / np.sqrt(cols) for source in sources])

    found = {}
    for variable in MODELS[model].parameters:
        rows, cols = (sizes[str(side)] for side in variable.term.shape)
        if cols == 1:
            found[variable.name] = np.full((len(seeds), rows, 1), forget_bias if variable.name == "b_f" else 0.0)
        else:
            found[variable.name] = weights(rows, cols, recurrent if rows == cols == units and variable.name.startswith("U") else "random")
    return found | {"V": weights(outputs, units, "random"), "c_out": np.zeros((len(seeds), outputs, 1))}


def _orthogonal(source, n):
    q, r = np.linalg.qr(source.normal(size=(n, n)))
    return q * np.sign(np.diag(r))


def start(model, units, runs, batch):
    """Initial states, all zero."""
    names = [v.name for v in MODELS[model].given if v.is_family and str(v.first) == "0"]
    return {name: {0: np.zeros((runs, units, batch))} for name in names}


def run(model, phi, parameters, inputs):
    """All values of a forward pass; ``inputs`` is T x S x d x B."""
    length, runs, _, batch = inputs.shape
    given = start(model, parameters["V"].shape[2], runs, batch) | {"x": {t: inputs[t - 1] for t in range(1, length + 1)}}
    return compiled(model, phi)[0](parameters, given, length)


def read_out(parameters, state):
    return parameters["V"] @ state + parameters["c_out"]


def gradients(model, phi, parameters, values, slopes, length):
    """Gradients in all parameters; ``slopes`` maps a time step to dL/d(output there), S x outputs x B."""
    nothing = np.zeros_like(values["h"][1])
    dl = {t: parameters["V"].mT @ slopes[t] if t in slopes else nothing for t in range(1, length + 1)}
    found = compiled(model, phi)[1](parameters, values, dl, length)
    found["V"] = sum(slope @ values["h"][t].mT for t, slope in slopes.items())
    found["c_out"] = sum(slope.sum(axis=-1, keepdims=True) for slope in slopes.values())
    return found
