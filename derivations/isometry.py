"""The whole spectrum of a Jacobian: how far the squared singular values of a random product scatter, and what that costs."""

import random

from sympy import Identity, ImmutableMatrix, Integer, Rational, Symbol, eye, oo, polygamma

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.isometry_terms import Larger, MeanLogSquare, SecondMoment, Summed
from derivations.algebra.scalars import Applied, Digits, Lim, Modulus, Plus, Ratio, Slash, Squared, Times, ln
from derivations.algebra.terms import Family, OrderedProduct, j, k, product, transpose
from derivations.checking.arithmetic import Double, Exact
from derivations.checking.expectations import quadratures, sampling
from derivations.checking.isometry import fourth_order, limits, mean_logarithms, wide
from derivations.checking.paths import counting
from derivations.checking.scalars import Suite, agreement, digit_mutants, mutants, numbers, random_matrix
from derivations.checking.verdict import Mutant
from derivations.checking.walkers import WALKERS, drawn_networks
from derivations.entry import Declared, Entry, Number, Range, Statement, Step
from derivations.initialization import DRAW, gaussian, z
from derivations.models.rnn import SIZES
from derivations.models.rnn import n as size
from derivations.text import Text

L, n = (Symbol(name, integer=True, positive=True) for name in "Ln")
beta = Symbol("beta", positive=True)
s, t, eta = Symbol("s", positive=True), Symbol("t", positive=True), Symbol("eta", positive=True)
Q = Family("Q", size, size)
LAYERS = Declared(L, Text("number of layers", "层数"), domain="L \\ge 1")
WIDTH = Declared(n, Text("units in each layer", "每层的单元数"), domain="n \\ge 2")
SPREAD = Declared(beta, Text("mean fourth power of a slope over the square of its mean square: 1 for linear layers, 2 for ReLU", "导数四次方的均值除以均方的平方：线性层为 1，ReLU 为 2"), domain="\\beta \\ge 1")
A, B, a1, b1 = (Symbol(name) for name in ("a_L", "b_L", "a_next", "b_next"))
TRACES = tuple(Declared(x, Text(*meaning)) for x, meaning in ((A, ("E tr(M²)/n before a layer", "一层之前的 E tr(M²)/n")), (B, ("E(tr M)²/n² before a layer", "一层之前的 E(tr M)²/n²")), (a1, ("the first of them after it", "该层之后的前者")), (b1, ("the second of them after it", "该层之后的后者"))))
CRITICAL = Text("Layer by layer J is diag(slopes) · gain · W, with a gain that keeps the mean of tr(JJᵀ)/n at one.", "逐层地，J 乘上 diag(导数) · 增益 · W，增益使 tr(JJᵀ)/n 的均值保持为一。")
FREE = Text("The slopes are independent of the weights and of each other. For linear layers and for ReLU without biases this is no approximation.", "导数与权重独立，彼此也独立。对线性层和无偏置的 ReLU 而言，这不是近似。")
POINTS = tuple({L: Integer(depth), n: Integer(width), beta: Rational(spread)} for depth, width, spread in ((1, 2, 1), (2, 2, 2), (3, 2, "5/2"), (1, 3, 2), (2, 3, "3/2"), (4, 3, 2), (2, 4, 3)))
NETWORKS = tuple({L: Integer(depth), n: Integer(width), beta: Integer(spread)} for depth, width, spread in ((2, 3, 1), (2, 4, 2), (3, 3, 2)))


def moment(law, layers=L, width=n, spread=beta):
    return SecondMoment(law, layers, width, spread)


def entries():
    """The published results of this topic, in the order of the page."""
    return orthogonal(), gaussian_moment(), gaussian_wide(), typical(), steps_needed(), haar_moment(), haar_wide(), tanh_excess(), tanh_small()


