"""`{graph}`: what rests on what. An overview of the pages first, then the results of each page; both as a picture and in words.

Only what the derivations recorded is drawn, and all of it: a use within a page in that page's picture, any other in the overview.
"""

from collections import Counter
from html import escape

from render.html import equation_link
from render.kinds import BADGES
from render.layout import arrange
from render.navigation import sections
from render.overview import overview, section_anchor
from render.pages import Page
from render.site import Site, address
from render.words import WORDS

PAGE = "reference/dependencies.md"
COLUMN, ROW, WIDE, HIGH, EDGE = 88, 30, 50, 22, 4
# Shape and line say what the colour says, for print in grey and for eyes that do not tell the colours apart.
SHAPES = {"proved": "pill", "symbolic": "pill", "exact": "box", "intervals": "box", "numeric": "hexagon", "measured": "hexagon", "defined": "plain", "cited": "plain"}
EXAMPLES = (("symbolic", "proved"), ("exact", "intervals"), ("numeric", "measured"), ("defined", "cited"))


def graph(site: Site, page: Page) -> str:
    """The whole page below its introduction."""
    words, chapters, uses = WORDS[site.lang], results_of(site), recorded(site)
    across = Counter((site.equations[a].page.path, site.equations[b].page.path) for a, b in uses)
    within = sum(count for (a, b), count in across.items() if a == b)
    said = words["graph_sum"].format(results=sum(map(len, chapters.values())), uses=len(uses), within=within, across=len(uses) - within)
    blocks = "".join(_chapter(site, page, path, slugs, uses) for path, slugs in chapters.items())
    between = {pair: count for pair, count in across.items() if pair[0] != pair[1]}
    return f'<section class="deps" data-search-exclude><p>{said}</p>{overview(site, chapters, between)}{_legend(site.lang)}{blocks}</section>'


def recorded(site: Site) -> list[tuple[str, str]]:
    """(used, user) for every recorded use between two results that are displayed."""
    shown = [slug for slug in site.evidence.records if slug in site.equations]
    return [(used, slug) for slug in shown for used in site.evidence.records[slug]["uses"] if used in site.equations and used in site.evidence.records]


def results_of(site: Site) -> dict[str, list[str]]:
    """The results of each page in the order of the page, for pages that have any, in the order of the menu."""
    found: dict[str, list[str]] = {path: [] for _, paths in sections(site) for path in paths}
    for slug, place in site.equations.items():
        if slug in site.evidence.records:
            found.setdefault(place.page.path, []).append(slug)
    return {path: slugs for path, slugs in found.items() if slugs}


def node_anchor(slug: str) -> str:
    return f"node-{slug}"


def graph_link(site: Site, page: Page, slug: str) -> str:
    """The place of a result in the graph, or nothing where the site has no such page."""
    there = site.pages.get(PAGE)
    return f'{address(page, there.url)}#{escape(node_anchor(slug), quote=True)}' if there else ""


def _chapter(site: Site, page: Page, path: str, slugs: list[str], uses: list[tuple[str, str]]) -> str:
    there, anchor = site.pages[path], section_anchor(path)
    inside = [(a, b) for a, b in uses if a in slugs and b in slugs]
    title = f'<h2 id="{anchor}"><a href="{address(page, there.url)}">{escape(there.title)}</a> <a class="headerlink" href="#{anchor}">¶</a></h2>'
    return f'<div class="deps__chapter">{title}<div class="deps__pair">{_picture(site, page, there, slugs, inside)}{_list(site, page, slugs, uses)}</div></div>'


