"""The attacks on a statement about a model: exact witness, extended differences, the printed formula, the proof."""

import time
from dataclasses import dataclass
from functools import lru_cache
from itertools import product as combinations

from mpmath import mp

from derivations.algebra import terms as a
from derivations.algebra.affine import assume
from derivations.algebra.equality import Families, prove_equal
from derivations.algebra.typeset import latex
from derivations.checking import printed
from derivations.checking.all_shapes import derived_checks
from derivations.checking.components import WRITTEN_OUT, Components
from derivations.checking.compiled import Environment, affine, compiled
from derivations.checking.mutants import mutants
from derivations.checking.ops import Undefined
from derivations.checking.outside import passes
from derivations.checking.steps import Lines
from derivations.checking.verdict import FAIL, INVALID, PASS, UNCHECKED, Judgement
from derivations.formula.points import DIGITS, LONG, SMALL, point

STEPS = (20, 21)  # binary digits of the two step lengths of a central difference


class Values(dict):
    """The true values at a point, looked up when first needed: {(kind, name, index) or ('jac', ...): rows}."""

    def __init__(self, place):
        super().__init__()
        self.place = place

    def __missing__(self, key):
        kind, name, index = key[:3]
        place = self.place
        last = max((i for k, n, i in place.values if n == name and i is not None), default=None)
        if kind == "value":
            self[key] = place.values[key]
        elif kind == "grad" and index is not None and index - 1 == last and ("value", name, last) in place.values:
            self[key] = place.ops.zeros(*_shape(place.values["value", name, last]))
        elif kind == "grad":
            place.values["value", name, index]
            self[key] = place.gradient(name, index).rows
        elif kind == "diff":
            self[key] = place.direction.rows if index is None else place.tangent(index).rows
        else:
            self[key] = self._jacobian(key)
        return self[key]

    def _jacobian(self, key):
        _, num, row, den, column = key
        place, rows = self.place, len(self.place.values["value", num, row])
        columns = place._move(("value", den, column), place._basis(len(place.values["value", den, column]), 1), ("value", num, row))
        return [[one[r][0] for one in columns] for r in range(rows)]


def _shape(rows):
    return len(rows), len(rows[0])


@dataclass(frozen=True)
class Attack:
    """One named check of one entry at given points; ``compare(statement, place, bound)`` returns (error, where) or raises."""

    name: str
    entry: object
    places: tuple
    compare: object

    def judge(self, statement):
        began, worst, where, samples = time.perf_counter(), mp.mpf(0), None, []
        for key in self.places:
            place = point(*key[0], **dict(key[1]))
            for bound in _indices(self.entry, place):
                label = f"T = {place.length}, {place.sizes_text}" + "".join(f", {name} = {value}" for name, value in bound.items())
                try:
                    with mp.workdps(DIGITS):
                        error = self.compare(self.entry, statement, place, bound)
                except Undefined as reason:
                    return Judgement(FAIL, f"The right side is not defined: {reason}.", where=label, seconds=time.perf_counter() - began)
                except Exception as reason:
                    return Judgement(UNCHECKED, f"{self.name} broke off at {label} with {type(reason).__name__}: {reason}.", seconds=time.perf_counter() - began)
                if not mp.isfinite(error):
                    return Judgement(INVALID, f"A value is not finite at {label}.", where=label)
                samples.append({"T": place.length, "sizes": place.size_names, **bound})
                if error > _TOLERANCE[place.exact]:
                    return Judgement(FAIL, f"The two sides differ at {label}.", mp.nstr(error, 3), label, samples=tuple(samples), seconds=time.perf_counter() - began)
                worst, where = (error, label) if error >= worst else (worst, where)
        detail = f"The two sides agree at {len(samples)} points." if samples else "No point was tried."
        return Judgement(PASS if samples else UNCHECKED, detail, mp.nstr(worst, 3), where, None, tuple(samples), time.perf_counter() - began)


_TOLERANCE = {True: 0, False: mp.mpf(10) ** -9}


