"""The plain recurrence, the LSTM and the GRU, each with any loss of its hidden state. Each gate has its own pre-activation, so that a gradient names the path it took."""

from sympy import MatrixSymbol, OneMatrix

from derivations.algebra.terms import Family, Hadamard, Loss, Map, T, TimeSum, product, t, total
from derivations.model import Equation, Model, Variable
from derivations.models.rnn import INPUT, d, n, x
from derivations.text import Text

SIZES = {n: Text("number of hidden units", "隐状态的维数"), d: Text("size of the input", "输入的维数")}
h, c, y = Family("h", n), Family("c", n), Family("y", n)
TARGET = Variable(y[t], Text("target at time step t", "时间步 t 的目标"), 1, T)
STATE = Variable(h[t], Text("hidden state at time step t", "时间步 t 的隐状态"), 1, T)
START = Variable(h[0], Text("initial hidden state", "初始隐状态"), 0, 0)
LOSS = TimeSum(Loss(h[t], y[t]), t, 1, T)


class Gate:
    """One gate: its value (a family), its pre-activation, and its three parameters."""

    def __init__(self, letter, function, meaning):
        self.letter, self.function, self.meaning = letter, function, meaning
        self.value, self.pre = Family(letter, n), Family(f"a_{letter}", n)
        self.W, self.U, self.b = MatrixSymbol(f"W_{letter}", n, d), MatrixSymbol(f"U_{letter}", n, n), MatrixSymbol(f"b_{letter}", n, 1)

    def equations(self, before):
        """Both equations; ``before`` is what the recurrent weights multiply."""
        return (Equation(self.pre[t], total(product(self.W, x[t]), product(self.U, before), self.b), 1, T), Equation(self.value[t], Map(self.function, self.pre[t]), 1, T))

    def parameters(self):
        said = self.meaning
        return (Variable(self.W, Text(f"input weights of the {said.en}", f"{said.zh}的输入权重")), Variable(self.U, Text(f"recurrent weights of the {said.en}", f"{said.zh}的循环权重")),
                Variable(self.b, Text(f"bias of the {said.en}", f"{said.zh}的偏置")))

    def families(self):
        said = self.meaning
        return (Variable(self.pre[t], Text(f"pre-activation of the {said.en} at time step t", f"时间步 t 的{said.zh}的预激活值"), 1, T),
                Variable(self.value[t], Text(f"{said.en} at time step t", f"时间步 t 的{said.zh}"), 1, T))


FORGET, INPUT_GATE = Gate("f", "sigmoid", Text("forget gate", "遗忘门")), Gate("i", "sigmoid", Text("input gate", "输入门"))
OUTPUT, CANDIDATE = Gate("o", "sigmoid", Text("output gate", "输出门")), Gate("g", "tanh", Text("candidate", "候选值"))
LSTM_GATES = (FORGET, INPUT_GATE, OUTPUT, CANDIDATE)

LSTM = Model(
    name="lstm", title=Text("LSTM with forget, input and output gate, loss summed over time", "带遗忘门、输入门与输出门的 LSTM，损失对时间求和"), sizes=SIZES,
    given=(INPUT, TARGET, START, Variable(c[0], Text("initial cell state", "初始细胞状态"), 0, 0)),
    parameters=tuple(variable for gate in LSTM_GATES for variable in gate.parameters()),
    hidden=tuple(variable for gate in LSTM_GATES for variable in gate.families()) + (Variable(c[t], Text("cell state at time step t", "时间步 t 的细胞状态"), 1, T), STATE),
    equations=tuple(equation for gate in LSTM_GATES for equation in gate.equations(h[t - 1])) + (
        Equation(c[t], total(Hadamard(FORGET.value[t], c[t - 1]), Hadamard(INPUT_GATE.value[t], CANDIDATE.value[t])), 1, T),
        Equation(h[t], Hadamard(OUTPUT.value[t], Map("tanh", c[t])), 1, T)),
    loss=LOSS)

PEEPHOLES = tuple(MatrixSymbol(f"p_{gate.letter}", n, 1) for gate in (FORGET, INPUT_GATE, OUTPUT))


