"""Figures: the same bytes on every run, the known numbers, and what happens when one cannot be drawn."""

import os
import subprocess
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from figures import NAMES
from figures import __main__ as command
from figures import transient_growth

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
    assert "home_problem" in said and "no such factor" in said and "test_figures.py:40" in said
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_figure_is_refused_with_a_suggestion(capsys):
    assert command.main(["home_probelm"]) == 2
    assert "home_problem" in capsys.readouterr().err


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_module_with_data_and_draw(name):
    module = __import__(f"figures.{name}", fromlist=["data"])
    assert callable(module.data) and callable(module.draw)
