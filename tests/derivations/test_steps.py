"""Derivations line by line: a wrong line in the middle is found, whatever the last line says."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from sympy import ZeroMatrix

from derivations.algebra.terms import Grad, T, i, product, t, transpose
from derivations.catalog import catalog
from derivations.checking.gradients import ModelSuite, Values
from derivations.checking.mutants import mutants
from derivations.checking.steps import Lines
from derivations.checking.verdict import FAIL, INVALID, PASS
from derivations.entry import Statement, Step
from derivations.models.rnn import h, n, o, x

ENTRIES = {slug: entry for slug, entry in catalog().items() if isinstance(entry.suite, ModelSuite) and entry.kind != "definition" and getattr(entry.suite, "exact", True)}


def lines_of(entry):
    return Lines(entry, Values, "tanh" if entry.slug == "rnn.tanh.dtanh" else "phi", entry.suite.lengths)


@pytest.mark.parametrize("slug", ENTRIES)
def test_every_line_of_a_derivation_holds(slug):
    judgement = lines_of(ENTRIES[slug]).judge(ENTRIES[slug].statement)
    assert judgement.verdict == PASS, judgement.detail


@pytest.mark.parametrize("slug", ["rnn.linear.grad_o", "rnn.tanh.grad_z", "rnn.tanh.grad_s", "rnn.tanh.jacobian_product", "rnn.tanh.ds_dW"])
def test_a_wrong_line_is_found(slug):
    entry = ENTRIES[slug]
    for place, step in enumerate(entry.steps[:-1]):
        for mutant in mutants(SimpleNamespace(statement=step.statement, extra_mutants=()), entry.model):
            steps = (*entry.steps[:place], Step(mutant.statement, step.reason), *entry.steps[place + 1:])
            judgement = lines_of(replace(entry, steps=steps)).judge(entry.statement)
            assert judgement.verdict == FAIL and f"Line {place + 1}" in judgement.detail, f"{mutant.name}: {judgement.detail}"


def test_a_wrong_claim_at_the_end_is_found():
    entry = ENTRIES["rnn.linear.grad_h"]
    assert lines_of(entry).judge(entry.statement.with_right(product(-1, entry.statement.right))).verdict == FAIL


def with_line(left, right):
    entry = ENTRIES["rnn.linear.grad_h"]
    return replace(entry, steps=(Step(Statement(left, "=", right), entry.steps[0].reason),))


def test_a_line_about_a_variable_without_range_is_refused():
    entry = with_line(h[i], h[i])
    judgement = lines_of(entry).judge(entry.statement)
    assert judgement.verdict == FAIL and "without a range" in judgement.detail


def test_a_line_that_no_wrong_variant_contradicts_says_nothing():
    entry = with_line(Grad(h[T + 1]), ZeroMatrix(n, 1))
    assert lines_of(entry).judge(entry.statement).verdict == INVALID


def test_a_state_past_the_end_may_only_meet_a_vanishing_adjoint():
    vanishing = product(h[t + 1], transpose(Grad(o[t + 1])))
    entry = with_line(vanishing, product(h[t + 1], transpose(Grad(o[t + 1]))))
    assert lines_of(entry).judge(entry.statement).verdict == PASS
    alone = with_line(product(h[t + 1], transpose(x[t])), product(h[t], transpose(x[t])))
    assert lines_of(alone).judge(alone.statement).verdict == FAIL
