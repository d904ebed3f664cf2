"""Checks of numbers: by exact rational arithmetic, by intervals, by a machine's own floating-point formats.

``exact`` and ``machine`` decide equalities, digits, smallest integers and standstill; they differ in how a number is rounded
and where the limits of a format come from. ``enclosed`` decides equalities and digits by intervals, powers by logarithms.
"""

from dataclasses import replace
from fractions import Fraction
from math import inf, prod

from mpmath import iv, mp
from sympy import Integer, Rational, expand_log, log, oo, simplify

from derivations.algebra import scalars as s
from derivations.checking import formats
from derivations.checking.arithmetic import PRECISION, Enclosing, Exact, NoValue
from derivations.checking.evaluate import holds, value
from derivations.checking.scalars import shown
from derivations.checking.verdict import FAIL, PASS, UNCHECKED, Judgement
from derivations.text import counted


def exact(name, points):
    """Integer arithmetic only; rounding to nearest even is done on fractions, limits are read from bit patterns."""
    return name, lambda statement: _decided(statement, points, formats.rounded, formats.pattern_limit)


def machine(name, points):
    """Rounding and limits are NumPy's own."""
    return name, lambda statement: _decided(statement, points, formats.numpy_rounded, formats.numpy_limit)


def attained(name, points):
    """A decider for bounds on rounded numbers: the two sides are equal at the given points, exactly."""
    return name, lambda statement: exact(name, points)[1](replace(statement, relation="="))


def _decided(statement, points, rounding, limit):
    samples = []
    for at in points if statement.free_symbols else points[:1]:
        if not _true(statement, at, rounding, limit):
            return Judgement(FAIL, f"It is not so at {shown(at)}.", None, shown(at))
        samples.append({"point": shown(at)})
    return Judgement(PASS, f"It holds exactly at {counted(len(samples), 'point')}.", "0", samples=tuple(samples))


def _true(statement, at, rounding, limit):
    left, right = statement.left, statement.right

    def number(term, at=at):
        return _number(term, at, rounding, limit)

    if isinstance(left, s.Least):
        return _is_least(left, number(right), lambda n: _proposition(left, n, number, at))
    if isinstance(left, s.StandsStill):
        return number(right) == _standstill(number(left.factor), [int(number(x)) for x in left.format], rounding)
    if isinstance(right, s.Digits):
        return right.low <= Rational(number(left)) < right.high
    return holds(statement.relation, number(left), number(right))


def _proposition(left, n, number, at):
    inside = {**at, left.variable: Integer(n)}
    return holds(left.proposition.relation, number(left.proposition.left, inside), number(left.proposition.right, inside))


def _is_least(left, n, true_at):
    """Whether n is the least integer from the first one on; the propositions here, once true, stay true."""
    first = int(left.first)
    if n != int(n) or n < first or not true_at(int(n)):
        return False
    return not any(true_at(m) for m in {int(n) - 1, (int(n) + first) // 2, first} if first <= m < n)


def _standstill(factor, sizes, rounding):
    x, steps = Fraction(1), 0
    while (following := rounding(rounding(factor, *sizes) * x, *sizes)) != x:
        x, steps = following, steps + 1
    return steps


def _number(term, at, rounding, limit):
    """The value of a term as a Fraction (or infinity)."""
    if term is oo:
        return inf
    match term:
        case s.Rounded():
            return rounding(_number(term.of, at, rounding, limit), *(int(_number(x, at, rounding, limit)) for x in term.format))
        case s.FormatLimit():
            return limit(term.kind, *(int(_number(x, at, rounding, limit)) for x in term.format))
        case s.Times() | s.Plus() | s.Ratio() | s.Modulus() if term.has(s.Rounded, s.FormatLimit):
            parts = [_number(x, at, rounding, limit) for x in term.args]
            return {s.Times: prod, s.Plus: sum, s.Modulus: lambda x: abs(x[0])}.get(type(term), lambda x: x[0] / x[1])(parts)
    found = value(term, at, Exact())
    return Fraction(int(found.x.numerator), int(found.x.denominator))


def enclosed(name, points):
    """Intervals that contain both sides: disjoint ones refute, narrow overlapping ones (1e-60) or digits around them confirm."""

    def decide(statement):
        saved, iv.prec = iv.prec, PRECISION
        try:
            return _enclosed(statement, points)
        finally:
            iv.prec = saved

    return name, decide


def _enclosed(statement, points):
    samples, widest = [], mp.mpf(0)
    for at in points if statement.free_symbols else points[:1]:
        verdict, width = _overlap(statement, at)
        if verdict != PASS:
            return Judgement(verdict, f"The two sides {'cannot be equal' if verdict == FAIL else 'were not separated'} at {shown(at)}.", None, shown(at))
        widest = max(widest, width)
        samples.append({"point": shown(at)})
    return Judgement(PASS, f"The enclosures agree at {len(samples)} points, to a relative width of {mp.nstr(widest, 2)}.", mp.nstr(widest, 3), samples=tuple(samples))


def _overlap(statement, at):
    left, right = statement.left, statement.right
    if isinstance(left, s.Least):
        return _interval_least(left, int(value(right, at, Exact()).x), at), mp.mpf(0)
    if isinstance(left, s.HalfLife):
        found, wanted = Enclosing().power(value(left.args[0], at, Enclosing()), value(right, at, Enclosing())), iv.mpf(1) / 2
    else:
        found = value(left, at, Enclosing())
        wanted = iv.mpf([_end(right.low, 0), _end(right.high, 1)]) if isinstance(right, s.Digits) else value(right, at, Enclosing())
    if found.b < wanted.a or found.a > wanted.b:
        return FAIL, mp.inf
    if isinstance(right, s.Digits):
        return PASS if wanted.a <= found.a and found.b < wanted.b else UNCHECKED, _width(found)
    return PASS if max(_width(found), _width(wanted)) < mp.mpf(10) ** -60 else UNCHECKED, _width(found)


def _interval_least(left, n, at):
    """Whether n is least, with the proposition decided by disjoint intervals at n and at n - 1."""
    for m, expected in ((n, True), (n - 1, False)):
        if m < left.first:
            continue
        x, y = (value(side, {**at, left.variable: Integer(m)}, Enclosing()) for side in (left.proposition.left, left.proposition.right))
        if not (x.b < y.a or x.a > y.b):
            raise NoValue(f"the two sides at n = {m} are not separated by intervals")
        if holds(left.proposition.relation, mp.mpf(x.mid), mp.mpf(y.mid)) != expected:
            return FAIL
    return PASS


def _end(x, upper):
    interval = iv.mpf(int(x.p)) / int(x.q)
    return interval.b if upper else interval.a


def _width(interval):
    return mp.mpf(interval.delta) / max(abs(mp.mpf(interval.a)), abs(mp.mpf(interval.b)))


def half_symbolically(name):
    """A decider for half-lives: r to the power of the right side is reduced to one half by SymPy, for a symbolic r."""

    def decide(statement):
        factor, power = statement.left.args[0].doit(), statement.right.doit()
        residue = simplify(expand_log(power * log(factor) + log(2), force=True))
        if residue == 0:
            return Judgement(PASS, "The logarithm of r^n is −ln 2 identically.", "0", samples=({"case": "symbolic r"},))
        wrong = abs(residue.subs({x: Rational(4, 5) for x in residue.free_symbols}).evalf(30)) > Rational(1, 10**20)
        return Judgement(FAIL if wrong else UNCHECKED, f"The logarithm of r^n misses −ln 2 by {residue}.")

    return name, decide
