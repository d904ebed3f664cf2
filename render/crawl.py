"""The built site, read as a browser would: does every address lead somewhere, and does nothing come from elsewhere?"""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADS = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("video", "src"), ("audio", "src"), ("embed", "src"), ("object", "data")}
_LOADING_RELS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch", "manifest"}
_CSS_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")


class _Reader(HTMLParser):
    """Collects ids, links and subresources of one page."""

    def __init__(self):
        super().__init__()
        self.ids: set[str] = set()
        self.twice: set[str] = set()
        self.links: list[tuple[str, int]] = []
        self.loads: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if anchor := values.get("id"):
            (self.twice if anchor in self.ids else self.ids).add(anchor)
        line = self.getpos()[0]
        for name, value in values.items():
            if (tag, name) in _LOADS:
                self.loads.append((value, line))
        if tag == "link" and _LOADING_RELS & set(values.get("rel", "").split()):
            self.loads.append((values.get("href", ""), line))
        elif tag in ("a", "link", "area") and "href" in values:
            self.links.append((values["href"], line))


def crawl(root: Path) -> list[str]:
    """A sentence for every address in the built site below `root` that leads nowhere or loads from another host."""
    pages = {file: _read(file) for file in sorted(root.rglob("*.html"))}
    found: list[str] = []
    for file, page in pages.items():
        name = file.relative_to(root).as_posix()
        found += [f"{name} has the id “{anchor}” twice, so links to it are ambiguous." for anchor in sorted(page.twice)]
        for address, line in page.loads:
            if urlsplit(address).netloc:
                found.append(f"{name}, line {line}, loads {address} from another host: serve it from this site.")
            elif complaint := _missing(root, file, address, pages):
                found.append(f"{name}, line {line}, loads {address}, {complaint}.")
        for address, line in page.links:
            if not urlsplit(address).scheme and not urlsplit(address).netloc and (complaint := _missing(root, file, address, pages)):
                found.append(f"{name}, line {line}, links to {address}, {complaint}.")
    for file in sorted(root.rglob("*.css")):
        for match in _CSS_ADDRESS.finditer(file.read_text(encoding="utf-8")):
            if urlsplit(match[1] or match[2]).netloc:
                found.append(f"{file.relative_to(root).as_posix()} loads {match[1] or match[2]} from another host: serve it from this site.")
    return found


def _read(file: Path) -> _Reader:
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader


def _missing(root: Path, file: Path, address: str, pages: dict[Path, _Reader]) -> str | None:
    parts = urlsplit(address)
    target = file if not parts.path else (file.parent / unquote(parts.path)).resolve()
    if target.is_dir():
        target /= "index.html"
    if not target.is_relative_to(root.resolve()):
        return "which leaves the site"
    if not target.is_file():
        return "which does not exist"
    anchor = unquote(parts.fragment)
    # Material for MkDocs makes these ids for its own switches.
    if anchor and target in pages and anchor not in pages[target].ids and not anchor.startswith("__"):
        return f"where no element has the id “{anchor}”"
    return None
