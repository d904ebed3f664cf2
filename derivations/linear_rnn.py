"""The linear RNN: every gradient from its two equations, and the closed forms for every T."""

from derivations.algebra import terms as a
from derivations.algebra.equality import Families, prove_equal
from derivations.algebra.induction import downward, upward
from derivations.algebra.terms import Grad, Jac, Power, T, TimeSum, k, product, substitute, t, total, transpose
from derivations.entry import Entry, Range, Statement, Step
from derivations.models.rnn import LINEAR_RNN, W_hh, W_hx, W_qh, h, o, x
from derivations.publish import MODEL_LIMITS, PAST_END, definition, derived, ONE_TO_T, SUITE, loss_term
from derivations.text import Text

FAMILIES = Families(LINEAR_RNN)
I_SUM = a.i


def entries():
    M = LINEAR_RNN
    recursion = derived(M, "V106", "rnn.linear.grad_h", h[t], Text("Adjoint of the hidden state: two arrows enter", "隐状态的伴随变量：由两条路径汇入"), ONE_TO_T, (PAST_END,))
    W_qh_grad = derived(M, "V105", "rnn.linear.grad_W_qh", W_qh, Text("Gradient in the output weights", "对输出权重的梯度"))
    return (
        definition(M, "V101", "rnn.linear.state", 0, Text("State of the linear RNN", "线性循环神经网络的状态方程")),
        definition(M, "V102", "rnn.linear.output", 1, Text("Output of the linear RNN", "线性循环神经网络的输出方程")),
        loss_term(M, "V103", "rnn.linear.loss", Text("Loss, averaged over time", "对时间取平均的损失")),
        derived(M, "V104", "rnn.linear.grad_o", o[t], Text("Adjoint of an output", "输出的伴随变量"), ONE_TO_T),
        W_qh_grad, recursion, *_closed(recursion),
        derived(M, "V109", "rnn.linear.grad_W_hx", W_hx, Text("Gradient in the input weights", "对输入权重的梯度")),
        derived(M, "V110", "rnn.linear.grad_W_hh", W_hh, Text("Gradient in the recurrent weights", "对循环权重的梯度")),
        *_double(),
        derived(M, "V113", "rnn.linear.grad_x", x[t], Text("Gradient in an input", "对输入的梯度"), ONE_TO_T),
        derived(M, "V114", "rnn.linear.grad_h0", h[0], Text("Gradient in the initial state", "对初始隐状态的梯度")),
        *_forward(),
    )


def _closed(recursion):
    def proof(statement):
        return downward(Grad(h[t]), statement.right, recursion.statement.right, FAMILIES).reason

    flipped, out = transpose(W_hh), transpose(W_qh)
    textbook = TimeSum(product(Power(flipped, T - I_SUM), out, Grad(o[T + t - I_SUM])), I_SUM, t, T)
    lags = TimeSum(product(Power(flipped, k - t), out, Grad(o[k])), k, t, T)
    base = Step(Statement(Grad(h[T]), "=", product(out, Grad(o[T]))), Text("Base, t = T: nothing follows the last step, and the sum has the single term k = T.", "奠基 t = T：最后一步之后没有别的步，和式只有 k = T 一项。"), ("rnn.linear.grad_h",))
    shifted = substitute(lags, {t: t + 1})
    step = Step(Statement(Grad(h[t]), "=", total(product(flipped, shifted), product(out, Grad(o[t])))), Text("Step: put the claim for t + 1 into the recursion.", "归纳步骤：把 t + 1 的结论代入递推式。"), ("rnn.linear.grad_h",))
    merged = Step(Statement(Grad(h[t]), "=", lags), Text("The factor in front raises every power by one; the free term is the one with k = t.", "前面的因子使每个幂的指数加一；单独的一项正是 k = t 的项。"))
    turned = Step(Statement(Grad(h[t]), "=", textbook), Text("Count backwards: with i = T + t − k the same terms stand in reverse order.", "倒过来计数：令 i = T + t − k，同样的各项按相反次序排列。"))
    common = dict(kind="identity", suite=SUITE, model=LINEAR_RNN, domain=ONE_TO_T, proof=proof, uses=("rnn.linear.grad_h",), limits=MODEL_LIMITS)
    return (
        Entry("V107", "rnn.linear.grad_h_closed", title=Text("Closed form, indexed as in textbooks", "闭式（教科书的下标写法）"), statement=Statement(Grad(h[t]), "=", textbook), steps=(base, step, merged, turned), **common),
        Entry("V108", "rnn.linear.grad_h_lags", title=Text("Closed form by loss step: one power per lag", "闭式（按损失所在的时间步）：每个时滞对应一个幂"), statement=Statement(Grad(h[t]), "=", lags), steps=(base, step, merged), **common),
    )


