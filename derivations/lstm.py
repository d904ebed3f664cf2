"""The LSTM's backward pass, gate by gate: every gradient from the ten equations of the forward pass."""

from sympy import Identity, Rational

from derivations.algebra.terms import Diag, Hadamard, Jac, Map, T, product, t, total
from derivations.checking.gradients import RestSuite
from derivations.entry import Entry, Range, Statement, Step
from derivations.models.gated import CANDIDATE, FORGET, INPUT_GATE, LSTM, LSTM_GATES, OUTPUT, c, h
from derivations.models.rnn import x
from derivations.publish import MODEL_LIMITS, ONE_TO_T, PAST_END, SUITE, definition, derived, loss_term
from derivations.text import Text

BELOW_T = (Range(t, 1, T - 1),)
NAMES = {"f": "forget", "i": "input", "o": "output", "g": "candidate"}


def entries():
    M = LSTM
    return (
        *_forward(), loss_term(M, "V711", "lstm.loss", Text("Loss of the LSTM, summed over time", "对时间求和的损失")),
        derived(M, "V712", "lstm.grad_h", h[t], Text("Adjoint of the hidden state: four gates and the output", "隐状态的伴随变量：四个门与输出"), ONE_TO_T, (PAST_END,)),
        derived(M, "V713", "lstm.grad_c", c[t], Text("Adjoint of the cell state: the next cell and the hidden state", "细胞状态的伴随变量：来自下一个细胞状态与隐状态"), BELOW_T),
        derived(M, "V714", "lstm.grad_c_last", c[T], Text("Adjoint of the last cell state", "最后一个细胞状态的伴随变量")),
        *_gates(),
        derived(M, "V735", "lstm.grad_x", x[t], Text("Gradient in an input", "对输入的梯度"), ONE_TO_T),
        derived(M, "V736", "lstm.grad_h0", h[0], Text("Gradient in the initial hidden state", "对初始隐状态的梯度")),
        derived(M, "V737", "lstm.grad_c0", c[0], Text("Gradient in the initial cell state", "对初始细胞状态的梯度")),
        *_jacobians(),
        _at_rest(),
    )


def _forward():
    titles = [title for gate in LSTM_GATES for title in (Text(f"Pre-activation of the {gate.meaning.en}", f"{gate.meaning.zh}的预激活值"), Text(f"The {gate.meaning.en}", gate.meaning.zh))]
    names = [f"lstm.{what}{NAMES[gate.letter]}" for gate in LSTM_GATES for what in ("preactivation_", "")]
    titles += [Text("The cell state: keep and add", "细胞状态：保留与加入"), Text("The hidden state: what the cell shows", "隐状态：细胞状态输出的部分")]
    return tuple(definition(LSTM, f"V7{place + 1:02}", name, place, title) for place, (name, title) in enumerate(zip(names + ["lstm.cell", "lstm.hidden"], titles)))


def _gates():
    """For each gate: its own adjoint, that of its pre-activation, and its three parameters."""
    for place, gate in enumerate(LSTM_GATES):
        said, name, first = gate.meaning, NAMES[gate.letter], 715 + 5 * place
        yield derived(LSTM, f"V{first}", f"lstm.grad_{name}", gate.value[t], Text(f"Adjoint of the {said.en}", f"{said.zh}的伴随变量"), ONE_TO_T)
        yield derived(LSTM, f"V{first + 1}", f"lstm.grad_preactivation_{name}", gate.pre[t], Text(f"Adjoint of the pre-activation of the {said.en}", f"{said.zh}的预激活值的伴随变量"), ONE_TO_T)
        for shift, (parameter, letter) in enumerate(((gate.W, "W"), (gate.U, "U"), (gate.b, "b"))):
            meaning = LSTM.variable(parameter.name).meaning
            yield derived(LSTM, f"V{first + 2 + shift}", f"lstm.grad_{letter}_{gate.letter}", parameter, Text(f"Gradient in the {meaning.en}", f"对{meaning.zh}的梯度"))


def through_gates(index):
    """d c_index / d h_{index-1}: through forget gate, input gate and candidate."""
    def slope(gate):
        return Map(gate.function, gate.pre[index], 1)
    return (product(Diag(Hadamard(c[index - 1], slope(FORGET))), FORGET.U), product(Diag(Hadamard(CANDIDATE.value[index], slope(INPUT_GATE))), INPUT_GATE.U),
            product(Diag(Hadamard(INPUT_GATE.value[index], slope(CANDIDATE))), CANDIDATE.U))


