"""The page "How to contribute" obeys itself: its examples are followed to the letter in a copy of the project.

What the page shows as the output of a command is compared with what the command prints; only times may differ.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
PARTS = ("derivations", "experiments", "figures", "render", "theme", "docs", "build", "mkdocs.yml", "mkdocs.en.yml", "mkdocs.zh.yml", "pyproject.toml", "CITATION.cff", "notebooks")
# What the page asks for in words: the same page and the same sentence in Chinese.
GATE_ZH = [("title: A gate", "title: 门"), ("What a gate keeps", "门保留多少"), ("# A gate", "# 门"), ("A gate keeps a share of its memory, see", "门保留一定的份额，见"), (".max}.", ".max}。")]
RESULT_ZH = "门在某个预激活值下保留多大的份额，在相反的预激活值下就丢掉多大的份额。\n\n{eq activation.sigmoid.mirrored}\n\n预激活值为一时，它保留 {num activation.sigmoid.mirrored kept 3}。\n"


def blocks(language):
    """The code blocks of the English page in one language, in their order."""
    return [text for kind, text in FENCE.findall((ROOT / "docs/en/reference/contribute.md").read_text(encoding="utf-8")) if kind == language]


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """A copy of the project in which the page was followed."""
    copy = tmp_path_factory.mktemp("project")
    for part in PARTS:
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, copy / part)
    (copy / "node_modules").symlink_to(ROOT / "node_modules", target_is_directory=True)
    figure, topic, catalog, mutant, *_ = blocks("python")
    page, result, *_ = blocks("markdown")
    (copy / "figures/gate.py").write_text(figure, encoding="utf-8")
    (copy / "derivations/symmetry.py").write_text(topic, encoding="utf-8")
    _change(copy / "derivations/catalog.py", r"\Z", "\n" + catalog)
    _change(copy / "derivations/checking/mutant_names.py", r"(?<=_WRITTEN = \{\n)", f"    {mutant.strip()}\n")
    _change(copy / "figures/__init__.py", r'(?<=    "activations",\n)', '    "gate",\n')
    _change(copy / "docs/references.toml", r"\Z", "\n" + blocks("toml")[0])
    for lang, stop in (("en", "."), ("zh", "。")):
        text = page
        for english, chinese in GATE_ZH if lang == "zh" else ():
            assert english in text, f"the page's example no longer contains {english!r}"
            text = text.replace(english, chinese)
        (copy / f"docs/{lang}/start/gate.md").write_text(f"{text}\n{{cite hochreiter1998}}{stop}\n\n{{fig gate}} σ{stop}\n", encoding="utf-8")
        _change(copy / f"docs/{lang}/causes/jacobian-products.md", r"\Z", "\n" + (result if lang == "en" else RESULT_ZH))
        _change(copy / f"mkdocs.{lang}.yml", r"(?<=      - start/one-number.md\n)", "      - start/gate.md\n")
    return copy


def _change(file, where, what):
    text, count = re.subn(where, lambda _: what, file.read_text(encoding="utf-8"), count=1)
    assert count == 1, f"{file.name} has changed so that the page can no longer be followed"
    file.write_text(text, encoding="utf-8")


def run(copy, *words):
    done = subprocess.run([sys.executable, "-m", *words], cwd=copy, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout, done.stderr


def without_times(text):
    return re.sub(r"\d+\.\d+ s\b", "… s", text)


@pytest.mark.skipif(not (ROOT / "build/evidence/index.json").exists(), reason="there is no evidence yet: run `python -m derivations verify`")
def test_the_example_is_verified_shown_drawn_and_accepted(followed):
    commands = [line.split()[2:] for line in next(text for text in blocks("bash") if "mutants activation.sigmoid.mirrored" in text).splitlines()]
    printed = ""
    for words in commands:
        code, said, complaint = run(followed, *words)
        assert code == 0, complaint
        printed += said
    expected = next(text for text in blocks("text") if text.startswith("[  1/1] PASS"))
    assert without_times(printed) == without_times(expected)
    assert run(followed, "figures", "gate")[0] == 0
    for path in ("start/gate.md", "causes/jacobian-products.md"):
        assert run(followed, "render", "review", f"docs/en/{path}")[0] == 0
    code, said, complaint = run(followed, "render", "check")
    assert (code, complaint) == (0, "") and said.startswith("en: ")


@pytest.mark.skipif(not (ROOT / "build/evidence/index.json").exists(), reason="there is no evidence yet: run `python -m derivations verify`")
def test_the_wrong_sign_is_answered_as_the_page_says(followed, tmp_path):
    shutil.copytree(followed, tmp_path / "copy", symlinks=True)
    _change(tmp_path / "copy/derivations/symmetry.py", r"right = Plus\(1, -sigma\(x\)\)", "right = Plus(1, sigma(x))")
    code, said, _ = run(tmp_path / "copy", "derivations", "verify", "activation.sigmoid.mirrored")
    expected = next(text for text in blocks("text") if text.startswith("[  1/1] FAIL"))
    assert code == 1 and without_times(said).startswith(without_times(expected))
