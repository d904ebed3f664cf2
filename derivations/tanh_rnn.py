"""The RNN of the textbooks: any differentiable activation, softmax and cross-entropy; unrolled, then for every T."""

from sympy import Integer, OneMatrix

from derivations.algebra.equality import Families, prove_equal
from derivations.algebra.induction import downward, upward
from derivations.algebra.terms import (Diag, Diff, Grad, Hadamard, Jac, Map, OrderedProduct, Softmax, T, TimeSum, i, j, k, product, substitute, t, total,
                                       transpose)
from derivations.algebra.adjoint import gradient
from derivations.checking.gradients import ModelSuite
from derivations.entry import Entry, Range, Statement, Step
from derivations.models.rnn import TANH_RNN, TANH_RNN_LAST, ONE_HOT, U, V, W, a, b, c, n, o, s, x, y, z
from derivations.publish import MODEL_LIMITS, ONE_TO_T, PAST_END, SUITE, definition, derived, loss_term
from derivations.text import Text

FAMILIES = Families(TANH_RNN)
TANH = Text("φ is tanh.", "φ 取 tanh。")


def slope(index):
    return Diag(Map("phi", a[index], 1))


def chain(first, last):
    """The product of the Jacobians of the steps first, first - 1, ..., last."""
    return OrderedProduct(product(slope(j), W), j, first, last)


def entries():
    M = TANH_RNN
    grad_s = derived(M, "V211", "rnn.tanh.grad_s", s[t], Text("Adjoint of the state", "隐状态的伴随变量"), ONE_TO_T, (PAST_END,))
    grad_a = derived(M, "V212", "rnn.tanh.grad_a", a[t], Text("Adjoint of the pre-activation", "预激活值的伴随变量"), ONE_TO_T)
    return (
        definition(M, "V201", "rnn.tanh.preactivation", 0, Text("Pre-activation", "预激活值")), definition(M, "V202", "rnn.tanh.state", 1, Text("State", "隐状态")),
        definition(M, "V203", "rnn.tanh.logits", 2, Text("Logits", "logit 向量")), definition(M, "V204", "rnn.tanh.output", 3, Text("Predicted probabilities", "预测概率")),
        loss_term(M, "V205", "rnn.tanh.loss", Text("Cross-entropy, summed over time", "对时间求和的交叉熵")),
        derived(M, "V206", "rnn.tanh.grad_o", o[t], Text("Adjoint of the probabilities", "概率的伴随变量"), ONE_TO_T),
        *_softmax(),
        derived(M, "V209", "rnn.tanh.grad_V", V, Text("Gradient in the output weights", "对输出权重的梯度")), derived(M, "V210", "rnn.tanh.grad_c", c, Text("Gradient in the output bias", "对输出偏置的梯度")),
        grad_s, grad_a,
        derived(M, "V213", "rnn.tanh.grad_U", U, Text("Gradient in the input weights", "对输入权重的梯度")), derived(M, "V214", "rnn.tanh.grad_W", W, Text("Gradient in the recurrent weights", "对循环权重的梯度")),
        derived(M, "V215", "rnn.tanh.grad_b", b, Text("Gradient in the state's bias", "对状态偏置的梯度")), derived(M, "V216", "rnn.tanh.grad_s0", s[0], Text("Gradient in the initial state", "对初始隐状态的梯度")),
        derived(M, "V217", "rnn.tanh.grad_x", x[t], Text("Gradient in an input", "对输入的梯度"), ONE_TO_T),
        *_jacobians(), *_every_length(grad_s, grad_a), _dtanh(), _total_derivative(), *_unrolled(), *_last(),
    )