def _picture(site: Site, page: Page, there: Page, slugs: list[str], edges: list[tuple[str, str]]) -> str:
    drawing, number = arrange(slugs, edges), {slug: place for place, slug in enumerate(slugs)}
    wide, high = (drawing.columns - 1) * COLUMN + WIDE + 2 * EDGE, drawing.rows * ROW + 2 * EDGE

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return point[0] * COLUMN + WIDE / 2 + EDGE, (point[1] + 0.5) * ROW + EDGE

    lines = "".join(f'<path class="deps__use" data-ends="{number[a]} {number[b]}" d="{_curve([at(point) for point in drawing.routes[a, b]])}"/>' for a, b in edges)
    nodes = "".join(_node(site, page, slug, number[slug], *at(drawing.at[slug])) for slug in slugs)
    label = WORDS[site.lang]["graph_of"].format(page=escape(there.title, quote=True))
    return (
        f'<div class="scroll deps__scroll"><svg role="group" aria-label="{label}" width="{wide:.0f}" height="{high:.0f}" viewBox="0 0 {wide:.0f} {high:.0f}">'
        f"{lines}{nodes}</svg></div>"
    )


def _curve(points: list[tuple[float, float]]) -> str:
    """From the right side of the first to the left side of the last, level at every point on the way."""
    points = [(points[0][0] + WIDE / 2, points[0][1]), *points[1:-1], (points[-1][0] - WIDE / 2, points[-1][1])]
    said = f"M{points[0][0]:.0f} {points[0][1]:.1f}"
    for (x, y), (u, v) in zip(points, points[1:], strict=False):
        middle = (x + u) / 2
        said += f"C{middle:.0f} {y:.1f} {middle:.0f} {v:.1f} {u:.0f} {v:.1f}"
    return said


def _node(site: Site, page: Page, slug: str, number: int, x: float, y: float) -> str:
    record, place, words = site.evidence.records[slug], site.equations[slug], WORDS[site.lang]
    name = escape(f"({place.number}) {record['title'][site.lang]}{words['semicolon']}{BADGES[site.lang][record['rung']]}", quote=True)
    return (
        f'<a id="{escape(node_anchor(slug), quote=True)}" class="deps__node deps__node--{SHAPES[record["rung"]]}" data-node="{number}" href="{site.link(page, place)}" aria-label="{name}">'
        f'<title>{name}</title>{_shape(SHAPES[record["rung"]], x, y)}<text x="{x:.0f}" y="{y + 4:.1f}">{place.number}</text></a>'
    )


def _shape(shape: str, x: float, y: float) -> str:
    left, right, top, low = x - WIDE / 2, x + WIDE / 2, y - HIGH / 2, y + HIGH / 2
    if shape == "hexagon":
        return f'<path d="M{left:.0f} {y:.1f}L{left + 8:.0f} {top:.1f}H{right - 8:.0f}L{right:.0f} {y:.1f}L{right - 8:.0f} {low:.1f}H{left + 8:.0f}Z"/>'
    return f'<rect x="{left:.0f}" y="{top:.1f}" width="{WIDE}" height="{HIGH}" rx="{HIGH // 2 if shape == "pill" else 2}"/>'


def _legend(lang: str) -> str:
    shown = "".join(
        f'<li><svg aria-hidden="true" width="{WIDE + 4}" height="{HIGH + 4}"><g class="deps__node deps__node--{SHAPES[rungs[0]]}">{_shape(SHAPES[rungs[0]], WIDE / 2 + 2, HIGH / 2 + 2)}</g></svg> '
        f'{WORDS[lang]["list"].join(BADGES[lang][rung] for rung in rungs)}</li>'
        for rungs in EXAMPLES
    )
    return f'<ul class="deps__legend">{shown}</ul>'


def _list(site: Site, page: Page, slugs: list[str], uses: list[tuple[str, str]]) -> str:
    """The same in words, with the uses of other pages."""
    words, rows = WORDS[site.lang], []
    for slug in slugs:
        used, users = [a for a, b in uses if b == slug], [b for a, b in uses if a == slug]
        said = "".join(
            f'<span class="deps__said"><b>{words[key]}</b> {" ".join(equation_link(site, page, other) for other in others)}</span> '
            for key, others in (("uses", used), ("used_by", users))
            if others
        )
        rows.append(f"<li>{equation_link(site, page, slug, with_title=True)} {said}</li>")
    return f'<ul class="deps__list">{"".join(rows)}</ul>'
