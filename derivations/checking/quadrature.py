"""Arithmetics in which an expectation has a value: two quadratures, and samples.

Activations are given here by their two branches, z > 0 and z < 0, so that every integral is taken over smooth pieces.
"""


from mpmath import mp


from derivations.algebra import expectations as e
from derivations.checking.arithmetic import SCALAR, Double, Extended, NoValue

PLACES = 34  # decimal digits of a quadrature: the rules agree to 30 or better
FAR = 16  # standard deviations: what lies beyond weighs less than 1e-55

# name: for each half line, what the function and its derivative are there; m is mpmath or NumPy, p the parameters.
POSITIVE = {
    "relu": (lambda m, x: x, lambda m, x: 1 + 0 * x),
    "lrelu": (lambda m, x, slope: x, lambda m, x, slope: 1 + 0 * x),
    "selu": (lambda m, x, scale, alpha: scale * x, lambda m, x, scale, alpha: scale + 0 * x),
}
NEGATIVE = {
    "relu": (lambda m, x: 0 * x, lambda m, x: 0 * x),
    "lrelu": (lambda m, x, slope: slope * x, lambda m, x, slope: slope + 0 * x),
    "selu": (lambda m, x, scale, alpha: scale * alpha * (m.exp(x) - 1), lambda m, x, scale, alpha: scale * alpha * m.exp(x)),
}
SMOOTH = {
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

    def mean(self, term, at, value):
        key = (type(self), term, tuple(sorted(((str(name), v) for name, v in at.items() if name in term.free_symbols), key=str)))
        if key not in self.known:
            with mp.workdps(PLACES):
                self.known[key] = self._mean(term, at, value)
        return self.known[key]

    def _mean(self, term, at, value):
        pieces, weight = support(term.law, lambda x: value(x, at, self))

        def integrand(x):
            return value(term.body, {**at, term.variable: x}, self) * weight(x)

        return mp.fsum(mp.quad(integrand, piece, method=self.rule) for piece in pieces)


class OtherRule(Integrating):
    """The same with Gauss-Legendre nodes."""

    rule = "gauss-legendre"


def support(law, number):
    """The pieces of the line that carry the law, and its density as a function of a number."""
    match law:
        case e.Normal():
            deviation = mp.sqrt(number(law.variance))
            half = [deviation * x for x in (0, 1, 3, 6, 10, FAR)]
            return (half, [-x for x in reversed(half)]), lambda x: mp.npdf(x, 0, deviation)
        case e.Uniform():
            bound = number(law.bound)
            return ([0, bound], [-bound, 0]), lambda x: 1 / (2 * bound)
        case e.ChiSquared():
            degrees = number(law.degrees)
            ends = [0, degrees / 8, degrees / 2, degrees, 2 * degrees, 4 * degrees + 40, 8 * degrees + 300]
            return (ends,), lambda x: mp.exp((degrees / 2 - 1) * mp.log(x) - x / 2 - degrees / 2 * mp.log(2) - mp.loggamma(degrees / 2))
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
        return self.activation(name, 0, x) if name in POSITIVE or name in SMOOTH else super().function(name, x)

    def mean(self, term, at, value):
        return value(term.body, {**at, term.variable: self.drawn(term.law, at, value)}, self).mean()

    def drawn(self, law, at, value):
        match law:
            case e.Normal():
                return self.draw.normal(size=self.count) * value(law.variance, at, self) ** 0.5
            case e.Uniform():
                return self.draw.uniform(-1, 1, self.count) * value(law.bound, at, self)
            case e.ChiSquared():
                return self.draw.chisquare(value(law.degrees, at, self), self.count)
        raise NoValue(f"{type(law).__name__} is no law that can be drawn from")
