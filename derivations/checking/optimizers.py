"""Optimizers run step by step, twice: as their papers write them, in any arithmetic, and as PyTorch writes them, in doubles.

The gradients are given by the point: ``at['g']`` and the like are functions of the step. Noise is run through the same code:
every sequence of signs in exact arithmetic, and normal numbers in doubles.
"""

from itertools import product

from mpmath import mp
from sympy import Integer, Rational

from derivations.algebra import optimizers as o
from derivations.algebra.terms import t
from derivations.checking.arithmetic import Double, Exact, Extended, NoValue
from derivations.checking.evaluate import holds, value
from derivations.checking.expectations import agreeing, sides, tested
from derivations.checking.scalars import agreement, shown
from derivations.checking.verdict import FAIL, PASS, Judgement
from derivations.text import counted

SAME = mp.mpf(10) ** -50


def gradients(sequence, at, arithmetic):
    """The values of a sequence, in order."""
    if isinstance(sequence, o.Silence):
        steps = int(value(sequence.last, at, Exact()).x)
        return [arithmetic.number(Integer(0))] * (steps - 1) + [value(sequence.body, at, arithmetic)]
    last = int(value(sequence.last, at, Exact()).x)
    return [value(sequence.body, {**at, sequence.variable: Integer(step)}, arithmetic) for step in range(1, last + 1)]


class AsPublished:
    """A running number by its recursion, with the arithmetic's own operations."""

    def solved(self, term, at):
        rates = [value(x, at, self) for x in getattr(term, "rates", ())]
        if isinstance(term, o.Total):
            return sum(gradients(term.sequence, at, self)[1:], gradients(term.sequence, at, self)[0])
        if isinstance(term, o.Share):
            alpha, beta_1, beta_2, epsilon = rates
            below = self.root(self.average([g * g for g in gradients(term.sequence, at, self)], beta_2)) + epsilon
            part, whole = (alpha * self.average(gradients(of, at, self), beta_1) / below for of in (term.part, term.sequence))
            return part / whole
        if isinstance(term, o.Running):
            return self.ran(type(term), gradients(term.sequence, at, self), rates)
        raise NoValue(f"{type(term).__name__} is not run step by step in this arithmetic")

    def ran(self, kind, given, rates):
        """The running number of that kind after the given gradients."""
        if kind is o.FirstMoment:
            return self.average(given, *rates)
        if kind is o.SecondMoment:
            return self.average([g * g for g in given], *rates)
        if kind is o.AdamStep:
            alpha, beta_1, beta_2, epsilon = rates
            return alpha * self.average(given, beta_1) / (self.root(self.average([g * g for g in given], beta_2)) + epsilon)
        if kind is o.RmsPropStep:
            alpha, beta, epsilon = rates
            return alpha * given[-1] / (self.root(self.average([g * g for g in given], beta, False)) + epsilon)
        alpha, beta = rates
        kept = 0 * given[0]
        for g in given:
            kept = beta * kept + g
        return alpha * kept

    def average(self, given, beta, corrected=True):
        """m_t = beta m_(t-1) + (1 - beta) x_t from m_0 = 0, over 1 - beta^t if asked for."""
        one = self.number(Integer(1))
        kept, power = 0 * given[0], one
        for x in given:
            kept, power = beta * kept + (one - beta) * x, power * beta
        return kept / (one - power) if corrected else kept


class Precise(AsPublished, Extended):
    """60 digits."""


class Enumerated(AsPublished, Exact):
    """Fractions; a mean over noise is the mean over all sequences of the two gradients mu - sigma and mu + sigma."""

    def solved(self, term, at):
        if not isinstance(term, o.MeanOver):
            return super().solved(term, at)
        mu, sigma = (value(x, at, self) for x in term.noise)
        steps = int(value(term.of.sequence.last, at, self).x)
        rates = [value(x, at, self) for x in term.of.rates]
        found = [self.ran(type(term.of), [mu + sign * sigma for sign in signs], rates) for signs in product((1, -1), repeat=steps)]
        mean = sum(found[1:], found[0]) / len(found)
        return sum(((x - mean) ** 2 for x in found), 0 * mean) / len(found) if isinstance(term, o.VarianceOver) else mean


