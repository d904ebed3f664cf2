"""Highway layers, and residual blocks with an activation behind the addition: what multiplies the path around a layer."""

from sympy import Identity, OneMatrix

from derivations.algebra.adjoint import gradient
from derivations.algebra.terms import D, Diag, Grad, Hadamard, Jac, Map, l, product, total
from derivations.entry import Entry, Range, Statement, Step
from derivations.models.highway import HIGHWAY, POST, U, V, W, a, c, e, h, n, tau, u, z
from derivations.publish import MODEL_LIMITS, SUITE, definition, derived
from derivations.residual import BLOCKS, PAST_LAST
from derivations.text import Text

CLOSED = total(OneMatrix(n, 1), product(-1, tau[l]))
LEFT_OVER = total(u[l], product(-1, h[l - 1]))


def entries():
    """The published results of this topic, in the order of the page."""
    M = HIGHWAY
    return (
        definition(M, "V863", "highway.gate_preactivation", 2, Text("Pre-activation of the gate of a highway layer", "高速公路层的门的预激活值"), BLOCKS),
        definition(M, "V864", "highway.gate", 3, Text("The gate of a highway layer", "高速公路层的门"), BLOCKS),
        definition(M, "V865", "highway.output", 4, Text("A highway layer: a weighted mean of what it computes and what it received", "高速公路层：算出的量与收到的量的加权平均"), BLOCKS),
        derived(M, "V866", "highway.grad_h", h[l], Text("What a highway layer receives: the path around, and the ways through layer and gate", "高速公路层收到的梯度：绕行的一份，以及穿过该层和穿过门的两份"), (Range(l, 1, D - 1),), (PAST_LAST,)),
        derived(M, "V867", "highway.grad_u", u[l], Text("Adjoint of what the layer computes", "该层所算出的量的伴随变量"), BLOCKS),
        derived(M, "V868", "highway.grad_a", a[l], Text("Adjoint of the pre-activation of a highway layer", "高速公路层预激活值的伴随变量"), BLOCKS),
        _grad_tau(),
        derived(M, "V906", "highway.grad_e", e[l], Text("Adjoint of the gate's pre-activation", "门的预激活值的伴随变量"), BLOCKS),
        derived(M, "V907", "highway.grad_W", W[l], Text("Gradient in the weights of a highway layer", "对高速公路层权重的梯度"), BLOCKS),
        derived(M, "V908", "highway.grad_U", U[l], Text("Gradient in the weights of the gate", "对门的权重的梯度"), BLOCKS),
        derived(M, "V909", "highway.grad_c", c[l], Text("Gradient in the bias of the gate", "对门的偏置的梯度"), BLOCKS),
        _jacobian(), *_post(),
    )


def _grad_tau():
    statement = Statement(Grad(tau[l]), "=", Hadamard(LEFT_OVER, Grad(h[l])))
    lines = gradient(HIGHWAY, tau[l], 1, D).lines
    steps = (*(Step(Statement(line.left, "=", line.right), line.reason) for line in lines), Step(statement, Text("Both terms have the adjoint of the output as a factor.", "两项都有输出的伴随变量这个因子。"), ("highway.output",)))
    return Entry("V869", "highway.grad_tau", "identity", Text("Adjoint of the gate: the difference between its two choices", "门的伴随变量：两种选择之差"), statement, SUITE, model=HIGHWAY, domain=BLOCKS, limits=MODEL_LIMITS, steps=steps, uses=("highway.output",))


def _jacobian():
    through = product(Diag(Hadamard(tau[l], Map("phi", a[l], 1))), W[l])
    gate = product(Diag(Hadamard(LEFT_OVER, Map("sigmoid", e[l], 1))), U[l])
    statement = Statement(Jac(h[l], h[l - 1]), "=", total(Diag(CLOSED), through, gate))
    start = Step(Statement(h[l], "=", total(Hadamard(tau[l], u[l]), Hadamard(CLOSED, h[l - 1]))), Text("Product rule: the input, what the layer computes, and the gate all move.", "乘积法则：输入、该层算出的量和门都在变。"), ("highway.output",))
    steps = (start, Step(statement, Text("The input passes what the gate leaves; the layer contributes its share; the gate moves the balance between the two.", "输入让过门所留下的部分；该层贡献自己的一份；门则移动两者之间的权重。"), ("highway.gate", "highway.gate_preactivation", "residual.activation")))
    return Entry("V910", "highway.jacobian", "identity", Text("Jacobian of a highway layer", "高速公路层的雅可比矩阵"), statement, SUITE, model=HIGHWAY, domain=BLOCKS, limits=MODEL_LIMITS, steps=steps, uses=("highway.output",), sources=("srivastava2015",))


def _post():
    branch = product(V[l], Diag(Map("phi", a[l], 1)), W[l])
    statement = Statement(Jac(h[l], h[l - 1]), "=", product(Diag(Map("phi", z[l], 1)), total(Identity(n), branch)))
    steps = (Step(Statement(Jac(h[l], z[l]), "=", Diag(Map("phi", z[l], 1))), Text("The activation behind the addition acts entry by entry.", "相加之后的激活函数逐元素起作用。")),
             Step(Statement(Jac(z[l], h[l - 1]), "=", total(Identity(n), branch)), Text("The sum has the Jacobian of a residual block.", "和的雅可比矩阵与残差块的相同。"), ("residual.jacobian",)),
             Step(statement, Text("Chain rule: the slopes of the activation stand in front of the identity too.", "链式法则：激活函数的导数也乘在单位矩阵前面。")))
    return (
        definition(POST, "V911", "post.sum", 2, Text("The sum before the activation", "激活之前的和"), BLOCKS), definition(POST, "V912", "post.output", 3, Text("An activation behind the addition", "相加之后的激活函数"), BLOCKS),
        Entry("V913", "post.jacobian", "identity", Text("Jacobian of a block with an activation behind the addition: the identity is masked", "相加之后再激活的残差块的雅可比矩阵：单位矩阵被掩码"), statement, SUITE, model=POST, domain=BLOCKS, limits=MODEL_LIMITS, steps=steps,
              uses=("residual.jacobian",), sources=("he2016", "he2016identity")),
    )
