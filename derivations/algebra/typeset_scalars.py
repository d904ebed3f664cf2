"""The printed form of the terms in derivations.algebra.scalars, and of the SymPy functions that they are used with."""

from sympy import Abs, Inverse, ceiling, cos, erfc, exp, log, polygamma, sin
from sympy.core.numbers import EulerGamma, Infinity, Pi
from sympy.matrices.immutable import ImmutableDenseMatrix

from derivations.algebra import scalars as s
from derivations.algebra.layout import Big, Fence, Fraction, Grid, Root, Row, Script, Sign, row
from derivations.algebra.typeset import ADDITIVE, CLOSED, COMMA, DOTS, FACTOR, MINUS, PLUS, POSTFIX, PRIME_MARK, THIN, Integer, _set, boxes, function, name, wrapped

CDOT, TIMES = Sign(r"\cdot", "⋅", "mo"), Sign(r"\times", "×", "mo")
COLON, TO, INFINITY, ONE = Sign(":", ":", "mo"), Sign(r"\to", "→", "mo"), Sign(r"\infty", "∞", "mn"), Sign("1", "1", "mn")


def word(text, tex=None):
    """An operator name in upright letters."""
    return Sign(tex or rf"\operatorname{{{text}}}", text, "mi", True)


MAX, MIN, RHO = word("max", r"\max"), word("min", r"\min"), Sign(r"\rho", "ρ")


@_set.register(s.Decimal)
def _(term):
    return Sign(term.text, term.text, "mn"), CLOSED


@_set.register(s.Digits)
def _(term):
    shown = term.digits[0] + ("." + term.digits[1:] if len(term.digits) > 1 else "")
    if 0 < term.exponent < len(term.digits) - 1 and term.exponent <= 6:
        shown, exponent = term.digits[: term.exponent + 1] + "." + term.digits[term.exponent + 1 :], 0
    elif -3 <= term.exponent < 0:
        shown, exponent = "0." + "0" * (-term.exponent - 1) + term.digits, 0
    else:
        exponent = term.exponent
    parts = [Sign(shown, shown, "mn"), DOTS]
    if exponent:
        parts += [TIMES, Script(Sign("10", "10", "mn"), sup=boxes(Integer(exponent)))]
    return row(*parts), FACTOR


@_set.register(s.Plus)
def _(term):
    parts = []
    for place, summand in enumerate(term.args):
        box, _ = _set(summand)
        negative = isinstance(box, Row) and box.items[0] == MINUS
        parts += ([PLUS] if place and not negative else []) + (list(box.items) if negative else [box])
    return row(*parts), ADDITIVE


def _first_sign(box):
    """The sign that a box begins with."""
    while not isinstance(box, Sign):
        match box:
            case Row():
                box = box.items[0]
            case Script():
                box = box.base
            case _:
                return None
    return box


@_set.register(s.Times)
def _(term):
    """A dot before a factor that begins with a digit, a thin space otherwise; a leading negative integer gives a minus sign."""
    first, *others = term.args
    negative = first.is_Integer and first < 0
    parts = []
    for factor in others if first == -1 else [-first if negative else first, *others]:
        box = wrapped(factor, FACTOR)
        begins = _first_sign(box)
        if parts:
            parts.append(CDOT if begins is not None and begins.role == "mn" else THIN)
        parts.append(box)
    return (row(MINUS, *parts), ADDITIVE) if negative else (row(*parts), FACTOR)


@_set.register(s.Ratio)
def _(term):
    return Fraction(boxes(term.top), boxes(term.bottom)), CLOSED if term.top == 1 else FACTOR


@_set.register(s.Slash)
def _(term):
    return row(wrapped(term.top, CLOSED), Sign("/", "/", "mo"), wrapped(term.bottom, CLOSED)), FACTOR


@_set.register(s.Root)
def _(term):
    return Root(boxes(term.args[0])), CLOSED


@_set.register(s.Exp)
@_set.register(exp)
def _(term):
    return Script(Sign(r"\mathrm{e}", "e", "mi", True), sup=boxes(term.args[0])), POSTFIX


@_set.register(s.Applied)
def _(term):
    return row(function(term.function, term.order), Fence("(", boxes(term.argument), ")")), CLOSED


@_set.register(s.Squared)
def _(term):
    inner = term.args[0]
    if inner.order:
        return Script(row(function(inner.function, inner.order), Fence("(", boxes(inner.argument), ")")), sup=Sign("2", "2", "mn")), CLOSED
    return row(Script(function(inner.function, inner.order), sup=Sign("2", "2", "mn")), Fence("(", boxes(inner.argument), ")")), CLOSED


@_set.register(s.Proposition)
def _(term):
    return boxes((term.left, term.relation, term.right)), ADDITIVE


@_set.register(s.Indicator)
def _(term):
    return Script(Sign(r"\mathbf{1}", "𝟏", "mn"), sub=boxes(term.args[0])), CLOSED


