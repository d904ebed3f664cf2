"""A figure on a page: the drawing inlined, its number, its caption, and the data and code behind it one click away."""

import re
from html import escape
from xml.etree import ElementTree

from render import values
from render.pages import Page
from render.site import Site, address
from render.words import WORDS

_PROLOGUE = re.compile(r"\A.*?(?=<svg\b)", re.DOTALL)


def drawing(site: Site, name: str, label: str) -> str:
    """The SVG as it is inlined: without its XML prologue, and named for those who cannot see it."""
    svg = _PROLOGUE.sub("", (site.paths.figures / f"{name}.svg").read_text(encoding="utf-8"), count=1)
    svg = re.sub(r"\s(?:role|aria-label|aria-labelledby)=\"[^\"]*\"", "", svg.split(">", 1)[0]) + ">" + svg.split(">", 1)[1]
    named = f'<svg role="img" aria-label="{escape(label, quote=True)}"'
    return f'<div class="fig__art" data-search-exclude>{svg.replace("<svg", named, 1).strip()}</div>'


def links(site: Site, page: Page, name: str) -> str:
    words, root = WORDS[site.lang], address(page, "") + "assets/generated/figures/"
    files = [(f"{name}.csv", words["data"]), (f"{name}.py.txt", words["code"]), (f"{name}.svg", words["image"])]
    return '<p class="fig__links" data-search-exclude>' + " · ".join(f'<a href="{root}{file}">{text}</a>' for file, text in files) + "</p>"


def caption_text(site: Site, page: Page, name: str) -> str:
    """The caption's words without markup, for those who hear the drawing's label."""

    def said(match: re.Match) -> str:
        kind, *words = match[1].split()
        if kind != "num":
            return ""
        record = site.record(words[0]) or {"values": {}}
        value = record["values"].get(words[1]) if len(words) > 1 else None
        return values.as_text(value["decimal"], int(words[2]) if len(words) > 2 else None) if value else ""

    item = next(item for item in page.scan.of("fig") if item.args == (name,))
    caption = re.split(r"\n[ \t]*\n", page.body[item.end :], maxsplit=1)[0]
    caption = re.sub(r"\{([a-z]+\b[^}]*)\}", said, caption)
    caption = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", caption)
    return re.sub(r"[ \t\n]+", " ", re.sub(r"[*`$]", "", caption)).strip()


def element(site: Site, page: Page, name: str, store, caption: str) -> ElementTree.Element:
    """The <figure>; `store` keeps raw HTML for the Markdown processor, and the caption stays Markdown for it."""
    place, words = site.figure_places[name], WORDS[site.lang]
    figure = ElementTree.Element("figure", {"class": "fig", "id": place.anchor})
    ElementTree.SubElement(figure, "div").text = store(drawing(site, name, caption_text(site, page, name)))
    text = ElementTree.SubElement(figure, "figcaption")
    number = f'<a class="fig__number" href="#{place.anchor}">{words["figure"]} {place.number}</a>'
    text.text = f"{store(number)} {caption}"
    ElementTree.SubElement(figure, "div").text = store(links(site, page, name))
    return figure