def _indices(entry, place):
    """Every choice of the free time variables (at long sequences the ends and the middle)."""
    choices = [{}]
    for r in entry.domain:
        grown = []
        for bound in choices:
            known = {**a.at_length(place.length), **{a.Symbol(name, integer=True): value for name, value in bound.items()}}
            low, high = affine(r.first)(known), affine(r.last)(known)
            every = range(low, high + 1) if place.length < 10 else sorted({low, (low + high) // 2, high} & set(range(low, high + 1)))
            grown += [{**bound, r.variable.name: value} for value in every]
        choices = grown
    return choices


@lru_cache(maxsize=None)
def _function(term):
    return compiled(term)


@lru_cache(maxsize=64)
def _environment(place):
    return Environment(place.ops, Values(place), place.sizes, place.length)


def _side(term, place, bound):
    symbols = {**a.at_length(place.length), **{a.Symbol(name, integer=True): value for name, value in bound.items()}}
    return _function(term)(_environment(place), symbols)


def difference(left, right):
    """Largest relative difference per entry (exact numbers: 0 or 1)."""
    pairs = [(x, y) for r, s in combinations([left], [right]) for p, q in zip(r, s) for x, y in zip(p, q)]
    if _shape(left) != _shape(right):
        return mp.inf
    return max(mp.mpf(0) if x == y else mp.mpf(1) if isinstance(x, int) else abs(x - y) / max(abs(x), abs(y)) for x, y in pairs)


def exactly(entry, statement, place, bound):
    """Both sides from the forward-mode truth, over F_p."""
    return difference(_side(entry.statement.left, place, bound), _side(statement.right, place, bound))


def as_printed(entry, statement, place, bound):
    """The LaTeX that the page shows, read by the independent reader, against the object."""
    model = entry.model
    reading = printed.read(latex(entry.statement.sides), parameters={v.name for v in model.parameters}, families={v.name for v in model.variables if v.is_family})
    shown = reading.sides(_environment(place), bound)
    return max(difference(shown[0], _side(entry.statement.left, place, bound)), difference(shown[1], _side(statement.right, place, bound)))


def by_differences(entry, statement, place, bound):
    """Central differences of the separately written forward pass against the right side; the order of convergence must be 2."""
    return difference(_measured(entry.statement.left, place, tuple(bound.items())), _side(statement.right, place, bound))


@lru_cache(maxsize=None)
def _measured(left, place, bound):
    """The left side by the separately written forward pass: a value, or central differences extrapolated from two steps."""
    symbols = {**a.at_length(place.length), **{a.Symbol(name, integer=True): value for name, value in bound}}
    given = {key[1:]: mp.matrix(rows) for key, rows in place.given.items()}

    def run(nudge):
        return passes(place.model.name, given, place.length, nudge)

    def key(term):
        return (term.name, affine(term.index)(symbols) if isinstance(term, a.Slot) else None)

    def slope(of, read, direction):
        steps = [mp.mpf(2) ** -bits for bits in STEPS]
        coarse, fine = ((run({of: h * direction})[read] - run({of: -h * direction})[read]) / (2 * h) for h in steps)
        return (4 * fine - coarse) / 3

    if isinstance(left, (a.Slot, a.MatrixSymbol)):
        return run({})[key(left)].tolist()
    if isinstance(left, a.Diff):
        return slope((place.words.recurrent, None), key(left.of), mp.matrix(place.direction.rows)).tolist()
    of, read = (key(left.of), ("L", None)) if isinstance(left, a.Grad) else (key(left.den), key(left.num))
    rows, cols = _shape(place.values["value", *of])
    columns = [slope(of, read, _unit(rows, cols, r, c)) for r in range(rows) for c in range(cols)]
    if isinstance(left, a.Grad):
        return [[columns[r * cols + c][0, 0] for c in range(cols)] for r in range(rows)]
    return [[column[r] for column in columns] for r in range(len(columns[0]))]


def _unit(rows, cols, r, c):
    unit = mp.zeros(rows, cols)
    unit[r, c] = 1
    return unit


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
class ModelSuite:
    """Attacks on a statement about a model. ``lengths`` restricts T (for a network written out at a fixed length)."""

    lengths: tuple = ()
    numeric: bool = True  # False where the left side is no derivative of a loss and no value that a pass computes

    def checks(self, entry):
        name = entry.model.name
        activation = (("activation", "tanh" if any("tanh" in text.en for text in entry.assumptions) else "phi"),)
        fixed = self.lengths
        small = tuple(((name, fixed[0] if fixed else length, sizes), activation) for length, sizes in (SMALL[:2] if fixed else SMALL[:5]))
        lengths = [(fixed[0], sizes, radius) for _, sizes, radius in LONG] if fixed else LONG
        long = tuple(((name, *place), ()) for place in lengths)
        definition = entry.kind == "definition"
        found = [Attack("second forward pass, 50 digits" if definition else "central differences, 50 digits", entry, long, by_differences)] if self.numeric else []
        if not self.numeric:
            found.append(Attack("both sides with 50 digits", entry, long, exactly))
        if not definition:
            found.insert(0, Attack("exact witness over F_p", entry, small, exactly))
        found.append(Attack("printed formula", entry, small[-2:], as_printed))
        if entry.steps:
            found.append(Lines(entry, Values, activation[0][1], fixed))
        if not definition and name in WRITTEN_OUT:
            found.append(Components(entry, activation[0][1], fixed))
        return (*found, *derived_checks(entry), *((Proved(entry),) if entry.proof else ()))

    def mutants(self, entry):
        found = mutants(entry, entry.model)
        return tuple(m for m in found if m.name not in ("factor T", "factor 1/T")) if self.lengths else found

    def equivalent(self, entry, mutant):
        """Why the mutant says the same as the entry, as a sentence; None when that is not proved."""
        facts = tuple(fact for r in entry.domain for fact in assume(r.first, r.variable, r.last))
        reason = prove_equal(mutant.statement.right, entry.statement.right, facts, Families(entry.model))
        return None if reason else "Both have the same normal form: what is added is an adjoint past the end or an empty sum, hence zero."
