"""One named check of one entry at given points: an oracle for the left side against the value of the right side."""

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import permutations

from mpmath import mp

from derivations.checking.ops import Undefined
from derivations.checking.sides import difference, indices, side
from derivations.checking.verdict import FAIL, INVALID, PASS, UNCHECKED, Judgement
from derivations.formula.points import DIGITS, point
from derivations.text import counted

SAME = mp.mpf(10) ** -40  # two values with 50 digits that differ by less than this are the same value


class Undecided(Exception):
    """The oracle can say nothing at this point; the message says why."""


@dataclass(frozen=True)
class Block:
    """What an oracle found about one block (one left side at one point).

    ``error`` is the worst relative difference of an entry and ``allowed`` what the oracle cannot resolve; ``orders`` are the
    observed orders of convergence, and ``said`` maps a precision to 'decided' or to the reason why it abstained.
    """

    error: object
    allowed: object = 0
    orders: tuple = ()
    said: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Attack:
    """``compare(entry, claimed, place, bound)`` takes the rows of the right side and returns a Block; ``places`` are the arguments of points."""

    name: str
    entry: object
    places: tuple
    compare: object

    def judge(self, statement):
        """PASS if no block contradicts the statement; what an oracle could not do is UNCHECKED, and a value that is no number INVALID."""
        began, blocks, samples = time.perf_counter(), [], []

        def verdict(kind, detail, worst=None, where=None):
            return Judgement(kind, detail, worst, where, _order(blocks), tuple(samples), time.perf_counter() - began)

        for place, bound, label in self._points():
            try:
                with mp.workdps(DIGITS):
                    claimed = side(statement.right, place, bound)
                    if not all(mp.isfinite(x) for row in claimed for x in row):
                        return verdict(INVALID, f"The right side has an entry that is not finite at {label}.", where=label)
                    block = self.compare(self.entry, claimed, place, bound)
            except Undefined as reason:
                return verdict(FAIL, f"The right side is not defined: {reason}.", where=label)
            except Undecided as reason:
                return verdict(UNCHECKED, f"{self.name} decides nothing at {label}: {reason}.", where=label)
            except ImportError as reason:
                return verdict(UNCHECKED, f"{self.name} was not run, because a package is missing ({reason}): install what pyproject.toml lists.")
            except Exception as reason:
                return verdict(UNCHECKED, f"{self.name} broke off at {label} with {type(reason).__name__}: {reason}.", where=label)
            if not (mp.isfinite(block.error) and mp.isfinite(block.allowed)):
                return verdict(INVALID, f"{self.name} found a value that is not finite at {label}.", where=label)
            if block.error > block.allowed:
                return verdict(FAIL, f"The two sides differ at {label}.", mp.nstr(mp.mpf(block.error), 3), label)
            blocks.append((block, label))
            samples.append({"T": place.length, "sizes": place.size_names, **bound, **_activation(self.entry, place)})
        if not blocks:
            return verdict(UNCHECKED, "No point was tried.")
        if all(reason != "decided" for block, _ in blocks for reason in block.said.values()) and any(block.said for block, _ in blocks):
            return verdict(UNCHECKED, f"{self.name} decides nothing: {blocks[0][0].said['doubles']}.")
        worst, where = max(((mp.mpf(block.error), label) for block, label in blocks), key=lambda pair: pair[0])
        return verdict(PASS, _summary([block for block, _ in blocks]), mp.nstr(worst, 3), where)

    def coincidences(self, truth, mutant):
        """Labels of the points at which the right side of the mutant has the value of the truth: it is INVALID there. None if it differs somewhere."""
        labels = []
        for place, bound, label in self._points():
            with mp.workdps(DIGITS):
                if difference(side(truth.right, place, bound), side(mutant.right, place, bound)) > SAME:
                    return None
            labels.append(label)
        return tuple(labels)

    def elsewhere(self):
        """The same check at other points: other sizes, hence other numbers, and no weights of a special form."""
        return replace(self, places=tuple(_moved(*place) for place in self.places))

    def _points(self):
        for arguments, options in self.places:
            place = point(*arguments, **dict(options))
            for bound in indices(self.entry, place):
                twist = {"identity": ", W = c I", "symmetric": ", W symmetric"}.get(place.twist, "")
                yield place, bound, f"T = {place.length}, {place.sizes_text}" + "".join(f", {name} = {value}" for name, value in bound.items()) + twist


def _moved(arguments, options):
    model, length, sizes, *radius = arguments
    ways = [way for way in permutations((2, 3, 4, 5), len(sizes)) if length not in way]
    return (model, length, ways[(ways.index(sizes) + 5) % len(ways) if sizes in ways else 0], *radius), tuple(pair for pair in options if pair[0] != "twist")


def _activation(entry, place):
    """Which function stands for phi, for the samples: only numbers tell one from another."""
    return {} if place.exact or place.model.function == "phi" else {"φ": place.ops.activation}


def _order(blocks):
    """The observed orders of convergence, from the lowest to the highest."""
    orders = sorted(mp.mpf(order) for block, _ in blocks for order in block.orders)
    ends = [mp.nstr(order, 6, strip_zeros=False) for order in orders[:1] + orders[-1:]]
    return "–".join(dict.fromkeys(ends)) or None


def _summary(blocks):
    """At how many points the two sides agree, and where the oracle kept silent."""
    kept = Counter(reason for block in blocks for reason in block.said.values() if reason != "decided")
    silent = "".join(f"; at {counted(count, 'other')} it abstained, since {reason}" for reason, count in kept.items())
    return f"The two sides agree at {counted(len(blocks) - kept.total(), 'point')}{silent}."
