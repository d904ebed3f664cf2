"""The statements that the pages print, written in the language of the checker, are accepted; nothing right is rejected."""

from dataclasses import replace

import pytest
from mpmath import mp

from derivations.checking.forward import LOSS, basis
from derivations.formula import language, names, targets
from derivations.formula.compare import agrees_at
from derivations.formula.judge import check
from derivations.formula.points import DIGITS, exact_points, long_points
from derivations.formula.rewrite import edits
from derivations.formula.trees import edited

LINEAR, TANH, LAST = "linear-rnn", "tanh-rnn", "tanh-rnn-last"
RIGHT = [
    (LINEAR, "o[t]", "1/T * dl[t]"),
    (LINEAR, "W_qh", "sum(do[t] @ h[t].T for t in range(1, T+1))"),
    (LINEAR, "h[t]", "W_hh.T @ dh[t+1] + W_qh.T @ do[t]"),
    (LINEAR, "h[t]", "sum(matrix_power(W_hh.T, T-i) @ W_qh.T @ do[T+t-i] for i in range(t, T+1))"),
    (LINEAR, "h[t]", "sum(matrix_power(W_hh.T, k-t) @ W_qh.T @ do[k] for k in range(t, T+1))"),
    (LINEAR, "W_hx", "sum(dh[t] @ x[t].T for t in range(1, T+1))"),
    # Dive into Deep Learning, issue 2616, took this right formula for wrong: the sum is over immediate partial derivatives.
    (LINEAR, "W_hh", "sum(dh[t] @ h[t-1].T for t in range(1, T+1))"),
    (LINEAR, "W_hh", "sum(sum(matrix_power(W_hh.T, k-t) @ W_qh.T @ do[k] @ h[t-1].T for k in range(t, T+1)) for t in range(1, T+1))"),
    (LINEAR, "W_hh", "sum(matrix_power(W_hh.T, k-t) @ W_qh.T @ do[k] @ h[t-1].T for k in range(1, T+1) for t in range(1, k+1))"),
    (LINEAR, "h[T]", "W_qh.T @ do[T]"),
    (LINEAR, "W_hh", "(sum(h[t] @ dh[t+1].T for t in reversed(range(T)))).T"),
    (LINEAR, "x[t]", "W_hx.T @ dh[t]"),
    (LINEAR, "h_0", "W_hh.T @ dh[1]"),
    (LINEAR, "J[t]", "W_hh"),
    (LINEAR, "J[k,t]", "matrix_power(W_hh, k-t)"),
    (LINEAR, "J[k,t]", "prod(J[j] for j in range(t+1, k+1))"),  # reversed, and right: all factors are equal
    (LINEAR, "dh_dW[t]", "sum(matrix_power(W_hh, t-i) @ dW @ h[i-1] for i in range(1, t+1))"),
    (TANH, "o[t]", "-diag(1/o[t]) @ y[t]"),
    (TANH, "z[t]", "o[t] - y[t]"),
    (TANH, "z[t]", "(diag(o[t]) - o[t] @ o[t].T) @ do[t]"),
    (TANH, "V", "sum(dz[t] @ s[t].T for t in range(1, T+1))"),
    (TANH, "c", "sum(dz[t] for t in range(1, T+1))"),
    (TANH, "s[t]", "V.T @ dz[t] + W.T @ da[t+1]"),
    (TANH, "a[t]", "diag(dphi[t]) @ ds[t]"),
    (TANH, "a[t]", "(1 - s[t]*s[t]) * ds[t]"),
    (TANH, "a[t]", "(1 - tanh(a[t])**2) * ds[t]"),
    (TANH, "U", "sum(da[t] @ x[t].T for t in range(1, T+1))"),
    (TANH, "W", "sum(outer(da[t], s[t-1]) for t in range(1, T+1))"),
    (TANH, "b", "sum(da[t] for t in range(1, T+1))"),
    (TANH, "s[0]", "W.T @ da[1]"),
    (TANH, "x[t]", "U.T @ da[t]"),
    (TANH, "J[t]", "diag(dphi[t]) @ W"),
    (TANH, "J[k, t]", "prod(diag(dphi[j]) @ W for j in range(k, t, -1))"),
    (TANH, "s[t]", "sum(prod(J[j] for j in range(k, t, -1)).T @ V.T @ dz[k] for k in range(t, T+1))"),
    (TANH, "W", "sum(diag(dphi[t]) @ prod(diag(dphi[j]) @ W for j in range(k, t, -1)).T @ V.T @ dz[k] @ s[t-1].T for k in range(1, T+1) for t in range(1, k+1))"),
    (TANH, "ds_dW[t]", "sum(prod(J[j] for j in range(t, i, -1)) @ diag(dphi[i]) @ dW @ s[i-1] for i in range(1, t+1))"),
    (LAST, "s_0", "prod(diag(dphi[j]) @ W for j in range(T, 0, -1)).T @ V.T @ (o[T] - y[T])"),
    (LAST, "W", "sum(diag(dphi[t]) @ prod(J[j] for j in range(T, t, -1)).T @ V.T @ (o[T] - y[T]) @ s[t-1].T for t in range(1, T+1))"),
    (LAST, "s[t]", "W.T @ da[t+1] if t < T else V.T @ dz[T]"),
]


