"""Central differences in doubles, of everything at once: one batched forward pass of the model in NumPy.

The last axis of every array runs over the nudges: each entry of each quantity, up and down, by three steps. Rounding and
truncation bound what a difference can tell; where they could hide an error, doubles abstain and say why.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from derivations.algebra import terms as a
from derivations.checking.attack import Block
from derivations.checking.compiled import Environment
from derivations.checking.ops import Ops
from derivations.checking.sides import bindings, member

STEPS = (2.0**-9, 2.0**-10, 2.0**-11)
SIDES = 2 * len(STEPS)
UNIT = 2.0**-53
RESOLUTION = 1e-4  # a block is decided only if no error of this relative size could hide in any entry
DOMINATES = 100    # truncation must exceed rounding by this factor before an order is read off it
HIDDEN, DISORDERED, OUTSIDE = "rounding or truncation could hide an error", "the differences do not show order 2", "a nudge leaves the domain of a function"
FUNCTIONS = {
    "tanh": np.tanh, "exp": np.exp, "rsqrt": lambda x: 1 / np.sqrt(x), "sqrt": np.sqrt, "square": np.square, "log": np.log, "reciprocal": lambda x: 1 / x, "sigmoid": lambda x: 1 / (1 + np.exp(-x)), "relu": lambda x: np.maximum(x, 0),
}


class BatchOps(Ops):
    """Doubles of shape (rows, columns, nudges); the last axis may be 1. Forward passes only, so functions have order 0."""

    def __init__(self, activation):
        self.activation = activation

    def scalar(self, numerator, denominator=1):
        return numerator / denominator

    def add(self, a, b):
        return a + b

    def scale(self, factor, a):
        return factor * a

    def hadamard(self, a, b):
        return a * b

    def matmul(self, a, b):
        return sum(a[:, inner, None] * b[None, inner] for inner in range(a.shape[1]))

    def transpose(self, a):
        return a.swapaxes(0, 1)

    def constant(self, value, rows, cols):
        return np.full((rows, cols, 1), value)

    def map(self, function, order, a):
        if function == "phi" and self.activation == "relu" and not (np.sign(a) == np.sign(a[..., :1])).all():
            raise ValueError("a nudge crosses the kink of ReLU: choose a point whose pre-activations are farther from 0")
        return FUNCTIONS[self.activation if function == "phi" else function](a)


@dataclass(frozen=True)
class Decision:
    """What doubles say about a block: contradicted, decided (then it agrees), or why they abstain; the worst relative error and the order."""

    contradicted: bool
    reason: str | None
    error: float
    order: float | None


def decide(quotients, scale, claimed):
    """Judge a block by difference quotients (steps, rows, columns) and by the size of what was differenced (rows, columns).

    |FD(h) - g| <= truncation (from h against h/2) + rounding (10 u max(|L|, 1) / h) must hold in every entry.
    """
    coarse, middle, fine = quotients
    rounding = 10 * UNIT * np.maximum(scale, 1) / STEPS[-1]
    gaps = [np.linalg.norm(x - y) for x, y in ((coarse, middle), (middle, fine))]
    order = float(np.log2(gaps[0] / gaps[1])) if gaps[1] > DOMINATES * np.linalg.norm(rounding * np.ones_like(fine)) else None
    allowed, gap = np.abs(middle - fine) + rounding, np.abs(fine - claimed)
    larger = np.maximum(np.abs(fine), np.abs(claimed))
    error = float(np.max(np.divide(gap, larger, out=np.zeros_like(gap), where=gap != 0)))
    if order is not None and not 1.99 <= order <= 2.01:
        return Decision(False, DISORDERED, error, order)
    hidden = bool((allowed > RESOLUTION * np.abs(fine)).any())
    return Decision(bool((gap > allowed).any()), HIDDEN if hidden else None, error, order)


def by_doubles(entry, claimed, place, bound):
    """What doubles find about a derivative; they may abstain. Raises ValueError for a block of the wrong shape."""
    quotients, scale = Nudged.at(place).quotients(entry.statement.left, bindings(place, bound))
    claimed = np.array([[float(x) for x in row] for row in claimed])
    if quotients.shape[1:] != claimed.shape:
        raise ValueError(f"the differences are a {' x '.join(map(str, quotients.shape[1:]))} block, the right side is {' x '.join(map(str, claimed.shape))}")
    if not np.isfinite(quotients).all():
        return Block(0, 0, (), {"doubles": OUTSIDE})
    found = decide(quotients, scale, claimed)
    if found.contradicted:
        return Block(found.error, 0)
    if found.reason:
        return Block(0, 0, (), {"doubles": found.reason})
    return Block(found.error, found.error, () if found.order is None else (found.order,), {"doubles": "decided"})


class Nudged:
    """All values of one batched forward pass in which every entry of every quantity is nudged, and W along a direction as well."""

    def __init__(self, place):
        self.place, self.columns, start = place, {}, 0
        self.recurrent = ("value", place.words.recurrent, None)  # of none in a convolution
        for key, (rows, cols) in [*place.forward.shapes(place.sizes, place.length).items(), ("direction", (1, 1))]:
            self.columns[key] = slice(start, start + rows * cols * SIDES)
            start += rows * cols * SIDES
        self.width = start
        with np.errstate(all="ignore"):
            self.values = self._run()

    @staticmethod
    @lru_cache(maxsize=4)
    def at(place):
        return Nudged(place)

    def _run(self):
        place, ops = self.place, BatchOps(self.place.ops.activation)
        values = {key: self._moved(key, _array(rows)) for key, rows in place.given.items()}
        found = Environment(ops, values, place.sizes, place.length)
        for step in range(place.length + 1):
            bound = {**a.at_length(place.length), a.t: step, a.l: step}
            for (kind, name, index), first, last, value in place.forward.equations:
                if first(bound) <= step <= last(bound):
                    key = (kind, name, index(bound))
                    values[key] = self._moved(key, value(found, bound))
        values["value", "L", None] = place.forward.loss(found, a.at_length(place.length))
        return values

    def _moved(self, key, value):
        rows, cols = value.shape[:2]
        value = np.broadcast_to(value, (rows, cols, self.width)).copy()
        by = np.array([sign * h for h in STEPS for sign in (1, -1)])
        value[..., self.columns[key]] += np.einsum("ab,s->abs", np.eye(rows * cols), by).reshape(rows, cols, -1)
        if key == self.recurrent:
            value[..., self.columns["direction"]] += _array(self.place.direction.rows) * by
        return value

    def quotients(self, left, symbols):
        """(difference quotients (steps, rows, columns), size of what was differenced) for a gradient, a Jacobian or a differential."""
        if isinstance(left, a.Diff):
            of, read, shape = "direction", member(left.of, symbols), None
        elif isinstance(left, a.Grad):
            of, read = ("value", *member(left.of, symbols)), ("L", None)
            shape = self.values[of].shape[:2]
        else:
            of, read, shape = ("value", *member(left.den, symbols)), member(left.num, symbols), None
        found = self.values["value", *read][:, 0] if read != ("L", None) else self.values["value", "L", None][0]
        found = np.broadcast_to(found, (len(found), self.width))[:, self.columns[of]].reshape(len(found), -1, len(STEPS), 2)
        slopes = np.moveaxis((found[..., 0] - found[..., 1]) / (2 * np.array(STEPS)), 2, 0)
        size = np.abs(found).max(axis=(1, 2, 3))[:, None]
        return (slopes.reshape(len(STEPS), *shape), size) if shape else (slopes, size)


def _array(rows):
    return np.array([[[float(x)] for x in row] for row in rows])
