"""Layer normalization as a function of one vector, and its Jacobian: terms with a printed form and a value."""

from derivations.algebra.layout import Fence, Script, Sign, row
from derivations.algebra.scalars import Defined
from derivations.algebra.typeset import CLOSED, _set, boxes

NAME, JACOBIAN = Sign(r"\operatorname{LN}", "LN", "mi", True), Sign("J", "J")


class LayerNorm(Defined):
    """The vector without its mean, divided by its standard deviation; with a second argument, that is added to the variance first."""

    of = property(lambda self: self.args[0])

    def evaluated(self, at, arithmetic, value):
        entries = [row[0] for row in arithmetic.entries(value(self.of, at, arithmetic))]
        added = value(self.args[1], at, arithmetic) if len(self.args) > 1 else 0
        return arithmetic.matrix([[x] for x in normalized(entries, arithmetic.root, added)])


class NormJacobian(Defined):
    """The Jacobian of layer normalization at a vector; how it is computed is given by the point, under 'jacobian'."""

    of = property(lambda self: self.args[0])

    def evaluated(self, at, arithmetic, value):
        return arithmetic.matrix(at["jacobian"]([row[0] for row in arithmetic.entries(value(self.of, at, arithmetic))], arithmetic))


def normalized(entries, root, added=0):
    mean = sum(entries) / len(entries)
    deviation = root(sum((x - mean) ** 2 for x in entries) / len(entries) + added)
    return [(x - mean) / deviation for x in entries]


@_set.register(LayerNorm)
def _(term):
    return row(Script(NAME, sub=boxes(term.args[1])) if len(term.args) > 1 else NAME, Fence("(", boxes(term.of), ")")), CLOSED


@_set.register(NormJacobian)
def _(term):
    return row(JACOBIAN, Fence("(", boxes(term.of), ")")), CLOSED
