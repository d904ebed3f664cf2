"""The experiments train on the site's own gradients: they agree with an outside framework, and the kept data is theirs."""

import importlib
import json

import pytest

from experiments import (
    convolutional, dead_relu, dense, digits, digits_gradients, float16_underflow, lags, layered, plain_or_residual, plateau_curvature, saturated_sigmoid, sequential_digits, wrong_initialization,
)
from experiments.__main__ import FOLDER, TRAINED, code_hash, modules
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


@pytest.mark.parametrize("kind, phi", [("plain", "relu"), ("plain", "sigmoid"), ("residual", "relu"), ("residual", "tanh")])
def test_a_convolutional_network_matches_an_outside_framework(kind, phi):
    import autograd.numpy as np
    from autograd import grad

    function = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z))}[phi]

    def convolution(p, layer, h):
        """One image with channels last: every output is written as a sum over what it reads, nothing is unfolded."""
        kernel = np.reshape(p[f"K{layer}"], (-1, 3, 3, h.shape[2]))
        read = np.pad(h, ((1, 1), (1, 1), (0, 0)), "constant")
        return sum(np.einsum("rcd,nd->rcn", read[i:i + h.shape[0], j:j + h.shape[1]], kernel[:, i, j]) for i in range(3) for j in range(3)) + np.reshape(p.get(f"b{layer}", 0.0), -1)

    def outside(p, images, classes):
        """The mean loss of one run, written again."""
        losses = []
        for image, wanted in zip(images, classes):
            h = function(convolution(p, 1, image[:, :, None]))
            for layer in range(2, 6, 2):
                if kind == "residual":
                    h = h + convolution(p, layer + 1, function(convolution(p, layer, h)))
                else:
                    h = function(convolution(p, layer + 1, function(convolution(p, layer, h))))
            z = np.dot(p["V"], np.reshape(np.transpose(h, (2, 0, 1)), -1)) + p["c"][:, 0]
            losses.append(np.log(np.sum(np.exp(z))) - z[wanted])
        return sum(losses) / len(losses)

    source = np.random.default_rng(8)
    images, classes = source.random((3, 4, 4)), np.array([1, 9, 4])
    p = convolutional.initial(kind, 5, 3, [4, 5], size=4)
    p = {name: array + 0.1 * source.normal(size=array.shape) for name, array in p.items()}
    logits, kept = convolutional.forward(kind, phi, p, np.broadcast_to(np.moveaxis(images, 0, 2), (2, 1, 4, 4, 3)))
    loss, slope = digits.cross_entropy(logits, np.broadcast_to(classes, (2, 3)))
    found = convolutional.backward(kind, phi, p, kept, slope)
    for place in range(2):
        one = {name: array[place] for name, array in p.items()}
        assert loss[place] == pytest.approx(outside(one, images, classes), rel=1e-12)
        expected = grad(outside)(one, images, classes)
        assert set(found) == set(expected)
        for name, of in expected.items():
            assert found[name][place] == pytest.approx(of, rel=1e-9, abs=1e-14), name


@pytest.mark.parametrize("normalized", [False, True])
def test_a_dense_network_matches_an_outside_framework(normalized):
    import autograd.numpy as np
    from autograd import grad

    def outside(p, x, classes):
        """The mean loss of one run, written again, unit by unit."""
        rows = list(x)
        for layer in (1, 2):
            reached = []
            for weights, bias in zip(p[f"W{layer}"], p[f"b{layer}"]):
                a = sum(w * row for w, row in zip(weights, rows))
                if normalized:
                    centred = a - np.sum(a) / len(a)
                    a = centred / (np.sum(centred**2) / len(a) + dense.EPSILON) ** 0.5
                reached.append(np.maximum(a + bias[0], 0))
            rows = reached
        z = np.dot(p["W3"], np.array(rows)) + p["b3"]
        return np.mean(np.array([np.log(np.sum(np.exp(z[:, k]))) - z[wanted, k] for k, wanted in enumerate(classes)]))

    source = np.random.default_rng(9)
    x, classes = source.normal(size=(2, 5, 4)), np.array([1, 9, 4, 0])
    p = {name: array + 0.1 * source.normal(size=array.shape) for name, array in dense.initial(3, 6, [4, 5], inputs=5).items()}
    logits, kept = dense.forward(p, x, {} if normalized else None)
    loss, slope = digits.cross_entropy(logits, np.broadcast_to(classes, (2, 4)))
    found = dense.backward(p, kept, slope)
    for place in range(2):
        one = {name: array[place] for name, array in p.items()}
        assert loss[place] == pytest.approx(outside(one, x[place], classes), rel=1e-12)
        for name, expected in grad(outside)(one, x[place], classes).items():
            assert found[name][place] == pytest.approx(expected, rel=1e-9, abs=1e-14), name


