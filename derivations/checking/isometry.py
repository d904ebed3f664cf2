"""Checks of what becomes of the second moment for wide layers, and of tanh for small signals."""

from mpmath import mp
from sympy import Integer, Rational, Symbol, expand, limit, series, simplify, tanh

from derivations.algebra.isometry_terms import SecondMoment
from derivations.algebra.scalars import Lim
from derivations.checking.arithmetic import NoValue
from derivations.checking.evaluate import value
from derivations.checking.expectations import agreeing
from derivations.checking.quadrature import PLACES, Integrating, OtherRule
from derivations.checking.verdict import FAIL, PASS, Judgement
from derivations.checking.walkers import recursion


def _moment(statement):
    if not isinstance(statement.left, Lim) or not isinstance(statement.left.body, SecondMoment):
        raise NoValue("the left side is no limit of a second moment")
    return statement.left.body.args[0].name


def limits(formulas, symbols):
    """A decider: SymPy takes the limit of the closed form, for one to five layers and any beta."""
    L, n, beta = symbols

    def decide(statement):
        formula = formulas[_moment(statement)]
        for depth in range(1, 6):
            found = limit(formula(Integer(depth), n, beta).doit(), n, "oo")
            if simplify(found - statement.right.doit().subs(L, depth)) != 0:
                return Judgement(FAIL, f"For {depth} layers the limit is {expand(found)}.", None, f"L = {depth}")
        return Judgement(PASS, "It holds at 5 points.", "0", samples=tuple({"L": depth} for depth in range(1, 6)))

    return "limits, symbolically", decide


def wide():
    """A decider: the recursion over the layers in exact fractions; at a million units nothing but a thousandth separates it from its limit."""

    def decide(statement):
        law, worst, samples = _moment(statement), Rational(0), []
        L, _, beta = statement.left.body.args[1:]
        for depth, spread in ((1, 2), (3, 1), (8, 2), (20, Rational(3, 2))):
            error = abs(recursion(law, depth, Integer(10**6), Rational(spread)) - statement.right.doit().subs({L: depth, beta: spread}))
            if error > Rational(2, 1000):
                return Judgement(FAIL, f"At a million units it is off by {float(error):.3g}.", f"{float(error):.3g}", f"L = {depth}, beta = {spread}")
            worst = max(worst, error)
            samples.append({"point": f"L = {depth}, beta = {spread}"})
        return Judgement(PASS, f"It holds at {len(samples)} points.", f"{float(worst):.3g}", samples=tuple(samples))

    return "a million units, in exact fractions", decide


def fourth_order():
    """Two deciders for L² (E f′⁴/(E f′²)² − 1) with f = tanh at the variance 1/L: an expansion, and two quadratures extrapolated."""

    def claimed(statement):
        if not isinstance(statement.left, Lim):
            raise NoValue("the left side is no limit")
        return statement.right.doit()

    def expanded(statement):
        x, q, right = Symbol("x"), Symbol("q"), claimed(statement)

        def mean(power):
            found = series(tanh(x).diff(x) ** power, x, 0, 6).removeO()
            return sum(found.coeff(x, 2 * order) * q**order * (1, 1, 3)[order] for order in range(3))

        ratio = series(mean(4) / mean(2) ** 2 - 1, q, 0, 3).removeO()
        if ratio.coeff(q, 0) or ratio.coeff(q, 1) or ratio.coeff(q, 2) != right:
            return Judgement(FAIL, f"The expansion is {ratio}.", None, "expansion at q = 0")
        return Judgement(PASS, f"The expansion is {ratio}.", "0", samples=({"case": "expansion at q = 0"},))

    def extrapolated(statement):
        right, found = claimed(statement), []
        for size in (2000, 4000):
            found.append(value(statement.left.body, {statement.left.variable: Integer(size)}, Integrating()))
        error = abs(2 * found[1] - found[0] - int(right))
        if error > 1e-3:
            return Judgement(FAIL, f"It tends to {mp.nstr(2 * found[1] - found[0], 6)}.", mp.nstr(error, 3), "q near 0")
        return Judgement(PASS, "It holds at 2 points.", mp.nstr(error, 3), samples=({"case": "q near 0"},))

    return ("expansion at zero, exact", expanded), ("quadrature, extrapolated", extrapolated)


def _mean_logarithm(self, degrees):
    """E ln X for X with a χ² law: on a logarithmic line, far enough down for one degree of freedom."""
    half = mp.mpf(degrees) / 2
    with mp.workdps(PLACES):
        ends = [-220, -90, -30, -10, -4, -1, 1, 2, 3, 4, 5, 6, 8]
        return mp.quad(lambda t: t * mp.exp(half * t - mp.exp(t) / 2 - half * mp.log(2) - mp.loggamma(half)), ends, method=self.rule)


class LogIntegrating(Integrating):
    mean_logarithm = _mean_logarithm


class LogOtherRule(OtherRule):
    mean_logarithm = _mean_logarithm


def mean_logarithms(points):
    """The two quadratures, for the mean logarithm of a determinant."""

    def values(rule):
        return lambda statement, at: [value(side, at, rule()) for side in (statement.left, statement.right)]

    return tuple((name, agreeing(points, values(rule))) for name, rule in (("tanh-sinh quadrature", LogIntegrating), ("Gauss–Legendre quadrature", LogOtherRule)))
