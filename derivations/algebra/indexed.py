"""Terms written out in components with symbolic indices, and scalar calculus on them: the ground on which rules are proved.

A matrix term becomes, at a row and a column, a sum of monomials: a coefficient, finite sums over index symbols with symbolic
bounds, and commuting scalar factors. What is trusted here is the definition of each operation by components, Leibniz's rule
and the chain rule for scalars, Kronecker deltas, and that finite sums may be exchanged and their indices renamed.
No rule of ``derivations.algebra.rules`` is used.
"""

from dataclasses import dataclass, replace
from functools import partial

from sympy import Dummy, Identity, Integer, MatAdd, MatMul, MatrixExpr, MatrixSymbol, Mul, OneMatrix, Transpose, ZeroMatrix

from derivations.algebra import terms as a

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


def _times(*sums):
    found = [Monomial()]
    for one in sums:
        found = [left * right for left in found for right in one]
    return found


def _index(size):
    """A summation index for a side of that length, and its binder (none for a side of length 1)."""
    if size == 1:
        return ONE, ()
    index = Dummy("i", integer=True)
    return index, ((index, ONE, size),)


def components(term, row, col):
    """The entry of ``term`` at (row, col) as a list of Monomials; indices start at 1, a side of length 1 has the index 1."""
    here = partial(components, row=row, col=col)
    if isinstance(term, (a.Slot, MatrixSymbol)):
        return [_entry("value", term, row, col)]
    if isinstance(term, (a.Grad, a.Diff)):
        return [_entry("grad" if isinstance(term, a.Grad) else "diff", term.of, row, col)]
    if isinstance(term, ZeroMatrix):
        return []
    if isinstance(term, OneMatrix):
        return [Monomial()]
    if isinstance(term, Identity):
        return [Monomial(factors=(Delta(row, col),))]
    if isinstance(term, MatAdd):
        return [found for part in term.args for found in here(part)]
    if isinstance(term, MatMul):
        return _product(term, row, col)
    if isinstance(term, Transpose):
        return components(term.arg, col, row)
    if isinstance(term, a.Hadamard):
        return _times(*map(here, term.args))
    if isinstance(term, a.Diag):
        return _times([Monomial(factors=(Delta(row, col),))], components(term.vector, row, ONE))
    if isinstance(term, a.Inner):
        return inner(*term.args)
    if isinstance(term, a.Map):
        name, order = ("reciprocal", 0) if (term.function, term.order) == ("log", 1) else (term.function, term.order)
        return [Monomial(factors=(Function(name, order, tuple(here(term.argument))),))]
    if isinstance(term, a.Softmax):
        place, binders = _index(term.shape[0])
        powers = [Monomial(binders=binders, factors=_exp(term.argument, place))]
        return [Monomial(factors=_exp(term.argument, row) + (Function("reciprocal", 0, tuple(powers)),))]
    if isinstance(term, a.Loss):
        return [Monomial(factors=(LossAt(term.order, _leaf(term.output), _leaf(term.target), term.output.shape[0], row),))]
    if isinstance(term, a.TimeSum):
        step = Dummy("t", integer=True)
        body = components(a.substitute(term.body, {term.variable: step}), row, col)
        return [replace(found, binders=((step, term.first, term.last),) + found.binders) for found in body]
    raise NotIndexed(f"{term} has no components for symbolic lengths: powers and ordered products are treated by induction")


def _product(term, row, col):
    factors = [f for f in term.args if isinstance(f, MatrixExpr)]
    found = [Monomial(Mul(*(f for f in term.args if not isinstance(f, MatrixExpr))))]
    for place, factor in enumerate(factors):
        end, binders = (col, ()) if place + 1 == len(factors) else _index(factor.shape[1])
        found = _times(found, [Monomial(binders=binders)], components(factor, row, end))
        row = end
    return found


def scalar(term):
    """A 1 x 1 term as a list of Monomials."""
    return components(term, ONE, ONE)


def inner(left, right):
    """<left, right> = sum over rows and columns; ``left`` may be a number when ``right`` is 1 x 1."""
    if not isinstance(left, MatrixExpr):
        return _times([Monomial(left)], scalar(right))
    (row, rows), (col, cols) = map(_index, left.shape)
    return _times([Monomial(binders=rows + cols)], components(left, row, col), components(right, row, col))


def _leaf(term):
    if not isinstance(term, (a.Slot, MatrixSymbol)):
        raise NotIndexed(f"a loss of the compound term {term} has no components here: name its output by an equation")
    return term.name, term.index if isinstance(term, a.Slot) else None


def _entry(kind, term, row, col):
    return Monomial(factors=(Entry(kind, *_leaf(term), row, col),))


def _exp(argument, row):
    return (Function("exp", 0, tuple(components(argument, row, ONE))),)


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
    if isinstance(factor, LossAt) and factor.order == 0:
        row, binders = _index(factor.length)
        factors = move(Entry("value", *factor.output, row, ONE))
        return [] if factors is None else [Monomial(binders=binders, factors=(replace(factor, order=1, row=row), *factors))]
    if isinstance(factor, Function):
        return _times([_slope(factor)], [_refreshed(inner) for inner in derivative(factor.argument, move)])
    return []


def _slope(function):
    """The derivative of a function at its argument; exp, log and the reciprocal obey their rules, all others are arbitrary."""
    if (function.name, function.order) == ("log", 0):
        return Monomial(factors=(replace(function, name="reciprocal"),))
    if function.name == "exp":
        return Monomial(factors=(function,))
    if function.name == "reciprocal":
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
