"""Judge a formula: exactly at small T, then in extended precision at T = 40. Agreement needs both.

A verdict is 'agrees', 'disagrees' or 'unchecked'; what has no value, does not end or cannot be read is unchecked, and
nothing but agreement at every point is agreement.
"""

import ast

from mpmath import mp, mpf

from derivations.formula import language, names, targets
from derivations.formula.compare import WrongShape, agrees_at, compared, some
from derivations.formula.diagnose import diagnosis
from derivations.formula.evaluate import Budget
from derivations.formula.points import DIGITS, VANISHING, exact_points, long_points, point, sharper
from derivations.formula.report import Report
from derivations.formula.sentences import FormulaError, phrase
from derivations.text import Text

FINER = (4 * DIGITS, 24 * DIGITS)  # tried in turn where 50 digits see a difference that exact arithmetic does not
TRANSCENDENTAL = {"exp", "log", "tanh", "phi"}


def check(model_name, target_text, formula=None, source=None, file=None):
    """Judge a formula (text), or the function in ``source`` (text of the file called ``file``), against the truth.

    Returns a Report; raises nothing that a formula can cause.
    """
    report = Report(model_name, target_text, "unchecked", formula, file)
    with mp.workdps(DIGITS):
        try:
            words = names.vocabulary(names.model_named(model_name))
            target = targets.target(words, target_text)
            report.label = target.label
            program = language.expression(formula) if source is None else language.function(source, file)
        except FormulaError as error:
            report.reason = error.text
            return report
        try:
            return _judged(report, program, words, target)
        except Exception as error:  # a fault of ours must not leave with exit code 1, which says that the formula is wrong
            return Report(model_name, target_text, "unchecked", formula, file, reason=FormulaError("internal", why=f"{type(error).__name__}: {error}").text)


def _judged(report, program, words, target):
    model_name = words.model.name
    for place in exact_points(model_name) + long_points(model_name):
        sample = {"arithmetic": "exact" if place.exact else "extended", "T": place.length, "sizes": dict(place.size_names)}
        cases, budget = target.cases(words, place.length), Budget()
        for case in some(cases, place):
            try:
                agreed, worst = compared(program, place, target, case, budget)
                if not (agreed or place.exact):
                    agreed, worst = _with_more_digits(program, place, target, case)
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
            if worst is not None and worst.error >= mpf(sample.get("worst", "0")):
                sample["worst"] = worst.relative_error
        if cases:
            report.samples.append(sample if place.exact else {**sample, "radius": str(place.radius)})
    report.verdict = "agrees" if report.samples else "unchecked"
    if words.slope_of:
        report.any_activation = agrees_at(program, target, [point(model_name, 3, (4, 2, 5), activation="any")])
    return report


def _with_more_digits(program, place, target, case):
    """The comparison once more where 50 digits disagree and F_p did not: what cancellation lost is no disagreement."""
    errors = []
    for digits in (DIGITS, *FINER):
        with mp.workdps(digits):
            agreed, worst = compared(program, sharper(place), target, case)
            errors.append(worst.error)
        if agreed:
            return agreed, worst
    if abs(errors[-1] - errors[0]) > errors[0] / 1000:  # a wrong formula is as wrong with more digits
        raise FormulaError("rounding", T=place.length, digits=FINER[-1])
    return agreed, worst


def _located(error, place):
    at, said = phrase("at", T=place.length, sizes=place.sizes_text), error.text
    return Text(said.en + at.en, said.zh + at.zh) if error.is_local else said


def _disagree(report, place, case):
    report.verdict = "disagrees"
    report.first = {"T": place.length, "sizes": dict(place.size_names), "case": dict(case[0])}


def _disagreement(report, program, words, target, place, case, worst):
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
