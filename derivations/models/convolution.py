"""A convolution with several channels, one kernel matrix a tap, shared by all positions: along one axis, and on any grid.

On a grid an image is a matrix with one column a position, and a tap is known by the matrix that says which input position it
reads for which output position. Two or more dimensions, stride, dilation and zero padding are in those matrices alone.
"""

from sympy import MatrixSymbol, OneMatrix, Symbol

from derivations.algebra.terms import Family, Loss, T, TimeSum, j, product, t, taps, total, transpose
from derivations.model import Equation, Model, Variable
from derivations.models.rnn import d, n
from derivations.text import Text

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

p, q = Symbol("p", integer=True, positive=True), Symbol("q", integer=True, positive=True)
X, S, Z, u, h = Family("X", d, p), Family("S", p, q), Family("Z", n, q), Family("u", q), Family("h", n)
IMAGE = Model(
    name="convolution-grid", title=Text("Convolution on a grid, any dimension, stride and padding, then a weighted mean over the positions", "网格上的卷积，维数、步幅与填充任意，随后对位置加权平均"),
    sizes=SIZES | {p: Text("number of input positions", "输入的位置数"), q: Text("number of output positions", "输出的位置数")},
    given=(Variable(X[t], Text("image t, one column a position", "第 t 幅图像，每个位置一列"), 1, T), Variable(S[j], Text("which input position tap j reads for which output position", "第 j 个核位置为每个输出位置读取哪个输入位置"), 0, taps - 1),
           Variable(u[t], Text("weight of each output position in image t", "第 t 幅图像中各输出位置的权重"), 1, T), Variable(y[t], Text("target of image t", "第 t 幅图像的目标"), 1, T)),
    parameters=PARAMETERS,
    hidden=(Variable(Z[t], Text("output for image t, one column a position", "第 t 幅图像的输出，每个位置一列"), 1, T), Variable(h[t], Text("features of image t", "第 t 幅图像的特征"), 1, T)),
    equations=(Equation(Z[t], total(TimeSum(product(K[j], X[t], S[j]), j, 0, taps - 1), product(b, transpose(OneMatrix(q, 1)))), 1, T), Equation(h[t], product(Z[t], u[t]), 1, T)),
    loss=TimeSum(Loss(h[t], y[t]), t, 1, T))
