"""The forward models of the site. This file is the only place where a network is typed in."""

from sympy import MatrixSymbol, symbols

from derivations.algebra.terms import Family, Inner, Loss, Map, Softmax, T, TimeSum, product, t, total
from derivations.model import Equation, Model, Variable
from derivations.text import Text

n, d, q = symbols("n d q", integer=True, positive=True)
SIZES = {n: Text("number of hidden units", "隐状态的维数"), d: Text("size of the input", "输入的维数"), q: Text("size of the output", "输出的维数")}

x, y, h, s, a, o, z = (Family(name, rows) for name, rows in (("x", d), ("y", q), ("h", n), ("s", n), ("a", n), ("o", q), ("z", q)))
W_hh, W_hx, W_qh = MatrixSymbol("W_hh", n, n), MatrixSymbol("W_hx", n, d), MatrixSymbol("W_qh", q, n)
U, W, V, b, c = MatrixSymbol("U", n, d), MatrixSymbol("W", n, n), MatrixSymbol("V", q, n), MatrixSymbol("b", n, 1), MatrixSymbol("c", q, 1)

INPUT = Variable(x[t], Text("input at time step t", "时间步 t 的输入"), 1, T)
TARGET = Variable(y[t], Text("target at time step t", "时间步 t 的目标"), 1, T)

LINEAR_RNN = Model(
    name="linear-rnn", title=Text("Linear RNN, loss averaged over time", "线性循环神经网络，损失对时间取平均"), sizes=SIZES,
    given=(INPUT, TARGET, Variable(h[0], Text("initial hidden state", "初始隐状态"), 0, 0)),
    parameters=(Variable(W_hx, Text("input weights", "输入权重")), Variable(W_hh, Text("recurrent weights", "循环权重")), Variable(W_qh, Text("output weights", "输出权重"))),
    hidden=(Variable(h[t], Text("hidden state at time step t", "时间步 t 的隐状态"), 1, T), Variable(o[t], Text("output at time step t", "时间步 t 的输出"), 1, T)),
    equations=(Equation(h[t], total(product(W_hx, x[t]), product(W_hh, h[t - 1])), 1, T), Equation(o[t], product(W_qh, h[t]), 1, T)),
    loss=product(1 / T, TimeSum(Loss(o[t], y[t]), t, 1, T)))


def _state_equations():
    return (Equation(a[t], total(product(U, x[t]), product(W, s[t - 1]), b), 1, T), Equation(s[t], Map("phi", a[t]), 1, T))


_RECURRENT = (Variable(U, Text("input weights", "输入权重")), Variable(W, Text("recurrent weights", "循环权重")), Variable(b, Text("bias of the state", "状态的偏置")),
              Variable(V, Text("output weights", "输出权重")), Variable(c, Text("bias of the output", "输出的偏置")))
_STATES = (Variable(a[t], Text("pre-activation at time step t", "时间步 t 的预激活值"), 1, T), Variable(s[t], Text("hidden state at time step t", "时间步 t 的隐状态"), 1, T))
_START = Variable(s[0], Text("initial hidden state", "初始隐状态"), 0, 0)
ONE_HOT = Text("The entries of every target sum to 1 (one-hot, or any probability vector).", "每个目标向量的元素之和为 1（独热向量，或任意概率向量）。")

TANH_RNN = Model(
    name="tanh-rnn", title=Text("Tanh RNN with biases, softmax and cross-entropy, loss summed over time", "带偏置的 tanh 循环神经网络，softmax 与交叉熵，损失对时间求和"),
    sizes=SIZES, given=(INPUT, TARGET, _START), parameters=_RECURRENT,
    hidden=_STATES + (Variable(z[t], Text("logits at time step t", "时间步 t 的 logit 向量"), 1, T), Variable(o[t], Text("predicted probabilities at time step t", "时间步 t 的预测概率"), 1, T)),
    equations=_state_equations() + (Equation(z[t], total(product(V, s[t]), c), 1, T), Equation(o[t], Softmax(z[t]), 1, T)),
    loss=TimeSum(product(-1, Inner(y[t], Map("log", o[t]))), t, 1, T), function="tanh", notes=(ONE_HOT,))

TANH_RNN_LAST = Model(
    name="tanh-rnn-last", title=Text("Tanh RNN read out at the last time step only", "只在最后一个时间步输出的 tanh 循环神经网络"),
    sizes=SIZES, given=(INPUT, Variable(y[T], Text("target of the sequence", "整个序列的目标"), T, T), _START), parameters=_RECURRENT,
    hidden=_STATES + (Variable(z[T], Text("logits at the last time step", "最后一个时间步的 logit 向量"), T, T), Variable(o[T], Text("predicted probabilities at the last time step", "最后一个时间步的预测概率"), T, T)),
    equations=_state_equations() + (Equation(z[T], total(product(V, s[T]), c), T, T), Equation(o[T], Softmax(z[T]), T, T)),
    loss=product(-1, Inner(y[T], Map("log", o[T]))), function="tanh", notes=(ONE_HOT,))


