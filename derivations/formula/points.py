"""Points at which a formula is judged, and the true values there.

Every true derivative comes from forward-mode differentiation of the forward pass (derivations.checking.forward), one
direction at a time; no adjoint recursion and no derived formula is used. Values are computed when first asked for.
"""

from fractions import Fraction
from functools import cached_property, lru_cache

from derivations.checking.forward import LOSS, Forward, basis
from derivations.formula.data import entries, given
from derivations.formula.dual import directional
from derivations.formula.names import vocabulary
from derivations.formula.scalars import ExactOps, ExtendedOps
from derivations.formula.matrices import Matrix, Space
from derivations.models import MODELS

DIGITS = 50
# T with the sizes (n, d, q): pairwise different, at least 2, none equal to T.
SMALL = ((1, (3, 2, 4)), (2, (3, 4, 5)), (3, (4, 2, 5)), (4, (2, 3, 5)), (5, (3, 2, 4)), (6, (2, 4, 3)), (7, (4, 3, 2)))
VANISHING, EXPLODING = Fraction(9, 20), Fraction(11, 10)  # spectral radii of the recurrent weights; the first gives gradients of 1e-21 at T = 40
LONG_EXACT = (40, (3, 4, 2))
LONG = ((40, (3, 2, 4), VANISHING), (40, (2, 4, 3), EXPLODING))



class Point:
    """One model at one point. ``twist`` changes the recurrent weights ('symmetric', 'identity' for a multiple of it) or sets inputs, biases and initial states to zero ('rest')."""

    def __init__(self, model_name, length, sizes, radius=None, activation=None, twist=None):
        self.model = MODELS[model_name]
        self.words = vocabulary(self.model)
        self.forward = _forward(model_name)
        self.length, self.radius, self.twist = length, radius, twist
        self.sizes = self.model.sized(sizes)
        self.size_names = {str(symbol): size for symbol, size in self.sizes.items()}
        activation = activation or self.model.function
        self.exact = radius is None
        self.ops = ExactOps(length, activation) if self.exact else ExtendedOps(activation)
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
        return given(self)

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
        size, entry = len(self.given["value", self.words.recurrent, None]), entries(self, "direction")
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


@lru_cache(maxsize=None)
def _forward(model_name):
    return Forward(MODELS[model_name])


@lru_cache(maxsize=64)
def point(model_name, length, sizes, radius=None, activation=None, twist=None):
    """A point, kept with the true values computed so far."""
    return Point(model_name, length, sizes, radius, activation, twist)


def sharper(place):
    """The same point with the digits that mpmath has now; nothing is kept."""
    return Point(place.model.name, place.length, tuple(place.sizes.values()), place.radius)


def exact_points(model_name, **changes):
    return [point(model_name, length, sizes, **changes) for length, sizes in SMALL]


def long_points(model_name):
    """T = 40: exactly once, then with 50 digits in a vanishing and an exploding regime."""
    return [point(model_name, *LONG_EXACT)] + [point(model_name, length, sizes, radius) for length, sizes, radius in LONG]