def _rotations():
    """Orthogonal matrices with rational entries, one for each layer."""
    draw, found = random.Random(273), []
    for width, depth in ((2, 2), (2, 5), (3, 3), (4, 2)):
        drawn = []
        for _ in range(depth):
            skewed = random_matrix(draw, width, width)
            skewed = skewed - skewed.T
            drawn.append(ImmutableMatrix((eye(width) - skewed) * (eye(width) + skewed).inv()))
        found.append({"Q": lambda i, drawn=tuple(drawn): drawn[i - 1], "size": width, L: Integer(depth)})
    return tuple(found)


def orthogonal():
    def chain(last=1):
        return OrderedProduct(Q[j], j, L, last)

    statement = Statement(product(transpose(chain()), chain()), "=", Identity(size))
    wrong = mutants(statement, twice=product(Integer(2), Identity(size)), itself=chain())
    wrong += (Mutant("transpose forgotten", Statement(product(chain(), chain()), "=", Identity(size))), Mutant("one factor fewer on the left", Statement(product(transpose(chain(2)), chain()), "=", Identity(size))))
    steps = (Step(statement, Text("The innermost pair, the transpose of the top layer and the top layer, is the identity and drops out; then the next pair, and so on.", "最里面的一对，即最上层的转置与最上层，乘积是单位矩阵，消去；接着是下一对，依此类推。"), ("orthogonal.kept",)),)
    declared = (LAYERS, Declared(Q[j], Text("an orthogonal matrix, another for each layer", "正交矩阵，各层不同"), (size, size)), Declared(size, SIZES[size]))
    return Entry("V273", "isometry.orthogonal", "identity", Text("Orthogonal layers: all singular values of the product are one", "正交层：乘积的奇异值全是一"), statement, Suite((agreement("exact multiplication", Exact, _rotations()), agreement("NumPy", Double, _rotations(), 1e-9)), wrong), declared=declared, assumptions=(Text("QᵀQ = I in every layer.", "每一层都有 QᵀQ = I。"),), steps=steps)


def _gaussian(layers=L, width=n, spread=beta):
    grow, fall = Plus(1, Ratio(Plus(Times(3, spread), -1), width)), Plus(1, Times(-1, Ratio(1, width)))
    return Ratio(Plus(Times(Plus(width, 2), grow**layers), Times(-1, Plus(width, -1), fall**layers)), 3)


def _haar(layers=L, width=n, spread=beta):
    grow = Plus(1, Ratio(Times(3, Plus(spread, -1)), Plus(width, 2)))
    return Plus(1, Times(Ratio(Plus(width, 2), 3), Plus(grow**layers, -1)))


def _numbers(formula, cases, width=64):
    """The formula at (name, layers, beta), for layers of 64 units."""
    return {name: Number(formula(Integer(depth), Integer(width), Integer(spread)).doit()) for name, depth, spread in cases}


def _walked(points=POINTS):
    return counting("four walkers, exactly", WALKERS, points)


