"""Expectations as a page prints them: a function of one random number, and the law of that number."""

from sympy import exp, gamma, pi, sqrt

from derivations.algebra.layout import Big, Fence, Script, Sign, row
from derivations.algebra.scalars import Scalar
from derivations.algebra.typeset import CLOSED, COMMA, FACTOR, _set, boxes, name


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


class Moment(Scalar):
    """The mean square of one unit in layer ``index`` of a wide network: 'forward' of its pre-activation, 'backward' of its adjoint; 'weight' of the gradient in one weight."""

    direction = property(lambda self: self.args[0].name)
    index = property(lambda self: self.args[1])


class SlopeFactor(Scalar):
    """chi_l: the mean square of the adjoint in layer ``index`` over that in the layer above."""

    index = property(lambda self: self.args[0])


class Solved(Scalar):
    """A number that is defined by an equation; ``arguments`` are what the equation depends on."""

    arguments = property(lambda self: self.args)


class FixedPoint(Solved):
    """``FixedPoint(f, w, b)``: the positive q with q = w E f(z)^2 + b for z ~ N(0, q)."""


class Iterated(Solved):
    """``Iterated(f, w, b, q, l)``: what l applications of q -> w E f(z)^2 + b make of q."""


class CriticalWeight(Solved):
    """``CriticalWeight(f, b)``: the w whose fixed point q = w E f(z)^2 + b has w E f'(z)^2 = 1."""


class SeluConstant(Solved):
    """'lambda' or 'alpha' of SELU: the positive solution of E selu(z) = 0, E selu(z)^2 = 1 for z ~ N(0, 1)."""


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
            return x ** (half - 1) * exp(-x / 2) / (2**half * gamma(half))
    raise TypeError(f"{type(law).__name__} is no law of derivations.algebra.expectations.")


MEAN = Sign(r"\operatorname*{E}", "E", "mi", True)
DRAWN, NORMAL, UNIFORM = Sign(r"\sim", "∼", "mo"), Sign(r"\mathcal{N}", "𝒩"), Sign(r"\mathcal{U}", "𝒰")
PLUS_MINUS = Sign(r"\pm", "±", "mo")
CHI = Sign(r"\chi", "χ")


@_set.register(Expect)
def _(term):
    return row(Big(MEAN, row(boxes(term.variable), DRAWN, boxes(term.law))), Fence("[", boxes(term.body), "]")), FACTOR


@_set.register(Normal)
def _(term):
    return row(NORMAL, Fence("(", row(Sign("0", "0", "mn"), COMMA, boxes(term.variance)), ")")), CLOSED


@_set.register(Uniform)
def _(term):
    return row(UNIFORM, Fence("(", row(PLUS_MINUS, boxes(term.bound)), ")")), CLOSED


@_set.register(ChiSquared)
def _(term):
    return Script(CHI, sub=boxes(term.degrees), sup=Sign("2", "2", "mn")), CLOSED


@_set.register(Moment)
def _(term):
    return Script({"forward": Sign("q", "q"), "backward": Sign(r"\tilde{q}", "q̃"), "weight": Sign("g", "g")}[term.direction], sub=boxes(term.index)), CLOSED


@_set.register(SlopeFactor)
def _(term):
    return Script(CHI, sub=boxes(term.index)), CLOSED


@_set.register(FixedPoint)
def _(term):
    return Script(Sign("q", "q"), sup=Sign("*", "*", "mo")), CLOSED


@_set.register(Iterated)
def _(term):
    return Script(Sign("q", "q"), sub=boxes(term.args[4])), CLOSED


@_set.register(CriticalWeight)
def _(term):
    base = Script(Sign(r"\sigma", "σ"), sub=Sign(r"\mathrm{crit}", "crit", "mi", True), sup=Sign("2", "2", "mn"))
    return row(base, Fence("(", boxes(term.args[1]), ")")), CLOSED


@_set.register(SeluConstant)
def _(term):
    return name(term.args[0].name), CLOSED
