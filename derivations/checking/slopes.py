"""Checks of derivatives of scalar functions, of their maxima and of their tails.

Where the derivative itself is claimed, it is a difference quotient of the function with 60 digits, or SymPy's derivative of
the function's definition. Maxima and tails take it in exponentials; maxima are searched and, independently, enclosed.
"""

from mpmath import iv, mp
from sympy import Rational, Symbol, exp, limit, oo, simplify

from derivations.algebra import scalars as s
from derivations.checking.arithmetic import SCALAR, Extended
from derivations.checking.evaluate import value
from derivations.checking.scalars import shown
from derivations.checking.verdict import FAIL, PASS, UNCHECKED, Judgement
from derivations.text import counted

STEP = mp.mpf(2) ** -50


def differences(name, points):
    """A decider for f'(a) = ...: central differences with steps h and h/2; the error must be tiny and fall with order 2."""

    def decide(statement):
        worst, orders, samples = mp.mpf(0), [], []
        for at in points if statement.free_symbols else points[:1]:
            place, claimed = (value(side, at, Extended()) for side in (statement.left.argument, statement.right))
            function = SCALAR[statement.left.function]
            errors = [abs((function(mp, place + h) - function(mp, place - h)) / (2 * h) - claimed) for h in (STEP, STEP / 2)]
            size = max(abs(claimed), abs(errors[0]))
            if not errors[0] <= size * mp.mpf(10) ** -25:
                return Judgement(FAIL, f"The difference quotient contradicts it at {shown(at)}.", mp.nstr(errors[0] / size, 3), shown(at))
            if errors[0] > mp.mpf(10) ** -42:
                orders.append(mp.log(errors[0] / errors[1], 2))
            worst = max(worst, errors[0] / size if size else errors[0])
            samples.append({"point": shown(at)})
        if any(abs(order - 2) > 0.05 for order in orders):
            return Judgement(UNCHECKED, f"The differences do not converge with order 2: {mp.nstr(min(orders), 4)} to {mp.nstr(max(orders), 4)}.")
        order = mp.nstr(min(orders, key=lambda x: -abs(x - 2)), 7) if orders else None
        return Judgement(PASS, f"Difference quotients at {counted(len(samples), 'point')}.", mp.nstr(worst, 3), order=order, samples=tuple(samples))

    return name, decide


def symbolic(name):
    """A decider for f(a) = ... and f'(a) = ...: SymPy reduces the difference to zero, on a > 0 and on a < 0."""

    def decide(statement):
        samples = []
        for half in (Symbol("a", positive=True), Symbol("a", negative=True)):
            left, right = (side.xreplace({x: half for x in statement.free_symbols}) for side in (statement.left, statement.right))
            residue = simplify((_definition(left) - right.doit()).rewrite(exp))
            if residue != 0:
                found = [abs(residue.subs(half, (1 if half.is_positive else -1) * Rational(x, 7)).evalf(30)) for x in (3, 8, 20)]
                wrong = max(found) > Rational(1, 10**20)
                return Judgement(FAIL if wrong else UNCHECKED, f"The two sides differ by {residue}.", None, "a > 0" if half.is_positive else "a < 0")
            samples.append({"half": "a > 0" if half.is_positive else "a < 0"})
        return Judgement(PASS, "The two sides are identical.", "0", samples=tuple(samples))

    return name, decide


def _definition(left):
    """The left side in exponentials; a derivative is taken of the function's definition."""
    if not left.order:
        return left.doit()
    z = Symbol("z", real=True)
    whole = s.Applied(left.function, z).doit() if left.function != "relu" else (z if left.argument.is_positive else 0 * z)
    return whole.diff(z).subs(z, left.argument.doit())


def search(name):
    """A decider for max f' = M and arg max f' = a: uphill search from many starts; M must be reached and never passed."""

    def decide(statement):
        slope = _slope(statement.left.body, mp)
        best = max((_uphill(slope, mp.mpf(start)) for start in range(-30, 31, 3)), key=slope)
        claimed = value(statement.right, {}, Extended())
        gap = (best if statement.left.kind == "arg max" else slope(best)) - claimed
        if abs(gap) > mp.mpf(10) ** -20:
            what = "A larger value was found" if gap > 0 else "No value comes that far: the largest found is smaller"
            return Judgement(FAIL, f"{what}: {mp.nstr(slope(best), 15)} at a = {mp.nstr(mp.chop(best), 5)}.", mp.nstr(gap, 3), f"a = {mp.nstr(mp.chop(best), 5)}")
        return Judgement(PASS, f"Attained at a = {mp.nstr(mp.chop(best, 1e-15), 5)}; slack {mp.nstr(abs(gap), 2)}.", mp.nstr(abs(gap), 3), samples=({"starts": 21},))

    return name, decide


