"""Four arithmetics for one term: exact (Gaussian rationals), 60 digits, doubles, intervals.

Each has the same few operations on its own numbers and matrices. A point is given in SymPy numbers, so that all of them see the same one.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from operator import mul

from mpmath import iv, mp
from sympy import I, Rational, re
from sympy import im as imaginary
from sympy.polys.domains import QQ, QQ_I
from sympy.polys.matrices import DomainMatrix

DIGITS = 60
PRECISION = 400


class NoValue(Exception):
    """This arithmetic has no value for the term; the message says why."""


@dataclass(frozen=True)
class Angle:
    """An angle given by a rational point of the unit circle."""

    cosine: Rational
    sine: Rational


class WithoutChance:
    """An arithmetic in which expectations, and what is defined through them, have no value."""

    def activation(self, name, order, x, *parameters):
        raise NoValue(f"the derivative or the parameters of {name} have no value in this arithmetic")

    def peak(self, taps):
        raise NoValue("the peak of a transfer function has no value in this arithmetic")

    def mean(self, term, at):
        raise NoValue("an expectation has no value in this arithmetic")

    def solved(self, term, at):
        raise NoValue(f"{type(term).__name__} has no value in this arithmetic")


class Exact(WithoutChance):
    """Gaussian rationals; a square root only where it is rational."""

    product = staticmethod(mul)

    def number(self, x):
        return QQ_I.from_sympy(re(x) + I * imaginary(x))

    def matrix(self, rows):
        return DomainMatrix([list(row) for row in rows], (len(rows), len(rows[0])), QQ_I)

    def identity(self, size):
        return DomainMatrix.eye(size, QQ_I)

    def transposed(self, x):
        return x.transpose()

    def inverse(self, x):
        return x.to_field().inv()

    def entries(self, x):
        return x.to_list()

    def power(self, x, y):
        if y.y or y.x.denominator != 1:
            raise NoValue(f"the exponent {y} is no integer, so the power is not rational")
        return x ** int(y.x)

    def root(self, x):
        value = Fraction(int(x.x.numerator), int(x.x.denominator))
        top, bottom = isqrt(value.numerator), isqrt(value.denominator)
        if x.y or Fraction(top, bottom) ** 2 != value:
            raise NoValue(f"the square root of {x} is not rational")
        return QQ_I(QQ(top, bottom), 0)

    def modulus(self, x):
        return self.root(QQ_I(x.x**2 + x.y**2, 0))

    def angle(self, name, angle, multiple):
        """cos or sin of an integer multiple of the angle, through (c + i s)^m."""
        turned = QQ_I(QQ.from_sympy(angle.cosine), QQ.from_sympy(angle.sine)) ** int(multiple)
        return QQ_I(turned.x if name == "cos" else turned.y, 0)

    def function(self, name, x):
        raise NoValue(f"{name} has no exact value here")

    norm = radius = function


class Extended(WithoutChance):
    """mpmath with 60 digits."""

    product = staticmethod(mul)

    def number(self, x):
        return mp.mpc(_mpf(re(x)), _mpf(imaginary(x))) if imaginary(x) != 0 else _mpf(x)

    def matrix(self, rows):
        return mp.matrix([list(row) for row in rows])

    def identity(self, size):
        return mp.eye(size)

    def transposed(self, x):
        return x.T

    def inverse(self, x):
        return x**-1

    def entries(self, x):
        return x.tolist()

    def power(self, x, y):
        return mp.mpf(x) ** int(y) if mp.isint(y) and not isinstance(x, mp.mpc) else mp.power(x, int(y) if mp.isint(y) else y)

    def root(self, x):
        return mp.sqrt(x)

    def modulus(self, x):
        return abs(x)

    def angle(self, name, angle, multiple):
        return getattr(mp, name)(multiple * mp.atan2(_mpf(angle.sine), _mpf(angle.cosine)))

    def function(self, name, x):
        return SCALAR[name](mp, x)

    def norm(self, x):
        return max(mp.svd_c(x if x.rows >= x.cols else x.T, compute_uv=False))

    def radius(self, x):
        return max(abs(value) for value in mp.eig(x, left=False, right=False))


class Double(WithoutChance):
    """NumPy and LAPACK; NumPy is imported when the first value is asked for, since the core runs without it."""

    def __init__(self):
        import numpy

        self.numpy = numpy

    def product(self, x, y):
        return x @ y if getattr(x, "ndim", 0) and getattr(y, "ndim", 0) else x * y

    def number(self, x):
        if isinstance(x, float):
            return x
        return float(x) if x.is_real else complex(x)

    def matrix(self, rows):
        return self.numpy.array(rows)

    def identity(self, size):
        return self.numpy.eye(size)

    def transposed(self, x):
        return x.T

    def inverse(self, x):
        return self.numpy.linalg.inv(x)

    def entries(self, x):
        return x.tolist()

    def power(self, x, y):
        return x**y

    def root(self, x):
        return self.numpy.sqrt(x)

    def modulus(self, x):
        return abs(x)

    def angle(self, name, angle, multiple):
        return getattr(self.numpy, name)(multiple * self.numpy.arctan2(float(angle.sine), float(angle.cosine)))

    def function(self, name, x):
        return SCALAR[name](self.numpy, x)

    def norm(self, x):
        return self.numpy.linalg.norm(x, 2)

    def radius(self, x):
        return max(abs(self.numpy.linalg.eigvals(x)))


class Enclosing(WithoutChance):
    """mpmath's intervals: the true value lies in every interval that is returned. Scalars only."""

    product = staticmethod(mul)

    def number(self, x):
        if imaginary(x) != 0:
            raise NoValue("intervals here are real")
        return iv.mpf(int(x.p)) / int(x.q)

    def power(self, x, y):
        return iv.exp(y * iv.log(x)) if x.a > 0 else x ** int(y.a)

    def root(self, x):
        return iv.sqrt(x)

    def modulus(self, x):
        return abs(x)

    def function(self, name, x):
        return SCALAR[name](iv, x)


SCALAR = {
    "exp": lambda m, x: m.exp(x), "log": lambda m, x: m.log(x), "cos": lambda m, x: m.cos(x), "sin": lambda m, x: m.sin(x),
    "sigma": lambda m, x: 1 / (1 + m.exp(-x)), "tanh": lambda m, x: 1 - 2 / (1 + m.exp(2 * x)), "relu": lambda m, x: max(x, 0 * x),
    "erfc": lambda m, x: m.erfc(x), "digamma": lambda m, x: m.digamma(x), "trigamma": lambda m, x: m.psi(1, x), "pi": lambda m, x: +m.pi, "euler": lambda m, x: +m.euler,
}  # fmt: skip


def _mpf(x):
    return mp.mpf(int(x.p)) / int(x.q)
