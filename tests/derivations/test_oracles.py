"""The oracles of a derivative, each alone: what it rejects, where it keeps silent, and that nothing undecided is a PASS."""

from dataclasses import replace

import pytest
from mpmath import mp
from sympy import Rational

from derivations.algebra.terms import OrderedProduct, product, transpose
from derivations.catalog import catalog
from derivations.checking import balls, extended, outside, verify as verifying
from derivations.checking.attack import Attack, Block
from derivations.checking.gradients import by_autograd, by_doubles, exactly
from derivations.checking.mutants import mutants
from derivations.checking.verdict import FAIL, INVALID, PASS, UNCHECKED, Mutant
from derivations.formula.points import LONG

TINY = catalog()["rnn.last.grad_s0"]  # about 1e-21 at T = 40
WEIGHTS = catalog()["rnn.tanh.grad_W"]
FACTORS = (0, -1, 1000, 10**10, Rational(101, 100))
SHORT = ("tanh-rnn", 5, (4, 2, 3), Rational(1, 2))
ORACLES = {"differences": extended.by_differences, "complex step": extended.by_complex_step, "autograd": by_autograd}


def at(entry, compare, *places, **options):
    return Attack("oracle", entry, tuple((place, tuple(options.items())) for place in places), compare)


def scaled(entry, factor):
    return entry.statement.with_right(product(factor, entry.statement.right))


@pytest.mark.parametrize("oracle", ORACLES)
def test_tiny_gradients_at_forty_steps_are_told_apart(oracle):
    check = at(TINY, ORACLES[oracle], ("tanh-rnn-last", *LONG[0]))
    assert check.judge(TINY.statement).verdict == PASS
    assert {check.judge(scaled(TINY, factor)).verdict for factor in FACTORS} == {FAIL}


@pytest.fixture
def no_balls(monkeypatch):
    """As in the browser: python-flint is not there, and nothing that it computed is kept."""
    kept = (extended._given, extended.swept, extended._complex)
    for function in kept:
        function.cache_clear()
    monkeypatch.setattr(balls, "flint", None)
    yield
    for function in kept:
        function.cache_clear()


@pytest.mark.parametrize("oracle", ["differences", "complex step"])
def test_without_balls_the_oracles_say_the_same(oracle, no_balls):
    check = at(TINY, ORACLES[oracle], ("tanh-rnn-last", *LONG[0]))
    assert check.judge(TINY.statement).verdict == PASS
    assert {check.judge(scaled(TINY, factor)).verdict for factor in FACTORS} == {FAIL}


def test_balls_are_used_where_they_are_installed():
    assert type(balls.real(mp.mpf(1) / 3)).__module__.startswith("flint") and balls.number(balls.real(mp.mpf("0.375"))) == mp.mpf("0.375")


def test_doubles_abstain_where_rounding_hides_the_gradient():
    check = at(TINY, by_doubles, ("tanh-rnn-last", *LONG[0]))
    for statement in (TINY.statement, *(scaled(TINY, factor) for factor in (0, -1, 1000, Rational(101, 100)))):
        judgement = check.judge(statement)
        assert judgement.verdict == UNCHECKED and "could hide an error" in judgement.detail


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_doubles_decide_short_sequences_and_show_order_two(activation):
    check = at(WEIGHTS, by_doubles, SHORT, activation=activation)
    judgement = check.judge(WEIGHTS.statement)
    assert judgement.verdict == PASS and all(1.99 <= float(order) <= 2.01 for order in judgement.order.split("–"))
    assert {check.judge(scaled(WEIGHTS, factor)).verdict for factor in (*FACTORS, Rational(10003, 10000))} == {FAIL}


def test_the_order_is_read_off_the_sweep_with_fifty_digits_too():
    judgement = at(WEIGHTS, extended.by_differences, SHORT).judge(WEIGHTS.statement)
    assert judgement.verdict == PASS and judgement.order == "2.00000"


def test_a_kink_breaks_the_order_and_decides_nothing(monkeypatch):
    monkeypatch.setitem(outside.ACTIVATIONS, "tanh", lambda x: abs(x) * x)
    extended.swept.cache_clear()
    place = ("tanh-rnn-last", 3, (4, 2, 5), Rational(1, 2))
    monkeypatch.setattr(extended, "STEPS", (0, 1, 2))
    judgement = at(TINY, extended.by_differences, place).judge(TINY.statement)
    extended.swept.cache_clear()
    assert judgement.verdict == UNCHECKED and "in place of 2" in judgement.detail


def test_relu_is_tried_off_its_kink_by_name():
    check = next(check for check in WEIGHTS.suite.checks(WEIGHTS) if check.name == "outside automatic differentiation (autograd)")
    assert {sample["φ"] for sample in check.judge(WEIGHTS.statement).samples} == {"tanh", "sigmoid", "relu"}


