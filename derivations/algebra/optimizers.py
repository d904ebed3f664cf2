"""Optimizers as a page prints them: sequences of gradients, running averages, and the step that is taken after them."""

from sympy import Integer

from derivations.algebra.expectations import Solved
from derivations.algebra.layout import Big, Fence, Script, Sign, row
from derivations.algebra.scalars import Scalar
from derivations.algebra.terms import Binder, i
from derivations.algebra.typeset import CLOSED, COMMA, DOTS, EQUALS, FACTOR, _set, boxes, wrapped


class Sequence(Binder):
    """The gradients of one coordinate: the body for variable = first, ..., last."""


class Silence(Scalar):
    """Zeros, and then one gradient at the step ``last``."""

    body = property(lambda self: self.args[0])
    last = property(lambda self: self.args[1])


class Running(Solved):
    """A number that an optimizer keeps or takes after the last gradient of a sequence; ``rates`` are its hyperparameters."""

    sequence = property(lambda self: self.args[0])
    rates = property(lambda self: self.args[1:])


class FirstMoment(Running):
    """m_t divided by 1 - beta^t, where m_t = beta m_(t-1) + (1 - beta) g_t and m_0 = 0; rates: beta."""


class SecondMoment(Running):
    """The same of the squared gradients."""


class AdamStep(Running):
    """alpha times the first moment, divided by the root of the second plus epsilon; rates: alpha, beta_1, beta_2, epsilon."""


class RmsPropStep(Running):
    """alpha g_t / (root of v_t + epsilon) without bias correction; rates: alpha, beta, epsilon."""


class MomentumStep(Running):
    """alpha b_t with b_t = beta b_(t-1) + g_t and b_0 = 0; rates: alpha, beta. Plain gradient descent has beta = 0."""


class Share(Solved):
    """The part of Adam's step that enters through ``part`` in the first moment, over the whole step; rates as for AdamStep."""

    part = property(lambda self: self.args[0])
    sequence = property(lambda self: self.args[1])
    rates = property(lambda self: self.args[2:])


class MeanOver(Solved):
    """The mean of a running number over independent gradients of mean mu and variance sigma^2 each."""

    of = property(lambda self: self.args[0])
    noise = property(lambda self: self.args[1:])


class VarianceOver(MeanOver):
    """The variance of a running number over the same."""


class Total(Solved):
    """The sum of a sequence."""

    sequence = property(lambda self: self.args[0])


def every(body, last):
    """The body for i = 1, ..., last."""
    return Sequence(body, i, Integer(1), last)


DELTA, HAT_M, HAT_V = Sign(r"\Delta", "Δ"), Sign(r"\hat{m}", "m̂"), Sign(r"\hat{v}", "v̂")
NAMES = {AdamStep: "Adam", RmsPropStep: "RMSProp", MomentumStep: "mom"}
LETTERS = {FirstMoment: HAT_M, SecondMoment: HAT_V}


def upright(word):
    return Sign(rf"\mathrm{{{word}}}", word, "mi", True)


@_set.register(Sequence)
def _(term):
    ends = (term.body.xreplace({term.variable: end}) for end in (term.first, term.last))
    first, last = map(boxes, ends)
    return row(first, COMMA, DOTS, COMMA, last), FACTOR


@_set.register(Silence)
def _(term):
    zero = boxes(Integer(0))
    return row(zero, COMMA, DOTS, COMMA, zero, COMMA, boxes(term.body)), FACTOR


@_set.register(Running)
def _(term):
    base = LETTERS.get(type(term), DELTA)
    named = upright(NAMES[type(term)]) if type(term) in NAMES else None
    return row(Script(base, sub=boxes(term.sequence.last), sup=named), Fence("(", boxes(term.sequence), ")")), CLOSED


@_set.register(Share)
def _(term):
    return row(Script(upright("share"), sub=boxes(term.sequence.last)), Fence("(", boxes(term.part), ")")), CLOSED


@_set.register(MeanOver)
def _(term):
    sign = Sign(r"\operatorname{Var}", "Var", "mi", True) if isinstance(term, VarianceOver) else Sign(r"\operatorname{E}", "E", "mi", True)
    return row(sign, Fence("[", boxes(term.of), "]")), FACTOR


@_set.register(Total)
def _(term):
    of = term.sequence
    big = Big(Sign(r"\sum", "∑", "mo"), row(boxes(of.variable), EQUALS, boxes(of.first)), boxes(of.last))
    return row(big, wrapped(of.body, FACTOR)), FACTOR
