"""Residual networks: the identity in every Jacobian, and what adding does to the size of the signal."""

from sympy import Identity, Integer, MatAdd, MatMul, Rational, Symbol, Transpose

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.equality import Families
from derivations.algebra.induction import downward, upward
from derivations.algebra.scalars import Exp, Plus, Ratio, Slash
from derivations.algebra.terms import D, Diag, Grad, Jac, Loss, Map, OrderedProduct, j, l, m, product, total, transpose
from derivations.checking.arithmetic import Enclosing, Extended
from derivations.checking.constants import exact
from derivations.checking.measured_bounds import below
from derivations.checking.scalars import Suite, agreement, mutants, numbers
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Range, Statement, Step
from derivations.models.residual import RESIDUAL, V, W, a, b, h, n, y
from derivations.publish import MODEL_LIMITS, SUITE, definition, derived
from derivations.text import Text

FAMILIES = Families(RESIDUAL)
BLOCKS = (Range(l, 1, D),)
PAST_LAST = Text("l = D has no block above it: there the adjoint is the slope of the loss.", "l = D 之上没有别的块：那里的伴随变量就是损失的导数。")
L = Symbol("L", integer=True, positive=True)
COUNT = Declared(L, Text("number of blocks", "块数"), domain="L \\ge 1")


def branch(index):
    """The Jacobian of what block ``index`` adds."""
    return product(V[index], Diag(Map("phi", a[index], 1)), W[index])


def step(index):
    return total(Identity(n), branch(index))


def chain(first, last):
    """The product of the Jacobians of the blocks first, first - 1, ..., last."""
    return OrderedProduct(step(j), j, first, last)


def abbreviated(term):
    """The term with each product of (I + branch) written as a product of one-step Jacobians, which the prover takes for letters."""
    if isinstance(term, OrderedProduct) and term.body == step(term.variable):
        return OrderedProduct(Jac(h[term.variable], h[term.variable - 1]), term.variable, term.first, term.last)
    return term.func(*map(abbreviated, term.args)) if getattr(term, "args", ()) and isinstance(term, (MatMul, MatAdd, Transpose)) else term


def entries():
    """The published results of this topic, in the order of the page."""
    M = RESIDUAL
    return (
        definition(M, "V850", "residual.preactivation", 0, Text("Pre-activation of a residual block", "残差块的预激活值"), BLOCKS),
        definition(M, "V851", "residual.activation", 1, Text("Activation of a residual block", "残差块的激活值"), BLOCKS),
        definition(M, "V852", "residual.output", 2, Text("A residual block adds to its input", "残差块把结果加到输入上"), BLOCKS),
        derived(M, "V853", "residual.grad_h", h[l], Text("What a block receives: everything from above, and the branch", "一块收到的梯度：上方的全部，再加上支路"), (Range(l, 1, D - 1),), (PAST_LAST,)),
        derived(M, "V854", "residual.grad_a", a[l], Text("Adjoint of the pre-activation of a residual block", "残差块预激活值的伴随变量"), BLOCKS),
        derived(M, "V855", "residual.grad_W", W[l], Text("Gradient in the inner weights of a residual block", "对残差块内层权重的梯度"), BLOCKS),
        derived(M, "V856", "residual.grad_V", V[l], Text("Gradient in the outer weights of a residual block", "对残差块外层权重的梯度"), BLOCKS),
        derived(M, "V857", "residual.grad_b", b[l], Text("Gradient in the bias of a residual block", "对残差块偏置的梯度"), BLOCKS),
        *_jacobians(), _closed(), doubling(), scaled(),
    )


def _jacobians():
    def proof(statement):
        return upward(Jac(h[m], h[l]), abbreviated(statement.right), product(Jac(h[m], h[m - 1]), Jac(h[m - 1], h[l])), Identity(n), FAMILIES, variable=m, first=l, last=D).reason

    one, many = Statement(Jac(h[l], h[l - 1]), "=", step(l)), Statement(Jac(h[m], h[l]), "=", chain(m, l + 1))
    recursion = Step(Statement(Jac(h[m], h[l]), "=", product(step(m), Jac(h[m - 1], h[l]))), Text("Chain rule: the block nearest to the loss stands on the left.", "链式法则：离损失最近的一块写在最左边。"), ("residual.jacobian",))
    common = dict(kind="identity", suite=SUITE, model=RESIDUAL, limits=MODEL_LIMITS)
    return (
        Entry("V858", "residual.jacobian", title=Text("Jacobian of a residual block: the identity plus the branch", "残差块的雅可比矩阵：单位矩阵加支路"), statement=one, domain=BLOCKS, uses=("residual.output",),
              steps=(Step(one, Text("The input passes unchanged; what the block adds contributes its own Jacobian.", "输入原样通过，这一块加上的部分贡献自己的雅可比矩阵。"), ("residual.output", "residual.activation", "residual.preactivation")),), **common),
        Entry("V859", "residual.jacobian_product", title=Text("Jacobian across several residual blocks", "跨多个残差块的雅可比矩阵"), statement=many, domain=(Range(m, 1, D), Range(l, 0, m)), proof=proof, uses=("residual.jacobian",),
              steps=(recursion, Step(many, Text("Induction on m, from the empty product at m = l.", "对 m 归纳，从 m = l 时的空乘积开始。"))), **common),
    )


