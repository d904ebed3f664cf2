"""Normal form for sums of matrix words, and a sound test of equality for every T and all shapes.

A term becomes a sum of words: non-commuting letters with affine indices, powers with affine exponents, ordered products
with affine ends, under sums over time. Two terms are equal when their normal forms cancel; ``difference`` says what is
left otherwise. Nothing is evaluated: letters stand for arbitrary matrices of arbitrary (conformable) shapes.
"""

from dataclasses import dataclass, replace

from sympy import Identity, Integer, MatAdd, MatMul, Mul, MatrixExpr, Symbol, Transpose, ZeroMatrix, expand

from derivations.algebra import terms as a


class Unprovable(ValueError):
    """The term lies outside what the prover decides; the sentence says why."""


@dataclass(frozen=True)
class Letter:
    """An atomic matrix at given indices; ``pattern`` is the atom with its indices replaced by placeholders."""

    pattern: MatrixExpr
    indices: tuple = ()
    transposed: bool = False


@dataclass(frozen=True)
class Run:
    """A letter repeated ``exponent`` times."""

    letter: Letter
    exponent: object


@dataclass(frozen=True)
class Chain:
    """The ordered product of ``body`` (a word in ``variable``) from first to last; ``down``: indices decrease to the right."""

    body: tuple
    variable: Symbol
    first: object
    last: object
    down: bool


@dataclass(frozen=True)
class Word:
    """coefficient * sum over binders of the product of the factors; a binder is (variable, first, last)."""

    coefficient: object
    binders: tuple
    factors: tuple


BODY = Symbol("_j", integer=True)


def words(term, depth=0):
    """The term as a list of Words (not yet merged)."""
    if isinstance(term, ZeroMatrix):
        return []
    if isinstance(term, Identity):
        return [Word(Integer(1), (), ())]
    if isinstance(term, MatAdd):
        return [word for part in term.args for word in words(part, depth)]
    if isinstance(term, MatMul):
        found = [Word(Mul(*(f for f in term.args if not isinstance(f, MatrixExpr))), (), ())]
        for factor in (f for f in term.args if isinstance(f, MatrixExpr)):
            found = [_times(left, right) for left in found for right in words(factor, depth)]
        return found
    if isinstance(term, Transpose):
        return [replace(word, factors=_flip(word.factors)) for word in words(term.arg, depth)]
    if isinstance(term, a.TimeSum):
        variable = Symbol(f"_s{depth}", integer=True)
        inner = words(a.substitute(term.body, {term.variable: variable}), depth + 1)
        return [replace(word, binders=((variable, term.first, term.last),) + word.binders) for word in inner]
    if isinstance(term, a.Power):
        body = _single(term.base, depth)
        if len(body) == 1 and isinstance(body[0], Run) and body[0].exponent == 1:
            return [Word(Integer(1), (), (Run(body[0].letter, term.exponent),))]
        return [Word(Integer(1), (), (Chain(body, BODY, term.exponent, Integer(1), True),))]
    if isinstance(term, a.OrderedProduct):
        return [Word(Integer(1), (), (Chain(_single(a.substitute(term.body, {term.variable: BODY}), depth), BODY, term.first, term.last, True),))]
    if isinstance(term, a.Hadamard) and term.shape[1] == 1:
        left, right = term.args
        return words(a.product(a.Diag(left), right), depth)
    return [Word(Integer(1), (), (Run(_letter(term), Integer(1)),))]


def _single(term, depth):
    found = words(term, depth)
    if len(found) != 1 or found[0].binders or found[0].coefficient != 1:
        raise Unprovable(f"A power or ordered product of a sum ({term}) is not a word: expand it first.")
    return merge(found[0].factors)


def _letter(term):
    """Replace the indices of an atom by placeholders, in order of appearance."""
    indices = list(dict.fromkeys(node.index for node in a.walk(term) if isinstance(node, a.Slot)))
    pattern = term
    if indices:
        marks = {index: Symbol(f"_p{place}", integer=True) for place, index in enumerate(indices)}
        pattern = _replace_indices(term, marks)
    return Letter(pattern, tuple(indices))


