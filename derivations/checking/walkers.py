"""Moments of random Jacobians, exactly: several walkers go up through the layers at once, and every step has the mean of what they meet.

tr((JJᵀ)²) is a sum over four paths, tr(JᵀJ′) over two. A state says at which unit each walker stands; one layer multiplies by
the mean of the product of the weights and slopes on the way. Networks that are drawn and run give a second, statistical answer.
"""

from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import product

from sympy import Rational

from derivations.algebra.isometry_terms import Overlap, SecondMoment
from derivations.checking.arithmetic import NoValue
from derivations.checking.expectations import tested
from derivations.checking.paths import _fraction

PAIRINGS = (((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2)))


@cache
def _normal(above, below, n):
    """E of the product of W[a, b] for independent N(0, 1/n) entries."""
    counts = Counter(zip(above, below)).values()
    return Fraction(0) if any(c % 2 for c in counts) else Fraction(3 ** sum(c == 4 for c in counts), n ** (len(above) // 2))


@cache
def _orthogonal(above, below, n):
    """The same for a matrix drawn uniformly from the orthogonal ones, n ≥ 2 (Weingarten's formula for four factors)."""
    rows, columns = ([all(place[x] == place[y] for x, y in pairing) for pairing in PAIRINGS] for place in (above, below))
    same = sum(r and c for r, c in zip(rows, columns))
    return Fraction((n + 2) * same - sum(rows) * sum(columns), n * (n + 2) * (n - 1))


@cache
def four_walkers(law, layers, n, beta):
    """E tr((JJᵀ)²)/n; the squared slopes have mean 1 and mean square beta, independently of the weights and of each other."""
    law, beta, units = law.name if hasattr(law, "name") else law, _fraction(beta), range(n)
    mean, states = {"N": _normal, "+": _orthogonal}[law], list(product(units, repeat=4))
    weights = {(j, j, k, k): Fraction(1) for j, k in product(units, repeat=2)}
    for _ in range(layers):
        slopes = {state: Fraction(0) if any(c % 2 for c in Counter(state).values()) else beta ** sum(c == 4 for c in Counter(state).values()) for state in states}
        weights = {state: slopes[state] * sum(mean(state, below, n) * weight for below, weight in weights.items()) for state in states if slopes[state]}
    return sum(weights.get((i, k, k, i), 0) for i, k in product(units, repeat=2)) / n


@cache
def two_walkers(kind, layers, p, strength=None, n=2):
    """E tr(JᵀJ′)/E tr(JᵀJ); ``strength`` is the mean square of what a branch adds, relative to its input (1/l in layer l for 'decaying')."""
    kind, p = kind.name if hasattr(kind, "name") else kind, _fraction(p)

    def trace(active):
        weights = {(j, j): Fraction(1) for j in range(n)}
        for layer in range(1, layers + 1):
            c = Fraction(1) if kind == "plain" else Fraction(1, layer) if kind == "decaying" else _fraction(strength)

            def step(above, below):
                straight = int(kind != "plain" and above == below)
                return straight + (active * 2 * c / n if above[0] == above[1] and below[0] == below[1] else 0)

            weights = {above: sum(step(above, below) * weight for below, weight in weights.items()) for above in product(range(n), repeat=2)}
        return sum(weights[i, i] for i in range(n))

    return trace(p) / trace(Fraction(1, 2))


WALKERS = {SecondMoment: four_walkers, Overlap: two_walkers}


def drawn_networks(points, count=3000):
    """A decider: networks are drawn and run, with the slopes that really occur, and the mean of tr((JJᵀ)²)/n is compared."""
    import numpy

    def gap(statement, at, place, batch):
        random, term = numpy.random.default_rng([279, place, batch]), _the(SecondMoment, statement.left).xreplace(at)
        law, (layers, n, beta) = term.args[0].name, map(int, term.args[1:])
        if beta not in (1, 2):
            raise NoValue("it runs linear networks and ReLU networks only")
        J, h = numpy.broadcast_to(numpy.eye(n), (count, n, n)), numpy.arange(1, n + 1.0) * numpy.ones((count, 1))
        for _ in range(layers):
            W = random.normal(size=(count, n, n)) / n**0.5
            if law == "+":
                q, r = numpy.linalg.qr(W)
                W = q * numpy.sign(numpy.einsum("cii->ci", r))[:, None, :]
            a = numpy.einsum("cij,cj->ci", W, h) * beta**0.5
            slope = numpy.ones_like(a) if beta == 1 else (a > 0).astype(float)
            h, J = a * slope, slope[:, :, None] * beta**0.5 * (W @ J)
        square = J @ J.transpose(0, 2, 1)
        return (square**2).sum((1, 2)).mean() / n - float(statement.right.xreplace(at).doit())

    return "networks drawn and run", tested(points, gap)


def drawn_masks(points, count=3000, n=4):
    """A decider: pairs of networks are drawn that share the weights and whose units are active at once with the stated probability."""
    import numpy

    def gap(statement, at, place, batch):
        random, term = numpy.random.default_rng([287, place, batch]), _the(Overlap, statement.left).xreplace(at)
        kind, layers, p = term.args[0].name, int(term.args[1]), float(term.args[2])
        both = numpy.broadcast_to(numpy.eye(n), (2, count, n, n))
        for layer in range(1, layers + 1):
            c = 1 if kind == "plain" else 1 / layer if kind == "decaying" else float(term.args[3])
            W, draw = random.normal(size=(count, n, n)) * (2 * c / n) ** 0.5, random.random((count, n))
            masks = numpy.stack([draw < 0.5, (draw < p) | (draw >= 0.5 + p)]).astype(float)
            both = (kind != "plain") * both + masks[..., None] * (W @ both)
        own, other = ((both[0] * x).sum((1, 2)) for x in both)
        return (other - float(statement.right.xreplace(at).doit()) * own).mean() / (own.mean() or 1)

    return "masks drawn", tested(points, gap)


def _the(kind, term):
    found = term.atoms(kind) if not isinstance(term, kind) else {term}
    if len(found) != 1:
        raise NoValue(f"the left side is no {kind.__name__}")
    return found.pop()


def recursion(law, layers, n, beta):
    """The same second moment from two numbers a layer, E tr M²/n and E (tr M)²/n² of M = JJᵀ; as functions of n it works with symbols too."""
    a = b = Rational(1)
    for _ in range(layers):
        if law == "N":
            a, b = beta * (b + 2 * a / n) + a * (n - 1) / n, b + (beta - 1) * b / n + 2 * beta * a / n**2
        else:
            a, b = (beta * (n * b + 2 * a) + n * (a - b)) / (n + 2), b + (beta - 1) * (n * b + 2 * a) / (n * (n + 2))
    return a
