"""What is wrong with one page, seen from its source alone (formulas' TeX included): sentences with file and line."""

import re
from collections.abc import Iterator

from render import evidence, katex
from render.citing import citing_problems
from render.numbers_in_text import bare_numbers, typed_tex
from render.pages import Page
from render.problems import Problem, did_you_mean
from render.scan import ALONE, DIRECTIVES, NAMES_A_RESULT, Item
from render.site import Site


def page_problems(site: Site, page: Page) -> list[Problem]:
    """Every problem of the page, in the order of its lines."""
    found = [Problem(page.file, line, sentence) for line, sentence in _sentences(site, page)]
    return sorted(set(found), key=lambda problem: problem.line)


def _sentences(site: Site, page: Page) -> Iterator[tuple[int, str]]:
    for item in page.scan.items:
        if item.kind == "heading":
            yield from _heading(item)
        elif item.kind == "tex":
            yield from _tex(site, item)
        elif item.kind == "display":
            yield item.line, (
                f"a display formula is typed by hand (“{_short(item.text)}”), and a formula that no program checked may not stand "
                "alone: write {eq slug} on a line of its own, or $…$ for a symbol within a sentence."
            )
        elif item.kind == "dollar":
            yield item.line, "a $ stands alone: close the formula with a second $, or write \\$ for the sign itself."
        elif item.kind not in ("code", "span", "link"):
            yield from directive(site, page, item)
    yield from bare_numbers(site, page)


def directive(site: Site, page: Page, item: Item) -> Iterator[tuple[int, str]]:
    """Sentences about one `{…}`: its name, its words, what it names, and where it stands."""
    line, written = item.line, f"“{item.text}”"
    wanted = DIRECTIVES.get(item.kind)
    if wanted is None:
        yield line, f"{written} is no directive of this site. {did_you_mean(item.kind, DIRECTIVES)}"
        return
    if len(item.args) not in (wanted if isinstance(wanted, tuple) else (wanted,)):
        yield line, f"{written} has the wrong number of words: write {_FORM[item.kind]}."
        return
    if item.kind in ALONE and not _alone(page, item):
        yield line, f"{written} must stand alone on its line: put it on a line of its own, or write {{ref …}} within the sentence."
    if item.kind in NAMES_A_RESULT:
        yield from _result(site, page, item)
    elif item.kind == "fig":
        yield from _figure(site, page, item)
    elif item.kind == "citing":
        for sentence in citing_problems(site, *item.args):
            yield line, f"{written}: {sentence}"
    elif item.kind == "cite" and item.args[0] not in site.references:
        yield line, f"{written} cites nothing in docs/references.toml. {did_you_mean(item.args[0], site.references)}"


_FORM = {
    "eq": "{eq slug}",
    "ref": "{ref slug}",
    "math": "{math slug}",
    "num": "{num slug name} or {num slug name digits}",
    "fig": "{fig name}",
    "cite": "{cite key}",
    "results": "{results}",
    "verification": "{verification}",
    "map": "{map}",
    "glossary": "{glossary}",
    "bibliography": "{bibliography}",
    "claims": "{claims}",
    "graph": "{graph}",
    "errata": "{errata}",
    "changelog": "{changelog}",
    "translation": "{translation}",
    "citing": "{citing whole}, or {citing result slug}, {citing figure name} or {citing page path}",
    "notebooks": "{notebooks}",
}


def _result(site: Site, page: Page, item: Item) -> Iterator[tuple[int, str]]:
    slug = item.args[0]
    record = site.record(slug)
    if record is None:
        yield item.line, f"“{item.text}” names no published result. {did_you_mean(slug, site.evidence.records)}"
        return
    if refused := evidence.refusal(record):
        yield item.line, refused
    if item.kind == "eq":
        shown = site.equations[slug]
        if (shown.page.path, shown.line) != (page.path, item.line):
            yield item.line, (
                f"“{item.text}” is displayed a second time; it already stands in {shown.page.file}, line {shown.line}: "
                f"write {{ref {slug}}} or {{math {slug}}} here."
            )
    elif slug not in site.equations:
        yield item.line, f"“{item.text}” points to an equation that no page displays: put {{eq {slug}}} on a page first."
    if item.kind == "num":
        yield from _number(record, item)


def _number(record: dict, item: Item) -> Iterator[tuple[int, str]]:
    name = item.args[1]
    if name not in record["values"]:
        yield item.line, f"“{item.text}” asks for a number that “{record['slug']}” does not have. {did_you_mean(name, record['values'])}"
    if len(item.args) == 3 and not re.fullmatch(r"[1-9]\d?", item.args[2]):
        yield item.line, f"“{item.text}” must end in a number of significant digits from 1 to 99, as in {{num {item.args[0]} {name} 4}}."


def _figure(site: Site, page: Page, item: Item) -> Iterator[tuple[int, str]]:
    name = item.args[0]
    if name not in site.figures:
        yield item.line, (
            f"“{item.text}” names a figure that has not been drawn. {did_you_mean(name, site.figures)} "
            f"If figures/{name}.py exists, run `python -m figures {name}`."
        )
    elif not _starts_paragraph(page, item):
        yield item.line, f"“{item.text}” must begin a paragraph, and the rest of that paragraph is the caption."
    shown = site.figure_places[name]
    if (shown.page.path, shown.line) != (page.path, item.line):
        yield item.line, f"“{item.text}” is shown a second time; it already stands in {shown.page.file}, line {shown.line}: link to #fig-{name}."


def _heading(item: Item) -> Iterator[tuple[int, str]]:
    level, anchor = item.args
    if not anchor:
        yield item.line, (
            f"the heading “{item.text}” has no id, and links must work in both languages: "
            f"write `{'#' * int(level)} {item.text} {{#a-short-english-name}}` with the same id in the other language."
        )
    if "$" in item.text:
        yield item.line, f"the heading “{item.text}” contains a formula, which the table of contents and the search cannot show: say it in words."


def _tex(site: Site, item: Item) -> Iterator[tuple[int, str]]:
    latex, complaints = typed_tex(site, item)
    yield from ((item.line, sentence) for sentence in complaints)
    if complaints:
        return
    try:
        katex.render(latex)
    except katex.TeXError as error:
        yield item.line, f"the formula “{_short(item.text)}” cannot be set: {error}."


def _alone(page: Page, item: Item) -> bool:
    start = page.body.rfind("\n", 0, item.start) + 1
    end = page.body.find("\n", item.end)
    return not (page.body[start : item.start] + page.body[item.end : end if end >= 0 else None]).strip()


def _starts_paragraph(page: Page, item: Item) -> bool:
    before = page.body[: item.start].rstrip(" \t")
    return not before or before.endswith("\n\n") or re.search(r"\n[ \t]*\n\Z", before) is not None


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"
