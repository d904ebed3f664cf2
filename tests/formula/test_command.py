"""The verbs `models` and `check` as a reader calls them: exit codes, text in two languages, the stable JSON."""

import argparse
import json
import os
import subprocess
import sys

import pytest

from derivations import cli_check
from derivations.formula import judge, phrases
from derivations.models import MODELS

RIGHT = ["check", "--model", "linear-rnn", "--gradient", "W_hh", "--formula", "sum(dh[t] @ h[t-1].T for t in range(1, T+1))"]
WRONG = [*RIGHT[:-1], "sum(h[t-1] @ dh[t].T for t in range(1, T+1))"]
KEYS = ["format", "model", "target", "formula", "file", "verdict", "exit", "reason", "first", "shape", "worst", "looks_like", "any_activation", "samples"]


def call(*arguments):
    parser = argparse.ArgumentParser()
    cli_check.add_parsers(parser.add_subparsers(required=True))
    parsed = parser.parse_args(arguments)
    return parsed.run(parsed)


def test_exit_codes_say_agrees_disagrees_or_cannot_be_checked(tmp_path, capsys):
    assert call(*RIGHT) == 0
    assert call(*WRONG) == 1
    assert call(*RIGHT[:-1], "nothing") == 2
    assert call(*RIGHT[:-2], "--file", str(tmp_path / "missing.py")) == 2
    with pytest.raises(SystemExit) as stopped:
        call("check", "--model", "linear-rnn")
    assert stopped.value.code == 2


def test_no_command_line_ends_in_a_traceback_or_in_a_false_verdict(tmp_path):
    """A formula that begins with a minus sign, bytes that are no text, a device that never ends, a mark before the text."""
    def code(*arguments, **more):
        done = subprocess.run([sys.executable, "-m", "derivations", "check", *arguments], capture_output=True, text=True, timeout=60, **more)
        assert "Traceback" not in done.stderr and done.stdout, done.stderr
        return done.returncode
    assert code("--model", "tanh-rnn", "--gradient", "o[t]", "--formula", "-y[t]/o[t]") == 0
    assert code("--model", "tanh-rnn", "--gradient", "-o[t]", "--formula", "-y[t]/o[t]") == 2
    assert code("--model", "linear-rnn", "--gradient", "W_hh", "--json", "--formula", b"W_hh\xff") == 2
    marked, device = tmp_path / "marked.py", tmp_path / "device.py"
    marked.write_bytes(b"\xef\xbb\xbfdef g(T, dh, h):\r\n    return sum(dh[t] @ h[t-1].T for t in range(1, T+1))\r\n")
    assert code("--model", "linear-rnn", "--gradient", "W_hh", "--file", str(marked)) == 0
    if os.name == "posix":
        os.mkfifo(device)
        assert code("--model", "linear-rnn", "--gradient", "W_hh", "--file", str(device)) == 2


def test_a_fault_of_the_checker_is_not_reported_as_a_wrong_formula(monkeypatch):
    monkeypatch.setattr(judge, "compared", lambda *arguments: 1 / 0)
    report = judge.check("linear-rnn", "J[t]", "W_hh")
    assert report.exit_code == 2 and "the checker itself failed (ZeroDivisionError" in report.reason.en


def test_a_disagreement_says_what_where_and_what_it_looks_like(capsys):
    call(*WRONG)
    english = capsys.readouterr().out
    for part in ("Disagrees: ∂L/∂W_hh", "first shows at T = 1, n = 3, d = 2, q = 4", "worst entry: row", "relative error", "this is the transpose"):
        assert part in english
    call(*WRONG, "--lang", "zh")
    chinese = capsys.readouterr().out
    assert "不一致" in chinese and "转置" in chinese and "looks like" not in chinese


def test_json_has_the_same_keys_for_every_verdict(capsys):
    for arguments in (RIGHT, WRONG, [*RIGHT[:-1], "W_hh +"], [*RIGHT[:-1], "0"]):
        code = call(*arguments, "--json")
        found = json.loads(capsys.readouterr().out)
        assert list(found) == KEYS and found["exit"] == code and found["format"] == 1
    assert found["shape"] == {"given": None, "wanted": "n × n (3 × 3)"}
    call(*RIGHT, "--json")
    first = capsys.readouterr().out
    call(*RIGHT, "--json")
    assert capsys.readouterr().out == first


def test_models_lists_names_shapes_and_targets(capsys):
    assert call("models") == 0
    shown = capsys.readouterr().out
    call("models", "--json")
    listed = {model["name"]: model for model in json.loads(capsys.readouterr().out)["models"]}
    assert set(listed) == set(MODELS)
    assert listed["linear-rnn"]["targets"] == ["W_hx", "W_hh", "W_qh", "x[t]", "h[t]", "o[t]", "h[0]", "J[t]", "J[k,t]", "dh_dW[t]"]
    assert {"name": "dphi[t]", "shape": "n × 1"}.items() <= next(name for name in listed["tanh-rnn"]["names"] if name["name"] == "dphi[t]").items()
    assert "dphi[t]" in shown and "n × 1" in shown


def test_every_sentence_exists_in_both_languages_with_the_same_fields():
    import string

    def fields(sentence):
        return {name.split("!")[0] for _, name, _, _ in string.Formatter().parse(sentence) if name}
    for table in (phrases.ERRORS, phrases.FINDINGS, phrases.REPORT, phrases.MEANINGS):
        for key, (english, chinese) in table.items():
            assert fields(english) == fields(chinese), key


def test_the_checker_needs_sympy_and_mpmath_only():
    """It runs in the browser, where there is no NumPy."""
    code = "import sys; sys.modules['numpy'] = None; from derivations.formula.judge import check; print(check('linear-rnn', 'J[t]', 'W_hh').verdict, 'numpy.core' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.split() == ["agrees", "False"], done.stderr
