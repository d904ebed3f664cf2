"""What a check may say. Only PASS is published; whatever could not be decided is never a pass."""

from dataclasses import dataclass

from derivations.entry import Statement

PASS, FAIL, UNCHECKED, INVALID = "PASS", "FAIL", "UNCHECKED", "INVALID"


@dataclass(frozen=True)
class Judgement:
    """A verdict, the sentence that explains it, and what was measured.

    ``worst`` is the worst relative error as a short decimal string, ``where`` the point at which it occurred, ``order``
    the observed order of convergence (finite differences), ``samples`` the points tried ({'T': 5, 'sizes': {'n': 3}}).
    """

    verdict: str
    detail: str
    worst: str | None = None
    where: str | None = None
    order: str | None = None
    samples: tuple = ()
    seconds: float = 0.0

    def __post_init__(self):
        if self.verdict not in (PASS, FAIL, UNCHECKED, INVALID):
            raise ValueError(f"{self.verdict!r} is not a verdict: use PASS, FAIL, UNCHECKED or INVALID.")
        if self.verdict == PASS and not self.samples:
            raise ValueError("A check that tried no sample cannot pass: return UNCHECKED with the reason.")


@dataclass(frozen=True)
class Mutant:
    """A wrong variant of a statement and what was done to it. ``source`` names a published error (P01 ...) if it is one."""

    name: str
    statement: Statement
    source: str | None = None


@dataclass(frozen=True)
class Fate:
    """What became of a mutant: 'killed' by a named check, 'equivalent' with its proof, 'invalid' or 'survived'.

    ``invalid_at`` are the points at which it has the value of the truth, so that no check could tell them apart there.
    """

    mutant: Mutant
    verdict: str
    by: str | None = None
    where: str | None = None
    proof: str | None = None
    invalid_at: tuple = ()


def worst_of(verdicts):
    """FAIL outranks INVALID outranks UNCHECKED outranks PASS; nothing at all is UNCHECKED."""
    for verdict in (FAIL, INVALID, UNCHECKED):
        if verdict in verdicts:
            return verdict
    return PASS if verdicts else UNCHECKED
