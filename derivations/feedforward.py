"""Deep feed-forward networks: back-propagation through layers that each have weights of their own."""

from sympy import Identity

from derivations.algebra.equality import Families
from derivations.algebra.induction import downward, upward
from derivations.algebra.terms import D, Diag, Grad, Jac, Loss, Map, OrderedProduct, j, l, m, product, transpose
from derivations.entry import Entry, Range, Statement, Step
from derivations.models.feedforward import FEEDFORWARD, W, a, b, h, n, y
from derivations.publish import MODEL_LIMITS, SUITE, definition, derived
from derivations.text import Text

FAMILIES = Families(FEEDFORWARD)
LAYERS = (Range(l, 1, D),)
PAST_LAST = Text("l = D has no layer above it: there the adjoint is the slope of the loss.", "l = D 之上没有别的层：那里的伴随变量就是损失的导数。")


def slope(index):
    return Diag(Map("phi", a[index], 1))


def chain(first, last):
    """The product of the Jacobians of the layers first, first - 1, ..., last."""
    return OrderedProduct(product(slope(j), W[j]), j, first, last)


def entries():
    M = FEEDFORWARD
    grad_h = derived(M, "V604", "feedforward.grad_h", h[l], Text("What a layer receives from the layer above", "一层从上一层收到的梯度"), (Range(l, 1, D - 1),), (PAST_LAST,))
    grad_a = derived(M, "V605", "feedforward.grad_a", a[l], Text("Adjoint of the pre-activation of a layer", "一层的预激活值的伴随变量"), LAYERS)
    return (
        definition(M, "V601", "feedforward.preactivation", 0, Text("Pre-activation of a layer", "一层的预激活值"), LAYERS),
        definition(M, "V602", "feedforward.activation", 1, Text("Output of a layer", "一层的输出"), LAYERS),
        derived(M, "V603", "feedforward.grad_top", h[D], Text("Adjoint of the last layer", "最后一层的伴随变量")),
        grad_h, grad_a, _delta(),
        derived(M, "V607", "feedforward.grad_W", W[l], Text("Gradient in the weights of a layer", "对一层权重的梯度"), LAYERS),
        derived(M, "V608", "feedforward.grad_b", b[l], Text("Gradient in the bias of a layer", "对一层偏置的梯度"), LAYERS),
        derived(M, "V609", "feedforward.grad_input", h[0], Text("Gradient in the input", "对输入的梯度")),
        *_jacobians(), *_closed(),
    )


def _delta():
    value = product(slope(l), transpose(W[l + 1]), Grad(a[l + 1]))
    statement = Statement(Grad(a[l]), "=", value)
    return Entry("V606", "feedforward.delta", "identity", Text("The δ recursion: from one layer to the one below", "δ 的递推：从一层到它下面的一层"), statement, SUITE, model=FEEDFORWARD, domain=(Range(l, 1, D - 1),), assumptions=(PAST_LAST,), limits=MODEL_LIMITS,
                 uses=("feedforward.grad_a", "feedforward.grad_h"), steps=(Step(Statement(Grad(a[l]), "=", product(slope(l), Grad(h[l]))), Text("The activation acts on each unit by itself.", "激活函数逐元素作用。"), ("feedforward.grad_a",)),
                 Step(statement, Text("Insert what the layer receives from above.", "代入这一层从上面收到的梯度。"), ("feedforward.grad_h",))))


def _jacobians():
    one, many = product(slope(l), W[l]), chain(m, l + 1)

    def proof(statement):
        return upward(Jac(h[m], h[l]), statement.right, product(slope(m), W[m], Jac(h[m - 1], h[l])), Identity(n), FAMILIES, variable=m, first=l, last=D).reason

    recursion = Step(Statement(Jac(h[m], h[l]), "=", product(slope(m), W[m], Jac(h[m - 1], h[l]))), Text("Chain rule: the layer nearest to the loss stands on the left.", "链式法则：离损失最近的一层写在最左边。"), ("feedforward.jacobian",))
    common = dict(kind="identity", suite=SUITE, model=FEEDFORWARD, limits=MODEL_LIMITS)
    return (
        Entry("V610", "feedforward.jacobian", title=Text("Jacobian of one layer", "一层的雅可比矩阵"), statement=Statement(Jac(h[l], h[l - 1]), "=", one), domain=LAYERS, uses=("feedforward.activation", "feedforward.preactivation"),
              steps=(Step(Statement(h[l], "=", Map("phi", a[l])), Text("The activation gives a diagonal factor; the pre-activation is linear in the layer below.", "激活函数给出对角因子；预激活值对下一层是线性的。"), ("feedforward.activation",)),), **common),
        Entry("V611", "feedforward.jacobian_product", title=Text("Jacobian across several layers: a product of different matrices", "跨多层的雅可比矩阵：互不相同的矩阵之积"), statement=Statement(Jac(h[m], h[l]), "=", many), domain=(Range(m, 1, D), Range(l, 0, m)), proof=proof,
              uses=("feedforward.jacobian",), steps=(recursion, Step(Statement(Jac(h[m], h[l]), "=", many), Text("Induction on m, from the empty product at m = l.", "对 m 归纳，从 m = l 时的空乘积开始。"))), **common),
    )


def _closed():
    top = Loss(h[D], y[D], 1)
    recursion = product(transpose(W[l + 1]), slope(l + 1), Grad(h[l + 1]))
    closed = product(transpose(chain(D, l + 1)), top)

    def proof(statement):
        return downward(Grad(h[l]), statement.right, recursion, FAMILIES, variable=l, last=D, start=top).reason

    common = dict(kind="identity", suite=SUITE, model=FEEDFORWARD, domain=LAYERS, limits=MODEL_LIMITS)
    return (
        Entry("V612", "feedforward.grad_h_closed", title=Text("What reaches a layer: one product, no sum", "传到一层的梯度：一个乘积，没有求和"), statement=Statement(Grad(h[l]), "=", closed), proof=proof, uses=("feedforward.grad_h", "feedforward.grad_a", "feedforward.grad_top"),
              steps=(Step(Statement(Grad(h[D]), "=", top), Text("Base: the last layer meets the loss.", "奠基：最后一层直接面对损失。"), ("feedforward.grad_top",)),
                     Step(Statement(Grad(h[l]), "=", closed), Text("Step: the layer above adds one factor on the left of the transposed product.", "归纳步骤：每往上一层，转置后的乘积左端就多一个因子。"), ("feedforward.grad_h", "feedforward.grad_a"))), **common),
    )
