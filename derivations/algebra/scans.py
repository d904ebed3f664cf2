"""Steps of a linear recurrence as pairs that can be joined, a differential equation with its input held, and a ring of factors; with their printed forms."""

from derivations.algebra.layout import Big, Fence, Script, Sign, row
from derivations.algebra.scalars import Defined, Scalar
from derivations.algebra.typeset import CLOSED, COMMA, FACTOR, _set, boxes, name


class Pair(Defined):
    """``Pair(a, b)``: the step h -> a h + b."""

    def evaluated(self, at, arithmetic, value):
        return arithmetic.matrix([[value(x, at, arithmetic) for x in self.args]])


class After(Defined):
    """``After(later, earlier)``: both steps as one, (a, b) o (a', b') = (a a', a b' + b)."""

    def evaluated(self, at, arithmetic, value):
        (((a, b),), ((c, d),)) = (arithmetic.entries(value(x, at, arithmetic)) for x in self.args)
        return arithmetic.matrix([[a * c, a * d + b]])


class Larger(Defined):
    """The larger of two numbers."""

    def evaluated(self, at, arithmetic, value):
        return max(value(x, at, arithmetic) for x in self.args)


class Held(Scalar):
    """``Held(A, B, Delta, h, x)``: where h' = A h + B x arrives after the time Delta, from h, while x is held."""


class RingMean(Scalar):
    """``RingMean(k, a, b)``: the mean of |lambda|^(2k) over factors that are uniform in the ring a <= |lambda| <= b."""


CIRCLE, IN = Sign(r"\circ", "∘", "mo"), Sign(r"\sim", "∼", "mo")


def _listed(*terms):
    return Fence("(", row(*[item for place, term in enumerate(terms) for item in ([COMMA, boxes(term)] if place else [boxes(term)])]), ")")


@_set.register(Pair)
def _(term):
    return _listed(*term.args), CLOSED


@_set.register(After)
def _(term):
    parts = [Fence("(", boxes(x), ")") if isinstance(x, After) else boxes(x) for x in term.args]
    return row(parts[0], CIRCLE, parts[1]), FACTOR


@_set.register(Larger)
def _(term):
    return row(Sign(r"\max", "max", "mi", True), _listed(*term.args)), CLOSED


@_set.register(Held)
def _(term):
    return row(name("h"), _listed(term.args[2])), CLOSED


@_set.register(RingMean)
def _(term):
    power = Script(Fence("|", name("lambda"), "|"), sup=boxes(2 * term.args[0]))
    ring = row(Sign(r"\mathcal{R}", "ℛ"), _listed(*term.args[1:]))
    return row(Big(Sign(r"\operatorname*{E}", "E", "mi", True), row(name("lambda"), IN, ring)), Fence("[", power, "]")), FACTOR
