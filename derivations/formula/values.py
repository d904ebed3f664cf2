"""What a formula computes with: operations on numbers and matrices with strict shapes.

A value is a number (int or Fraction, exact) or a Matrix; a vector is n x 1, and (n,) does not exist. Nothing is
broadcast, with one exception that textbooks print: a number plus, minus or divided by a *column vector* is meant
entry by entry (1 - s[t]*s[t], diag(1/o[t])).
"""

from fractions import Fraction

from derivations.formula.matrices import Matrix
from derivations.formula.sentences import FormulaError

MAX_BITS = 4096  # of a number's numerator or denominator
MAX_SIDE = 64    # rows or columns of a matrix that a formula makes itself
MAX_POWER = 4096


def shown(number):
    """A number for a sentence, cut where it is long."""
    if max(number.numerator.bit_length(), number.denominator.bit_length()) > MAX_BITS:
        return f"{'-' if number < 0 else ''}2^{number.numerator.bit_length() - number.denominator.bit_length()}"
    text = str(number)
    return text if len(text) <= 40 else text[:37] + "…"


def describe(value):
    """What a value is, for a sentence."""
    if isinstance(value, Matrix):
        return str(value)
    return shown(value) if is_number(value) else _KINDS[type(value)]


_KINDS = {list: "[…]", dict: "{…}", bool: "True / False", type(None): "None"}


def is_number(value):
    return isinstance(value, (int, Fraction)) and not isinstance(value, bool)


def number(value):
    """An exact number, an int where it is whole; refused when it grows beyond MAX_BITS."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        raise FormulaError("number_too_large", bits=MAX_BITS)
    return value.numerator if value.denominator == 1 else value


def negate(a):
    return -a if is_number(a) else a.scaled(-1)


def add(a, b):
    if is_number(a) and is_number(b):
        return number(a + b)
    if is_number(a) or is_number(b):
        matrix, scalar = (b, a) if is_number(a) else (a, b)
        if not matrix.is_vector:
            raise FormulaError("number_plus_matrix", number=shown(scalar), shape=str(matrix))
        a, b = matrix, matrix.filled(scalar)
    if a.shape != b.shape:
        raise FormulaError("add_shapes", left=str(a), right=str(b))
    return a.with_rows(a.space.ops.add(a.rows, b.rows))


def subtract(a, b):
    return add(a, negate(b))


def multiply(a, b):
    """Elementwise product of equal shapes, or a number times a matrix."""
    if is_number(a) and is_number(b):
        return number(a * b)
    if is_number(a):
        return b.scaled(a)
    if is_number(b):
        return a.scaled(b)
    if a.shape != b.shape:
        raise FormulaError("hadamard_one" if (1, 1) in (a.shape, b.shape) else "hadamard_shapes", left=str(a), right=str(b))
    return a.with_rows(a.space.ops.hadamard(a.rows, b.rows))


def matmul(a, b):
    if is_number(a) or is_number(b):
        raise FormulaError("matmul_number", number=shown(a if is_number(a) else b))
    if a.shape[1] != b.shape[0]:
        raise FormulaError("matmul_shapes", left=str(a), right=str(b))
    return a.with_rows(a.space.ops.matmul(a.rows, b.rows))


def divide(a, b):
    if is_number(b):
        if b == 0:
            raise FormulaError("division_by_zero")
        return number(Fraction(a) / b) if is_number(a) else a.scaled(Fraction(1) / b)
    if not b.is_vector:
        raise FormulaError("divide_by_matrix", shape=str(b))
    if not is_number(a) and a.shape != b.shape:
        raise FormulaError("divide_one" if b.shape == (1, 1) else "divide_shapes", left=str(a), right=str(b))
    return multiply(a, b.mapped("reciprocal"))


def power(a, exponent):
    """a ** exponent for a number, entry by entry for a column vector; refused for any other matrix."""
    if not is_number(exponent) or not isinstance(exponent, int):
        raise FormulaError("power_exponent", exponent=describe(exponent))
    if is_number(a):
        if a == 0 and exponent < 0:
            raise FormulaError("division_by_zero")
        if abs(exponent) * max(a.numerator.bit_length(), a.denominator.bit_length()) > 2 * MAX_BITS and a not in (-1, 0, 1):
            raise FormulaError("number_too_large", bits=MAX_BITS)
        return number(Fraction(a) ** exponent if a not in (-1, 1) else a ** (exponent % 2))
    if not a.is_vector:
        raise FormulaError("matrix_to_power", shape=str(a))
    return elementwise_power(a, exponent)


def elementwise_power(a, exponent):
    return _repeated(a if exponent >= 0 else a.mapped("reciprocal"), abs(exponent), a.filled(1), multiply)


def matrix_power(a, exponent):
    """A A ... A, ``exponent`` times; the identity for 0."""
    if not a.is_square:
        raise FormulaError("not_square", shape=str(a))
    if exponent < 0:
        raise FormulaError("negative_power", exponent=shown(exponent))
    return _repeated(a, exponent, a.space.eye(a.shape[0]), matmul)


def _repeated(base, exponent, value, times):
    if exponent > MAX_POWER:
        raise FormulaError("exponent_too_large", exponent=shown(exponent), limit=MAX_POWER)
    while exponent:
        if exponent % 2:
            value = times(value, base)
        base, exponent = times(base, base) if exponent > 1 else base, exponent // 2
    return value


def diag(vector):
    if not vector.is_vector:
        raise FormulaError("diag_shape", shape=str(vector))
    return vector.with_rows(vector.space.ops.diag(vector.rows))


def outer(a, b):
    if not (a.is_vector and b.is_vector):
        raise FormulaError("outer_shapes", left=str(a), right=str(b))
    return matmul(a, b.transposed)
