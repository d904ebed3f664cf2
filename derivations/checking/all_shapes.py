"""The check behind "proved for all T and all shapes" of a gradient that the engine derived from the model alone."""

import time
from dataclasses import dataclass
from functools import lru_cache

from derivations.algebra.adjoint import gradient
from derivations.algebra.affine import assume
from derivations.algebra.chain_rule import gradient_fault
from derivations.algebra.equality import Families, prove_equal
from derivations.algebra.rule_proofs import proved
from derivations.algebra.terms import Grad
from derivations.checking.verdict import FAIL, PASS, UNCHECKED, Judgement
from derivations.models import MODELS


@dataclass(frozen=True)
class RulesProved:
    """Derive the gradient again, demand a proof for every rule that was applied, and prove the claim equal to the result.

    The collection of the shares over the equations is confirmed by the chain rule in components, which uses no rule of the engine.
    """

    entry: object
    name: str = "rules proved for all shapes"

    def judge(self, statement):
        began = time.perf_counter()
        verdict, detail = self._verdict(statement)
        samples = ({"T": "every", "sizes": "all"},) if verdict == PASS else ()
        return Judgement(verdict, detail, samples=samples, seconds=time.perf_counter() - began)

    def _verdict(self, statement):
        if statement.left != self.entry.statement.left or statement.relation != "=":
            return UNCHECKED, f"This derivation is about {self.entry.statement.left}, not about {statement.left} {statement.relation} …."
        domain = tuple((r.variable, r.first, r.last) for r in self.entry.domain)
        found, reason = derivation(self.entry.model.name, statement.left.of, domain)
        if reason:
            return UNCHECKED, reason
        facts = tuple(fact for variable, first, last in domain for fact in assume(first, variable, last))
        reason = prove_equal(found.value, statement.right, facts, Families(self.entry.model))
        if reason:
            return FAIL, f"The right side is not what the rules give: {reason}."
        return PASS, f"Derived by {len(found.rules)} rules ({', '.join(found.rules)}), each proved for all shapes; the right side has the same normal form for every T."


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
    """The check, for an entry whose right side is what the engine derives from its model; otherwise nothing."""
    if entry.model is None or entry.kind != "identity" or entry.proof or not isinstance(entry.statement.left, Grad) or getattr(entry.suite, "lengths", ()):
        return ()
    domain = tuple((r.variable, r.first, r.last) for r in entry.domain)
    try:
        value = gradient(entry.model, entry.statement.left.of, *(domain[0][1:] if domain else ())).value
    except ValueError:  # the engine wants the range split: the entry was not derived by it
        return ()
    return (RulesProved(entry),) if value == entry.statement.right else ()
