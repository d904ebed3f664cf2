"""Convolution and pooling on a grid of any dimension: which position a tap reads is a matrix, and back-propagation transposes it."""

from sympy import Integer

from derivations.algebra.terms import Grad, Hadamard, Map, j, product, t, taps, total, transpose
from derivations.entry import Entry, Range, Statement, Step
from derivations.models.convolution import IMAGE, K, S, X, Z, b
from derivations.models.pooling import AVERAGE, MAXIMUM, A
from derivations.models.pooling import X as WHOLE
from derivations.publish import MODEL_LIMITS, ONE_TO_T, SUITE, definition, derived
from derivations.text import Text

TAPS = (Range(j, Integer(0), taps - 1),)
ANY_GRID = Text("Proved for any matrices S; in a convolution they hold zeros and ones.", "对任意矩阵 S 都成立；在卷积中，它们由零和一组成。")
NO_TIE = Text("No window holds two equal values.", "每个窗口中没有相等的值。")


def entries():
    """The published results of this topic, in the order of the page."""
    M = IMAGE
    return (
        definition(M, "V686", "convolution.grid.forward", 0, Text("A convolution on a grid: every tap has its matrix of positions", "网格上的卷积：每个核位置有一个读取位置的矩阵")),
        definition(M, "V687", "convolution.grid.features", 1, Text("A weighted mean over the positions", "对位置的加权平均")),
        derived(M, "V688", "convolution.grid.grad_K", K[j], Text("Gradient in the kernel on a grid", "网格上对卷积核的梯度"), TAPS, (ANY_GRID,)),
        derived(M, "V689", "convolution.grid.grad_b", b, Text("Gradient in the bias on a grid", "网格上对偏置的梯度")),
        derived(M, "V690", "convolution.grid.grad_Z", Z[t], Text("A mean over the positions spreads its adjoint over them", "对位置取平均，伴随变量就分摊到各位置"), ONE_TO_T),
        derived(M, "V691", "convolution.grid.grad_X", X[t], Text("Gradient in the image: transposed taps, transposed positions", "对图像的梯度：核矩阵转置，位置矩阵也转置"), ONE_TO_T, (ANY_GRID,)),
        definition(AVERAGE, "V692", "pooling.average", 0, Text("Average pooling", "平均池化")),
        derived(AVERAGE, "V693", "pooling.average.grad_X", WHOLE[t], Text("Average pooling hands every position an equal share", "平均池化给窗口中每个位置同样的一份"), ONE_TO_T, (ANY_GRID,)),
        definition(MAXIMUM, "V694", "pooling.difference", 0, Text("The difference that decides a maximum", "决定最大值的差")),
        definition(MAXIMUM, "V695", "pooling.max", 1, Text("The larger of two, written with a ReLU", "用 ReLU 写出两者中较大的一个")),
        _max(),
    )


def _max():
    first = Hadamard(Map("relu", A[t], 1), Grad(Z[t]))
    rest = total(Grad(Z[t]), product(-1, first))
    statement = Statement(Grad(WHOLE[t]), "=", total(product(first, transpose(S[0])), product(rest, transpose(S[1]))))
    through = Statement(Grad(A[t]), "=", first)
    steps = (Step(through, Text("The slope of ReLU is one where the first position wins, and zero elsewhere.", "第一个位置胜出之处，ReLU 的导数为一，其余为零。"), ("pooling.max",)),
             Step(statement, Text("The first position receives this; the second receives what the first does not.", "第一个位置收到这一份；它没有收到的，归第二个位置。"), ("pooling.difference", "pooling.max")))
    return Entry("V696", "pooling.max.grad_X", "identity", Text("Max pooling sends the whole adjoint to the winner", "最大池化把伴随变量全部传给胜出的位置"), statement, SUITE, model=MAXIMUM, domain=ONE_TO_T, assumptions=(NO_TIE,), steps=steps, uses=("pooling.difference", "pooling.max"), limits=MODEL_LIMITS)
