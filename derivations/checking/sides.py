"""The value of a side of a statement at a point, and how far two values are apart."""

from functools import lru_cache

from mpmath import mp

from derivations.algebra import terms as a
from derivations.checking.compiled import Environment, affine, compiled

EVERY_INDEX_BELOW = 10  # sequences at least this long are judged at the ends and in the middle only


class Values(dict):
    """The true values at a point, looked up when first needed: {(kind, name, index) or ('jac', ...): rows}."""

    def __init__(self, place):
        super().__init__()
        self.place = place

    def __missing__(self, key):
        kind, name, index = key[:3]
        place = self.place
        last = max((i for k, n, i in place.values if n == name and i is not None), default=None)
        if kind == "value":
            self[key] = place.values[key]
        elif kind == "grad" and index is not None and index - 1 == last and ("value", name, last) in place.values:
            self[key] = place.ops.zeros(*shape(place.values["value", name, last]))
        elif kind == "grad":
            place.values["value", name, index]
            self[key] = place.gradient(name, index).rows
        elif kind == "diff":
            self[key] = place.direction.rows if index is None else place.tangent(index).rows
        else:
            self[key] = self._jacobian(key)
        return self[key]

    def _jacobian(self, key):
        _, num, row, den, column = key
        place, rows = self.place, len(self.place.values["value", num, row])
        columns = place._move(("value", den, column), place._basis(len(place.values["value", den, column]), 1), ("value", num, row))
        return [[one[r][0] for one in columns] for r in range(rows)]


def shape(rows):
    return len(rows), len(rows[0])


@lru_cache(maxsize=None)
def function(term):
    """The term as a function of an environment and of bindings, compiled once."""
    return compiled(term)


@lru_cache(maxsize=64)
def environment(place):
    return Environment(place.ops, Values(place), place.sizes, place.length)


def bindings(place, bound):
    """What index expressions are evaluated with: the length (T, D) and the free time variables {name: integer}."""
    return {**a.at_length(place.length), **{a.Symbol(name, integer=True): value for name, value in bound.items()}}


def side(term, place, bound):
    """The rows of a term at a point, from the true values there. Raises Undefined where it has none."""
    return function(term)(environment(place), bindings(place, bound))


def member(term, symbols):
    """(name, index) of a leaf; the index of what is no family is None."""
    return term.name, affine(term.index)(symbols) if isinstance(term, a.Slot) else None


def indices(entry, place):
    """Every choice of the free time variables (at long sequences the ends and the middle)."""
    choices = [{}]
    for r in entry.domain:
        grown = []
        for bound in choices:
            symbols = bindings(place, bound)
            low, high = affine(r.first)(symbols), affine(r.last)(symbols)
            every = range(low, high + 1) if place.length < EVERY_INDEX_BELOW else sorted({low, (low + high) // 2, high} & set(range(low, high + 1)))
            grown += [{**bound, r.variable.name: value} for value in every]
        choices = grown
    return choices


def difference(left, right):
    """Largest relative difference of two entries in the same place (of exact numbers: 0 or 1); NaN if an entry is not finite."""
    if shape(left) != shape(right):
        raise ValueError(f"one value is a {' x '.join(map(str, shape(left)))} block and the other a {' x '.join(map(str, shape(right)))} block")
    found = [_relative(x, y) for r, s in zip(left, right) for x, y in zip(r, s)]
    return mp.nan if any(mp.isnan(x) for x in found) else max(found)


def _relative(x, y):
    if isinstance(x, int) and isinstance(y, int):
        return mp.mpf(x != y)
    if not (mp.isfinite(x) and mp.isfinite(y)):
        return mp.nan
    return mp.mpf(0) if x == y else abs(x - y) / max(abs(x), abs(y))
