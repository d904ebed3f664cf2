"""The check "derivation, line by line": every line that a page shows of a derivation, exactly over F_p at small points."""

import time
from dataclasses import dataclass, replace
from functools import lru_cache
from types import SimpleNamespace
from typing import Callable

from derivations.algebra import terms as a
from derivations.checking.compiled import Environment, affine, compiled
from derivations.checking.mutants import mutants
from derivations.checking.ops import Undefined
from derivations.checking.ranges import choices, label
from derivations.checking.verdict import FAIL, INVALID, PASS, UNCHECKED, Judgement
from derivations.formula.points import SMALL, point
from derivations.text import counted

PLACES = SMALL[1:4]


class Backwards(Exception):
    """A Jacobian of an earlier state in a later one: such a line speaks of other indices only."""


class LineValues(dict):
    """The true values at a point while one quantity moves in an arbitrary direction: d of it is that direction, d of anything
    else (the loss included) what follows from it by forward mode. All other keys are looked up in ``truth``.

    A state one step past the end is arbitrary: a line may name it only where it meets an adjoint that is zero there."""

    def __init__(self, place, truth, moving):
        super().__init__()
        self.place, self.truth, self.moving = place, truth, moving

    def __missing__(self, key):
        kind, name, index = key[:3]
        if kind == "jac" and index < key[4]:
            raise Backwards
        if kind == "diff":
            self[key] = self._differential(("value", name, index))
        elif kind == "value" and key not in self.place.values and index is not None and (kind, name, index - 1) in self.place.values:
            self[key] = self._arbitrary(key, (kind, name, index - 1))
        else:
            self[key] = self.truth[key]
        return self[key]

    def _differential(self, of):
        direction = self._arbitrary("direction", self.moving)
        return direction if of == self.moving else self.place._move(self.moving, [direction], of)[0]

    def _arbitrary(self, label, like):
        rows = self.place.values[like]
        return [[self.place.ops.random("line", label, r, c) for c in range(len(rows[0]))] for r in range(len(rows))]


@dataclass(frozen=True)
class Lines:
    """The lines of an entry's derivation, the last of them the judged statement.

    ``truth(place)`` maps keys to the true values at a point. In a derivation of dL/dv the differentials are those that follow
    when v alone moves; otherwise the recurrent weights move. Every line must also be told from a wrong variant of itself.
    """

    entry: object
    truth: Callable
    activation: str = "phi"
    lengths: tuple = ()
    name: str = "derivation, line by line"

    def judge(self, statement):
        began = time.perf_counter()
        lines = [step.statement for step in self.entry.steps if step.statement != self.entry.statement] + [statement]
        samples = ()
        for number, line in enumerate(lines, 1):
            judgement = self._line(line, f"Line {number}")
            if judgement.verdict != PASS:
                return replace(judgement, seconds=time.perf_counter() - began)
            if not any(self._line(wrong, "").verdict == FAIL for wrong in self._wrong(line)):
                return Judgement(INVALID, f"Line {number} is not told from any wrong variant of it, so its agreement says nothing.", seconds=time.perf_counter() - began)
            samples += judgement.samples
        return Judgement(PASS, f"Every one of {counted(len(lines), 'line')} holds, at {counted(len(samples), 'point')} in all.", "0", samples=samples, seconds=time.perf_counter() - began)

    def _wrong(self, line):
        return (mutant.statement for mutant in mutants(SimpleNamespace(statement=line, extra_mutants=()), self.entry.model))

    def _line(self, line, title):
        """The judgement of one line at all points and all values of its free time variables."""
        free = {s for s in line.free_symbols if s not in a.at_length(1)} - set(self.entry.model.sizes)
        unknown = free - {r.variable for r in self.entry.domain}
        if unknown:
            names = ", ".join(sorted(map(str, unknown)))
            return Judgement(FAIL, f"{title} says something about {names} without a range; give the entry a Range for it, or bind it by a sum.")
        samples = []
        for length, sizes in ((self.lengths[0], PLACES[0][1]),) if self.lengths else PLACES:
            place = point(self.entry.model.name, length, sizes, activation=self.activation)
            for bound in choices(self.entry.domain, length):
                where = label(length, place.size_names, bound)
                try:
                    left, right = (_function(side)(self._environment(place, bound), bound) for side in (line.left, line.right))
                except Backwards:
                    continue
                except Undefined as reason:
                    return Judgement(FAIL, f"{title} is not defined: {reason}.", where=where)
                except Exception as reason:
                    return Judgement(UNCHECKED, f"{title} broke off at {where} with {type(reason).__name__}: {reason}.")
                samples.append({"T": length, "sizes": place.size_names, **{str(s): v for s, v in bound.items() if s not in a.at_length(length)}})
                if left != right:
                    return Judgement(FAIL, f"{title} does not hold at {where}.", where=where, samples=tuple(samples))
        return Judgement(PASS, "", samples=tuple(samples)) if samples else Judgement(UNCHECKED, f"{title} was tried at no point.")

    def _environment(self, place, bound):
        left = self.entry.statement.left
        of = left.of if isinstance(left, a.Grad) else None
        moving = ("value", of.name, affine(of.index)(bound) if isinstance(of, a.Slot) else None) if of is not None else ("value", place.words.recurrent, None)
        return _environment(place, self.truth, moving)


@lru_cache(maxsize=256)
def _environment(place, truth, moving):
    return Environment(place.ops, LineValues(place, truth(place), moving), place.sizes, place.length)


@lru_cache(maxsize=None)
def _function(term):
    return compiled(term)
