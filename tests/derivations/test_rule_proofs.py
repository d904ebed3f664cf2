"""Rules proved for all shapes: each proof holds for the rule as it stands, and fails for every wrong variant of it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from sympy import Identity, MatMul, MatrixSymbol, OneMatrix, Transpose, symbols

from derivations.algebra import rules
from derivations.algebra.adjoint import gradient
from derivations.algebra.canonical import unequal
from derivations.algebra.chain_rule import gradient_fault, jacobian_fault, loss_fault
from derivations.algebra.components import components, scalar
from derivations.algebra.indexed import NotIndexed, derivative
from derivations.algebra.rule_proofs import OPERATIONS, RULES, adjoint_fault, prove
from derivations.algebra.terms import Diag, Grad, Hadamard, Inner, Jac, Loss, Map, OrderedProduct, Power, Softmax, T, TimeSum, product, t, total, transpose
from derivations.catalog import catalog
from derivations.checking import all_shapes
from derivations.checking.all_shapes import derived_checks
from derivations.checking.mutants import mutants
from derivations.checking.verdict import FAIL, PASS, UNCHECKED
from derivations.entry import Statement
from derivations.models.rnn import LINEAR_RNN, TANH_RNN, V, W_hh, a, h, o, s, y, z

p, q = symbols("p q", integer=True, positive=True)
A, B, v, w = MatrixSymbol("A", p, q), MatrixSymbol("B", q, p), MatrixSymbol("v", p, 1), MatrixSymbol("w", p, 1)
NAMELESS = SimpleNamespace(parameters=(), hidden=(), given=(), clock=(t, T))
TERMS = [(rule, term) for rule, terms in OPERATIONS.items() for term in terms]
PROVED = {slug: entry for slug, entry in catalog().items() if derived_checks(entry)}


def variants(term):
    """Wrong variants of a term: dropped transposes and factors, exchanged factors, shifted bounds and exponents ..."""
    return [mutant.statement.right for mutant in mutants(SimpleNamespace(statement=Statement(term, "=", term), extra_mutants=()), NAMELESS)]


def changed(number, kind):
    """A pullback with one wrong variant of the rule for one kind of term."""
    def pullback(term, seed, moves):
        if not isinstance(term, kind):
            return rules.pullback(term, seed, moves)
        return [replace(found, value=(variants(found.value) + [found.value])[number]) for found in rules.pullback(term, seed, moves)]
    return pullback


def shifted(first, last):
    def pullback(term, seed, moves):
        moved = lambda found: tuple((variable, low + first, high + last) for variable, low, high in found.binders)
        return [replace(found, binders=moved(found)) for found in rules.pullback(term, seed, moves)]
    return pullback


def test_every_rule_of_the_engine_is_proved_and_no_other():
    assert set(RULES) == set(rules.REASONS)
    assert {rule: prove(rule).reason for rule in RULES} == dict.fromkeys(RULES)
    assert "no proof of a rule" in prove("determinant").reason


@pytest.mark.parametrize("rule, term", TERMS, ids=[f"{rule}-{place}" for place, (rule, _) in enumerate(TERMS)])
def test_every_wrong_variant_of_a_pullback_is_rejected(rule, term):
    seed = MatrixSymbol("G", *term.shape) if term.shape != (1, 1) else symbols("g")
    for place, right in enumerate(rules.pullback(term, seed, lambda leaf: True)):
        for wrong in variants(right.value):
            def pullback(term, seed, moves):
                found = rules.pullback(term, seed, lambda leaf: True)
                found[place] = replace(found[place], value=wrong)
                return [one for one in found if moves(one.leaf)]
            assert adjoint_fault(term, pullback), f"{wrong} was accepted for {right.value}"


@pytest.mark.parametrize("rule, term", [(rule, term) for rule, term in TERMS if rule in ("sum", "product", "hadamard")])
def test_a_missing_occurrence_is_rejected(rule, term):
    def pullback(term, seed, moves):
        return [found for found in rules.pullback(term, seed, lambda leaf: True)[:-1] if moves(found.leaf)]
    assert adjoint_fault(term, pullback)


@pytest.mark.parametrize("rule, kind", [("power", Power), ("ordered_product", OrderedProduct)])
def test_an_induction_rejects_every_wrong_variant(rule, kind):
    S, G = MatrixSymbol("S", p, p), MatrixSymbol("G", p, p)
    sample = rules.pullback(Power(S, T) if kind is Power else OrderedProduct(S, t, T, 1), G, lambda leaf: True)[0].value
    for number, wrong in enumerate(variants(sample)):
        assert "induction" in (prove(rule, changed(number, kind)).reason or ""), f"{wrong} was accepted for {sample}"


@pytest.mark.parametrize("ends", [(1, 0), (0, -1), (-1, 0), (0, 1)])
def test_sums_whose_bounds_are_off_by_one_are_rejected(ends):
    assert not prove("time_sum", shifted(*ends)).holds
    assert not prove("ordered_product", shifted(*ends)).holds


@pytest.mark.parametrize("rule, kind, change", [
    ("product", MatMul, lambda d: d.args[0] if d.is_MatAdd else product(2, d)), ("power", Power, lambda d: TimeSum(d.body, d.variable, d.first + 1, d.last)),
    ("ordered_product", OrderedProduct, lambda d: TimeSum(d.body, d.variable, d.first, d.last - 1)), ("softmax", Softmax, lambda d: product(-1, d)),
    ("transpose", Transpose, lambda d: product(2, d)),
])
def test_a_wrong_differential_is_rejected(rule, kind, change):
    def differential(term, moves):
        found = rules.differential(term, moves)
        return change(found) if isinstance(term, kind) else found
    assert "differential" in prove(rule, differential=differential).reason


def test_components_know_what_is_equal_and_what_is_not():
    g = scalar
    assert unequal(g(Inner(transpose(A), B)), g(Inner(A, transpose(B)))) is None
    assert unequal(g(product(transpose(v), Diag(w), v)), g(Inner(Hadamard(v, v), w))) is None
    assert unequal(g(product(transpose(v), Identity(p), w)), g(Inner(w, v))) is None
    assert unequal(g(Inner(v, Map("f", product(A, B, w)))), g(Inner(v, Map("f", product(A, B, v)))))
    assert unequal(g(Inner(v, Map("f", product(A, B, w)))), g(Inner(v, product(A, B, Map("f", w)))))
    assert unequal(g(Inner(product(A, B), product(A, B))), g(Inner(product(A, B), transpose(product(A, B)))))


@pytest.mark.parametrize("slug", PROVED)
def test_a_derived_entry_is_proved_and_its_mutants_are_not(slug):
    entry = PROVED[slug]
    (check,) = derived_checks(entry)
    assert check.judge(entry.statement).verdict == PASS
    witness = next(attack for attack in entry.suite.checks(entry) if attack.name == "exact witness over F_p")
    accepted = [m.statement for m in entry.suite.mutants(entry) if check.judge(m.statement).verdict != FAIL or components_accept(entry, m.statement)]
    assert all(witness.judge(statement).verdict == PASS for statement in accepted)


def components_accept(entry, statement):
    """The second way to a gradient, which uses no rule, must not accept a mutant either."""
    domain = tuple((r.variable, r.first, r.last) for r in entry.domain)
    return isinstance(statement.left, Grad) and gradient_fault(entry.model, statement.left.of, statement.right, domain) is None


def test_what_scalar_calculus_does_not_cover_is_refused():
    moving = lambda entry: (entry,) if entry.name == "v" else None
    for term in (Loss(w, v), Loss(v, w, 1)):
        with pytest.raises(NotIndexed, match="once, in its output"):
            derivative(components(term, 1, 1), moving)
    with pytest.raises(NotIndexed, match="by induction"):
        scalar(Inner(Power(product(A, B), T), Identity(p)))


def test_reciprocals_cancel_once_and_only_their_own_argument():
    one_over = Map("log", v, 1)
    assert unequal(scalar(Inner(Hadamard(one_over, v), w)), scalar(Inner(OneMatrix(p, 1), w))) is None
    assert unequal(scalar(Inner(Hadamard(one_over, Hadamard(one_over, v)), w)), scalar(Inner(one_over, w))) is None
    assert unequal(scalar(Inner(Hadamard(one_over, Hadamard(one_over, v)), w)), scalar(Inner(OneMatrix(p, 1), w)))
    assert unequal(scalar(Inner(Hadamard(one_over, w), v)), scalar(Inner(OneMatrix(p, 1), v)))


def test_prediction_minus_target_needs_targets_that_sum_to_one_and_the_whole_way_to_the_loss():
    claim, domain = total(o[t], product(-1, y[t])), ((t, 1, T),)
    assert loss_fault(TANH_RNN, z[t], claim, domain, ("y",)) is None
    assert loss_fault(TANH_RNN, z[t], claim, domain)
    assert loss_fault(TANH_RNN, z[t], total(o[t], y[t]), domain, ("y",))
    assert "later members" in loss_fault(TANH_RNN, s[t], product(V.T, claim), domain, ("y",))


def test_entries_that_are_proved_this_way_are_the_derived_ones():
    assert {"rnn.linear.grad_W_hh", "rnn.linear.grad_h", "rnn.tanh.grad_a", "rnn.tanh.grad_z", "rnn.tanh.jacobian"} <= set(PROVED)
    assert not {"rnn.linear.grad_h_closed", "rnn.last.grad_W", "rnn.last.unrolled_W_2"} & set(PROVED)


def test_the_chain_rule_in_components_rejects_wrong_gradients_without_the_rules():
    right = gradient(LINEAR_RNN, h[t], 1, T).value
    domain = ((t, 1, T),)
    assert gradient_fault(LINEAR_RNN, h[t], right, domain) is None
    assert gradient_fault(LINEAR_RNN, h[t], right.args[0], domain)
    assert gradient_fault(LINEAR_RNN, h[t], total(right.args[1], product(W_hh, Grad(h[t + 1]))), domain)
    assert "may or may not" in gradient_fault(LINEAR_RNN, h[t], right, ((t, 0, T),))
    assert jacobian_fault(TANH_RNN, s[t], a[t], Diag(Map("phi", a[t], 1)), domain) is None
    assert jacobian_fault(TANH_RNN, s[t], a[t], Diag(Map("phi", a[t])), domain)


def test_a_rule_without_proof_withholds_the_verdict(monkeypatch):
    entry = catalog()["rnn.linear.grad_x"]
    (check,) = derived_checks(entry)
    monkeypatch.setattr(all_shapes, "proved", lambda rule: prove("determinant"))
    all_shapes.derivation.cache_clear()
    judgement = check.judge(entry.statement)
    assert judgement.verdict == UNCHECKED and "'determinant' is not proved" in judgement.detail and not derived_checks(entry)
    all_shapes.derivation.cache_clear()
    assert check.judge(Statement(Jac(h[t], h[t]), "=", Identity(h[t].shape[0]))).verdict == UNCHECKED


def test_an_engine_that_loses_a_share_is_found_out_by_the_chain_rule(monkeypatch):
    entry = catalog()["rnn.linear.grad_h"]
    (check,) = derived_checks(entry)
    lost = lambda *question: replace(gradient(*question), value=gradient(*question).value.args[0])
    monkeypatch.setattr(all_shapes, "gradient", lost)
    all_shapes.derivation.cache_clear()
    judgement = check.judge(entry.statement.with_right(entry.statement.right.args[0]))
    all_shapes.derivation.cache_clear()
    assert judgement.verdict == UNCHECKED and "does not confirm" in judgement.detail
