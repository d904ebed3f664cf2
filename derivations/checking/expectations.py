"""Checks of expectations: exact integrals by SymPy, quadratures with 34 digits, and a Monte-Carlo test with fixed seeds."""

import math
from functools import cache

from mpmath import mp
from sympy import Integer, Pow, Rational, Symbol, exp, expand, gammasimp, integrate, log, oo, simplify, tanh

from derivations.algebra import expectations as e
from derivations.algebra import scalars as s
from derivations.checking.arithmetic import NoValue
from derivations.checking.evaluate import value
from derivations.checking.quadrature import Integrating, OtherRule, Sampled
from derivations.checking.scalars import shown
from derivations.checking.verdict import FAIL, PASS, UNCHECKED, Judgement
from derivations.text import counted

TOLERANCE = mp.mpf(10) ** -26
BATCHES, LIMIT = 40, 6.0  # a t statistic with 39 degrees of freedom passes 6 once in two million


def quadratures(points=({},)):
    """The two deciders that integrate numerically, with different nodes and weights."""
    return tuple((name, agreeing(points, lambda statement, at, rule=rule: [value(side, at, rule()) for side in sides(statement)])) for name, rule in (("tanh-sinh quadrature", Integrating), ("Gauss–Legendre quadrature", OtherRule)))


def sides(statement):
    """What of a statement has a value: the left side alone where the right one is printed digits."""
    return (statement.left,) if isinstance(statement.right, s.Digits) else (statement.left, statement.right)


def agreeing(points, values):
    """A decider's function; ``values(statement, point)`` are both sides, or the left one if the right is digits: the two values agree to 26 digits at all points, or the one value has the digits that are printed."""

    def decide(statement):
        if statement.relation != "=":
            raise NoValue(f"it judges equalities, not {statement.relation}")
        worst, samples = mp.mpf(0), []
        for at in points:
            left, *right = values(statement, at)
            if right:
                error = abs(left - right[0]) / max(abs(left), abs(right[0]), mp.mpf(10) ** -6)
                if not error <= TOLERANCE:
                    return Judgement(FAIL, f"The two sides differ at {shown(at)}: {mp.nstr(left, 20)} against {mp.nstr(right[0], 20)}.", mp.nstr(error, 3), shown(at))
            else:
                error = _beyond(left, statement.right)
                if error > TOLERANCE:
                    return Judgement(FAIL, f"The value is {mp.nstr(left, 25)}, which does not begin with these digits.", None, shown(at))
                if error > -TOLERANCE:
                    return Judgement(UNCHECKED, f"The value {mp.nstr(left, 25)} lies too near the border of its last digit.")
                error = mp.mpf(0)
            worst = max(worst, error)
            samples.append({"point": shown(at)})
        return Judgement(PASS, f"It holds at {counted(len(samples), 'point')}.", mp.nstr(worst, 3), samples=tuple(samples))

    return decide


def _beyond(x, digits):
    """How far a number lies outside of what its printed digits allow, relative to its size; negative inside."""
    low, high = (mp.mpf(int(end.p)) / int(end.q) for end in (digits.low, digits.high))
    return max(low - x, x - high) / high


def sampling(seed, points=({},), count=20000):
    """A Monte-Carlo test: 40 batches of independent draws; the mean difference of the sides against its own spread."""

    def gap(statement, at, place, batch):
        arithmetic, right = Sampled([seed, place, batch], count), statement.right
        claimed = float((right.low + right.high) / 2) if isinstance(right, s.Digits) else float(value(right, at, arithmetic))
        return float(value(statement.left, at, arithmetic)) - claimed

    return "Monte-Carlo test", tested(points, gap)


def tested(points, gap):
    """A decider's function: ``gap(statement, point, place, batch)`` is left minus right in one batch; its mean must be zero within its errors."""

    def decide(statement):
        if statement.relation != "=":
            raise NoValue(f"it judges equalities, not {statement.relation}")
        worst, samples = 0.0, []
        for place, at in enumerate(points):
            gaps = [gap(statement, at, place, batch) for batch in range(BATCHES)]
            mean = math.fsum(gaps) / BATCHES
            spread = math.sqrt(math.fsum((x - mean) ** 2 for x in gaps) / (BATCHES - 1) / BATCHES)
            if not spread:
                raise NoValue("the batches do not differ, so there is nothing random to test")
            score = abs(mean) / spread
            if not score <= LIMIT:
                return Judgement(FAIL, f"Samples contradict it at {shown(at)}: the sides differ by {score:.3g} standard errors.", f"{score:.3g}", shown(at))
            worst = max(worst, score)
            samples.append({"point": shown(at), "batches": BATCHES})
        return Judgement(PASS, f"The two sides differ by at most {worst:.2f} standard errors.", f"{worst:.3g}", samples=tuple(samples))

    return decide


