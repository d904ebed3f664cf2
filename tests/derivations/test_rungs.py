"""The badge promises no more than the checks that passed."""

import pytest

from derivations.catalog import catalog
from derivations.checking.names import CHECKS
from derivations.rungs import PROVES, rung


def of(slug):
    entry = catalog()[slug]
    return rung(entry.kind, [check.name for check in entry.suite.checks(entry)])


def test_only_known_checks_lift_a_result():
    assert {name for names in PROVES.values() for name in names} <= set(CHECKS)
    assert rung("identity", ["proved for all shapes, says its author", "exact"]) == "numeric"


@pytest.mark.parametrize("kind, checks, wanted", [
    ("identity", ["printed formula", "exact witness over F_p", "induction over time, symbolic"], "proved"),
    ("identity", ["printed formula", "exact witness over F_p", "central differences, 50 digits"], "exact"),
    ("expectation", ["tanh-sinh quadrature", "exact integral (SymPy)"], "symbolic"),
    ("constant", ["integer arithmetic", "intervals and logarithms"], "intervals"),
    ("bound", ["search for a counter-example"], "numeric"),
    ("experiment", ["recorded runs", "exact permutation test"], "measured"),
    ("definition", ["second forward pass, 50 digits"], "defined"),
    ("identity", [], "numeric"),
])
def test_the_strongest_check_decides(kind, checks, wanted):
    assert rung(kind, checks) == wanted


@pytest.mark.parametrize("slug, wanted", [("rnn.linear.grad_W_hh", "proved"), ("experiment.adding", "measured"), ("activation.tanh.derivative", "symbolic"), ("clip.norm", "numeric"), ("number.power_0.8_50", "intervals")])
def test_results_of_the_catalog_stand_where_they_should(slug, wanted):
    assert of(slug) == wanted
