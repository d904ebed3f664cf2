"""A deep feed-forward network: every layer has its own weights. The layer l takes the place of the time step."""

from derivations.algebra.terms import D, Family, Loss, Map, l, product, total
from derivations.model import Equation, Model, Variable
from derivations.models.rnn import n
from derivations.text import Text

W, b, a, h, y = Family("W", n, n), Family("b", n), Family("a", n), Family("h", n), Family("y", n)

FEEDFORWARD = Model(
    name="feed-forward", title=Text("Deep feed-forward network, loss at the last layer", "深层前馈网络，损失取在最后一层"),
    sizes={n: Text("number of units in a layer", "每层的单元数")},
    given=(Variable(h[0], Text("input of the network", "网络的输入"), 0, 0), Variable(y[D], Text("target", "目标"), D, D)),
    parameters=(Variable(W[l], Text("weights of layer l", "第 l 层的权重"), 1, D), Variable(b[l], Text("bias of layer l", "第 l 层的偏置"), 1, D)),
    hidden=(Variable(a[l], Text("pre-activation of layer l", "第 l 层的预激活值"), 1, D), Variable(h[l], Text("activation of layer l", "第 l 层的输出"), 1, D)),
    equations=(Equation(a[l], total(product(W[l], h[l - 1]), b[l]), 1, D), Equation(h[l], Map("phi", a[l]), 1, D)),
    loss=Loss(h[D], y[D]), function="tanh", clock=(l, D))
