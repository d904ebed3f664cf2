"""Arithmetic on small dense matrices over exchangeable scalars.

A matrix is a list of rows. ``Ops`` works over any scalars with ``+ - *``; the subclasses say how to enter a rational
number, divide, and evaluate a named function and its derivatives. ``DualOps`` turns any of them into forward-mode
differentiation: a matrix becomes a pair (value, derivative in one direction).
"""

from mpmath import mp, mpf
from mpmath import mpmathify as _mp

PRIME = 2**61 - 1


class Undefined(ArithmeticError):
    """A formula that has no value at this point (index out of range, negative power, division by zero)."""


class Ops:
    """Matrix operations over scalars that support Python's ``+ - *``."""

    def scalar(self, numerator, denominator=1):
        raise NotImplementedError

    def apply(self, function, order, x):
        raise NotImplementedError

    def rows(self, a):
        return len(a)

    def add(self, a, b):
        return [[x + y for x, y in zip(r, s)] for r, s in zip(a, b)]

    def scale(self, factor, a):
        return [[factor * x for x in row] for row in a]

    def matmul(self, a, b):
        columns = list(zip(*b))
        return [[sum((x * y for x, y in zip(row, column)), self.zero) for column in columns] for row in a]

    def hadamard(self, a, b):
        return [[x * y for x, y in zip(r, s)] for r, s in zip(a, b)]

    def transpose(self, a):
        return [list(row) for row in zip(*a)]

    def map(self, function, order, a):
        return [[self.apply(function, order, x) for x in row] for row in a]

    def constant(self, value, rows, cols):
        return [[value] * cols for _ in range(rows)]

    def zeros(self, rows, cols):
        return self.constant(self.zero, rows, cols)

    def eye(self, n):
        return [[self.one if r == c else self.zero for c in range(n)] for r in range(n)]

    def diag(self, v):
        return [[v[r][0] if r == c else self.zero for c in range(len(v))] for r in range(len(v))]

    def loss(self, order, output, target):
        """The abstract loss l(output, target): here softmax cross-entropy plus a quartic, so that nothing is special about it."""
        p = softmax(self, output)
        if order == 0:
            entropy = self.scale(-self.one, self.matmul(self.transpose(target), self.map("log", 0, p)))
            square = self.hadamard(output, output)
            return self.add(entropy, self.matmul(self.transpose(square), square))
        mass = self.matmul(self.constant(self.one, 1, len(target)), target)
        cubic = self.hadamard(output, self.hadamard(output, output))
        return self.add(self.add(self.matmul(p, mass), self.scale(-self.one, target)), self.scale(self.scalar(4), cubic))

    @property
    def zero(self):
        return self.scalar(0)

    @property
    def one(self):
        return self.scalar(1)


def softmax(ops, z):
    """exp(z) over the sum of its entries."""
    powers = ops.map("exp", 0, z)
    mass = ops.matmul(ops.constant(ops.one, 1, ops.rows(z)), powers)
    return ops.matmul(powers, ops.map("reciprocal", 0, mass))


class FieldOps(Ops):
    """The prime field F_p, p = 2^61 - 1: exact, and nothing is small.

    An abstract function is a random oracle, as is each of its derivatives; tanh, sigmoid, exp, log obey their formal
    derivative rules (tanh' = 1 - tanh^2), so identities that use those rules hold and no others.
    """

    exact = True

    def __init__(self, seed):
        self.seed = seed

    def scalar(self, numerator, denominator=1):
        if denominator % PRIME == 0:
            raise Undefined("division by zero")
        return numerator * pow(denominator, -1, PRIME) % PRIME

    def add(self, a, b):
        return [[(x + y) % PRIME for x, y in zip(r, s)] for r, s in zip(a, b)]

    def scale(self, factor, a):
        return [[factor * x % PRIME for x in row] for row in a]

    def matmul(self, a, b):
        columns = list(zip(*b))
        return [[sum(x * y for x, y in zip(row, column)) % PRIME for column in columns] for row in a]

    def hadamard(self, a, b):
        return [[x * y % PRIME for x, y in zip(r, s)] for r, s in zip(a, b)]

    def oracle(self, *key):
        """A random element of F_p that depends on the seed and the key only."""
        from hashlib import blake2b

        digest = blake2b(repr((self.seed, key)).encode(), digest_size=16).digest()
        return int.from_bytes(digest, "big") % PRIME

    def apply(self, function, order, x):
        if function in ("reciprocal", "log") and order + (function == "reciprocal") > 0:
            return reciprocal_derivative(self, function, order, x, lambda v: pow(v, -1, PRIME) if v else _zero_division())
        return formal(self, function, order, x, lambda name, n: self.oracle(name, n, x)) % PRIME

    def loss(self, order, output, target):
        key = (tuple(v for (v,) in output), tuple(v for (v,) in target))
        if order == 0:
            return [[self.oracle("loss", key)]]
        return [[self.oracle("loss'", place, key)] for place in range(len(output))]

    def random(self, *key):
        return self.oracle("point", *key)


