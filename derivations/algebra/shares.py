"""Shares of attention: the Jacobian of softmax, how far entries or positions differ, and the size of a score; printed form and value."""

from sympy import Rational

from derivations.algebra.layout import Big, Fence, Fraction, Script, Sign, row
from derivations.algebra.scalars import Defined, Run
from derivations.algebra.typeset import CLOSED, FACTOR, THIN, Integer, _set, boxes
from derivations.algebra.typeset_scalars import MAX, MIN, word

PARTIAL, SHARES, HALF = Sign(r"\partial", "∂"), Sign("p", "p"), Fraction(Sign("1", "1", "mn"), Sign("2", "2", "mn"))
SUM, S, T, MINUS, TWO = Sign(r"\sum", "∑", "mo"), Sign("s", "s"), Sign("t", "t"), Sign("-", "−", "mo"), Sign("2", "2", "mn")
MEAN, LEFT, RIGHT, TRANSPOSED = Sign(r"\operatorname{E}", "E", "mi", True), Sign("q", "q"), Sign("k", "k"), Sign(r"\top", "⊤", "mo")


class SharesJacobian(Defined):
    """The Jacobian of the shares of softmax in the scores; how it is computed is given by the point, under 'jacobian'."""

    of = property(lambda self: self.args[0])
    shape = property(lambda self: (self.of.shape[0],) * 2)

    def evaluated(self, at, arithmetic, value):
        return arithmetic.matrix(at["jacobian"]([entry for (entry,) in arithmetic.entries(value(self.of, at, arithmetic))], arithmetic))


class PairSpread(Defined):
    """``PairSpread(p, v)``: half the sum over all pairs of p_s p_t (v_s − v_t)²."""

    def evaluated(self, at, arithmetic, value):
        p, v = ([entry for (entry,) in arithmetic.entries(value(term, at, arithmetic))] for term in self.args)
        pairs = sum(a * b * (x - y) * (x - y) for a, x in zip(p, v) for b, y in zip(p, v))
        return pairs * arithmetic.number(Rational(1, 2))


class Width(Defined):
    """The largest entry of a vector minus the smallest."""

    def evaluated(self, at, arithmetic, value):
        entries = [entry for (entry,) in arithmetic.entries(value(self.args[0], at, arithmetic))]
        return max(entries) - min(entries)


class ScoreSquare(Defined):
    """``ScoreSquare(d, sigma)``: the mean of (qᵀk)² for d independent entries each of mean zero and variance σ²; 'law' of the point is their law."""

    def evaluated(self, at, arithmetic, value):
        return at["law"](int(at[self.args[0]]), value(self.args[1], at, arithmetic), arithmetic)


class Residual(Run):
    """``Residual('max', 'rank_collapse', 'pure', 3)``: the largest measured share of the norm in which the positions differ after 3 layers."""


@_set.register(Residual)
def _(term):
    share = Script(Sign("r", "r"), sub=Sign(rf"\mathrm{{{term.network}}}", term.network, "mi", True))
    return row(word(term.extreme, rf"\{term.extreme}"), THIN, row(share, Fence("(", boxes(Integer(term.length)), ")"))), FACTOR


@_set.register(SharesJacobian)
def _(term):
    return Fraction(row(PARTIAL, SHARES), row(PARTIAL, boxes(term.of))), FACTOR


@_set.register(PairSpread)
def _(term):
    p, v = (boxes(part) for part in term.args)
    square = Script(Fence("(", row(Script(v, sub=S), MINUS, Script(v, sub=T)), ")"), sup=TWO)
    return row(HALF, Big(SUM, row(S, Sign(",", ",", "mo"), T)), Script(p, sub=S), Script(p, sub=T), square), FACTOR


@_set.register(Width)
def _(term):
    of = term.args[0]
    entry = Script(Fence("(", boxes(of), ")") if of.args and of.is_MatMul else boxes(of), sub=T)
    return Fence("(", row(Big(MAX, T), entry, MINUS, Big(MIN, T), entry), ")"), CLOSED


@_set.register(ScoreSquare)
def _(term):
    product = Script(Fence("(", row(Script(LEFT, sup=TRANSPOSED), RIGHT), ")"), sup=TWO)
    return row(MEAN, Fence("[", product, "]")), FACTOR
