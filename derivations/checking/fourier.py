"""The transfer function of a kernel of three taps: its peak in closed form with 60 digits, and sampled by the fast Fourier transform."""

from mpmath import mp

from derivations.checking.arithmetic import Double, Extended, NoValue
from derivations.checking.evaluate import holds, value
from derivations.checking.scalars import shown
from derivations.checking.verdict import FAIL, PASS, Judgement
from derivations.text import counted

GRID = 1 << 12
SLACK = 1e-5  # what a grid of 4096 frequencies can miss of a peak


class ClosedPeak(Extended):
    """60 digits; with x = cos ω the squared modulus is a quadratic polynomial, so its peak is at an end or at its vertex."""

    def peak(self, taps):
        a, b, c = taps
        bend, tilt = 4 * a * c, 2 * b * (a + c)
        inside = [-tilt / (2 * bend)] if bend and abs(tilt) <= abs(2 * bend) else []
        return mp.sqrt(max(a * a + b * b + c * c - 2 * a * c + tilt * x + bend * x * x for x in (-1, 1, *inside)))


class SampledPeak(Double):
    """Doubles; the transfer function at 4096 frequencies."""

    def peak(self, taps):
        return float(self.numpy.abs(self.numpy.fft.fft(taps, GRID)).max())


def never_above(name, points, arithmetic, slack):
    """A decider for ``<=``: at no point is the left side above the right one by more than the relative ``slack``."""

    def decide(statement):
        if statement.relation != "<=":
            raise NoValue(f"it judges upper bounds, not {statement.relation}")
        for at in points:
            left, right = (value(side, at, arithmetic()) for side in (statement.left, statement.right))
            if not holds("<=", left, right * (1 + slack)):
                return Judgement(FAIL, f"It does not hold at {shown(at)}.", mp.nstr(mp.mpf(left / right - 1), 3), shown(at))
        return Judgement(PASS, f"It holds at {counted(len(points), 'point')}.", samples=tuple({"point": shown(at)} for at in points))

    return name, decide


def approached(name, points, arithmetic, gap):
    """A decider for ``<=``: at each of these points the two sides differ by less than the relative ``gap``, so nothing much smaller would do."""

    def decide(statement):
        for at in points:
            left, right = (value(side, at, arithmetic()) for side in (statement.left, statement.right))
            if not abs(right - left) <= gap * right:
                return Judgement(FAIL, f"The bound is not approached at {shown(at)}.", mp.nstr(mp.mpf(left / right), 6), shown(at))
        return Judgement(PASS, f"The two sides are nearly equal at {counted(len(points), 'point')}.", samples=tuple({"point": shown(at)} for at in points))

    return name, decide
