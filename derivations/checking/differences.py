"""Where a function of one step h is smallest: found by search with 60 digits, and as the only zero of the derivative, symbolically."""

from mpmath import mp
from sympy import diff, simplify

from derivations.algebra.differences import Minimizer
from derivations.checking.arithmetic import Extended
from derivations.checking.evaluate import value
from derivations.checking.scalars import shown
from derivations.checking.verdict import FAIL, PASS, Judgement
from derivations.text import counted

NARROW = mp.mpf(10) ** -28  # a smooth minimum is located to half of the 60 digits


def searched(name, points, otherwise):
    """A decider for arg min = ...: ternary search over ln h; ``otherwise`` decides statements of another form (published numbers)."""

    def decide(statement):
        if not isinstance(statement.left, Minimizer):
            return otherwise(statement)
        for at in points:
            claimed = value(statement.right, at, Extended())
            low, high = mp.mpf(-80), mp.mpf(80)
            while high - low > NARROW:
                first, second = low + (high - low) / 3, high - (high - low) / 3
                better = _at(statement.left, first, at) < _at(statement.left, second, at)
                low, high = (low, second) if better else (first, high)
            gap = abs(claimed / mp.exp(low) - 1)
            if not gap < mp.mpf(10) ** -24:
                return Judgement(FAIL, f"The two sides differ at {shown(at)}.", mp.nstr(gap, 3), shown(at))
        return Judgement(PASS, f"Both sides agree at {counted(len(points), 'point')}.", samples=tuple({"point": shown(at)} for at in points))

    return name, decide


def _at(left, logarithm, at):
    return value(left.body, {**at, left.variable: mp.exp(logarithm)}, Extended())


def stationary(name, otherwise):
    """A decider for the same: SymPy's derivative of the body is zero at the right side, and its second derivative is positive for every h > 0."""

    def decide(statement):
        if not isinstance(statement.left, Minimizer):
            return otherwise(statement)
        body, h, right = statement.left.body.doit(), statement.left.variable, statement.right.doit()
        residue = simplify(diff(body, h).subs(h, right))
        if residue != 0 or not diff(body, h, 2).is_positive:
            return Judgement(FAIL, f"The derivative there is {residue}.", None, "symbolic")
        return Judgement(PASS, "The two sides are identical.", "0", samples=({"case": "symbolic"},))

    return name, decide
