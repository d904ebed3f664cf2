"""What a page offers for copying runs as it is, and says what the statement says."""

import contextlib
import io
from functools import lru_cache

import numpy as np
import pytest
from mpmath import mp
from sympy import ImmutableMatrix, MatrixSymbol, N, Symbol, cos

from derivations.algebra.pycode import code
from derivations.algebra.scalars import Digits, FormatLimit, Rounded
from derivations.algebra.snippet_parts import EXAMPLES, OVERRIDES
from derivations.algebra.snippets import LENGTH, SIZES, example_indices, length_of, numpy_program, sympy_program
from derivations.algebra.terms import Diff, Grad, Slot, T
from derivations.catalog import catalog
from derivations.checking.arithmetic import Extended
from derivations.checking.compiled import Environment, compiled
from derivations.checking.evaluate import value
from derivations.checking.gradients import Values
from derivations.formula.judge import check
from derivations.formula.points import VANISHING, point

GRADIENTS = {slug: entry for slug, entry in catalog().items() if isinstance(entry.statement.left, Grad) and isinstance(entry.statement.left.of, MatrixSymbol) and not getattr(entry.suite, "lengths", ()) and not entry.domain}
ABOUT_MODELS = [slug for slug, entry in catalog().items() if entry.model and sympy_program(entry) and numpy_program(entry)]
# No program can say these: an implication between limits; a maximum that is a number and has no other side in NumPy. In other
# topics (expectations, runs of experiments) a form may be missing, and the page then says so.
TOPICS = ("number.", "rnn.", "loss.", "activation.sigmoid.d", "activation.tanh.d", "activation.sigmoid.m", "activation.tanh.m", "activation.relu", "powers.", "products.")
WITHOUT = {"sympy": {"products.vanishing", "products.exploding"}, "numpy": {"products.vanishing", "products.exploding", "activation.sigmoid.max", "activation.tanh.max"}}
PROGRAMS = {"sympy": sympy_program, "numpy": numpy_program}
ABOUT_NUMBERS = [(language, slug) for slug, entry in catalog().items() if not entry.model and not isinstance(entry.statement.left, Diff) for language, program in PROGRAMS.items() if program(entry)]


@pytest.mark.parametrize("slug", GRADIENTS)
def test_the_formula_of_a_gradient_agrees_under_check(slug):
    entry = GRADIENTS[slug]
    assert check(entry.model.name, entry.statement.left.of.name, formula=code(entry.statement.right)).verdict == "agrees"


def test_a_wrong_formula_does_not():
    entry = GRADIENTS["rnn.linear.grad_W_hh"]
    assert check(entry.model.name, "W_hh", formula=f"2 * ({code(entry.statement.right)})").verdict == "disagrees"


@pytest.mark.parametrize("language", PROGRAMS)
def test_every_result_has_a_program_except_the_few_that_cannot(language):
    missing = {slug for slug, entry in catalog().items() if slug.startswith(TOPICS) and PROGRAMS[language](entry) is None}
    assert missing == WITHOUT[language]


def run(text, **instead):
    """Run a program with other values for what its middle part defines; returns what it defines, and what it printed."""
    head, *middle, body = text.split("\n\n")
    found = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed, np.errstate(over="ignore"):
        exec("\n".join([head, *middle]), found)  # noqa: S102
        found.update(instead)
        exec(body, found)  # noqa: S102
    return found, printed.getvalue()


@lru_cache(maxsize=None)
def place_of(model, length):
    return point(model, length, SIZES, VANISHING)


def truth(entry):
    """The right side at a point, as a NumPy array, and all values there: {name: array or {index: array}}."""
    length = getattr(entry.suite, "lengths", (LENGTH,))[0] if getattr(entry.suite, "lengths", ()) else LENGTH
    place = place_of(entry.model.name, length)
    env = Environment(place.ops, Values(place), place.sizes, length)
    bound = {T: length, length_of(entry): length, **{Symbol(name, integer=True): at for name, at in example_indices(entry, length).items()}}
    with mp.workdps(30):
        right = compiled(entry.statement.right)(env, bound)
    return array(right), lambda name, index: array(env.find(leaf(name, index, place))) if not name.endswith("l") or name not in ("l", "dl") else array(place.ops.loss(int(name == "dl"), *(place.values["value", of, index] for of in place.words.loss_of)))