def _closed():
    top = Loss(h[D], y[D], 1)
    recursion = product(transpose(Jac(h[l + 1], h[l])), Grad(h[l + 1]))
    statement = Statement(Grad(h[l]), "=", product(transpose(chain(D, l + 1)), top))

    def proof(claim):
        return downward(Grad(h[l]), abbreviated(claim.right), recursion, FAMILIES, variable=l, last=D, start=top).reason

    return Entry("V860", "residual.grad_h_closed", "identity", Text("What reaches a block: a product in which every factor holds the identity", "传到一块的梯度：每个因子都含单位矩阵的乘积"), statement, SUITE, model=RESIDUAL, domain=BLOCKS, proof=proof, limits=MODEL_LIMITS, uses=("residual.grad_h", "residual.grad_a"),
                 steps=(Step(Statement(Grad(h[D]), "=", top), Text("Base: the last block meets the loss.", "奠基：最后一块直接面对损失。")),
                        Step(statement, Text("Step: the block above adds one factor on the left of the transposed product.", "归纳步骤：每往上一块，转置后的乘积左端就多一个因子。"), ("residual.grad_h", "residual.grad_a", "residual.jacobian"))))


def doubling():
    """The mean square of independent sums with equal shares."""
    statement = Statement(Plus(1, Integer(1)) ** L, "=", Integer(2) ** L)
    claims = {f"at_{depth}": Statement(Plus(1, Integer(1)) ** depth, "=", Integer(2**depth)) for depth in (10, 20, 50)}
    claims |= {f"scaled_at_{depth}": Statement(Plus(1, Rational(1, depth)) ** depth, "=", Rational(depth + 1, depth) ** depth) for depth in (20, 50)}
    points = tuple({L: Integer(depth)} for depth in (1, 2, 3, 7, 20, 64))
    wrong = mutants(statement, one=Integer(1), counted=Integer(2) * L, one_factor_more=Integer(2) ** Plus(L, 1), one_factor_fewer=Integer(2) ** Plus(L, -1), squared=Integer(4) ** L)
    steps = (Step(statement, Text("A branch with He weights adds as much mean square as it receives, and independent of it: every block doubles the mean square.", "采用 He 权重的支路加上的均方与它收到的相等，而且与之独立：每一块都使均方加倍。"), ("init.he_gain",)),)
    return Entry("V861", "residual.doubling", "identity", Text("Branches that keep the mean square double it in every block", "支路保持均方，每一块就使均方加倍"), statement, Suite((exact("integer arithmetic", points), agreement("values with 60 digits", Extended, points, 1e-50)), wrong, claims), declared=(COUNT,),
                 assumptions=(Text("At initialization: branch and input are uncorrelated, and the branch has the mean square of its input.", "初始化时：支路与输入不相关，且支路的均方等于输入的均方。"),), steps=steps, values=numbers(claims))


def scaled():
    """(1 + 1/L)^L stays below e."""
    left = Plus(1, Slash(1, L)) ** L
    statement = Statement(left, "<", Exp(Integer(1)))
    points = tuple({L: Integer(depth)} for depth in (1, 2, 3, 10, 50, 1000, 10**6))
    wrong = mutants(statement, two=Integer(2), half=Ratio(Exp(Integer(1)), 2)) + (Mutant("one factor more", Statement(Plus(1, Slash(1, L)) ** Plus(L, 1), "<", Exp(Integer(1)))),)
    steps = (Step(Statement(left, "<", Exp(Integer(1))), Text("ln(1 + x) < x for x > 0; insert x = 1/L and multiply by L.", "x > 0 时 ln(1 + x) < x；代入 x = 1/L，再乘以 L。")),)
    return Entry("V862", "residual.scaled", "bound", Text("Branches scaled by one over the root of the depth: the mean square stays below e", "支路乘以深度平方根的倒数：均方始终小于 e"), statement, Suite((below("values with 60 digits", points), below("intervals", points, Enclosing())), wrong), declared=(COUNT,),
                 assumptions=(Text("At initialization: branch and input are uncorrelated, and the branch has one L-th of the mean square of its input.", "初始化时：支路与输入不相关，且支路的均方是输入的 L 分之一。"),), steps=steps)
