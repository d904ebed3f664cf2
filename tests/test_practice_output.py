"""What "Recipes" and "Checking your own gradient" say was printed is printed: each program or command with a text block right behind it, in both languages.

A program for a framework runs where the framework is installed; elsewhere it is skipped by name.
"""

import re
import shlex
import subprocess
import sys
import textwrap

import pytest

from tests.test_page_code import ROOT, frameworks

PAIR = re.compile(r"^( *)```(python|bash)\n((?:(?!^ *```).*\n)*)\1```\n\n\1```text\n((?:(?!^ *```).*\n)*)\1```", re.MULTILINE)


def pairs():
    for file in sorted((ROOT / "docs").glob("??/practice/*.md")):
        if file.name in ("recipes.md", "checking-gradients.md"):
            text = file.read_text(encoding="utf-8")
            for found in PAIR.finditer(text):
                where = f"{file.parent.parent.name}:{file.name}:{text.count(chr(10), 0, found.start()) + 2}"
                yield pytest.param(found[2], *(textwrap.dedent(part) for part in (found[3], found[4])), id=where)


@pytest.mark.parametrize("language, code, printed", list(pairs()))
def test_what_a_page_shows_is_what_was_printed(language, code, printed):
    if language == "python" and (missing := frameworks(code)):
        pytest.skip(f"{', '.join(missing)} is not installed")
    command = ["-c", code] if language == "python" else shlex.split(code.replace("\\\n", " "))[1:]
    found = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=240)
    assert found.stdout == printed, found.stderr


def test_the_pages_show_as_many_outputs_as_were_written():
    assert len(list(pairs())) == 2 * (1 + 7)
