"""The value of a formula that was read, at one point of an Environment."""

from fractions import Fraction
from functools import reduce

from derivations.checking.ops import Undefined, softmax
from derivations.checking.printed_sizes import TRANSPOSED, Misfit, Sizeless, alike, as_matrix, plus, scaled, shape, shown, times
from derivations.checking.printed_tokens import Unreadable, quoted


def both_sides(latex, left, right, env, names):
    """Values of both sides as matrices of one shape. ``names`` maps names of numbers to int or Fraction."""
    point = _Point(latex, env, names)
    sides = point.of(left), point.of(right)
    try:
        return alike(env.ops, *sides)
    except Misfit as problem:
        raise Unreadable(f"The two sides of  {latex}  cannot be compared: {problem}.") from None


class _Point:
    """Where a formula is evaluated: one method for each kind of node, called with the node's parts."""

    def __init__(self, latex, env, names):
        self.latex, self.env, self.ops, self.names = latex, env, env.ops, names

    def of(self, node):
        try:
            return RULES[node.kind](self, *node.parts)
        except Misfit as problem:
            raise Unreadable(f"The formula has no value at  {quoted(self.latex, node.start, node.end)} : {problem}.") from None

    def undefined(self, node, reason):
        raise Undefined(f"{quoted(self.latex, node.start, node.end)} : {reason}")

    def inside(self, variable, index):
        return _Point(self.latex, self.env, {**self.names, variable: index})

    def integer(self, node):
        value = self.of(node)
        if not isinstance(value, Fraction) or value.denominator != 1:
            raise Misfit(f"an index or exponent is {value if isinstance(value, Fraction) else shown(value)}, and must be an integer")
        return value.numerator

    def matrix(self, node):
        return as_matrix(self.ops, self.of(node))

    def vector(self, node):
        value = self.matrix(node)
        if shape(value)[1] != 1:
            raise Misfit(f"a column vector is expected, and {shown(value)} stands here")
        return value

    def key(self, leaf):
        name, index = leaf.parts
        return name, None if index is None else self.integer(index)

    def name(self, name):
        if name not in self.names:
            raise Misfit(f"{name} is no parameter, and no index or number with this name is given")
        return Fraction(self.names[name])

    def leaf(self, name, index):
        return self.env.find(("value", name, None if index is None else self.integer(index)))

    def jacobian(self, of, by):
        return self.env.find(("jac", *self.key(of), *self.key(by)))

    def sum(self, *terms):
        return reduce(lambda a, b: plus(self.ops, a, b), [scaled(self.ops, Fraction(f"{sign}1"), self.of(term)) for sign, term in terms])

    def product(self, *factors):
        return reduce(lambda a, b: times(self.ops, a, b), [self.of(factor) for factor in factors])

    def elementwise(self, left, right):
        return self.ops.hadamard(*alike(self.ops, self.of(left), self.of(right)))

    def transpose(self, of):
        value = self.of(of)
        if isinstance(value, Sizeless):
            return Sizeless(TRANSPOSED[value.kind], value.factor)
        return value if isinstance(value, Fraction) else self.ops.transpose(value)

    def power(self, base, exponent):
        value, count = self.of(base), self.integer(exponent)
        if count < 0 and (value == 0 or not isinstance(value, Fraction)):
            self.undefined(exponent, f"the exponent is {count}, and the base need not have an inverse")
        if isinstance(value, Fraction):
            return value**count
        if isinstance(value, list) and shape(value)[0] != shape(value)[1]:
            raise Misfit(f"a power of {shown(value)}, which is not square")
        return reduce(lambda a, b: times(self.ops, a, b), [value] * count, Sizeless("identity") if isinstance(value, Sizeless) else self.ops.eye(len(value)))

    def fraction(self, top, bottom):
        value, under = self.of(top), self.of(bottom)
        if isinstance(under, Fraction):
            if under == 0:
                self.undefined(bottom, "division by zero")
            return scaled(self.ops, 1 / under, value)
        if not isinstance(value, Fraction):
            raise Misfit("only a number is divided by a vector, entry by entry; write other quotients as products")
        return scaled(self.ops, value, self.ops.map("reciprocal", 0, self.vector(bottom)))

    def total(self, variable, first, last, body):
        indices = range(self.integer(first), self.integer(last) + 1)
        return reduce(lambda a, b: plus(self.ops, a, b), [self.inside(variable, index).of(body) for index in indices], Sizeless("zero"))

    def ordered(self, variable, first, last, body):
        start, stop = self.integer(first), self.integer(last)
        if start < stop - 1:
            self.undefined(first, f"the factors run downwards from {start} to {stop}")
        return reduce(lambda a, b: times(self.ops, a, b), [self.inside(variable, index).of(body) for index in range(start, stop - 1, -1)], Sizeless("identity"))

    def diag(self, of):
        value = self.of(of)
        if isinstance(value, Sizeless) and value.kind == "column of ones":
            return Sizeless("identity", value.factor)
        return self.ops.diag(self.vector(of))

    def inner(self, left, right):
        entries = self.elementwise(left, right)
        rows = self.ops.matmul(self.ops.constant(self.ops.one, 1, len(entries)), entries)
        return self.ops.matmul(rows, self.ops.constant(self.ops.one, len(rows[0]), 1))

    def written_out(self, *rows):
        values = [[self.of(cell) for cell in row] for row in rows]
        if any(isinstance(value, Sizeless) or shape(as_matrix(self.ops, value)) != (1, 1) for row in values for value in row):
            raise Misfit("the entries of a written-out matrix are numbers")
        return [[as_matrix(self.ops, value)[0][0] for value in row] for row in values]


RULES = {
    "number": lambda point, value: value,
    "name": _Point.name,
    "identity": lambda point: Sizeless("identity"),
    "ones": lambda point: Sizeless("column of ones"),
    "ones_of": lambda point, size: point.ops.constant(point.ops.one, point.integer(size), 1),
    "leaf": _Point.leaf,
    "grad": lambda point, leaf: point.env.find(("grad", *point.key(leaf))),
    "diff": lambda point, leaf: point.env.find(("diff", *point.key(leaf))),
    "jac": _Point.jacobian,
    "slope": lambda point, output, target: point.ops.loss(1, point.vector(output), point.vector(target)),
    "loss": lambda point, output, target: point.ops.loss(0, point.vector(output), point.vector(target)),
    "sum": _Point.sum,
    "product": _Point.product,
    "elementwise": _Point.elementwise,
    "transpose": _Point.transpose,
    "power": _Point.power,
    "fraction": _Point.fraction,
    "total": _Point.total,
    "ordered": _Point.ordered,
    "diag": _Point.diag,
    "softmax": lambda point, of: softmax(point.ops, point.vector(of)),
    "map": lambda point, name, order, of: point.ops.map(name, order, point.matrix(of)),
    "inner": _Point.inner,
    "written out": _Point.written_out,
}
