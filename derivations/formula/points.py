"""Points at which a formula is judged, and the true values there.

Every true derivative comes from forward-mode differentiation of the forward pass (derivations.checking.forward), one
direction at a time; no adjoint recursion and no derived formula is used. Values are computed when first asked for.
"""

import random
from fractions import Fraction
from functools import cached_property, lru_cache

from mpmath import mp
from mpmath.libmp import mpf_mul, mpf_sum

from derivations.algebra.terms import at_length
from derivations.checking.compiled import affine
from derivations.checking.forward import LOSS, Forward, basis
from derivations.checking.ops import FieldOps, MpOps
from derivations.formula.dual import directional
from derivations.formula.names import vocabulary
from derivations.formula.sentences import FormulaError
from derivations.formula.values import Matrix, Space, shown
from derivations.models import MODELS
from derivations.models.rnn import ONE_HOT

DIGITS = 50
# T with the sizes (n, d, q): pairwise different, at least 2, none equal to T.
SMALL = ((1, (3, 2, 4)), (2, (3, 4, 5)), (3, (4, 2, 5)), (4, (2, 3, 5)), (5, (3, 2, 4)), (6, (2, 4, 3)), (7, (4, 3, 2)))
VANISHING, EXPLODING = Fraction(9, 20), Fraction(11, 10)  # spectral radii of the recurrent weights; the first gives gradients of 1e-21 at T = 40
LONG_EXACT = (40, (3, 4, 2))
LONG = ((40, (3, 2, 4), VANISHING), (40, (2, 4, 3), EXPLODING))
LARGEST_ARGUMENT = 10**6


class _ExactOps(FieldOps):
    """F_p, with the model's activation in the place of phi."""

    def __init__(self, seed, activation):
        super().__init__(seed)
        self.activation = activation

    def apply(self, function, order, x):
        return super().apply(self.activation if function == "phi" else function, order, x)


class _ExtendedOps(MpOps):
    """mpmath numbers, with the model's activation in the place of phi; refuses arguments no network produces."""

    def __init__(self, activation):
        self.activation, self.known = activation, {}

    def apply(self, function, order, x):
        function = self.activation if function == "phi" else function
        key = (function, order, x._mpf_)  # every true derivative repeats the same forward pass
        if key not in self.known:
            if function in ("exp", "tanh") and abs(x) > LARGEST_ARGUMENT or function == "log" and order == 0 and x <= 0:
                raise FormulaError("function_domain", name=function, value=decimal(x, 3))
            self.known[key] = super().apply(function, order, x)
        return self.known[key]

    def matmul(self, a, b):
        columns = [[x._mpf_ for x in column] for column in zip(*b)]
        return [[mp.make_mpf(mpf_sum([mpf_mul(x._mpf_, y) for x, y in zip(row, column)], *mp._prec_rounding)) for column in columns] for row in a]