def gaussian_moment():
    statement = Statement(moment("N"), "=", _gaussian())
    grow = Plus(1, Ratio(Plus(Times(3, beta), -1), n))
    wrong = mutants(statement, mean_square_alone=Integer(1), as_for_wide_layers=Plus(1, Times(beta, L)), second_term_dropped=Ratio(Times(Plus(n, 2), grow**L), 3), as_for_linear_layers=_gaussian(spread=Integer(1)), one_layer_more=_gaussian(layers=Plus(L, 1)), as_for_orthogonal_weights=_haar())
    claims = {f"three_units_{depth}": Statement(moment("N", Integer(depth), Integer(3), Integer(2)), "=", _gaussian(Integer(depth), Integer(3), Integer(2)).doit()) for depth in (1, 3)}
    values = _numbers(_gaussian, ((f"{name}_{depth}", depth, spread) for name, spread in (("linear", 1), ("relu", 2)) for depth in (8, 64)))
    one = Statement(a1, "=", Plus(Times(beta, Plus(B, Ratio(Times(2, A), n))), Times(Ratio(Plus(n, -1), n), A)))
    two = Statement(b1, "=", Plus(B, Ratio(Times(Plus(beta, -1), B), n), Ratio(Times(2, beta, A), n**2)))
    steps = (Step(one, Text("Let M be JJᵀ, a = E tr(M²)/n and b = E(tr M)²/n², before a layer and (next) after it. A diagonal entry of W M Wᵀ has the mean square b + 2a/n and meets β, an entry off the diagonal has a/n and meets 1; there are n and n(n − 1) of them.", "设 M = JJᵀ，a = E tr(M²)/n，b = E(tr M)²/n²，分别取一层之前与之后（next）的值。W M Wᵀ 的对角元素的均方是 b + 2a/n，乘上 β；非对角元素的均方是 a/n，乘上 1；前者有 n 个，后者有 n(n − 1) 个。")),
             Step(two, Text("The trace is a sum over the diagonal, whose entries are independent given M.", "迹是对角元素之和；给定 M，各对角元素相互独立。")),
             Step(statement, Text("The two lines are a 2 × 2 matrix with the eigenvalues 1 + (3β − 1)/n and 1 − 1/n; a = b = 1 before the first layer.", "这两行是一个 2 × 2 矩阵，特征值为 1 + (3β − 1)/n 与 1 − 1/n；第一层之前 a = b = 1。")))
    declared = (Declared(statement.left, Text("mean of tr((JJᵀ)²)/n: the second moment of the squared singular values, for Gaussian weights", "tr((JJᵀ)²)/n 的均值：高斯权重时，奇异值平方的二阶矩")), LAYERS, WIDTH, SPREAD, *TRACES)
    return Entry("V274", "isometry.gaussian", "expectation", Text("Gaussian weights: the second moment of the squared singular values, exactly", "高斯权重：奇异值平方的二阶矩，精确值"), statement, Suite((_walked(), drawn_networks(NETWORKS)), wrong, claims), declared=declared, assumptions=(CRITICAL, FREE), steps=steps, values=numbers(claims) | values)


def _wide(id_, slug, law, right, title, formula, wrong, reason, uses, values):
    statement = Statement(Lim(moment(law), n), "=", right)
    steps = (Step(statement, reason, (uses,)),)
    return Entry(id_, slug, "asymptotic", title, statement, Suite((limits({"N": _gaussian, "+": _haar}, (L, n, beta)), wide()), mutants(statement, **wrong)), declared=(LAYERS, WIDTH, SPREAD, Declared(moment(law), Text("second moment of the squared singular values", "奇异值平方的二阶矩"))), assumptions=(CRITICAL, FREE), steps=steps, sources=("pennington2017",), values=values)


def gaussian_wide():
    wrong = dict(mean_square_alone=Integer(1), slope_alone=Plus(1, Times(Plus(beta, -1), L)), one_dropped=Times(beta, L), exponential=beta**L, as_for_linear_layers=Plus(1, L))
    reason = Text("For wide layers both eigenvalues are near one: (1 + x/n) to the power L is 1 + xL/n to first order, and the n in front makes the difference visible.", "层很宽时两个特征值都接近一：(1 + x/n) 的 L 次幂首阶是 1 + xL/n，前面的因子 n 使差别显现出来。")
    values = {f"{name}_{depth}": Number(Integer(1 + spread * depth)) for name, spread in (("linear", 1), ("relu", 2)) for depth in (8, 64)}
    return _wide("V275", "isometry.gaussian_wide", "N", Plus(1, Times(beta, L)), Text("Wide Gaussian layers: the second moment grows by β a layer", "宽的高斯层：二阶矩每层增加 β"), _gaussian, wrong, reason, "isometry.gaussian", values)


