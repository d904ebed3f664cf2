"""Matrices over exchangeable scalars (F_p, mpmath), whose shapes are also known in letters. A vector is n x 1; (n,) does not exist."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Space:
    """The scalars in use and the letters of the sizes: ``letters`` maps each size to its symbol, {3: 'n', 2: 'd'}."""

    ops: object
    letters: dict

    def shape_text(self, shape):
        letters = " × ".join(self.letters.get(side, str(side)) for side in shape)
        digits = " × ".join(str(side) for side in shape)
        return letters if letters == digits else f"{letters} ({digits})"

    def scalar(self, number):
        number = Fraction(number)
        return self.ops.scalar(number.numerator, number.denominator)

    def filled(self, number, rows, cols):
        return Matrix(self, self.ops.constant(self.scalar(number), rows, cols))

    def eye(self, size):
        return Matrix(self, self.ops.eye(size))


@dataclass(frozen=True, eq=False)
class Matrix:
    """Rows of scalars; ``shape`` is (rows, cols)."""

    space: Space
    rows: list

    shape = property(lambda self: (len(self.rows), len(self.rows[0])))
    is_vector = property(lambda self: self.shape[1] == 1)
    is_square = property(lambda self: self.shape[0] == self.shape[1])

    def __str__(self):
        return self.space.shape_text(self.shape)

    def with_rows(self, rows):
        return Matrix(self.space, rows)

    @property
    def transposed(self):
        return self.with_rows(self.space.ops.transpose(self.rows))

    def scaled(self, number):
        return self.with_rows(self.space.ops.scale(self.space.scalar(number), self.rows))

    def mapped(self, function, order=0):
        return self.with_rows(self.space.ops.map(function, order, self.rows))

    def filled(self, number):
        return self.space.filled(number, *self.shape)
