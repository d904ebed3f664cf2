"""Normalization: the gradient through mean and variance, and what it removes."""

from dataclasses import replace

from sympy import Integer

from derivations.algebra.adjoint import gradient
from derivations.algebra.terms import Grad, Inner, T, product, t, total, transpose
from derivations.checking.gradients import ModelSuite
from derivations.checking.verdict import Mutant
from derivations.entry import Entry, Statement, Step
from derivations.models.normalization import LAYER_NORM, ONES, RMS_NORM, UNFOLDED_NORM, W, a, beta, gamma, h, m, n, r, s, u, v
from derivations.publish import MODEL_LIMITS, ONE_TO_T, SUITE, definition, derived
from derivations.text import Text

NO_EPSILON = Text("No ε is added under the root, and the vector is not constant.", "根号下不加 ε，且向量的各元素不全相同。")
NOT_ZERO = Text("No ε is added under the root, and the vector is not zero.", "根号下不加 ε，且向量不为零。")


class _Variance(ModelSuite):
    """Two mutants of the variance are no mistakes."""

    def equivalent(self, entry, mutant):
        if mutant.statement.right in (product(1 / n, transpose(a[t]), u[t]), product(1 / n, transpose(u[t]), a[t])):
            return "The entries of u add up to zero, so that the mean, which a has and u has not, adds nothing to the sum."
        return super().equivalent(entry, mutant)


def entries():
    """The published results of this topic, in the order of the page."""
    M = LAYER_NORM
    return (
        definition(M, "V820", "norm.mean", 1, Text("The mean over the units", "各单元的平均值")),
        definition(M, "V821", "norm.centred", 2, Text("The mean is removed", "减去平均值")),
        replace(definition(M, "V822", "norm.variance", 3, Text("The variance over the units", "各单元的方差")), suite=_Variance()),
        definition(M, "V823", "norm.scale", 4, Text("One over the standard deviation", "标准差的倒数")),
        definition(M, "V824", "norm.normalized", 5, Text("The normalized vector", "归一化后的向量")),
        definition(M, "V825", "norm.output", 6, Text("A learned scale and shift", "可学习的缩放与平移")),
        derived(M, "V826", "norm.grad_gamma", gamma, Text("Gradient in the scale", "对缩放系数的梯度")),
        derived(M, "V827", "norm.grad_beta", beta, Text("Gradient in the shift", "对平移量的梯度")),
        _with_scale(derived(M, "V828", "norm.grad_s", s[t], Text("Adjoint of the normalized vector", "归一化向量的伴随变量"), ONE_TO_T)),
        derived(M, "V829", "norm.grad_r", r[t], Text("Adjoint of the reciprocal deviation", "标准差倒数的伴随变量"), ONE_TO_T),
        derived(M, "V830", "norm.grad_v", v[t], Text("Adjoint of the variance", "方差的伴随变量"), ONE_TO_T),
        derived(M, "V831", "norm.grad_u", u[t], Text("Adjoint of the centred vector: directly and through the variance", "中心化向量的伴随变量：直接的一份与经过方差的一份"), ONE_TO_T),
        derived(M, "V832", "norm.grad_m", m[t], Text("Adjoint of the mean", "平均值的伴随变量"), ONE_TO_T),
        derived(M, "V833", "norm.grad_a", a[t], Text("Adjoint of the pre-activation: directly and through the mean", "预激活值的伴随变量：直接的一份与经过平均值的一份"), ONE_TO_T),
        _closed(), derived(M, "V835", "norm.grad_W", W, Text("Gradient in the weights before a normalization", "对归一化之前的权重的梯度")), _rms(), _pythagoras(), _mean_term(),
    )


def _with_scale(entry):
    """The entry with the published error that leaves the scale out."""
    return replace(entry, extra_mutants=(Mutant("scale forgotten", entry.statement.with_right(Grad(h[t])), "P13"),))


def without(*directions):
    """The adjoint of s_t without its components along the given vectors, each of length root n."""
    g = Grad(s[t])
    return total(g, *(product(Integer(-1), 1 / n, vector, transpose(vector), g) for vector in directions))


