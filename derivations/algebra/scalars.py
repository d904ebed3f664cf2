"""Scalar terms as a page prints them: decimals, digits, norms, extremes, limits, propositions, limits of number formats.

``Plus``, ``Times`` and ``Ratio`` keep what is written in the order in which it is written; ``doit`` turns a term into plain SymPy.
Indices, matrices and their products come from derivations.algebra.terms.
"""

from sympy import Abs, Add, Expr, Min, Mul, Piecewise, Rational, Rel, Symbol, cosh, exp, log, sqrt, sympify, tanh
from sympy.core.symbol import Str


class Scalar(Expr):
    """A scalar node whose arguments are compared structurally; names are stored as Str."""

    is_commutative = True

    def __new__(cls, *arguments):
        return Expr.__new__(cls, *(Str(x) if isinstance(x, str) else sympify(x) for x in arguments))

    def _sympystr(self, printer):
        plain = self.doit()
        return printer._print(plain) if plain != self else f"{type(self).__name__}({', '.join(map(printer._print, self.args))})"


class Decimal(Scalar):
    """A number written in decimals, exactly: ``Decimal('0.8')`` is four fifths."""

    is_positive = True
    text = property(lambda self: self.args[0].name)
    value = property(lambda self: Rational(self.text))

    def doit(self, **hints):
        return self.value


class Digits(Scalar):
    """The first digits of a positive number: ``Digits('1427', -5)`` says 1.427... x 10^-5 <= x < 1.428 x 10^-5."""

    digits = property(lambda self: self.args[0].name)
    exponent = property(lambda self: int(self.args[1]))
    unit = property(lambda self: Rational(10) ** (self.exponent - len(self.digits) + 1))
    low = property(lambda self: int(self.digits) * self.unit)
    high = property(lambda self: (int(self.digits) + 1) * self.unit)


class Plus(Scalar):
    def doit(self, **hints):
        return Add(*(x.doit() for x in self.args))


class Times(Scalar):
    def doit(self, **hints):
        return Mul(*(x.doit() for x in self.args))


class Ratio(Scalar):
    top = property(lambda self: self.args[0])
    bottom = property(lambda self: self.args[1])

    def doit(self, **hints):
        return self.top.doit() / self.bottom.doit()


class Slash(Ratio):
    """A ratio printed on the line: 1/k."""


class Root(Scalar):
    """The square root of a number that is not negative."""

    is_nonnegative = True

    def doit(self, **hints):
        return sqrt(self.args[0].doit())


class Exp(Scalar):
    """e to a power, printed as such."""

    def doit(self, **hints):
        return exp(self.args[0].doit())


class Applied(Scalar):
    """A scalar activation function or its derivative: ``Applied('sigma', a, 1)`` is sigma'(a); 'sigma', 'tanh', 'relu', 'lrelu', 'selu'.

    What comes after the order are the parameters: the slope of a leaky ReLU, the two constants of SELU.
    """

    function = property(lambda self: self.args[0].name)
    argument = property(lambda self: self.args[1])
    order = property(lambda self: int(self.args[2]) if len(self.args) > 2 else 0)
    parameters = property(lambda self: self.args[3:])

    def doit(self, **hints):
        x = self.argument.doit()
        known = {("sigma", 0): 1 / (1 + exp(-x)), ("tanh", 0): tanh(x), ("sigma", 1): exp(-x) / (1 + exp(-x)) ** 2, ("tanh", 1): 1 / cosh(x) ** 2}
        return known.get((self.function, self.order), self)


class Modulus(Scalar):
    """The modulus of a complex number, kept as it is written."""

    def doit(self, **hints):
        return Abs(self.args[0].doit())


class Squared(Scalar):
    """The square of an ``Applied``, printed as tanh^2(a)."""

    def doit(self, **hints):
        return self.args[0].doit() ** 2


class Proposition(Scalar):
    """A proposition inside a term: left side, relation, right side."""

    left = property(lambda self: self.args[0])
    relation = property(lambda self: self.args[1].name)
    right = property(lambda self: self.args[2])


class Indicator(Scalar):
    """1 where the proposition holds and 0 where it does not."""

    proposition = property(lambda self: self.args[0])

    def doit(self, **hints):
        claim = self.proposition
        return Piecewise((1, Rel(claim.left.doit(), claim.right.doit(), claim.relation)), (0, True))


class Extreme(Scalar):
    """``Extreme('max', body, variable)``; also 'sup', and 'arg max' for where it is attained."""

    kind = property(lambda self: self.args[0].name)
    body = property(lambda self: self.args[1])
    variable = property(lambda self: self.args[2])


class Least(Scalar):
    """The smallest integer n >= first for which a proposition about n holds."""

    proposition = property(lambda self: self.args[0])
    variable = property(lambda self: self.args[1])
    first = property(lambda self: self.args[2])


class Lim(Scalar):
    """The limit of the body as the variable goes to infinity."""

    body = property(lambda self: self.args[0])
    variable = property(lambda self: self.args[1])


class SpectralNorm(Scalar):
    """The 2-norm of a matrix (its largest singular value) or of a vector."""

    is_nonnegative = True
    of = property(lambda self: self.args[0])


class SigmaMax(SpectralNorm):
    """The same number, printed as sigma_max."""


class LargestEntry(Scalar):
    """The largest modulus of an entry of a matrix."""

    is_nonnegative = True
    of = property(lambda self: self.args[0])


class SpectralRadius(Scalar):
    """The largest modulus of an eigenvalue."""

    is_nonnegative = True
    of = property(lambda self: self.args[0])


class Rounded(Scalar):
    """A real number rounded to nearest, ties to even, in the format with p bits of significand and largest exponent E."""

    of = property(lambda self: self.args[0])
    format = property(lambda self: self.args[1:3])


class FormatLimit(Scalar):
    """'largest' finite, 'smallest_normal' or 'smallest_subnormal' positive number of the format (p, E)."""

    kind = property(lambda self: self.args[0].name)
    format = property(lambda self: self.args[1:3])

    def doit(self, **hints):
        return Symbol({"largest": "x_max", "smallest_normal": "x_min", "smallest_subnormal": "mu"}[self.kind])


class HalfLife(Scalar):
    """The real number of factors r, 0 < r < 1, after which a half is left."""


class StandsStill(Scalar):
    """How many rounded multiplications by fl(r), from 1, until the value no longer changes; in the format (p, E)."""

    factor = property(lambda self: self.args[0])
    format = property(lambda self: self.args[1:3])


def ln(x):
    """The natural logarithm without evaluation, so that ln 2 / (-ln r) stays as it is written."""
    return log(x, evaluate=False)


class Run(Scalar):
    """An error measured in an experiment: ``Run('max', 'adding', 'LSTM', 80)`` is the worst run of that network at that length."""

    extreme = property(lambda self: self.args[0].name)
    experiment = property(lambda self: self.args[1].name)
    network = property(lambda self: self.args[2].name)
    length = property(lambda self: int(self.args[3]))


class Smaller(Scalar):
    """The smaller of two numbers."""

    def doit(self, **hints):
        return Min(*(x.doit() for x in self.args))


class Clip(Scalar):
    """A vector with every entry cut to the interval from -theta to theta."""

    of = property(lambda self: self.args[0])
    level = property(lambda self: self.args[1])


class Dot(Scalar):
    """The inner product of two vectors."""

    left = property(lambda self: self.args[0])
    right = property(lambda self: self.args[1])


class Defined(Scalar):
    """A term with a value of its own: ``evaluated(at, arithmetic, value)``, where ``value(term, at, arithmetic)`` is that of its parts."""
