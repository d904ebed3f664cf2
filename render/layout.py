"""Where the results of a chapter are drawn: in columns, what is used always to the left of what uses it.

In units: a column is one wide, a row one high. The same nodes and edges give the same picture; nothing is drawn by chance.
"""

from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import pairwise

Edge = tuple[str, str]
SWEEPS = 12
ABREAST = 5


@dataclass(frozen=True)
class Drawing:
    """The centre (column, row) of every node, the points each edge passes, and the size of the whole."""

    at: dict[str, tuple[float, float]]
    routes: dict[Edge, tuple[tuple[float, float], ...]]
    columns: int
    rows: float


def arrange(nodes: list[str], edges: list[Edge]) -> Drawing:
    """Connected parts one below the other, and at the end, side by side, the nodes without an edge."""
    parts = _parts(nodes, edges)
    at, routes, columns, row = {}, {}, 1, 0.0
    for part in (part for part in parts if len(part) > 1):
        here, passed, wide, high = _layered(part, [edge for edge in edges if edge[0] in part])
        at |= {node: (x, y + row) for node, (x, y) in here.items()}
        routes |= {edge: tuple((x, y + row) for x, y in points) for edge, points in passed.items()}
        columns, row = max(columns, wide), row + high + 0.35
    alone = [part[0] for part in parts if len(part) == 1]
    abreast = max(columns, ABREAST)
    for place, node in enumerate(alone):
        at[node] = (place % abreast, row + 0.15 * bool(routes) + place // abreast)
    rows = max((y for _, y in at.values()), default=-1) + 1
    return Drawing(at, routes, max(columns, min(abreast, len(alone))), rows)


def _parts(nodes: list[str], edges: list[Edge]) -> list[list[str]]:
    """The connected parts, in the order of their first nodes."""
    part = {node: {node} for node in nodes}
    for a, b in edges:
        if part[a] is not part[b]:
            part[a] |= part[b]
            for node in part[b]:
                part[node] = part[a]
    found = {id(part[node]): part[node] for node in nodes}
    return [[node for node in nodes if node in one] for one in found.values()]


def columns_of(nodes: list[str], edges: list[Edge]) -> dict[str, int]:
    """The column of each node: one after the last that it uses; what uses nothing stands just before its first user."""
    uses = {node: [a for a, b in edges if b == node] for node in nodes}
    column: dict[str, int] = {}
    for node in TopologicalSorter(uses).static_order():
        column[node] = max((column[used] + 1 for used in uses[node]), default=0)
    for node in nodes:
        users = [column[b] for a, b in edges if a == node]
        if not uses[node] and users:
            column[node] = min(users) - 1
    return column


def _layered(nodes: list[str], edges: list[Edge]):
    column = columns_of(nodes, edges)
    wide = max(column.values()) + 1
    # A way through every column that an edge passes, so that it does not run across other nodes.
    chains = {(a, b): [a, *((a, b, between) for between in range(column[a] + 1, column[b])), b] for a, b in edges}
    layers: list[list] = [[node for node in nodes if column[node] == one] for one in range(wide)]
    for (a, b), chain in chains.items():
        for between, point in enumerate(chain[1:-1], column[a] + 1):
            layers[between].append(point)
    links = [hop for chain in chains.values() for hop in pairwise(chain)]
    before = {point: [a for a, b in links if b == point] for layer in layers for point in layer}
    after = {point: [b for a, b in links if a == point] for layer in layers for point in layer}
    for sweep in range(SWEEPS):
        near, order = (before, range(1, wide)) if sweep % 2 == 0 else (after, range(wide - 2, -1, -1))
        for one in order:
            place = {point: position for layer in layers for position, point in enumerate(layer)}
            layers[one].sort(key=lambda point: _mean([place[other] for other in near[point]], place[point]))
    row = _rows(layers, {point: before[point] + after[point] for point in before})
    where = {point: (float(one), row[point]) for one, layer in enumerate(layers) for point in layer}
    routes = {edge: tuple(where[point] for point in chain) for edge, chain in chains.items()}
    return {node: where[node] for node in nodes}, routes, wide, max(row.values()) + 1


def _rows(layers: list[list], near: dict) -> dict:
    """The row of every point: as close to its neighbours as the points above and below it allow."""
    offsets = [_offsets(layer) for layer in layers]
    row = {point: offset for layer, offset_of in zip(layers, offsets, strict=True) for point, offset in zip(layer, offset_of, strict=True)}
    for _ in range(SWEEPS):
        for layer, offset_of in zip(layers, offsets, strict=True):
            wished = [_mean([row[other] for other in near[point]], row[point]) - offset for point, offset in zip(layer, offset_of, strict=True)]
            row |= {point: y + offset for point, y, offset in zip(layer, _rising(wished), offset_of, strict=True)}
    top = min(row.values())
    return {point: round(y - top, 3) for point, y in row.items()}


def _offsets(layer: list) -> list[float]:
    """How far below the first point of its column each one must lie at least; a passing edge needs half a row."""
    heights = [1.0 if isinstance(point, str) else 0.5 for point in layer]
    found = [0.0]
    for above, below in pairwise(heights):
        found.append(found[-1] + (above + below) / 2)
    return found


def _rising(wished: list[float]) -> list[float]:
    """The numbers closest to those wished (least squares) that never fall: neighbours that fall are averaged."""
    blocks: list[tuple[float, int]] = []
    for value in wished:
        blocks.append((value, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (b, n), (a, m) = blocks.pop(), blocks.pop()
            blocks.append(((a * m + b * n) / (m + n), m + n))
    return [value for value, count in blocks for _ in range(count)]


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
