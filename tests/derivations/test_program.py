"""The NumPy program of a model computes the gradients of its own forward pass; a wrong one is noticed."""

import numpy as np
import pytest

from derivations.algebra.program import program
from derivations.models import MODELS

SIZES, BATCH, LENGTH, STEP = {"n": 4, "d": 3, "q": 2, "1": 1}, 5, 6, 1e-5
PROGRAMS = [("feed-forward", "tanh"), ("feed-forward", "sigmoid"), ("lstm", "tanh"), ("gru", "tanh"), ("state-rnn", "tanh"), ("state-rnn", "relu"), ("linear-rnn", "tanh"), ("residual", "tanh")]
# The output that the loss reads, and the factor in front of it, where they are not h and one.
READ = {"linear-rnn": ("o", 1 / LENGTH)}


def setting(model):
    """Random parameters and data for a model, and the fixed slope of a linear loss at every index."""
    source = np.random.default_rng(7)
    shape = lambda v: tuple(SIZES[str(side)] for side in v.term.shape)
    parameters = {v.name: {i: source.normal(size=shape(v)) for i in range(1, LENGTH + 1)} if v.is_family else source.normal(size=shape(v)) for v in model.parameters}
    given = {"x": {t: source.normal(size=(SIZES["d"], BATCH)) for t in range(1, LENGTH + 1)}, "h": {0: source.normal(size=(SIZES["n"], BATCH))}, "c": {0: source.normal(size=(SIZES["n"], BATCH))}}
    slopes = {t: source.normal(size=(SIZES["n"], BATCH)) for t in range(1, LENGTH + 1)}
    return parameters, given, slopes


def worst_error(name, phi, source):
    model, space = MODELS[name], {}
    exec(source, space)
    parameters, given, slopes = setting(model)
    only_last = name in ("feed-forward", "residual")
    output, factor = READ.get(name, ("h", 1))
    slopes = {t: slope[: SIZES["q"]] if output == "o" else slope for t, slope in slopes.items()}

    def loss():
        values = space["forward"](parameters, given, LENGTH)
        return factor * sum((slopes[t] * values[output][t]).sum() for t in range(1, LENGTH + 1) if t == LENGTH or not only_last)

    found = space["backward"](parameters, space["forward"](parameters, given, LENGTH), slopes, LENGTH)
    worst = 0
    for key, value in parameters.items():
        array, gradient = (value[2], found[key][2]) if isinstance(value, dict) else (value, found[key])
        for place in np.ndindex(array.shape):
            kept = array[place]
            array[place] = kept + STEP
            above = loss()
            array[place] = kept - STEP
            measured, array[place] = (above - loss()) / (2 * STEP), kept
            worst = max(worst, abs(measured - gradient[place]) / (1 + abs(measured)))
    return worst


@pytest.mark.parametrize("name, phi", PROGRAMS)
def test_a_program_computes_the_gradient_of_its_own_forward_pass(name, phi):
    assert worst_error(name, phi, program(MODELS[name], phi)) < 1e-7


def test_a_program_with_the_cell_path_cut_is_noticed():
    source = program(MODELS["lstm"])
    cut = source.replace("+ f[t + 1] * dc[t + 1]", "")
    assert cut != source
    assert worst_error("lstm", "tanh", cut) > 1e-2
