"""A convolution along one axis with several channels: one kernel matrix a tap, shared by all positions."""

from derivations.algebra.terms import Family, Loss, T, TimeSum, j, product, t, total, taps
from derivations.model import Equation, Model, Variable
from derivations.models.rnn import d, n
from derivations.text import Text
from sympy import MatrixSymbol

K, x, z, y, b = Family("K", n, d), Family("x", d), Family("z", n), Family("y", n), MatrixSymbol("b", n, 1)
SIZES = {n: Text("number of output channels", "输出通道数"), d: Text("number of input channels", "输入通道数")}
PARAMETERS = (Variable(K[j], Text("kernel matrix of tap j", "第 j 个核位置的核矩阵"), 0, taps - 1), Variable(b, Text("bias of the output channels", "输出通道的偏置")))
OUTPUT = Variable(z[t], Text("output at position t", "位置 t 处的输出"), 1, T)
TARGET = Variable(y[t], Text("target at position t", "位置 t 处的目标"), 1, T)


def _model(name, title, stride):
    """``stride`` input positions lie between two neighbouring outputs; no padding."""
    read = stride * (t - 1) + 1 + j
    return Model(
        name=name, title=title, sizes=SIZES, given=(Variable(x[t], Text("input at position t", "位置 t 处的输入"), 1, stride * (T - 1) + taps), TARGET),
        parameters=PARAMETERS, hidden=(OUTPUT,), equations=(Equation(z[t], total(TimeSum(product(K[j], x[read]), j, 0, taps - 1), b), 1, T),), loss=TimeSum(Loss(z[t], y[t]), t, 1, T))


CONVOLUTION = _model("convolution", Text("Convolution with several channels, without padding", "多通道卷积，无填充"), 1)
STRIDED = _model("convolution-stride-2", Text("Convolution with stride 2, without padding", "步幅为 2 的卷积，无填充"), 2)
