"""The rules of matrix calculus: for every operation its differential and, beside it, the adjoint of that differential.

``differential(e)`` answers "how does e move when one quantity moves", ``pullback`` answers "which factor G' makes
<G, de> = <G', dv>". That the two sides of a rule belong together, <G, de> = <G', dv>, is proved once per rule in
``derivations.algebra.rule_proofs``; nothing else in the engine is trusted.
"""

from dataclasses import dataclass

from sympy import Identity, MatAdd, MatMul, MatrixExpr, MatrixSymbol, OneMatrix, Transpose, ZeroMatrix, sympify

from derivations.algebra.terms import (Diag, Diff, Grad, Hadamard, Inner, Jac, Loss, Map, OrderedProduct, Power, Slot, Softmax, TimeSum, fresh,
                                       product, substitute, total, transpose)
from derivations.text import Text

REASONS = {
    "sum": Text("The differential of a sum is the sum of the differentials.", "和的微分等于微分的和。"),
    "product": Text("Move a factor across the inner product: ⟨G, A B⟩ = ⟨G Bᵀ, A⟩ = ⟨Aᵀ G, B⟩.", "把因子移到内积的另一侧：⟨G, A B⟩ = ⟨G Bᵀ, A⟩ = ⟨Aᵀ G, B⟩。"),
    "transpose": Text("Transposing both sides keeps an inner product.", "内积的两侧同时转置，值不变。"),
    "hadamard": Text("An elementwise factor may change sides: ⟨G, A ∘ B⟩ = ⟨G ∘ A, B⟩.", "逐元素的因子可以换到另一侧：⟨G, A ∘ B⟩ = ⟨G ∘ A, B⟩。"),
    "elementwise": Text("An elementwise function has the diagonal Jacobian diag(φ′).", "逐元素函数的雅可比矩阵是对角矩阵 diag(φ′)。"),
    "power": Text("The product rule, once for each factor of the power.", "对幂中的每个因子各用一次乘积法则。"),
    "time_sum": Text("A sum over time is differentiated term by term.", "对时间的求和可以逐项求微分。"),
    "ordered_product": Text("The product rule for one factor; those to its left and right stay where they are.", "对其中一个因子用乘积法则，左右两侧的因子保持原位。"),
    "softmax": Text("The Jacobian of softmax is diag(o) − o oᵀ, a symmetric matrix.", "softmax 的雅可比矩阵是 diag(o) − o oᵀ，它是对称的。"),
    "loss": Text("The chain rule at the output of one time step.", "在一个时间步的输出处用链式法则。"),
}


@dataclass(frozen=True)
class Contribution:
    """What one occurrence of ``leaf`` receives: ``value``, once for every index in the ranges of ``binders``.

    ``binders`` are (variable, first, last) of the sums and products around the leaf; ``rules`` name the rules applied on the way down.
    """

    leaf: MatrixExpr
    value: MatrixExpr
    binders: tuple = ()
    rules: tuple[str, ...] = ()


def is_leaf(term):
    return isinstance(term, (Slot, MatrixSymbol, Grad, Jac, Diff))


def differential(term, moves):
    """The differential of ``term`` when exactly the leaves accepted by ``moves(leaf)`` move; None when it stands still."""
    if is_leaf(term):
        return Diff(term) if moves(term) else None
    if isinstance(term, MatAdd):
        parts = [part for part in (differential(a, moves) for a in term.args) if part is not None]
        return total(*parts) if parts else None
    if isinstance(term, MatMul):
        parts = []
        for place, factor in enumerate(term.args):
            moved = differential(factor, moves) if isinstance(factor, MatrixExpr) else None
            if moved is not None:
                parts.append(product(*term.args[:place], moved, *term.args[place + 1:]))
        return total(*parts) if parts else None
    if isinstance(term, (Hadamard, Inner)):
        left, right = term.args
        kind = type(term)
        parts = [kind(d, right) for d in [differential(left, moves)] if d is not None]
        parts += [kind(left, d) for d in [differential(right, moves)] if d is not None]
        return total(*parts) if parts else None
    if isinstance(term, Power):
        moved = differential(term.base, moves)
        if moved is None:
            return None
        r = fresh(term.free_symbols)
        return TimeSum(product(Power(term.base, r), moved, Power(term.base, term.exponent - 1 - r)), r, 0, term.exponent - 1)
    inner = {Transpose: "arg", Map: "argument", Softmax: "argument", Loss: "output", TimeSum: "body", OrderedProduct: "body"}
    for kind, name in inner.items():
        if isinstance(term, kind):
            moved = differential(getattr(term, name), moves)
            return None if moved is None else _unary_differential(term, moved)
    return None


