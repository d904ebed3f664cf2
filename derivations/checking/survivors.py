"""How many wrong versions of a network's gradients a gradient check lets pass, counted: made from the syntax trees, compared at one point."""

from functools import lru_cache

from mpmath import mp

from derivations.algebra import terms as a
from derivations.checking.mutants import mutants
from derivations.checking.ops import Undefined
from derivations.checking.sides import difference, indices, side
from derivations.checking.verdict import FAIL, PASS, Judgement
from derivations.formula.points import DIGITS, Point

SAME = mp.mpf(10) ** -40


def counted(name, entries, radius):
    """A decider for N = count. ``entries()`` are the results whose right sides are made wrong; without ``radius`` the point lies in F_p, with one it has 50 digits."""

    def decide(statement):
        asked, claimed = statement.left, int(statement.right)
        found = _survivors(entries, asked, radius)
        if found != claimed:
            return Judgement(FAIL, f"There are {found}.", None, "the stated numbers")
        return Judgement(PASS, "The two sides are identical.", "0", samples=({"cases": found},))

    return name, decide


@lru_cache(maxsize=None)
def _survivors(entries, asked, radius):
    place = Point(asked.model, asked.length, asked.sizes, radius)
    if asked.at_rest:
        for kind, name, index in [key for key in place.given if key[2] == 0]:
            place.given[kind, name, index] = place.ops.zeros(*place.matrix(place.given[kind, name, index]).shape)
    passed = 0
    with mp.workdps(DIGITS):
        for entry in entries():
            bounds = indices(entry, place)
            truth = [side(entry.statement.right, place, bound) for bound in bounds]
            for mutant in mutants(entry, entry.model):
                passed += not asked.judged or all(_agrees(right, mutant.statement.right, place, bound) for right, bound in zip(truth, bounds, strict=True))
    return passed


def _agrees(right, claimed, place, bound):
    """Whether the claimed term has the value that is right; one that has no value there would stop the program, and is noticed."""
    try:
        return difference(right, side(claimed, place, bound)) <= (0 if place.exact else SAME)
    except Undefined:
        return False


def gradients_of(model, found):
    """The entries that state a gradient of that model."""
    return tuple(entry for entry in found if entry.model is model and isinstance(entry.statement.left, a.Grad))
