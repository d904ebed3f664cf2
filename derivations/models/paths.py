"""Networks with shorter paths through time: a skip of three steps, attention, and a network that feeds back its output or the target."""

from sympy import MatrixSymbol

from derivations.algebra.terms import Family, Loss, Map, T, TimeSum, product, t, total
from derivations.model import Equation, Model, Variable
from derivations.models.rnn import SIZES, d, n, q
from derivations.text import Text

DELAY = 3
x, y, a, h, o, v, e, u, z, r = (Family(name, rows) for name, rows in (("x", d), ("y", q), ("a", n), ("h", n), ("o", q), ("v", q), ("e", 1), ("u", 1), ("z", 1), ("r", 1)))
target = Family("y", n)
U, W, S, b = MatrixSymbol("U", n, d), MatrixSymbol("W", n, n), MatrixSymbol("S", n, n), MatrixSymbol("b", n, 1)
R, V, c, M = MatrixSymbol("R", n, q), MatrixSymbol("V", q, n), MatrixSymbol("c", q, 1), MatrixSymbol("M", q, d)

INPUT = Variable(x[t], Text("input at time step t", "时间步 t 的输入"), 1, T)
TARGET = Variable(y[t], Text("target at time step t", "时间步 t 的目标"), 1, T)
PRE, STATE = Variable(a[t], Text("pre-activation at time step t", "时间步 t 的预激活值"), 1, T), Variable(h[t], Text("hidden state at time step t", "时间步 t 的隐状态"), 1, T)
OUTPUT = Variable(o[t], Text("output at time step t", "时间步 t 的输出"), 1, T)
IN, BIAS, OUT, OUT_BIAS = Variable(U, Text("input weights", "输入权重")), Variable(b, Text("bias", "偏置")), Variable(V, Text("output weights", "输出权重")), Variable(c, Text("bias of the output", "输出的偏置"))
TWO = {n: SIZES[n], d: SIZES[d]}

SKIP_RNN = Model(
    name="skip-rnn", title=Text("RNN with a skip connection over three time steps", "带跨三步跳跃连接的循环神经网络"), sizes=TWO,
    given=(INPUT, Variable(target[t], Text("target at time step t", "时间步 t 的目标"), 1, T), Variable(h[0], Text("states before the first time step", "第一个时间步之前的隐状态"), 1 - DELAY, 0)),
    parameters=(Variable(W, Text("recurrent weights of one step", "跨一步的循环权重")), Variable(S, Text("weights of the skip", "跳跃连接的权重")), IN, BIAS), hidden=(PRE, STATE),
    equations=(Equation(a[t], total(product(W, h[t - 1]), product(S, h[t - DELAY]), product(U, x[t]), b), 1, T), Equation(h[t], Map("phi", a[t]), 1, T)),
    loss=TimeSum(Loss(h[t], target[t]), t, 1, T), function="tanh")


def _fed_back(name, title, fed, start):
    """A network without recurrent weights on its state; ``fed`` is the family that is fed back: its output, or the target."""
    return Model(
        name=name, title=title, sizes=SIZES, given=(INPUT, TARGET, start), hidden=(PRE, STATE, OUTPUT),
        parameters=(IN, Variable(R, Text("weights of what is fed back", "反馈量的权重")), BIAS, OUT, OUT_BIAS),
        equations=(Equation(a[t], total(product(U, x[t]), product(R, fed[t - 1]), b), 1, T), Equation(h[t], Map("phi", a[t]), 1, T), Equation(o[t], total(product(V, h[t]), c), 1, T)),
        loss=TimeSum(Loss(o[t], y[t]), t, 1, T), function="tanh")


FREE_RUNNING = _fed_back("free-running", Text("Network that feeds back its own output", "反馈自身输出的网络"), o, Variable(o[0], Text("output before the first time step", "第一个时间步之前的输出"), 0, 0))
TEACHER_FORCED = _fed_back("teacher-forced", Text("The same network, fed with the targets", "同一个网络，改为输入目标"), y, Variable(y[0], Text("target before the first time step", "第一个时间步之前的目标"), 0, 0))

ATTENTION = Model(
    name="attention", title=Text("Attention of the last position over all positions", "最后一个位置对所有位置的注意力"), sizes={q: Text("size of a value", "值向量的维数"), d: SIZES[d]},
    given=(INPUT, Variable(e[t], Text("score of position t", "位置 t 的得分"), 1, T), Variable(y[T], Text("target", "目标"), T, T)), parameters=(Variable(M, Text("weights of the values", "值的权重")),),
    hidden=(Variable(v[t], Text("value at position t", "位置 t 的值"), 1, T), Variable(u[t], Text("exponential of the score", "得分的指数"), 1, T), Variable(z[T], Text("sum of the exponentials", "指数之和"), T, T),
            Variable(r[T], Text("one over that sum", "该和的倒数"), T, T), Variable(o[T], Text("output of attention", "注意力的输出"), T, T)),
    equations=(Equation(v[t], product(M, x[t]), 1, T), Equation(u[t], Map("exp", e[t]), 1, T), Equation(z[T], TimeSum(u[t], t, 1, T), T, T), Equation(r[T], Map("reciprocal", z[T]), T, T),
               Equation(o[T], product(TimeSum(product(v[t], u[t]), t, 1, T), r[T]), T, T)),
    loss=Loss(o[T], y[T]))  # fmt: skip
