"""The forward pass of a model at a point, and exact directional derivatives of it in forward mode.

No adjoint and no derived formula is used here: these are the values against which derived formulas are judged.
"""

from derivations.algebra import terms as a
from derivations.checking.compiled import Environment, affine, compiled, key_of
from derivations.checking.ops import DualOps

LOSS = ("value", "L", None)


class Forward:
    """A model, compiled once. ``run`` returns all values of one forward pass."""

    def __init__(self, model):
        self.model = model
        self.equations = [(key_of(e.target), affine(e.first), affine(e.last), compiled(e.value)) for e in model.equations]
        self.loss = compiled(model.loss)

    def shapes(self, sizes, length):
        """Every quantity that can be perturbed: {key: (rows, cols)}; hidden members included."""
        def size(side):
            return int(side) if side.is_Integer else sizes[side]
        found = {}
        for variable in self.model.variables:
            shape = tuple(size(side) for side in variable.term.shape)
            if not variable.is_family:
                found["value", variable.name, None] = shape
                continue
            for index in range(affine(variable.first)(a.at_length(length)), affine(variable.last)(a.at_length(length)) + 1):
                found["value", variable.name, index] = shape
        return found

    def given(self):
        """Names of what a point must supply."""
        return {variable.name for variable in self.model.given + self.model.parameters}

    def run(self, ops, point, sizes, length, nudge=None):
        """All values over ``ops``; ``nudge`` = (key, matrix) is added to one quantity, also to a hidden one after its equation."""
        values = dict(point)
        where, by = nudge or (None, None)
        if where in values:
            values[where] = ops.add(values[where], by)
        env = Environment(ops, values, sizes, length)
        for step in range(0, length + 1):
            bound = {**a.at_length(length), a.t: step, a.l: step}
            for (kind, name, index), first, last, value in self.equations:
                if first(bound) <= step <= last(bound):
                    key = (kind, name, index(bound))
                    values[key] = value(env, bound)
                    if key == where:
                        values[key] = ops.add(values[key], by)
        values[LOSS] = self.loss(env, a.at_length(length))
        return values

    def directional(self, ops, point, sizes, length, key, direction):
        """Derivatives of every value in one direction of the quantity ``key``: {key: matrix}, by forward mode."""
        dual = DualOps(ops)
        lifted = {name: dual.lift(value) for name, value in point.items()}
        nudge = (key, (ops.zeros(len(direction), len(direction[0])), direction))
        return {name: value[1] for name, value in self.run(dual, lifted, sizes, length, nudge).items()}


def basis(ops, rows, cols):
    """The matrices with a single one, row by row, with their positions."""
    for r in range(rows):
        for c in range(cols):
            yield (r, c), [[ops.one if (x, y) == (r, c) else ops.zero for y in range(cols)] for x in range(rows)]
