"""The verifier: what must never pass, and what the evidence says."""

from dataclasses import replace

import pytest
from mpmath import mp
from sympy import Rational

from derivations.algebra.terms import OrderedProduct, product, transpose
from derivations.catalog import catalog
from derivations.checking.verdict import FAIL, INVALID, PASS, UNCHECKED, Judgement, Mutant
from derivations.checking.verify import verify
from derivations.entry import Entry, Statement
from derivations.text import Text


def checks_of(slug):
    entry = catalog()[slug]
    return entry, entry.suite.checks(entry)


@pytest.mark.parametrize("factor", [0, -1, 1000, 10**10, Rational(101, 100)])
def test_at_forty_steps_and_tiny_gradients_a_scaled_gradient_is_rejected(factor):
    entry, checks = checks_of("rnn.last.grad_s0")
    differences = next(check for check in checks if check.name.startswith("central"))
    assert differences.judge(entry.statement).verdict == PASS
    assert differences.judge(entry.statement.with_right(product(factor, entry.statement.right))).verdict == FAIL


def test_the_gradient_at_forty_steps_really_is_tiny():
    from derivations.checking.sides import side
    from derivations.formula.points import LONG, point
    with mp.workdps(50):
        value = side(catalog()["rnn.last.grad_s0"].statement.right, point("tanh-rnn-last", *LONG[0]), {})
    assert max(abs(x) for (x,) in value) < mp.mpf(10) ** -19


def test_reversed_order_and_a_transposed_matrix_are_rejected():
    entry = catalog()["rnn.tanh.jacobian_product"]
    chain = entry.statement.right
    reversed_order = transpose(OrderedProduct(transpose(chain.body), chain.variable, chain.first, chain.last))
    verdicts = [check.judge(entry.statement.with_right(reversed_order)).verdict for check in entry.suite.checks(entry)]
    assert verdicts[0] == FAIL and PASS not in verdicts[:2]


@pytest.mark.parametrize("right, verdict", [(Judgement(UNCHECKED, "the oracle raised"), UNCHECKED), (Judgement(INVALID, "not a number"), INVALID)])
def test_what_could_not_be_decided_never_passes(right, verdict):
    class Check:
        name = "one"

        def judge(self, statement):
            return right

    class Suite:
        def checks(self, entry):
            return (Check(),)

        def mutants(self, entry):
            return (Mutant("itself", entry.statement),)

    assert verify(replace(catalog()["rnn.linear.grad_x"], suite=Suite())).verdict == verdict


def test_a_pass_without_samples_cannot_be_built():
    with pytest.raises(ValueError, match="no sample"):
        Judgement(PASS, "fine")


def test_an_entry_without_mutants_is_not_published_and_the_sentence_names_file_and_line():
    entry = catalog()["rnn.linear.grad_x"]
    class Bare:
        checks = staticmethod(entry.suite.checks)
        mutants = staticmethod(lambda entry: ())
    outcome = verify(replace(entry, suite=Bare()))
    assert outcome.verdict != PASS
    assert any("linear_rnn.py" in reason or "publish.py" in reason for reason in outcome.reasons) and any("no mutants" in reason for reason in outcome.reasons)


def test_a_wrong_sign_in_a_derivation_fails():
    entry = catalog()["rnn.tanh.grad_z"]
    wrong = replace(entry, statement=Statement(entry.statement.left, "=", product(-1, entry.statement.right)))
    assert verify(wrong).verdict == FAIL


def test_a_check_that_cannot_fail_is_invalid():
    class Yes:
        name = "yes"

        def judge(self, statement):
            return Judgement(PASS, "always", samples=({"T": 3},))

    entry = catalog()["rnn.linear.grad_x"]
    class Suite:
        checks = staticmethod(lambda entry: (Yes(),))
        mutants = staticmethod(entry.suite.mutants)
    assert verify(replace(entry, suite=Suite())).verdict != PASS


@pytest.mark.parametrize("change, message", [
    (dict(statement="h = W h"), "no proposition"), (dict(id="12"), "three digits"), (dict(kind="guess"), "use one of"), (dict(title="x"), "Text"), (dict(domain=()), "undeclared symbol t"),
])
def test_an_ill_formed_entry_is_refused_when_it_is_built(change, message):
    entry = catalog()["rnn.linear.grad_x"]
    fields = {name: getattr(entry, name) for name in ("id", "slug", "kind", "title", "statement", "suite", "model", "domain")} | change
    with pytest.raises(ValueError, match=message):
        Entry(**fields)


def test_a_text_needs_both_languages():
    with pytest.raises(ValueError, match="zh"):
        Text("Only English", "")
