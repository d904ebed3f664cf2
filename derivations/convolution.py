"""Back-propagation through a convolution: the kernel's gradient sums over positions, the input's flips the kernel."""

from sympy import Integer

from derivations.algebra.terms import Grad, T, TimeSum, j, product, t, taps, transpose
from derivations.entry import Entry, Range, Statement, Step
from derivations.models.convolution import CONVOLUTION, STRIDED, K, b, x, z
from derivations.publish import MODEL_LIMITS, SUITE, definition, derived
from derivations.text import Text

TAPS = (Range(j, Integer(0), taps - 1),)
INSIDE = Text("Away from the edges; near them, adjoints of outputs that do not exist count as zero.", "离开边缘处；靠近边缘时，不存在的输出的伴随变量按零计。")
ONE_LENGTH = Text("The kernel has w taps, and each output reads w neighbouring inputs.", "卷积核有 w 个位置，每个输出读取 w 个相邻的输入。")


def entries():
    M, S = CONVOLUTION, STRIDED
    return (
        definition(M, "V680", "convolution.forward", 0, Text("A convolution with several channels", "多通道卷积")),
        derived(M, "V681", "convolution.grad_K", K[j], Text("Gradient in the kernel: a sum over all positions", "对卷积核的梯度：对所有位置求和"), TAPS, (ONE_LENGTH,)),
        derived(M, "V682", "convolution.grad_b", b, Text("Gradient in the bias of a convolution", "对卷积偏置的梯度")),
        _input(M, "V683", "convolution.grad_x"),
        definition(S, "V684", "convolution.stride.forward", 0, Text("A convolution with stride 2", "步幅为 2 的卷积")),
        derived(S, "V685", "convolution.stride.grad_K", K[j], Text("Gradient in the kernel at stride 2", "步幅为 2 时对卷积核的梯度"), TAPS, (ONE_LENGTH,)),
    )


def _input(model, id_, slug):
    value = TimeSum(product(transpose(K[j]), Grad(z[t - j])), j, 0, taps - 1)
    statement = Statement(Grad(x[t]), "=", value)
    read = Step(Statement(z[t], "=", model.equations[0].value), Text("The output at t reads the input at t + j through tap j; so the input at t is read by the outputs at t − j.", "位置 t 的输出经第 j 个核位置读取 t + j 处的输入；因此 t 处的输入被 t − j 处的输出读取。"), ("convolution.forward",))
    return Entry(id_, slug, "identity", Text("Gradient in the input: the same kernel, read backwards", "对输入的梯度：同一个核，倒过来读"), statement, SUITE, model=model, domain=(Range(t, taps, T),), assumptions=(INSIDE,), limits=MODEL_LIMITS,
                 uses=("convolution.forward",), steps=(read, Step(statement, Text("Each of these outputs sends its adjoint back through the transposed kernel matrix of its tap.", "这些输出各自把伴随变量乘上相应核矩阵的转置传回来。"))))
