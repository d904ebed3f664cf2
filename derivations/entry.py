"""A published result: a proposition, how it was derived, and how it is attacked. No prose, no hand-written TeX."""

import re
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Callable

from sympy import Basic, MatrixSymbol, Symbol

from derivations.algebra.terms import Binder, D, Slot, T, taps
from derivations.model import Model
from derivations.text import IllFormed, Text

KINDS = ("definition", "identity", "bound", "expectation", "constant", "asymptotic", "experiment", "cited")
RELATIONS = ("=", ":=", "<=", ">=", "<", ">", "~", "->", "=>")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Statement:
    """A proposition: left side, relation, right side. Anything less is refused."""

    left: Basic
    relation: str
    right: Basic

    def __post_init__(self):
        if self.relation not in RELATIONS:
            raise IllFormed(f"{self.relation!r} is not a relation: a statement is (left, relation, right) with one of {' '.join(RELATIONS)}.")
        for side, value in (("left", self.left), ("right", self.right)):
            if not isinstance(value, Basic):
                raise IllFormed(f"The {side} side {value!r} is not a SymPy expression: wrap numbers in Integer or Rational.")
        shapes = [getattr(side, "shape", (1, 1)) for side in (self.left, self.right)]
        if shapes[0] != shapes[1]:
            raise IllFormed(f"The two sides of a statement differ in shape: {self.left} is {shapes[0]}, {self.right} is {shapes[1]}.")

    def with_right(self, right):
        return replace(self, right=right)

    @property
    def sides(self):
        return (self.left, self.relation, self.right)

    @property
    def free_symbols(self):
        """Scalar symbols that stand in the statement and are not bound by a sum or product; size symbols included."""
        return {s for side in (self.left, self.right) for s in _free(side) if isinstance(s, Symbol)}


def _free(term):
    """Free symbols of what a statement says (the shapes inside a term are not part of what it says)."""
    if isinstance(term, Binder):
        return (_free(term.body) - {term.variable}) | term.first.free_symbols | term.last.free_symbols
    if isinstance(term, Slot):
        return term.index.free_symbols
    if isinstance(term, MatrixSymbol):
        return set()
    return set().union(*(_free(argument) for argument in term.args)) if term.args else set(term.free_symbols)


@dataclass(frozen=True)
class Range:
    """``first <= variable <= last``: where a free time variable of the statement may stand."""

    variable: Symbol
    first: Basic
    last: Basic


@dataclass(frozen=True)
class Declared:
    """A symbol of the statement that the model does not declare: its meaning, shape (rows, cols) and domain."""

    term: Basic
    meaning: Text
    shape: tuple = (1, 1)
    domain: str = ""


@dataclass(frozen=True)
class Step:
    """One line of the derivation, the reason for it, and the slugs of the results it uses."""

    statement: Statement
    reason: Text
    uses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Number:
    """A checked number: exact value (SymPy), published to as many digits as are asked for."""

    value: Basic
    digits: int = 30


@dataclass(frozen=True)
class Entry:
    """One published result.

    ``suite`` builds the attacks: ``suite.checks(entry)`` returns objects with a ``name`` and ``judge(statement) ->
    Judgement``; ``suite.mutants(entry)`` returns Mutants (name, statement). ``proof`` is the prover's claim, if there is one.
    """

    id: str
    slug: str
    kind: str
    title: Text
    statement: Statement
    suite: object
    model: Model | None = None
    domain: tuple[Range, ...] = ()
    declared: tuple[Declared, ...] = ()
    assumptions: tuple[Text, ...] = ()
    steps: tuple[Step, ...] = ()
    proof: Callable | None = None
    uses: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    values: dict[str, Number] = field(default_factory=dict)
    extra_mutants: tuple = ()
    limits: tuple[Text, ...] = ()
    origin: tuple[str, int] = ("", 0)

    def __post_init__(self):
        where = f"Entry {self.slug!r}"
        if not re.fullmatch(r"V\d{3}", self.id):
            raise IllFormed(f"{where} has the id {self.id!r}: an id is V and three digits, never reused.")
        if not re.fullmatch(r"[a-z][\w.\-]*", self.slug):
            raise IllFormed(f"{where}: a slug is made of letters, digits, dots and underscores, beginning with a small letter.")
        if self.kind not in KINDS:
            raise IllFormed(f"{where} has the kind {self.kind!r}: use one of {', '.join(KINDS)}.")
        if not isinstance(self.statement, Statement):
            raise IllFormed(f"{where} states {self.statement!r}, which is no proposition: give Statement(left, relation, right).")
        if not isinstance(self.title, Text):
            raise IllFormed(f"{where} has the title {self.title!r}: give Text(en, zh).")
        known = {r.variable for r in self.domain} | {d.term for d in self.declared} | {T, D, taps} | (set(self.model.sizes) if self.model else set())
        unknown = self.statement.free_symbols - known
        if unknown:
            raise IllFormed(f"{where} contains the undeclared symbol {', '.join(sorted(map(str, unknown)))}: give its Range in domain, or Declared(term, meaning, shape).")
        if not self.origin[0]:
            object.__setattr__(self, "origin", _caller())


def _caller():
    """File (relative to the project) and line of the topic file that builds the entry."""
    frame = sys._getframe(1)
    while frame:
        path = Path(frame.f_code.co_filename)
        if path.name not in ("entry.py", "publish.py", "<string>") and path.suffix == ".py":
            shown = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
            return shown, frame.f_lineno
        frame = frame.f_back
    return "", 0