class Point:
    """One model at one point. ``twist`` changes the recurrent weights: None, 'symmetric' or 'identity' (a multiple of it)."""

    def __init__(self, model_name, length, sizes, radius=None, activation=None, twist=None):
        self.model = MODELS[model_name]
        self.words = vocabulary(self.model)
        self.forward = _forward(model_name)
        self.length, self.radius, self.twist = length, radius, twist
        self.sizes = dict(zip(self.model.sizes, sizes))
        self.size_names = {str(symbol): size for symbol, size in self.sizes.items()}
        activation = activation or self.model.function
        self.exact = radius is None
        self.ops = _ExactOps(length, activation) if self.exact else _ExtendedOps(activation)
        self.space = Space(self.ops, {size: name for name, size in self.size_names.items()})
        self.gradients, self.jacobians, self.steps = {}, {}, {}

    @property
    def sizes_text(self):
        return ", ".join(f"{name} = {size}" for name, size in self.size_names.items())

    def shape(self, symbolic):
        return tuple(self.size_names[str(side)] if str(side) in self.size_names else int(side) for side in symbolic)

    @cached_property
    def given(self):
        """Random data, parameters and initial states: {key: rows}."""
        entry = self._entries("given")
        hidden = {v.name for v in self.model.hidden}
        starts = {(v.name, affine(v.first)(at_length(self.length))) for v in self.model.given if v.is_family}
        found = {}
        for key, (rows, cols) in self.forward.shapes(self.sizes, self.length).items():
            if key[1] not in hidden or key[1:] in starts:
                found[key] = [[entry(key, row, col) for col in range(cols)] for row in range(rows)]
        if ONE_HOT in self.model.notes:
            for key, rows in found.items():
                if key[1] == "y":
                    found[key] = self._summing_to_one(rows)
        for key in [key for key in found if key[1] == self.words.recurrent]:
            found[key] = self._recurrent(found[key])
        return found

    def _entries(self, purpose):
        """A source of entries: of F_p by key, or odd multiples of 1/64 in (-1, 1), never zero."""
        if self.exact:
            return lambda *key: self.ops.random(purpose, *key)
        source = random.Random(f"{purpose} {self.model.name} {self.length} {self.radius}")
        return lambda *key: mp.mpf(2 * source.randrange(-32, 32) + 1) / 64

    def _summing_to_one(self, rows):
        head = [[abs(x)] for (x,) in rows[:-1]] if self.exact else [[abs(x) / len(rows)] for (x,) in rows[:-1]]
        rest = self.ops.one
        for (x,) in head:
            rest = self.ops.add([[rest]], self.ops.scale(self.ops.scalar(-1), [[x]]))[0][0]
        return [*head, [rest]]

    def _recurrent(self, rows):
        if self.twist == "identity":
            return self.ops.scale(rows[0][0], self.ops.eye(len(rows)))
        if self.twist == "symmetric":
            return self.ops.add(rows, self.ops.transpose(rows))
        if self.exact:
            return rows
        rows = [[x * (2 if col > row else 1) for col, x in enumerate(line)] for row, line in enumerate(rows)]  # far from normal
        factor = mp.mpf(self.radius.numerator) / self.radius.denominator / _spectral_radius(self.ops, rows)
        return [[mp.nint(x * factor * 2**20) / 2**20 for x in line] for line in rows]

    @cached_property
    def values(self):
        return self.forward.run(self.ops, self.given, self.sizes, self.length)

    def indices(self, name):
        """The time steps at which a family exists, in order."""
        if name not in self.steps:
            self.steps[name] = sorted(index for kind, known, index in self.values if kind == "value" and known == name and index is not None)
        return self.steps[name]

    def matrix(self, rows):
        return Matrix(self.space, rows)

    def value(self, name, index=None):
        return self.matrix(self.values["value", name, index])

    def gradient(self, name, index=None):
        """The true dL/d(name_index)."""
        key = ("value", name, index)
        if key not in self.gradients:
            rows, cols = len(self.values[key]), len(self.values[key][0])
            slopes = self._move(key, self._basis(rows, cols), LOSS)
            self.gradients[key] = self.matrix([[slopes[row * cols + col][0][0] for col in range(cols)] for row in range(rows)])
        return self.gradients[key]

    def jacobian(self, late, early):
        """The true d(state_late)/d(state_early), late >= early."""
        state = self.words.state
        if early not in self.jacobians:
            key, size = ("value", state, early), len(self.values["value", state, early])
            moved = self._moved(key, self._basis(size, 1))
            self.jacobians[early] = {index: moved["value", state, index] for index in self.indices(state) if index >= early}
        columns = self.jacobians[early][late]
        return self.matrix([[column[row][0] for column in columns] for row in range(len(columns))])

    @cached_property
    def direction(self):
        """dW: an arbitrary direction of the recurrent weights."""
        size, entry = len(self.given["value", self.words.recurrent, None]), self._entries("direction")
        return self.matrix([[entry(row, col) for col in range(size)] for row in range(size)])

    @cached_property
    def _tangents(self):
        moved = self._moved(("value", self.words.recurrent, None), [self.direction.rows])
        return {index: moved["value", self.words.state, index] for index in self.indices(self.words.state)}

    def tangent(self, index):
        """The true change of state_index when the recurrent weights move by dW."""
        size = self.direction.shape[0]
        return self.matrix((self._tangents[index] or [self.ops.zeros(size, 1)])[0])

    def slope(self, index):
        return self.value(self.words.slope_of, index).mapped("phi", 1)

    def loss_slope(self, index):
        output, target = (self.values["value", name, index] for name in self.words.loss_of)
        return self.matrix(self.ops.loss(1, output, target))

    def _basis(self, rows, cols):
        return [direction for _, direction in basis(self.ops, rows, cols)]

    def _moved(self, key, directions):
        return directional(self.forward, self.ops, self.given, self.sizes, self.length, key, directions)

    def _move(self, key, directions, of):
        """Derivatives of one value, zeros written out."""
        value = self.values[of]
        return self._moved(key, directions)[of] or [self.ops.zeros(len(value), len(value[0]))] * len(directions)


def decimal(x, digits):
    """A number as text; one whose decimal exponent would itself take long to compute, as a power of 2."""
    if mp.isfinite(x) and x != 0 and abs(mp.mag(x)) > 10**5:
        return ("-" if x < 0 else "") + f"2^({shown(mp.mag(x))})"
    return mp.nstr(x, digits).lstrip("+")


@lru_cache(maxsize=None)
def _forward(model_name):
    return Forward(MODELS[model_name])


def _spectral_radius(ops, rows):
    """Gelfand's formula with the power 2^12: accurate to far better than needed to place a point in a regime."""
    log_norm, power = mp.mpf(0), rows
    for step in range(13):
        norm = max(abs(x) for line in power for x in line)
        log_norm = log_norm + mp.log(norm) / 2**step
        power = ops.scale(1 / norm, power)
        power = ops.matmul(power, power)
    return mp.exp(log_norm)


@lru_cache(maxsize=64)
def point(model_name, length, sizes, radius=None, activation=None, twist=None):
    """A point, kept with the true values computed so far."""
    return Point(model_name, length, sizes, radius, activation, twist)


def exact_points(model_name, **changes):
    return [point(model_name, length, sizes, **changes) for length, sizes in SMALL]


def long_points(model_name):
    """T = 40: exactly once, then with 50 digits in a vanishing and an exploding regime."""
    return [point(model_name, *LONG_EXACT)] + [point(model_name, length, sizes, radius) for length, sizes, radius in LONG]