def test_the_lowest_curvature_is_that_of_the_matrix():
    import numpy as np

    source = np.random.default_rng(1)
    square = source.normal(size=(2, 12, 12))
    symmetric = square + square.mT
    found = plateau_curvature.lowest(lambda v: (symmetric @ v[..., None])[..., 0], source.normal(size=(2, 12)), 12)
    assert found == pytest.approx(np.linalg.eigvalsh(symmetric)[:, 0], rel=1e-9)


@pytest.mark.parametrize("phi", ["relu", "sigmoid"])
def test_a_layered_network_matches_an_outside_framework(phi):
    import autograd.numpy as np
    from autograd import grad

    function = {"relu": lambda z: np.maximum(z, 0), "sigmoid": lambda z: 1 / (1 + np.exp(-z))}[phi]

    def outside(p, columns, classes):
        """The mean loss of one run, written again."""
        h = columns
        for layer in (1, 2, 3):
            h = function(np.dot(p[f"W{layer}"], h) + p[f"b{layer}"])
        z = np.dot(p["V"], h) + p["c"]
        return np.mean(np.log(np.sum(np.exp(z), axis=0)) - z[classes, np.arange(len(classes))])

    source = np.random.default_rng(12)
    images, classes = source.random((2, 4, 8, 8)), source.integers(0, 10, (2, 4))
    p = {name: array + 0.1 * source.normal(size=array.shape) for name, array in layered.initial(3, [6, 7], 2.0).items()}
    logits, values = layered.forward(phi, p, layered.columns(images))
    loss, slope = digits.cross_entropy(logits, classes)
    found = layered.backward(phi, p, values, slope)
    for place in range(2):
        one, columns = {name: array[place] for name, array in p.items()}, images[place].reshape(4, 64).T
        assert loss[place] == pytest.approx(outside(one, columns, classes[place]), rel=1e-12)
        expected = grad(outside)(one, columns, classes[place])
        assert set(found) == set(expected)
        for name, of in expected.items():
            assert found[name][place] == pytest.approx(of, rel=1e-9, abs=1e-14), name


def test_the_profile_over_the_lags_is_that_of_a_nudged_state():
    import autograd.numpy as np
    from autograd import grad

    def outside(nudge, p, inputs, at):
        """The sum of the outputs at the end when the state after step ``at`` is moved."""
        h = np.zeros((5, inputs.shape[2]))
        for t, x in enumerate(inputs, 1):
            h = np.tanh(np.dot(p["W_h"], x) + np.dot(p["U_h"], h) + p["b_h"]) + (nudge if t == at else 0)
        return np.sum(np.dot(p["V"], h))

    source = np.random.default_rng(4)
    inputs, parameters = source.normal(size=(6, 1, 2, 3)), initial("state-rnn", 5, 2, 1, [3])
    values = run("state-rnn", "tanh", parameters, inputs)
    found = lags.profile("state-rnn", "tanh", parameters, values, np.ones((1, 1, 3)), 6)
    one = {name: array[0] for name, array in parameters.items()}
    size = {at: np.linalg.norm(grad(outside)(np.zeros((5, 3)), one, inputs[:, 0], at)) for at in range(1, 7)}
    assert {lag: of[0] for lag, of in found.items()} == pytest.approx({6 - at: size[at] / size[6] for at in size}, rel=1e-9)


def test_an_image_of_one_row_has_the_derived_gradients():
    """The formulas of this site for one axis: of a 3 x 3 kernel only the middle row meets such an image."""
    import numpy as np

    from derivations.algebra.pycode import code
    from derivations.catalog import catalog

    def derived(slug, **names):
        return eval(code(catalog()[f"convolution.{slug}"].statement.right), {"sum": sum, "range": range, "w": 3, "T": 7} | names)

    source = np.random.default_rng(6)
    K, b, x, dz = (source.normal(size=size) for size in ((1, 4, 27), (1, 4, 1), (1, 3, 1, 7, 5), (1, 4, 7, 5)))
    taps = {j: K[0].reshape(4, 3, 3, 3)[:, 1, j] for j in range(3)}
    padded = {t: x[0, :, 0, t - 2] if 2 <= t <= 8 else np.zeros((3, 5)) for t in range(1, 10)}
    adjoint = {t: dz[0, :, t - 1] if 1 <= t <= 7 else np.zeros((4, 5)) for t in range(-1, 10)}
    read = convolutional.unfold(x)
    z, dK = (K @ read + b).reshape(4, 7, 5), (dz.reshape(1, 4, -1) @ read.mT).reshape(4, 3, 3, 3)
    dx = convolutional.fold(K.mT @ dz.reshape(1, 4, -1), x.shape)[0, :, 0]
    for t in range(1, 8):
        assert z[:, t - 1] == pytest.approx(derived("forward", K=taps, b=b[0], x=padded, t=t), rel=1e-12)
        assert dx[:, t - 1] == pytest.approx(derived("grad_x", K=taps, dz=adjoint, t=t + 1), rel=1e-12)
    for j in range(3):
        assert dK[:, 1, j] == pytest.approx(derived("grad_K", x=padded, dz=adjoint, j=j), rel=1e-12)
    assert not dK[:, (0, 2)].any()
    assert dz.sum(axis=(2, 3))[0] == pytest.approx(derived("grad_b", dz=adjoint).sum(axis=1), rel=1e-12)


