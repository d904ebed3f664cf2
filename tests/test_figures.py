"""Figures: the same bytes on every run, the known numbers, and what happens when one cannot be drawn."""

import json
import os
import shutil
import subprocess
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from figures import NAMES
from figures import __main__ as command
from figures import bound_slack, derived, linear_rnn_norms, one_number_formats, tanh_lag_heatmap, transient_growth

ROOT = Path(__file__).resolve().parent.parent


def drawn(folder, seed):
    script = f"import figures.__main__ as m, pathlib; m.TARGET = pathlib.Path({str(folder)!r}); raise SystemExit(m.main(['transient_growth', 'home_problem']))"
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_two_processes_draw_the_same_bytes(tmp_path):
    first, second = drawn(tmp_path / "a", "1"), drawn(tmp_path / "b", "2")
    assert len(first) == 4 and first == second


def test_the_transient_peaks_where_the_verified_entry_says():
    norms = [np.linalg.norm(np.linalg.matrix_power(np.array([[0.9, 5], [0, 0.9]]), n), 2) for n in range(60)]
    assert int(np.argmax(norms)) == 9 and abs(norms[9] - 19.3788) < 1e-4
    assert any(np.isclose(column, norms[9], rtol=1e-6).any() for column in transient_growth.data().values() if np.issubdtype(column.dtype, np.floating))


def test_a_figure_that_raises_is_named_with_file_and_line_and_leaves_nothing(tmp_path, monkeypatch, capsys):
    broken = types.ModuleType("figures.home_problem")

    def data():
        raise ZeroDivisionError("no such factor")

    broken.data = data
    monkeypatch.setitem(sys.modules, "figures.home_problem", broken)
    monkeypatch.setattr(command, "TARGET", tmp_path)
    assert command.main(["home_problem"]) == 1
    said = capsys.readouterr().err
    assert "home_problem" in said and "no such factor" in said and "test_figures.py:42" in said
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_figure_is_refused_with_a_suggestion(capsys):
    assert command.main(["home_probelm"]) == 2
    assert "home_problem" in capsys.readouterr().err


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_module_with_data_and_draw(name):
    module = __import__(f"figures.{name}", fromlist=["data"])
    assert callable(module.data) and callable(module.draw)


@pytest.fixture
def evidence(tmp_path, monkeypatch):
    """A copy of the evidence that a test may spoil: ``evidence(slug, key=value)``."""
    folder = tmp_path / "evidence"
    shutil.copytree(derived.EVIDENCE, folder)
    monkeypatch.setattr(derived, "EVIDENCE", folder)

    def spoil(slug, **changes):
        file = folder / f"{slug}.json"
        file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | changes), encoding="utf-8")
        derived._compiled.cache_clear()
    derived._compiled.cache_clear()
    yield spoil
    derived._compiled.cache_clear()


@pytest.mark.parametrize("module, slug, wrong", [
    (linear_rnn_norms, "rnn.linear.grad_h", "W_hh @ dh[t + 1] + W_qh.T @ do[t]"),
    (tanh_lag_heatmap, "rnn.tanh.grad_s", "W @ da[t + 1] + V.T @ dz[t]"),
    (bound_slack, "rnn.tanh.jacobian_product", "prod(W @ diag(dphi[j]) @ W for j in range(k, t, -1))"),
])
def test_a_wrong_derivation_would_change_the_figure(evidence, module, slug, wrong):
    right, hashed = module.data(), command.source_hash(module.__name__.split(".")[1], module.RESULTS)
    evidence(slug, formula=wrong)
    assert any(not np.allclose(right[key], column, rtol=1e-3) for key, column in module.data().items())
    assert command.source_hash(module.__name__.split(".")[1], module.RESULTS) != hashed


def test_what_is_not_verified_is_not_plotted(evidence, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "TARGET", tmp_path / "figures")
    evidence("rnn.linear.grad_h", verdict="FAIL")
    assert command.main(["linear_rnn_norms"]) == 1
    (derived.EVIDENCE / "rnn.tanh.dtanh.json").unlink()
    assert command.main(["bound_slack"]) == 1
    said = capsys.readouterr().err
    assert "rnn.linear.grad_h is FAIL" in said and "no evidence on rnn.tanh.dtanh" in said and not list((tmp_path / "figures").iterdir())


@pytest.mark.parametrize("module", [linear_rnn_norms, tanh_lag_heatmap, bound_slack])
def test_the_formulas_that_a_figure_names_are_those_it_uses(module, monkeypatch):
    asked, spelling = set(), derived.spelling
    derived._compiled.cache_clear()
    monkeypatch.setattr(derived, "spelling", lambda slug: asked.add(slug) or spelling(slug))
    module.data()
    assert asked == set(module.RESULTS)


def test_the_tiles_of_the_heat_map_are_the_gradient_of_the_loss():
    """Their sum along a direction of W against a central difference of the loss, both in doubles."""
    net, step = tanh_lag_heatmap.network(), 1e-6
    direction = np.random.default_rng(5).normal(size=net["W"].shape)

    def loss(W):
        s, total = net["s"][0], 0.0
        for t in sorted(net["x"]):
            s = np.tanh(net["U"] @ net["x"][t] + W @ s + net["b"])
            z = net["V"] @ s + net["c"]
            total += float(np.log(np.exp(z).sum()) - (net["y"][t] * z).sum())
        return total
    slope = (loss(net["W"] + step * direction) - loss(net["W"] - step * direction)) / (2 * step)
    tiles = sum(float((da @ net["s"][t - 1].T * direction).sum()) for (_, t), da in tanh_lag_heatmap.lag_adjoints(net).items())
    assert abs(tiles / slope - 1) < 1e-7


def test_the_steps_at_which_formats_give_out_are_the_verified_ones():
    plotted = {(name, r): n for name, r, n in zip(*(one_number_formats.data()[key] for key in ("format", "r", "n")), strict=True)}
    values = {}
    for slug in ("number.underflow", "number.overflow"):
        values |= json.loads((derived.EVIDENCE / f"{slug}.json").read_text(encoding="utf-8"))["values"]
    verified = {(name, float(key.split("_")[1])): int(value["exact"]) for key, value in values.items() for name in one_number_formats.FORMATS if key.startswith(name + "_")}
    assert len(plotted) == 24 and plotted == verified