@pytest.mark.parametrize("model, target, formula", RIGHT)
def test_what_the_pages_print_is_accepted(model, target, formula):
    report = check(model, target, formula)
    assert report.verdict == "agrees", report.reason or report.worst
    assert [sample["T"] for sample in report.samples] == [1, 2, 3, 4, 5, 6, 7, 40, 40, 40]


def test_single_edits_of_right_formulas_are_accepted_only_where_they_change_nothing():
    """The checker's own negative control: each edit it knows, on each formula above, about 800 in all."""
    tried, accepted = 0, []
    for model, written, formula in RIGHT:
        words, program = names.vocabulary(names.model_named(model)), language.expression(formula)
        target = targets.target(words, written)
        for edit in edits(program, words, target):
            changed, tried = replace(program, tree=edited(program.tree, edit)), tried + 1
            if agrees_at(changed, target, exact_points(model)):
                accepted.append((model, edit.key, changed.text))
    # A sum may be extended by a term that is zero (adjoints at T+1, an empty inner sum); in the linear model all Jacobians are equal.
    longer = ("range(1, T + 2)", "range(T + 1)", "range(t, T + 2)", "range(0, T + 1)", "range(t - 1, T + 1)")
    wrong = [each for each in accepted if each[:2] != ("linear-rnn", "reversed_product") and not (each[1] == "bound" and any(part in each[2] for part in longer))]
    assert tried > 700 and len(accepted) < 20 and not wrong


def test_a_formula_for_tanh_only_is_told_from_one_for_any_activation():
    assert check(TANH, "a[t]", "dphi[t] * ds[t]").any_activation is True
    assert check(TANH, "a[t]", "(1 - s[t]*s[t]) * ds[t]").any_activation is False


def test_true_values_are_those_of_one_direction_at_a_time():
    """The many-direction differentiation of this package against the forward mode of derivations.checking."""
    with mp.workdps(DIGITS):
        for place in [exact_points(TANH)[4], long_points(LAST)[1], exact_points(LINEAR)[3]]:
            state = place.words.state
            for name, index in ((place.words.recurrent, None), (state, 1), ("x", 1)):
                key, true = ("value", name, index), place.gradient(name, index).rows
                for (row, column), direction in basis(place.ops, len(true), len(true[0])):
                    moved = place.forward.directional(place.ops, place.given, place.sizes, place.length, key, direction)
                    difference = moved[LOSS][0][0] - true[row][column]
                    assert difference % (2**61 - 1) == 0 if place.exact else abs(difference) < mp.mpf(10) ** -45 * abs(true[row][column])
                    if name == state:
                        late = moved["value", state, place.length]
                        assert all(mp.almosteq(late[at][0], place.jacobian(place.length, 1).rows[at][row]) if not place.exact else late[at][0] == place.jacobian(place.length, 1).rows[at][row]
                                   for at in range(len(late)))


def test_points_obey_the_sampling_rules():
    for place in exact_points(TANH) + long_points(TANH):
        sizes = list(place.size_names.values())
        assert len({*sizes, place.length}) == len(sizes) + 1 and min(sizes) >= 2
        assert all(entry != 0 for rows in place.given.values() for line in rows for entry in line)
        for step in range(1, place.length + 1):
            total = sum(entry for (entry,) in place.value("y", step).rows)
            assert total % (2**61 - 1) == 1 if place.exact else total == 1


def test_an_index_counted_from_the_end_is_checked_where_its_step_is_computed():
    report = check(LINEAR, "h[T-1]", "W_qh.T @ do[T-1] + W_hh.T @ W_qh.T @ do[T]")
    assert report.verdict == "agrees" and [sample["T"] for sample in report.samples] == [2, 3, 4, 5, 6, 7, 40, 40, 40]


@pytest.mark.parametrize("size, verdict", [("1e45", "agrees"), ("1e400", "agrees"), ("1e1230", "unchecked")])
def test_digits_lost_to_cancellation_are_no_disagreement(size, verdict):
    """Two spellings of the same product cancel exactly; 50 digits alone would leave an error of 1e-5 and more."""
    noise = f"({size}*(W_hh @ W_hh)) @ (h[T] @ h[0].T) - {size}*(W_hh @ (W_hh @ h[T]) @ h[0].T)"
    assert check(LINEAR, "W_hh", f"sum(dh[t] @ h[t-1].T for t in range(1, T+1)) + {noise}").verdict == verdict
