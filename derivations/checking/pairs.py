"""Means over two correlated normal numbers, three ways, and the angle between two inputs from layer to layer."""

from operator import mul

from mpmath import mp
from sympy import Symbol, cos, pi, series, sin

from derivations.algebra.isometry_terms import AngleProduct, LayerAngle, PairMean
from derivations.algebra.scalars import Applied, Lim, Times
from derivations.checking.arithmetic import Extended, NoValue
from derivations.checking.evaluate import value
from derivations.checking.expectations import agreeing, tested
from derivations.checking.quadrature import PLACES, Integrating, Sampled
from derivations.checking.scalars import agreement
from derivations.checking.verdict import FAIL, PASS, Judgement


class Polar(Integrating):
    """34 digits: in polar coordinates a homogeneous body leaves one integral over the angle; it is taken between the kinks."""

    def trigonometric(self, name, x):
        return getattr(mp, name)(x)

    def pair(self, term, at):
        with mp.workdps(PLACES):
            theta = value(term.angle, at, self)

            def body(radius, t):
                return value(term.body, {**at, term.u: radius * mp.cos(t), term.v: radius * mp.cos(t - theta)}, self)

            ratio = body(2, theta / 2) / body(1, theta / 2)
            power = mp.nint(mp.log(ratio, 2))
            if abs(ratio - 2**power) > mp.mpf(10) ** -20:
                raise NoValue("the body is not homogeneous")
            kinks = sorted(k + quarter for k in (0, theta) for quarter in (-mp.pi / 2, mp.pi / 2)) + [3 * mp.pi / 2]
            pieces = mp.fsum(mp.quad(lambda t: body(1, t), (low, high)) for low, high in zip(kinks, kinks[1:]))
            return pieces / (2 * mp.pi) * 2 ** (power / 2) * mp.gamma(1 + power / 2)


class Quadrants(Sampled):
    """Doubles: a double integral over each quadrant against the joint density, 160 Gauss–Legendre nodes a side."""

    product = staticmethod(mul)

    def __init__(self):
        super().__init__(0, 0)

    def trigonometric(self, name, x):
        return float(getattr(mp, name)(x))

    def pair(self, term, at):
        numpy, theta = self.numpy, float(value(term.angle, at, self))
        x, weight = numpy.polynomial.legendre.leggauss(160)
        x, weight = 5 * (x + 1), 5 * weight
        total = 0.0
        for u in (x, -x):
            for v in (x, -x):
                across, up = numpy.meshgrid(u, v)
                density = numpy.exp(-(across**2 - 2 * numpy.cos(theta) * across * up + up**2) / (2 * numpy.sin(theta) ** 2)) / (2 * numpy.pi * numpy.sin(theta))
                total += (value(term.body, {**at, term.u: across, term.v: up}, self) * density * numpy.outer(weight, weight)).sum()
        return total


class Pairs(Sampled):
    """Draws of the two numbers."""

    product, trigonometric = staticmethod(mul), Quadrants.trigonometric

    def pair(self, term, at):
        theta = float(value(term.angle, at, self))
        u, w = self.draw.normal(size=(2, self.count))
        return value(term.body, {**at, term.u: u, term.v: u * self.numpy.cos(theta) + w * self.numpy.sin(theta)}, self).mean()


def pair_checks(seed, points):
    """The three deciders of a mean over two correlated numbers."""

    def gap(statement, at, place, batch):
        arithmetic = Pairs([seed, place, batch], 20000)
        return float(value(statement.left, at, arithmetic)) - float(value(statement.right, at, arithmetic))

    return agreement("polar coordinates", Polar, points, 1e-28), agreement("double integral", Quadrants, points, 1e-10), ("Monte-Carlo test", tested(points, gap))


def closed_step(theta):
    """The next angle, from the closed form."""
    return mp.acos((mp.sin(theta) + (mp.pi - theta) * mp.cos(theta)) / mp.pi)


def integrated_step(theta):
    """The next angle, from the mean of the product of two rectified numbers."""
    u, v, angle = Symbol("u"), Symbol("v"), Symbol("theta")
    return mp.acos(2 * Polar().pair(PairMean(Times(Applied("relu", u), Applied("relu", v)), u, v, angle), {angle: theta}))


def angle_products():
    """Two deciders for the product of 1 − θ_l/π: the angles from the closed form, and from integrals."""

    def values(step):
        def both(statement, at):
            if not isinstance(statement.left, AngleProduct):
                raise NoValue("the left side is no product over angles")
            theta, found = value(statement.left.args[0], at, Extended()), mp.mpf(1)
            for _ in range(int(statement.left.args[1])):
                found, theta = found * (1 - theta / mp.pi), step(theta)
            return [found]

        return both

    return tuple((name, agreeing(({},), values(step))) for name, step in (("angles from the closed form", closed_step), ("angles from integrals", integrated_step)))


def _claimed(statement):
    left = statement.left
    if not isinstance(left, Lim) or not left.body.atoms(LayerAngle):
        raise NoValue("the left side is no limit of an angle")
    return value(statement.right, {}, Extended())


def by_series():
    """A decider: cos θ′ = 1 − θ²/2 + c θ³ + … says that 1/θ grows by c a layer, so that l θ/π tends to 1/(π c)."""

    def decide(statement):
        claimed, x = _claimed(statement), Symbol("x")
        next_cosine = series((sin(x) + (pi - x) * cos(x)) / pi, x, 0, 4).removeO().expand()
        if [next_cosine.coeff(x, power) for power in range(3)] != [1, 0, -pi**0 / 2]:
            raise NoValue("zero is no fixed point of the angle")
        limit = value(1 / (pi * next_cosine.coeff(x, 3)), {}, Extended())
        if abs(limit - claimed) > 1e-40:
            return Judgement(FAIL, f"The limit is {mp.nstr(limit, 6)}.", None, "θ near 0")
        return Judgement(PASS, f"The limit is {mp.nstr(limit, 6)}.", "0", samples=({"case": "expansion at θ = 0"},))

    return "expansion at zero, exact", decide


def by_layers(first=1000, last=4000):
    """A decider: from three angles, 1/θ grows by π times 1/limit a layer, to five in a thousand."""

    def decide(statement):
        claimed, samples, worst = _claimed(statement), [], 0
        for start in ("0.5", "1.5", "3"):
            theta, seen = mp.mpf(start), {}
            for layer in range(1, last + 1):
                theta = closed_step(theta)
                seen[layer] = theta
            rate = (1 / seen[last] - 1 / seen[first]) / (last - first)
            error = abs(rate * claimed * mp.pi - 1)
            if not error < 5e-3:
                return Judgement(FAIL, f"From {start}, l θ/π tends to {mp.nstr(1 / (rate * mp.pi), 5)}.", mp.nstr(error, 3), f"θ = {start}")
            worst = max(worst, error)
            samples.append({"start": start, "limit": mp.nstr(1 / (rate * mp.pi), 6)})
        return Judgement(PASS, f"It holds at {len(samples)} points.", mp.nstr(worst, 3), samples=tuple(samples))

    return "4000 layers run", decide