@_set.register(s.Extreme)
def _(term):
    sign = MAX if term.kind == "max" else word(term.kind, {"sup": r"\sup", "arg max": r"\operatorname*{arg\,max}"}[term.kind])
    return row(Big(sign, boxes(term.variable)), wrapped(term.body, FACTOR)), FACTOR


@_set.register(s.Least)
def _(term):
    return row(MIN, Fence("{", row(boxes((term.variable, ">=", term.first)), THIN, COLON, THIN, boxes(term.proposition)), "}")), FACTOR


@_set.register(s.Lim)
def _(term):
    return row(Big(word("lim", r"\lim"), row(boxes(term.variable), TO, INFINITY)), wrapped(term.body, FACTOR)), FACTOR


@_set.register(s.SpectralNorm)
def _(term):
    return Script(Fence("‖", boxes(term.of), "‖"), sub=Sign("2", "2", "mn")), CLOSED


@_set.register(s.SigmaMax)
def _(term):
    return row(Script(Sign(r"\sigma", "σ"), sub=MAX), Fence("(", boxes(term.of), ")")), CLOSED


@_set.register(s.SpectralRadius)
def _(term):
    return row(RHO, Fence("(", boxes(term.of), ")")), CLOSED


@_set.register(s.LargestEntry)
def _(term):
    entry = Script(boxes(term.of), sub=row(name("i"), name("j")))
    return row(Big(MAX, row(name("i"), Sign(",", ",", "mo"), name("j"))), Fence("|", entry, "|")), FACTOR


@_set.register(s.Rounded)
def _(term):
    return row(word("fl"), Fence("(", boxes(term.of), ")")), CLOSED


@_set.register(s.FormatLimit)
def _(term):
    if term.kind == "smallest_subnormal":
        return name("mu"), CLOSED
    return Script(Sign("x", "x"), sub=MAX if term.kind == "largest" else MIN), CLOSED


@_set.register(s.HalfLife)
def _(term):
    return Script(Sign("n", "n"), sub=row(ONE, Sign("/", "/", "mo"), Sign("2", "2", "mn"))), CLOSED


@_set.register(s.StandsStill)
def _(term):
    return Script(Sign("n", "n"), sub=Sign(r"\mathrm{still}", "still", "mi", True)), CLOSED


@_set.register(ceiling)
def _(term):
    return Fence("⌈", boxes(term.args[0]), "⌉"), CLOSED


@_set.register(Inverse)
def _(term):
    return Script(wrapped(term.arg, CLOSED), sup=row(MINUS, ONE)), CLOSED


@_set.register(ImmutableDenseMatrix)
def _(term):
    rows, columns = term.shape
    return Grid(tuple(tuple(boxes(term[i, j]) for j in range(columns)) for i in range(rows))), CLOSED


@_set.register(Abs)
@_set.register(s.Modulus)
def _(term):
    return Fence("|", boxes(term.args[0]), "|"), CLOSED


@_set.register(Infinity)
def _(term):
    return INFINITY, CLOSED


def _named(sign):
    """A function written without parentheses around a single sign: ln r, but cos(k theta)."""

    def printed(term):
        box, level = _set(term.args[0])
        return row(sign, *([box] if level >= POSTFIX else [Fence("(", box, ")")])), FACTOR

    return printed


_set.register(log)(_named(word("ln", r"\ln")))
_set.register(cos)(_named(word("cos", r"\cos")))
_set.register(sin)(_named(word("sin", r"\sin")))


@_set.register(s.Run)
def _(term):
    label = rf"\mathrm{{{term.network}}}"
    error = row(Script(Sign("e", "e"), sub=Sign(label, term.network, "mi", True)), Fence("(", boxes(Integer(term.length)), ")"))
    return row(word(term.extreme, rf"\{term.extreme}"), THIN, error), FACTOR


@_set.register(s.Smaller)
def _(term):
    return row(MIN, Fence("(", row(boxes(term.args[0]), COMMA, boxes(term.args[1])), ")")), CLOSED


@_set.register(s.Clip)
def _(term):
    return row(Script(word("clip"), sub=boxes(term.level)), Fence("(", boxes(term.of), ")")), CLOSED


@_set.register(s.Dot)
def _(term):
    return Fence("⟨", row(boxes(term.left), COMMA, boxes(term.right)), "⟩"), CLOSED


@_set.register(erfc)
def _(term):
    return row(word("erfc"), Fence("(", boxes(term.args[0]), ")")), FACTOR


@_set.register(polygamma)
def _(term):
    """The digamma function and its derivatives, ψ, ψ′, …"""
    sign, order = Sign(r"\psi", "ψ"), int(term.args[0])
    return row(Script(sign, sup=row(*[PRIME_MARK] * order)) if order else sign, Fence("(", boxes(term.args[1]), ")")), FACTOR


@_set.register(Pi)
def _(term):
    return Sign(r"\pi", "π"), CLOSED


@_set.register(EulerGamma)
def _(term):
    return Script(Sign(r"\gamma", "γ"), sub=Sign(r"\mathrm{E}", "E", "mi", True)), CLOSED
