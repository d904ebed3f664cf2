"""What the pages offer for copying works: Python programs run, and commands end as the page says.

A program for a framework runs where the framework is installed; elsewhere only its syntax is looked at, and it is skipped
by name. The Chinese pages hold the same code (the parity check sees to that). "How to contribute" and "Famous wrong formulas" have tests of their own.
"""

import ast
import importlib.util
import re
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from derivations.__main__ import main

ROOT = Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^( *)```(python|bash)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
EXITS = {"check": (0, 1)}


def blocks():
    """(page, line, language, code) of every block of code, in the order of the pages."""
    for file in sorted((ROOT / "docs" / "en").rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        for found in FENCE.finditer(text) if file.name not in ("contribute.md", "wrong-formulas.md") else ():
            yield file.relative_to(ROOT / "docs" / "en").as_posix(), text.count("\n", 0, found.start()) + 2, found[2], textwrap.dedent(found[3])


PROGRAMS = [pytest.param(code, id=f"{page}:{line}") for page, line, language, code in blocks() if language == "python"]
COMMANDS = [
    pytest.param(page, command, id=f"{page}:{line} {shlex.split(command)[3]}")
    for page, line, language, code in blocks()
    if language == "bash"
    for command in re.split(r"^(?=python -m )", code.replace("\\\n", " "), flags=re.MULTILINE)  # a quoted formula may go over several lines
    if re.match("python -m derivations (?!verify)", command)  # verifying is the gate itself, and would write evidence here
]


def frameworks(code):
    """Top-level names of the modules that a program imports and that are not installed."""
    names = {alias.name for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom)}
    return sorted(name for name in {name.partition(".")[0] for name in names} if importlib.util.find_spec(name) is None)


@pytest.mark.parametrize("code", PROGRAMS)
def test_a_program_on_a_page_runs(code, tmp_path):
    if missing := frameworks(code):
        pytest.skip(f"{', '.join(missing)} is not installed")
    finished = subprocess.run([sys.executable, "-W", "error::DeprecationWarning:__main__", "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=240)
    assert finished.returncode == 0, finished.stderr


@pytest.mark.parametrize("page, command", COMMANDS)
def test_a_command_on_a_page_ends_as_it_should(page, command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for found in (code for of, _, language, code in blocks() if of == page and language == "python" and code.startswith("def gradient(")):
        (tmp_path / "my_gradient.py").write_text(found, encoding="utf-8")
    verb, *rest = shlex.split(command)[3:]
    code = main([verb, *rest])
    assert code in EXITS.get(verb, (0,)), capsys.readouterr()


def test_a_broken_program_and_a_broken_command_would_be_noticed(tmp_path):
    assert frameworks("import no_such_framework.part\nfrom numpy import linalg") == ["no_such_framework"]
    broken = subprocess.run([sys.executable, "-c", "import numpy\nnumpy.no_such_function()"], cwd=tmp_path, capture_output=True, check=False)
    assert broken.returncode != 0
    assert main(["check", "--model", "lstm", "--gradient", "U_f", "--formula", "sum(da_f[t] @ h[t].T for t in range(1, T+1))"]) == 1
    assert main(["check", "--model", "lstm", "--gradient", "U_f", "--formula", "sum(da_f[t] @ "]) == 2
