"""Formulas that were published wrong, and usual slips, are rejected with the explanation that fits."""

import pytest
from mpmath import mp, mpf

from derivations.formula import language, names, targets
from derivations.formula.compare import compared
from derivations.formula.judge import check
from derivations.formula.points import DIGITS, long_points

LINEAR, TANH, LAST = "linear-rnn", "tanh-rnn", "tanh-rnn-last"
PUBLISHED = [  # name, model, target, formula, explanation
    ("P01", TANH, "ds_dW[t]", "sum(prod(J[j] for j in range(t, i-1, -1)) @ diag(dphi[i]) @ dW @ s[i-1] for i in range(1, t+1))", "product_bound"),
    ("P02", LINEAR, "J[t]", "W_hh.T", "transpose"),
    ("P07", LAST, "W", "diag(dphi[1]) @ prod(J[t] for t in range(T, 1, -1)).T @ ds[T] @ s[0].T", "part_first_step"),
    ("P07 in the state", TANH, "ds_dW[t]", "prod(J[j] for j in range(t, 1, -1)) @ diag(dphi[1]) @ dW @ s[0]", "part_first_step"),
    ("P08", TANH, "J[k,t]", "prod(diag(dphi[j]) @ matrix_power(W, k-t) for j in range(k, t, -1))", "power_inside"),
    ("P08 pulled apart", TANH, "J[k,t]", "prod(diag(dphi[j]) for j in range(k, t, -1)) @ matrix_power(W, k-t)", "multiple_of_identity"),
    ("P10", TANH, "J[t]", "diag(dphi[t]) @ W.T", "untransposed"),
    ("P17", TANH, "J[k,t]", "prod(J[j] for j in range(t+1, k+1))", "reversed_product"),
    ("P18", LINEAR, "J[k,t]", "elementwise_power(W_hh, k-t)", "matrix_product"),
    ("P18 as a gradient", LINEAR, "W_hh", "sum(k * diag(W_qh.T @ do[k]) @ elementwise_power(W_hh, k-1) @ diag(h[0]) for k in range(1, T+1))", "elementwise_power"),
]
SLIPS = [
    ("transpose", LINEAR, "W_hh", "sum(h[t-1] @ dh[t].T for t in range(1, T+1))", 1),
    ("missing_1_T", LINEAR, "W_qh", "sum(dl[t] @ h[t].T for t in range(1, T+1))", 2),
    ("extra_1_T", LINEAR, "W_hh", "sum(dh[t] @ h[t-1].T for t in range(1, T+1)) / T", 2),
    ("negated", TANH, "z[t]", "y[t] - o[t]", 1),
    ("factor", LINEAR, "W_qh", "0.5 * sum(do[t] @ h[t].T for t in range(1, T+1))", 1),
    ("zero", TANH, "V", "zeros(q, n)", 1),
    ("shifted", LINEAR, "W_hh", "sum(dh[t] @ h[t].T for t in range(1, T+1))", 1),
    ("shifted", "feed-forward", "W[l]", "da[l] @ h[l].T", 1),
    ("bound", TANH, "W", "sum(da[t] @ s[t-1].T for t in range(1, T))", 1),
    ("reversed_product", LAST, "s_0", "prod(J[j] for j in range(1, T+1)).T @ V.T @ dz[T]", 2),
    ("transposed", LINEAR, "h[t]", "W_hh @ dh[t+1] + W_qh.T @ do[t]", 2),
    ("phi_missing", TANH, "W", "sum(ds[t] @ s[t-1].T for t in range(1, T+1))", 1),
    ("phi_missing", TANH, "J[t]", "W", 1),
    ("phi_missing", TANH, "a[t]", "2*(0.5*ds[t])", 1),
    ("factor", TANH, "z[t]", "0.5*o[t] - 0.5*y[t]", 1),
    ("phi_extra", TANH, "b", "sum(dphi[t] * da[t] for t in range(1, T+1))", 1),
    ("swapped", TANH, "J[t]", "W @ diag(dphi[t])", 1),
    ("exponent", LINEAR, "J[k,t]", "matrix_power(W_hh, k-t+1)", 1),
    ("sign", LINEAR, "h[t]", "W_hh.T @ dh[t+1] - W_qh.T @ do[t]", 1),
    ("part_lag0", LINEAR, "W_hh", "sum(W_qh.T @ do[t] @ h[t-1].T for t in range(1, T+1))", 2),
    ("part_next_only", LINEAR, "h[t]", "W_hh.T @ dh[t+1]", 1),
    ("first_terms", LINEAR, "J[k,t]", "eye(n) if k == t else W_hh if k == t+1 else W_hh @ W_hh", 3),
]


