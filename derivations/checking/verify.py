"""Attack one entry: negative control, checks, mutants; and decide what may be published."""

import time
from dataclasses import dataclass, replace

from derivations.checking.verdict import FAIL, INVALID, PASS, Fate, worst_of


@dataclass(frozen=True)
class Outcome:
    """The verdict on an entry with all that led to it."""

    verdict: str
    judgements: tuple  # (check, Judgement)
    fates: tuple
    reasons: tuple
    seconds: float


def verify(entry):
    """Run every check on the entry and on its mutants. PASS needs: all checks PASS, every mutant killed or proved
    equivalent, every check kills at least one mutant, and there are mutants at all."""
    began = time.perf_counter()
    checks, mutants = entry.suite.checks(entry), entry.suite.mutants(entry)
    fates = tuple(_fate(entry, checks, mutant) for mutant in mutants)
    judgements = tuple((check, _controlled(check, check.judge(entry.statement), mutants, fates)) for check in checks)
    reasons = [f"{check.name}: {judgement.detail}" for check, judgement in judgements if judgement.verdict != PASS]
    reasons += [f"the mutant “{fate.mutant.name}” survived" for fate in fates if fate.verdict == "survived"]
    if not mutants:
        reasons.append(f"{entry.origin[0]}, line {entry.origin[1]}: the entry has no mutants, so nothing shows that its checks can fail; give its suite some.")
    verdict = worst_of([judgement.verdict for _, judgement in judgements])
    if verdict == PASS and reasons:
        verdict = FAIL if mutants else INVALID
    return Outcome(verdict, judgements, fates, tuple(reasons), time.perf_counter() - began)


def _fate(entry, checks, mutant):
    said = []
    for check in checks:
        judgement = check.judge(mutant.statement)
        said.append(judgement.verdict)
        if judgement.verdict == FAIL:
            return Fate(mutant, "killed", check.name, judgement.where)
    proof = entry.suite.equivalent(entry, mutant) if hasattr(entry.suite, "equivalent") else None
    if proof:
        return Fate(mutant, "equivalent", proof=proof)
    return _sampled_again(entry, checks, mutant) or Fate(mutant, "survived" if PASS in said else "invalid")


def _sampled_again(entry, checks, mutant):
    """Where the points happen to give a mutant the value of the truth (any order of Jacobians, if W is c I), nothing is
    learned there: it is INVALID at these points, and the check is repeated at others. None if that does not help."""
    for check in checks:
        same = check.coincidences(entry.statement, mutant.statement) if hasattr(check, "coincidences") else None
        if same:
            judgement = check.elsewhere().judge(mutant.statement)
            if judgement.verdict == FAIL:
                return Fate(mutant, "killed", check.name, judgement.where, invalid_at=same)
    return None


def _controlled(check, judgement, mutants, fates):
    """A PASS counts only from a check that rejects some mutant itself."""
    if judgement.verdict != PASS:
        return judgement
    if any(fate.by == check.name for fate in fates):
        return judgement
    for mutant, fate in zip(mutants, fates):
        if fate.verdict == "killed" and check.judge(mutant.statement).verdict == FAIL:
            return judgement
    return replace(judgement, verdict=INVALID, detail=f"Negative control failed: {check.name} rejects none of the {len(mutants)} mutants, so its agreement says nothing.")
