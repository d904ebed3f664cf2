"""Random data, parameters and initial states of a point: generic over F_p, dyadic and in a chosen regime in extended precision."""

import random

from mpmath import mp

from derivations.algebra.terms import at_length
from derivations.checking.compiled import affine
from derivations.models.rnn import ONE_HOT


def given(place):
    """{key: rows} of everything that the equations do not compute."""
    entry = entries(place, "given")
    hidden = {v.name for v in place.model.hidden}
    bound = at_length(place.length)
    starts = {(v.name, index) for v in place.model.given if v.is_family for index in range(affine(v.first)(bound), affine(v.last)(bound) + 1)}
    found = {}
    for key, (rows, cols) in place.forward.shapes(place.sizes, place.length).items():
        if key[1] not in hidden or key[1:] in starts:
            found[key] = [[entry(key, row, col) for col in range(cols)] for row in range(rows)]
    if place.twist == "rest":
        still = {v.name for v in place.model.given + place.model.parameters if v.term.shape[1] == 1} - {"y"}
        found = {key: place.ops.zeros(len(rows), 1) if key[1] in still else rows for key, rows in found.items()}
    if ONE_HOT in place.model.notes:
        for key, rows in found.items():
            if key[1] == "y":
                found[key] = _summing_to_one(place, rows)
    for key in [key for key in found if key[1] == place.words.recurrent]:
        found[key] = _recurrent(place, found[key])
    return found


def entries(place, purpose):
    """A source of entries: of F_p by key, or odd multiples of 1/64 in (-1, 1), never zero."""
    if place.exact:
        return lambda *key: place.ops.random(purpose, *key)
    source = random.Random(f"{purpose} {place.model.name} {place.length} {place.radius}")
    return lambda *key: mp.mpf(2 * source.randrange(-32, 32) + 1) / 64


def _summing_to_one(place, rows):
    ops = place.ops
    head = [[abs(x)] for (x,) in rows[:-1]] if place.exact else [[abs(x) / len(rows)] for (x,) in rows[:-1]]
    rest = ops.one
    for (x,) in head:
        rest = ops.add([[rest]], ops.scale(ops.scalar(-1), [[x]]))[0][0]
    return [*head, [rest]]


def _recurrent(place, rows):
    ops = place.ops
    if place.twist == "identity":
        return ops.scale(rows[0][0], ops.eye(len(rows)))
    if place.twist == "symmetric":
        return ops.add(rows, ops.transpose(rows))
    if place.exact:
        return rows
    rows = [[x * (2 if col > row else 1) for col, x in enumerate(line)] for row, line in enumerate(rows)]  # far from normal
    factor = mp.mpf(place.radius.numerator) / place.radius.denominator / _spectral_radius(ops, rows)
    return [[mp.nint(x * factor * 2**20) / 2**20 for x in line] for line in rows]


def _spectral_radius(ops, rows):
    """Gelfand's formula with the power 2^12: accurate to far better than needed to place a point in a regime."""
    log_norm, power = mp.mpf(0), rows
    for step in range(13):
        norm = max(abs(x) for line in power for x in line)
        log_norm = log_norm + mp.log(norm) / 2**step
        power = ops.scale(1 / norm, power)
        power = ops.matmul(power, power)
    return mp.exp(log_norm)
