"""Attacks on a comparison of measured errors: the recorded runs themselves, and the chance that luck separates them."""

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from math import comb
from pathlib import Path

from derivations.checking.evaluate import holds
from derivations.checking.verdict import FAIL, PASS, Judgement, Mutant

READS = ("experiments/data",)
FOLDER = Path(__file__).resolve().parent.parent.parent / "experiments" / "data"
LUCK = Fraction(1, 100)


def recorded(experiment):
    """The record that ``python -m experiments`` has written."""
    return json.loads((FOLDER / f"{experiment}.json").read_text(encoding="utf-8"))


def runs(term):
    """The errors of all runs that a term speaks of."""
    return recorded(term.experiment)["results"][term.network][str(term.length)]


def _extreme(side):
    """The worst or the best of the runs that a side speaks of; a number is itself."""
    return float(side) if side.is_number else (max if side.extreme == "max" else min)(runs(side))


@dataclass(frozen=True)
class Recorded:
    """The worst and the best of the recorded runs stand in the stated relation."""

    name: str = "recorded runs"

    def judge(self, statement):
        left, right = _extreme(statement.left), _extreme(statement.right)
        where = f"{left:.3g} against {right:.3g}"
        if not holds(statement.relation, left, right):
            return Judgement(FAIL, f"The runs say otherwise: {where}.", where=where)
        of = statement.right if statement.left.is_number else statement.left
        return Judgement(PASS, f"The recorded runs agree: {where}.", where=where, samples=tuple({"seed": seed} for seed in recorded(of.experiment)["settings"]["seeds"]))


@dataclass(frozen=True)
class RankTest:
    """Exact permutation test: how many ways of dealing the runs to the two networks favour the left one as clearly as this."""

    name: str = "exact permutation test"

    def judge(self, statement):
        smaller, larger = (statement.left, statement.right) if statement.relation in ("<", "<=") else (statement.right, statement.left)
        ours, theirs = runs(smaller), runs(larger)
        pool = ours + theirs
        deals = [sum(pool[place] for place in deal) for deal in combinations(range(len(pool)), len(ours))]
        chance = Fraction(sum(dealt <= sum(ours) for dealt in deals), len(deals))
        where = f"p = {chance}"
        if chance > LUCK:
            return Judgement(FAIL, f"Luck alone would do as well with probability {chance}.", where=where)
        return Judgement(PASS, f"Luck alone would separate the runs as clearly with probability {chance}.", where=where, samples=({"deals": len(deals)},))


@dataclass(frozen=True)
class SignTest:
    """Exact sign test against a number: the chance that all runs fall on the stated side of it if each side is as likely."""

    name: str = "exact sign test"

    def judge(self, statement):
        if statement.left.is_number:
            values, sides = runs(statement.right), lambda value: (float(statement.left), value)
        else:
            values, sides = runs(statement.left), lambda value: (value, float(statement.right))
        aside = sum(bool(holds(statement.relation, *sides(value))) for value in values)
        chance = Fraction(sum(comb(len(values), more) for more in range(aside, len(values) + 1)), 2 ** len(values))
        where = f"p = {chance}"
        if chance > LUCK:
            return Judgement(FAIL, f"Luck alone would do as well with probability {chance}.", where=where)
        return Judgement(PASS, f"Luck alone would put the runs on one side as clearly with probability {chance}.", where=where, samples=({"runs": len(values)},))


@dataclass(frozen=True)
class MeasuredSuite:
    """Both attacks; the mutants claim the opposite, or the same of networks, lengths and numbers for which it is not so (``false``)."""

    false: tuple = ()

    def checks(self, entry):
        return Recorded(), SignTest() if entry.statement.right.is_number else RankTest()

    def mutants(self, entry):
        statement = entry.statement
        reverse = {"<": ">", ">": "<"}[statement.relation]
        found = [Mutant("relation reversed", replace(statement, relation=reverse)), Mutant("sides exchanged", replace(statement, left=statement.right, right=statement.left))]
        if not statement.right.is_number:
            found.append(Mutant("a network compared with itself", replace(statement, right=type(statement.left)(statement.right.extreme, *statement.left.args[1:]))))
        return tuple(found) + tuple(Mutant(name, wrong) for name, wrong in self.false)
