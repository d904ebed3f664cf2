"""Terms about paths through an unrolled network: what is counted, and the sums that count it, with their printed forms."""

from sympy import Add, Integer, binomial, floor

from derivations.algebra.layout import Big, Choose, Fence, Script, Sign, row
from derivations.algebra.scalars import Scalar
from derivations.algebra.typeset import CLOSED, COMMA, EQUALS, FACTOR, _set, boxes, name, wrapped


class Counted(Scalar):
    """A number that is found by counting; a check brings its own way to count."""


class Fewest(Counted):
    """``Fewest(n, k)``: the fewest factors on a path across the lag n, where a jump takes one step or k."""


class Paths(Counted):
    """``Paths(n, k)``: how many paths there are across the lag n, where a jump takes one step or k."""


class PathSum(Counted):
    """``PathSum(n, k, w, s)``: the sum over those paths of their products, w for each single step and s for each skip."""


class Field(Counted):
    """``Field(L, w)``: how many inputs reach an output through L convolutions with w taps and dilations 1, 2, 4, ..."""


class Updates(Counted):
    """``Updates(t, n, p)``: how often a unit with period p computes anew in the steps t + 1, ..., t + n."""


class Fibonacci(Counted):
    """The Fibonacci number F_n, with F_1 = F_2 = 1."""


class Floor(Scalar):
    """The largest integer that is not above a number."""

    def doit(self, **hints):
        return floor(self.args[0].doit())


class Binomial(Scalar):
    def doit(self, **hints):
        return binomial(*(x.doit() for x in self.args))


class SumOver(Scalar):
    """Sum of the body for variable = first, ..., last."""

    body, variable, first, last = (property(lambda self, place=place: self.args[place]) for place in range(4))

    def doit(self, **hints):
        first, last = self.first.doit(), self.last.doit()
        if not (first.is_Integer and last.is_Integer):
            return self
        return Add(*(self.body.xreplace({self.variable: Integer(at)}).doit() for at in range(first, last + 1)))


def _listed(*terms):
    return Fence("(", row(*[item for place, term in enumerate(terms) for item in ([COMMA, boxes(term)] if place else [boxes(term)])]), ")")


@_set.register(Fewest)
def _(term):
    return row(Script(name("d"), sub=boxes(term.args[1])), _listed(term.args[0])), CLOSED


@_set.register(Paths)
def _(term):
    return row(Script(name("N"), sub=boxes(term.args[1])), _listed(term.args[0])), CLOSED


@_set.register(PathSum)
def _(term):
    return row(Script(name("P"), sub=boxes(term.args[1])), _listed(term.args[0], *term.args[2:])), CLOSED


@_set.register(Field)
def _(term):
    return row(Script(name("R"), sub=boxes(term.args[1])), _listed(term.args[0])), CLOSED


@_set.register(Updates)
def _(term):
    return row(Script(name("c"), sub=boxes(term.args[2])), _listed(*term.args[:2])), CLOSED


@_set.register(Fibonacci)
def _(term):
    return Script(name("F"), sub=boxes(term.args[0])), CLOSED


@_set.register(Floor)
def _(term):
    return Fence("⌊", boxes(term.args[0]), "⌋"), CLOSED


@_set.register(Binomial)
def _(term):
    return Choose(boxes(term.args[0]), boxes(term.args[1])), CLOSED


@_set.register(SumOver)
def _(term):
    big = Big(Sign(r"\sum", "∑", "mo"), row(boxes(term.variable), EQUALS, boxes(term.first)), boxes(term.last))
    return row(big, wrapped(term.body, FACTOR)), FACTOR
