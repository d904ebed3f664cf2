"""One language's site as a whole: its pages, the results they may name, and which number each got where."""

import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from posixpath import relpath
from urllib.parse import quote

from render import evidence as evidence_files
from render.evidence import Evidence
from render.pages import Page, read_pages, signature
from render.paths import Paths, shown
from render.problems import RenderError
from render.scan import scan


@dataclass(frozen=True)
class Place:
    """Where a result or a figure is shown, and the number it has there: page and "3.1"."""

    page: Page
    number: str
    anchor: str
    line: int


@dataclass(frozen=True)
class Site:
    paths: Paths
    lang: str
    pages: dict[str, Page]
    evidence: Evidence
    references: dict[str, dict]
    claims: list[dict]
    figures: frozenset[str]
    equations: dict[str, Place]
    figure_places: dict[str, Place]

    def record(self, slug: str) -> dict | None:
        return self.evidence.records.get(slug)

    def cited(self, page: Page) -> list[str]:
        """Keys of the works cited on a page, by its author or by an equation or a claim displayed on it, in order of first mention."""
        keys: dict[str, None] = {}
        for item in page.scan.of("cite", "eq", "claims"):
            if item.kind == "cite":
                keys.update(dict.fromkeys(item.args[:1]))
            elif item.kind == "eq":
                keys.update(dict.fromkeys((self.record(item.args[0]) or {"sources": ()})["sources"]))
            else:
                reasons = (claim.get("reason", {}).get(self.lang, "") for claim in self.claims)
                keys.update((named.args[0], None) for reason in reasons for named in scan(reason).of("cite") if named.args)
        return [*keys]

    def page_with_body(self, body: str) -> Page | None:
        """The page that this text is the body of. MkDocs and its successors hand over text without saying whose it is."""
        return self._by_body.get(plain(body))

    @functools.cached_property
    def _by_body(self) -> dict[str, Page]:
        return {plain(page.body): page for page in self.pages.values()}

    def link(self, page: Page, place: Place) -> str:
        """The relative address of a place, seen from a page."""
        anchor = "#" + quote(place.anchor)
        return anchor if place.page.path == page.path else address(page, place.page.url) + anchor


def address(page: Page, url: str) -> str:
    """A relative address below the language's root, seen from a page: ("causes/tanh-rnn/", "start/notation/") → "../../start/notation/"."""
    there = relpath("/" + url, "/" + page.url)
    return there + "/" if url.endswith("/") or not url else there


def plain(body: str) -> str:
    """What stays of a body whatever a Markdown processor does to blanks before it hands it over."""
    return re.sub(r"\s+", " ", body).strip()


def equation_anchor(slug: str) -> str:
    return f"eq-{slug}"


def read_toml(file: Path) -> dict:
    """The tables of a file beside the pages; none where it does not exist."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except tomllib.TOMLDecodeError as error:
        raise RenderError(f"{shown(file)} is no valid TOML: {error}.") from None


def read(paths: Paths, lang: str) -> Site:
    """The site in one language. Raises RenderError where there is no evidence to show."""
    pages = read_pages(paths, lang)
    equations: dict[str, Place] = {}
    figures: dict[str, Place] = {}
    for page in pages.values():
        prefix = f"{page.chapter}." if page.chapter is not None else ""
        for kind, prefix_id, places in (("eq", "eq-", equations), ("fig", "fig-", figures)):
            names = [item for item in page.scan.of(kind) if len(item.args) == 1]
            for item in names:
                # The first display keeps the number; a second one is reported by the page's check.
                count = 1 + sum(place.page.path == page.path for place in places.values())
                places.setdefault(item.args[0], Place(page, f"{prefix}{count}", prefix_id + item.args[0], item.line))
    drawn = frozenset(file.stem for file in paths.figures.glob("*.svg"))
    return Site(paths, lang, pages, evidence_files.read(paths), read_toml(paths.references), read_toml(paths.claims).get("claim", []), drawn, equations, figures)


_latest: dict[tuple[Paths, str], tuple[tuple, Site]] = {}


def current(paths: Paths, lang: str) -> Site:
    """The site as the files are now; read again only when one of them changed."""
    stamp = (
        signature(paths.docs / lang, "*.md"),
        signature(paths.docs, "*.toml"),
        signature(paths.evidence, "*.json"),
        signature(paths.figures, "*.svg"),
    )
    known = _latest.get((paths, lang))
    if known is None or known[0] != stamp:
        known = _latest[paths, lang] = (stamp, read(paths, lang))
    return known[1]
