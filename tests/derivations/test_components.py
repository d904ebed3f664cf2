"""SymPy by components: right entries are identities of polynomials, wrong ones are not."""

import pytest

from derivations.catalog import catalog
from derivations.checking.components import PLACES, Components
from derivations.checking.polynomials import RingOps
from derivations.checking.verdict import FAIL, PASS, UNCHECKED
from derivations.checking.written_out import written_out

ENTRIES = {"rnn.linear.grad_W_hh": "phi", "rnn.linear.jacobian_power": "phi", "rnn.tanh.grad_W": "phi", "rnn.tanh.grad_z": "phi", "rnn.tanh.softmax_jacobian": "phi",
           "rnn.tanh.ds_dW": "phi", "rnn.tanh.dtanh": "tanh", "rnn.last.unrolled_W_2": "phi"}


def check_of(slug, activation=None):
    entry = catalog()[slug]
    return entry, Components(entry, activation or ENTRIES[slug], getattr(entry.suite, "lengths", ()))


@pytest.mark.parametrize("slug", ENTRIES)
def test_an_entry_is_an_identity_of_polynomials_and_its_mutants_are_not(slug):
    entry, check = check_of(slug)
    assert check.judge(entry.statement).verdict == PASS
    survivors = [m for m in entry.suite.mutants(entry)[:20] if check.judge(m.statement).verdict != FAIL]
    assert all(entry.suite.equivalent(entry, m) for m in survivors)


def test_the_slope_of_tanh_is_used_only_where_phi_is_tanh():
    entry, check = check_of("rnn.tanh.dtanh", "phi")
    assert check.judge(entry.statement).verdict == FAIL


def test_sizes_are_pairwise_different_and_at_least_two():
    assert all(len(set(sizes)) == 3 and min(sizes) >= 2 for _, sizes in PLACES)


def test_derivatives_of_polynomials_and_functions():
    ops = RingOps(["x", "y"], [], "phi")
    x, y = ops.symbols["x"], ops.symbols["y"]
    at = {symbol: ops.ring.gens.index(symbol) for symbol in (x, y)}
    assert ops.derivative(x**2 * y, at[x]) == 2 * x * y
    assert ops.derivative(ops.apply("phi", 0, x * y), at[x]) == y * ops.apply("phi", 1, x * y)
    assert ops.derivative(ops.apply("tanh", 0, x), at[x]) == 1 - ops.apply("tanh", 0, x) ** 2
    share, rest = (ops.apply("exp", 0, v) * ops.apply("reciprocal", 0, ops.apply("exp", 0, x) + ops.apply("exp", 0, y)) for v in (x, y))
    assert ops.same(share + rest, ops.one) and not ops.same(share, rest)
    assert ops.same(ops.derivative(share, at[x]), share * rest) and not ops.same(ops.derivative(share, at[x]), share)


def test_a_nudge_leaves_no_trace():
    model = written_out("tanh-rnn", 2, PLACES[0][1], "phi")
    model["grad", "s", 1]
    assert model.ops.temporary == set(model.ops.nudges)
    assert not any(x.degree(model.ops.ring.gens[place]) > 0 for (x,) in model["grad", "s", 1] for place in model.ops.nudges)


@pytest.mark.parametrize("few", [20, 30])
def test_running_out_of_symbols_is_no_pass(monkeypatch, few):
    entry, check = check_of("rnn.tanh.grad_W")
    monkeypatch.setattr("derivations.checking.polynomials.FUNCTION_VALUES", few)
    monkeypatch.setattr("derivations.checking.components.written_out", written_out.__wrapped__)
    judgement = check.judge(entry.statement)
    assert judgement.verdict == UNCHECKED and "raise FUNCTION_VALUES" in judgement.detail
