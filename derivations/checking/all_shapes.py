"""The checks behind "proved for all T and all shapes" of gradients and Jacobians derived from the model alone.

What a PASS of ``RulesProved`` rests on, link by link:
1. On paper: in a forward pass that assigns every quantity once, dL/dv collects <dL/du, dF_u> over the equations u = F_u that
   contain v explicitly (the chain rule over an acyclic graph; in other words, stationarity of the Lagrangian).
2. By program, once for all shapes: every rule that moves a factor across an inner product (``algebra.rule_proofs``).
3. By program, for this entry: which equations contain v, at which times and under which sums. The engine's answer is
   confirmed by scalar calculus with symbolic indices, which uses none of its rules (``algebra.chain_rule``).
4. By program, for this claim: its normal form is that of the derived right side.
Smoothness of the functions is assumed, and these programs themselves are tested, not proved.
"""

import time
from dataclasses import dataclass
from functools import lru_cache

from derivations.algebra.adjoint import gradient
from derivations.algebra.affine import assume
from derivations.algebra.chain_rule import gradient_fault, jacobian_fault, loss_fault
from derivations.algebra.equality import Families, prove_equal
from derivations.algebra.rule_proofs import proved
from derivations.algebra.terms import Grad, Jac, Slot
from derivations.checking.verdict import FAIL, PASS, UNCHECKED, Judgement
from derivations.models import MODELS
from derivations.models.rnn import ONE_HOT, TARGET


@dataclass(frozen=True)
class RulesProved:
    """Derive the gradient again, demand a proof for every rule that was applied, and prove the claim equal to the result.

    The collection of the shares over the equations is confirmed by the chain rule in components, which uses no rule of the engine.
    """

    entry: object
    name: str = "rules proved for all shapes"

    def judge(self, statement):
        return _judged(self.entry, statement, self._verdict)

    def _verdict(self, statement, domain):
        found, reason = derivation(self.entry.model.name, statement.left.of, domain)
        if reason:
            return UNCHECKED, reason
        facts = tuple(fact for variable, first, last in domain for fact in assume(first, variable, last))
        reason = prove_equal(found.value, statement.right, facts, Families(self.entry.model))
        if reason:
            return FAIL, f"The right side is not what the rules give: {reason}."
        return PASS, f"Derived anew by rules that are proved for all shapes ({', '.join(found.rules)}); the right side has the same normal form for every T."


@dataclass(frozen=True)
class ChainRule:
    """A Jacobian across the equations between two quantities, or the gradient in an output, in components with symbolic sizes and time."""

    entry: object
    name: str = "chain rule in components, all shapes"

    def judge(self, statement):
        return _judged(self.entry, statement, self._verdict)

    def _verdict(self, statement, domain):
        reason = _fault(self.entry, statement, domain)
        return (FAIL, f"No proof: {reason}.") if reason else (PASS, "The right side has the components that the chain rule gives, for every T and all shapes.")


def _fault(entry, statement, domain):
    left, model = statement.left, entry.model
    if isinstance(left, Jac):
        return jacobian_fault(model, left.num, left.den, statement.right, domain)
    return loss_fault(model, left.of, statement.right, domain, (TARGET.name,) if ONE_HOT in entry.assumptions else ())


def _judged(entry, statement, verdict_of):
    began = time.perf_counter()
    if (statement.left, statement.relation) == (entry.statement.left, "="):
        verdict, detail = verdict_of(statement, _domain(entry))
    else:
        verdict, detail = UNCHECKED, f"This derivation is about {entry.statement.left}, not about {statement.left}."
    return Judgement(verdict, detail, samples=({"T": "every", "sizes": "all"},) if verdict == PASS else (), seconds=time.perf_counter() - began)


def _domain(entry):
    return tuple((r.variable, r.first, r.last) for r in entry.domain)


@lru_cache(maxsize=None)
def derivation(model_name, of, domain):
    """(gradient derived anew, None), or (None, the sentence that says why it proves nothing)."""
    model = MODELS[model_name]
    found = gradient(model, of, *(domain[0][1:] if domain else ()))
    unproved = next((proof for proof in map(proved, found.rules) if not proof.holds), None)
    if unproved:
        return None, f"The rule {unproved.rule!r} is not proved: {unproved.reason}."
    fault = gradient_fault(model, of, found.value, domain)
    return (None, f"The chain rule in components does not confirm the derivation: {fault}.") if fault else (found, None)


def derived_checks(entry):
    """The check that proves the entry for all T and all shapes: for a gradient whose right side is what the engine derives from
    its model, and for a Jacobian; nothing for entries that bring a proof of their own or hold at one length only."""
    left = entry.statement.left
    if entry.model is None or entry.kind != "identity" or entry.proof or getattr(entry.suite, "lengths", ()):
        return ()
    if isinstance(left, Grad) and _engine_value(entry) == entry.statement.right:
        # where scalar calculus cannot decide (l = D or l < D), the entry stays on the rung of exact arithmetic
        return () if derivation(entry.model.name, left.of, _domain(entry))[1] else (RulesProved(entry),)
    of_output = isinstance(left, Grad) and isinstance(left.of, Slot)
    decided = (of_output or isinstance(left, Jac)) and _fault(entry, entry.statement, _domain(entry)) is None
    return (ChainRule(entry),) if decided else ()


def _engine_value(entry):
    domain = _domain(entry)
    try:
        return gradient(entry.model, entry.statement.left.of, *(domain[0][1:] if domain else ())).value
    except ValueError:  # the engine wants the range split: the entry was not derived by it
        return None
