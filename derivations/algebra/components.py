"""Terms written out in components with symbolic indices: what each operation means, entry by entry.

These definitions are what the proofs of the rules rest on; indices start at 1, and a side of length 1 has the index 1.
"""

from dataclasses import replace
from functools import partial

from sympy import Dummy, Identity, MatAdd, MatMul, MatrixExpr, MatrixSymbol, Mul, OneMatrix, Transpose, ZeroMatrix

from derivations.algebra import terms as a
from derivations.algebra.indexed import ONE, Delta, Entry, Function, LossAt, Monomial, NotIndexed, new_index, times


def components(term, row, col):
    """The entry of ``term`` at (row, col) as a list of Monomials."""
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
        return times(*map(here, term.args))
    if isinstance(term, a.Diag):
        return times([Monomial(factors=(Delta(row, col),))], components(term.vector, row, ONE))
    if isinstance(term, a.Inner):
        return inner(*term.args)
    if isinstance(term, a.Map):
        name, order = ("reciprocal", 0) if (term.function, term.order) == ("log", 1) else (term.function, term.order)
        return [Monomial(factors=(Function(name, order, tuple(here(term.argument))),))]
    if isinstance(term, a.Softmax):
        place, binders = new_index(term.shape[0])
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
        end, binders = (col, ()) if place + 1 == len(factors) else new_index(factor.shape[1])
        found = times(found, [Monomial(binders=binders)], components(factor, row, end))
        row = end
    return found


def scalar(term):
    """A 1 x 1 term as a list of Monomials."""
    return components(term, ONE, ONE)


def inner(left, right):
    """<left, right> = sum over rows and columns; ``left`` may be a number when ``right`` is 1 x 1."""
    if not isinstance(left, MatrixExpr):
        return times([Monomial(left)], scalar(right))
    (row, rows), (col, cols) = map(new_index, left.shape)
    return times([Monomial(binders=rows + cols)], components(left, row, col), components(right, row, col))


def _leaf(term):
    if not isinstance(term, (a.Slot, MatrixSymbol)):
        raise NotIndexed(f"a loss of the compound term {term} has no components here: name its output by an equation")
    return term.name, term.index if isinstance(term, a.Slot) else None


def _entry(kind, term, row, col):
    return Monomial(factors=(Entry(kind, *_leaf(term), row, col),))


def _exp(argument, row):
    return (Function("exp", 0, tuple(components(argument, row, ONE))),)
