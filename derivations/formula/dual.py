"""Forward-mode differentiation in several directions at once, where most derivatives are zero.

``DualOps`` carries one direction and its zeros; at T = 40 with 50 digits the true adjoints of all time steps would take
seconds with it. Here a matrix is (value, None or one derivative per direction), and the value is computed once.
"""

from derivations.checking.ops import DualOps


class ManyDualOps(DualOps):
    """Pairs (value, derivatives): ``derivatives`` is None (all zero) or a list with one matrix per direction."""

    def lift(self, a, tangent=None):
        return (a, tangent)

    def add(self, a, b):
        return (self.base.add(a[0], b[0]), self._sum(a[1], b[1]))

    def scale(self, factor, a):
        return (self.base.scale(factor, a[0]), _each(a[1], lambda x: self.base.scale(factor, x)))

    def _bilinear(self, operation, a, b):
        return (operation(a[0], b[0]), self._sum(_each(a[1], lambda x: operation(x, b[0])), _each(b[1], lambda x: operation(a[0], x))))

    def transpose(self, a):
        return (self.base.transpose(a[0]), _each(a[1], self.base.transpose))

    def map(self, function, order, a):
        value = self.base.map(function, order, a[0])
        if a[1] is None:
            return (value, None)
        slope = self.base.map(function, order + 1, a[0])
        return (value, _each(a[1], lambda x: self.base.hadamard(slope, x)))

    def loss(self, order, output, target):
        value = self.base.loss(0, output[0], target[0])
        if output[1] is None:
            return (value, None)
        slope = self.base.transpose(self.base.loss(1, output[0], target[0]))
        return (value, _each(output[1], lambda x: self.base.matmul(slope, x)))

    def _sum(self, a, b):
        if a is None or b is None:
            return b if a is None else a
        return [self.base.add(x, y) for x, y in zip(a, b)]


def _each(tangents, operation):
    return None if tangents is None else [operation(x) for x in tangents]


def directional(forward, ops, point, sizes, length, key, directions):
    """Derivatives of every value in each direction of the quantity ``key``: {key: None where all are zero, or one matrix per direction}."""
    dual = ManyDualOps(ops)
    lifted = {name: dual.lift(value) for name, value in point.items()}
    nudge = (key, (ops.zeros(len(directions[0]), len(directions[0][0])), list(directions)))
    return {name: value[1] for name, value in forward.run(dual, lifted, sizes, length, nudge).items()}
