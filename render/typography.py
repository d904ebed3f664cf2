"""Chinese as it should be set: spaces around Latin and digits, full-width punctuation, one term per concept."""

import re
import tomllib
from collections.abc import Iterator

from render.pages import Page
from render.paths import Paths
from render.problems import Problem
from render.scan import FILL, NOTHING

GLOSSARY = "reference/glossary.md"
_HAN = "\u4e00-\u9fff"
_LATIN = f"A-Za-z0-9{FILL}"
_FULL_WIDTH = {",": "，", ".": "。", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", '"': "“”"}
_UNSPACED = re.compile(f"[{_HAN}][{_LATIN}]|[{_LATIN}%][{_HAN}]")
_HALF_WIDTH = re.compile(
    # After Chinese; before Chinese (with a blank or without); brackets and quotes that touch Chinese on either side.
    f"(?<=[{_HAN}])[,.;:!?()\"]|[,;:!?](?= ?[{_HAN}])|[(\"](?=[{_HAN}])|[)](?=[{_HAN}，。；：！？])"
)


def typography_problems(page: Page, terms: list[dict]) -> Iterator[Problem]:
    """Problems of a Chinese page's prose; code, formulas and addresses are no prose. `terms` are those of docs/terms.toml."""
    for number, line in enumerate(page.scan.prose.split("\n"), page.first_line):
        text = line.replace(NOTHING, "").replace("*", "")
        for sentence in (*_spacing(text), *_punctuation(text), *(_terms(text, terms) if page.path != GLOSSARY else ())):
            yield Problem(page.file, number, sentence)


def _spacing(text: str) -> Iterator[str]:
    if match := _UNSPACED.search(text):
        yield f"“{_around(text, match)}” has no space between Chinese and the formula, number, code or Latin word next to it: put one space there."


def _punctuation(text: str) -> Iterator[str]:
    if match := _HALF_WIDTH.search(text):
        yield f"“{_around(text, match)}” has the half-width “{match[0]}” in a Chinese sentence: write the full-width “{_FULL_WIDTH[match[0]]}”."


def _terms(text: str, terms: list[dict]) -> Iterator[str]:
    for term in terms:
        for synonym in term.get("avoid", []):
            if synonym in text:
                yield f"“{synonym}” stands in running text, where this site says “{'／'.join(term['zh'])}” ({term['en']}): write that."


def read_terms(paths: Paths) -> list[dict]:
    """The table of terms: `en`, `zh` (list) and, where there are any, `avoid` (list)."""
    return tomllib.loads(paths.terms.read_text(encoding="utf-8"))["term"] if paths.terms.exists() else []


def _around(text: str, match: re.Match) -> str:
    return text[max(0, match.start() - 6) : match.end() + 6].replace(FILL, "…").strip()
