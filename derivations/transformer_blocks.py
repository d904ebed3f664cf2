"""Deep stacks of residual blocks with a normalization behind every addition (post-norm) or inside every branch (pre-norm)."""

from dataclasses import replace

from sympy import Identity, Integer, MatAdd, MatMul, OneMatrix

from derivations.algebra.equality import Families
from derivations.algebra.induction import downward
from derivations.algebra.terms import D, Diag, Grad, Jac, Loss, Map, OrderedProduct, j, l, product, total, transpose
from derivations.checking.gradients import ModelSuite
from derivations.entry import Entry, Range, Statement, Step
from derivations.models.blocks import POST_NORM, PRE_NORM, V, W, a, h, n, r, s, y, z
from derivations.normalization import NOT_ZERO
from derivations.publish import MODEL_LIMITS, SUITE, definition, derived
from derivations.residual import BLOCKS, PAST_LAST
from derivations.text import Text

BELOW_LAST = (Range(l, 1, D - 1),)
SEVEN = ModelSuite(lengths=(7,))  # a stack of 40 random post-norm blocks is chaotic: it loses half of the 60 digits


class _Commuting(ModelSuite):
    """One number on the diagonal commutes with every factor."""

    def equivalent(self, entry, mutant):
        if mutant.name.endswith("exchanged") and _moved(mutant.statement.right) == _moved(entry.statement.right):
            return "A multiple of the identity matrix commutes with every matrix."
        return super().equivalent(entry, mutant)


def _moved(term):
    """The term as nested tuples, with the one number of ``scaled`` at the front of its product and without the order of sums."""
    if isinstance(term, MatAdd):
        return frozenset(map(_moved, term.args))
    if isinstance(term, MatMul):
        factors = [inner for factor in term.args for inner in (_moved(factor) if isinstance(factor, MatMul) else (_moved(factor),))]
        return tuple(sorted(factors, key=lambda factor: factor != scaled(l)))
    return term


def entries():
    """The published results of this topic, in the order of the page."""
    M = POST_NORM
    return (
        _short(definition(M, "V149", "postnorm.sum", 2, Text("The sum of a block, before its normalization", "一块的和，归一化之前"), BLOCKS)),
        _short(definition(M, "V150", "postnorm.mean_square", 3, Text("Mean square of the sum", "和的均方"), BLOCKS)),
        _short(definition(M, "V151", "postnorm.output", 5, Text("Post-norm: the sum is normalized", "后置归一化：对和作归一化"), BLOCKS)),
        _grad_z(), derived(M, "V153", "postnorm.grad_h", h[l], Text("What a block of a post-norm stack receives", "后置归一化网络中一块收到的梯度"), BELOW_LAST, (PAST_LAST,)),
        _post_jacobian(), _closed(POST_NORM, "V155", "postnorm.grad_h_closed", "postnorm.jacobian", Text("Gradient through a post-norm stack", "穿过整个后置归一化网络的梯度")),
        definition(PRE_NORM, "V156", "prenorm.input", 2, Text("Pre-norm: the branch reads a normalized copy", "前置归一化：支路读取归一化后的副本"), BLOCKS),
        definition(PRE_NORM, "V157", "prenorm.output", 5, Text("Pre-norm: the stream itself is only added to", "前置归一化：主干上只做加法"), BLOCKS),
        _pre_grad_h(), _pre_jacobian(), _closed(PRE_NORM, "V160", "prenorm.grad_h_closed", "prenorm.jacobian", Text("Gradient through a pre-norm stack", "穿过整个前置归一化网络的梯度")),
    )


def _short(entry):
    return replace(entry, suite=SEVEN)


def scaled(index):
    """r_l on the diagonal: multiplication by one number."""
    return Diag(product(OneMatrix(n, 1), r[index]))


def branch(index):
    """The Jacobian of the two weight matrices with the activation between them."""
    return product(V[index], Diag(Map("phi", a[index], 1)), W[index])


def _grad_z():
    statement = Statement(Grad(z[l]), "=", product(total(Grad(h[l]), product(Integer(-1), 1 / n, h[l], transpose(h[l]), Grad(h[l]))), r[l]))
    steps = (Step(statement, Text("The gradient of RMSNorm with the sum in the place of its input: the component along the output is removed, the rest is divided by the size of the sum.", "RMSNorm 的梯度，输入换成和：去掉沿输出的分量，其余除以和的大小。"), ("norm.rms_grad_a",)),)
    return Entry("V152", "postnorm.grad_z", "identity", Text("Back through the normalization: every block divides by the size of its sum", "反向穿过归一化：每一块都除以和的大小"), statement, SUITE, model=POST_NORM, domain=BLOCKS, assumptions=(NOT_ZERO,), limits=MODEL_LIMITS, steps=steps, uses=("norm.rms_grad_a",))


