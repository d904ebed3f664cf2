"""What is said about a formula: the verdict, where it first fails, the worst entry, what it looks like; as text for JSON."""

from dataclasses import dataclass, field

from mpmath import mpf

from derivations.text import Text

EXIT = {"agrees": 0, "disagrees": 1, "unchecked": 2}
FORMAT = 1


@dataclass(frozen=True)
class Worst:
    """The entry with the largest relative error; ``row`` and ``column`` count from 1, numbers are decimal strings."""

    row: int
    column: int
    value: str
    true: str
    relative_error: str
    error: mpf  # the same as a number

    @property
    def is_rounding(self):
        """Whether 50 digits cannot tell the two numbers apart."""
        return self.error < mpf(10) ** -45

    def as_dict(self):
        return {name: getattr(self, name) for name in ("row", "column", "value", "true", "relative_error")}


@dataclass
class Report:
    """What was found. ``as_dict`` is the stable --json form (README of the command: ``python -m derivations check --help``)."""

    model: str
    target: str
    verdict: str
    formula: str | None = None
    file: str | None = None
    label: str | None = None
    reason: Text | None = None
    first: dict | None = None
    shape: dict | None = None
    worst: Worst | None = None
    looks_like: list = field(default_factory=list)
    samples: list = field(default_factory=list)
    any_activation: bool | None = None

    exit_code = property(lambda self: EXIT[self.verdict])

    def as_dict(self):
        return {"format": FORMAT, "model": self.model, "target": self.target, "formula": self.formula, "file": self.file, "verdict": self.verdict, "exit": self.exit_code,
                "reason": self.reason.as_dict() if self.reason else None, "first": self.first, "shape": self.shape, "worst": self.worst.as_dict() if self.worst else None,
                "looks_like": [{"id": found.key, "sentence": found.text.as_dict(), "rewritten": found.rewritten} for found in self.looks_like],
                "any_activation": self.any_activation, "samples": self.samples}