def _unary_differential(term, moved):
    if isinstance(term, Transpose):
        return transpose(moved)
    if isinstance(term, Map):
        return Hadamard(Map(term.function, term.argument, term.order + 1), moved)
    if isinstance(term, Softmax):
        return product(softmax_jacobian(term), moved)
    if isinstance(term, Loss):
        return Inner(Loss(term.output, term.target, 1), moved)
    if isinstance(term, TimeSum):
        return TimeSum(moved, term.variable, term.first, term.last)
    r = fresh(term.free_symbols | term.body.free_symbols | moved.free_symbols)
    before = OrderedProduct(term.body, term.variable, term.first, r + 1)
    after = OrderedProduct(term.body, term.variable, r - 1, term.last)
    return TimeSum(product(before, substitute(moved, {term.variable: r}), after), r, term.last, term.first)


def softmax_jacobian(softmax):
    """diag(o) - o o^T for o = softmax(z)."""
    return total(Diag(softmax), product(-1, softmax, transpose(softmax)))


def pullback(term, seed, moves, binders=(), rules=()):
    """Contributions of all moving leaves of ``term`` when ``seed`` is the adjoint of ``term`` (same shape)."""
    if is_leaf(term):
        return [Contribution(term, seed, binders, rules)] if moves(term) else []
    if isinstance(term, TimeSum):
        return pullback(term.body, seed, moves, binders + ((term.variable, term.first, term.last),), rules + ("time_sum",))
    if isinstance(term, OrderedProduct):
        r = fresh(term.free_symbols | term.body.free_symbols | sympify(seed).free_symbols)
        before = OrderedProduct(term.body, term.variable, term.first, r + 1)
        after = OrderedProduct(term.body, term.variable, r - 1, term.last)
        adjoint = product(transpose(before), seed, transpose(after))
        return pullback(substitute(term.body, {term.variable: r}), adjoint, moves, binders + ((r, term.last, term.first),), rules + ("ordered_product",))
    return [found for child, adjoint, rule in _adjoints(term, seed) for found in pullback(child, adjoint, moves, binders, rules + (rule,))]


def _adjoints(term, seed):
    """For each child of an operation: (child, adjoint of the child, name of the rule)."""
    if isinstance(term, MatAdd):
        return [(child, seed, "sum") for child in term.args]
    if isinstance(term, MatMul):
        scalars = [f for f in term.args if not isinstance(f, MatrixExpr)]
        factors = [f for f in term.args if isinstance(f, MatrixExpr)]
        return [(factor, product(*scalars, *[transpose(f) for f in reversed(factors[:place])], seed, *[transpose(f) for f in reversed(factors[place + 1:])]), "product")
                for place, factor in enumerate(factors)]
    if isinstance(term, Transpose):
        return [(term.arg, transpose(seed), "transpose")]
    if isinstance(term, Hadamard):
        left, right = term.args
        return [(left, Hadamard(right, seed), "hadamard"), (right, Hadamard(left, seed), "hadamard")]
    if isinstance(term, Map):
        derivative = Map(term.function, term.argument, term.order + 1)
        adjoint = product(Diag(derivative), seed) if term.shape[1] == 1 else Hadamard(derivative, seed)
        return [(term.argument, adjoint, "elementwise")]
    if isinstance(term, Softmax):
        return [(term.argument, product(softmax_jacobian(term), seed), "softmax")]
    if isinstance(term, Loss):
        return [(term.output, product(Loss(term.output, term.target, 1), seed), "loss")]
    if isinstance(term, Power):
        flipped = transpose(term.base)
        r = fresh(term.free_symbols | sympify(seed).free_symbols)
        body = product(Power(flipped, r), seed, Power(flipped, term.exponent - 1 - r))
        return [(term.base, TimeSum(body, r, 0, term.exponent - 1), "power")]
    if isinstance(term, Inner):
        left, right = term.args
        return [(left, product(seed, right), "product"), (right, product(seed, left), "product")]
    if isinstance(term, (Identity, OneMatrix, ZeroMatrix)) or not term.args:
        return []
    raise ValueError(f"There is no differentiation rule for {type(term).__name__} (in {term}): add one to derivations/algebra/rules.py, with its proof.")