def _double():
    term = product(Power(transpose(W_hh), k - t), transpose(W_qh), Grad(o[k]), transpose(h[t - 1]))
    by_step, by_loss = TimeSum(TimeSum(term, k, t, T), t, 1, T), TimeSum(TimeSum(term, t, 1, k), k, 1, T)

    def proof(statement):
        return prove_equal(statement.right, by_step, (), FAMILIES)

    insert = Step(Statement(Grad(W_hh), "=", by_step), Text("Insert the closed form of the adjoint.", "代入伴随变量的闭式。"), ("rnn.linear.grad_W_hh", "rnn.linear.grad_h_lags"))
    swap = Step(Statement(Grad(W_hh), "=", by_loss), Text("Both orders enumerate the pairs with 1 ≤ t ≤ k ≤ T.", "两种次序枚举的都是满足 1 ≤ t ≤ k ≤ T 的数对。"))
    common = dict(kind="identity", suite=SUITE, model=LINEAR_RNN, proof=proof, limits=MODEL_LIMITS, uses=("rnn.linear.grad_W_hh", "rnn.linear.grad_h_lags"))
    return (
        Entry("V111", "rnn.linear.grad_W_hh_double", title=Text("Double sum, by the step where the weight acts", "二重和：先按权重起作用的时间步"), statement=Statement(Grad(W_hh), "=", by_step), steps=(insert,), **common),
        Entry("V112", "rnn.linear.grad_W_hh_swapped", title=Text("Double sum, by the step of the loss", "二重和：先按损失所在的时间步"), statement=Statement(Grad(W_hh), "=", by_loss), steps=(insert, swap), **common),
    )


def _forward():
    closed = total(product(Power(W_hh, t), h[0]), TimeSum(product(Power(W_hh, t - k), W_hx, x[k]), k, 1, t))
    value = LINEAR_RNN.equations[0].value
    power = Power(W_hh, k - t)

    def state_proof(statement):
        return upward(h[t], statement.right, value, h[0], FAMILIES).reason

    def power_proof(statement):
        from sympy import Identity
        return upward(Jac(h[k], h[t]), statement.right, product(W_hh, Jac(h[k - 1], h[t])), Identity(W_hh.shape[0]), FAMILIES, variable=k, first=t).reason

    induct = Text("Induction: one more step multiplies by the recurrent weights once more.", "归纳：每多走一步，就再乘一次循环权重。")
    earlier = Range(t, 0, k)
    return (
        Entry("V115", "rnn.linear.state_closed", kind="identity", title=Text("The state, written out", "隐状态的展开式"), statement=Statement(h[t], "=", closed), suite=SUITE, model=LINEAR_RNN, domain=ONE_TO_T,
              proof=state_proof, uses=("rnn.linear.state",), limits=MODEL_LIMITS, steps=(Step(Statement(h[t], "=", value), Text("The state equation.", "状态方程。"), ("rnn.linear.state",)), Step(Statement(h[t], "=", closed), induct))),
        Entry("V116", "rnn.linear.jacobian", kind="identity", title=Text("Jacobian of one step", "单步的雅可比矩阵"), statement=Statement(Jac(h[t], h[t - 1]), "=", W_hh), suite=SUITE, model=LINEAR_RNN, domain=ONE_TO_T,
              uses=("rnn.linear.state",), limits=MODEL_LIMITS, steps=(Step(Statement(h[t], "=", value), Text("The state is linear in the previous one; the matrix in front is the Jacobian.", "隐状态对前一步是线性的，前面的矩阵就是雅可比矩阵。"), ("rnn.linear.state",)),)),
        Entry("V117", "rnn.linear.jacobian_power", kind="identity", title=Text("Jacobian across several steps", "跨多步的雅可比矩阵"), statement=Statement(Jac(h[k], h[t]), "=", power), suite=SUITE, model=LINEAR_RNN,
              domain=(Range(k, 1, T), earlier), proof=power_proof, uses=("rnn.linear.jacobian",), limits=MODEL_LIMITS, steps=(Step(Statement(Jac(h[k], h[t]), "=", product(W_hh, Jac(h[k - 1], h[t]))), Text("Chain rule: the last step stands on the left.", "链式法则：最后一步写在最左边。"), ("rnn.linear.jacobian",)), Step(Statement(Jac(h[k], h[t]), "=", power), induct))),
    )