@pytest.mark.parametrize("name, model, target, formula, explanation", PUBLISHED)
def test_published_errors_are_rejected_and_explained(name, model, target, formula, explanation):
    report = check(model, target, formula)
    assert report.verdict == "disagrees"
    assert explanation in [found.key for found in report.looks_like]


@pytest.mark.parametrize("explanation, model, target, formula, length", SLIPS)
def test_slips_are_recognised_where_they_first_show(explanation, model, target, formula, length):
    report = check(model, target, formula)
    assert report.verdict == "disagrees" and report.first["T"] == length
    assert explanation in [found.key for found in report.looks_like]


def test_a_mended_formula_is_accepted():
    for _, model, target, formula, _ in PUBLISHED:
        for found in check(model, target, formula).looks_like:
            if found.rewritten:
                assert check(model, target, found.rewritten).verdict == "agrees"


def test_the_power_of_a_matrix_is_no_elementwise_power():
    report = check(LINEAR, "J[k,t]", "W_hh**(k-t)")
    assert report.verdict == "unchecked" and "matrix_power" in report.reason.en


@pytest.mark.parametrize("factor, verdict", [("1", "agrees"), ("0", "disagrees"), ("(-1)", "disagrees"), ("1000", "disagrees"), ("1e10", "disagrees"), ("1.01", "disagrees"), ("(1 + 1e-12)", "disagrees")])
def test_a_gradient_of_1e_21_is_judged_relative_to_itself(factor, verdict):
    """P19: absolute tolerances pass all of these. The wrong ones are right up to T = 7, so that T = 40 has to find them; 50 digits do so alone."""
    right = "prod(diag(dphi[j]) @ W for j in range(T, 0, -1)).T @ V.T @ (o[T] - y[T])"
    formula = f"({right}) * (1 if T <= 7 else {factor})"
    report = check(LAST, "s_0", formula)
    assert report.verdict == verdict
    if verdict == "disagrees":
        assert report.first["T"] == 40 and mpf(report.worst.relative_error) > mpf("1e-13")
    with mp.workdps(DIGITS):
        words, vanishing = names.vocabulary(names.model_named(LAST)), long_points(LAST)[1]
        size = max(abs(entry) for line in vanishing.gradient("s", 0).rows for entry in line)
        assert mpf("1e-22") < size < mpf("1e-20")
        assert compared(language.expression(formula), vanishing, targets.target(words, "s_0"), ({}, (0,)))[0] == (verdict == "agrees")


def test_what_is_small_in_the_reals_is_wrong_in_the_field():
    """A constant off by 1e-30, and a number that is 1 modulo the prime: each is found by one arithmetic only."""
    right = "sum(dh[t] @ h[t-1].T for t in range(1, T+1))"
    nearly = check(LINEAR, "W_hh", f"({right}) * 1.000000000000000000000000000001")
    assert nearly.verdict == "disagrees" and mpf(nearly.worst.relative_error) < mpf("1e-29")
    coincidence = check(LINEAR, "W_hh", f"({right}) * (1 + {2**61 - 1})")
    assert coincidence.verdict == "disagrees" and [found.key for found in coincidence.looks_like] == ["extra_term"]
    assert check(LINEAR, "W_hh", f"{right} + (h[0] @ h[0].T) * (0 if T < 40 else 1e-1000)").verdict == "disagrees"


def test_the_shape_of_the_result_is_compared_in_letters_and_numbers():
    report = check(LINEAR, "W_hh", "sum(dh[t] @ x[t].T for t in range(1, T+1))")
    assert report.verdict == "disagrees" and report.shape == {"given": "n × d (3 × 2)", "wanted": "n × n (3 × 3)"}
    assert "your formula gives n × d (3 × 2), ∂L/∂W_hh is n × n (3 × 3)" in report.reason.en
    assert check(TANH, "U", "0").shape["given"] is None


@pytest.mark.parametrize("formula, mended", [("dh[t] @ x[t]", "x[t].T"), ("dh[t] * x[t].T", "dh[t] @ x[t].T"), ("x[t] @ dh[t]", None)])
def test_shapes_that_do_not_fit_are_refused_and_mended_where_one_edit_does(formula, mended):
    report = check(LINEAR, "W_hx", f"sum({formula} for t in range(1, T+1))")
    assert report.verdict == "unchecked" and "n × 1 (3 × 1)" in report.reason.en
    assert mended is None or any(f"`{mended}`" in found.text.en for found in report.looks_like)


def test_a_right_formula_that_exact_arithmetic_cannot_see_is_not_called_wrong():
    assert check(TANH, "a[t]", "4/(exp(a[t]) + exp(-a[t]))**2 * ds[t]").verdict == "unchecked"
    assert check(TANH, "a[t]", "2/(exp(a[t]) + exp(-a[t]))**2 * ds[t]").verdict == "disagrees"

