"""`{changelog}`: what each version added, from docs/changelog.toml; the newest first, one source for both languages."""

import datetime
from collections.abc import Iterator
from itertools import groupby, pairwise

from render.citing import work
from render.inline import sentences
from render.kinds import CHANGES
from render.listed import as_page, lines_of, missing_texts, wrong_texts
from render.pages import Page
from render.paths import shown
from render.problems import Problem, did_you_mean
from render.site import Site, read_toml
from render.words import WORDS


def changelog(site: Site, page: Page) -> str:
    return "".join(_release(site, page, release) for release in read_toml(site.paths.changelog).get("release", []))


def _release(site: Site, page: Page, release: dict) -> str:
    lang, anchor = site.lang, "v" + release["version"]
    blocks = []
    for kind, changes in groupby(release["change"], lambda change: change["kind"]):
        said = "".join(f"<li>{sentences(site, as_page(site.paths.changelog, lang, page.path, change['text'][lang], 1))}</li>" for change in changes)
        blocks.append(f"<h3>{CHANGES[lang][kind]}</h3><ul>{said}</ul>")
    title = WORDS[lang]["release"].format(version=release["version"])
    return f'<section class="release"><h2 id="{anchor}">{title} <small>{release["date"]}</small> <a class="headerlink" href="#{anchor}">¶</a></h2>{"".join(blocks)}</section>'


def changelog_problems(sites: dict[str, Site]) -> list[Problem]:
    """Releases out of order, a change without a language or a kind, and a newest version that is not the one to cite."""
    paths = sites["en"].paths
    releases, file = read_toml(paths.changelog).get("release", []), shown(paths.changelog)
    starts, lines = lines_of(paths.changelog, "release"), lines_of(paths.changelog, "release.change")
    found = []
    for release, at in zip(releases, starts, strict=True):
        found += [Problem(file, at[""], f"the release {release.get('version', 'without a number')} {sentence}") for sentence in _wrong(release)]
    dated = [(release, at) for release, at in zip(releases, starts, strict=True) if isinstance(release.get("date"), datetime.date)]
    for (newer, at), (older, _) in pairwise(dated):
        if newer["date"] < older["date"]:
            found.append(Problem(file, at[""], f"the release {newer['version']} stands above {older['version']} and is older: put the newest first."))
    if releases and (str(releases[0].get("version")), releases[0].get("date")) != (work()["version"], work()["date-released"]):
        found.append(Problem(file, starts[0][""], f"the newest release is {releases[0].get('version')} of {releases[0].get('date')}, and CITATION.cff says {work()['version']} of {work()['date-released']}: make them equal."))
    changes = [change for release in releases for change in release.get("change", [])]
    for change, at in zip(changes, lines, strict=True):
        for key, sentence in _wrong_change(change):
            found.append(Problem(file, at.get(key, at[""]), f"a change {sentence}"))
        found += wrong_texts(sites, paths.changelog, "changelog", change, ("text",), at, "the list of changes")
    return found


def _wrong(release: dict) -> Iterator[str]:
    if not isinstance(release.get("date"), datetime.date):
        yield "has no date: add date = a date such as 2026-11-28."
    if not release.get("change"):
        yield "changes nothing: add a [[release.change]]."


def _wrong_change(change: dict) -> Iterator[tuple[str, str]]:
    if change.get("kind") not in CHANGES["en"]:
        yield "kind", f"is of the kind “{change.get('kind', '')}”. {did_you_mean(str(change.get('kind', '')), CHANGES['en'])}"
    yield from missing_texts(change, ("text",))
