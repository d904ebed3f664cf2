"""Links that authors write: do they lead anywhere? MkDocs asks too, but names no line."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from render.pages import Page
from render.problems import Problem, did_you_mean
from render.site import Site


def link_problems(site: Site, page: Page) -> Iterator[Problem]:
    """A sentence for every link of the page to a page, file or heading that does not exist."""
    for item in page.scan.of("link"):
        destination = item.args[0]
        if "://" in destination or destination.startswith(("mailto:", "#fn")):
            continue
        complaint = _complaint(site, page, destination)
        if complaint:
            yield Problem(page.file, item.line, f"the link “{item.text}” is broken: {complaint}")


def _complaint(site: Site, page: Page, destination: str) -> str | None:
    if not destination:
        return "it has no address; write [text](other-page.md#heading)."
    path, _, anchor = destination.partition("#")
    if not path:
        there = page
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(path)))
        if target not in site.pages:
            if (site.paths.docs / site.lang / target).is_file():
                return None
            known = [posixpath.relpath(other, posixpath.dirname(page.path) or ".") for other in site.pages]
            return f"docs/{site.lang}/{target} does not exist. {did_you_mean(path, known)}"
        there = site.pages[target]
    if anchor and unquote(anchor) not in _anchors(site, there):
        return f"{there.file} has no heading with the id “{anchor}”. {did_you_mean(anchor, _anchors(site, there))}"
    return None


def _anchors(site: Site, page: Page) -> set[str]:
    places = [*site.equations.values(), *site.figure_places.values()]
    return page.anchors | {place.anchor for place in places if place.page.path == page.path}
