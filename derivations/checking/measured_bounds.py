"""A bound between printed terms: it holds at all points with 60 digits, and is attained at some of them."""

from mpmath import mp

from derivations.checking.arithmetic import Extended, NoValue
from derivations.checking.evaluate import holds, value
from derivations.checking.scalars import shown
from derivations.checking.verdict import FAIL, PASS, Judgement
from derivations.text import counted

SAME = mp.mpf(10) ** -50


def bounded(name, points, attained):
    """Two deciders: the relation holds at ``points`` (up to 1e-50), and with equality at those of ``attained``."""

    def everywhere(statement):
        for at in points:
            left, right = _sides(statement, at)
            if not holds(statement.relation, left, right) and abs(left - right) > SAME * abs(right):
                return Judgement(FAIL, f"It does not hold at {shown(at)}.", mp.nstr(left - right, 3), shown(at))
        return Judgement(PASS, f"It holds at {counted(len(points), 'point')}.", samples=tuple({"point": shown(at)} for at in points))

    def somewhere(statement):
        for at in attained:
            left, right = _sides(statement, at)
            if abs(left - right) > SAME * abs(right):
                return Judgement(FAIL, f"The bound is not attained at {shown(at)}.", mp.nstr(left - right, 3), shown(at))
        return Judgement(PASS, f"The two sides are equal at {counted(len(attained), 'point')}.", "0", samples=tuple({"point": shown(at)} for at in attained))

    return (name, everywhere), ("cases that attain it", somewhere)


def below(name, points, arithmetic=None):
    """A decider for ``<``: the left side is smaller at all points; by intervals, wholly so."""

    def decide(statement):
        if statement.relation != "<":
            raise NoValue(f"it judges strict inequalities, not {statement.relation}")
        for at in points:
            left, right = (value(side, at, arithmetic or Extended()) for side in (statement.left, statement.right))
            if not left < right:
                return Judgement(FAIL, f"It does not hold at {shown(at)}.", None, shown(at))
        return Judgement(PASS, f"It holds at {counted(len(points), 'point')}.", samples=tuple({"point": shown(at)} for at in points))

    return name, decide


def _sides(statement, at):
    return tuple(value(side, at, Extended()) for side in (statement.left, statement.right))
