"""The attacks on a statement about a model, in the order in which they are tried."""

import time
from dataclasses import dataclass

from derivations.algebra import terms as a
from derivations.algebra.affine import assume
from derivations.algebra.equality import Families, prove_equal
from derivations.algebra.typeset import latex
from derivations.checking import extended, places, printed
from derivations.checking.all_shapes import derived_checks
from derivations.checking.attack import Attack, Block
from derivations.checking.components import WRITTEN_OUT, Components
from derivations.checking.mutants import mutants
from derivations.checking.outside import ANALYTIC
from derivations.checking.sides import Values, difference, environment, side
from derivations.checking.steps import Lines
from derivations.checking.verdict import FAIL, PASS, Judgement


def exactly(entry, claimed, place, bound):
    """Both sides from the forward-mode truth."""
    return Block(difference(side(entry.statement.left, place, bound), claimed), 0 if place.exact else extended.AGREE_COMPLEX)


def as_printed(entry, claimed, place, bound):
    """The LaTeX that the page shows, read by the independent reader, against the object."""
    model = entry.model
    reading = printed.read(latex(entry.statement.sides), parameters={v.name for v in model.parameters}, families={v.name for v in model.variables if v.is_family})
    shown = reading.sides(environment(place), bound)
    return Block(max(difference(shown[0], side(entry.statement.left, place, bound)), difference(shown[1], claimed)))


def by_doubles(entry, claimed, place, bound):
    from derivations.checking import doubles  # NumPy: not in the browser

    return doubles.by_doubles(entry, claimed, place, bound)


def by_autograd(entry, claimed, place, bound):
    from derivations.checking import autograd_pass  # autograd and NumPy: not in the browser

    return autograd_pass.by_autograd(entry, claimed, place, bound)


@dataclass(frozen=True)
class Proved:
    """The symbolic proof, run on whatever statement is claimed."""

    entry: object
    name: str = "induction over time, symbolic"

    def judge(self, statement):
        began = time.perf_counter()
        reason = self.entry.proof(statement)
        seconds = time.perf_counter() - began
        if reason:
            return Judgement(FAIL, f"No proof: {reason}.", seconds=seconds)
        return Judgement(PASS, "Base and step hold for every T and all shapes.", samples=({"T": "every", "sizes": "all"},), seconds=seconds)


@dataclass(frozen=True)
class RestSuite:
    """Attacks on a Jacobian of a network at rest: inputs, biases and initial states are zero, the weights are not."""

    def checks(self, entry):
        long, short = places.numeric(entry.model)
        still = tuple((place, (*options, ("twist", "rest"))) for place, options in short + long[:1])
        small = places.exact(entry.model, "phi")[-2:]
        return (Attack("central differences, 50 digits", entry, still, extended.by_differences), Attack("complex step", entry, still, extended.by_complex_step),
                Attack("outside automatic differentiation (autograd)", entry, still, by_autograd), Attack("printed formula", entry, small, as_printed))  # fmt: skip

    def mutants(self, entry):
        return tuple(m for m in mutants(entry, entry.model) if m.name not in ("factor T", "factor 1/T"))


@dataclass(frozen=True)
class ModelSuite:
    """Attacks on a statement about a model. ``lengths`` restricts T (for a network written out at a fixed length)."""

    lengths: tuple = ()
    exact: bool = True  # False where the identity uses more about a function than its rules of differentiation
    numeric: bool = True  # False where the left side is no derivative of a loss and no value that a pass computes

    def checks(self, entry):
        only_tanh = any("tanh" in text.en for text in entry.assumptions)
        activation, length = "tanh" if only_tanh else "phi", self.lengths[0] if self.lengths else None
        small = places.exact(entry.model, activation, length)
        long, short = places.numeric(entry.model, length, only_tanh)
        found = [Attack("exact witness over F_p", entry, small, exactly)] if entry.kind != "definition" and self.exact else []
        if not self.numeric:
            found.append(Attack("both sides with 50 digits", entry, long, exactly))
        elif isinstance(entry.statement.left, (a.Grad, a.Jac, a.Diff)):
            smooth = tuple(place for place in short if dict(place[1]).get("activation", "tanh") in ANALYTIC)
            found += [Attack("central differences, 50 digits", entry, long, extended.by_differences), Attack("central differences, doubles", entry, short + long, by_doubles),
                      Attack("complex step", entry, smooth, extended.by_complex_step), Attack("outside automatic differentiation (autograd)", entry, short + long, by_autograd)]  # fmt: skip
        else:
            found.append(Attack("second forward pass, 50 digits", entry, short + long, extended.second_pass))
        found.append(Attack("printed formula", entry, small[-2:], as_printed))
        if entry.steps and self.exact:
            found.append(Lines(entry, Values, activation, self.lengths))
        if entry.kind != "definition" and entry.model.name in WRITTEN_OUT:
            found.append(Components(entry, activation, self.lengths))
        return (*found, *derived_checks(entry), *((Proved(entry),) if entry.proof else ()))

    def mutants(self, entry):
        found = mutants(entry, entry.model)
        return tuple(m for m in found if m.name not in ("factor T", "factor 1/T")) if self.lengths else found

    def equivalent(self, entry, mutant):
        """Why the mutant says the same as the entry, as a sentence; None when that is not proved."""
        facts = tuple(fact for r in entry.domain for fact in assume(r.first, r.variable, r.last))
        reason = prove_equal(mutant.statement.right, entry.statement.right, facts, Families(entry.model))
        return None if reason else "Both have the same normal form: what is added is an adjoint past the end or an empty sum, hence zero."
