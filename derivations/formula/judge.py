"""Judge a formula: exactly at small T, then in extended precision at T = 40. Agreement needs both.

A verdict is 'agrees', 'disagrees' or 'unchecked'; what has no value, does not end or cannot be read is unchecked, and
nothing but agreement at every point is agreement.
"""

import ast
from dataclasses import dataclass, field

from mpmath import mp, mpf

from derivations.checking.ops import PRIME
from derivations.formula import language, names
from derivations.formula.evaluate import Budget
from derivations.formula.points import DIGITS, VANISHING, decimal, exact_points, long_points, point
from derivations.formula.sentences import FormulaError, phrase
from derivations.formula.statements import run
from derivations.formula.values import is_number
from derivations.text import Text

TOLERANCE = mpf(10) ** -20   # relative, per entry; rounding at 50 digits stays below 1e-35 on the models here
EXIT = {"agrees": 0, "disagrees": 1, "unchecked": 2}
TRANSCENDENTAL = {"exp", "log", "tanh", "phi"}
FORMAT = 1


@dataclass(frozen=True)
class Worst:
    """The entry with the largest relative error; ``row`` and ``column`` count from 1, numbers are decimal strings."""

    row: int
    column: int
    value: str
    true: str
    relative_error: str

    @property
    def is_rounding(self):
        """Whether 50 digits cannot tell the two numbers apart."""
        return not self.relative_error.startswith("2^") and mpf(self.relative_error) < mpf(10) ** -45


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
                "reason": self.reason.as_dict() if self.reason else None, "first": self.first, "shape": self.shape, "worst": vars(self.worst) if self.worst else None,
                "looks_like": [{"id": found.key, "sentence": found.text.as_dict(), "rewritten": found.rewritten} for found in self.looks_like],
                "any_activation": self.any_activation, "samples": self.samples}


class WrongShape(Exception):
    """The result has the wrong shape: an answer, not an obstacle."""

    def __init__(self, given, wanted):
        self.given, self.wanted = given, wanted


def check(model_name, target_text, formula=None, source=None, file=None):
    """Judge a formula (text), or the function in ``source`` (text of the file called ``file``), against the truth.

    Returns a Report; raises nothing that a formula can cause.
    """
    report = Report(model_name, target_text, "unchecked", formula, file)
    with mp.workdps(DIGITS):
        try:
            words = names.vocabulary(names.model_named(model_name))
            target = names.target(words, target_text)
            report.label = target.label
            program = language.expression(formula) if source is None else language.function(source, file)
        except FormulaError as error:
            report.reason = error.text
            return report
        return _judged(report, program, words, target)


def _judged(report, program, words, target):
    from derivations.formula.diagnose import diagnosis  # it judges variants of the formula with the functions of this module

    model_name = words.model.name
    for place in exact_points(model_name) + long_points(model_name):
        sample = {"arithmetic": "exact" if place.exact else "extended", "T": place.length, "sizes": dict(place.size_names)}
        cases, budget = target.cases(words, place.length), Budget()
        for case in some(cases, place):
            try:
                agreed, worst = compared(program, place, target, case, budget)
            except WrongShape as wrong:
                _disagree(report, place, case)
                report.shape = {"given": wrong.given, "wanted": wrong.wanted}
                given = phrase("number") if wrong.given is None else wrong.given
                report.reason = phrase("shape", given=given, target=target.label, wanted=wrong.wanted)
                report.looks_like = diagnosis(program, words, target, place)
                return report
            except FormulaError as error:
                report.verdict, report.reason = "unchecked", _located(error, place)
                report.looks_like = diagnosis(program, words, target, place, has_value=False) if error.key != "too_much_work" else []
                return report
            if not agreed:
                return _disagreement(report, program, words, target, place, case, worst)
            if worst is not None and mpf(worst.relative_error) >= mpf(sample.get("worst", "0")):
                sample["worst"] = worst.relative_error
        if cases:
            report.samples.append(sample if place.exact else {**sample, "radius": str(place.radius)})
    report.verdict = "agrees" if report.samples else "unchecked"
    if words.slope_of:
        report.any_activation = agrees_at(program, target, [point(model_name, 3, (4, 2, 5), activation="any")])
    return report


