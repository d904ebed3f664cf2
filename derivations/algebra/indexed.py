"""Scalar calculus with symbolic indices: the ground on which rules are proved.

A scalar is a sum of monomials: a coefficient, finite sums over index symbols with symbolic bounds, and commuting factors. What
is trusted here is Leibniz's rule and the chain rule for scalars, and that finite sums may be exchanged and their indices renamed.
No rule of ``derivations.algebra.rules`` is used.
"""

from dataclasses import dataclass, replace

from sympy import Dummy, Integer

ONE = Integer(1)


class NotIndexed(ValueError):
    """The term has no components here; the sentence says why."""


@dataclass(frozen=True)
class Entry:
    """One entry of a leaf; ``kind`` is 'value', 'grad' or 'diff', ``time`` is None for what has no time index."""

    kind: str
    name: str
    time: object
    row: object
    col: object


@dataclass(frozen=True)
class Function:
    """A scalar function, or its derivative of the given order, of a sum of monomials."""

    name: str
    order: int
    argument: tuple


@dataclass(frozen=True)
class LossAt:
    """l(output, target), or component ``row`` of its gradient in the output; the leaves are (name, time), columns of that length."""

    order: int
    output: tuple
    target: tuple
    length: object
    row: object = ONE


@dataclass(frozen=True)
class Delta:
    """1 where both indices agree, otherwise 0."""

    left: object
    right: object


@dataclass(frozen=True)
class Monomial:
    """coefficient * sums over the binders (index, first, last) of the product of the factors."""

    coefficient: object = ONE
    binders: tuple = ()
    factors: tuple = ()

    def __mul__(self, other):
        return Monomial(self.coefficient * other.coefficient, self.binders + other.binders, self.factors + other.factors)


def times(*sums):
    """The product of sums of monomials."""
    found = [Monomial()]
    for one in sums:
        found = [left * right for left in found for right in one]
    return found


def new_index(size):
    """A summation index for a side of that length, and its binder (none for a side of length 1)."""
    if size == 1:
        return ONE, ()
    index = Dummy("i", integer=True)
    return index, ((index, ONE, size),)


def derivative(monomials, move):
    """The differential of a sum of monomials by Leibniz's rule; ``move(entry)`` is the list of factors that stands for the
    differential of a moving entry, None for one that stands still."""
    found = []
    for monomial in monomials:
        for place, factor in enumerate(monomial.factors):
            rest = replace(monomial, factors=monomial.factors[:place] + monomial.factors[place + 1:])
            found += [rest * moved for moved in _moved(factor, move)]
    return found


def _moved(factor, move):
    if isinstance(factor, Entry) and factor.kind == "value":
        factors = move(factor)
        return [] if factors is None else [Monomial(factors=tuple(factors))]
    if isinstance(factor, LossAt):
        row, binders = new_index(factor.length)
        moved, in_target = (move(Entry("value", *leaf, row, ONE)) for leaf in (factor.output, factor.target))
        if in_target is not None or moved is not None and factor.order:
            raise NotIndexed(f"a loss is differentiated once, in its output; here {factor} moves otherwise")
        return [] if moved is None else [Monomial(binders=binders, factors=(replace(factor, order=1, row=row), *moved))]
    if isinstance(factor, Function):
        return times([_slope(factor)], [_refreshed(inner) for inner in derivative(factor.argument, move)])
    return []


def _slope(function):
    """The derivative of a function at its argument; exp, log and the reciprocal obey their rules, all others are arbitrary."""
    if (function.name, function.order) == ("log", 0):
        return Monomial(factors=(replace(function, name="reciprocal"),))
    if function.name == "exp":
        return Monomial(factors=(function,))
    if (function.name, function.order) == ("reciprocal", 0):
        return Monomial(-ONE, factors=(function, function))
    return Monomial(factors=(replace(function, order=function.order + 1),))


def _refreshed(monomial):
    """The same monomial with summation indices of its own, so that none of them is caught by a sum inside another factor."""
    return renamed(monomial, {index: Dummy("i", integer=True) for index, _, _ in monomial.binders})


def renamed(monomial, mapping):
    """Indices replaced everywhere, binders included."""
    binders = tuple((mapping.get(index, index), first.xreplace(mapping), last.xreplace(mapping)) for index, first, last in monomial.binders)
    return Monomial(monomial.coefficient, binders, tuple(_at(factor, mapping) for factor in monomial.factors))


def mentions(factor, index):
    """Does the index stand free in the factor?"""
    return _at(factor, {index: Dummy("other", integer=True)}) != factor


def _at(factor, mapping):
    """A factor with its free indices replaced."""
    def moved(x):
        return x if x is None else x.xreplace(mapping).expand()
    if isinstance(factor, Entry):
        return replace(factor, time=moved(factor.time), row=moved(factor.row), col=moved(factor.col))
    if isinstance(factor, Delta):
        return Delta(moved(factor.left), moved(factor.right))
    if isinstance(factor, LossAt):
        output, target = ((name, moved(time)) for name, time in (factor.output, factor.target))
        return replace(factor, output=output, target=target, row=moved(factor.row))
    return replace(factor, argument=tuple(_under(monomial, mapping) for monomial in factor.argument))


def _under(monomial, mapping):
    """Free indices replaced below the monomial's own sums."""
    bound = {index for index, _, _ in monomial.binders}
    return renamed(monomial, {old: new for old, new in mapping.items() if old not in bound})
