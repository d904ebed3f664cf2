"""Arithmetics in which an expectation has a value: two quadratures, and samples.

Activations are given here by their two branches, z > 0 and z < 0, so that every integral is taken over smooth pieces.
"""

from math import erf

from mpmath import mp

from derivations.algebra import expectations as e
from derivations.checking.arithmetic import SCALAR, Double, Extended, NoValue
from derivations.checking.evaluate import value

PLACES = 34  # decimal digits of a quadrature: the rules agree to 30 or better
PIECES = [0, 1, 3, 6, 10, 16]  # in standard deviations: what lies beyond weighs less than 1e-55

# name: for each half line, what the function and its derivative are there; m is mpmath or NumPy, p the parameters.
POSITIVE = {
    "relu": (lambda m, x: x, lambda m, x: 1 + 0 * x),
    "elu": (lambda m, x: x, lambda m, x: 1 + 0 * x),
    "lrelu": (lambda m, x, slope: x, lambda m, x, slope: 1 + 0 * x),
    "selu": (lambda m, x, scale, alpha: scale * x, lambda m, x, scale, alpha: scale + 0 * x),
}
NEGATIVE = {
    "relu": (lambda m, x: 0 * x, lambda m, x: 0 * x),
    "elu": (lambda m, x: m.exp(x) - 1, lambda m, x: m.exp(x)),
    "lrelu": (lambda m, x, slope: slope * x, lambda m, x, slope: slope + 0 * x),
    "selu": (lambda m, x, scale, alpha: scale * alpha * (m.exp(x) - 1), lambda m, x, scale, alpha: scale * alpha * m.exp(x)),
}
def _normal(m, x):
    """Φ(x); NumPy has no error function, so it borrows that of the standard library."""
    return m.ncdf(x) if m is mp else 0.5 * (1 + m.vectorize(erf)(x / 2**0.5))


def _logistic(m, x):
    return 1 / (1 + m.exp(-x))


SMOOTH = {
    "softplus": (lambda m, x: m.log(1 + m.exp(x)), _logistic),
    "silu": (lambda m, x: x * _logistic(m, x), lambda m, x: _logistic(m, x) * (1 + x * (1 - _logistic(m, x)))),
    "gelu": (lambda m, x: x * _normal(m, x), lambda m, x: _normal(m, x) + x * m.exp(-x * x / 2) / m.sqrt(2 * m.pi)),
    "sigma": (SCALAR["sigma"], lambda m, x: 1 / ((1 + m.exp(-x)) * (1 + m.exp(x)))),
    "tanh": (lambda m, x: m.tanh(x), lambda m, x: 1 / m.cosh(x) ** 2),
}


class Integrating(Extended):
    """mpmath, with expectations by a quadrature on both sides of zero; ``rule`` is mpmath's name of it."""

    rule = "tanh-sinh"
    known = {}

    def activation(self, name, order, x, *parameters):
        if name in SMOOTH:
            return SMOOTH[name][order](mp, x)
        if name not in POSITIVE:
            raise NoValue(f"{name} stands for any activation and has no value")
        return (POSITIVE if x > 0 else NEGATIVE)[name][order](mp, x, *parameters)

    def function(self, name, x):
        return self.activation(name, 0, x) if name in POSITIVE or name in SMOOTH else super().function(name, x)

    def mean(self, term, at):
        key = (type(self), term, tuple(sorted(((str(name), v) for name, v in at.items() if name in term.free_symbols), key=str)))
        if key not in self.known:
            with mp.workdps(PLACES):
                self.known[key] = self._mean(term, at)
        return self.known[key]

    def _mean(self, term, at):
        pieces, place, weight = support(term.law, lambda x: value(x, at, self))

        def integrand(t):
            return value(term.body, {**at, term.variable: place(t)}, self) * weight(t)

        return mp.fsum(mp.quad(integrand, piece, method=self.rule) for piece in pieces)

    def gauss(self, name, order, variance=mp.mpf(1), power=2, parameters=()):
        """E f(z)^power, or of f', for z ~ N(0, variance)."""
        deviation = mp.sqrt(variance)

        def integrand(x):
            return self.activation(name, order, deviation * x, *parameters) ** power * mp.exp(-x * x / 2)

        with mp.workdps(PLACES):
            halves = (PIECES, [-x for x in reversed(PIECES)])
            return mp.fsum(mp.quad(integrand, half, method=self.rule) for half in halves) / mp.sqrt(2 * mp.pi)

    def solved(self, term, at):
        """The number that an equation defines, to the precision of the quadrature."""
        key = (type(self), term)
        if key not in self.known:
            self.known[key] = self._solved(term, at)
        return self.known[key]

    def _solved(self, term, at):
        with mp.workdps(PLACES):
            match term:
                case e.Iterated():
                    name, (w, b, q, steps) = term.args[0].name, (value(x, at, self) for x in term.args[1:])
                    for _ in range(int(steps)):
                        q = w * self.gauss(name, 0, q) + b
                    return q
                case e.FixedPoint():
                    name, (w, b) = term.args[0].name, (value(x, at, self) for x in term.args[1:])
                    return self.zero(lambda q: w * self.gauss(name, 0, q) + b - q, mp.mpf(1) / 2, 2)
                case e.CriticalWeight():
                    name, b = term.args[0].name, value(term.args[1], at, self)
                    q = self.zero(lambda q: q - self.gauss(name, 0, q) / self.gauss(name, 1, q) - b, mp.mpf(1) / 100, 2)
                    return 1 / self.gauss(name, 1, q)
                case e.SeluConstant():
                    return self._selu(term.args[0].name)
        raise NoValue(f"{type(term).__name__} has no equation here")

    def _selu(self, which):
        """From E selu = 0 and E selu^2 = 1: the first is linear in alpha, the second in alpha^2 and lambda^2."""
        without, with_ = ([self.gauss("selu", 0, power=power, parameters=(1, alpha)) for power in (1, 2)] for alpha in (0, 1))
        alpha = -without[0] / (with_[0] - without[0])
        return alpha if which == "alpha" else 1 / mp.sqrt(without[1] + alpha**2 * (with_[1] - without[1]))

    zero = staticmethod(lambda f, low, high: mp.findroot(f, (low, high), solver="secant", tol=mp.mpf(10) ** -60, verify=False))