def _slope(body, m):
    """f' as a function of a number, from the definition of f: sigma' = e^-a / (1 + e^-a)^2, tanh' = 4 e^-2a / (1 + e^-2a)^2."""
    scale, factor = {"sigma": (1, 1), "tanh": (2, 4)}[body.function]
    return lambda x: factor / (m.exp(scale * x / 2) + m.exp(-scale * x / 2)) ** 2


def _uphill(f, x):
    """A local maximum by ternary search on a growing and shrinking bracket around x."""
    step = mp.mpf(1)
    for _ in range(260):
        left, right = f(x - step), f(x + step)
        if max(left, right) > f(x):
            x, step = (x - step if left > right else x + step), step * 2
        else:
            step /= 4
    return x


def branch_and_bound(name, width=1e-4):
    """A decider for the same: intervals that may hold the maximum are halved until it is enclosed to ``width``."""

    def decide(statement):
        slope = _slope(statement.left.body, iv)
        boxes, low = [iv.mpf([start, start + 1]) for start in range(-40, 40)], mp.mpf(0)
        tails = max(mp.mpf(slope(iv.mpf(end)).b) for end in (-40, 40))
        while True:
            low = max([low] + [mp.mpf(slope(iv.mpf(mp.mpf(box.mid))).a) for box in boxes])
            boxes = [box for box in boxes if slope(box).b >= low]
            high = max(mp.mpf(slope(box).b) for box in boxes)
            if high - low < width:
                break
            boxes = [iv.mpf(half) for box in boxes for half in ((mp.mpf(box.a), mp.mpf(box.mid)), (mp.mpf(box.mid), mp.mpf(box.b)))]
        claimed = value(statement.right, {}, Extended())
        if statement.left.kind == "arg max":
            low, high = min(mp.mpf(box.a) for box in boxes), max(mp.mpf(box.b) for box in boxes)
        if not low <= claimed <= high or tails > low > 0 and statement.left.kind == "max":
            return Judgement(FAIL, f"It lies between {mp.nstr(low, 12)} and {mp.nstr(high, 12)}, by intervals.", None, "the whole line")
        return Judgement(PASS, f"Enclosed between {mp.nstr(low, 12)} and {mp.nstr(high, 12)}; beyond |a| = 40 the slope only falls.", mp.nstr(high - low, 2), samples=({"boxes": len(boxes)},))

    return name, decide


def ratio_to_one(name):
    """A decider for ``~``: the ratio of the sides, on both sides of zero, comes nearer to 1 at each of |a| = 5, 10, 20, 40 and ends within 1e-30."""

    def decide(statement):
        [variable] = statement.free_symbols
        for sign in (1, -1):
            gaps = []
            for size in (5, 10, 20, 40):
                place = mp.mpf(sign * size)
                gaps.append(abs(_slope(statement.left, mp)(place) / value(statement.right, {variable: Rational(sign * size)}, Extended()) - 1))
            if not (gaps[-1] < mp.mpf(10) ** -30 and gaps == sorted(gaps, reverse=True)):
                return Judgement(FAIL, f"The ratio of the two sides misses 1 by {mp.nstr(gaps[-1], 3)} at a = {sign * 40}.", mp.nstr(gaps[-1], 3), f"a = {sign * 40}")
        return Judgement(PASS, f"The ratio differs from 1 by {mp.nstr(gaps[0], 3)} at |a| = 5 and by {mp.nstr(gaps[-1], 3)} at |a| = 40.", mp.nstr(gaps[-1], 3), samples=tuple({"a": sign * size} for sign in (1, -1) for size in (5, 10, 20, 40)))

    return name, decide


def limits(name):
    """A decider for ``~``: SymPy's limits of the ratio as a goes to plus and to minus infinity are 1."""

    def decide(statement):
        far = Symbol("a", positive=True)
        for sign in (1, -1):
            left, right = (side.xreplace({x: sign * far for x in statement.free_symbols}).doit().rewrite(exp) for side in (statement.left, statement.right))
            found = limit(simplify(left / right), far, oo)
            if found != 1:
                return Judgement(FAIL, f"The ratio tends to {found}.", None, f"a to {'plus' if sign > 0 else 'minus'} infinity")
        return Judgement(PASS, "The ratio tends to 1 at both ends.", "0", samples=({"end": "plus infinity"}, {"end": "minus infinity"}))

    return name, decide
