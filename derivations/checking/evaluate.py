"""The value of a printed term at a point, in any of the arithmetics.

A norm is the largest singular value, a radius the largest modulus of an eigenvalue, a power a repeated product: what stands
on a left side is evaluated by its definition, whatever closed form stands on the right.
"""

from functools import reduce
from operator import add, eq, ge, gt, le, lt

from mpmath import iv, mp
from sympy import Abs, Add, Expr, Identity, Integer, Inverse, MatAdd, MatMul, MatrixSymbol, Mul, Pow, Rational, Symbol, Transpose, ZeroMatrix, cancel, ceiling, cos, erfc, exp, expand_log, log, polygamma, sin
from sympy.core.numbers import EulerGamma, Pi
from sympy.matrices.immutable import ImmutableDenseMatrix

from derivations.algebra import scalars as s
from derivations.algebra import terms as a
from derivations.algebra.convolutions import ConvolutionMatrix, TransferPeak
from derivations.algebra.expectations import Expect, Solved
from derivations.checking.arithmetic import PRECISION, Angle, Enclosing, NoValue


def value(term, at, arithmetic):
    """The value of a term at a point (dict: symbol, matrix symbol or family name -> value).

    Values are SymPy numbers, immutable matrices, Angles, functions of the index (families), or the arithmetic's own objects;
    'slope' is phi' as a function of arithmetic and number, 'size' the size of an empty product. NoValue where there is none.
    """

    def number(x):
        return value(x, at, arithmetic)

    def integer(x):
        return int(x.doit().xreplace(_plain(at)))

    match term:
        case Symbol() | MatrixSymbol():
            return _converted(at[term], arithmetic)
        case a.Slot():
            return _converted(at[term.name](integer(term.index)), arithmetic)
        case Integer() | Rational() | s.Decimal():
            return arithmetic.number(term.doit())
        case Pi() | EulerGamma():
            return arithmetic.function("pi" if isinstance(term, Pi) else "euler", None)
        case s.Plus() | Add() | MatAdd():
            return reduce(add, map(number, term.args))
        case s.Times() | Mul() | MatMul():
            return reduce(arithmetic.product, map(number, term.args))
        case s.Ratio():
            return number(term.top) / number(term.bottom)
        case Pow():
            return arithmetic.power(number(term.base), number(term.exp))
        case s.Root():
            return arithmetic.root(number(term.args[0]))
        case s.Indicator(proposition=claim):
            return arithmetic.number(Integer(holds(claim.relation, number(claim.left), number(claim.right))))
        case s.Squared():
            return number(term.args[0]) ** 2
        case Abs() | s.Modulus():
            return arithmetic.modulus(number(term.args[0]))
        case s.Exp() | exp() | log():
            return arithmetic.function("log" if isinstance(term, log) else "exp", number(term.args[0]))
        case s.Applied(order=0, parameters=()):
            return arithmetic.function(term.function, number(term.argument))
        case s.Applied():
            return arithmetic.activation(term.function, term.order, number(term.argument), *map(number, term.parameters))
        case Expect():
            return arithmetic.mean(term, at)
        case Solved():
            return arithmetic.solved(term, at)
        case erfc():
            return arithmetic.function("erfc", number(term.args[0]))
        case polygamma():
            return arithmetic.function(("digamma", "trigamma")[int(term.args[0])], number(term.args[1]))
        case cos() | sin():
            symbol, theta = next((key, v) for key, v in at.items() if isinstance(v, Angle))
            return arithmetic.angle(term.func.__name__, theta, Rational(term.args[0].doit().xreplace(_plain(at)) / symbol))
        case ceiling():
            return arithmetic.number(_ceiling(term.args[0], at))
    return _matrix_value(term, at, arithmetic, number, integer)


def _matrix_value(term, at, arithmetic, number, integer):
    match term:
        case ImmutableDenseMatrix():
            return arithmetic.matrix([[number(x) for x in row] for row in term.tolist()])
        case ZeroMatrix():
            return arithmetic.matrix([[arithmetic.number(Integer(0))] * int(term.shape[1])] * int(term.shape[0]))
        case Identity():
            return arithmetic.identity(at["size"])
        case Transpose():
            return arithmetic.transposed(number(term.arg))
        case Inverse():
            return arithmetic.inverse(number(term.arg))
        case a.Map(function="phi", order=1):
            return arithmetic.matrix([[at["slope"](arithmetic, x) for x in row] for row in arithmetic.entries(number(term.argument))])
        case a.Diag():
            entries = [row[0] for row in arithmetic.entries(number(term.vector))]
            return arithmetic.matrix([[x if i == j else 0 * x for j in range(len(entries))] for i, x in enumerate(entries)])
        case a.OrderedProduct():
            steps = range(integer(term.first), integer(term.last) - 1, -1)
            factors = [value(term.body, {**at, term.variable: Integer(j)}, arithmetic) for j in steps]
            return reduce(arithmetic.product, factors) if factors else arithmetic.identity(at["size"])
        case a.Power():
            base, exponent = number(term.base), integer(term.exponent)
            if exponent < 0:
                raise NoValue(f"the power {exponent} of a matrix is not defined here")
            return reduce(arithmetic.product, [base] * exponent) if exponent else arithmetic.identity(len(arithmetic.entries(base)))
        case ConvolutionMatrix():
            rows, taps, zero = integer(term.rows), [number(x) for x in term.taps], arithmetic.number(Integer(0))
            return arithmetic.matrix([[zero] * r + taps + [zero] * (rows - 1 - r) for r in range(rows)])
        case TransferPeak():
            return arithmetic.peak([number(x) for x in term.taps])
        case s.SpectralNorm():
            return arithmetic.norm(number(term.of))
        case s.Smaller():
            return min(number(x) for x in term.args)
        case s.Clip():
            level = number(term.level)
            return arithmetic.matrix([[max(-level, min(level, x)) for x in row] for row in arithmetic.entries(number(term.of))])
        case s.Dot():
            pairs = zip(*(arithmetic.entries(number(x)) for x in term.args))
            return sum(x * y for (x,), (y,) in pairs)
        case s.LargestEntry():
            return max(arithmetic.modulus(x) for row in arithmetic.entries(number(term.of)) for x in row)
        case s.SpectralRadius():
            return arithmetic.radius(number(term.of))
    raise NoValue(f"{type(term).__name__} has no value in this arithmetic")


def holds(relation, left, right):
    """Whether two values stand in the relation."""
    return {"=": eq, "<": lt, "<=": le, ">": gt, ">=": ge}[relation](left, right)


def _ceiling(term, at):
    """The least integer that is not below the term: by intervals, and exactly where the term is itself an integer."""
    saved, iv.prec = iv.prec, PRECISION
    try:
        found = value(term, at, Enclosing())
        low, high = (int(mp.ceil(mp.mpf(end))) for end in (found.a, found.b))
    finally:
        iv.prec = saved
    if low == high:
        return Integer(low)
    exact = cancel(expand_log(term.doit().xreplace(_plain(at)).doit(), force=True))
    if not exact.is_Rational:
        raise NoValue(f"{term} is too near an integer to be rounded up")
    return ceiling(exact)


def _plain(at):
    """The part of a point that SymPy may substitute: symbols and their numbers."""
    return {key: v for key, v in at.items() if isinstance(key, Symbol) and isinstance(v, Expr)}


def _converted(x, arithmetic):
    if isinstance(x, ImmutableDenseMatrix):
        return arithmetic.matrix([[arithmetic.number(entry) for entry in row] for row in x.tolist()])
    return arithmetic.number(x) if isinstance(x, Expr) else x
