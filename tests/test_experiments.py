"""The experiments train on the site's own gradients: they agree with an outside framework, and the kept data is theirs."""

import importlib
import json

import pytest

from experiments.__main__ import FOLDER, TRAINED, code_hash
from experiments.adding import SETTINGS, train
from experiments.recurrent import gradients, initial, read_out, run

SMALL = {**SETTINGS, "seeds": [0, 1], "updates": 4, "units": 5, "batch": 3}


def test_the_same_seeds_give_the_same_errors():
    assert train("LSTM", 6, SMALL) == train("LSTM", 6, SMALL)


@pytest.mark.parametrize("model, recurrent", [("state-rnn", "orthogonal"), ("lstm", "random"), ("gru", "random")])
def test_losses_and_gradients_match_an_outside_framework(model, recurrent):
    import autograd.numpy as np
    from autograd import grad

    squash = lambda z: 1 / (1 + np.exp(-z))

    def outside(p, inputs, targets):
        """The same networks, written again for one run."""
        h = c = np.zeros((5, inputs.shape[2]))
        gate = lambda letter, x, state: np.dot(p["W_" + letter], x) + np.dot(p["U_" + letter], state) + p["b_" + letter]
        for x in inputs:
            if model == "lstm":
                c = squash(gate("f", x, h)) * c + squash(gate("i", x, h)) * np.tanh(gate("g", x, h))
                h = squash(gate("o", x, h)) * np.tanh(c)
            elif model == "gru":
                r, z = squash(gate("r", x, h)), squash(gate("z", x, h))
                h = z * h + (1 - z) * np.tanh(gate("g", x, r * h))
            else:
                h = np.tanh(gate("h", x, h))
        return np.mean((np.dot(p["V"], h) + p["c_out"] - targets) ** 2)

    source = np.random.default_rng(3)
    inputs, targets = source.normal(size=(7, 1, 2, 4)), source.normal(size=(1, 1, 4))
    parameters = initial(model, 5, 2, 1, [11], recurrent)
    values = run(model, "tanh", parameters, inputs)
    error = read_out(parameters, values["h"][7]) - targets
    found = gradients(model, "tanh", parameters, values, {7: 2 * error / 4}, 7)
    one = {name: array[0] for name, array in parameters.items()}
    assert (error**2).mean() == pytest.approx(outside(one, inputs[:, 0], targets[0]), rel=1e-12)
    for name, expected in grad(outside)(one, inputs[:, 0], targets[0]).items():
        assert found[name][0] == pytest.approx(expected, rel=1e-9, abs=1e-14), name


@pytest.mark.parametrize("name", TRAINED)
def test_the_kept_data_was_made_by_this_code(name):
    kept = json.loads((FOLDER / "data" / f"{name}.json").read_text(encoding="utf-8"))
    assert kept["code"] == code_hash(), f"experiments/ has changed since experiments/data/{name}.json was made: run `python -m experiments {name}` again"
    assert kept["settings"] == importlib.import_module(f"experiments.{name}").SETTINGS