def _jacobians():
    shown = Diag(Hadamard(OUTPUT.value[t - 1], Map("tanh", c[t - 1], 1)))
    common = dict(kind="identity", suite=SUITE, model=LSTM, limits=MODEL_LIMITS)
    from_h = Statement(Jac(c[t], h[t - 1]), "=", total(*through_gates(t)))
    whole = Statement(Jac(c[t], c[t - 1]), "=", total(Diag(FORGET.value[t]), product(Jac(c[t], h[t - 1]), shown)))
    out = Statement(Jac(h[t], h[t - 1]), "=", total(product(Diag(Hadamard(Map("tanh", c[t]), Map("sigmoid", OUTPUT.pre[t], 1))), OUTPUT.U), product(Diag(Hadamard(OUTPUT.value[t], Map("tanh", c[t], 1))), Jac(c[t], h[t - 1]))))
    start = Step(Statement(c[t], "=", total(Hadamard(FORGET.value[t], c[t - 1]), Hadamard(INPUT_GATE.value[t], CANDIDATE.value[t]))), Text("Differentiate the cell equation with the product rule.", "用乘积法则对细胞状态的方程求导。"), ("lstm.cell",))
    return (
        Entry("V738", "lstm.jacobian_c_h", title=Text("How the cell state depends on the previous hidden state: only through gates", "细胞状态对前一隐状态的依赖：只通过门"), statement=from_h, domain=ONE_TO_T, uses=("lstm.cell",),
              steps=(start, Step(from_h, Text("Forget gate, input gate and candidate each see the previous hidden state.", "遗忘门、输入门和候选值都依赖前一隐状态。"), ("lstm.forget", "lstm.input", "lstm.candidate"))), **common),
        Entry("V739", "lstm.jacobian_c", title=Text("The complete Jacobian of the cell state: the direct path and the way through the gates", "细胞状态的完整雅可比矩阵：直接路径与经过门的路径"), statement=whole, domain=(Range(t, 2, T),), uses=("lstm.jacobian_c_h", "lstm.hidden"),
              steps=(start, Step(whole, Text("Directly: the forget gate. Indirectly: the previous cell state shows in the previous hidden state, which moves every gate.", "直接的部分：遗忘门。间接的部分：前一细胞状态通过前一隐状态影响每个门。"), ("lstm.jacobian_c_h", "lstm.hidden"))), **common),
        Entry("V740", "lstm.jacobian_h", title=Text("How the hidden state depends on the previous one", "隐状态对前一隐状态的依赖"), statement=out, domain=ONE_TO_T, uses=("lstm.hidden", "lstm.jacobian_c_h"),
              steps=(Step(Statement(h[t], "=", Hadamard(OUTPUT.value[t], Map("tanh", c[t]))), Text("Product rule: the output gate and the cell state both move.", "乘积法则：输出门与细胞状态都在变。"), ("lstm.hidden",)), Step(out, Text("Insert how the cell state moves.", "代入细胞状态的变化。"), ("lstm.jacobian_c_h",))), **common),
    )


def _at_rest():
    """Every gate is one half and the candidate zero, so of the complete Jacobian little is left: but U_g is."""
    half, quarter = Rational(1, 2), Rational(1, 4)
    right = total(product(half, Identity(h[t].shape[0])), product(quarter, CANDIDATE.U))
    whole = Statement(Jac(c[t], c[t - 1]), "=", total(Diag(FORGET.value[t]), product(Jac(c[t], h[t - 1]), Diag(Hadamard(OUTPUT.value[t - 1], Map("tanh", c[t - 1], 1))))))
    from_h = Statement(Jac(c[t], h[t - 1]), "=", product(half, CANDIDATE.U))
    statement = Statement(Jac(c[t], c[t - 1]), "=", right)
    steps = (Step(whole, Text("The complete Jacobian of the cell state.", "细胞状态的完整雅可比矩阵。"), ("lstm.jacobian_c",)),
             Step(from_h, Text("At rest the cell state and the candidate are zero, the input gate is one half, and the slope of tanh at zero is one.", "静止时细胞状态与候选值为零，输入门为二分之一，tanh 在零点的导数为一。"), ("lstm.jacobian_c_h",)),
             Step(statement, Text("The forget gate and the output gate are one half as well.", "遗忘门与输出门也是二分之一。")))
    return Entry("V748", "lstm.at_rest", "identity", Text("An LSTM at rest: the candidate's recurrent weights stand in the Jacobian", "静止的 LSTM：候选值的循环权重出现在雅可比矩阵中"), statement, RestSuite(), model=LSTM, domain=(Range(t, 2, T),),
                 assumptions=(Text("Inputs, biases and the initial states are zero.", "输入、偏置与初始状态都为零。"),), steps=steps, uses=("lstm.jacobian_c", "lstm.jacobian_c_h"), limits=MODEL_LIMITS)