class OtherRule(Integrating):
    """The same with Gauss-Legendre nodes."""

    rule = "gauss-legendre"
    zero = staticmethod(lambda f, low, high: mp.findroot(f, (low, high), solver="anderson", tol=mp.mpf(10) ** -60, verify=False))


def support(law, number):
    """Pieces of a line that carry the law, the number that belongs to a point of the line, and the weight of that point."""
    match law:
        case e.Normal():
            deviation = mp.sqrt(number(law.variance))
            half = [deviation * x for x in PIECES]
            return (half, [-x for x in reversed(half)]), lambda t: t, lambda t: mp.npdf(t, 0, deviation)
        case e.Uniform():
            bound = number(law.bound)
            return ([0, bound], [-bound, 0]), lambda t: t, lambda t: 1 / (2 * bound)
        case e.ChiSquared():
            half = number(law.degrees) / 2
            # On a logarithmic line the density has no singular end; below e^-90 and above e^8 there is nothing to 34 digits.
            return ([-90, -30, -10, -4, -1, 1, 2, 3, 4, 5, 6, 8],), mp.exp, lambda t: mp.exp(half * t - mp.exp(t) / 2 - half * mp.log(2) - mp.loggamma(half))
    raise NoValue(f"{type(law).__name__} is no law that can be integrated over")


class Sampled(Double):
    """NumPy, with expectations as means over so many draws; the draws of one object are all different."""

    def __init__(self, seed, count):
        super().__init__()
        self.draw, self.count = self.numpy.random.default_rng(seed), count

    def activation(self, name, order, x, *parameters):
        if name in SMOOTH:
            return SMOOTH[name][order](self.numpy, x)
        if name not in POSITIVE:
            raise NoValue(f"{name} stands for any activation and has no value")
        return self.numpy.where(x > 0, *(branch[name][order](self.numpy, x, *parameters) for branch in (POSITIVE, NEGATIVE)))

    def function(self, name, x):
        if name in ("erfc", "digamma", "trigamma", "euler"):
            return float(SCALAR[name](mp, x))
        return self.activation(name, 0, x) if name in POSITIVE or name in SMOOTH else super().function(name, x)

    def mean(self, term, at):
        return value(term.body, {**at, term.variable: self.drawn(term.law, at)}, self).mean()

    def solved(self, term, at):
        """What the equation defines, from a quadrature: samples test what is built on it."""
        return float(Integrating().solved(term, at))

    def drawn(self, law, at):
        match law:
            case e.Normal():
                return self.draw.normal(size=self.count) * value(law.variance, at, self) ** 0.5
            case e.Uniform():
                return self.draw.uniform(-1, 1, self.count) * value(law.bound, at, self)
            case e.ChiSquared():
                return self.draw.chisquare(value(law.degrees, at, self), self.count)
        raise NoValue(f"{type(law).__name__} is no law that can be drawn from")
