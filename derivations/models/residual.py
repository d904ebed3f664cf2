"""A deep residual network: every block adds what it computes to what it received."""

from derivations.algebra.terms import D, Family, Loss, Map, l, product, total
from derivations.model import Equation, Model, Variable
from derivations.models.rnn import n
from derivations.text import Text

W, V, b, a, u, h, y = Family("W", n, n), Family("V", n, n), Family("b", n), Family("a", n), Family("u", n), Family("h", n), Family("y", n)

RESIDUAL = Model(
    name="residual", title=Text("Deep residual network, loss at the last block", "深层残差网络，损失取在最后一块"),
    sizes={n: Text("number of units in a layer", "每层的单元数")},
    given=(Variable(h[0], Text("input of the network", "网络的输入"), 0, 0), Variable(y[D], Text("target", "目标"), D, D)),
    parameters=(Variable(W[l], Text("inner weights of block l", "第 l 块的内层权重"), 1, D), Variable(b[l], Text("bias of block l", "第 l 块的偏置"), 1, D), Variable(V[l], Text("outer weights of block l", "第 l 块的外层权重"), 1, D)),
    hidden=(Variable(a[l], Text("pre-activation of block l", "第 l 块的预激活值"), 1, D), Variable(u[l], Text("activation of block l", "第 l 块的激活值"), 1, D), Variable(h[l], Text("output of block l", "第 l 块的输出"), 1, D)),
    equations=(Equation(a[l], total(product(W[l], h[l - 1]), b[l]), 1, D), Equation(u[l], Map("phi", a[l]), 1, D), Equation(h[l], total(h[l - 1], product(V[l], u[l])), 1, D)),
    loss=Loss(h[D], y[D]), function="tanh", clock=(l, D))
