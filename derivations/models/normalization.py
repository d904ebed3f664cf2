"""A linear layer followed by a normalization over its units: with the mean removed (layer norm), or without (RMSNorm).

Read with "units" for examples and "time step" for feature, the same equations are batch normalization in training.
"""

from dataclasses import replace

from sympy import MatrixSymbol, OneMatrix

from derivations.algebra.terms import Family, Hadamard, Loss, Map, T, TimeSum, product, t, total, transpose
from derivations.model import Equation, Model, Variable
from derivations.models.rnn import d, n
from derivations.text import Text

W, gamma, beta = MatrixSymbol("W", n, d), MatrixSymbol("gamma", n, 1), MatrixSymbol("beta", n, 1)
x, a, m, u, v, r, s, h, y = Family("x", d), Family("a", n), Family("m", 1), Family("u", n), Family("v", 1), Family("r", 1), Family("s", n), Family("h", n), Family("y", n)
ONES = OneMatrix(n, 1)


def _over_time(term, en, zh):
    return Variable(term, Text(en, zh), 1, T)


def _model(name, title, centred):
    """``centred`` says whether the mean is subtracted first."""
    inner = u if centred else a
    means = (Equation(m[t], product(1 / n, transpose(ONES), a[t]), 1, T), Equation(u[t], total(a[t], product(-1, ONES, m[t])), 1, T)) if centred else ()
    said = (_over_time(m[t], "mean over the units", "各单元的平均值"), _over_time(u[t], "pre-activation without its mean", "减去平均值后的预激活值")) if centred else ()
    return Model(
        name=name, title=title, sizes={n: Text("number of units", "单元数"), d: Text("number of inputs", "输入的维数")},
        given=(_over_time(x[t], "input at t", "第 t 个输入"), _over_time(y[t], "target at t", "第 t 个目标")),
        parameters=(Variable(W, Text("weights", "权重")), Variable(gamma, Text("scale", "缩放系数")), Variable(beta, Text("shift", "平移量"))),
        hidden=(_over_time(a[t], "pre-activation", "预激活值"), *said, _over_time(v[t], "mean square over the units", "各单元的均方"), _over_time(r[t], "reciprocal root of the mean square", "均方的平方根的倒数"),
                _over_time(s[t], "normalized vector", "归一化后的向量"), _over_time(h[t], "output of the layer", "这一层的输出")),
        equations=(Equation(a[t], product(W, x[t]), 1, T), *means, Equation(v[t], product(1 / n, transpose(inner[t]), inner[t]), 1, T), Equation(r[t], Map("rsqrt", v[t]), 1, T),
                   Equation(s[t], product(inner[t], r[t]), 1, T), Equation(h[t], total(Hadamard(gamma, s[t]), beta), 1, T)),
        loss=TimeSum(Loss(h[t], y[t]), t, 1, T), smallest=3)  # fmt: skip


LAYER_NORM = _model("layer-norm", Text("A linear layer with layer normalization", "带层归一化的线性层"), True)
RMS_NORM = _model("rms-norm", Text("A linear layer with RMSNorm", "带 RMSNorm 的线性层"), False)

_FROM_MEAN = total(a[t], product(-1, ONES, m[t]))
UNFOLDED_NORM = replace(
    LAYER_NORM, name="layer-norm-unfolded", title=Text("Layer normalization as it is usually written, the mean inserted in both places", "层归一化的通常写法，平均值在两处各代入一次"),
    hidden=tuple(variable for variable in LAYER_NORM.hidden if variable.name != "u"),
    equations=(*LAYER_NORM.equations[:2], Equation(v[t], product(1 / n, transpose(_FROM_MEAN), _FROM_MEAN), 1, T), LAYER_NORM.equations[4], Equation(s[t], product(_FROM_MEAN, r[t]), 1, T), LAYER_NORM.equations[6]))  # fmt: skip
