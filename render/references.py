"""docs/references.toml: the works that pages cite and results name, and what is wrong with it."""

import re
from collections.abc import Iterator

from render.paths import Paths, shown
from render.problems import Problem, did_you_mean
from render.site import Site

TEXT, NAMES, YEAR = "a text in quotes", 'a list of names, each "Family, Given"', "a year such as 1994"
NEEDED = {"authors": NAMES, "year": YEAR, "title": TEXT, "venue": TEXT}
FOUND_BY = ("doi", "arxiv", "url")


def reference_problems(paths: Paths, sites: dict[str, Site]) -> list[Problem]:
    """A work that lacks something or that nobody cites, and a result whose source is not in the list."""
    file, works = shown(paths.references), sites["en"].references
    written = paths.references.read_text(encoding="utf-8").splitlines() if works else []
    cited = {key for page in sites["en"].pages.values() for key in sites["en"].cited(page)}
    records = sites["en"].evidence.records.values()
    cited |= {source for record in records for source in record["sources"]}
    found = []
    for key, work in works.items():
        line = written.index(f"[{key}]") + 1 if f"[{key}]" in written else 1
        found += [Problem(file, line, f"the work “{key}” {sentence}") for sentence in _wrong(work)]
        if key not in cited:
            found.append(Problem(file, line, f"the work “{key}” is cited by no page and no result: cite it with {{cite {key}}}, or remove it."))
    for record in records:
        for source in record["sources"]:
            if source not in works:
                found.append(Problem(record["source"]["file"], record["source"]["line"], f"“{record['slug']}” names the source “{source}”, which is not in {file}. {did_you_mean(source, works)}"))
    return found


def _wrong(work: dict) -> Iterator[str]:
    for name, form in NEEDED.items():
        if not _has_form(work.get(name), form):
            yield f"has the {name} {work[name]!r}: write {form}." if name in work else f"has no {name}: give {form}."
    if not any(name in work for name in FOUND_BY):
        yield "does not say where it can be found: give a doi, an arxiv number or a url."
    for name in work.keys() - NEEDED.keys() - {*FOUND_BY}:
        yield f"has “{name}”, which nothing reads. {did_you_mean(name, (*NEEDED, *FOUND_BY))}"


def _has_form(value, form) -> bool:
    if form == NAMES:
        return isinstance(value, list) and bool(value) and all(isinstance(name, str) and re.fullmatch(r"\S[^,]*(, \S.*)?", name) for name in value)
    return isinstance(value, int) and 1600 < value < 2200 if form == YEAR else isinstance(value, str) and bool(value.strip())
