"""The GRU's backward pass, gate by gate, with the reset gate before the matrix product; and what changes when it acts after."""

from sympy import OneMatrix

from derivations.algebra.terms import Diag, Hadamard, Jac, Map, T, product, t, total
from derivations.entry import Entry, Range, Statement, Step
from derivations.models.gated import GRU, GRU_AFTER, GRU_GATES, NEW, RESET, UPDATE, b_u, h, n, u
from derivations.models.rnn import x
from derivations.publish import MODEL_LIMITS, ONE_TO_T, SUITE, definition, derived, loss_term
from derivations.text import Text

BELOW_T = (Range(t, 1, T - 1),)
NAMES = {"r": "reset", "z": "update", "g": "candidate"}


def entries():
    M = GRU
    return (
        *_forward(), loss_term(M, "V758", "gru.loss", Text("Loss of the GRU, summed over time", "对时间求和的损失")),
        derived(M, "V759", "gru.grad_h", h[t], Text("Adjoint of the hidden state: the leak, three gates and the output", "隐状态的伴随变量：泄漏项、三个门与输出"), BELOW_T),
        derived(M, "V760", "gru.grad_h_last", h[T], Text("Adjoint of the last hidden state", "最后一个隐状态的伴随变量")),
        *_gates(),
        derived(M, "V776", "gru.grad_x", x[t], Text("Gradient in an input", "对输入的梯度"), ONE_TO_T),
        derived(M, "V777", "gru.grad_h0", h[0], Text("Gradient in the initial hidden state", "对初始隐状态的梯度")),
        _jacobian(), *_after(),
    )


def _forward():
    titles = [title for gate in GRU_GATES for title in (Text(f"Pre-activation of the {gate.meaning.en}", f"{gate.meaning.zh}的预激活值"), Text(f"The {gate.meaning.en}", gate.meaning.zh))]
    names = [f"gru.{what}{NAMES[gate.letter]}" for gate in GRU_GATES for what in ("preactivation_", "")]
    titles.append(Text("The hidden state: a weighted mean of old and new", "隐状态：旧值与新值的加权平均"))
    return tuple(definition(GRU, f"V75{place + 1}", name, place, title) for place, (name, title) in enumerate(zip(names + ["gru.hidden"], titles)))


def _gates():
    """For each gate: its own adjoint, that of its pre-activation, and its three parameters."""
    for place, gate in enumerate(GRU_GATES):
        said, name, first = gate.meaning, NAMES[gate.letter], 761 + 5 * place
        yield derived(GRU, f"V{first}", f"gru.grad_{name}", gate.value[t], Text(f"Adjoint of the {said.en}", f"{said.zh}的伴随变量"), ONE_TO_T)
        yield derived(GRU, f"V{first + 1}", f"gru.grad_preactivation_{name}", gate.pre[t], Text(f"Adjoint of the pre-activation of the {said.en}", f"{said.zh}的预激活值的伴随变量"), ONE_TO_T)
        for shift, (parameter, letter) in enumerate(((gate.W, "W"), (gate.U, "U"), (gate.b, "b"))):
            meaning = GRU.variable(parameter.name).meaning
            yield derived(GRU, f"V{first + 2 + shift}", f"gru.grad_{letter}_{gate.letter}", parameter, Text(f"Gradient in the {meaning.en}", f"对{meaning.zh}的梯度"))


def _jacobian():
    def slope(gate):
        return Map(gate.function, gate.pre[t], 1)
    before, keep = h[t - 1], UPDATE.value[t]
    added = total(OneMatrix(n, 1), product(-1, keep))
    inner = total(Diag(RESET.value[t]), product(Diag(Hadamard(before, slope(RESET))), RESET.U))
    statement = Statement(Jac(h[t], before), "=", total(
        Diag(keep), product(Diag(Hadamard(total(before, product(-1, NEW.value[t])), slope(UPDATE))), UPDATE.U),
        product(Diag(Hadamard(added, slope(NEW))), NEW.U, inner)))
    start = Step(Statement(h[t], "=", total(Hadamard(keep, before), Hadamard(added, NEW.value[t]))), Text("Product rule in the update equation: the state itself, the update gate and the candidate all move.", "对更新方程用乘积法则：状态本身、更新门和候选值都在变。"), ("gru.hidden",))
    return Entry("V778", "gru.jacobian", "identity", Text("The complete Jacobian of one GRU step: the leak and the ways through the gates", "GRU 单步的完整雅可比矩阵：泄漏项与经过各个门的路径"), statement, SUITE, model=GRU, domain=ONE_TO_T, limits=MODEL_LIMITS,
                 uses=("gru.hidden", "gru.reset", "gru.update", "gru.candidate"), steps=(start, Step(statement, Text("The candidate sees the reset state, which moves directly and through the reset gate.", "候选值依赖重置后的状态，后者既直接变化，也通过重置门变化。"), ("gru.reset", "gru.update", "gru.candidate"))))


def _after():
    """Only what differs when the reset gate multiplies the finished product, as PyTorch and Keras do."""
    M = GRU_AFTER
    return (
        definition(M, "V741", "gru.after.recurrent", 0, Text("Recurrent part of the candidate", "候选值的循环部分")),
        definition(M, "V742", "gru.after.preactivation_candidate", 5, Text("Pre-activation of the candidate, reset after the product", "候选值的预激活值：重置门在乘积之后")),
        derived(M, "V743", "gru.after.grad_h", h[t], Text("Adjoint of the hidden state, reset after the product", "隐状态的伴随变量：重置门在乘积之后"), BELOW_T),
        derived(M, "V744", "gru.after.grad_recurrent", u[t], Text("Adjoint of the recurrent part of the candidate", "候选值循环部分的伴随变量"), ONE_TO_T),
        derived(M, "V745", "gru.after.grad_reset", RESET.value[t], Text("Adjoint of the reset gate, reset after the product", "重置门的伴随变量：重置门在乘积之后"), ONE_TO_T),
        derived(M, "V746", "gru.after.grad_U_g", NEW.U, Text("Gradient in the candidate's recurrent weights, reset after the product", "对候选值循环权重的梯度：重置门在乘积之后")),
        derived(M, "V747", "gru.after.grad_b_u", b_u, Text("Gradient in the bias inside the reset gate's product", "对重置门内部偏置的梯度")),
    )
