"""Expectations as a page prints them: a function of one random number, and the law of that number."""

from sympy import exp, log, loggamma, pi, sqrt

from derivations.algebra.layout import Big, Fence, Script, Sign, row
from derivations.algebra.scalars import Scalar
from derivations.algebra.typeset import CLOSED, COMMA, FACTOR, MINUS, _set, boxes


class Law(Scalar):
    """The distribution of a random number."""


class Normal(Law):
    """Mean zero and the given variance."""

    variance = property(lambda self: self.args[0])


class Uniform(Law):
    """Every number between minus and plus the given bound is equally likely."""

    bound = property(lambda self: self.args[0])


class ChiSquared(Law):
    """The sum of the squares of so many independent standard normal numbers."""

    degrees = property(lambda self: self.args[0])


class Expect(Scalar):
    """``Expect(body, z, law)``: the mean of the body when z is drawn from the law."""

    body = property(lambda self: self.args[0])
    variable = property(lambda self: self.args[1])
    law = property(lambda self: self.args[2])


def density(law, x):
    """The density of a law at x, as a SymPy expression for x inside its support."""
    match law:
        case Normal():
            variance = law.variance.doit()
            return exp(-(x**2) / (2 * variance)) / sqrt(2 * pi * variance)
        case Uniform():
            return 1 / (2 * law.bound.doit())
        case ChiSquared():
            half = law.degrees.doit() / 2
            return exp((half - 1) * log(x) - x / 2 - half * log(2) - loggamma(half))
    raise TypeError(f"{type(law).__name__} is no law of derivations.algebra.expectations.")


MEAN = Sign(r"\operatorname*{E}", "E", "mi", True)
DRAWN, NORMAL, UNIFORM = Sign(r"\sim", "∼", "mo"), Sign(r"\mathcal{N}", "𝒩"), Sign(r"\mathcal{U}", "𝒰")
CHI = Sign(r"\chi", "χ")


@_set.register(Expect)
def _(term):
    return row(Big(MEAN, row(boxes(term.variable), DRAWN, boxes(term.law))), Fence("[", boxes(term.body), "]")), FACTOR


@_set.register(Normal)
def _(term):
    return row(NORMAL, Fence("(", row(Sign("0", "0", "mn"), COMMA, boxes(term.variance)), ")")), CLOSED


@_set.register(Uniform)
def _(term):
    return row(UNIFORM, Fence("(", row(MINUS, boxes(term.bound), COMMA, boxes(term.bound)), ")")), CLOSED


@_set.register(ChiSquared)
def _(term):
    return Script(CHI, sub=boxes(term.degrees), sup=Sign("2", "2", "mn")), CLOSED
