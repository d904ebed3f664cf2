"""How much a convolution can stretch: the matrix that it is, its transfer function, and the norm of the kernel."""

import random

from sympy import ImmutableMatrix, Integer, Rational, Symbol, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.convolutions import ConvolutionMatrix, TransferPeak
from derivations.algebra.scalars import Plus, Root, SigmaMax, Times
from derivations.algebra.terms import product
from derivations.checking.arithmetic import Double, Exact
from derivations.checking.fourier import SLACK, ClosedPeak, SampledPeak, approached, never_above
from derivations.checking.scalars import Suite, agreement, mutants, rationals
from derivations.entry import Declared, Entry, Number, Statement, Step
from derivations.text import Text

a, b, c = TAPS = symbols("a b c", real=True)
m = Symbol("m", integer=True, positive=True)
x = symbols("x_1:6", real=True)
KERNEL = tuple(Declared(tap, Text(f"{place} tap of the kernel", f"卷积核的第{zh}个值")) for tap, place, zh in zip(TAPS, ("first", "second", "third"), "一二三"))
ROWS = Declared(m, Text("number of outputs", "输出的个数"), domain="m \\ge 1")
WRITTEN = ImmutableMatrix([[a, b, c, 0, 0], [0, a, b, c, 0], [0, 0, a, b, c]])


def entries():
    """The published results of this topic, in the order of the page."""
    return (toeplitz(), transfer(), kernel_norm(), second_difference())


def _column(*entries):
    return ImmutableMatrix([[entry] for entry in entries])


def toeplitz():
    """Three outputs of five inputs, written out."""
    read = [Plus(Times(a, x[r]), Times(b, x[r + 1]), Times(c, x[r + 2])) for r in range(3)]
    statement = Statement(product(WRITTEN, _column(*x)), "=", _column(*read))
    points = rationals(697, (*TAPS, *x), 6)
    flipped = _column(*(Plus(Times(c, x[r]), Times(b, x[r + 1]), Times(a, x[r + 2])) for r in range(3)))
    padded = _column(Plus(Times(b, x[0]), Times(c, x[1])), *read[:2])
    wrong = mutants(statement, kernel_flipped=flipped, padded_on_one_side=padded, stride_two=_column(read[0], read[2], read[1]), one_tap_dropped=_column(*(Plus(*term.args[:2]) for term in read)))
    steps = (Step(statement, Text("Row r holds the kernel from column r on; the matrix has one value for each diagonal, so it is a Toeplitz matrix.", "第 r 行从第 r 列开始放卷积核；每条对角线上只有一个值，所以它是托普利茨矩阵。")),)
    inputs = tuple(Declared(entry, Text(f"input {place}", f"第 {place} 个输入")) for place, entry in enumerate(x, 1))
    return Entry("V697", "convolution.toeplitz", "identity", Text("A convolution as a matrix: one kernel, shifted from row to row", "写成矩阵的卷积：同一个核，逐行右移"), statement, Suite((agreement("exact multiplication", Exact, points), agreement("NumPy", Double, points, 1e-12)), wrong),
                 declared=(*KERNEL, *inputs), steps=steps)


def _kernels(seed):
    """Kernels with random rational taps, and three of a special form, at several numbers of outputs."""
    draw, special = random.Random(seed), ((1, 2, 1), (1, -2, 1), (-1, 0, 1))
    drawn = [tuple(Rational(draw.choice([top for top in range(-9, 10) if top]), 4) for _ in TAPS) for _ in range(5)]
    return tuple({a: Rational(p), b: Rational(q), c: Rational(r), m: Integer(rows)} for p, q, r in (*drawn, *special) for rows in (1, 2, 5, 12))


NORM = SigmaMax(ConvolutionMatrix(m, a, b, c))
PEAK = TransferPeak(a, b, c)