def _seen(gate, peephole, cell):
    """The pre-activation of a gate that also sees a cell state, one weight a unit."""
    before, after = gate.equations(h[t - 1])
    return Equation(before.target, total(*before.value.args, Hadamard(peephole, cell)), 1, T), after


LSTM_PEEPHOLE = Model(
    name="lstm-peephole", title=Text("LSTM with peepholes: the gates see the cell state", "带窥孔连接的 LSTM：各个门能看到细胞状态"), sizes=SIZES, given=LSTM.given,
    parameters=LSTM.parameters + tuple(Variable(p, Text(f"peephole weights of the {gate.meaning.en}", f"{gate.meaning.zh}的窥孔权重")) for p, gate in zip(PEEPHOLES, (FORGET, INPUT_GATE, OUTPUT))),
    hidden=LSTM.hidden, equations=(*_seen(FORGET, PEEPHOLES[0], c[t - 1]), *_seen(INPUT_GATE, PEEPHOLES[1], c[t - 1]), *CANDIDATE.equations(h[t - 1]), LSTM.equations[-2], *_seen(OUTPUT, PEEPHOLES[2], c[t]), LSTM.equations[-1]), loss=LOSS)

RESET, UPDATE, NEW = Gate("r", "sigmoid", Text("reset gate", "重置门")), Gate("z", "sigmoid", Text("update gate", "更新门")), Gate("g", "tanh", Text("candidate", "候选值"))
GRU_GATES = (RESET, UPDATE, NEW)

GRU = Model(
    name="gru", title=Text("GRU, reset gate before the matrix product, loss summed over time", "GRU，重置门在矩阵乘法之前，损失对时间求和"), sizes=SIZES,
    given=(INPUT, TARGET, START), parameters=tuple(variable for gate in GRU_GATES for variable in gate.parameters()),
    hidden=tuple(variable for gate in GRU_GATES for variable in gate.families()) + (STATE,),
    equations=RESET.equations(h[t - 1]) + UPDATE.equations(h[t - 1]) + NEW.equations(Hadamard(RESET.value[t], h[t - 1])) + (
        Equation(h[t], total(Hadamard(UPDATE.value[t], h[t - 1]), Hadamard(total(OneMatrix(n, 1), product(-1, UPDATE.value[t])), NEW.value[t])), 1, T),),
    loss=LOSS)

u, b_u = Family("u", n), MatrixSymbol("b_u", n, 1)

GRU_AFTER = Model(
    name="gru-after", title=Text("GRU, reset gate after the matrix product (PyTorch, Keras), loss summed over time", "GRU，重置门在矩阵乘法之后（PyTorch、Keras），损失对时间求和"), sizes=SIZES,
    given=(INPUT, TARGET, START), parameters=GRU.parameters + (Variable(b_u, Text("bias inside the reset gate's product", "重置门内部的偏置")),),
    hidden=(Variable(u[t], Text("recurrent part of the candidate at time step t", "时间步 t 的候选值的循环部分"), 1, T),) + GRU.hidden,
    equations=(Equation(u[t], total(product(NEW.U, h[t - 1]), b_u), 1, T), *RESET.equations(h[t - 1]), *UPDATE.equations(h[t - 1]),
               Equation(NEW.pre[t], total(product(NEW.W, x[t]), Hadamard(RESET.value[t], u[t]), NEW.b), 1, T), *NEW.equations(h[t - 1])[1:], GRU.equations[-1]),
    loss=LOSS)

PLAIN = Gate("h", "phi", Text("hidden state", "隐状态"))

STATE_RNN = Model(
    name="state-rnn", title=Text("Plain RNN with any loss of its hidden state, summed over time", "普通循环神经网络，损失为隐状态的任意函数，对时间求和"), sizes=SIZES,
    given=(INPUT, TARGET, START), parameters=PLAIN.parameters(), hidden=PLAIN.families(), equations=PLAIN.equations(h[t - 1]), loss=LOSS, function="tanh")
