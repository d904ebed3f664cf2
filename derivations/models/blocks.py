"""Deep residual networks with a normalization: behind every addition (post-norm), or inside the branch (pre-norm).

The normalization is RMSNorm without a learned scale, the branch two weight matrices with the activation between them.
"""

from derivations.algebra.terms import D, Family, Loss, Map, l, product, total, transpose
from derivations.model import Equation, Model, Variable
from derivations.models.rnn import n
from derivations.text import Text

W, V, a, u, z, v, r, s, h, y = Family("W", n, n), Family("V", n, n), Family("a", n), Family("u", n), Family("z", n), Family("v", 1), Family("r", 1), Family("s", n), Family("h", n), Family("y", n)


def _block(term, en, zh):
    return Variable(term, Text(en, zh), 1, D)


WEIGHTS = (_block(W[l], "inner weights of block l", "第 l 块的内层权重"), _block(V[l], "outer weights of block l", "第 l 块的外层权重"))
SHARED = dict(
    sizes={n: Text("number of units in a layer", "每层的单元数")}, parameters=WEIGHTS, loss=Loss(h[D], y[D]), function="tanh", clock=(l, D), smallest=3,
    given=(Variable(h[0], Text("input of the network", "网络的输入"), 0, 0), Variable(y[D], Text("target", "目标"), D, D)))
INSIDE = (_block(a[l], "pre-activation of block l", "第 l 块的预激活值"), _block(u[l], "activation of block l", "第 l 块的激活值"))
SCALE = (_block(v[l], "mean square over the units", "各单元的均方"), _block(r[l], "reciprocal root of the mean square", "均方的平方根的倒数"))
OUT = _block(h[l], "output of block l", "第 l 块的输出")


def _scale(of):
    return Equation(v[l], product(1 / n, transpose(of), of), 1, D), Equation(r[l], Map("rsqrt", v[l]), 1, D)


def _branch(of):
    return Equation(a[l], product(W[l], of), 1, D), Equation(u[l], Map("phi", a[l]), 1, D)


POST_NORM = Model(
    name="post-norm", title=Text("Deep residual network, normalized behind every addition", "每次相加之后都归一化的深层残差网络"),
    hidden=(*INSIDE, _block(z[l], "sum of input and branch of block l", "第 l 块的输入与支路之和"), *SCALE, OUT),
    equations=(*_branch(h[l - 1]), Equation(z[l], total(h[l - 1], product(V[l], u[l])), 1, D), *_scale(z[l]), Equation(h[l], product(z[l], r[l]), 1, D)), **SHARED)

PRE_NORM = Model(
    name="pre-norm", title=Text("Deep residual network, normalized inside every branch", "在每条支路内部归一化的深层残差网络"),
    hidden=(*SCALE, _block(s[l], "normalized input of block l", "第 l 块归一化后的输入"), *INSIDE, OUT),
    equations=(*_scale(h[l - 1]), Equation(s[l], product(h[l - 1], r[l]), 1, D), *_branch(s[l]), Equation(h[l], total(h[l - 1], product(V[l], u[l])), 1, D)), **SHARED)
