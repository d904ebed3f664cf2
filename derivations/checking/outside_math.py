"""What the separately written forward passes compute with: functions and matrices of scalars with many digits, and the same of autograd.

A pass is written once. With ``Rows`` of mpmath numbers or of balls (``balls``) it yields differences with many digits and the
complex step; with ``Array`` it is differentiated by autograd, a package that shares nothing with this project.
"""

from dataclasses import dataclass
from operator import add, sub

from mpmath import mp

_NUMBERS = (int, mp.mpf, mp.mpc)


def _either(name):
    def function(x):
        if isinstance(x, _NUMBERS):
            return getattr(mp, name)(x)
        if hasattr(x, name):  # a ball
            return getattr(x, name)()
        import autograd.numpy as np  # not in the browser

        return getattr(np, name)(x)

    return function


exp, log, tanh = map(_either, ("exp", "log", "tanh"))


def logistic(x):
    return 1 / (1 + exp(-x))


def relu(x):
    return (getattr(x, "real", x) > 0) * x


def times(u, v):
    """Two matrices, entry by entry."""
    return Array(u.entries * v.entries) if isinstance(u, Array) else Rows([[x * y for x, y in zip(r, s)] for r, s in zip(u.rows, v.rows)])


def root(x):
    return mp.sqrt(x) if isinstance(x, _NUMBERS) else x.sqrt() if hasattr(x, "sqrt") else x**0.5


def column(like, *numbers):
    """The numbers as a column of the kind that ``like`` has."""
    if not isinstance(like, Array):
        return Rows([[number] for number in numbers])
    import autograd.numpy as np

    return Array(np.array(numbers).reshape(-1, 1))


@dataclass(frozen=True)
class Rows:
    """A matrix of any scalars: ``*`` multiplies matrices or by a number, [r] is an entry of a column, [r, c] one of a matrix."""

    rows: list

    def __mul__(self, other):
        if not isinstance(other, Rows):
            return Rows([[x * other for x in row] for row in self.rows])
        columns = list(zip(*other.rows))
        return Rows([[sum((x * y for x, y in zip(row[1:], column[1:])), row[0] * column[0]) for column in columns] for row in self.rows])

    def __add__(self, other):
        return Rows([list(map(add, r, s)) for r, s in zip(self.rows, other.rows, strict=True)])

    def __sub__(self, other):
        return Rows([list(map(sub, r, s)) for r, s in zip(self.rows, other.rows, strict=True)])

    def __truediv__(self, number):
        return self.apply(lambda x: x / number)

    @property
    def T(self):
        return Rows([list(column) for column in zip(*self.rows)])

    def __getitem__(self, place):
        row, column = place if isinstance(place, tuple) else (place, 0)
        return self.rows[row][column]

    def __len__(self):
        return len(self.rows)

    def __iter__(self):
        return (x for row in self.rows for x in row)

    def apply(self, function):
        return Rows([[function(x) for x in row] for row in self.rows])


@dataclass(frozen=True)
class Array:
    """A matrix of autograd that is written like ``Rows``."""

    entries: object

    def __mul__(self, other):
        return Array(self.entries @ other.entries if isinstance(other, Array) else self.entries * other)

    def __add__(self, other):
        return Array(self.entries + other.entries)

    def __sub__(self, other):
        return Array(self.entries - other.entries)

    def __truediv__(self, number):
        return Array(self.entries / number)

    @property
    def T(self):
        return Array(self.entries.T)

    def __getitem__(self, row):
        return self.entries[row if isinstance(row, tuple) else (row, 0)]

    def __len__(self):
        return len(self.entries)

    def __iter__(self):
        return (self[row] for row in range(len(self)))

    def apply(self, function):
        return Array(function(self.entries))