def exact_integral(name="exact integral (SymPy)"):
    """A decider: SymPy integrates over each half line and the difference of the two sides is identically zero."""

    def decide(statement):
        if statement.relation != "=":
            raise NoValue(f"it judges equalities, not {statement.relation}")
        left, right = (closed(side) for side in (statement.left, statement.right))
        residue = simplify(gammasimp(expand(left - right)))
        if residue == 0:
            return Judgement(PASS, "The integral is the right side, identically.", "0", samples=({"case": "symbolic"},))
        point = {x: Rational(5 + 2 * place, 7 + place) if not x.is_integer else Integer(3 + place) for place, x in enumerate(sorted(residue.free_symbols, key=str))}
        size = abs(residue.subs(point).evalf(30))
        if size.is_number and size > Rational(1, 10**20):
            return Judgement(FAIL, f"The two sides differ by {residue}.", str(size.evalf(3)), "symbolic")
        return Judgement(UNCHECKED, f"SymPy did not reduce the difference {residue}.")

    return name, decide


def closed(term):
    """A term in SymPy's own functions, with every expectation integrated."""
    if isinstance(term, e.Expect):
        return _integral(term)
    if not term.args or isinstance(term, s.Decimal):
        return term.doit()
    if isinstance(term, (s.Plus, s.Times, s.Ratio, s.Root, s.Exp, Pow)) or term.is_Add or term.is_Mul:
        return term.func(*(closed(x) for x in term.args)).doit()
    if term.has(e.Expect):
        raise NoValue(f"{type(term).__name__} around an expectation is not integrated here")
    return term.doit()


def _mean_logarithm(term, x):
    """E ln X as the slope of E X^t at t = 0, which SymPy integrates."""
    if not isinstance(term.body, log):
        raise NoValue("only the logarithm of a sum of squares is integrated")
    power = Symbol("t", positive=True)
    moment = _integrated(_branch(term.body.args[0], term.variable, x, True) ** power * e.density(term.law, x), (x, 0, oo))
    return simplify(moment.diff(power).subs(power, 0))


@cache
def _integral(term):
    x = Symbol("x", positive=True)
    if isinstance(term.law, e.ChiSquared):
        return _mean_logarithm(term, x)
    end = term.law.bound.doit() if isinstance(term.law, e.Uniform) else oo
    halves = (_branch(term.body, term.variable, sign * x, sign > 0) * e.density(term.law, x) for sign in (1, -1))
    return sum(_integrated(half, (x, 0, end)) for half in halves)


def _integrated(integrand, limits):
    found = integrate(expand(integrand), limits, conds="none")
    if found.has(type(integrate(exp(tanh(limits[0])), limits[0]))):
        raise NoValue("SymPy does not find this integral")
    return simplify(found)


def _branch(body, variable, x, positive):
    """The body at x, with every activation replaced by its formula on that side of zero."""

    def at(term):
        if term == variable:
            return x
        if isinstance(term, s.Applied):
            return _formula(term, at(term.argument), positive)
        if isinstance(term, s.Squared):
            return at(term.args[0]) ** 2
        return term.func(*map(at, term.args)).doit() if term.args and not isinstance(term, s.Decimal) else term.doit()

    return at(body)


def _formula(term, x, positive):
    parameters = tuple(p.doit() for p in term.parameters)
    if term.function in ("sigma", "tanh"):
        raise NoValue(f"the integral of {term.function} has no closed form")
    if positive:
        scale = parameters[0] if term.function == "selu" else 1
        return scale * (x if term.order == 0 else 1)
    match term.function:
        case "relu":
            return Integer(0)
        case "lrelu":
            return parameters[0] * (x if term.order == 0 else 1)
        case "selu":
            return parameters[0] * parameters[1] * (exp(x) - 1 if term.order == 0 else exp(x))
    raise NoValue(f"{term.function} has no formula")
