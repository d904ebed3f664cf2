"""What a normalization does not see: a factor in front of its input. Its sign, its effect on the gradient, and what ε makes of it."""

import random

from sympy import ImmutableMatrix, Integer, MatrixSymbol, Rational, Symbol, sqrt

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.normalized import LayerNorm, NormJacobian, normalized
from derivations.algebra.scalars import Digits, Modulus, Plus, Ratio, Root, SpectralNorm, Times
from derivations.checking.arithmetic import Double, Extended
from derivations.checking.expectations import quadratures, sampling
from derivations.checking.scalars import Suite, agreement, digit_mutants, mutants, numbers
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Statement, Step
from derivations.initialization import DRAW, applied, gaussian
from derivations.models.rnn import n
from derivations.text import Text

x = MatrixSymbol("x", n, 1)
alpha, epsilon, variance = Symbol("alpha", real=True, nonzero=True), Symbol("epsilon", positive=True), Symbol("v", positive=True)
VECTOR = Declared(x, Text("a vector whose entries are not all equal", "各元素不全相同的向量"), (n, 1))
FACTOR = Declared(alpha, Text("a factor in front of the vector", "向量前面的倍数"), domain="\\alpha \\ne 0")
SIZE = Declared(n, Text("number of entries", "元素个数"))
NO_EPSILON = Text("No ε is added to the variance.", "方差不加 ε。")
STEP = Rational(1, 10**20)


def entries():
    """The published results of this topic, in the order of the page."""
    return sign(), jacobian(), with_epsilon(), recurrent()


def _points(seed, **more):
    """Vectors of 3 to 6 entries with factors of both signs, large and small."""
    draw, found = random.Random(seed), []
    for rows, factor in ((3, Rational(-1, 3)), (4, Rational(5, 2)), (5, Integer(-7)), (6, Rational(1, 40))):
        entries_ = [Rational(draw.randint(-40, 40), 8) + i for i in range(rows)]
        mean = sum(entries_) / rows
        found.append({x: ImmutableMatrix(entries_), alpha: factor, epsilon: Rational(draw.randint(1, 9), 10), variance: sum((entry - mean) ** 2 for entry in entries_) / rows, "size": rows, **more})
    return tuple(found)


def in_closed_form(entries_, arithmetic):
    """The identity without the components along the ones and along the normalized vector, divided by the standard deviation."""
    rows, s = len(entries_), normalized(entries_, arithmetic.root)
    mean = sum(entries_) / rows
    deviation = arithmetic.root(sum((entry - mean) ** 2 for entry in entries_) / rows)
    return [[((i == j) - (1 + s[i] * s[j]) / rows) / deviation for j in range(rows)] for i in range(rows)]


def by_differences(entries_, arithmetic):
    """Central differences of the normalization itself."""
    step, columns = arithmetic.number(STEP), []
    for place in range(len(entries_)):
        ahead, behind = ([entry + way * step * (i == place) for i, entry in enumerate(entries_)] for way in (1, -1))
        columns.append([(a - b) / (2 * step) for a, b in zip(normalized(ahead, arithmetic.root), normalized(behind, arithmetic.root))])
    return [list(row) for row in zip(*columns)]


SIGN = Statement(LayerNorm(Times(alpha, x)), "=", Times(Ratio(alpha, Modulus(alpha)), LayerNorm(x)))


def _signed():
    return Step(SIGN, Text("Without ε, what comes out keeps its size.", "没有 ε 时，输出的大小不变。"), ("norm.sign",))


def sign():
    statement, plain = SIGN, LayerNorm(x)
    wrong = mutants(statement, scaled_too=Times(alpha, plain), modulus_only=Times(Modulus(alpha), plain), sign_for_factor=Times(Ratio(Modulus(alpha), alpha), alpha, plain), minus_always=Times(-1, plain)) + (Mutant("said to hold for every factor", statement.with_right(plain), "P06"),)
    steps = (Step(statement, Text("The mean and the deviation from it are multiplied by α, the standard deviation by its modulus.", "平均值以及与它的差都乘以 α，标准差则乘以 α 的绝对值。")),)
    return Entry("V900", "norm.sign", "identity", Text("A normalization keeps the sign of a factor and drops its size", "归一化保留倍数的符号，丢掉它的大小"), statement, Suite((agreement("values with 60 digits", Extended, _points(900), 1e-50), agreement("NumPy", Double, _points(901), 1e-9)), wrong),
                 declared=(VECTOR, FACTOR, SIZE), assumptions=(NO_EPSILON,), steps=steps)


