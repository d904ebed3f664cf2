"""What the separately written forward passes compute with: functions and matrices of mpmath, and the same of autograd.

A pass is written once. With mpmath it yields differences with many digits and the complex step; with ``Array`` it is
differentiated by autograd, a package that shares nothing with this project.
"""

from dataclasses import dataclass

from mpmath import mp

_NUMBERS = (int, mp.mpf, mp.mpc)


def _either(name):
    def function(x):
        if isinstance(x, _NUMBERS):
            return getattr(mp, name)(x)
        import autograd.numpy as np  # not in the browser

        return getattr(np, name)(x)

    return function


exp, log, tanh = map(_either, ("exp", "log", "tanh"))


def logistic(x):
    return 1 / (1 + exp(-x))


def relu(x):
    return (x > 0) * x


def times(u, v):
    """Two columns, entry by entry."""
    return Array(u.entries * v.entries) if isinstance(u, Array) else mp.matrix([u[r] * v[r] for r in range(len(u))])


def root(x):
    return x**0.5 if not isinstance(x, _NUMBERS) else mp.sqrt(x)


def column(like, *numbers):
    """The numbers as a column of the kind that ``like`` has."""
    if not isinstance(like, Array):
        return mp.matrix(numbers)
    import autograd.numpy as np

    return Array(np.array(numbers).reshape(-1, 1))


@dataclass(frozen=True)
class Array:
    """A matrix of autograd that is written like one of mpmath: ``*`` multiplies matrices, [r] is an entry of a column, [r, c] one of a matrix."""

    entries: object

    def __mul__(self, other):
        return Array(self.entries @ other.entries if isinstance(other, Array) else self.entries * other)

    def __add__(self, other):
        return Array(self.entries + other.entries)

    def __sub__(self, other):
        return Array(self.entries - other.entries)

    def __truediv__(self, number):
        return Array(self.entries / number)

    def __getitem__(self, row):
        return self.entries[row if isinstance(row, tuple) else (row, 0)]

    def __len__(self):
        return len(self.entries)

    def __iter__(self):
        return (self[row] for row in range(len(self)))

    def apply(self, function):
        return Array(function(self.entries))
