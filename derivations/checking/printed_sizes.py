"""Arithmetic of a reader: numbers (exact fractions), matrices (lists of rows), and matrices whose size is not written.

The identity, the column of ones and an empty sum take their size from what they are added to, multiplied by or compared
with, and are refused where nothing gives it. Every function takes the ``ops`` that the entries belong to.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

TRANSPOSED = {"identity": "identity", "zero": "zero", "column of ones": "row of ones", "row of ones": "column of ones"}


class Misfit(Exception):
    """Values that do not go together; the message says why, and the caller says where."""


@dataclass(frozen=True)
class Sizeless:
    """``factor`` times one of the kinds of TRANSPOSED, of a size that is not known yet."""

    kind: str
    factor: Fraction = Fraction(1)


def shape(matrix):
    return len(matrix), len(matrix[0])


def shown(value):
    return "a number" if isinstance(value, Fraction) else f"the {value.kind}" if isinstance(value, Sizeless) else "a {} × {} matrix".format(*shape(value))


def scalar(ops, value):
    return ops.scalar(value.numerator, value.denominator)


def scaled(ops, factor, value):
    if isinstance(value, Fraction):
        return factor * value
    return replace(value, factor=factor * value.factor) if isinstance(value, Sizeless) else ops.scale(scalar(ops, factor), value)


def as_matrix(ops, value):
    """A value whose size must be known; a number is 1 x 1."""
    if isinstance(value, Sizeless):
        raise Misfit(f"nothing says how large {shown(value)} is")
    return [[scalar(ops, value)]] if isinstance(value, Fraction) else value


def sized(ops, value, rows, cols):
    """A Sizeless as a matrix of this shape."""
    if not {"identity": rows == cols, "column of ones": cols == 1, "row of ones": rows == 1, "zero": True}[value.kind]:
        raise Misfit(f"{shown(value)} cannot be a {rows} × {cols} matrix, as its surroundings ask")
    plain = ops.eye(rows) if value.kind == "identity" else ops.constant(ops.zero if value.kind == "zero" else ops.one, rows, cols)
    return ops.scale(scalar(ops, value.factor), plain)


def alike(ops, a, b):
    """Two values as matrices of one shape."""
    if isinstance(a, Sizeless) and isinstance(b, Sizeless):
        raise Misfit(f"nothing says how large {shown(a)} and {shown(b)} are")
    if isinstance(a, Sizeless):
        b = as_matrix(ops, b)
        return sized(ops, a, *shape(b)), b
    if isinstance(b, Sizeless):
        return alike(ops, b, a)[::-1]
    left, right = as_matrix(ops, a), as_matrix(ops, b)
    if shape(left) != shape(right):
        raise Misfit(f"{shown(a)} and {shown(b)} cannot be taken entry by entry")
    return left, right


def plus(ops, a, b):
    for one, other in ((a, b), (b, a)):
        if isinstance(one, Sizeless) and one.kind == "zero":
            return other
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a + b
    if isinstance(a, Sizeless) and isinstance(b, Sizeless) and a.kind == b.kind:
        return Sizeless(a.kind, a.factor + b.factor)
    return ops.add(*alike(ops, a, b))


def times(ops, a, b):
    """The matrix product; a number or a 1 x 1 matrix multiplies every entry."""
    for one, other in ((a, b), (b, a)):
        if isinstance(one, Fraction):
            return scaled(ops, one, other)
    for one, other in ((a, b), (b, a)):
        if isinstance(one, Sizeless) and one.kind in ("zero", "identity"):
            return one if one.kind == "zero" else scaled(ops, one.factor, other)
    if isinstance(a, Sizeless) and a.kind == "row of ones" and isinstance(b, list):
        a = sized(ops, a, 1, len(b))
    elif isinstance(b, Sizeless) and b.kind == "column of ones" and isinstance(a, list):
        b = sized(ops, b, shape(a)[1], 1)
    a, b = as_matrix(ops, a), as_matrix(ops, b)
    if shape(a)[1] == shape(b)[0]:
        return ops.matmul(a, b)
    for one, other in ((a, b), (b, a)):
        if shape(one) == (1, 1):
            return ops.scale(one[0][0], other)
    raise Misfit(f"{shown(a)} is multiplied by {shown(b)}")