def jacobian():
    scaled, plain = NormJacobian(Times(alpha, x)), NormJacobian(x)
    statement = Statement(scaled, "=", Times(Ratio(1, Modulus(alpha)), plain))
    wrong = mutants(statement, unchanged=plain, not_divided=Times(Modulus(alpha), plain), modulus_forgotten=Times(Ratio(1, alpha), plain), squared=Times(Ratio(1, alpha**2), plain))
    steps = (_signed(), Step(statement, Text("The standard deviation grows by the modulus of α. The two removed components stay: s changes its sign at most, and s sᵀ does not.", "标准差乘以 α 的绝对值。去掉的两个分量不变：s 至多变号，而 s sᵀ 不变。"), ("norm.grad_a_closed",)))
    checks = (agreement("values with 60 digits", Extended, _points(902, jacobian=in_closed_form), 1e-50), agreement("differences with 60 digits", Extended, _points(903, jacobian=by_differences), 1e-30))
    return Entry("V901", "norm.jacobian_scaled", "identity", Text("Larger input, smaller gradient", "输入越大，梯度越小"), statement, Suite(checks, wrong), declared=(Declared(plain, Text("Jacobian of the normalization at x", "归一化在 x 处的雅可比矩阵"), (n, n)), VECTOR, FACTOR, SIZE),
                 assumptions=(NO_EPSILON,), steps=steps, sources=("ioffe2015",))


def with_epsilon():
    scaled, plain = LayerNorm(Times(alpha, x), epsilon), LayerNorm(x)
    square = Times(alpha**2, variance)
    statement = Statement(scaled, "=", Times(Ratio(alpha, Modulus(alpha)), Root(Ratio(square, Plus(square, epsilon))), plain))
    small, tiny = ImmutableMatrix([1, -1, 1, -1]) / 1000, Rational(1, 10**5)
    claims = {"at_thousandth": Statement(Ratio(SpectralNorm(LayerNorm(small, tiny)), SpectralNorm(LayerNorm(small))), "=", 1 / sqrt(11))}
    wrong = mutants(statement, epsilon_forgotten=Times(Ratio(alpha, Modulus(alpha)), plain), root_forgotten=Times(Ratio(alpha, Modulus(alpha)), Ratio(square, Plus(square, epsilon)), plain),
                    factor_not_squared=Times(Ratio(alpha, Modulus(alpha)), Root(Ratio(variance, Plus(variance, epsilon))), plain), sign_dropped=Times(Root(Ratio(square, Plus(square, epsilon))), plain))
    wrong += (Mutant("epsilon under both roots", Statement(LayerNorm(Times(alpha, x), epsilon), "=", Times(Ratio(alpha, Modulus(alpha)), Root(Ratio(square, Plus(square, epsilon))), LayerNorm(x, epsilon)))),)
    steps = (_signed(), Step(statement, Text("The variance of αx is α²v; divide numerator and denominator by the root of it.", "αx 的方差是 α²v；分子、分母同除以它的平方根。")))
    declared = (VECTOR, FACTOR, Declared(epsilon, Text("what is added to the variance", "加到方差上的数"), domain="\\varepsilon > 0"), Declared(variance, Text("variance of the entries of x", "x 各元素的方差")), SIZE)
    return Entry("V902", "norm.epsilon", "identity", Text("With ε the scale is seen again", "有了 ε，尺度又看得见了"), statement, Suite((agreement("values with 60 digits", Extended, _points(904), 1e-50), agreement("NumPy", Double, _points(905), 1e-9)), wrong, claims), declared=declared, steps=steps, values=numbers(claims))


def _rounded(x):
    """A fraction with thousands of digits, to twelve of them."""
    return Rational(str(x.evalf(12)))


def recurrent():
    """The mean slope of tanh when its argument is normalized and scaled by one tenth, and what many steps make of it."""
    slope = applied("tanh", 1)
    digits, whole = ("990194531244467", -1), ("605705509602158", -1)
    statement = Statement(gaussian(slope, Rational(1, 100)), "=", Digits(*digits))
    claims = {"scale_one": Statement(gaussian(slope), "=", Digits(*whole))}
    wrong = digit_mutants("value", statement) + mutants(statement, one=Integer(1), as_at_scale_one=Rational(int(whole[0]), 10**15))
    short, long = (Rational(int(text), 10**15) for text, _ in (digits, whole))
    values = {"value": Number(short, 15), "after_784": Number(_rounded(short**784), 8), "scale_one": Number(long, 15), "scale_one_after_784": Number(_rounded(long**784), 8)}
    steps = (Step(statement, Text("The argument of tanh has mean zero and the standard deviation one tenth. The slope is 1 − tanh², nearly one near zero.", "tanh 的自变量均值为零，标准差为十分之一。导数是 1 − tanh²，在零附近接近一。")),)
    return Entry("V903", "norm.recurrent_slope", "expectation", Text("Recurrent batch normalization: the mean slope of tanh at the scale one tenth", "循环网络中的批量归一化：缩放系数为十分之一时 tanh 的平均导数"), statement, Suite((*quadratures(), sampling(903)), wrong, claims), declared=(DRAW,), steps=steps, values=values, sources=("cooijmans2017",))
