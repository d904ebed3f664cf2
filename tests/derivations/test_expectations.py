"""Expectations: the integrals against known values, statements that must not pass, and every line of the derivations."""

import subprocess
import sys

import pytest
from mpmath import mp
from sympy import Integer, Rational, Symbol, sqrt

from derivations import critical, initialization, meanfield
from derivations.algebra.expectations import ChiSquared, Expect, Normal, SeluConstant, Uniform
from derivations.algebra.scalars import Applied, Digits, Squared, Times
from derivations.algebra.typeset import latex, to_mathml
from derivations.checking.arithmetic import NoValue
from derivations.checking.evaluate import value
from derivations.checking.decay import by_iteration, by_series
from derivations.checking.expectations import closed, exact_integral, quadratures, sampling
from derivations.checking.meanfield import BIAS, WEIGHT
from derivations.checking.quadrature import Integrating, OtherRule
from derivations.checking.scalars import Check
from derivations.checking.verdict import FAIL, PASS, UNCHECKED
from derivations.critical import tanh_decay
from derivations.entry import Statement
from derivations.meanfield import backward, forward

z = Symbol("z", real=True)
RELU = Expect(Squared(Applied("relu", z, 0)), z, Normal(Integer(1)))
TANH = Expect(Squared(Applied("tanh", z, 0)), z, Normal(Integer(1)))
ALL = (*quadratures(), sampling(1), exact_integral())


def judged(decider, statement):
    return Check(*decider, statement, {}).judge(statement).verdict


@pytest.mark.parametrize("decider", ALL, ids=lambda pair: pair[0])
def test_a_true_expectation_passes_and_a_wrong_one_fails(decider):
    assert judged(decider, Statement(RELU, "=", Rational(1, 2))) == PASS
    assert judged(decider, Statement(RELU, "=", Rational(51, 100))) == FAIL


@pytest.mark.parametrize("decider", quadratures(), ids=lambda pair: pair[0])
def test_printed_digits_are_decided_to_the_last_one(decider):
    assert judged(decider, Statement(TANH, "=", Digits("394294490397841", -1))) == PASS
    assert judged(decider, Statement(TANH, "=", Digits("394294490397842", -1))) == FAIL
    # A value on the border of its last digit has no digits that could be printed.
    assert judged(decider, Statement(RELU, "=", Digits("5", -1))) == UNCHECKED


def test_what_cannot_be_decided_is_not_passed():
    assert judged(exact_integral(), Statement(TANH, "=", Rational(2, 5))) == UNCHECKED
    assert judged(sampling(1), Statement(SeluConstant("alpha"), "=", SeluConstant("alpha"))) == UNCHECKED
    anything = Expect(Squared(Applied("phi", z, 0)), z, Normal(Integer(1)))
    assert all(judged(decider, Statement(anything, "=", Integer(1))) == UNCHECKED for decider in ALL)


def test_the_two_quadratures_agree_on_every_law():
    for term in (TANH, Expect(z**2, z, Uniform(sqrt(3))), Expect(z, z, ChiSquared(Integer(7)))):
        one, other = (rule().mean(term, {}) for rule in (Integrating, OtherRule))
        assert abs(one - other) < mp.mpf(10) ** -28


def test_the_exact_integral_of_a_uniform_law():
    assert closed(Times(3, Expect(z**2, z, Uniform(Integer(2))))) == 4


def test_a_layer_that_is_enumerated_and_sampled_refuses_wrong_recursions():
    for entry in (forward(), backward()):
        checks = entry.suite.checks(entry)
        assert [check.judge(entry.statement).verdict for check in checks] == [PASS, PASS]
        for mutant in entry.suite.mutants(entry):
            assert [check.judge(mutant.statement).verdict for check in checks] == [FAIL, FAIL], mutant.name


def test_the_power_law_is_decided_twice():
    statement = tanh_decay().statement
    for decider in (by_series(), by_iteration()):
        assert judged(decider, statement) == PASS
        assert judged(decider, statement.with_right(Rational(1, 3))) == FAIL


def test_an_expectation_prints_its_law_below():
    assert latex(RELU) == r"\operatorname*{E}_{z \sim \mathcal{N}(0,1)} [\operatorname{ReLU}^2(z)]"


ENTRIES = {entry.slug: entry for topic in (initialization, meanfield, critical) for entry in topic.entries()}
POINT = {initialization.q: Rational(5, 4), initialization.n: Integer(7), initialization.n_in: Integer(5), initialization.n_out: Integer(9), initialization.slope: Rational(1, 3),
         initialization.bound: Rational(3, 4), WEIGHT: Rational(3, 2), BIAS: Rational(1, 3), critical.chi: Rational(4, 5), critical.l: Integer(6)}  # fmt: skip
# Their lines hold a limit, a general activation, or only the claim itself with its digits.
WITHOUT_A_VALUE = {"meanfield.forward", "meanfield.chi", "meanfield.weight_gradient", "meanfield.tanh_decay", "meanfield.tanh_after_50", "meanfield.tanh_gain_chi", "meanfield.critical_tanh",
                   "meanfield.sigmoid_chi", "meanfield.tanh_square", "meanfield.tanh_slope", "meanfield.tanh_slope_square", "meanfield.sigmoid_slope_square"}  # fmt: skip


@pytest.mark.parametrize("slug", [slug for slug in ENTRIES if slug not in WITHOUT_A_VALUE])
def test_every_line_of_a_derivation_holds(slug):
    evaluated = 0
    for step in ENTRIES[slug].steps:
        latex(step.statement.sides), to_mathml(step.statement.sides)
        if step.statement.relation != "=" or isinstance(step.statement.right, Digits):
            continue
        try:
            left, right = (value(side, POINT, Integrating()) for side in (step.statement.left, step.statement.right))
        except NoValue:
            continue
        evaluated += 1
        assert abs(left - right) < mp.mpf(10) ** -12 * max(1, abs(right)), latex(step.statement.sides)
    assert evaluated


def test_the_topics_load_without_numpy():
    code = "import sys; from derivations import critical, initialization, meanfield; [m.entries() for m in (critical, initialization, meanfield)]; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
