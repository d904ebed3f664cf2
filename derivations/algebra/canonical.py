"""Equality of sums of monomials: contract Kronecker deltas, name summation indices canonically, cancel."""

from dataclasses import replace
from itertools import permutations, product

from sympy import Integer, Symbol, expand, simplify

from derivations.algebra.affine import never_negative
from derivations.algebra.indexed import ONE, Delta, Entry, Function, LossAt, Monomial, NotIndexed, mentions, renamed

ZERO = Integer(0)


def unequal(left, right, facts=(), adjoint_ends=(), unit_sums=()):
    """None when two sums of monomials are equal for all bounds, otherwise the sentence that says what is left over.

    ``facts`` are affine expressions that are never negative; ``adjoint_ends`` are the (name, last index) of adjoints, which
    are zero one step later; ``unit_sums`` names the columns whose entries are assumed to sum to 1.
    """
    rest = {}
    for sign, side in ((1, left), (-1, right)):
        for monomial in side:
            contracted = contract(monomial, facts, adjoint_ends)
            if contracted is not None:
                contracted = _summed_out(_cancelled(contracted), unit_sums)
                key = canonical(contracted)
                rest[key] = rest.get(key, ZERO) + sign * contracted.coefficient
    left_over = [key for key, coefficient in rest.items() if simplify(expand(coefficient)) != 0]
    return f"the two sides differ by a multiple of {shown(left_over[0])}" if left_over else None


def contract(monomial, facts=(), adjoint_ends=()):
    """Sum out every delta that has a summation index; None when the monomial is zero. Raises NotIndexed when the facts do
    not say whether the index that is left lies in the range of the sum."""
    for place, factor in enumerate(monomial.factors):
        if not isinstance(factor, Delta):
            continue
        others = monomial.factors[:place] + monomial.factors[place + 1:]
        gap = expand(factor.left - factor.right)
        if gap.is_Integer:
            return contract(replace(monomial, factors=others), facts, adjoint_ends) if gap == 0 else None
        for index, first, last in monomial.binders:
            slope = gap.coeff(index)
            if abs(slope) != 1:
                continue
            value = expand(index - slope * gap)
            binders = tuple(b for b in monomial.binders if b[0] != index)
            found = renamed(Monomial(monomial.coefficient, binders, others), {index: value})
            inside = _inside(value, first, last, found, facts, adjoint_ends)
            return contract(found, facts, adjoint_ends) if inside else None
        raise NotIndexed(f"whether {factor.left} = {factor.right} is not known, and no sum runs over either")
    return monomial


def _inside(value, first, last, monomial, facts, adjoint_ends):
    """Is first <= value <= last? True also one step past the end where an adjoint is zero there."""
    known = tuple(facts) + tuple(fact for i, low, high in monomial.binders if i in value.free_symbols for fact in (i - low, high - i))
    ended = any(isinstance(f, Entry) and f.kind == "grad" and any(f.name == name and expand(f.time - end) == value - last for name, end in adjoint_ends)
                for f in monomial.factors if getattr(f, "time", None) is not None)
    if never_negative(value - first, known) and never_negative(last + int(ended) - value, known):
        return True
    if never_negative(first - 1 - value, known) or never_negative(value - last - 1, known):
        return False
    raise NotIndexed(f"the index {value} may or may not lie in {first}..{last}")


def _cancelled(monomial):
    """u * (1/u) = 1 for every product u of factors whose reciprocal stands in the monomial."""
    for place, factor in enumerate(monomial.factors):
        if not isinstance(factor, Function) or (factor.name, factor.order, len(factor.argument)) != ("reciprocal", 0, 1):
            continue
        (u,) = factor.argument
        rest = _without(monomial.factors[:place] + monomial.factors[place + 1:], u.factors)
        if rest is not None and not u.binders:
            return _cancelled(Monomial(monomial.coefficient / u.coefficient, monomial.binders, rest))
    return monomial


def _without(factors, gone):
    """The factors without one copy of each of ``gone``; None when one is missing."""
    rest = list(factors)
    for factor in gone:
        place = next((place for place, other in enumerate(rest) if _key(other, 0) == _key(factor, 0)), None)
        if place is None:
            return None
        del rest[place]
    return tuple(rest)


def _summed_out(monomial, unit_sums):
    """Sums of nothing but one column of ``unit_sums`` are 1."""
    for index, _, _ in monomial.binders:
        here = [f for f in monomial.factors if mentions(f, index)]
        alone = len(here) == 1 and not any(index in end.free_symbols for _, *ends in monomial.binders for end in ends)
        if alone and here[0] in [Entry("value", name, here[0].time, index, ONE) for name in unit_sums if isinstance(here[0], Entry)]:
            binders = tuple(b for b in monomial.binders if b[0] != index)
            return _summed_out(replace(monomial, binders=binders, factors=tuple(f for f in monomial.factors if f is not here[0])), unit_sums)
    return monomial


def canonical(monomial, depth=0):
    """A key that two monomials share exactly when they differ by a renaming of summation indices and by the order of factors.

    Indices are first told apart by the places where they stand; what is alike after that is tried in every order.
    """
    bound = {index: (str(first), str(last)) for index, first, last in monomial.binders}
    groups = {}
    for index, ends in bound.items():
        alone = renamed(replace(monomial, binders=()), {other: Symbol("_this" if other == index else "_other") for other in bound})
        groups.setdefault((ends, tuple(sorted(_key(f, depth) for f in alone.factors))), []).append(index)
    orders = product(*(permutations(groups[signature]) for signature in sorted(groups, key=repr)))
    keys = []
    for order in orders:
        names = {index: Symbol(f"_{depth}_{place}", integer=True) for place, index in enumerate(i for group in order for i in group)}
        found = renamed(monomial, names)
        keys.append((tuple(sorted(map(str, found.binders))), tuple(sorted(_key(f, depth) for f in found.factors))))
    return min(keys)


def _key(factor, depth):
    """A factor as text; the argument of a function is itself made canonical."""
    if isinstance(factor, Function):
        argument = sorted((str(m.coefficient), canonical(m, depth + 1)) for m in (contract(m) for m in factor.argument) if m is not None)
        return f"{factor.name}{chr(39) * factor.order}({argument})"
    if isinstance(factor, Entry):
        return f"{factor.kind} {factor.name} {factor.time} {factor.row} {factor.col}"
    if isinstance(factor, LossAt):
        return f"loss{chr(39) * factor.order} {factor.output} {factor.target} {factor.row}"
    return f"delta {sorted(map(str, (factor.left, factor.right)))}"


def shown(key):
    return " · ".join(key[1])
