"""Checks of joined steps, of a held input, and of means over a ring of factors."""

import math

from mpmath import mp
from sympy import Function, Integer, Rational, Symbol, dsolve, expand, expand_log, integrate, simplify

from derivations.algebra.scans import After, Held, Pair, RingMean
from derivations.checking.arithmetic import Extended, NoValue
from derivations.checking.evaluate import value
from derivations.checking.expectations import agreeing, tested
from derivations.checking.scalars import shown
from derivations.checking.verdict import FAIL, PASS, UNCHECKED, Judgement


def run(name, points):
    """A decider for joined steps: both sides act on two states, one step after the other, without the rule that joins them."""

    def acting(term, at, h):
        if isinstance(term, After):
            return acting(term.args[0], at, acting(term.args[1], at, h))
        if isinstance(term, Pair):
            a, b = (value(x, at, Extended()) for x in term.args)
            return a * h + b
        raise NoValue(f"{type(term).__name__} is no step")

    def decide(statement):
        for at in points:
            for h in (mp.mpf(1) / 3, mp.mpf(-7) / 5):
                left, right = (acting(side, at, h) for side in (statement.left, statement.right))
                if abs(left - right) > mp.mpf(10) ** -50 * (1 + abs(left)):
                    return Judgement(FAIL, f"The two sides differ at {shown(at)}.", mp.nstr(abs(left - right), 3), shown(at))
        return Judgement(PASS, f"Both sides agree at {2 * len(points)} points.", "0", samples=tuple({"point": shown(at)} for at in points))

    return name, decide


def series(points):
    """A decider's function: the solution as a power series, each coefficient from the one before by the differential equation itself."""

    def solved(term, at):
        A, B, delta, h, x = (value(part, at, Extended()) for part in term.args)
        coefficient, whole = h, h
        for order in range(1, 400):
            coefficient = (A * coefficient + (B * x if order == 1 else 0)) / order * delta
            whole += coefficient
            if order > 20 and abs(coefficient) < mp.mpf(10) ** -60:
                return whole
        raise NoValue("the series does not settle")

    return agreeing(points, lambda claim, at: [solved(side, at) if isinstance(side, Held) else value(side, at, Extended()) for side in (claim.left, claim.right)])


def equation(statement):
    """A decider's function: the right side starts at h and fulfils the differential equation, symbolically."""
    A, B, delta, h, x = statement.left.args
    right = statement.right.doit()
    for what, residue in (("start", right.subs(delta, 0) - h), ("slope", right.diff(delta) - A * right - B * x)):
        if simplify(residue) != 0:
            return Judgement(FAIL, f"The two sides differ by {simplify(residue)}.", None, what)
    return Judgement(PASS, "The two sides are identical.", "0", samples=({"case": "start"}, {"case": "slope"}))


def solved_by_sympy(statement):
    """A decider's function: SymPy solves the differential equation, and its solution less the right side is zero."""
    A, B, delta, h, x = statement.left.args
    time, state = Symbol("s", positive=True), Function("g")
    found = dsolve(state(time).diff(time) - A * state(time) - B * x, state(time), ics={state(0): h}).rhs.subs(time, delta)
    return algebra(found, statement.right.doit())


def reduced(statement):
    """A decider's function: SymPy reduces the difference of the two sides to zero."""
    return algebra(statement.left.doit(), statement.right.doit())


def algebra(left, right):
    residue = simplify(expand_log(expand(left - right), force=True))
    if residue == 0:
        return Judgement(PASS, "The two sides are identical.", "0", samples=({"case": "symbolic"},))
    size = abs(residue.subs({x: Rational(place + 3, 7) for place, x in enumerate(sorted(residue.free_symbols, key=str))}).evalf(30))
    return Judgement(FAIL if size > Rational(1, 10**20) else UNCHECKED, f"The two sides differ by {residue}.", None, "symbolic")


def ring(points, seed):
    """Three deciders for a mean over a ring: a quadrature along the radius, SymPy's integral, and random factors in the plane."""

    def quadrature(term, at):
        k, low, high = (value(part, at, Extended()) for part in term.args)
        return mp.quad(lambda r: r ** (2 * int(k)) * 2 * r, [low, (low + high) / 2, high]) / (high**2 - low**2)

    def exactly(statement):
        k, low, high = statement.left.args
        radius = Symbol("r", positive=True)
        order = Symbol("k", positive=True, integer=True) if k.free_symbols else k
        found = integrate(radius ** (2 * order + 1), radius) * 2
        whole = (found.subs(radius, high.doit()) - found.subs(radius, low.doit())) / (high.doit() ** 2 - low.doit() ** 2)
        residue = simplify(whole - statement.right.doit().subs(k, order))
        if residue != 0 and abs(residue.subs({symbol: Integer(3) if symbol == order else Rational(place + 2, 7) for place, symbol in enumerate(sorted(residue.free_symbols, key=str))}).evalf(30)) > Rational(1, 10**20):
            return Judgement(FAIL, f"The two sides differ by {residue}.", None, "symbolic")
        return Judgement(PASS, "The integral is the right side, identically.", "0", samples=({"case": "symbolic"},))

    def sampled(claim, at, place, batch):
        import numpy as np

        k, low, high = (float(value(part, at, Extended())) for part in claim.left.args)
        x, y = np.random.default_rng([seed, place, batch]).uniform(-high, high, size=(2, 20000))
        modulus = np.hypot(x, y)
        kept = modulus[(modulus >= low) & (modulus <= high)]
        return math.fsum(kept ** (2 * k)) / len(kept) - float(value(claim.right, at, Extended()))

    def places(statement):
        return points if statement.free_symbols else ({},)

    def by_radius(statement):
        return agreeing(places(statement), lambda claim, at: [quadrature(side, at) if isinstance(side, RingMean) else value(side, at, Extended()) for side in (claim.left, claim.right)])(statement)

    return ("tanh-sinh quadrature", by_radius), ("exact integral (SymPy)", exactly), ("Monte-Carlo test", lambda statement: tested(places(statement), sampled)(statement))