def _softmax():
    jacobian = total(Diag(o[t]), product(-1, o[t], transpose(o[t])))
    found = gradient(TANH_RNN, z[t], 1, T)
    lines = [Step(Statement(line.left, "=", substitute(line.right, {Softmax(z[t]): o[t]})), line.reason) for line in found.lines]
    inserted = Step(Statement(Grad(z[t]), "=", product(-1, jacobian, Diag(Map("log", o[t], 1)), y[t])), Text("Insert the adjoint of the probabilities.", "代入概率的伴随变量。"), ("rnn.tanh.grad_o",))
    result = Statement(Grad(z[t]), "=", total(o[t], product(-1, y[t])))
    last = Step(result, Text("diag(o) cancels 1/o, and oᵀ(y/o) is the sum of the target's entries, which is 1.", "diag(o) 与 1/o 相消；oᵀ(y/o) 是目标向量各元素之和，等于 1。"))
    common = dict(kind="identity", suite=SUITE, model=TANH_RNN, domain=ONE_TO_T, limits=MODEL_LIMITS)
    return (
        Entry("V207", "rnn.tanh.softmax_jacobian", title=Text("Jacobian of softmax", "softmax 的雅可比矩阵"), statement=Statement(Jac(o[t], z[t]), "=", jacobian), uses=("rnn.tanh.output",),
              steps=(Step(Statement(o[t], "=", Softmax(z[t])), Text("Quotient rule, entry by entry: ∂oᵣ/∂z_c = oᵣ(δ_rc − o_c).", "逐元素用商的求导法则：∂oᵣ/∂z_c = oᵣ(δ_rc − o_c)。"), ("rnn.tanh.output",)),), **common),
        Entry("V208", "rnn.tanh.grad_z", title=Text("Softmax with cross-entropy: prediction minus target", "softmax 加交叉熵：预测减目标"), statement=result, assumptions=(ONE_HOT,),
              uses=("rnn.tanh.grad_o", "rnn.tanh.softmax_jacobian"), steps=(*lines, inserted, last), **common),
    )


def _jacobians():
    one = product(slope(t), W)
    many = chain(k, t + 1)

    def proof(statement):
        from sympy import Identity
        return upward(Jac(s[k], s[t]), statement.right, product(slope(k), W, Jac(s[k - 1], s[t])), Identity(n), FAMILIES, variable=k, first=t).reason

    recursion = Step(Statement(Jac(s[k], s[t]), "=", product(slope(k), W, Jac(s[k - 1], s[t]))), Text("Chain rule: the last step stands on the left.", "链式法则：最后一步写在最左边。"), ("rnn.tanh.jacobian",))
    common = dict(kind="identity", suite=SUITE, model=TANH_RNN, limits=MODEL_LIMITS)
    return (
        Entry("V218", "rnn.tanh.jacobian", title=Text("Jacobian of one step", "单步的雅可比矩阵"), statement=Statement(Jac(s[t], s[t - 1]), "=", one), domain=ONE_TO_T, uses=("rnn.tanh.state", "rnn.tanh.preactivation"),
              steps=(Step(Statement(s[t], "=", Map("phi", a[t])), Text("The elementwise function gives a diagonal factor; the pre-activation is linear in the previous state.", "逐元素函数给出对角因子；预激活值对前一隐状态是线性的。"), ("rnn.tanh.state",)),), **common),
        Entry("V219", "rnn.tanh.jacobian_product", title=Text("Jacobian across several steps: an ordered product", "跨多步的雅可比矩阵：有序乘积"), statement=Statement(Jac(s[k], s[t]), "=", many), domain=(Range(k, 1, T), Range(t, 0, k)), proof=proof,
              uses=("rnn.tanh.jacobian",), steps=(recursion, Step(Statement(Jac(s[k], s[t]), "=", many), Text("Induction on k, from the empty product at k = t.", "对 k 归纳，从 k = t 时的空乘积开始。"))), **common),
    )