@pytest.mark.parametrize("oracle", [*ORACLES, "doubles"])
def test_the_order_of_the_factors_and_a_transpose_matter(oracle):
    entry = catalog()["rnn.tanh.jacobian_product"]
    chain = entry.statement.right
    reversed_order = transpose(OrderedProduct(transpose(chain.body), chain.variable, chain.first, chain.last))
    check = at(entry, {**ORACLES, "doubles": by_doubles}[oracle], SHORT)
    assert check.judge(entry.statement).verdict == PASS
    assert check.judge(entry.statement.with_right(reversed_order)).verdict == FAIL
    assert check.judge(entry.statement.with_right(chain.xreplace({chain.body: transpose(chain.body)}))).verdict == FAIL


def test_autograd_notices_a_wrong_model(monkeypatch):
    """The forward pass of the model is right by definition; only a separately written one can disagree with it."""
    right = outside._PASSES["tanh-rnn"]
    monkeypatch.setitem(outside._PASSES, "tanh-rnn", lambda v, length, put: right(v, length, lambda name, index, value: put(name, index, value * 2 if name == "s" else value)))
    place = ("tanh-rnn", 4, (3, 2, 5), Rational(1, 2))
    assert at(WEIGHTS, by_autograd, place).judge(WEIGHTS.statement).verdict == FAIL
    assert at(WEIGHTS, extended.by_complex_step, place).judge(WEIGHTS.statement).verdict == FAIL


def test_where_w_is_a_multiple_of_one_a_reversed_product_is_invalid_and_sampled_again():
    entry = catalog()["rnn.linear.jacobian_power"]
    commuted = entry.statement.with_right(transpose(entry.statement.right))
    check = at(entry, exactly, ("linear-rnn", 3, (4, 2, 5)), twist="identity")
    assert check.judge(commuted).verdict == PASS, "W = c I equals its transpose"
    fate = verifying._fate(entry, (check,), Mutant("transposed", commuted))
    assert fate.verdict == "killed" and fate.invalid_at and all("W = c I" in label for label in fate.invalid_at) and "c I" not in fate.where


def test_a_mutant_that_no_sampling_tells_apart_has_survived():
    check = at(WEIGHTS, exactly, ("tanh-rnn", 3, (4, 2, 5)))
    assert verifying._fate(replace(WEIGHTS, proof=None, suite=object()), (check,), Mutant("itself", WEIGHTS.statement)).verdict == "survived"


def _raises(*_):
    raise RuntimeError("the library is out of order")


def _one_row(entry, claimed, place, bound):
    return Block(extended.difference(claimed[:1], claimed))


@pytest.mark.parametrize("compare, verdict, said", [
    (_raises, UNCHECKED, "broke off at T = 5, n = 4, d = 2, q = 3 with RuntimeError: the library is out of order"),
    (lambda *_: Block(mp.nan), INVALID, "a value that is not finite at T = 5"), (lambda *_: Block(mp.inf), INVALID, "a value that is not finite"),
    (lambda *_: Block(0, mp.nan), INVALID, "a value that is not finite"), (_one_row, UNCHECKED, "one value is a 1 x 4 block and the other a 4 x 4 block"),
])
def test_an_oracle_in_trouble_never_passes(compare, verdict, said):
    judgement = at(WEIGHTS, compare, SHORT).judge(WEIGHTS.statement)
    assert judgement.verdict == verdict and said in judgement.detail and judgement.detail.endswith(".") and judgement.detail.count("\n") == 0


def test_a_right_side_that_is_not_finite_is_invalid(monkeypatch):
    from derivations.checking import attack
    monkeypatch.setattr(attack, "side", lambda *_: [[mp.nan]])
    judgement = at(WEIGHTS, by_autograd, SHORT).judge(WEIGHTS.statement)
    assert judgement.verdict == INVALID and "not finite" in judgement.detail


def test_no_point_is_no_pass():
    judgement = at(WEIGHTS, by_autograd).judge(WEIGHTS.statement)
    assert judgement.verdict == UNCHECKED and judgement.detail == "No point was tried."


def test_a_missing_parameter_is_named():
    with pytest.raises(KeyError, match="the forward pass of lstm needs .*W_f.*, which the point does not give"):
        outside.passes("lstm", {("x", 1): mp.matrix([1]), ("h", 0): mp.matrix([1]), ("c", 0): mp.matrix([1])}, 1, {})


def test_a_missing_package_is_said(monkeypatch):
    import builtins
    true_import = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", lambda name, *rest: _missing() if name == "derivations.checking" and rest[2] == ("autograd_pass",) else true_import(name, *rest))
    judgement = at(WEIGHTS, by_autograd, SHORT).judge(WEIGHTS.statement)
    assert judgement.verdict == UNCHECKED and "a package is missing" in judgement.detail


def _missing():
    raise ImportError("No module named 'autograd'")


@pytest.mark.parametrize("oracle", [*ORACLES, "doubles"])
def test_every_generated_mutant_of_a_gradient_is_rejected_by_every_oracle_alone(oracle):
    check = at(WEIGHTS, {**ORACLES, "doubles": by_doubles}[oracle], SHORT)
    survived = [m.name for m in mutants(WEIGHTS, WEIGHTS.model) if check.judge(m.statement).verdict == PASS and not WEIGHTS.suite.equivalent(WEIGHTS, m)]
    assert survived == []
