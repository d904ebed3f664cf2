"""What the lists in docs/*.toml share: texts in both languages under the rules of pages, names that must exist, lines to report."""

import re
from collections.abc import Iterator
from pathlib import Path

from render.inline import SENTENCE
from render.lint import page_problems
from render.pages import Page
from render.parity import differences
from render.paths import LANGUAGES, shown
from render.problems import Problem, did_you_mean
from render.scan import scan
from render.site import Site
from render.typography import read_terms, typography_problems

_KEY = re.compile(r"\s*([a-z]+(?:\.[a-z]+)?)\s*=")


def as_page(file: Path, lang: str, path: str, text: str, line: int) -> Page:
    """A text of a list, to be read and shown like a page of its own."""
    return Page(lang, path, shown(file), text, {}, text, line, scan(text, line))


def lines_of(file: Path, table: str) -> list[dict[str, int]]:
    """For each `[[table]]`, the line of each of its keys, and under "" that of its beginning."""
    found: list[dict[str, int]] = []
    for number, text in enumerate(file.read_text(encoding="utf-8").splitlines() if file.exists() else (), 1):
        if text.strip() == f"[[{table}]]":
            found.append({"": number})
        elif found and (key := _KEY.match(text)):
            found[-1].setdefault(key[1], number)
    return found


def missing_texts(entry: dict, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key in keys:
        for lang in LANGUAGES:
            if not entry.get(key, {}).get(lang, "").strip():
                yield key, f"has no {key} in {lang}: add {key}.{lang} = …"


def unknown_names(site: Site, entry: dict, verb: str = "rests on") -> Iterator[tuple[str, str]]:
    """(key, sentence) for every result, figure and heading that an entry names and that is not on this site."""
    for slug in entry.get("results", ()):
        if slug not in site.equations or slug not in site.evidence.records:
            yield "results", f"{verb} “{slug}”, which is no published result. {did_you_mean(slug, site.equations)}"
    for name in entry.get("figures", ()):
        if name not in site.figure_places:
            yield "figures", f"{verb} the figure “{name}”, which no page shows. {did_you_mean(name, site.figure_places)}"
    for path, _, heading in (see.partition("#") for see in entry.get("pages", ())):
        if path not in site.pages:
            yield "pages", f"points to “{path}”, which is no page. {did_you_mean(path, site.pages)}"
        elif heading not in site.pages[path].anchors:
            yield "pages", f"points to “#{heading}”, which is no heading of {path}. {did_you_mean(heading, site.pages[path].anchors)}"


def wrong_texts(sites: dict[str, Site], file: Path, kind: str, entry: dict, keys: tuple[str, ...], at: dict[str, int], what: str) -> Iterator[Problem]:
    """The rules of pages hold for the texts of a list: checked numbers, TeX, Chinese typography, and the same in both languages."""
    path = next((page.path for page in sites["en"].pages.values() if page.scan.of(kind)), "")
    for key in keys:
        texts = {lang: entry.get(key, {}).get(lang, "") for lang in LANGUAGES}
        pages = {lang: as_page(file, lang, path, text, at.get(f"{key}.{lang}", at[""])) for lang, text in texts.items()}
        for lang, page in pages.items():
            yield from page_problems(sites[lang], page)
            for item in page.scan.items:
                if item.kind not in (*SENTENCE, "span"):
                    yield Problem(page.file, item.line, f"“{item.text}” cannot stand in {what}: write {{ref …}}, {{math …}}, {{num …}}, {{cite …}}, $…$ or `code`.")
        yield from typography_problems(pages["zh"], read_terms(sites["en"].paths))
        if all(texts.values()):
            yield from differences(pages["en"], pages["zh"])
