"""`{errata}`: what stood wrong on these pages, from docs/errata.toml, and the results that were withdrawn, from the tombstones."""

import datetime
import re
from collections.abc import Iterator
from html import escape

from derivations.tombstones import TOMBSTONES
from render.html import equation_link
from render.inline import sentences
from render.kinds import ERRATA_FOUND
from render.listed import as_page, lines_of, missing_texts, unknown_names, wrong_texts
from render.pages import Page
from render.paths import shown
from render.problems import Problem, did_you_mean
from render.site import Site, address, read_toml
from render.words import WORDS

TEXTS = ("was", "now")
DATES = ("stood", "mended")
KEYS = ("id", *DATES, "version", "found", *TEXTS, "results", "pages")


def errata(site: Site, page: Page) -> str:
    """Every error, the last mended first; below them the tombstones."""
    words = WORDS[site.lang]
    listed = sorted(read_toml(site.paths.errata).get("erratum", []), key=lambda one: (one["mended"], one["id"]), reverse=True)
    stones = "".join(_stone(site, page, stone) for stone in TOMBSTONES)
    return (
        f'<section class="errata">{"".join(_erratum(site, page, one) for one in listed)}</section>'
        f'<h2 id="tombstones">{words["tombstones"]} <a class="headerlink" href="#tombstones">¶</a></h2><p>{words["tombstones_about" if stones else "tombstones_none"]}</p>'
        + (f'<dl class="errata__stones">{stones}</dl>' if stones else "")
    )


def _erratum(site: Site, page: Page, one: dict) -> str:
    lang, words, anchor = site.lang, WORDS[site.lang], one["id"].lower()
    was, now = (sentences(site, as_page(site.paths.errata, lang, page.path, one[key][lang], 1)) for key in TEXTS)
    places = [f"<li>{equation_link(site, page, slug, with_title=True)}</li>" for slug in one.get("results", ())]
    for path, _, heading in (see.partition("#") for see in one.get("pages", ())):
        places.append(f'<li><a href="{address(page, site.pages[path].url)}#{heading}">{escape(site.pages[path].title)}</a></li>')
    dates = words["errata_day" if one["stood"] == one["mended"] else "errata_dates"].format(stood=one["stood"], mended=one["mended"], version=one["version"])
    return (
        f'<div class="erratum" id="{anchor}"><p class="erratum__head"><a href="#{anchor}">{one["id"]}</a> · {dates}</p>'
        f'<p><b>{words["was"]}</b>{was}</p><p><b>{words["now"]}</b>{now}</p>'
        f'<p class="erratum__found">{words["found_by"]}{ERRATA_FOUND[lang][one["found"]]}</p><ul class="erratum__places" data-search-exclude>{"".join(places)}</ul></div>'
    )


def _stone(site: Site, page: Page, stone) -> str:
    words = WORDS[site.lang]
    instead = f" {words['instead']}{equation_link(site, page, stone.successor, with_title=True)}" if stone.successor in site.equations else ""
    return f'<dt id="{stone.id}"><code>{stone.id}</code> <code>{escape(stone.slug)}</code></dt><dd>{escape(stone.reason.as_dict()[site.lang])}{instead}</dd>'


def errata_problems(sites: dict[str, Site]) -> list[Problem]:
    """A record that names nothing that exists, lacks a language, a date or its finder, and whatever would be wrong on a page too."""
    paths = sites["en"].paths
    listed, lines, file = read_toml(paths.errata).get("erratum", []), lines_of(paths.errata, "erratum"), shown(paths.errata)
    found, seen = [], set()
    for one, at in zip(listed, lines, strict=True):
        name = str(one.get("id", "without an id"))
        found += [Problem(file, at.get(key, at[""]), f"the erratum {name} {sentence}") for key, sentence in wrong(sites["en"], one)]
        if name in seen:
            found.append(Problem(file, at.get("id", at[""]), f"the erratum {name} stands here a second time: give it an id of its own."))
        seen.add(name)
        found += wrong_texts(sites, paths.errata, "errata", one, TEXTS, at, "an erratum")
    return found


def wrong(site: Site, one: dict) -> Iterator[tuple[str, str]]:
    """(key, sentence) for everything in one record that is missing, unknown or does not exist."""
    if not re.fullmatch(r"E\d\d", str(one.get("id"))):
        yield "id", 'needs an id of E and two digits, as in id = "E01".'
    for key in DATES:
        if not isinstance(one.get(key), datetime.date):
            yield key, f"does not say when it {'began to stand' if key == 'stood' else 'was mended'}: add {key} = a date such as 2026-11-28."
    versions = [release["version"] for release in read_toml(site.paths.changelog).get("release", [])]
    if one.get("version") not in versions:
        yield "version", f"was mended in the version “{one.get('version', '')}”, which docs/changelog.toml does not know. {did_you_mean(str(one.get('version', '')), versions)}"
    if one.get("found") not in ERRATA_FOUND["en"]:
        yield "found", f"was found by “{one.get('found', '')}”. {did_you_mean(str(one.get('found', '')), ERRATA_FOUND['en'])}"
    yield from missing_texts(one, TEXTS)
    if not one.get("results") and not one.get("pages"):
        yield "", "does not say where it stood: name results or pages."
    yield from unknown_names(site, one, "names")
    for key in one.keys() - {*KEYS}:
        yield key, f"has “{key}”, which nothing reads. {did_you_mean(key, KEYS)}"
