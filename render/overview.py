"""The overview of the graph: the pages in the order of the menu, one a line, and an arc for the uses between two of them."""

from html import escape

from render.navigation import sections
from render.site import Site
from render.words import WORDS

LINE, GAP, LEFT = 25, 30, 104
LATIN, CHINESE = 6.7, 12  # about what a letter of the labels takes


def overview(site: Site, chapters: dict[str, list[str]], between: dict[tuple[str, str], int]) -> str:
    """A picture whose lines link to the pictures of the pages; `between` counts uses by (page used, page that uses)."""
    words, (rows, labels, high) = WORDS[site.lang], _rows(site, chapters)
    arcs = "".join(_arc(site, rows, a, b, count) for (a, b), count in sorted(between.items(), key=lambda item: item[1]))
    names = "".join(f'<text class="deps__part" x="{LEFT + 14}" y="{y}">{escape(text)}</text>' for text, y in labels)
    wide = LEFT + 14 + max(_length(f"{site.pages[path].title} {len(chapters[path])}") for path in rows)
    nodes = "".join(_node(site, path, y, wide, len(chapters[path]), number) for number, (path, y) in enumerate(rows.items()))
    said = "".join(
        f'<li>{escape(site.pages[path].title)}{words["colon"]}{words["list"].join(f"{escape(site.pages[a].title)} ({count})" for (a, b), count in between.items() if b == path)}</li>'
        for path in rows
        if any(b == path for _, b in between)
    )
    return (
        f'<figure class="deps__overview"><svg role="group" aria-label="{words["graph_pages"]}" width="{wide:.0f}" viewBox="0 0 {wide:.0f} {high}">{arcs}{names}{nodes}</svg>'
        f'<figcaption>{words["graph_arcs"]}</figcaption>'
        f'<details class="copy"><summary>{words["graph_words"]}</summary><ul class="deps__list">{said}</ul></details></figure>'
    )


def section_anchor(path: str) -> str:
    """Where the picture of a page is, below the overview."""
    return "uses-" + path.removesuffix(".md").rpartition("/")[2]


def _rows(site: Site, chapters: dict[str, list[str]]) -> tuple[dict[str, int], list[tuple[str, int]], int]:
    """Where each page's line is, where the name of each part of the menu stands, and the height of all."""
    rows, labels, y = {}, [], 0
    for title, paths in sections(site):
        if here := [path for path in paths if path in chapters]:
            labels.append((title, y + 18))
            y += GAP
            for path in here:
                rows[path] = y + LINE // 2
                y += LINE
            y += 6
    return rows, labels, y


def _arc(site: Site, rows: dict[str, int], a: str, b: str, count: int) -> str:
    start, end, numbers = rows[a], rows[b], [*rows]
    reach = 16 + (LEFT - 26) * min(1.0, abs(end - start) / 420) ** 0.7
    x = LEFT - 4
    if start > end:  # beside, not upon, an arc between the same two pages
        reach += 7
    title = escape(WORDS[site.lang]["graph_arc"].format(user=site.pages[b].title, used=site.pages[a].title, count=count))
    kind = "" if start < end else " deps__arc--up"
    return (
        f'<path class="deps__arc{kind}" data-ends="{numbers.index(a)} {numbers.index(b)}" stroke-width="{1 + count**0.5:.2f}" '
        f'd="M{x} {start}C{x - reach * 1.33:.0f} {start} {x - reach * 1.33:.0f} {end} {x} {end}"><title>{title}</title></path>'
    )


def _length(label: str) -> float:
    return sum(LATIN if letter.isascii() else CHINESE for letter in label)


def _node(site: Site, path: str, y: int, wide: float, count: int, number: int) -> str:
    title = site.pages[path].title
    label = WORDS[site.lang]["graph_node"].format(page=title, count=count)
    return (
        f'<a class="deps__page" data-node="{number}" href="#{section_anchor(path)}" aria-label="{escape(label, quote=True)}"><title>{escape(label)}</title>'
        f'<rect x="{LEFT - 8}" y="{y - LINE // 2}" width="{wide - LEFT + 8:.0f}" height="{LINE}"/><circle cx="{LEFT}" cy="{y}" r="{2.2 + count**0.5 / 1.6:.1f}"/>'
        f'<text x="{LEFT + 14}" y="{y + 4}">{escape(title)} <tspan class="deps__count">{count}</tspan></text></a>'
    )
