"""What the cells of the notebooks import: networks whose derivatives are measured, comparisons that can fail, the site's own checks.

Everything that is printed reads the same in both languages, or is printed in both.
"""

from fractions import Fraction

import numpy as np
from mpmath import mp

from derivations.algebra import terms as a
from derivations.catalog import catalog
from derivations.checking.doubles import Nudged
from derivations.checking.names import both
from derivations.checking.verdict import FAIL
from derivations.checking.verify import verify
from derivations.formula.points import Point
from derivations.models import MODELS

np.seterr(over="ignore")  # overflow is what some results are about

CLOSE = 1e-7  # measured with steps of 2^-9 to 2^-11, extrapolated twice: about ten digits
EXACT = 1e-9


class Network:
    """One of the site's networks with random numbers in it. Derivatives are *measured*: a number is moved up and down, and the forward pass runs again.

    ``net["h"]`` is a dict {time step: column}, ``net["W"]`` a matrix, ``net["T"]`` the length, ``net["n"]`` a size, and
    ``net["dh"]`` a dict of the measured slopes of the loss. ``radius`` is the spectral radius of the recurrent weights.
    """

    def __init__(self, model, T=5, sizes=(3, 2, 4), radius=0.9, activation="tanh"):
        self.model = MODELS[model]
        with mp.workdps(30):
            activation = activation if self.model.function == "phi" else self.model.function
            self._place = Point(model, T, sizes, Fraction(str(radius)), activation)
            self._values = {key[1:]: np.array(rows, dtype=float) for key, rows in self._place.values.items()}
            self._nudged = Nudged(self._place)

    def __getitem__(self, name):
        length = self._place.length
        if name in ("T", "D"):
            return length
        if name in self._place.size_names:
            return self._place.size_names[name]
        if (name, None) in self._values:
            return self._values[name, None]
        family = {index: value for (known, index), value in self._values.items() if known == name}
        if family:
            return family
        if name == "dl":  # the slope of the loss of one step alone
            output = self._place.words.loss_of[0]
            return {index: np.array(self._place.loss_slope(index).rows, dtype=float) for index in self._place.indices(output)}
        slopes = {index: self.gradient(name[1:], index) for known, index in self._values if known == name[1:] and index is not None and name[0] == "d"}
        if not slopes:
            raise KeyError(f"{self.model.name} has no {name!r}; it has {', '.join(sorted({known for known, _ in self._values}))}")
        first = next(iter(slopes.values()))
        return slopes | {index: np.zeros_like(first) for index in range(length + 3) if index not in slopes}

    @property
    def feeds_back(self):
        """The name of the state, where every step multiplies it by the one square matrix of the network; else None."""
        square = [v for v in self.model.parameters if v.term.shape[0] == v.term.shape[1]]
        return self._place.words.state if len(square) == 1 and square[0].name == self._place.words.recurrent else None

    def gradient(self, name, index=None):
        """The measured ∂L/∂(name_index), L being the loss."""
        variable = next(v.term for v in self.model.variables if v.name == name)
        return self._measured(a.Grad(variable.at(a.ONE * index) if isinstance(variable, a.Slot) else variable))

    def jacobian(self, above, i, below, j):
        """The measured ∂(above_i)/∂(below_j): entry (r, c) is the slope of row r above in row c below."""
        top, bottom = (next(v.term for v in self.model.variables if v.name == name).at(a.ONE * index) for name, index in ((above, i), (below, j)))
        return self._measured(a.Jac(top, bottom))

    def _measured(self, of):
        coarse, middle, fine = self._nudged.quotients(of, a.at_length(self._place.length))[0]
        near, nearer = (4 * middle - coarse) / 3, (4 * fine - middle) / 3
        return (16 * nearer - near) / 15


def error(one, other):
    """The largest difference of two entries, relative to the largest entry. Different shapes are an error of their own."""
    one, other = np.asarray(one, dtype=complex), np.asarray(other, dtype=complex)
    if one.shape != other.shape:
        raise AssertionError(f"one side is {one.shape}, the other {other.shape}")
    largest = max(np.abs(one).max(), np.abs(other).max())
    return float(np.abs(one - other).max() / largest) if largest else 0.0


def agree(measured, formula, allowed=CLOSE):
    """Print how far a formula is from what was measured, and fail if that is too far."""
    found = error(measured, formula)
    print(f"✓ {found:.1e}")
    assert found < allowed, f"relative error {found:.1e}"


def differ(measured, formula, allowed=CLOSE):
    """Print how far a wrong formula is from what was measured, and fail if that cannot be seen."""
    found = error(measured, formula) if np.shape(measured) == np.shape(formula) else np.inf
    print(f"✗ {found:.1e}")
    assert not found < allowed, f"relative error {found:.1e}: the wrong formula looks right here"


def same(left, right):
    """Two sides that are both computed: they may differ by rounding only."""
    agree(left, right, EXACT)


def holds(proposition):
    """A bound, at these numbers."""
    print("✓" if proposition else "✗")
    assert proposition


def verified(slug):
    """Run every check of the site on a result, its wrong versions first, and print what each said."""
    outcome = verify(catalog()[slug])
    for check, judgement in outcome.judgements:
        print(f"{judgement.verdict}  {_named('check', check.name)}")
    wrong = [fate for fate in outcome.fates if fate.verdict != "equivalent"]
    print(f"{outcome.verdict}  {slug}  ({sum(fate.verdict == 'killed' for fate in wrong)}/{len(wrong)} ✗)")
    assert outcome.verdict == "PASS", outcome.reasons


def rejected(slug, mutant):
    """Put a wrong version of a result in its place and print which check notices it; fail if none does."""
    entry = catalog()[slug]
    wrong = next(one for one in entry.suite.mutants(entry) if one.name == mutant)
    by = next((check.name for check in entry.suite.checks(entry) if check.judge(wrong.statement).verdict == FAIL), None)
    print(f"✗ {_named('mutant', mutant)}  ←  {_named('check', by) if by else '?'}")
    assert by, f"no check rejects {mutant!r}"


def _named(kind, name):
    said = both(kind, name)
    return f"{said['en']} · {said['zh']}"


def figure(name):
    """A figure of the site, computed and drawn now; results that it computes with are verified first where they are not."""
    import importlib

    from derivations.__main__ import main
    from figures.derived import EVIDENCE

    module = importlib.import_module(f"figures.{name}")
    if missing := [slug for slug in getattr(module, "RESULTS", ()) if not (EVIDENCE / f"{slug}.json").exists()]:
        assert main(["verify", *missing]) == 0
    data = module.data()
    assert len({len(column) for column in data.values()}) == 1 and len(next(iter(data.values())))
    return picture(name, module.draw, data)


def picture(name, draw, data):
    """What ``draw(fig, data)`` draws on a Matplotlib figure, in the style of the site."""
    from figures.__main__ import picture as drawn
    from IPython.display import SVG

    return SVG(drawn(f"lab-{name}", draw, data))
