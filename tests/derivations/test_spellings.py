"""The NumPy spelling that a page offers for copying is what `python -m derivations check` accepts, and says the same."""

import pytest
from sympy import MatrixSymbol

from derivations.algebra.pycode import code
from derivations.algebra.terms import Grad
from derivations.catalog import catalog
from derivations.formula.judge import check

GRADIENTS = {slug: entry for slug, entry in catalog().items() if isinstance(entry.statement.left, Grad) and isinstance(entry.statement.left.of, MatrixSymbol) and not getattr(entry.suite, "lengths", ())}


@pytest.mark.parametrize("slug", GRADIENTS)
def test_the_numpy_spelling_of_a_gradient_agrees(slug):
    entry = GRADIENTS[slug]
    assert check(entry.model.name, entry.statement.left.of.name, formula=code(entry.statement.right)).verdict == "agrees"


def test_a_wrong_spelling_does_not():
    entry = GRADIENTS["rnn.linear.grad_W_hh"]
    assert check(entry.model.name, "W_hh", formula=f"2 * ({code(entry.statement.right)})").verdict == "disagrees"