def typical():
    statement = Statement(MeanLogSquare(n), "=", Plus(Summed(polygamma(0, k / 2), k, Integer(1), n), Times(n, ln(Ratio(2, n)))))
    points = tuple({n: Integer(width)} for width in (1, 2, 5))
    wrong = mutants(statement, as_if_log_and_mean_commuted=Integer(0), digamma_of_k=Plus(Summed(polygamma(0, k), k, Integer(1), n), Times(n, ln(Ratio(2, n)))), one_factor_fewer=Plus(Summed(polygamma(0, k / 2), k, Integer(2), n), Times(n, ln(Ratio(2, n)))), ratio_upside_down=Plus(Summed(polygamma(0, k / 2), k, Integer(1), n), Times(n, ln(Ratio(n, 2)))), factor_dropped=Plus(Summed(polygamma(0, k / 2), k, Integer(1), n), ln(Ratio(2, n))))
    values = {}
    for width in (8, 64):
        mean = sum(polygamma(0, Rational(index, 2)) for index in range(1, width + 1)) / width + ln(Rational(2, width))
        values |= {f"at_{width}": Number(mean), f"decades_{width}": Number(-64 * mean / ln(Integer(10)))}
    steps = (Step(statement, Text("det(WWᵀ) is the squared volume that the rows of W span. Taken one after the other, the part of a row that is perpendicular to the rows before it has a squared length of χ² over n, with one degree of freedom fewer each time; the mean logarithm of each is known.", "det(WWᵀ) 是 W 的各行张成的体积的平方。逐行来看，一行中垂直于前面各行的那部分，长度平方是 χ² 除以 n，每一行自由度少一；每个对数的均值是已知的。"), ("init.linear_log_norm",)),)
    declared = (WIDTH_ONE, Declared(k, Text("degrees of freedom", "自由度")), Declared(MeanLogSquare(n), Text("mean of the sum of ln of all squared singular values of one layer", "一层全部奇异值平方的对数之和的均值")))
    return Entry("V276", "isometry.typical", "expectation", Text("The mean logarithm of the squared singular values of a Gaussian layer", "高斯层奇异值平方的对数均值"), statement, Suite((*mean_logarithms(points), sampling(276, points[1:], 4000)), wrong), declared=declared, assumptions=(Text("n × n, independent entries from N(0, 1/n).", "n × n，各元素独立服从 N(0, 1/n)。"),), steps=steps, values=values)


WIDTH_ONE = Declared(n, Text("units in each layer", "每层的单元数"), domain="n \\ge 1")


def steps_needed():
    worst = Larger(Modulus(Plus(1, Times(-1, eta, s))), Modulus(Plus(1, Times(-1, eta, t))))
    right = Ratio(Plus(s, Times(-1, t)), Plus(s, t))
    statement = Statement(worst, ">=", right)
    wrong = mutants(statement, twice=Times(2, right), root_of_the_ratio=Ratio(Plus(s, Times(-1, t)), s), sum_dropped=Ratio(s, Plus(s, t)), upside_down=Ratio(Plus(s, t), Plus(s, Times(-1, t))), half=Ratio(Plus(s, Times(-1, t)), Times(2, Plus(s, t))))
    ends = ((4, 1), (100, 1), ("9/2", "1/7"), (1000, 3))
    tried = tuple({s: Rational(top), t: Rational(bottom), eta: Rational(rate) / Rational(top)} for top, bottom in ends for rate in ("1/5", "1", "3/2", "19/10", "2", "5/2"))
    reached = tuple({s: Rational(top), t: Rational(bottom), eta: 2 / (Rational(top) + Rational(bottom))} for top, bottom in ends)
    steps = (Step(Statement(Plus(Times(t, Modulus(Plus(1, Times(-1, eta, s)))), Times(s, Modulus(Plus(1, Times(-1, eta, t))))), ">=", Plus(s, Times(-1, t))), Text("Gradient descent on ‖J(w − w*)‖²/2 multiplies the error along the i-th singular vector by 1 − η σ_i². Drop the moduli, the first with a minus sign: η cancels.", "对 ‖J(w − w*)‖²/2 做梯度下降，第 i 个奇异向量方向的误差每步乘以 1 − η σ_i²。去掉绝对值，第一个取负号：η 消去。")),
             Step(statement, Text("The larger of two numbers is at least their weighted mean. Equality holds for η = 2/(s + t).", "两数中较大者不小于它们的加权平均。η = 2/(s + t) 时取等号。")))
    values = {"condition_10": Number(Rational(99, 101)), "condition_100": Number(Rational(9999, 10001)), "steps_10": Number(ln(Integer(10)) / ln(Rational(101, 99))), "steps_100": Number(ln(Integer(10)) / ln(Rational(10001, 9999)))}
    declared = (Declared(s, Text("largest squared singular value of J", "J 的最大奇异值的平方")), Declared(t, Text("smallest squared singular value of J", "J 的最小奇异值的平方"), domain="0 < t \\le s"), Declared(eta, Text("learning rate", "学习率")))
    return Entry("V277", "isometry.steps", "bound", Text("What a spread of singular values costs gradient descent, with the best learning rate", "奇异值的分散让梯度下降付出多少代价（取最佳学习率）"), statement, Suite((counting("many cases, in exact fractions", {}, tried + reached), counting("cases that attain it", {}, reached, "=")), wrong), declared=declared, steps=steps, values=values)


