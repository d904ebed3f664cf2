"""Difference quotients as a page prints them: a polynomial f and its derivatives, the imaginary unit and part, a minimizer."""

from sympy import I, Integer

from derivations.algebra.layout import Big, Fence, Script, Sign, row
from derivations.algebra.scalars import Defined, Scalar
from derivations.algebra.typeset import CLOSED, FACTOR, PRIME_MARK, _set, boxes, wrapped
from derivations.algebra.typeset_scalars import word


class Of(Defined):
    """``Of(x, order)``: the derivative of that order, at x, of the polynomial whose coefficients are ``at['f']``, the constant first."""

    place = property(lambda self: self.args[0])
    order = property(lambda self: int(self.args[1]) if len(self.args) > 1 else 0)

    def evaluated(self, at, arithmetic, value):
        x, coefficients = value(self.place, at, arithmetic), list(at["f"])
        for _ in range(self.order):
            coefficients = [power * c for power, c in enumerate(coefficients)][1:]
        found = arithmetic.number(Integer(0))
        for c in reversed(coefficients):  # Horner
            found = found * x + arithmetic.number(c)
        return found


class Imaginary(Defined):
    """The imaginary part of a number."""

    def evaluated(self, at, arithmetic, value):
        found = value(self.args[0], at, arithmetic)
        return arithmetic.number(Integer(0)) + (type(found)(found.y, 0) if hasattr(found, "y") else found.imag)


class Unit(Defined):
    """The imaginary unit."""

    def evaluated(self, at, arithmetic, value):
        return arithmetic.number(I)


class Minimizer(Scalar):
    """``Minimizer(body, h)``: the h > 0 at which the body is smallest."""

    body = property(lambda self: self.args[0])
    variable = property(lambda self: self.args[1])


@_set.register(Of)
def _(term):
    name = Sign("f", "f")
    return row(Script(name, sup=row(*[PRIME_MARK] * term.order)) if term.order else name, Fence("(", boxes(term.place), ")")), CLOSED


@_set.register(Imaginary)
def _(term):
    return row(word("Im"), wrapped(term.args[0], FACTOR)), FACTOR


@_set.register(Unit)
def _(term):
    return Sign(r"\mathrm{i}", "i", "mi", True), CLOSED


@_set.register(Minimizer)
def _(term):
    return row(Big(word("arg min", r"\operatorname*{arg\,min}"), boxes((term.variable, ">", Integer(0)))), Fence("(", boxes(term.body), ")")), FACTOR