def _replace_indices(term, marks):
    if isinstance(term, a.Slot):
        return term.at(marks[term.index])
    return term.func(*(_replace_indices(x, marks) if isinstance(x, MatrixExpr) else x for x in term.args)) if any(isinstance(x, MatrixExpr) for x in term.args) else term


def _times(left, right):
    taken = {variable for variable, _, _ in left.binders}
    if taken & {variable for variable, _, _ in right.binders}:
        renaming = {variable: Symbol(variable.name + "x", integer=True) for variable, _, _ in right.binders}
        right = _rename(right, renaming)
    return Word(left.coefficient * right.coefficient, left.binders + right.binders, left.factors + right.factors)


def _rename(word, renaming):
    binders = tuple((renaming[v], _sub(low, renaming), _sub(high, renaming)) for v, low, high in word.binders)
    return Word(_sub(word.coefficient, renaming), binders, at(word.factors, renaming))


def _sub(expression, mapping):
    return expand(expression.xreplace(mapping)) if hasattr(expression, "xreplace") else expression


def at(factors, mapping):
    """A word with its free time variables replaced."""
    found = []
    for factor in factors:
        if isinstance(factor, Run):
            letter = replace(factor.letter, indices=tuple(_sub(index, mapping) for index in factor.letter.indices))
            found.append(Run(letter, _sub(factor.exponent, mapping)))
        else:
            found.append(replace(factor, body=at(factor.body, mapping), first=_sub(factor.first, mapping), last=_sub(factor.last, mapping)))
    return tuple(found)


def _flip(factors):
    """The transpose of a word; diagonal letters are symmetric."""
    flipped = []
    for factor in reversed(factors):
        if isinstance(factor, Run):
            letter = factor.letter
            symmetric = isinstance(letter.pattern, a.Diag) or letter.pattern.shape == (1, 1)
            flipped.append(Run(letter if symmetric else replace(letter, transposed=not letter.transposed), factor.exponent))
        else:
            flipped.append(Chain(_flip(factor.body), factor.variable, factor.last, factor.first, not factor.down))
    return tuple(flipped)


def merge(factors):
    """Add exponents of equal neighbours, drop empty runs and chains, absorb neighbours into chains."""
    factors, changed = list(factors), True
    while changed:
        changed = False
        for place, factor in enumerate(factors):
            short = _unfold(factor)
            if short is not None:
                factors[place:place + 1], changed = short, True
                break
            if place + 1 < len(factors) and isinstance(factor, Run) and isinstance(factors[place + 1], Run) and factor.letter == factors[place + 1].letter:
                factors[place:place + 2], changed = [Run(factor.letter, expand(factor.exponent + factors[place + 1].exponent))], True
                break
            if isinstance(factor, Chain):
                grown = _absorb(factors, place)
                if grown:
                    factors, changed = grown, True
                    break
    return tuple(factors)


def _unfold(factor):
    """Chains of a known short length and empty runs, written out; None when there is nothing to do."""
    if isinstance(factor, Run):
        return [] if factor.exponent == 0 else None
    length = expand((factor.first - factor.last if factor.down else factor.last - factor.first) + 1)
    if not (length.is_Integer and 0 <= length <= 2):
        return None
    sign = -1 if factor.down else 1
    return [piece for step in range(int(length)) for piece in at(factor.body, {factor.variable: expand(factor.first + sign * step)})]


def _absorb(factors, place):
    chain, size = factors[place], len(factors[place].body)
    sign = -1 if chain.down else 1
    after, before = expand(chain.last + sign), expand(chain.first - sign)
    right, left = tuple(factors[place + 1:place + 1 + size]), tuple(factors[max(place - size, 0):place])
    if right and right == at(chain.body, {chain.variable: after}):
        return factors[:place] + [replace(chain, last=after)] + factors[place + 1 + size:]
    if left and left == at(chain.body, {chain.variable: before}):
        return factors[:place - size] + [replace(chain, first=before)] + factors[place + 1:]
    following = factors[place + 1] if place + 1 < len(factors) else None
    if isinstance(following, Chain) and following.body == chain.body and following.down == chain.down and following.first == after:
        return factors[:place] + [replace(chain, last=following.last)] + factors[place + 2:]
    return None