def haar_moment():
    statement = Statement(moment("+"), "=", _haar())
    grow = Plus(1, Ratio(Times(3, Plus(beta, -1)), Plus(n, 2)))
    wrong = mutants(statement, isometry_in_spite_of_slopes=Integer(1), as_for_wide_layers=Plus(1, Times(Plus(beta, -1), L)), as_for_gaussian_weights=_gaussian(), one_dropped=Times(Ratio(Plus(n, 2), 3), Plus(grow**L, -1)), one_layer_more=_haar(layers=Plus(L, 1)), width_for_width_plus_two=_haar(width=Plus(n, -2)))
    claims = {f"three_units_{depth}": Statement(moment("+", Integer(depth), Integer(3), Integer(2)), "=", _haar(Integer(depth), Integer(3), Integer(2)).doit()) for depth in (1, 3)}
    values = _numbers(_haar, ((f"relu_{depth}", depth, 2) for depth in (8, 64)))
    one = Statement(a1, "=", Plus(A, Times(Ratio(Plus(beta, -1), Plus(n, 2)), Plus(Times(2, A), Times(n, B)))))
    two = Statement(b1, "=", Plus(B, Times(Ratio(Plus(beta, -1), Plus(n, 2)), Plus(B, Ratio(Times(2, A), n)))))
    steps = (Step(one, Text("The same two numbers as for Gaussian weights. A uniformly drawn orthogonal W keeps tr(M²) and tr M, and a diagonal entry of W M Wᵀ has the mean square (nb + 2a)/(n + 2); only the diagonal meets β in place of 1.", "与高斯权重时同样的两个数。均匀抽取的正交矩阵 W 保持 tr(M²) 与 tr M，而 W M Wᵀ 的对角元素的均方是 (nb + 2a)/(n + 2)；只有对角元素乘的是 β 而不是 1。")),
             Step(two, Text("The trace changes only through the diagonal, too.", "迹的变化也只来自对角元素。")),
             Step(statement, Text("The eigenvalues of the two lines are 1 and 1 + 3(β − 1)/(n + 2); a = b = 1 before the first layer.", "这两行的特征值是 1 与 1 + 3(β − 1)/(n + 2)；第一层之前 a = b = 1。")))
    declared = (Declared(statement.left, Text("mean of tr((JJᵀ)²)/n for orthogonal weights", "正交权重时 tr((JJᵀ)²)/n 的均值")), LAYERS, WIDTH, SPREAD, *TRACES)
    return Entry("V278", "isometry.haar", "expectation", Text("Orthogonal weights with slopes: the second moment, exactly", "正交权重加上导数：二阶矩，精确值"), statement, Suite((_walked(), drawn_networks(NETWORKS[1:])), wrong, claims), declared=declared, assumptions=(CRITICAL, FREE, Text("The weights are drawn uniformly from the orthogonal matrices.", "权重从正交矩阵中均匀抽取。")), steps=steps, values=numbers(claims) | values, uses=("isometry.gaussian",))


