"""Weight initialization: which variance keeps the second moment of a layer, from exact expectations."""

from sympy import Integer, Rational, Symbol, log, pi, polygamma, sqrt, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.expectations import ChiSquared, Expect, Normal, Uniform
from derivations.algebra.scalars import Applied, Plus, Ratio, Root, Slash, Squared, Times, ln
from derivations.checking.arithmetic import Extended
from derivations.checking.expectations import exact_integral, quadratures, sampling
from derivations.checking.scalars import Suite, agreement, mutants, numbers
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Statement, Step
from derivations.text import Text

z, w = symbols("z w", real=True)
q, n, n_in, n_out, slope = symbols("q n n_in n_out a", positive=True)
bound = Symbol("r", positive=True)
DRAW = Declared(z, Text("a random pre-activation", "随机的预激活值"))
WEIGHT = Declared(w, Text("a random weight", "随机的权重"))
VARIANCE = Declared(q, Text("variance of the pre-activation", "预激活值的方差"), domain="q > 0")
SLOPE = Declared(slope, Text("slope of the leaky ReLU below zero", "带泄漏的 ReLU 在负半轴上的斜率"))
WIDTH = Declared(n, Text("number of inputs of a unit (fan-in)", "一个单元的输入个数（扇入）"))
FANS = (Declared(n_in, Text("number of inputs of the layer", "该层的输入个数")), Declared(n_out, Text("number of outputs of the layer", "该层的输出个数")))
VARIANCES = tuple({q: Rational(top, 4)} for top in (1, 4, 11))
SIZES = tuple({n: Integer(size)} for size in (2, 7, 100))
PAIRS = tuple({n_in: Integer(a), n_out: Integer(b)} for a, b in ((3, 7), (400, 100), (5, 5)))
EVEN = Text("Half of the line contributes nothing, the other half contributes half of the second moment of z, because z² is even.", "半条数轴没有贡献；z² 是偶函数，另一半恰好贡献 z 的二阶矩的一半。")


def applied(name, order=0, *parameters):
    return Applied(name, z, order, *parameters)


def gaussian(body, variance=Integer(1)):
    """The mean of the body when z is normal with that variance."""
    return Expect(body, z, Normal(variance))


def uniform(body, end):
    """The mean of the body when w is uniform between minus and plus the bound."""
    return Expect(body, w, Uniform(end))


def suite(seed, wrong, claims=None, points=({},)):
    """Two quadratures, samples, exact integral."""
    return Suite((*quadratures(points), sampling(seed, points), exact_integral()), wrong, claims or {})


def expectation(id_, slug, title, statement, wrong, claims=None, points=({},), declared=(DRAW,), steps=()):
    """An entry whose statement SymPy integrates; its seed is its number."""
    claims = claims or {}
    return Entry(id_, slug, "expectation", title, statement, suite(int(id_[1:]), wrong, claims, points), declared=declared, steps=steps, values=numbers(claims))


def entries():
    """The published results of this topic, in the order of the page."""
    return (
        uniform_variance(), lecun_uniform(), xavier_uniform(), xavier_forward(), xavier_backward(), relu_second_moment(), relu_slope(), leaky_second_moment(), leaky_gain(),
        pytorch_bound(), pytorch_factor(), linear_log_norm(),
    )  # fmt: skip


def uniform_variance():
    statement = Statement(uniform(w**2, bound), "=", Ratio(bound**2, 3))
    wrong = mutants(statement, as_for_the_whole_width=Ratio(bound**2, 12), bound_for_variance=bound**2, half=Ratio(bound**2, 2), not_squared=Ratio(bound, 3), sign=Times(-1, Ratio(bound**2, 3)))
    declared = (WEIGHT, Declared(bound, Text("largest modulus of a weight", "权重绝对值的上界")))
    steps = (Step(statement, Text("The mean of w² over an interval is its integral divided by the length 2r.", "w² 在区间上的平均值，等于它的积分除以区间长度 2r。")),)
    return expectation("V620", "init.uniform_variance", Text("Variance of a uniform weight", "均匀分布的权重的方差"), statement, wrong, points=tuple({bound: Rational(top, 3)} for top in (1, 5)), declared=declared, steps=steps)


