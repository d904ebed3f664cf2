"""The left side of a statement with 50 digits, by the second forward pass: its value, central differences, the complex step."""

from functools import lru_cache

from mpmath import mp

from derivations.algebra import terms as a
from derivations.checking.attack import Block, Undecided
from derivations.checking.balls import imaginary, imaginary_part, number, real
from derivations.checking.outside import passes
from derivations.checking.outside_math import Rows
from derivations.checking.sides import bindings, difference, member, shape
from derivations.formula.points import DIGITS

STEPS = (20, 21, 22)  # binary digits of the steps of the sweep
AGREE, AGREE_COMPLEX = mp.mpf(10) ** -12, mp.mpf(10) ** -35  # relative; two steps leave the fourth power of the step
IMAGINARY = 2**-200  # its square is far below the last of the 50 digits, and nothing is subtracted
DOMINATES = 1000     # truncation must exceed rounding by this factor before an order is read off it


def second_pass(entry, claimed, place, bound):
    """The value of the left side by the second forward pass."""
    found = _run(place, {})[member(entry.statement.left, bindings(place, bound))]
    return Block(difference(found.apply(number).rows if isinstance(found, Rows) else [[number(found)]], claimed), AGREE_COMPLEX)


def by_differences(entry, claimed, place, bound):
    """Central differences, extrapolated from a sweep that must show order 2."""
    measured, order = swept(entry.statement.left, place, tuple(bound.items()))
    return Block(difference(measured, claimed), AGREE, (order,) if order is not None else ())


def by_complex_step(entry, claimed, place, bound):
    """Im f(x + ih) / h: no difference is taken, so a gradient of any size keeps its digits."""
    return Block(difference(_complex(entry.statement.left, place, tuple(bound.items())), claimed), AGREE_COMPLEX)


def _run(place, nudge):
    return passes(place.model.name, _given(place, mp.prec), place.length, nudge, place.ops.activation)


@lru_cache(maxsize=8)
def _given(place, precision):
    """What the pass starts from, as scalars of that precision."""
    return {key[1:]: Rows(rows).apply(real) for key, rows in place.given.items()}


@lru_cache(maxsize=None)
def swept(left, place, bound):
    """(rows, observed order) of a derivative: extrapolated from two steps, the order from a third one along the first direction.

    The order is None where the quantity is so nearly a polynomial of degree 2 that there is no truncation. Raises Undecided
    if the differences do not converge with order 2, as at a kink.
    """
    steps = [mp.mpf(2) ** -bits for bits in STEPS]

    def quotients(of, read, direction, steps=steps[:2]):
        pairs = [(h, *(_run(place, {of: direction * real(side)})[read] for side in (h, -h))) for h in steps]
        return [_each(number, (above - below) / real(2 * h)) for h, above, below in pairs]

    columns = _columns(left, place, bound, quotients)
    of, read = _ends(left, place, bound)
    first = Rows(place.direction.rows).apply(real) if isinstance(left, a.Diff) else _unit(*shape(place.values["value", *of]), 0, 0)
    (coarse, middle), (fine,) = columns[0], quotients(of, read, first, steps[2:])
    rounding = 10 * mp.mpf(10) ** -DIGITS * max(mp.mpf(1), *(abs(number(x)) for x in _entries(_run(place, {})[read]))) / steps[-1]
    gaps = [mp.sqrt(sum(abs(x - y) ** 2 for x, y in zip(*map(_entries, pair)))) for pair in ((coarse, middle), (middle, fine))]
    order = mp.log(gaps[0] / gaps[1], 2) if gaps[1] > DOMINATES * rounding else None
    if order is not None and not 1.99 <= order <= 2.01:
        raise Undecided(f"the differences converge with order {mp.nstr(order, 4)} in place of 2")
    return _arranged(left, place, bound, [[(4 * y - x) / 3 for x, y in zip(*map(_entries, pair))] for pair in columns]), order


@lru_cache(maxsize=None)
def _complex(left, place, bound):
    h = mp.mpf(IMAGINARY)
    return _arranged(left, place, bound, _columns(left, place, bound, lambda of, read, direction: [imaginary_part(x) / h for x in _entries(_run(place, {of: direction * imaginary(h)})[read])]))


def _ends(left, place, bound):
    """What is moved and what is read."""
    symbols = bindings(place, dict(bound))
    if isinstance(left, a.Diff):
        return (place.words.recurrent, None), member(left.of, symbols)
    return (member(left.of, symbols), ("L", None)) if isinstance(left, a.Grad) else (member(left.den, symbols), member(left.num, symbols))


def _columns(left, place, bound, slope):
    """``slope`` in every direction that the left side asks for."""
    of, read = _ends(left, place, bound)
    if isinstance(left, a.Diff):
        return [slope(of, read, Rows(place.direction.rows).apply(real))]
    rows, cols = shape(place.values["value", *of])
    return [slope(of, read, _unit(rows, cols, r, c)) for r in range(rows) for c in range(cols)]


def _arranged(left, place, bound, columns):
    """The slopes as the rows of the left side."""
    if isinstance(left, a.Grad):
        rows, cols = shape(place.values["value", *_ends(left, place, bound)[0]])
        return [[columns[r * cols + c][0] for c in range(cols)] for r in range(rows)]
    return [[column[r] for column in columns] for r in range(len(columns[0]))]


def _entries(found):
    """The entries of a matrix, or the one number itself."""
    return list(found) if isinstance(found, Rows) else [found]


def _each(function, found):
    return found.apply(function) if isinstance(found, Rows) else function(found)


def _unit(rows, cols, r, c):
    return Rows([[real(int((x, y) == (r, c))) for y in range(cols)] for x in range(rows)])