def haar_wide():
    wrong = dict(isometry_in_spite_of_slopes=Integer(1), as_for_gaussian_weights=Plus(1, Times(beta, L)), one_dropped=Times(Plus(beta, -1), L), exponential=beta**L, sign=Plus(1, Times(Plus(1, beta), L)))
    values = {f"relu_{depth}": Number(Integer(1 + depth)) for depth in (8, 64)}
    return _wide("V279", "isometry.haar_wide", "+", Plus(1, Times(Plus(beta, -1), L)), Text("Wide orthogonal layers: only the slopes spread the spectrum", "宽的正交层：只有导数使谱分散"), _haar, wrong, Text("To first order in 1/n.", "取 1/n 的首阶。"), "isometry.haar", values)


def _excess(variance):
    fourth = gaussian(Applied("tanh", z, 1) ** 4, variance)
    return Plus(Ratio(fourth, gaussian(Squared(Applied("tanh", z, 1)), variance) ** 2), -1)


def tanh_excess():
    statement = Statement(_excess(Rational(1, 10)), "=", Digits("397091225238468", -2))
    claims = {"at_hundredth": Statement(_excess(Rational(1, 100)), "=", Digits("727323740496275", -4)), "at_one": Statement(_excess(Integer(1)), "=", Digits("583479941367463", -1))}
    wrong = digit_mutants("value", statement) + mutants(statement, as_for_relu=Integer(1), leading_term_alone=Rational(8, 100))
    steps = (Step(statement, Text("By two quadratures: the integral has no closed form that we know.", "由两种求积公式算出：我们不知道它的闭式。"), ("isometry.haar_wide",)),)
    values = {"value": Number(statement.right.low, 9)} | {name: Number(claim.right.low, 9) for name, claim in claims.items()} | {f"layers_{name}": Number(1 / claim.right.low, 6) for name, claim in (("tenth", statement), *((key[3:], claim) for key, claim in claims.items()))}
    return Entry("V280", "isometry.tanh_excess", "constant", Text("By how much one tanh layer spreads the spectrum, at the variance 1/10", "方差为 1/10 时，一个 tanh 层使谱分散多少"), statement, Suite((*quadratures(), sampling(280)), wrong, claims), declared=(DRAW,), steps=steps, values=values)


def tanh_small():
    variance = Slash(1, L)
    statement = Statement(Lim(Times(L**2, _excess(variance)), L), "=", Integer(8))
    wrong = mutants(statement, four=Integer(4), two=Integer(2), sixteen=Integer(16), sign=Integer(-8), first_order=Integer(0))
    power = Statement(_excess(variance), "~", Ratio(8, L**2))
    steps = (Step(power, Text("tanh′ squared is 1 − 2z² to first order. Its variance is 4 times that of z², which is 2q² for z ~ N(0, q): together 8q², with q = 1/L.", "tanh′ 的平方首阶是 1 − 2z²。它的方差是 z² 的方差的 4 倍；z ~ N(0, q) 时 z² 的方差是 2q²：合起来是 8q²，其中 q = 1/L。")),
             Step(statement, Text("What is left is of higher order.", "其余的是高阶项。")))
    return Entry("V281", "isometry.tanh_small", "asymptotic", Text("Small signals: tanh spreads the spectrum only by the square of the variance", "信号小时：tanh 使谱分散的程度只是方差的平方"), statement, Suite((*fourth_order(),), wrong), domain=(Range(L, 1, oo),), declared=(DRAW, Declared(L, Text("one over the variance of the pre-activation", "预激活值方差的倒数"))), steps=steps)
