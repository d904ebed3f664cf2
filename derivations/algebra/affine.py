"""Affine index expressions: when is one never negative, given that others are not?"""

from functools import lru_cache
from itertools import product as combinations

from sympy import sympify

from derivations.algebra.terms import D, T, taps

ALWAYS = (T - 1, D - 1, taps - 1)


def never_negative(expression, facts=()):
    """True when expression >= 0 follows from T, D, w >= 1 and from ``facts`` (affine expressions, each >= 0).

    Sound, and complete for the small systems of this site: a combination of the facts with weights 0, 1 or 2 and a
    non-negative constant must reproduce the expression.
    """
    return _follows(sympify(expression), tuple(facts))


@lru_cache(maxsize=None)
def _follows(expression, facts):
    named = expression.free_symbols.union(*(fact.free_symbols for fact in facts))
    facts += tuple(fact for fact in ALWAYS if fact.free_symbols & named)
    for weights in combinations((0, 1, 2), repeat=len(facts)):
        rest = (expression - sum(w * fact for w, fact in zip(weights, facts))).expand()
        if rest.is_Integer and rest >= 0:
            return True
    return False


def assume(first, variable, last):
    """The facts behind  first <= variable <= last."""
    return (variable - first, last - variable)