def lecun_uniform():
    end = Slash(1, Root(n))
    statement = Statement(Times(n, uniform(w**2, end)), "=", Rational(1, 3))
    wrong = mutants(statement, as_if_bound_were_deviation=Integer(1), half=Rational(1, 2), sixth=Rational(1, 6), twelfth=Rational(1, 12)) + (Mutant("root of n forgotten", Statement(Times(n, uniform(w**2, Slash(1, n))), "=", Rational(1, 3))), Mutant("three for a third", statement.with_right(Integer(3)), "P16"))
    steps = (Step(Statement(uniform(w**2, end), "=", Ratio(1, Times(3, n))), Text("The variance is a third of the squared bound.", "方差是上界平方的三分之一。"), ("init.uniform_variance",)),)
    return expectation("V621", "init.fan_in_uniform", Text("Uniform weights within 1/√n: a third of what linear layers need", "均匀分布 ±1/√n：只有线性层所需方差的三分之一"), statement, wrong, {"share": statement}, SIZES, (WEIGHT, WIDTH), steps)


def _glorot():
    return Root(Slash(6, Plus(n_in, n_out)))


def xavier_uniform():
    statement = Statement(uniform(w**2, _glorot()), "=", Ratio(2, Plus(n_in, n_out)))
    wrong = mutants(statement, as_for_fan_in=Ratio(1, n_in), as_for_fan_out=Ratio(1, n_out), factor_two_dropped=Ratio(1, Plus(n_in, n_out)), as_if_bound_were_deviation=Ratio(6, Plus(n_in, n_out)), minus_for_plus=Ratio(2, Plus(n_in, -n_out)))
    steps = (Step(statement, Text("A third of the squared bound: 6 divided by 3.", "上界平方的三分之一：6 除以 3。"), ("init.uniform_variance",)),)
    return expectation("V622", "init.xavier_uniform", Text("Xavier (Glorot) initialization: the variance behind the bound", "Xavier 初始化：上界对应的方差"), statement, wrong, points=PAIRS[:2], declared=(WEIGHT, *FANS), steps=steps)


def _xavier(id_, slug, title, own, other, pairs, reason):
    statement = Statement(Times(own, uniform(w**2, _glorot())), "=", Ratio(Times(2, own), Plus(n_in, n_out)))
    claims = {name: Statement(statement.left.subs({n_in: a, n_out: b}), "=", statement.right.doit().subs({n_in: a, n_out: b})) for name, a, b in pairs}
    wrong = mutants(statement, the_other_direction=Ratio(Times(2, other), Plus(n_in, n_out)), factor_two_dropped=Ratio(own, Plus(n_in, n_out)), fans_exchanged_below=Ratio(Times(2, own), Plus(own, own, other)))
    wrong += (Mutant("said not to depend on the number of inputs", statement.with_right(Integer(1)), "P05"),)
    steps = (Step(statement, reason, ("init.xavier_uniform",)),)
    return expectation(id_, slug, title, statement, wrong, claims, PAIRS[:2], (WEIGHT, *FANS), steps)


def xavier_forward():
    pairs = (("wide_to_narrow", 400, 100), ("narrow_to_wide", 100, 400), ("square", 100, 100))
    reason = Text("A pre-activation is a sum of as many independent terms as the layer has inputs.", "预激活值是若干独立项之和，项数等于该层的输入个数。")
    return _xavier("V623", "init.xavier_forward", Text("Xavier initialization forward: what a linear layer does to the second moment", "Xavier 初始化的前向：线性层怎样改变二阶矩"), n_in, n_out, pairs, reason)


def xavier_backward():
    pairs = (("wide_to_narrow", 400, 100), ("narrow_to_wide", 100, 400))
    reason = Text("On the way back, the adjoint of an input is a sum over the outputs.", "反向传播时，一个输入的伴随变量是对所有输出求和。")
    return _xavier("V624", "init.xavier_backward", Text("Xavier initialization backward: the two directions share the number two", "Xavier 初始化的反向：两个方向的倍数之和为二"), n_out, n_in, pairs, reason)


def relu_second_moment():
    statement = Statement(gaussian(Squared(applied("relu")), q), "=", Ratio(q, 2))
    claims = {"half": Statement(gaussian(Squared(applied("relu"))), "=", Rational(1, 2)), "gain_squared": Statement(Ratio(1, gaussian(Squared(applied("relu")))), "=", Integer(2))}
    wrong = mutants(statement, whole_second_moment=q, a_quarter=Ratio(q, 4), variance_for_second_moment=Times(q, Plus(Rational(1, 2), Ratio(-1, Times(2, pi)))), deviation_for_variance=Ratio(Root(q), 2), sign=Times(-1, Ratio(q, 2)))
    return expectation("V625", "init.relu_second_moment", Text("ReLU halves the second moment", "ReLU 使二阶矩减半"), statement, wrong, claims, VARIANCES, (DRAW, VARIANCE), (Step(statement, EVEN),))