def _closed():
    statement = Statement(Grad(a[t]), "=", product(without(ONES, s[t]), r[t]))
    through_v = Statement(Grad(u[t]), "=", product(without(s[t]), r[t]))
    steps = (Step(through_v, Text("The way through the variance removes the component along s: insert the adjoints of the variance and of its root.", "经过方差的一份去掉沿 s 的分量：代入方差及其平方根倒数的伴随变量。"), ("norm.grad_u", "norm.grad_v", "norm.grad_r", "norm.normalized")),
             Step(statement, Text("The way through the mean removes the component along the vector of ones. The entries of s add up to zero, so the two do not disturb each other.", "经过平均值的一份去掉沿全一向量的分量。s 的各元素之和为零，所以两者互不影响。"), ("norm.grad_a", "norm.grad_m")))
    return Entry("V834", "norm.grad_a_closed", "identity", Text("The gradient through a normalization: two components are removed, the rest is scaled", "穿过归一化的梯度：去掉两个分量，其余缩放"), statement, SUITE, model=LAYER_NORM, domain=ONE_TO_T, assumptions=(NO_EPSILON,), limits=MODEL_LIMITS, steps=steps, uses=("norm.grad_a", "norm.grad_u"))


def _rms():
    statement = Statement(Grad(a[t]), "=", product(without(s[t]), r[t]))
    return Entry("V836", "norm.rms_grad_a", "identity", Text("RMSNorm: one component is removed", "RMSNorm：去掉一个分量"), statement, SUITE, model=RMS_NORM, domain=ONE_TO_T, assumptions=(NOT_ZERO,), limits=MODEL_LIMITS,
                 steps=(Step(statement, Text("Nothing is subtracted, so only the way through the mean square is left.", "没有减去平均值，只剩下经过均方的一份。"), ("norm.grad_a_closed",)),), uses=("norm.grad_a_closed",))


def _pythagoras():
    moved = total(W, product(Integer(-1), Grad(W)))
    statement = Statement(Inner(moved, moved), "=", total(Inner(W, W), Inner(Grad(W), Grad(W))))
    steps = (Step(statement, Text("Scaling W scales a, and s stays as it is: the loss does not change along W, so the gradient is orthogonal to W. Pythagoras.", "W 乘以一个正数，a 也乘以它，而 s 不变：损失沿 W 的方向不变，所以梯度与 W 正交。再用勾股定理。"), ("norm.grad_W", "norm.grad_a_closed")),)
    return Entry("V837", "norm.weights_grow", "identity", Text("Weights before a normalization are orthogonal to their gradient: a step makes them longer", "归一化之前的权重与其梯度正交：走一步，权重变长"), statement, ModelSuite(numeric=False, exact=False), model=LAYER_NORM,
                 assumptions=(NO_EPSILON, Text("One step of gradient descent with the learning rate one.", "学习率为一的一步梯度下降。")), limits=MODEL_LIMITS, steps=steps, uses=("norm.grad_W",))


def _mean_term():
    """The same layer with the mean inserted twice: the way from the variance to the mean leads nowhere."""
    lines = gradient(UNFOLDED_NORM, m[t], 1, T).lines
    from_mean = total(a[t], product(Integer(-1), ONES, m[t]))
    direct = product(Integer(-1), r[t], transpose(ONES), Grad(s[t]))
    both = Statement(Grad(m[t]), "=", total(direct, product(Integer(-2) / n, Grad(v[t]), transpose(ONES), from_mean)))
    statement = Statement(Grad(m[t]), "=", direct)
    steps = (*(Step(Statement(line.left, "=", line.right), line.reason) for line in lines), Step(both, Text("The mean stands in the normalized vector and, twice, in the variance. Collect the two equal terms.", "平均值出现在归一化的向量里，又在方差里出现两次。把相等的两项合并。")),
             Step(statement, Text("The entries of a vector without its mean add up to zero, so the second term is zero, whatever the adjoint of the variance is.", "减去平均值之后各元素之和为零，所以不论方差的伴随变量是多少，第二项都为零。"), ("norm.grad_m",)))
    return Entry("V848", "norm.mean_term", "identity", Text("The way from the variance to the mean is zero", "从方差到平均值的一项为零"), statement, SUITE, model=UNFOLDED_NORM, domain=ONE_TO_T, assumptions=(NO_EPSILON,), limits=MODEL_LIMITS, steps=steps, uses=("norm.grad_m",), sources=("ioffe2015",))
