"""The command line: help with examples, the bar, the record as JSON."""

import io
import json
import subprocess
import sys
from dataclasses import replace

import pytest

from derivations import cli_verify
from derivations.__main__ import FORMS, main
from derivations.cli_words import EVIDENCE

VERBS = ("verify", "mutants", "list", "show", "table", "graph", "models", "check", "program")


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_every_verb_ends_with_an_example(verb, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([verb, "--help"])
    assert stopped.value.code == 0 and f"python -m derivations {verb}" in capsys.readouterr().out.partition("examples:")[2]


def test_the_help_of_show_describes_every_key_of_a_record(capsys):
    from derivations.catalog import catalog
    from derivations.checking.verify import Outcome
    from derivations.record import __doc__ as described
    from derivations.record import record

    keys = set(record(catalog()["powers.jordan"], Outcome("UNCHECKED", (), (), (), 0.0))) | {"topics", "hash", "versions", "verified"}
    assert {key for key in keys if key not in described} == set()


@pytest.mark.parametrize("form", FORMS)
def test_a_result_is_shown_in_every_form(form, capsys):
    assert main(["show", "V110", "--as", form]) == 0 and capsys.readouterr().out.strip()


def test_a_form_that_does_not_exist_is_said():
    with pytest.raises(SystemExit, match="has no numpy form"):
        main(["show", "products.vanishing", "--as", "numpy"])


@pytest.mark.skipif(not (EVIDENCE / "index.json").exists(), reason="there is no evidence yet")
def test_the_record_is_shown_as_json(capsys):
    assert main(["show", "V110", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["slug"] == "rnn.linear.grad_W_hh"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently there")
def test_output_that_nobody_reads_to_the_end_is_no_error():
    piped = subprocess.Popen([sys.executable, "-m", "derivations", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=EVIDENCE.parent.parent)
    piped.stdout.readline(), piped.stdout.close()
    assert piped.stderr.read() == b"" and piped.wait() <= 0


@pytest.mark.parametrize("changes, said", [
    ({"kind": "guess"}, r"^derivations/linear_rnn.py, line \d+: Entry 'rnn.linear.grad_x' has the kind 'guess': use one of"),
    ({"id": "V110"}, r"^\S+, line \d+: the id 'V110' belongs to 'rnn.linear.grad_W_hh' already; take a new one\.$"),
])
def test_what_a_topic_wrote_wrongly_is_one_sentence_with_file_and_line(changes, said, monkeypatch):
    from derivations import catalog, linear_rnn

    right = linear_rnn.derived
    monkeypatch.setattr(linear_rnn, "derived", lambda *given, **named: replace(right(*given, **named), **(changes if given[2] == "rnn.linear.grad_x" else {})))
    for known in (catalog.catalog, catalog._published, catalog.used):
        known.cache_clear()
    try:
        with pytest.raises(SystemExit, match=said):
            main(["list"])
    finally:
        monkeypatch.undo()
        for known in (catalog.catalog, catalog._published, catalog.used):
            known.cache_clear()


def test_a_network_is_printed_as_a_program_that_runs(capsys):
    assert main(["program", "lstm"]) == 0
    space = {}
    exec(capsys.readouterr().out, space)
    assert callable(space["forward"]) and callable(space["backward"])


def test_a_network_without_a_program_is_said():
    with pytest.raises(SystemExit, match="'tanh-rnn' has no NumPy program yet: Softmax"):
        main(["program", "tanh-rnn"])


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_the_bar_is_drawn_on_a_terminal_only(monkeypatch):
    for stream, drawn in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr("sys.stderr", stream)
        assert list(cli_verify._watched(iter([1, 2]), ["one", "two"])) == [1, 2]
        assert ("1/2 two" in stream.getvalue()) == drawn
        assert not drawn or stream.getvalue().endswith("\r\x1b[K"), "the bar is wiped out in the end"


def test_published_errors_and_results_are_asked_for_apart():
    with pytest.raises(SystemExit, match="not together"):
        main(["mutants", "P04", "V110"])
    with pytest.raises(SystemExit, match="No mutant carries the published error P99"):
        main(["mutants", "P99"])