def relu_slope():
    statement = Statement(gaussian(Squared(applied("relu", 1)), q), "=", Rational(1, 2))
    wrong = mutants(statement, slope_one_everywhere=Integer(1), a_quarter=Rational(1, 4), as_for_the_value=Ratio(q, 2), root=sqrt(Rational(1, 2)))
    steps = (Step(statement, Text("The slope is 1 where z is positive, which has probability one half, and 0 elsewhere.", "z 为正时导数为 1，概率是二分之一；其余处为 0。"), ("activation.relu.derivative",)),)
    return expectation("V626", "init.relu_slope", Text("ReLU halves the mean square of the adjoint", "ReLU 使伴随变量的均方减半"), statement, wrong, {"half": statement}, VARIANCES, (DRAW, VARIANCE), steps)


def leaky_second_moment():
    statement = Statement(gaussian(Squared(applied("lrelu", 0, slope)), q), "=", Times(Ratio(Plus(1, slope**2), 2), q))
    points = tuple({q: variance, slope: a} for variance, a in ((Integer(1), Rational(1, 100)), (Rational(5, 2), Rational(1, 4)), (Rational(1, 3), Integer(2))))
    claims = {"at_a_quarter": Statement(gaussian(Squared(applied("lrelu", 0, Rational(1, 4)))), "=", Rational(17, 32))}
    wrong = mutants(statement, slope_not_squared=Times(Ratio(Plus(1, slope), 2), q), as_for_relu=Ratio(q, 2), minus_for_plus=Times(Ratio(Plus(1, -(slope**2)), 2), q), not_halved=Times(Plus(1, slope**2), q), both_sides_together=Times(Ratio(Plus(1, slope) ** 2, 2), q))
    steps = (Step(statement, Text("The positive half contributes q/2, the negative half a² times as much.", "正半轴贡献 q/2，负半轴贡献它的 a² 倍。"), ("init.relu_second_moment",)),)
    return expectation("V627", "init.leaky_second_moment", Text("Second moment behind a leaky ReLU", "经过带泄漏的 ReLU 之后的二阶矩"), statement, wrong, claims, points, (DRAW, VARIANCE, SLOPE), steps)


def leaky_gain():
    def gained(factor):
        return Times(factor, gaussian(Squared(applied("lrelu", 0, slope)), q))

    gain = Ratio(2, Plus(1, slope**2))
    statement = Statement(gained(gain), "=", q)
    points = tuple({q: Rational(3, 2), slope: a} for a in (Rational(1, 100), Rational(1, 4), Integer(2)))
    wrong = tuple(Mutant(name, Statement(gained(factor), "=", q)) for name, factor in (("gain of ReLU", Integer(2)), ("slope not squared", Ratio(2, Plus(1, slope))), ("gain of a linear layer", Integer(1)), ("root of the gain", Root(gain)), ("halved", Ratio(1, Plus(1, slope**2)))))
    claims = {f"at_{name}": Statement(Ratio(1, gaussian(Squared(applied("lrelu", 0, a)))), "=", 2 / (1 + a**2)) for name, a in (("hundredth", Rational(1, 100)), ("quarter", Rational(1, 4)), ("sqrt5", sqrt(5)))}
    steps = (Step(Statement(gaussian(Squared(applied("lrelu", 0, slope)), q), "=", Times(Ratio(Plus(1, slope**2), 2), q)), Text("The second moment behind the activation.", "经过激活函数之后的二阶矩。"), ("init.leaky_second_moment",)), Step(statement, Text("The factor in front undoes it: with n·Var(w) equal to it, the next pre-activation has variance q again.", "前面的因子恰好抵消它：令 n·Var(w) 等于这个因子，下一层预激活值的方差又是 q。")))
    return expectation("V628", "init.he_gain", Text("He (Kaiming) initialization: the factor that restores the second moment", "He 初始化：使二阶矩复原的因子"), statement, wrong, claims, points, (DRAW, VARIANCE, SLOPE), steps)


