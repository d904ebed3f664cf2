"""Pooling on a grid: the mean of the positions in a window, and the larger of two."""

from derivations.algebra.terms import Family, Loss, Map, T, TimeSum, j, product, t, taps, total
from derivations.model import Equation, Model, Variable
from derivations.models.convolution import S, Z, h, p, q, u, y
from derivations.models.rnn import n
from derivations.text import Text

X, A = Family("X", n, p), Family("A", n, q)


def _over(term, en, zh):
    return Variable(term, Text(en, zh), 1, T)


def _model(name, title, window, equations, hidden=()):
    """Pooling over windows of so many positions, then a weighted mean over the windows."""
    return Model(
        name=name, title=title, sizes={n: Text("number of channels", "通道数"), p: Text("number of input positions", "输入的位置数"), q: Text("number of windows", "窗口数")},
        given=(_over(X[t], "image t, one column a position", "第 t 幅图像，每个位置一列"), Variable(S[j], Text("which position is number j of which window", "每个窗口的第 j 个位置是哪一个"), 0, window - 1),
               _over(u[t], "weight of each window in image t", "第 t 幅图像中各窗口的权重"), _over(y[t], "target of image t", "第 t 幅图像的目标")),
        parameters=(), hidden=(*hidden, _over(Z[t], "pooled image t, one column a window", "池化后的第 t 幅图像，每个窗口一列"), _over(h[t], "features of image t", "第 t 幅图像的特征")),
        equations=(*equations, Equation(h[t], product(Z[t], u[t]), 1, T)), loss=TimeSum(Loss(h[t], y[t]), t, 1, T))  # fmt: skip


AVERAGE = _model("average-pooling", Text("Average pooling on a grid", "网格上的平均池化"), taps, (Equation(Z[t], product(1 / taps, TimeSum(product(X[t], S[j]), j, 0, taps - 1)), 1, T),))
MAXIMUM = _model("max-pooling", Text("Max pooling over windows of two positions", "窗口含两个位置的最大池化"), 2,
                 (Equation(A[t], total(product(X[t], S[0]), product(-1, X[t], S[1])), 1, T), Equation(Z[t], total(product(X[t], S[1]), Map("relu", A[t])), 1, T)),
                 (_over(A[t], "first position minus second, in every window", "每个窗口中第一个位置减第二个位置"),))