def _post_jacobian():
    statement = Statement(Jac(h[l], h[l - 1]), "=", product(scaled(l), total(Identity(n), product(Integer(-1), 1 / n, h[l], transpose(h[l]))), total(Identity(n), branch(l))))
    steps = (Step(Statement(Jac(z[l], h[l - 1]), "=", total(Identity(n), branch(l))), Text("The sum has the Jacobian of a residual block.", "和的雅可比矩阵与残差块的相同。"), ("residual.jacobian",)),
             Step(statement, Text("Chain rule: the normalization stands in front, and in front of the identity too.", "链式法则：归一化乘在前面，也乘在单位矩阵前面。"), ("postnorm.grad_z",)))
    return Entry("V154", "postnorm.jacobian", "identity", Text("Jacobian of a post-norm block: the identity is multiplied too", "后置归一化块的雅可比矩阵：单位矩阵也被乘"), statement, _Commuting(), model=POST_NORM, domain=BLOCKS, assumptions=(NOT_ZERO,), limits=MODEL_LIMITS, steps=steps, uses=("postnorm.grad_z",), sources=("xiong2020",))


def _pre_grad_h():
    reading = Grad(s[l + 1])
    statement = Statement(Grad(h[l]), "=", total(Grad(h[l + 1]), product(total(reading, product(Integer(-1), 1 / n, s[l + 1], transpose(s[l + 1]), reading)), r[l + 1])))
    steps = (Step(statement, Text("The stream goes on unchanged; the branch reads it through the normalization, whose gradient is that of RMSNorm.", "主干原样向上；支路经过归一化读取它，归一化的梯度就是 RMSNorm 的梯度。"), ("prenorm.output", "norm.rms_grad_a")),)
    return Entry("V158", "prenorm.grad_h", "identity", Text("What the stream receives: everything from above, and a share divided by its size", "主干收到的梯度：上方的全部，再加上除以主干大小的一份"), statement, SUITE, model=PRE_NORM, domain=BELOW_LAST, assumptions=(NOT_ZERO, PAST_LAST), limits=MODEL_LIMITS, steps=steps, uses=("norm.rms_grad_a",))


def _pre_jacobian():
    statement = Statement(Jac(h[l], h[l - 1]), "=", total(Identity(n), product(branch(l), scaled(l), total(Identity(n), product(Integer(-1), 1 / n, s[l], transpose(s[l]))))))
    steps = (Step(statement, Text("The stream passes unchanged; the Jacobian of the branch is multiplied by that of the normalization, not the identity.", "主干原样通过；归一化的雅可比矩阵只乘支路的那一项，不乘单位矩阵。"), ("residual.jacobian", "prenorm.grad_h")),)
    return Entry("V159", "prenorm.jacobian", "identity", Text("Jacobian of a pre-norm block: the identity stays free", "前置归一化块的雅可比矩阵：单位矩阵不受影响"), statement, _Commuting(), model=PRE_NORM, domain=BLOCKS, assumptions=(NOT_ZERO,), limits=MODEL_LIMITS, steps=steps, uses=("prenorm.grad_h",), sources=("xiong2020",))


def _closed(model, id_, slug, jacobian, title):
    """The ordered product of the one-block Jacobians; what each is, the entry ``jacobian`` says."""
    top = Loss(h[D], y[D], 1)
    statement = Statement(Grad(h[l]), "=", product(transpose(OrderedProduct(Jac(h[j], h[j - 1]), j, D, l + 1)), top))
    recursion = product(transpose(Jac(h[l + 1], h[l])), Grad(h[l + 1]))

    def proof(claim):
        return downward(Grad(h[l]), claim.right, recursion, Families(model), variable=l, last=D, start=top).reason

    steps = (Step(Statement(Grad(h[D]), "=", top), Text("Base: the last block meets the loss.", "奠基：最后一块直接面对损失。")),
             Step(statement, Text("Step: the block above adds the transpose of its own Jacobian on the left.", "归纳步骤：上面一块在左端添上它自己的雅可比矩阵的转置。"), (jacobian,)))
    return Entry(id_, slug, "identity", title, statement, SUITE, model=model, domain=BLOCKS, proof=proof, assumptions=(NOT_ZERO,), limits=MODEL_LIMITS, steps=steps, uses=(jacobian,))