class AsWritten(Double):
    """Doubles, in the order of operations of torch.optim (single tensor): both moments are moved by lerp, and the step is scaled last."""

    def solved(self, term, at):
        rates = [float(value(x, at, self)) for x in getattr(term, "rates", ())]
        if isinstance(term, o.Total):
            return float(self.numpy.sum(gradients(term.sequence, at, self)))
        given = self.numpy.array(gradients(term.sequence, at, self), dtype=float)
        if isinstance(term, o.Share):
            without = given - self.numpy.array(gradients(term.part, at, self), dtype=float)
            whole = self._adam(given, given, *rates)
            return (whole - self._adam(without, given, *rates)) / whole
        return self.ran(type(term), given, rates)

    def ran(self, kind, given, rates):
        if kind in (o.FirstMoment, o.SecondMoment):
            kept = self._moved(given if kind is o.FirstMoment else given**2, rates[0])
            return kept / (1 - rates[0] ** len(given))
        if kind is o.AdamStep:
            return self._adam(given, given, *rates)
        if kind is o.RmsPropStep:
            alpha, beta, epsilon = rates
            return alpha * (given[-1] / (self.numpy.sqrt(self._moved(given**2, beta)) + epsilon))
        alpha, beta = rates
        buffer = given[0]
        for g in given[1:]:
            buffer = buffer * beta + g
        return alpha * buffer

    def _adam(self, direction, scale, alpha, beta_1, beta_2, epsilon):
        count = len(direction)
        step_size = alpha / (1 - beta_1**count)
        denominator = self.numpy.sqrt(self._moved(scale**2, beta_2)) / (1 - beta_2**count) ** 0.5 + epsilon
        return step_size * (self._moved(direction, beta_1) / denominator)

    @staticmethod
    def _moved(given, beta):
        kept = 0.0
        for x in given:
            kept = kept + (x - kept) * (1 - beta)
        return kept


def published(points):
    return agreement("the algorithms as published, 60 digits", Precise, points, 1e-45)


def written(points):
    return agreement("the algorithms as PyTorch writes them, doubles", AsWritten, points, 1e-9)


def enumerated(points):
    return agreement("integer arithmetic", Enumerated, points)


def noisy(seed, points, count=4000):
    """A Monte-Carlo test of means and variances over normal noise: 40 batches of independent runs."""
    import numpy

    def gap(statement, at, place, batch):
        term, arithmetic = statement.left, AsWritten()
        mu, sigma = (float(value(x, at, arithmetic)) for x in term.noise)
        steps, rates = int(at[term.of.sequence.last]), [float(value(x, at, arithmetic)) for x in term.of.rates]
        drawn = numpy.random.default_rng([seed, place, batch]).normal(mu, sigma, (steps, count))
        found = arithmetic.ran(type(term.of), drawn, rates)
        return float((found.var(ddof=1) if isinstance(term, o.VarianceOver) else found.mean()) - value(statement.right, at, arithmetic))

    return "Monte-Carlo test", tested(points, gap)


def leading():
    """A decider for printed digits: the value begins with them."""
    return "values with 60 digits", agreeing(({},), lambda statement, at: [value(side, at, Extended()) for side in sides(statement)])


def attacked(points, draw, tries=400, seed=961):
    """A decider for ``<=``: random sequences, the nearest misses pushed uphill in doubles; 60 digits confirm what is found."""

    def decide(statement):
        import numpy

        random, nearest = numpy.random.default_rng(seed), 0.0
        for at in points:
            steps, best = int(at[t]), 0.0
            for trial in range(tries):
                given = draw(random, steps) if trial < tries // 4 or not best else kept + random.normal(size=steps) * random.choice((0.3, 0.03, 0.003)) * abs(kept).max()
                left, right = _sides(statement, at, given, AsWritten())
                if left / right > best:
                    best, kept = float(left / right), given
            left, right = _sides(statement, at, kept, Precise())
            if not holds(statement.relation, left, right):
                return Judgement(FAIL, f"It does not hold at {shown(at)}.", mp.nstr(left / right, 6), shown(at))
            nearest = max(nearest, best)
        return Judgement(PASS, f"No counter-example among {tries * len(points)} cases; the nearest that was not given beforehand reaches {nearest:.6f} of the bound.", f"{nearest:.6f} of the bound", samples=({"cases": tries * len(points), "seed": seed},))

    return "search for a counter-example", decide


def _sides(statement, at, given, arithmetic):
    exact = [Rational(float(x)) for x in given]
    return tuple(value(side, {**at, "g": lambda step: exact[step - 1]}, arithmetic) for side in (statement.left, statement.right))


def attained(points):
    """A decider: the two sides are equal at these points, so that the bound cannot be improved."""

    def decide(statement):
        for at in points:
            left, right = (value(side, at, Precise()) for side in (statement.left, statement.right))
            if abs(left - right) > SAME * abs(right):
                return Judgement(FAIL, f"The bound is not attained at {shown(at)}.", mp.nstr(left - right, 3), shown(at))
        return Judgement(PASS, f"The two sides are equal at {counted(len(points), 'point')}.", "0", samples=tuple({"point": shown(at)} for at in points))

    return "cases that attain it", decide
