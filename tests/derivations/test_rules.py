"""Every rule of the adjoint engine: <G, de> = <G', dv>, exactly over F_p, and the engine against SymPy's own derivatives."""

import pytest
from sympy import MatrixSymbol, Symbol, symbols

from derivations.algebra.rules import differential, pullback
from derivations.algebra.terms import Diff, Hadamard, Inner, Loss, Map, OrderedProduct, Power, Softmax, TimeSum, i, j, product, total, transpose
from derivations.checking.compiled import Environment, compiled
from derivations.checking.ops import FieldOps

p, q = symbols("p q", integer=True, positive=True)
A, B, C, S = MatrixSymbol("A", p, q), MatrixSymbol("B", q, p), MatrixSymbol("C", p, q), MatrixSymbol("S", p, p)
v, y = MatrixSymbol("v", p, 1), MatrixSymbol("y", p, 1)
SIZES = {p: 3, q: 2}
OPERATIONS = {
    "sum": (total(A, C), A), "product": (product(A, B), B), "transpose": (transpose(A), A), "hadamard": (Hadamard(A, C), A), "elementwise": (Map("phi", v), v),
    "power": (Power(S, 4), S), "time sum": (TimeSum(Power(S, i), i, 0, 3), S), "ordered product": (OrderedProduct(product(S, Power(S, j)), j, 3, 1), S),
    "softmax": (Softmax(v), v), "loss": (Loss(v, y), v), "inner product": (Inner(A, C), A),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_rule_and_its_adjoint_belong_together(name):
    term, leaf = OPERATIONS[name]
    moves = lambda found: found == leaf
    shape = lambda m: tuple(int(x) if x.is_Integer else SIZES[x] for x in m.shape)
    ops = FieldOps(7)
    draw = lambda label, rows, cols: [[ops.random(label, r, c) for c in range(cols)] for r in range(rows)]
    seed = MatrixSymbol("G", *term.shape)
    values = {("value", m.name, None): draw(m.name, *shape(m)) for m in (A, B, C, S, v, y, seed)}
    values |= {("diff", leaf.name, None): draw("d", *shape(leaf))}
    env = Environment(ops, values, SIZES, 4)
    scalar = name == "inner product"  # a scalar's adjoint is the number 1
    left = compiled(differential(term, moves) if scalar else Inner(seed, differential(term, moves)))(env, {})
    parts = []
    for found in pullback(term, 1 if scalar else seed, moves):
        share = Inner(found.value, Diff(leaf))
        for variable, low, high in found.binders:
            share = TimeSum(share, variable, low, high)
        parts.append(share)
    assert left == compiled(total(*parts))(env, {})
    assert left != compiled(product(2, total(*parts)))(env, {})


def test_an_unknown_operation_is_refused_with_a_sentence():
    from derivations.algebra.terms import Diag

    with pytest.raises(ValueError, match="no differentiation rule for Diag"):
        pullback(Diag(v), Symbol("g"), lambda found: True)
