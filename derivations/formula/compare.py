"""Compare a formula with the truth at one point: exactly over F_p, relative and entry by entry in extended precision."""

from mpmath import mp, mpf

from derivations.checking.ops import PRIME
from derivations.formula.report import Worst
from derivations.formula.scalars import decimal
from derivations.formula.sentences import FormulaError
from derivations.formula.statements import run
from derivations.formula.values import is_number

TOLERANCE = mpf(10) ** -20   # relative, per entry; rounding at 50 digits stays below 1e-35 on the models here


class WrongShape(Exception):
    """The result has the wrong shape: an answer, not an obstacle."""

    def __init__(self, given, wanted):
        self.given, self.wanted = given, wanted


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
                largest, worst = error, Worst(row, column, decimal(x, 10), decimal(y, 10), decimal(error, 3), error)
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