def _located(error, place):
    at, said = phrase("at", T=place.length, sizes=place.sizes_text), error.text
    return Text(said.en + at.en, said.zh + at.zh) if error.is_local else said


def _disagree(report, place, case):
    report.verdict = "disagrees"
    report.first = {"T": place.length, "sizes": dict(place.size_names), "case": dict(case[0])}


def _disagreement(report, program, words, target, place, case, worst):
    from derivations.formula.diagnose import diagnosis

    _disagree(report, place, case)
    if place.exact:
        witness = point(words.model.name, place.length, tuple(place.sizes.values()), VANISHING)
        try:
            close, worst = compared(program, witness, target, case)
        except FormulaError as error:
            report.verdict, report.reason, report.first = "unchecked", _located(error, witness), None
            return report
        if close and uses_functions(program) and _numerically_right(program, words, target):
            report.verdict, report.reason, report.first = "unchecked", phrase("undecided"), None
            return report
    report.worst = worst
    report.looks_like = diagnosis(program, words, target, place)
    return report


def _numerically_right(program, words, target):
    """Whether extended precision alone sees no difference, at several T."""
    try:
        for length, sizes in ((1, (3, 2, 4)), (3, (4, 2, 5)), (5, (3, 2, 4))):
            place = point(words.model.name, length, sizes, VANISHING)
            if not all(compared(program, place, target, case)[0] for case in target.cases(words, length)):
                return False
    except (FormulaError, WrongShape):
        return False
    return True


def uses_functions(program):
    return any(isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSCENDENTAL for node in ast.walk(program.tree))


def some(cases, place):
    """All cases of a short sequence; of a long one both ends, their neighbours, and two in the middle."""
    if place.length < 40 or len(cases) <= 6:
        return cases
    return [cases[at] for at in sorted({0, 1, len(cases) // 2, len(cases) // 3, len(cases) - 2, len(cases) - 1})]


def truth(place, target, places):
    """The true value of a target at a point."""
    if target.kind == "parameter":
        return place.gradient(target.name)
    if target.kind == "adjoint":
        return place.gradient(target.name, places[0])
    if target.kind == "jacobian":
        return place.jacobian(*(places if len(places) == 2 else (places[0], places[0] - 1)))
    return place.tangent(places[0])


def value_of(program, place, target, case, budget=None):
    """The rows that a program gives; WrongShape when they have not the target's shape."""
    value = run(program, place, target, case, budget)
    wanted = place.shape(target.shape)
    if is_number(value):
        raise WrongShape(None, place.space.shape_text(wanted))
    if value.shape != wanted:
        raise WrongShape(str(value), place.space.shape_text(wanted))
    return value.rows


def compared(program, place, target, case, budget=None):
    """(agrees, worst entry or None) at one point; exact over F_p, relative per entry in extended precision."""
    rows, true = value_of(program, place, target, case, budget), truth(place, target, case[1]).rows
    if place.exact:
        return all((x - y) % PRIME == 0 for line, wanted in zip(rows, true) for x, y in zip(line, wanted)), None
    worst, largest = None, mpf(-1)
    for row, (line, wanted) in enumerate(zip(rows, true), 1):
        for column, (x, y) in enumerate(zip(line, wanted), 1):
            if not mp.isfinite(x):
                raise FormulaError("undefined", why=str(x))
            error = relative_error(x, y)
            if error > largest:
                largest, worst = error, Worst(row, column, decimal(x, 10), decimal(y, 10), decimal(error, 3))
    return largest <= TOLERANCE, worst


def relative_error(value, true):
    if true == 0:
        return mpf(0) if value == 0 else mpf("inf")
    return abs(value - true) / abs(true)


def agrees_at(program, target, places, budget=None):
    """Whether a program agrees at exact points; one without a value there does not."""
    try:
        cases = [(place, case) for place in places for case in some(target.cases(place.words, place.length), place)]
        return bool(cases) and all(compared(program, place, target, case, budget)[0] for place, case in cases)
    except (FormulaError, WrongShape):
        return False
