"""Checks of the mean-field recursions: one layer of random weights, enumerated over discrete laws and sampled from normal ones.

The recursions hold for all laws of weights, biases and adjoints above that have the stated variance and mean zero, so a law of
four values makes both sides finite sums; the pre-activations have the same law in the layer and in the expectation.
"""

from itertools import product

from mpmath import mp
from sympy import Rational, Symbol

from derivations.algebra import expectations as e
from derivations.algebra import scalars as s
from derivations.checking.arithmetic import NoValue
from derivations.checking.evaluate import value
from derivations.checking.expectations import agreeing, tested
from derivations.checking.quadrature import Integrating, Sampled

WEIGHT, BIAS = Symbol("sigma_w", positive=True), Symbol("sigma_b", positive=True)  # deviations: of a weight times the root of n, of a bias
BELOW, HERE, ABOVE = Symbol("q_below"), Symbol("q_here"), Symbol("q_above")
POINTS = tuple(
    {"phi": phi, WEIGHT: Rational(w), BIAS: Rational(b), BELOW: Rational(q), HERE: Rational(q), ABOVE: Rational(r)}
    for phi, w, b, q, r in (("tanh", "3/2", "1/3", "2/3", "5/4"), ("sigma", "4", "1/5", "7/4", "1/3"), ("lrelu", "7/5", "1/2", "5/6", "2"))
)  # fmt: skip


class Enumerated(Integrating):
    """Every normal law is replaced by the four values that share its first seven moments."""

    known = {}

    def _mean(self, term, at):
        if not isinstance(term.law, e.Normal):
            raise NoValue("only normal laws are replaced")
        return mp.fsum(weight * value(term.body, {**at, term.variable: x}, self) for x, weight in four(value(term.law.variance, at, self)))


def four(variance):
    """(value, weight) pairs: the Gauss-Hermite nodes of a normal law with that variance."""
    for outer in (1, -1):
        for sign in (1, -1):
            yield sign * mp.sqrt((3 + outer * mp.sqrt(6)) * variance), (3 - outer * mp.sqrt(6)) / 12


def enumeration():
    """A decider: the layer with two units below (above), all values of all random numbers enumerated."""
    return "enumeration of all values", agreeing(POINTS, lambda statement, at: [_layer_enumerated(statement.left, at), value(_inserted(statement.right, at), _numbers(at), Enumerated())])


def layers(seed, units=5, count=20000):
    """A Monte-Carlo test: layers with so many normal units, weights and biases against the formula, which is integrated."""

    def gap(statement, at, place, batch):
        found = _layer_sampled(statement.left, at, Sampled([seed, place, batch], count), units)
        return float(found) - float(value(_inserted(statement.right, at), _numbers(at), Integrating()))

    return "Monte-Carlo layers", tested(POINTS, gap)


def _numbers(at):
    return {key: v for key, v in at.items() if key != "phi"}


def _inserted(term, at):
    """The right side with the activation named and the moments of neighbouring layers as plain symbols."""
    l = Symbol("l", integer=True)
    found = term.replace(lambda t: isinstance(t, s.Applied) and t.function == "phi", lambda t: _activation(at, t.argument, t.order))
    places = {node.index - l: node for node in found.atoms(e.Moment)}
    return found.xreplace({node: {-1: BELOW, 0: HERE, 1: ABOVE}[int(shift)] for shift, node in places.items()})


def _activation(at, argument, order=0):
    return s.Applied(at["phi"], argument, order, *((Rational(1, 4),) if at["phi"] == "lrelu" else ()))


def _layer_enumerated(left, at):
    """The mean square that the left side names, over all values of two units and their weights."""
    total = mp.mpf(0)
    exact = {key: mp.mpf(int(v.p)) / int(v.q) for key, v in at.items() if key != "phi"}
    weights = list(four(exact[WEIGHT] ** 2 / 2))
    kind = _kind(left)
    inside = list(four(exact[HERE if kind == "backward" else BELOW]))
    z = Symbol("z")
    shape = {x: value(_activation(at, z, int(kind == "backward")), {z: x}, Integrating()) for x, _ in inside}
    if kind == "weight":
        return mp.fsum(p * r * (shape[x] * d) ** 2 for (x, p), (d, r) in product(inside, four(exact[HERE])))
    if kind == "forward":
        for (x, p), (y, r), (w, u), (v, t), (b, c) in product(inside, inside, weights, weights, four(exact[BIAS] ** 2)):
            total += p * r * u * t * c * (w * shape[x] + v * shape[y] + b) ** 2
        return total
    above = list(four(exact[ABOVE]))
    for (x, p), (d, r), (f, m), (w, u), (v, t) in product(inside, above, above, weights, weights):
        total += p * r * m * u * t * (shape[x] * (w * d + v * f)) ** 2
    return total / (exact[ABOVE] if isinstance(left, e.SlopeFactor) else 1)


def _layer_sampled(left, at, arithmetic, units):
    np, draw, count = arithmetic.numpy, arithmetic.draw, arithmetic.count
    exact = {key: float(v) for key, v in at.items() if key != "phi"}
    weights = draw.normal(size=(units, count)) * exact[WEIGHT] / np.sqrt(units)
    z, kind = Symbol("z"), _kind(left)
    shape = _activation(at, z, int(kind == "backward"))
    if kind == "weight":
        return ((value(shape, {z: draw.normal(size=count) * np.sqrt(exact[BELOW])}, arithmetic) * draw.normal(size=count)) ** 2).mean() * exact[HERE]
    if kind == "forward":
        units_below = value(shape, {z: draw.normal(size=(units, count)) * np.sqrt(exact[BELOW])}, arithmetic)
        return (((weights * units_below).sum(axis=0) + draw.normal(size=count) * exact[BIAS]) ** 2).mean()
    slope = value(shape, {z: draw.normal(size=count) * np.sqrt(exact[HERE])}, arithmetic)
    above = draw.normal(size=(units, count)) * np.sqrt(exact[ABOVE])
    found = ((slope * (weights * above).sum(axis=0)) ** 2).mean()
    return found / (exact[ABOVE] if isinstance(left, e.SlopeFactor) else 1)


def _kind(left):
    if isinstance(left, e.Moment):
        return left.direction
    if isinstance(left, e.SlopeFactor):
        return "backward"
    raise NoValue("the left side names no mean square of a layer")
