"""The graph of uses: everything that is recorded is drawn, nothing else, and always from left to right."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from render.graph import graph, recorded, results_of
from render.layout import arrange, columns_of
from render.paths import PROJECT, Paths
from render.site import current

EDGES = [("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("a", "f"), ("f", "g"), ("g", "c"), ("d", "h")]
NODES = [*"abcdefghij"]


def test_every_edge_runs_to_the_right_and_ends_at_its_nodes():
    drawing = arrange(NODES, EDGES)
    assert {*drawing.routes} == {*EDGES} and {*drawing.at} == {*NODES}
    for (used, user), points in drawing.routes.items():
        assert points[0] == drawing.at[used] and points[-1] == drawing.at[user]
        assert all(right[0] == left[0] + 1 for left, right in pairwise(points))


def test_nothing_covers_anything_else():
    drawing = arrange(NODES, EDGES)
    for node, (x, y) in drawing.at.items():
        assert not [other for other, (u, v) in drawing.at.items() if other != node and u == x and abs(v - y) < 0.99]
        assert not [edge for edge, points in drawing.routes.items() for u, v in points[1:-1] if u == x and abs(v - y) < 0.7]
    assert all(0 <= x < drawing.columns and 0 <= y <= drawing.rows - 1 for x, y in drawing.at.values())


def test_the_same_uses_give_the_same_picture_and_a_circle_gives_none():
    assert arrange(NODES, EDGES) == arrange([*NODES], [*EDGES]) and columns_of([], []) == {}
    with pytest.raises(ValueError, match="cycle"):
        arrange(["a", "b"], [("a", "b"), ("b", "a")])


def drawn(site, html: str) -> Counter:
    """(used, user) of each edge, read back from the picture by the names of its ends."""
    found = Counter()
    for picture in re.findall(r'<svg role="group".*?</svg>', html, re.DOTALL):
        names = dict(re.findall(r'id="node-([^"]+)" class="deps__node[^"]*" data-node="(\d+)"', picture))
        slugs = {number: slug for slug, number in names.items()}
        found.update((slugs[a], slugs[b]) for a, b in re.findall(r'class="deps__use" data-ends="(\d+) (\d+)"', picture))
    return found


def the_real_site():
    paths = Paths.under(PROJECT)
    if not (paths.evidence / "index.json").exists():
        pytest.skip("there is no evidence yet: run `python -m derivations verify`")
    return current(paths, "en")


def test_every_recorded_use_is_drawn_once_and_no_other():
    site = the_real_site()
    html, uses = graph(site, site.pages["reference/dependencies.md"]), recorded(site)
    inside = Counter((a, b) for a, b in uses if site.equations[a].page.path == site.equations[b].page.path)
    assert drawn(site, html) == inside and set(inside.values()) == {1}
    across = Counter((site.equations[a].page.path, site.equations[b].page.path) for a, b in uses) - Counter({(p, p): len(uses) for p in site.pages})
    numbers = [path for path in re.findall(r'class="deps__page" data-node="\d+" href="#([^"]+)"', html)]
    arcs = {(numbers[int(a)], numbers[int(b)]) for a, b in re.findall(r'class="deps__arc[^"]*" data-ends="(\d+) (\d+)"', html)}
    assert len(arcs) == len(across) and len(numbers) == len(results_of(site))
    assert html.count('id="node-') == len(site.equations)


def test_a_use_that_is_taken_from_the_records_is_not_drawn():
    site = the_real_site()
    page, record = site.pages["reference/dependencies.md"], site.evidence.records["rnn.linear.grad_W_hh"]
    edge, kept = (record["uses"][0], record["slug"]), record["uses"]
    assert drawn(site, graph(site, page))[edge] == 1
    try:
        record["uses"] = kept[1:]
        assert drawn(site, graph(site, page))[edge] == 0
    finally:
        record["uses"] = kept


def test_the_fixture_has_no_such_page_and_its_equations_do_not_link_to_one(built_fixture):
    assert "dependencies" not in (built_fixture / "en/causes/linear-rnn/index.html").read_text(encoding="utf-8")