def test_the_pieces_of_an_image_are_read_from_left_to_right_and_top_to_bottom():
    import numpy as np

    image = np.arange(64).reshape(1, 1, 8, 8)
    for length in (8, 16, 64):
        pieces = sequential_digits.pieces(image, length)
        assert pieces.shape == (length, 1, 64 // length, 1) and pieces.ravel().tolist() == list(range(64))


@pytest.mark.parametrize("name", TRAINED)
def test_the_kept_data_was_made_by_this_code(name):
    kept = json.loads((FOLDER / "data" / f"{name}.json").read_text(encoding="utf-8"))
    assert kept["code"] == code_hash(name), f"experiments/ has changed since experiments/data/{name}.json was made: run `python -m experiments {name}` again"
    assert kept["settings"] == importlib.import_module(f"experiments.{name}").SETTINGS


def test_another_experiment_does_not_make_data_stale():
    assert "digits" not in " ".join(modules("experiments.adding")) and "experiments.copying" in modules("experiments.copying_longer")


def test_the_digits_are_those_of_the_kept_data():
    pytest.importorskip("sklearn")
    for module in (dead_relu, saturated_sigmoid, wrong_initialization, float16_underflow, sequential_digits, plain_or_residual, digits_gradients):
        kept = json.loads((FOLDER / "data" / f"{module.__name__.split('.')[1]}.json").read_text(encoding="utf-8"))
        assert {**kept["data"], "scikit-learn": ""} == {**digits.provenance(), "scikit-learn": ""}
    assert digits_gradients.train("sigmoid", 1, digits_gradients.SETTINGS) == pytest.approx(kept["results"]["sigmoid"]["1"], rel=1e-5)


def test_the_judgement_of_all_images_is_that_of_each_alone():
    import numpy as np

    source, p = np.random.default_rng(2), convolutional.initial("residual", 3, 2, [0, 1], dtype=np.float32)
    images, classes = source.random((5, 8, 8)), source.integers(0, 10, 5)
    together = plain_or_residual.judged("residual", p, images, classes, 2)
    alone = [plain_or_residual.judged("residual", p, images[k:k + 1], classes[k:k + 1]) for k in range(5)]
    for measure in (0, 1):
        assert together[measure] == pytest.approx(np.mean([each[measure] for each in alone], axis=0), rel=1e-5)


@pytest.mark.parametrize("kind", ["pre", "post", "scaled", "deepnorm"])
def test_the_gradients_of_the_transformer_are_those_of_central_differences(kind, monkeypatch):
    import numpy as np

    from experiments import transformer

    monkeypatch.setattr(transformer, "HEADS", 2)
    random = np.random.default_rng(5)
    x, slope = random.normal(size=(2, 3, 4))
    weights = tuple(transformer._xavier(random, 4, 4, 4))
    wide = transformer._xavier(random, 4, 16)[0], transformer._xavier(random, 16, 4)[0]
    for part, given in ((transformer.attention, weights), (transformer.perceptron, wide), (transformer.layer_norm, ())):
        back = part(x, *given)[1](slope)
        found = back[0] if given else back
        for place in np.ndindex(*x.shape):
            step = np.zeros_like(x)
            step[place] = 1e-6
            above, below = (part(x + side * step, *given)[0] for side in (1, -1))
            assert ((above - below) * slope).sum() / 2e-6 == pytest.approx(found[place], rel=1e-6, abs=1e-8)
    norms, stream, apart = transformer.stack(kind, 2, 4, 3, random)
    assert norms.shape == (4,) and stream.shape == apart.shape == (5,) and (apart <= stream).all()
