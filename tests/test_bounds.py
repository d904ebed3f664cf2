"""Attacks on bounds find violations that were planted, also where no stated case shows them, and never invent one."""

from dataclasses import replace

from sympy import Integer, Rational

from derivations import jacobian_products as topic
from derivations.algebra.scalars import Proposition, SpectralRadius, Times
from derivations.checking.bounds import attack, implication, sharp
from derivations.checking.scalars import Check
from derivations.checking.verdict import FAIL, PASS, UNCHECKED
from derivations.entry import Statement

BOUND = topic.bound().statement


def judge(decider, statement):
    """The judgement of a decider, reached as a suite reaches it."""
    return Check(*decider, BOUND, {}).judge(statement)


SEARCH, EQUAL = attack("search", topic.TERMS, (), topic._drawn), sharp("equal", topic.TERMS, topic.ATTAINED)
MASKED = implication("implication", topic.TERMS, topic.STATED[:1], topic._drawn, count=0)


def test_the_search_alone_finds_a_bound_that_is_two_per_cent_too_small():
    """No stated case helps: the violation must be reached by climbing, and 60 digits must confirm it."""
    judgement = judge(SEARCH, BOUND.with_right(Times(Rational(49, 50), BOUND.right)))
    assert judgement.verdict == FAIL and "Counter-example" in judgement.detail
    assert judge(SEARCH, BOUND).verdict == PASS


def test_the_search_alone_finds_that_the_spectral_radius_is_no_bound():
    assert judge(SEARCH, BOUND.with_right(Times(topic.gamma, SpectralRadius(topic.W)) ** topic.LAG)).verdict == FAIL


def test_a_bound_that_gives_something_away_is_not_sharp():
    assert judge(EQUAL, BOUND).verdict == PASS
    assert judge(EQUAL, BOUND.with_right(Times(Rational(1001, 1000), BOUND.right))).verdict == FAIL


def test_the_masked_nilpotent_matrix_refutes_the_spectral_radius_as_a_condition():
    claim = Statement(Proposition(Times(topic.gamma, SpectralRadius(topic.W)), "<", Integer(1)), "=>", Proposition(*topic.VANISHES))
    judgement = judge(MASKED, claim)
    assert judgement.verdict == FAIL and "second ReLU off" in judgement.where


def test_an_implication_whose_premise_never_holds_is_not_passed():
    assert judge(MASKED, topic.vanishing().statement).verdict == UNCHECKED


def test_a_bound_turned_around_is_refuted():
    assert judge(SEARCH, replace(BOUND, relation=">=")).verdict == FAIL
