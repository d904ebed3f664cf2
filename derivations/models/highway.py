"""Paths around a layer: the highway layer with its gate, the residual block with a ReLU behind the addition, and the dense network."""

from sympy import OneMatrix, Symbol

from derivations.algebra.terms import D, Family, Hadamard, Loss, Map, l, product, total
from derivations.model import Equation, Model, Variable
from derivations.models.residual import V, W, a, b, h, u, y
from derivations.models.rnn import n
from derivations.text import Text

U, c, e, tau = Family("U", n, n), Family("c", n), Family("e", n), Family("tau", n)
UNITS = {n: Text("number of units in a layer", "每层的单元数")}
GIVEN = (Variable(h[0], Text("input of the network", "网络的输入"), 0, 0), Variable(y[D], Text("target", "目标"), D, D))


def _layer(term, en, zh):
    return Variable(term, Text(en, zh), 1, D)


HIGHWAY = Model(
    name="highway", title=Text("Deep highway network, loss at the last layer", "深层高速公路网络，损失取在最后一层"), sizes=UNITS, given=GIVEN,
    parameters=(_layer(W[l], "weights of layer l", "第 l 层的权重"), _layer(b[l], "bias of layer l", "第 l 层的偏置"), _layer(U[l], "weights of the gate of layer l", "第 l 层的门的权重"), _layer(c[l], "bias of the gate of layer l", "第 l 层的门的偏置")),
    hidden=(_layer(a[l], "pre-activation of layer l", "第 l 层的预激活值"), _layer(u[l], "what layer l computes", "第 l 层算出的量"), _layer(e[l], "pre-activation of the gate of layer l", "第 l 层的门的预激活值"),
            _layer(tau[l], "gate of layer l", "第 l 层的门"), _layer(h[l], "output of layer l", "第 l 层的输出")),
    equations=(Equation(a[l], total(product(W[l], h[l - 1]), b[l]), 1, D), Equation(u[l], Map("phi", a[l]), 1, D), Equation(e[l], total(product(U[l], h[l - 1]), c[l]), 1, D), Equation(tau[l], Map("sigmoid", e[l]), 1, D),
               Equation(h[l], total(Hadamard(tau[l], u[l]), Hadamard(total(OneMatrix(n, 1), product(-1, tau[l])), h[l - 1])), 1, D)),
    loss=Loss(h[D], y[D]), function="tanh", clock=(l, D))  # fmt: skip

z = Family("z", n)

POST = Model(
    name="post-activation", title=Text("Deep residual network with an activation behind every addition", "每次相加之后都有激活函数的深层残差网络"), sizes=UNITS, given=GIVEN,
    parameters=(_layer(W[l], "inner weights of block l", "第 l 块的内层权重"), _layer(b[l], "bias of block l", "第 l 块的偏置"), _layer(V[l], "outer weights of block l", "第 l 块的外层权重")),
    hidden=(_layer(a[l], "pre-activation of block l", "第 l 块的预激活值"), _layer(u[l], "activation inside block l", "第 l 块内部的激活值"), _layer(z[l], "sum of input and branch of block l", "第 l 块的输入与支路之和"), _layer(h[l], "output of block l", "第 l 块的输出")),
    equations=(Equation(a[l], total(product(W[l], h[l - 1]), b[l]), 1, D), Equation(u[l], Map("phi", a[l]), 1, D), Equation(z[l], total(h[l - 1], product(V[l], u[l])), 1, D), Equation(h[l], Map("phi", z[l]), 1, D)),
    loss=Loss(h[D], y[D]), function="tanh", clock=(l, D))  # fmt: skip

k = Symbol("k", integer=True, positive=True)
K, E, x = Family("K", k, n), Family("E", n, k), Family("x", k)
f, o = Family("f", k), Family("o", k)

DENSE = Model(
    name="dense", title=Text("Dense network: every layer reads what all layers below have written", "稠密网络：每层读取下面所有层写下的内容"),
    sizes=UNITS | {k: Text("number of units that a layer adds", "每层新增的单元数")}, given=GIVEN,
    parameters=(_layer(K[l], "weights of layer l", "第 l 层的权重"), _layer(f[l], "bias of layer l", "第 l 层的偏置"), _layer(E[l], "where layer l writes: a part of the identity matrix", "第 l 层写到哪里：单位矩阵的一部分")),
    hidden=(_layer(o[l], "pre-activation of layer l", "第 l 层的预激活值"), _layer(x[l], "what layer l adds", "第 l 层新增的量"), _layer(h[l], "everything written up to layer l", "到第 l 层为止写下的全部内容")),
    equations=(Equation(o[l], total(product(K[l], h[l - 1]), f[l]), 1, D), Equation(x[l], Map("phi", o[l]), 1, D), Equation(h[l], total(h[l - 1], product(E[l], x[l])), 1, D)),
    loss=Loss(h[D], y[D]), function="tanh", clock=(l, D))  # fmt: skip
