"""The induction prover, calibrated: on about a thousand variants of one closed form it accepts exactly the true ones."""

from itertools import product as combinations

import pytest
from sympy import Integer

from derivations.algebra import terms as a
from derivations.algebra.equality import Families
from derivations.algebra.induction import downward
from derivations.algebra.terms import Grad, Power, T, TimeSum, i, product, t, transpose
from derivations.catalog import catalog
from derivations.checking.compiled import Environment, compiled
from derivations.checking.gradients import Values
from derivations.checking.ops import Undefined
from derivations.formula.points import SMALL, point
from derivations.models.rnn import LINEAR_RNN, W_hh, W_qh, h, o

LOWER = (Integer(1), t - 1, t, t + 1, t + 2)
UPPER = (T - 1, T, T + 1)
EXPONENT = (T - i - 1, T - i, T - i + 1, i - t - 1, i - t, i - t + 1)
INDEX = (T + t - i - 1, T + t - i, T + t - i + 1, i - 1, i, i + 1)
MATRIX = (transpose(W_hh), W_hh)
RECURSION = catalog()["rnn.linear.grad_h"].statement.right
PLACES = [point("linear-rnn", length, sizes) for length, sizes in SMALL[:5]]
ENVIRONMENTS = [Environment(place.ops, Values(place), place.sizes, place.length) for place in PLACES]


def variants():
    for lower, upper, exponent, index, matrix in combinations(LOWER, UPPER, EXPONENT, INDEX, MATRIX):
        yield TimeSum(product(Power(matrix, exponent), transpose(W_qh), Grad(o[index])), i, lower, upper)


def is_true(claim):
    """The claim at T = 1 ... 5 and every t, exactly, against forward-mode differentiation."""
    value = compiled(claim)
    for env in ENVIRONMENTS:
        for step in range(1, env.length + 1):
            try:
                if value(env, {a.T: env.length, t: step}) != env.find(("grad", "h", step)):
                    return False
            except Undefined:
                return False
    return True


def test_the_prover_accepts_exactly_the_true_variants():
    families = Families(LINEAR_RNN)
    claims = list(variants())
    proved = {claim for claim in claims if downward(Grad(h[t]), claim, RECURSION, families).holds}
    true = {claim for claim in claims if is_true(claim)}
    assert len(claims) == 1080
    assert proved - true == set(), "accepted though false"
    assert true - proved == set(), "rejected though true"
    assert len(true) >= 2


@pytest.mark.parametrize("half", ["base", "step"])
def test_a_claim_that_passes_one_half_of_the_induction_only_is_refused(half):
    """'lower limit + 1' passes the step alone; a claim that is right at t = T only passes the base alone."""
    body = product(Power(transpose(W_hh), i - t), transpose(W_qh), Grad(o[i]))
    claim = TimeSum(body, i, t + 1, T) if half == "step" else TimeSum(body, i, T, T)
    reason = downward(Grad(h[t]), claim, RECURSION, Families(LINEAR_RNN)).reason
    assert reason and ("base" if half == "step" else "step") in reason