def _every_length(grad_s, grad_a):
    recursion = substitute(grad_s.statement.right, {Grad(a[t + 1]): substitute(grad_a.statement.right, {t: t + 1})})
    closed = TimeSum(product(transpose(chain(k, t + 1)), transpose(V), Grad(z[k])), k, t, T)
    lags = TimeSum(TimeSum(product(slope(t), transpose(chain(k, t + 1)), transpose(V), Grad(z[k]), transpose(s[t - 1])), t, 1, k), k, 1, T)
    straight = TimeSum(product(slope(t), closed, transpose(s[t - 1])), t, 1, T)

    def closed_proof(statement):
        return downward(Grad(s[t]), statement.right, recursion, FAMILIES).reason

    def lag_proof(statement):
        return prove_equal(statement.right, straight, (), FAMILIES)

    common = dict(kind="identity", suite=SUITE, model=TANH_RNN, limits=MODEL_LIMITS)
    return (
        Entry("V220", "rnn.tanh.grad_s_closed", title=Text("Closed form: one product of Jacobians per lag", "闭式：每个时滞对应一个雅可比矩阵之积"), statement=Statement(Grad(s[t]), "=", closed), domain=ONE_TO_T, proof=closed_proof,
              uses=("rnn.tanh.grad_s", "rnn.tanh.grad_a"), steps=(Step(Statement(Grad(s[t]), "=", recursion), Text("One recursion for the state alone.", "只含隐状态的递推式。"), ("rnn.tanh.grad_s", "rnn.tanh.grad_a")),
              Step(Statement(Grad(s[t]), "=", closed), Text("Downward induction from t = T, where the product is empty.", "从 t = T（乘积为空）开始，向下归纳。"))), **common),
        Entry("V221", "rnn.tanh.grad_W_lags", title=Text("Gradient in the recurrent weights, lag by lag", "对循环权重的梯度：按时滞分解"), statement=Statement(Grad(W), "=", lags), proof=lag_proof,
              uses=("rnn.tanh.grad_W", "rnn.tanh.grad_a", "rnn.tanh.grad_s_closed"), steps=(Step(Statement(Grad(W), "=", TimeSum(product(slope(t), Grad(s[t]), transpose(s[t - 1])), t, 1, T)), Text("Insert the adjoint of the pre-activation.", "代入预激活值的伴随变量。"), ("rnn.tanh.grad_W", "rnn.tanh.grad_a")),
              Step(Statement(Grad(W), "=", straight), Text("Insert the closed form.", "代入闭式。"), ("rnn.tanh.grad_s_closed",)),
              Step(Statement(Grad(W), "=", lags), Text("Exchange the sums over 1 ≤ t ≤ k ≤ T.", "在 1 ≤ t ≤ k ≤ T 上交换求和次序。"))), **common),
    )


def _dtanh():
    statement = Statement(Map("phi", a[t], 1), "=", total(OneMatrix(n, 1), product(-1, Hadamard(s[t], s[t]))))
    return Entry("V222", "rnn.tanh.dtanh", "identity", Text("For tanh the slope can be read off the state", "对 tanh 而言，导数可由隐状态直接读出"), statement, ModelSuite(numeric=False), model=TANH_RNN, domain=ONE_TO_T, assumptions=(TANH,), uses=("rnn.tanh.state",), limits=MODEL_LIMITS,
                 steps=(Step(Statement(s[t], "=", Map("phi", a[t])), Text("The derivative of tanh is 1 − tanh², and tanh(a) is the state.", "tanh 的导数是 1 − tanh²，而 tanh(a) 就是隐状态。"), ("rnn.tanh.state",)),))


def _total_derivative():
    value = TimeSum(product(chain(t, i + 1), slope(i), Diff(W), s[i - 1]), i, 1, t)
    recursion = total(product(slope(t), W, Diff(s[t - 1])), product(slope(t), Diff(W), s[t - 1]))

    def proof(statement):
        from sympy import ZeroMatrix
        return upward(Diff(s[t]), statement.right, recursion, ZeroMatrix(n, 1), FAMILIES).reason

    return Entry("V223", "rnn.tanh.ds_dW", "identity", Text("Total derivative of the state in the recurrent weights", "隐状态对循环权重的全微分"), Statement(Diff(s[t]), "=", value), SUITE, model=TANH_RNN, domain=ONE_TO_T, proof=proof, uses=("rnn.tanh.jacobian",), limits=MODEL_LIMITS,
                 steps=(Step(Statement(Diff(s[t]), "=", recursion), Text("Product rule: the previous state moves, and the weights move here (the immediate part).", "乘积法则：前一隐状态在变，权重在这一步也在变（直接的部分）。"), ("rnn.tanh.jacobian",)),
                        Step(Statement(Diff(s[t]), "=", value), Text("Induction: every earlier immediate part travels through the product of Jacobians.", "归纳：每个更早的直接部分都要经过雅可比矩阵之积传过来。"))))


