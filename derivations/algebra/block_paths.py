"""Paths through deep networks: how many there are in a dense one, and the sum over all subsets of the blocks."""

from itertools import combinations

from sympy import Integer

from derivations.algebra.layout import Big, Fence, Script, Sign, row
from derivations.algebra.scalars import Scalar
from derivations.algebra.terms import Binder
from derivations.algebra.typeset import CLOSED, COMMA, DOTS, FACTOR, _set, boxes, wrapped

SUM, PRODUCT, IN = Sign(r"\sum", "∑", "mo"), Sign(r"\prod", "∏", "mo"), Sign(r"\in", "∈", "mo")
SUBSET, LETTER = Sign(r"\subseteq", "⊆", "mo"), Sign("S", "S")


class Paths(Scalar):
    """How many paths lead from the input of a dense network to its layer L, when every layer reads all layers below and the input."""


class OverSubsets(Binder):
    """The sum over all subsets S of {first, ..., last} of the product of the body over S, the largest index on the left."""

    def evaluated(self, at, arithmetic, value):
        first, last = (int(end.xreplace(at)) for end in (self.first, self.last))
        factors = {i: value(self.body, {**at, self.variable: Integer(i)}, arithmetic) for i in range(first, last + 1)}
        whole = arithmetic.identity(at["size"])
        for count in range(1, len(factors) + 1):
            for chosen in combinations(range(last, first - 1, -1), count):
                term = factors[chosen[0]]
                for index in chosen[1:]:
                    term = arithmetic.product(term, factors[index])
                whole = whole + term
        return whole


@_set.register(Paths)
def _(term):
    return Script(Sign("N", "N"), sub=boxes(term.args[0])), CLOSED


@_set.register(OverSubsets)
def _(term):
    every = row(LETTER, SUBSET, Fence("{", row(boxes(term.first), COMMA, DOTS, COMMA, boxes(term.last)), "}"))
    return row(Big(SUM, every), Big(PRODUCT, row(boxes(term.variable), IN, LETTER)), wrapped(term.body, FACTOR)), FACTOR