def _zero_division():
    raise Undefined("division by zero")


def reciprocal_derivative(ops, function, order, x, invert):
    """Derivatives of 1/x (order >= 0) and of log x (order >= 1): (-1)^m m! / x^(m+1)."""
    m = order if function == "reciprocal" else order - 1
    value, inverse = 1, invert(x)
    for step in range(m):
        value *= -(step + 1)
    return ops.scalar(value) * (inverse ** (m + 1))


def formal(ops, function, order, x, value):
    """A function's derivatives through its differential equation; ``value(name, order)`` gives an unconstrained value."""
    if function == "tanh" and order:
        s = value("tanh", 0)
        return {1: 1 - s * s, 2: -2 * s * (1 - s * s)}[order]
    if function == "sigmoid" and order:
        s = value("sigmoid", 0)
        return {1: s * (1 - s), 2: s * (1 - s) * (1 - 2 * s)}[order]
    if function == "exp":
        return value("exp", 0)
    if function == "rsqrt" and order:
        f = value("rsqrt", 0)
        return ops.scalar({1: -1, 2: 3}[order], {1: 2, 2: 4}[order]) * f ** (2 * order + 1)
    if function == "sqrt" and order:
        inverse = ops.apply("reciprocal", 0, value("sqrt", 0))
        return ops.scalar({1: 1, 2: -1}[order], {1: 2, 2: 4}[order]) * inverse ** (2 * order - 1)
    if function == "square":
        return {0: x * x, 1: ops.scalar(2) * x, 2: ops.scalar(2)}.get(order, ops.scalar(0))
    if function == "identity":
        return {0: x, 1: ops.scalar(1)}.get(order, ops.scalar(0))
    return value(function, order)


class MpOps(Ops):
    """mpmath numbers at the working precision (real, or complex for the complex step)."""

    exact = False

    def scalar(self, numerator, denominator=1):
        return mpf(numerator) / denominator

    def apply(self, function, order, x):
        if function in ("reciprocal", "log") and order + (function == "reciprocal") > 0:
            return reciprocal_derivative(self, function, order, x, lambda v: 1 / v if v else _zero_division())
        return formal(self, function, order, x, lambda name, n: self._value(name, n, x))

    def _value(self, function, order, x):
        if function == "tanh":
            return mp.tanh(x)
        if function == "sigmoid":
            return 1 / (1 + mp.exp(-x))
        if function == "relu":
            if x.real == 0:
                raise Undefined("ReLU has no derivative at 0")
            return {0: x if x.real > 0 else 0 * x, 1: _mp(1 if x.real > 0 else 0)}.get(order, mpf(0))
        if function == "exp":
            return mp.exp(x)
        if function == "log":
            return mp.log(x)
        if function == "rsqrt":
            return 1 / mp.sqrt(x)
        if function == "sqrt":
            return mp.sqrt(x)
        raise Undefined(f"the function {function!r} (derivative {order}) has no numeric value; use tanh, sigmoid, relu, exp or log")


class DualOps(Ops):
    """Forward-mode differentiation over any other ``Ops``: every matrix is a pair (value, directional derivative)."""

    def __init__(self, base):
        self.base = base

    def scalar(self, numerator, denominator=1):
        return self.base.scalar(numerator, denominator)

    def lift(self, a, tangent=None):
        return (a, tangent if tangent is not None else self.base.zeros(len(a), len(a[0])))

    def add(self, a, b):
        return (self.base.add(a[0], b[0]), self.base.add(a[1], b[1]))

    def scale(self, factor, a):
        return (self.base.scale(factor, a[0]), self.base.scale(factor, a[1]))

    def _bilinear(self, operation, a, b):
        return (operation(a[0], b[0]), self.base.add(operation(a[1], b[0]), operation(a[0], b[1])))

    def matmul(self, a, b):
        return self._bilinear(self.base.matmul, a, b)

    def hadamard(self, a, b):
        return self._bilinear(self.base.hadamard, a, b)

    def transpose(self, a):
        return (self.base.transpose(a[0]), self.base.transpose(a[1]))

    def map(self, function, order, a):
        return (self.base.map(function, order, a[0]), self.base.hadamard(self.base.map(function, order + 1, a[0]), a[1]))

    def constant(self, value, rows, cols):
        return self.lift(self.base.constant(value, rows, cols))

    def eye(self, n):
        return self.lift(self.base.eye(n))

    def rows(self, a):
        return len(a[0])

    def loss(self, order, output, target):
        value, slope = self.base.loss(0, output[0], target[0]), self.base.loss(1, output[0], target[0])
        return (value, self.base.matmul(self.base.transpose(slope), output[1]))
