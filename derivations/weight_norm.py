"""Weight normalization: the length of a weight vector as a parameter of its own, and what that removes from the gradient."""

from dataclasses import replace

from sympy import Integer

from derivations.algebra.adjoint import gradient
from derivations.algebra.terms import Grad, Inner, Power, T, product, t, total, transpose
from derivations.checking.gradients import ModelSuite
from derivations.entry import Entry, Statement, Step
from derivations.models.weight_norm import WEIGHT_NORM, g, q, r, v, w
from derivations.publish import MODEL_LIMITS, ONE_TO_T, SUITE, definition, derived
from derivations.text import Text

NOT_ZERO = Text("The direction is not the zero vector.", "方向向量不为零。")
COMMON = dict(kind="identity", model=WEIGHT_NORM, domain=ONE_TO_T, assumptions=(NOT_ZERO,), limits=MODEL_LIMITS)


class _Numbers(ModelSuite):
    """Exchanging two factors that are numbers is no mistake."""

    def equivalent(self, entry, mutant):
        said, meant = mutant.statement.right.args, entry.statement.right.args
        moved = [pair for pair in zip(said, meant) if pair[0] != pair[1]]
        if len(moved) == 2 and moved[0] == moved[1][::-1] and {getattr(x, "shape", None) for x in moved[0]} == {(1, 1)}:
            return "Both factors are numbers, and numbers commute."
        return super().equivalent(entry, mutant)


def entries():
    """The published results of this topic, in the order of the page."""
    M = WEIGHT_NORM
    return (
        definition(M, "V840", "weightnorm.square", 0, Text("Squared length of the direction", "方向向量的长度的平方")),
        definition(M, "V841", "weightnorm.scale", 1, Text("One over the length of the direction", "方向向量的长度的倒数")),
        replace(definition(M, "V842", "weightnorm.weights", 2, Text("Weight normalization: direction times length", "权重归一化：方向乘以长度")), suite=_Numbers()),
        definition(M, "V843", "weightnorm.preactivation", 3, Text("Pre-activations of a unit over the examples", "一个单元在各样本上的预激活值")),
        derived(M, "V844", "weightnorm.grad_w", w[t], Text("Adjoint of the normalized weights", "归一化之后的权重的伴随变量"), ONE_TO_T),
        _length(), _direction(), _lengthens(),
    )


def engine(of, *uses):
    """What the adjoint engine derives for one quantity of the model, as a step."""
    found = gradient(WEIGHT_NORM, of, 1, T)
    return Step(Statement(found.lines[-1].left, "=", found.lines[-1].right), found.lines[-2].reason, uses)


def _length():
    statement = Statement(Grad(g[t]), "=", product(r[t], transpose(v[t]), Grad(w[t])))
    steps = (engine(g[t], "weightnorm.weights"), Step(statement, Text("The reciprocal length is a number, so its transpose is itself.", "长度的倒数是一个数，转置就是它自己。")))
    return Entry("V845", "weightnorm.grad_g", title=Text("Gradient in the length: the component along the direction", "对长度的梯度：沿方向向量的分量"), statement=statement, suite=SUITE, steps=steps, uses=("weightnorm.weights",), **COMMON)


def _direction():
    received = Grad(w[t])
    removed = product(Integer(-1), v[t], Power(r[t], 2), transpose(v[t]), received)
    statement = Statement(Grad(v[t]), "=", product(total(received, removed), r[t], g[t]))
    square = Statement(Grad(q[t]), "=", product(Integer(-1) / 2, Power(r[t], 3), g[t], transpose(v[t]), received))
    steps = (engine(r[t], "weightnorm.weights"), engine(q[t], "weightnorm.scale"),
             Step(square, Text("The derivative of one over a root is minus one half of its third power.", "平方根倒数的导数，是它自己三次方的负二分之一。")), engine(v[t], "weightnorm.square"),
             Step(statement, Text("The squared length holds v twice, which cancels the half. What is left is the direct way minus its component along v; r is one over the length.", "长度的平方含有两个 v，抵消了二分之一。剩下的是直接的一份减去它沿 v 的分量；r 是长度的倒数。")))
    return Entry("V846", "weightnorm.grad_v", title=Text("Gradient in the direction: one component is removed, the rest is scaled", "对方向的梯度：去掉一个分量，其余缩放"), statement=statement, suite=_Numbers(), steps=steps, uses=("weightnorm.weights",), sources=("salimans2016",), **COMMON)


def _lengthens():
    moved = total(v[t], product(Integer(-1), Grad(v[t])))
    statement = Statement(Inner(moved, moved), "=", total(Inner(v[t], v[t]), Inner(Grad(v[t]), Grad(v[t]))))
    steps = (Step(statement, Text("The weights do not change when v is multiplied by a positive number, so the gradient is orthogonal to v. Pythagoras.", "v 乘以正数，权重不变，所以梯度与 v 正交。再用勾股定理。"), ("weightnorm.grad_v",)),)
    step = Text("One step of gradient descent with the learning rate one.", "学习率为一的一步梯度下降。")
    return Entry("V847", "weightnorm.lengthens", title=Text("The direction is orthogonal to its gradient: a step makes it longer", "方向向量与其梯度正交：走一步就变长"), statement=statement, suite=ModelSuite(numeric=False, exact=False), steps=steps, uses=("weightnorm.grad_v",),
                 **COMMON | {"assumptions": (NOT_ZERO, step)})
