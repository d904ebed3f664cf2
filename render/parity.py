"""Do the two languages say the same? Strict and mechanical: what can be compared without understanding is compared."""

import re
from collections.abc import Iterator

from render.pages import Page, text_hash
from render.paths import LANGUAGES, Paths, other_language, shown
from render.problems import Problem
from render.scan import Item

_INTEGER = re.compile(r"(?<![A-Za-z0-9_.])\d+(?![A-Za-z0-9_]|\.\d)")
_LIST_MARKER = re.compile(r"^([ \t]*)\d+[.)](?=[ \t])", re.MULTILINE)
_RELATION = re.compile(r"[=<>]|\\(?:le|ge|leq|geq|approx|in|ne|to|sim)\b")
_NAMES = {
    "eq": "displayed equations",
    "fig": "figures",
    "ref": "references to equations",
    "math": "inline results",
    "num": "checked numbers",
    "cite": "citations",
    "code": "code blocks",
    "link": "links",
    "results": "generated tables",
    "verification": "generated tables",
    "map": "generated maps",
    "claims": "lists of claims",
    "graph": "generated graphs",
    "errata": "lists of errata",
    "changelog": "lists of changes",
    "translation": "generated tables",
    "citing": "forms of citation",
    "notebooks": "lists of notebooks",
}


def parity_problems(paths: Paths, pages: dict[str, dict[str, Page]]) -> list[Problem]:
    """Every difference between the languages; `pages[lang][path]` holds all pages."""
    found: list[Problem] = []
    for path in sorted({path for lang in LANGUAGES for path in pages[lang]}):
        missing = [lang for lang in LANGUAGES if path not in pages[lang]]
        if missing:
            lang = missing[0]
            here = pages[other_language(lang)][path]
            there = shown(paths.docs / lang / path)
            found.append(Problem(here.file, 1, f"this page has no counterpart: write {there}, with the same headings, equations and numbers."))
        else:
            en, zh = (pages[lang][path] for lang in LANGUAGES)
            found += [*differences(en, zh)]
            found += [problem for page, other in ((en, zh), (zh, en)) if (problem := _staleness(page, other))]
    return found


def _staleness(page: Page, other: Page) -> Problem | None:
    expected, noted = text_hash(other), str(page.meta.get("counterpart", ""))
    if noted == expected:
        return None
    state = "has changed since this page was last reviewed against it" if noted else "has not been compared with this page yet"
    return Problem(
        page.file,
        1,
        f"{other.file} {state} (front matter says counterpart: {noted or 'nothing'}, its text is now {expected}): "
        f"bring both into line, then run `python -m render review {page.file}`.",
        stale=True,
    )


def changed_since_review(en: Page, zh: Page) -> tuple[str, ...]:
    """The languages whose text is not the one that the other page was last reviewed against."""
    return tuple(page.lang for page, other in ((en, zh), (zh, en)) if str(other.meta.get("counterpart")) != text_hash(page))


def differences(en: Page, zh: Page) -> Iterator[Problem]:
    """Differences between two pages, reported in the Chinese file's line where there is one; either side may be the wrong one."""
    if en.meta.get("chapter") != zh.meta.get("chapter"):
        yield Problem(zh.file, 1, f"the front matter says chapter: {zh.meta.get('chapter')}, and {en.file} says {en.meta.get('chapter')}.")
    yield from _first_difference(en, zh, "headings", *(_headings(page) for page in (en, zh)))
    for kind in ("eq", "fig", "ref", "math", "num", "cite", "code", "link", "results", "verification", "map", "claims", "graph", "errata", "changelog", "translation", "citing", "notebooks"):
        yield from _first_difference(en, zh, _NAMES[kind], *(_by_paragraph(page, _named(page, kind)) for page in (en, zh)))
    yield from _first_difference(en, zh, "numbers in the text", *(_by_paragraph(page, _integers(page)) for page in (en, zh)))


def _first_difference(en: Page, zh: Page, what: str, left: list[tuple[str, int]], right: list[tuple[str, int]]) -> Iterator[Problem]:
    """Only the first: after it the lists are out of step and further reports would be noise."""
    for position in range(max(len(left), len(right))):
        a = left[position] if position < len(left) else None
        b = right[position] if position < len(right) else None
        if a is None:
            yield Problem(zh.file, b[1], f"the {what} differ: “{b[0]}” stands here and is missing in {en.file} ({len(left)} there, {len(right)} here).")
            return
        if b is None:
            yield Problem(
                en.file, a[1], f"the {what} differ: “{a[0]}” stands here and is missing in {zh.file} ({len(left)} here, {len(right)} there)."
            )
            return
        if a[0] != b[0]:
            yield Problem(zh.file, b[1], f"the {what} differ: “{b[0]}” stands here, and “{a[0]}” in its place in {en.file}, line {a[1]}.")
            return


def _headings(page: Page) -> list[tuple[str, int]]:
    return [(f"{'#' * int(item.args[0])} {{#{item.args[1]}}}", item.line) for item in page.scan.of("heading")]


def _named(page: Page, kind: str) -> list[tuple[str, int, int]]:
    def text(item: Item) -> str:
        if kind == "link":
            return item.args[0]
        return _dedented(item.text) if kind == "code" else item.text

    return [(text(item), item.start, item.line) for item in page.scan.of(kind)]


def _dedented(code: str) -> str:
    """Comments in code may be translated, so only what the program does is compared."""
    kept = [re.sub(r"\s*(?:#|//).*", "", line).rstrip() for line in code.splitlines()]
    return "\n".join(line for line in kept if line)


def _integers(page: Page) -> list[tuple[str, int, int]]:
    """Bare integers in prose, and typed mathematics that states something about a number ("T = 40")."""
    prose = _LIST_MARKER.sub(lambda m: " " * len(m[0]), page.scan.prose)
    found = [(m[0], m.start(), page.first_line + prose.count("\n", 0, m.start())) for m in _INTEGER.finditer(prose)]
    for item in page.scan.of("tex"):
        if re.search(r"\d", item.args[0]) and _RELATION.search(item.args[0]):
            found.append(("$" + "".join(item.args[0].split()) + "$", item.start, item.line))
    return sorted(found, key=lambda entry: entry[1])


def _by_paragraph(page: Page, entries: list[tuple[str, int, int]]) -> list[tuple[str, int]]:
    """The entries in order, but sorted within each paragraph: the order of words within a sentence belongs to the language."""
    breaks = [m.start() for m in re.finditer(r"\n[ \t]*\n", page.body)]
    ordered = sorted(entries, key=lambda e: (sum(b < e[1] for b in breaks), e[0]))
    return [(text, line) for text, _, line in ordered]