def _unrolled():
    """Read out at the last step, T = 1, 2, 3, written out as a student does."""
    def path(start, length):
        later = [f for m in range(start + 1, length + 1) for f in (transpose(W), slope(m))]
        return [slope(start), *later, transpose(V), total(o[length], product(-1, y[length]))]

    def written(id_, name, of, length, tail, title, shares=None):
        parts = shares or [product(*path(m, length), *tail(m)) for m in range(length, 0, -1)]
        reason = Text("One path for every step at which the parameter acts; each path multiplies the transposed Jacobians it passes.", "参数在每个时间步起作用一次，就有一条路径；每条路径乘上沿途雅可比矩阵的转置。")
        statement = Statement(Grad(of), "=", total(*parts))
        used = ("rnn.tanh.grad_z", "rnn.tanh.jacobian") if length > 1 and shares is None else ("rnn.tanh.grad_z",)
        return Entry(id_, f"rnn.last.unrolled_{name}_{length}", "identity", title, statement, ModelSuite(lengths=(length,)), model=TANH_RNN_LAST, assumptions=(ONE_HOT, Text(f"The sequence has length T = {length}.", f"序列长度 T = {length}。")),
                     uses=used, limits=MODEL_LIMITS, steps=(Step(statement, reason, used),))

    by_state = lambda m: (transpose(s[m - 1]),)
    error = total(o[3], product(-1, y[3]))
    return (
        *(written(f"V23{length}", "W", W, length, by_state, Text(f"Recurrent weights, unrolled at T = {length}", f"循环权重：展开到 T = {length}")) for length in (1, 2, 3)),
        written("V234", "U", U, 3, lambda m: (transpose(x[m]),), Text("Input weights, unrolled at T = 3", "输入权重：展开到 T = 3")),
        written("V235", "b", b, 3, lambda m: (), Text("State bias, unrolled at T = 3", "状态偏置：展开到 T = 3")),
        written("V236", "V", V, 3, None, Text("Output weights at T = 3: no earlier step enters", "输出权重（T = 3）：与更早的时间步无关"), [product(error, transpose(s[3]))]),
        written("V237", "c", c, 3, None, Text("Output bias at T = 3: no earlier step enters", "输出偏置（T = 3）：与更早的时间步无关"), [error]),
    )


def _last():
    error = total(o[T], product(-1, y[T]))
    start = product(transpose(chain(T, Integer(1))), transpose(V), error)
    weights = TimeSum(product(slope(t), transpose(chain(T, t + 1)), transpose(V), error, transpose(s[t - 1])), t, 1, T)
    common = dict(kind="identity", suite=SUITE, model=TANH_RNN_LAST, assumptions=(ONE_HOT,), uses=("rnn.tanh.grad_z", "rnn.tanh.jacobian_product"), limits=MODEL_LIMITS)
    reason = Text("Only the last step has a loss, so a single path leads back to each step.", "只有最后一步有损失，因此回到每个时间步的路径只有一条。")
    return (
        Entry("V238", "rnn.last.grad_s0", title=Text("What reaches the beginning of the sequence", "传回序列开头的梯度"), statement=Statement(Grad(s[0]), "=", start), steps=(Step(Statement(Grad(s[0]), "=", start), reason, ("rnn.tanh.jacobian_product",)),), **common),
        Entry("V239", "rnn.last.grad_W", title=Text("Recurrent weights for every T, loss at the last step", "循环权重（任意 T，损失只在最后一步）"), statement=Statement(Grad(W), "=", weights), steps=(Step(Statement(Grad(W), "=", weights), reason, ("rnn.tanh.jacobian_product",)),), **common),
    )
