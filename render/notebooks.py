"""Notebooks that `python -m notebooks` has made: laid out for mkdocs-jupyter, offered by their chapters, listed on one page."""

import json
from collections.abc import Iterator
from html import escape

from render.pages import Page
from render.paths import LANGUAGES, Paths, shown
from render.problems import Problem
from render.site import Site, address
from render.words import WORDS

FOLDER = "notebooks"  # below docs/<lang>/, never committed
_META = "# Made by every build (render/notebooks.py).\ntemplate: notebook.html\nsearch:\n  exclude: true\n"


def read(paths: Paths) -> dict[str, dict]:
    """{name: {"page": the chapter's path, "evidence": {slug: hash}}}, in the order of the chapters; none where none were made."""
    index = paths.notebooks / "index.json"
    return json.loads(index.read_text(encoding="utf-8")) if index.exists() else {}


def lay_out(paths: Paths) -> None:
    """The notebooks of both languages below docs/, where MkDocs finds them; files of chapters that are gone are removed."""
    known = read(paths)
    for lang in LANGUAGES:
        target, wanted = paths.docs / lang / FOLDER, {}
        for name in known:
            wanted[target / f"{name}.ipynb"] = paths.notebooks / lang / "pages" / f"{name}.ipynb"
            wanted[target / "download" / f"{name}.ipynb"] = paths.notebooks / lang / f"{name}.ipynb"
        for file in target.rglob("*.ipynb"):
            if file not in wanted:
                file.unlink()
        for file, source in wanted.items():
            _write(file, source.read_bytes())
        if wanted:
            _write(target / ".meta.yml", _META.encode())


def _write(file, content: bytes) -> None:
    if not file.exists() or file.read_bytes() != content:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def offer(site: Site, page: Page) -> str:
    """The lines at the end of a chapter that lead to its notebook; nothing where it has none."""
    name = next((name for name, made in read(site.paths).items() if made["page"] == page.path), None)
    if name is None:
        return ""
    words = WORDS[site.lang]
    return f'<aside class="refs notebook-offer"><p class="refs__label">{words["notebook"]}</p><p>{words["notebook_offer"]} {_links(page, name, words)}</p></aside>'


def notebooks(site: Site, page: Page) -> str:
    """HTML of `{notebooks}`: every notebook with its chapter, to read here and to download."""
    words, rows = WORDS[site.lang], []
    for name, made in read(site.paths).items():
        there = site.pages.get(made["page"])
        if there is not None:
            rows.append(f'<li><a href="{address(page, there.url)}">{there.chapter} · {escape(there.title)}</a> {_links(page, name, words)}</li>')
    return f'<ul class="notebooks" data-search-exclude>{"".join(rows)}</ul>'


def _links(page: Page, name: str, words: dict) -> str:
    read_it, get_it = address(page, f"{FOLDER}/{name}/"), address(page, f"{FOLDER}/download/{name}.ipynb")
    return f'<span class="notebook-links"><a href="{read_it}">{words["notebook_read"]}</a> <a href="{get_it}" download>{words["notebook_download"]}</a></span>'


def notebook_problems(site: Site) -> Iterator[Problem]:
    """Where a page lists the notebooks: a chapter without one, and one that was made from other evidence."""
    listing = next((page for page in site.pages.values() if page.scan.of("notebooks")), None)
    if listing is None:
        return
    made, line = read(site.paths), listing.scan.of("notebooks")[0].line
    have = {one["page"] for one in made.values()}
    for path, page in site.pages.items():
        displayed = any(place.page.path == path for place in (*site.equations.values(), *site.figure_places.values()))
        if page.chapter is not None and displayed and path not in have:
            yield Problem(listing.file, line, f"{page.file} has no notebook: run `python -m notebooks`.")
    for name, one in made.items():
        if changed := [slug for slug, digest in one["evidence"].items() if (site.record(slug) or {}).get("hash") != digest]:
            yield Problem(shown(site.paths.notebooks / "index.json"), 1, f"the notebook “{name}” was made from other evidence on “{changed[0]}” than there is now: run `python -m notebooks`.")
