"""Recurrences without a recurrent matrix: a diagonal one with two parametrizations, and one whose gate is a function of the input alone."""

from sympy import MatrixSymbol, OneMatrix

from derivations.algebra.terms import Family, Hadamard, Map, T, product, t, total
from derivations.model import Equation, Model, Variable
from derivations.models.gated import LOSS, START, STATE, TARGET, h
from derivations.models.rnn import n
from derivations.text import Text

UNITS = {n: Text("number of hidden units", "隐状态的维数")}
x, a, g = Family("x", n), Family("a", n), Family("g", n)
lam, gamma, nu = (MatrixSymbol(name, n, 1) for name in ("lambda_h", "gamma", "nu"))
W, b = MatrixSymbol("W", n, n), MatrixSymbol("b", n, 1)
GIVEN = (Variable(x[t], Text("input at time step t, one number for each unit", "时间步 t 的输入，每个单元一个数"), 1, T), TARGET, START)
SCALE = Variable(gamma, Text("scale of the input, one number for each unit", "输入的缩放，每个单元一个数"))


def _diagonal(factor):
    """h_t = factor ⊙ h_{t−1} + γ ⊙ x_t."""
    return (Equation(h[t], total(Hadamard(factor, h[t - 1]), Hadamard(gamma, x[t])), 1, T),)


DIAGONAL = Model(
    name="diagonal", title=Text("Diagonal linear recurrence with any loss of its state, summed over time", "对角线性循环，损失为隐状态的任意函数，对时间求和"), sizes=UNITS, given=GIVEN,
    parameters=(Variable(lam, Text("factors of the recurrence, one for each unit", "循环的因子，每个单元一个")), SCALE), hidden=(STATE,), equations=_diagonal(lam), loss=LOSS)

DIAGONAL_EXP = Model(
    name="diagonal-exp", title=Text("Diagonal linear recurrence, factors e to the −e to the ν, loss summed over time", "对角线性循环，因子为 e 的 −e^ν 次方，损失对时间求和"), sizes=UNITS, given=GIVEN,
    parameters=(Variable(nu, Text("logarithm of the rate of forgetting, one number for each unit", "遗忘速率的对数，每个单元一个数")), SCALE), hidden=(STATE,),
    equations=_diagonal(Map("exp", product(-1, Map("exp", nu)))), loss=LOSS)

SELECTIVE = Model(
    name="selective", title=Text("Selective recurrence: a gate that sees the input alone, loss summed over time", "选择性循环：门只看输入，损失对时间求和"), sizes=UNITS, given=GIVEN,
    parameters=(Variable(W, Text("weights of the gate", "门的权重")), Variable(b, Text("bias of the gate", "门的偏置"))),
    hidden=(Variable(a[t], Text("pre-activation of the gate at time step t", "时间步 t 的门的预激活值"), 1, T), Variable(g[t], Text("gate at time step t", "时间步 t 的门"), 1, T), STATE),
    equations=(Equation(a[t], total(product(W, x[t]), b), 1, T), Equation(g[t], Map("sigmoid", a[t]), 1, T),
               Equation(h[t], total(Hadamard(total(OneMatrix(n, 1), product(-1, g[t])), h[t - 1]), Hadamard(g[t], x[t])), 1, T)),
    loss=LOSS)