def leaf(name, index, place):
    known = {key[1] for key in place.values}
    if name in known:
        return ("value", name, index)
    return ("grad" if index is not None else "diff", name[1:], index)


def array(rows):
    rows = rows if isinstance(rows, (list, tuple)) else [[rows]]
    return np.array([[float(x) for x in row] for row in rows])


def close(found, wanted):
    return np.allclose(np.array(found, dtype=complex), np.array(wanted, dtype=complex), rtol=1e-9, atol=0)


@pytest.mark.parametrize("slug", ABOUT_MODELS)
def test_a_sympy_program_about_a_model_has_the_value_of_the_statement(slug):
    right, known = truth(catalog()[slug])
    found, printed = run(sympy_program(catalog()[slug]))
    symbols = found["right"].atoms(MatrixSymbol)
    values = {}
    for symbol in symbols:
        family, _, index = symbol.name.rpartition("_")
        member = index.lstrip("-").isdigit() and callable(found.get(family))
        values[symbol] = ImmutableMatrix(known(family, int(index)) if member else known(symbol.name, None))
    assert printed and close(N(found["right"].xreplace(values).doit().as_explicit()).tolist(), right)


class Members(dict):
    """The members of a family, looked up when they are read."""

    def __init__(self, name, known):
        super().__init__()
        self.name, self.known = name, known

    def __missing__(self, index):
        return self.known(self.name, index)


@pytest.mark.parametrize("slug", ABOUT_MODELS)
def test_a_numpy_program_about_a_model_has_the_value_of_the_statement(slug):
    right, known = truth(catalog()[slug])
    text = numpy_program(catalog()[slug])
    alone, printed = run(text)
    given = {name: Members(name, known) if isinstance(value_, dict) else known(name, None) for name, value_ in alone.items() if not name.startswith("__") and isinstance(value_, (dict, np.ndarray)) and name not in ("right", "left")}
    assert printed and close(run(text, **given)[0]["right"], right)
    spoiled = {name: Members(name, lambda of, index: 1 + 2 * known(of, index)) if isinstance(one, dict) else 1 + 2 * one for name, one in given.items()}
    assert not given or not close(run(text, **spoiled)[0]["right"], right)


@pytest.mark.parametrize("language, slug", ABOUT_NUMBERS)
def test_a_program_about_numbers_has_the_value_of_the_statement(language, slug):
    entry = catalog()[slug]
    found, printed = run(PROGRAMS[language](entry))
    examples = EXAMPLES | OVERRIDES.get(slug, {})
    symbols = {symbol for side in entry.statement.sides[::2] for symbol in side.atoms(Symbol, MatrixSymbol)}
    numbers = {symbol: examples[symbol.name] for symbol in symbols if symbol.name in examples}
    sides = {name: _number(found[name], numbers) for name in ("left", "right") if name in found}
    if entry.statement.relation == "=" and "left" in sides:
        assert np.allclose(sides["left"], sides["right"], rtol=1e-3 if slug in ("number.stuck",) else 1e-7)
    elif entry.statement.relation == "<=" and "left" in sides:
        assert sides["left"] <= sides["right"]
    points = {symbol: numbers[symbol] for symbol in numbers if symbol in entry.statement.free_symbols or isinstance(symbol, MatrixSymbol)}
    if "left" in sides and (entry.statement.left.has(MatrixSymbol, FormatLimit, Rounded, Slot, cos) or isinstance(entry.statement.right, Digits)):
        return  # both sides were just compared with each other; the evaluator of the checks has no value for these
    with mp.workdps(30):
        wanted = value(entry.statement.right, points, Extended())
    assert printed and np.allclose(sides["right"], _number(wanted, {}), rtol=1e-6)


def _number(found, numbers):
    """A number or a matrix of a program as complex numbers."""
    vectors = {MatrixSymbol(x.name, *v.shape): v for x, v in numbers.items() if isinstance(x, MatrixSymbol)}
    if hasattr(found, "xreplace"):
        found = found.subs(vectors).doit().as_explicit() if hasattr(found, "as_explicit") else found
        found = N(found.subs({Symbol(x.name, **x.assumptions0): v for x, v in numbers.items() if not isinstance(x, MatrixSymbol)}))
    found = found.as_explicit() if hasattr(found, "as_explicit") else found
    if isinstance(found, mp.matrix) or getattr(found, "shape", ()):
        return np.array([[complex(x) for x in row] for row in found.tolist()])
    return np.real_if_close(complex(found))
