"""Outside automatic differentiation: the package autograd through the separately written forward pass.

It shares neither the model's definition nor any rule of differentiation with the rest: a wrong model would show here.
"""

from functools import lru_cache

import autograd.numpy as np
from autograd import grad
from mpmath import mp

from derivations.algebra import terms as a
from derivations.checking.attack import Block
from derivations.checking.outside import passes
from derivations.checking.outside_math import Array
from derivations.checking.sides import bindings, difference, member, shape

AGREE = mp.mpf(10) ** -9


def by_autograd(entry, claimed, place, bound):
    """A gradient, a Jacobian or a differential by reverse mode."""
    left, symbols = entry.statement.left, bindings(place, bound)
    if isinstance(left, a.Grad):
        rows = gradients(place, "L", None, 0)[member(left.of, symbols)]
    elif isinstance(left, a.Jac):
        rows = jacobian(place, member(left.num, symbols), member(left.den, symbols))
    else:
        name, index = member(left.of, symbols)
        change = _numbers(place.direction.rows)
        count, _ = shape(place.values["value", name, index])
        rows = np.array([[np.sum(gradients(place, name, index, row)[place.words.recurrent, None] * change)] for row in range(count)])
    return Block(difference(_rows(rows), claimed), AGREE)


def jacobian(place, num, den):
    """d num / d den, both (name, index)."""
    count, _ = shape(place.values["value", *num])
    return np.array([gradients(place, *num, row, den)[den][:, 0] for row in range(count)])


@lru_cache(maxsize=4096)
def gradients(place, name, index, entry, of=None):
    """Derivatives of one number, an entry of a hidden quantity or the loss ('L'), in the quantity ``of`` or in every one: {(name, index): array}."""
    given = {key[1:]: Array(_numbers(rows)) for key, rows in place.given.items()}
    still = {key[1:]: np.zeros(form) for key, form in place.forward.shapes(place.sizes, place.length).items() if of in (None, key[1:])}

    def read(nudges):
        found = passes(place.model.name, given, place.length, {key: Array(nudge) for key, nudge in nudges.items()}, place.ops.activation)
        return found["L", None] if name == "L" else found[name, index][entry]

    return grad(read)(still)


def _numbers(rows):
    return np.array([[float(x) for x in row] for row in rows])


def _rows(matrix):
    return [[mp.mpf(float(x)) for x in row] for row in matrix]