def transfer():
    statement = Statement(NORM, "<=", PEAK)
    wide = tuple({a: Integer(p), b: Integer(q), c: Integer(r), m: Integer(40)} for p, q, r in ((1, 2, 1), (1, -2, 1), (3, -1, -1)))
    wrong = mutants(statement, sum_of_the_taps=Plus(a, b, c), largest_tap_alone=TransferPeak(a, 0, 0), norm_of_the_kernel=_length(), half=Times(Rational(1, 2), PEAK), twice=Times(2, PEAK), one_per_cent_less=Times(Rational(99, 100), PEAK))
    steps = (Step(statement, Text("Continue the input by zeros in both directions: the outputs are then some of those of an endless convolution. There every wave is multiplied by the value of the transfer function at its frequency, and no wave by more than its peak (Parseval).",
                                  "把输入向两端用零无限延长，这些输出就是无限长卷积的一部分输出。那里每个频率的波都乘以传递函数在该频率的值，没有哪个波所乘的数超过峰值（帕塞瓦尔定理）。"), ("convolution.toeplitz",)),)
    return Entry("V698", "convolution.transfer_bound", "bound", Text("A convolution stretches by no more than the peak of its transfer function", "卷积的伸长倍数不超过传递函数的峰值"), statement,
                 Suite((never_above("values with 60 digits", _kernels(698), ClosedPeak, 1e-50), never_above("NumPy, transfer function at 4096 frequencies", _kernels(699) + wide, SampledPeak, SLACK), approached("long inputs come near it", wide, SampledPeak, 0.02)), wrong), declared=(*KERNEL, ROWS), steps=steps)


def _length():
    return Root(Plus(a**2, b**2, c**2))


def kernel_norm():
    right = Times(Root(Integer(3)), _length())
    statement = Statement(PEAK, "<=", right)
    equal = tuple({a: Rational(top, 4), b: Rational(top, 4), c: Rational(top, 4), m: Integer(1)} for top in (4, 7))
    wrong = mutants(statement, root_dropped=_length(), three=Times(Integer(3), _length()), root_of_two=Times(Root(Integer(2)), _length()), one_per_cent_less=Times(Rational(99, 100), right))
    steps = (Step(statement, Text("A scalar product of the taps with three numbers of modulus one: Cauchy–Schwarz. With w taps the root of w stands in place of the root of three.", "这是卷积核的值与三个模为一的数的内积，用柯西–施瓦茨不等式。核有 w 个值时，把根号三换成根号 w。")),)
    return Entry("V699", "convolution.kernel_norm", "bound", Text("The peak against the length of the kernel", "峰值与卷积核长度的比较"), statement,
                 Suite((never_above("values with 60 digits", _kernels(700), ClosedPeak, 1e-50), never_above("NumPy, transfer function at 4096 frequencies", _kernels(701), SampledPeak, SLACK), approached("cases that attain it", equal, ClosedPeak, 1e-50)), wrong), declared=KERNEL, steps=steps, uses=("convolution.transfer_bound",))


def second_difference():
    taps = (Integer(1), Integer(-2), Integer(1))
    statement = Statement(TransferPeak(*taps), "=", Integer(4))
    wrong = mutants(statement, sum_of_the_taps=Integer(0), largest_tap=Integer(2), length_of_the_kernel=Root(Integer(6)), doubled=Integer(8))
    steps = (Step(statement, Text("At the frequency π the three terms have one sign: 1 + 2 + 1.", "在频率 π 处三项同号：1 + 2 + 1。"), ("convolution.transfer_bound",)),)
    return Entry("V700", "convolution.second_difference", "constant", Text("Taps that add up to zero, and yet a fourfold stretch", "各值之和为零的卷积核，也能伸长到四倍"), statement,
                 Suite((agreement("values with 60 digits", ClosedPeak, ({},), 1e-50), agreement("NumPy, transfer function at 4096 frequencies", SampledPeak, ({},), 1e-9)), wrong), steps=steps, values={"peak": Number(Integer(4))}, uses=("convolution.transfer_bound",))