def pytorch_bound():
    gain = Root(Ratio(2, Plus(1, Root(5) ** 2)))
    statement = Statement(Times(gain, Root(Ratio(3, n))), "=", Ratio(1, Root(n)))
    wrong = mutants(statement, as_for_he=Root(Ratio(6, n)), deviation_for_bound=Ratio(1, Root(Times(3, n))), root_of_n_forgotten=Ratio(1, n), gain_one=Root(Ratio(3, n)), sign=Times(-1, Ratio(1, Root(n))))
    steps = (Step(Statement(gain, "=", Root(Ratio(1, 3))), Text("The gain of a leaky ReLU with a = √5, a slope that no network uses: the value is chosen for what follows.", "这是 a = √5 的带泄漏 ReLU 的增益。没有网络使用这样的斜率，取这个值只是为了得到下面的结果。"), ("init.he_gain",)), Step(statement, Text("The bound of a uniform law is √3 times its deviation; the two roots of 3 cancel.", "均匀分布的上界是标准差的 √3 倍，两个 √3 抵消。"), ("init.uniform_variance",)))
    title = Text("Why PyTorch writes a = √5: the bound becomes 1/√n", "PyTorch 为何写 a = √5：上界就成了 1/√n")
    return Entry("V629", "init.pytorch_bound", "identity", title, statement, Suite((agreement("values with 60 digits", Extended, SIZES, 1e-50), exact_integral("algebra (SymPy)")), wrong), declared=(WIDTH,), steps=steps)


def pytorch_factor():
    product = Times(n, uniform(w**2, Slash(1, Root(n))), gaussian(Squared(applied("relu"))))
    statement = Statement(product, "=", Rational(1, 6))
    wrong = mutants(statement, as_for_he=Integer(1), relu_forgotten=Rational(1, 3), uniform_taken_for_deviation=Rational(1, 2), squared=Rational(1, 36))
    steps = (Step(statement, Text("A third from the weights, a half from ReLU.", "权重贡献三分之一，ReLU 贡献二分之一。"), ("init.fan_in_uniform", "init.relu_second_moment")),)
    claims = {"factor": statement} | {f"after_{layers}": Statement(product**layers, "=", Rational(1, 6**layers)) for layers in (10, 20)}
    return expectation("V630", "init.pytorch_factor", Text("PyTorch's default: one ReLU layer keeps a sixth of the second moment", "PyTorch 的默认初始化：每个 ReLU 层只保留六分之一的二阶矩"), statement, wrong, claims, SIZES, (WEIGHT, WIDTH, DRAW), steps)


def linear_log_norm():
    def law(size):
        return Expect(ln(Ratio(z, size)), z, ChiSquared(size))

    half = Ratio(n, 2)
    statement = Statement(law(n), "=", Plus(polygamma(0, n / 2), ln(Ratio(2, n))))
    claims = {f"at_{size}": Statement(law(Integer(size)), "=", polygamma(0, Rational(size, 2)) + log(Rational(2, size))) for size in (10, 100)}
    wrong = mutants(statement, as_if_log_and_mean_commuted=Integer(0), digamma_of_n=Plus(polygamma(0, n), ln(Ratio(2, n))), ratio_upside_down=Plus(polygamma(0, n / 2), ln(half)), digamma_dropped=ln(Ratio(2, n)), first_order_only=Ratio(-1, n))
    steps = (
        Step(Statement(Expect(z, z, ChiSquared(n)), "=", n), Text("For a unit vector v and independent entries from N(0, 1/n), n‖Wv‖² is a sum of n squares of standard normal numbers; its mean is n.", "设 v 是单位向量，W 的各元素独立服从 N(0, 1/n)，则 n‖Wv‖² 是 n 个标准正态数的平方和，均值为 n。")),
        Step(statement, Text("The mean of the logarithm is smaller than the logarithm of the mean: the typical norm shrinks although the mean square stays.", "对数的均值小于均值的对数：均方不变，典型的范数却在缩小。")),
    )
    declared = (Declared(z, Text("n‖Wv‖²: squared length of a random unit vector's image, times n", "n‖Wv‖²：单位向量的像的长度平方，再乘以 n")), Declared(n, Text("width of the layer", "层的宽度")))
    return expectation("V631", "init.linear_log_norm", Text("A linear layer with variance 1/n: the typical squared norm shrinks", "方差为 1/n 的线性层：典型的范数平方在缩小"), statement, wrong, claims, tuple({n: Integer(size)} for size in (2, 10, 25)), declared, steps)
