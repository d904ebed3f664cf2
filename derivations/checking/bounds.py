"""Bounds and implications are attacked: published counter-examples first, then random ones, then uphill from the nearest misses.

An attacker works in doubles; what it finds counts only after 60 digits have confirmed it. ``sharp`` demands the opposite: a
stated case in which the two sides are equal, so that a bound that gives something away for nothing is refused too.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Callable

from mpmath import mp
from sympy import Expr, Integer, Rational

from derivations.algebra import scalars as s
from derivations.algebra.terms import t
from derivations.checking.arithmetic import Double, Extended, NoValue
from derivations.checking.evaluate import holds, value
from derivations.checking.verdict import FAIL, PASS, UNCHECKED, Judgement

CONFIRMED = mp.mpf(10) ** -20
CLIMBS, STEPS = 4, 120
HORIZON = 400


@dataclass(frozen=True)
class Activation:
    """An activation for the attacks: its slope in any arithmetic, and the least upper bound of |slope|."""

    name: str
    slope: Callable
    gamma: Rational


def _tanh_slope(scale):
    return lambda arithmetic, x: scale * (1 - arithmetic.function("tanh", scale * x) ** 2)


ACTIVATIONS = {
    "tanh": Activation("tanh", _tanh_slope(1), Rational(1)),
    "sigma": Activation("the logistic function", lambda arithmetic, x: arithmetic.function("sigma", x) * (1 - arithmetic.function("sigma", x)), Rational(1, 4)),
    "relu": Activation("ReLU", lambda arithmetic, x: 1.0 * (x > 0), Rational(1)),
    "steep": Activation("tanh(2a)", _tanh_slope(2), Rational(2)),
}


@dataclass(frozen=True)
class Case:
    """One network for an attack: rows of W (n, n), pre-activations (steps, n), and possibly a vector v (n, 1).

    The earlier step is t = ``start``, the later one k = start + steps; asked for more steps, the pre-activations repeat.
    """

    label: str
    W: tuple
    activation: Activation
    preactivations: tuple
    v: tuple = ()
    start: int = 0

    def at(self, symbols, arithmetic, steps=None):
        """The point at which a statement is evaluated; ``symbols`` maps 'W', 'v', 'gamma', 'k' to the terms of the statement."""
        size, rows = len(self.W), self.preactivations

        def column(j):
            return arithmetic.matrix([[arithmetic.number(x)] for x in rows[(j - 1 - self.start) % len(rows)]]) if rows else None

        point = {"size": size, "a": column, "slope": self.activation.slope, symbols["gamma"]: self.activation.gamma, symbols["W"]: arithmetic.matrix([[arithmetic.number(x) for x in row] for row in self.W]), t: Integer(self.start)}
        point[symbols["k"]] = Integer(self.start + (len(rows) if steps is None else steps))
        if "v" in symbols:
            point[symbols["v"]] = arithmetic.matrix([[arithmetic.number(x)] for x in self.v])
        return point

    @cached_property
    def flat(self):
        return [x for row in (*self.W, *self.preactivations, self.v) for x in row]

    def moved(self, flat):
        """The same case with other numbers."""
        flat, take = iter(flat), lambda rows: tuple(tuple(next(flat) for _ in row) for row in rows)
        return replace(self, W=take(self.W), preactivations=take(self.preactivations), v=take((self.v,))[0])


def attack(name, symbols, stated, draw, count=60):
    """A decider for ``<=`` and ``>=``. ``stated`` are cases that are tried first, ``draw(random)`` makes one at random (NumPy generator)."""

    def decide(statement):
        if statement.relation not in ("<=", ">="):
            raise NoValue(f"it attacks inequalities, not {statement.relation}")
        import numpy

        random = numpy.random.default_rng(20)
        cases = list(stated) + [draw(random) for _ in range(count)]
        excesses = []
        for case in cases:
            excesses.append(_excess(statement, case, symbols, Double()))
            found = _confirmed(statement, case, symbols, excesses[-1])
            if found:
                return found
        tried = len(cases)
        nearest = sorted(range(len(stated), len(cases)), key=lambda i: -excesses[i])[:CLIMBS]
        for i in nearest:
            case, excess = cases[i], excesses[i]
            flat, step = numpy.array(case.flat), 0.3
            for _ in range(STEPS):
                other = case.moved((flat + step * random.normal(size=flat.size) * (random.random(flat.size) < 0.5)).tolist())
                better = _excess(statement, other, symbols, Double())
                tried += 1
                if better > excess:
                    case, excess, flat, step = other, better, numpy.array(other.flat), step * 1.3
                    found = _confirmed(statement, case, symbols, excess)
                    if found:
                        return found
                else:
                    step *= 0.93
            excesses[i] = excess
        closest = max(range(len(stated), len(cases)), key=lambda i: excesses[i])
        return Judgement(
            PASS, f"No counter-example among {tried} cases; the nearest that was not given beforehand reaches {math.exp(excesses[closest]):.6f} of the bound.",
            f"{math.exp(max(excesses)):.12f} of the bound", cases[closest].label, samples=({"cases": tried, "seed": 20},),
        )  # fmt: skip

    return name, decide


def _excess(statement, case, symbols, arithmetic):
    """log(smaller side claimed) - log(larger side claimed): positive where the inequality is violated; -inf where nothing is left to compare."""
    at = case.at(symbols, arithmetic)
    left, right = (value(side, at, arithmetic) for side in (statement.left, statement.right))
    if statement.relation == ">=":
        left, right = right, left
    if left <= 0:
        return -math.inf
    return math.inf if right <= 0 else float(mp.log(left) - mp.log(right)) if isinstance(arithmetic, Extended) else math.log(left) - math.log(right)


def _confirmed(statement, case, symbols, excess):
    """A refutation if 60 digits confirm what doubles suggest."""
    if not excess > 1e-9:
        return None
    exact = replace(case, W=_rational(case.W), preactivations=_rational(case.preactivations), v=_rational((case.v,))[0])
    confirmed = _excess(statement, exact, symbols, Extended())
    if not confirmed > CONFIRMED:
        return None
    return Judgement(FAIL, f"Counter-example: {case.label}; the left side is {math.exp(min(confirmed, 500)):.6g} times what is claimed.", f"{math.exp(min(confirmed, 500)):.6g}", case.label)


def _rational(rows):
    return tuple(tuple(x if isinstance(x, Expr) else Rational(x) for x in row) for row in rows)


def sharp(name, symbols, cases):
    """A decider: in each of the given cases the two sides are equal to 40 digits."""

    def decide(statement):
        for case in cases:
            gap = _excess(statement, case, symbols, Extended())
            if not abs(gap) < 1e-25:
                return Judgement(FAIL, f"It is not attained: {case.label} gives {math.exp(gap):.6g} of the bound.", f"{math.exp(gap):.6g}", case.label)
        return Judgement(PASS, "Attained: " + "; ".join(case.label for case in cases) + ".", "0", samples=tuple({"case": case.label} for case in cases))

    return name, decide


def implication(name, symbols, stated, draw, count=150):
    """A decider for ``=>``: a case with the premise and without the conclusion refutes it.

    "The norm tends to 0" and "the norm is unbounded" are read off at 100, 200 and 400 factors; a case that these do not settle is not
    counted.
    """

    def decide(statement):
        if statement.relation != "=>":
            raise NoValue(f"it attacks implications, not {statement.relation}")
        import numpy

        random = numpy.random.default_rng(23)
        told = 0
        for case in list(stated) + [draw(random) for _ in range(count)]:
            premise, conclusion = (_holds(side, case, symbols) for side in (statement.left, statement.right))
            if premise and conclusion is False:
                return Judgement(FAIL, f"Counter-example: {case.label} fulfils the premise and not the conclusion.", None, case.label)
            told += bool(premise and conclusion)
        if not told:
            return Judgement(UNCHECKED, "No case fulfilled the premise.")
        return Judgement(PASS, f"No counter-example; {told} cases fulfil premise and conclusion.", "0", samples=({"cases": len(stated) + count, "with the premise": told, "seed": 23},))

    return name, decide


def _holds(proposition, case, symbols):
    """Whether a proposition holds for a case; None where the horizon does not settle it."""
    left, arithmetic = proposition.left, Double()
    if not isinstance(left, (s.Lim, s.Extreme)):
        at = case.at(symbols, arithmetic)
        x, y = value(left, at, arithmetic), value(proposition.right, at, arithmetic)
        # A border case in doubles decides nothing.
        return None if proposition.relation in "<>" and abs(x - y) < 1e-9 else bool(holds(proposition.relation, x, y if abs(x - y) > 1e-9 else x))
    half, whole = (float(value(left.body, case.at(symbols, arithmetic, steps), arithmetic)) for steps in (HORIZON // 2, HORIZON))
    if isinstance(left, s.Lim):
        return True if whole < 1e-6 and whole <= half else False if whole > 1e-2 and whole > half / 2 else None
    return True if whole > 1e6 and whole > 10 * half else False if whole <= 2 * half else None
