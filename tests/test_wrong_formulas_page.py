"""The page of famous wrong formulas: every item names commands, and each command rejects or accepts as the page says.

The Chinese page holds the same commands (the parity check sees to that). Formulas: exit code 1, under the false alarms 0.
Mutants: every wrong version listed is killed.
"""

import re
import shlex
from pathlib import Path

import pytest

from derivations.__main__ import main

PAGE = Path(__file__).resolve().parent.parent / "docs" / "en" / "practice" / "wrong-formulas.md"
HEADING = re.compile(r"##+ .*\{#([a-z0-9]+)\}")
RIGHT = {"alarms"}  # the section whose formulas must be accepted


def items(text):
    """(line, name, commands) of every item of the page: the P's, the unconfirmed ones and the false alarms."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if heading := HEADING.match(line):
            found.append((number, heading[1], []))
        elif line.startswith("python -m derivations "):
            found[-1][2].append((number, line))
        elif line.startswith("  --"):  # a command goes on after a backslash
            at, begun = found[-1][2].pop()
            found[-1][2].append((at, begun.removesuffix("\\") + line))
    return [item for item in found if re.match(r"p\d\d|unconfirmed|alarms", item[1])]


def faults(text, file="wrong-formulas.md"):
    """A sentence for each item without a command, and each command that does not end as its item says."""
    said = []
    for at, name, commands in items(text):
        if not commands:
            said.append(f"{file}:{at}: the item “{name}” names no command that rejects it: add `python -m derivations check …` or `mutants …`.")
        said += [f"{file}:{line}: {fault}" for line, command in commands if (fault := _fault(command, name in RIGHT))]
    return said


def _fault(command, right):
    verb, *rest = shlex.split(command)[3:]
    if verb == "check":
        code = main([verb, *rest])
        return None if code == (0 if right else 1) else f"this formula ends with {code}, and should {'be accepted, with 0' if right else 'be rejected, with 1'}."
    return None if verb == "mutants" and main([verb, *rest]) == 0 else "this command rejects no wrong version."


REAL = PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for _, name, _ in items(REAL)])
def test_every_item_is_rejected_and_every_false_alarm_accepted(name):
    _, _, commands = next(item for item in items(REAL) if item[1] == name)
    assert commands
    assert [fault for _, command in commands if (fault := _fault(command, name in RIGHT))] == []


def test_the_page_has_every_published_error_once():
    named = [name for _, name, _ in items(REAL) if name.startswith("p")] + [found.lower() for found in re.findall(r"^- \*\*(P\d\d)\*\*", REAL, re.MULTILINE)]
    assert sorted(named) == [f"p{number:02d}" for number in range(1, 21)]


@pytest.mark.parametrize("published", ["P04", "P05", "P06", "P13"])
def test_the_wrong_versions_are_killed_under_the_number_of_the_page(published, capsys):
    assert f"python -m derivations mutants {published}" in REAL
    assert main(["mutants", published]) == 0
    said = capsys.readouterr().out
    assert f"  {published} " in said and "  killed " in said and "survived" not in said


RIGHT_FORM = "python -m derivations check --model linear-rnn --gradient 'J[t]' --formula 'W_hh'"
WRONG_FORM = "python -m derivations check --model linear-rnn --gradient 'J[t]' --formula 'W_hh.T'"


@pytest.mark.parametrize(
    "text, part",
    [
        ("# Top {#top}\n\n### P02: nothing {#p02}\n\nWords only.", "wrong-formulas.md:3: the item “p02” names no command"),
        (f"### P02: right {{#p02}}\n\n{RIGHT_FORM}", "wrong-formulas.md:3: this formula ends with 0, and should be rejected"),
        (f"## False alarms {{#alarms}}\n\n{WRONG_FORM}", "wrong-formulas.md:3: this formula ends with 1, and should be accepted"),
        (f"### P02: shapes {{#p02}}\n\n{WRONG_FORM.replace('W_hh.T', 'W_qh')}x", "wrong-formulas.md:3: this formula ends with 2"),
        ("### P02: other {#p02}\n\npython -m derivations models", "wrong-formulas.md:3: this command rejects no wrong version"),
    ],
)
def test_a_page_that_would_be_wrong_itself_is_refused(text, part):
    assert [sentence[: len(part)] for sentence in faults(text)] == [part]


def test_an_item_as_it_should_be_has_no_fault():
    assert faults(f"### P02: transposed {{#p02}}\n\n{WRONG_FORM}\n\n## False alarms {{#alarms}}\n\n{RIGHT_FORM}") == []
