"""Equality of two terms for all T and all shapes: cancel words, telescope sums.

Sums with the same body are compared through a formal primitive S: the sum from p to q is S(q) - S(p - 1), which is valid
once q >= p - 1 is known. Everything assumed is a list of facts (affine expressions that are never negative); a range,
exponent or index that the facts do not put in its place makes the proof fail, never succeed.
"""

from sympy import Integer, expand, simplify

from derivations.algebra import terms as a
from derivations.algebra.affine import never_negative
from derivations.algebra.words import Chain, Run, Unprovable, Word, at, merge, words


class Families:
    """Where indices may stand: {family: (first, last)}; an adjoint one step past the last index is zero."""

    def __init__(self, model):
        self.ranges = {}
        for variable in model.variables:
            if variable.is_family:
                first, last = self.ranges.get(variable.name, (variable.first, variable.last))
                first = first if never_negative(variable.first - first) else variable.first
                self.ranges[variable.name] = (first, last if never_negative(last - variable.last) else variable.last)

    def check(self, letter, facts):
        """Raise Unprovable unless every index of the letter is inside its range; True when the letter is a zero adjoint."""
        zero = False
        for node in a.walk(letter.pattern):
            if not isinstance(node, a.Slot):
                continue
            index = letter.indices[int(node.index.name[2:])]
            first, last = self.ranges[node.name]
            adjoint = isinstance(letter.pattern, a.Grad)
            zero = zero or (adjoint and expand(index - last) == 1)
            if not (never_negative(index - first, facts) and never_negative(last + int(adjoint) - index, facts)):
                raise Unprovable(f"{node.name} would be read at the index {index}, which may leave {first}..{last}")
        return zero


def prove_equal(left, right, facts, families):
    """None when left = right under the facts, otherwise the sentence that says what stands in the way."""
    try:
        groups = {}
        for sign, side in ((1, left), (-1, right)):
            for word in words(side):
                _file(_normal(word, sign), groups, facts, families)
        rest = [reason for reason in (_settle(group, facts, families) for group in _fold(groups)) if reason]
        return rest[0] if rest else None
    except Unprovable as reason:
        return str(reason)


def _normal(word, sign):
    """Merged factors; every bound variable is the first index (else exponent) in which it occurs."""
    factors, binders = merge(word.factors), word.binders
    for place in range(len(binders)):
        variable, low, high = binders[place]
        key = next((e for e in _keys(factors) if abs(e.coeff(variable)) == 1), None)
        if key is None:
            continue
        slope = key.coeff(variable)
        inverse = {variable: expand((variable - (key - slope * variable)) * slope)}
        factors = merge(at(factors, inverse))
        ends = [expand(key.xreplace({variable: low})), expand(key.xreplace({variable: high}))]
        ends = ends if slope == 1 else ends[::-1]
        binders = tuple((v, *ends) if p == place else (v, expand(lo.xreplace(inverse)), expand(hi.xreplace(inverse))) for p, (v, lo, hi) in enumerate(binders))
    return Word(sign * word.coefficient, binders, factors)


def _keys(factors):
    """Index expressions of a word in order: letter indices first, then exponents."""
    flat = [f for factor in factors for f in (factor.body if isinstance(factor, Chain) else (factor,)) if isinstance(factor, Run)]
    return [e for f in flat for e in f.letter.indices] + [f.exponent for f in flat]


def _facts_of(binders):
    return tuple(fact for variable, low, high in binders for fact in (variable - low, high - variable))


def _file(word, groups, facts, families):
    """Put a word into its group: {(factors, region of all but a single sum): [(coefficient, low, high)]}."""
    for variable, low, high in word.binders:
        others = tuple(b for b in word.binders if b[0] != variable)
        if not never_negative(high - low + 1, facts + _facts_of(others)):
            raise Unprovable(f"the sum from {low} to {high} may be empty by more than one step")
    if _vanishes(word, facts, families):
        return
    if len(word.binders) == 1:
        (variable, low, high), = word.binders
        mark = a.Symbol("_m", integer=True)
        key = (at(word.factors, {variable: mark}), mark)
        groups.setdefault(key, []).append((word.coefficient, low, high))
    else:
        key = (*_canonical(word), None)
        groups.setdefault(key, []).append((word.coefficient, None, None))


def _vanishes(word, facts, families):
    """Check that everything in the word is defined; True when a letter is identically zero."""
    known = facts + _facts_of(word.binders)
    zero = False
    for factor in word.factors:
        if isinstance(factor, Chain):
            low, high = (factor.last, factor.first) if factor.down else (factor.first, factor.last)
            if not never_negative(high - low + 1, known):
                raise Unprovable(f"the product from {factor.first} to {factor.last} may be empty by more than one step")
            inner = known + (factor.variable - low, high - factor.variable)
            for part in factor.body:
                families.check(part.letter, inner)
        else:
            if not never_negative(factor.exponent, known):
                raise Unprovable(f"the exponent {factor.exponent} may be negative")
            zero = families.check(factor.letter, known) or zero
    return zero


def _canonical(word):
    """(factors, region) with bound variables named by first appearance and redundant bounds dropped."""
    order = [v for e in _keys(word.factors) for v in sorted(e.free_symbols, key=str) if any(v == b[0] for b in word.binders)]
    order = list(dict.fromkeys(order + [b[0] for b in word.binders]))
    names = {v: a.Symbol(f"_c{place}", integer=True) for place, v in enumerate(order)}
    facts = sorted({expand(fact.xreplace(names)) for fact in _facts_of(word.binders)}, key=str)
    kept = list(facts)
    for fact in facts:
        others = [f for f in kept if f != fact]
        if never_negative(fact, others):
            kept = others
    return at(word.factors, names), frozenset(kept)


def _fold(groups):
    """Count words without a sum as one-step sums of a group whose body they instantiate."""
    loose = {key: sum(c for c, _, _ in entries) for key, entries in groups.items() if key[-1] is None}
    families = {key: list(entries) for key, entries in groups.items() if key[-1] is not None}
    left = []
    for key, coefficient in loose.items():
        home = _home(key, families) if not key[1] else None
        if home:
            families[home[0]].append((coefficient, home[1], home[1]))
        else:
            left.append((key, [(coefficient, None, None)]))
    return [(key, entries) for key, entries in families.items()] + left


def _home(key, families):
    for (body, mark) in families:
        wanted = next((e for e in _keys(body) if abs(e.coeff(mark)) == 1), None)
        for candidate in dict.fromkeys(_keys(key[0])) if wanted is not None else ():
            value = expand((candidate - (wanted - wanted.coeff(mark) * mark)) * wanted.coeff(mark))
            if merge(at(body, {mark: value})) == key[0]:
                return (body, mark), value
    return None


def _settle(group, facts, families):
    """None when a group cancels, else what is left of it."""
    key, entries = group
    if key[-1] is None:
        coefficient = simplify(entries[0][0])
        return None if coefficient == 0 else f"a term with the coefficient {coefficient} is left over"
    primitive = {}
    for coefficient, low, high in entries:
        for end, value in ((expand(high), coefficient), (expand(low - 1), -coefficient)):
            primitive[end] = primitive.get(end, Integer(0)) + value
    primitive = {end: simplify(value) for end, value in primitive.items() if simplify(value) != 0}
    for end in list(primitive):
        step = expand(end - 1)
        if step in primitive and primitive[end] == -primitive[step] and _vanishes(Word(Integer(1), (), merge(at(key[0], {key[1]: end}))), facts, families):
            del primitive[end], primitive[step]
    if not primitive:
        return None
    return "a sum is left over: its ends are off at " + ", ".join(map(str, primitive))
