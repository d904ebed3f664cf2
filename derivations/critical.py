"""Numbers of mean-field theory: the factor χ of the usual activations, where it is one, and how far it is off elsewhere."""

from sympy import Integer, Rational, Symbol, erfc, oo, pi, sqrt

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.expectations import CriticalWeight, FixedPoint, Iterated, SeluConstant
from derivations.algebra.scalars import Applied, Decimal, Digits, Exp, Lim, Plus, Ratio, Root, Slash, Squared, Times, ln
from derivations.algebra.terms import l
from derivations.checking.arithmetic import Double, Extended
from derivations.checking.decay import by_iteration, by_series
from derivations.checking.expectations import quadratures, sampling
from derivations.checking.meanfield import BIAS, WEIGHT
from derivations.checking.scalars import Suite, agreement, digit_mutants, mutants, numbers
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Range, Statement, Step
from derivations.initialization import DRAW, VARIANCE, applied, gaussian, q, suite, z
from derivations.meanfield import DEVIATIONS
from derivations.text import Text

chi = Symbol("chi", positive=True)
STANDARD = Declared(z, Text("a standard normal random number", "服从标准正态分布的随机数"))
NETWORKS = tuple({WEIGHT: Rational(w), BIAS: Rational(b), q: Rational(v)} for w, b, v in (("3/2", "1/3", "2/3"), ("1/2", "1", "7/3"), ("2", "1/5", "1")))
LAMBDA, ALPHA = SeluConstant("lambda"), SeluConstant("alpha")


def scaled(name, order=0):
    """f(√q z) or its derivative there."""
    return Applied(name, Times(Root(q), z), order)


def entries():
    """The published results of this topic, in the order of the page."""
    return relu_forward(), relu_chi(), *second_moments(), tanh_decay(), tanh_after_50(), tanh_gain(), tanh_gain_chi(), critical_tanh(), sigmoid_chi(), depth_scale(), selu_fixed(), selu_alpha(), selu_lambda(), selu_chi()


def relu_forward():
    statement = Statement(Plus(Times(WEIGHT**2, gaussian(Squared(scaled("relu")))), BIAS**2), "=", Plus(Ratio(Times(WEIGHT**2, q), 2), BIAS**2))
    wrong = mutants(statement, half_dropped=Plus(Times(WEIGHT**2, q), BIAS**2), bias_dropped=Ratio(Times(WEIGHT**2, q), 2), everything_halved=Ratio(Plus(Times(WEIGHT**2, q), BIAS**2), 2), deviation_for_variance=Plus(Ratio(Times(WEIGHT, q), 2), BIAS**2))
    steps = (Step(Statement(gaussian(Squared(scaled("relu"))), "=", Ratio(q, 2)), Text("ReLU halves the second moment.", "ReLU 使二阶矩减半。"), ("init.relu_second_moment",)), Step(statement, Text("Insert it: the recursion is a straight line, and without biases a multiplication by σ_w²/2.", "代入即得：递推是一条直线；没有偏置时，就是乘以 σ_w²/2。"), ("meanfield.forward",)))
    return Entry("V642", "meanfield.relu_forward", "expectation", Text("ReLU: the forward recursion is a straight line", "ReLU：前向递推是一条直线"), statement, suite(642, wrong, points=NETWORKS), declared=(STANDARD, VARIANCE, *DEVIATIONS), steps=steps)


def relu_chi():
    left = Times(WEIGHT**2, gaussian(Squared(scaled("relu", 1))))
    statement = Statement(left, "=", Ratio(WEIGHT**2, 2))
    claims = {name: Statement(Times(variance, gaussian(Squared(applied("relu", 1)))), "=", variance / 2) for name, variance in (("he", Integer(2)), ("one_over_n", Integer(1)), ("pytorch", Rational(1, 3)))}
    wrong = mutants(statement, slope_one_everywhere=WEIGHT**2, deviation_for_variance=Ratio(WEIGHT, 2), as_for_the_value=Ratio(Times(WEIGHT**2, q), 2), quartered=Ratio(WEIGHT**2, 4), depends_on_the_bias=Plus(Ratio(WEIGHT**2, 2), BIAS**2))
    steps = (Step(statement, Text("Half of the units have slope 1 and half have slope 0, whatever the variance q is.", "一半单元的导数是 1，另一半是 0，与方差 q 无关。"), ("init.relu_slope", "meanfield.chi")),)
    return Entry("V643", "meanfield.relu_chi", "expectation", Text("ReLU: χ does not depend on the signal", "ReLU：χ 与信号无关"), statement, suite(643, wrong, claims, NETWORKS), declared=(STANDARD, VARIANCE, *DEVIATIONS), steps=steps, values=numbers(claims))


def _digits(id_, slug, title, body, digits, exponent, reason, extra=(), claims=None):
    """An entry for the value of one integral without a closed form: all printed digits are decided by both quadratures."""
    statement = Statement(gaussian(body), "=", Digits(digits, exponent))
    value_ = Rational(int(digits), 10 ** (len(digits) - 1 - exponent))
    wrong = digit_mutants("value", statement) + mutants(statement, **dict(extra))
    checks = (*quadratures(), sampling(int(id_[1:])))
    return Entry(id_, slug, "constant", title, statement, Suite(checks, wrong, claims or {}), declared=(STANDARD,), steps=(Step(statement, reason),), values={"value": Number(value_, len(digits))} | numbers(claims or {}))


def second_moments():
    symmetric = Text("No closed form is known to us: the integral is evaluated with two quadratures that share no node.", "我们不知道它的闭式：积分由两种没有公共节点的求积公式算出。")
    return (
        _digits("V644", "meanfield.tanh_square", Text("Second moment of tanh at variance one", "方差为一时 tanh 的二阶矩"), Squared(applied("tanh")), "394294490397841", -1, symmetric, {"half": Rational(1, 2), "tanh_of_the_mean_square": Applied("tanh", Integer(1))}),
        _digits("V645", "meanfield.tanh_slope", Text("Mean slope of tanh at variance one", "方差为一时 tanh 的平均导数"), applied("tanh", 1), "605705509602158", -1, Text("It is one minus the second moment of tanh, because tanh′ = 1 − tanh².", "因为 tanh′ = 1 − tanh²，它等于一减去 tanh 的二阶矩。"), {"slope_at_zero": Integer(1)}),
        _digits("V646", "meanfield.tanh_slope_square", Text("Mean squared slope of tanh at variance one", "方差为一时 tanh 导数的均方"), Squared(applied("tanh", 1)), "464402902448268241", -1, symmetric, {"square_of_the_mean_slope": Rational(605705509602158, 10**15) ** 2}),
        _digits("V647", "meanfield.sigmoid_slope_square", Text("Mean squared slope of the logistic function at variance one", "方差为一时逻辑斯谛函数导数的均方"), Squared(applied("sigma", 1)), "448362413501943", -2, symmetric, {"square_of_the_largest_slope": Rational(1, 16)}),
    )  # fmt: skip


def tanh_decay():
    statement = Statement(Lim(Times(l, Iterated("tanh", 1, 0, 1, l)), l), "=", Rational(1, 2))
    wrong = mutants(statement, one=Integer(1), quarter=Rational(1, 4), two=Integer(2), root=sqrt(Rational(1, 2)), third=Rational(1, 3))
    power = Statement(gaussian(Squared(scaled("tanh"))), "~", Plus(q, Times(-2, q**2)))
    steps = (
        Step(power, Text("For small q: tanh(x)² = x² − (2/3) x⁴ + …, and the fourth moment of a normal number is 3q².", "q 很小时，tanh(x)² = x² − (2/3) x⁴ + …，而正态随机数的四阶矩是 3q²。")),
        Step(Statement(Plus(Ratio(1, Iterated("tanh", 1, 0, 1, l + 1)), Times(-1, Ratio(1, Iterated("tanh", 1, 0, 1, l)))), "->", Integer(2)), Text("One layer therefore adds 2 to 1/q in the limit.", "因此在极限中，每一层使 1/q 增加 2。"), ("meanfield.forward",)),
        Step(statement, Text("After l layers 1/q is 2l to first order.", "经过 l 层，1/q 的首项是 2l。")),
    )
    start = Text("φ = tanh, σ_w² = 1, σ_b² = 0, any start q > 0.", "φ = tanh，σ_w² = 1，σ_b² = 0，初值 q > 0 任意。")
    return Entry("V648", "meanfield.tanh_decay", "asymptotic", Text("tanh at gain one: the variance decays like 1/(2l), not exponentially", "增益为一的 tanh：方差按 1/(2l) 衰减，而不是指数衰减"), statement, Suite((by_series(), by_iteration()), wrong), domain=(Range(l, 1, oo),), declared=(VARIANCE, STANDARD), assumptions=(start,), steps=steps)


def _solved(id_, slug, title, left, digits, exponent, assumptions, steps, claims=None, declared=(), extra=()):
    statement = Statement(left, "=", Digits(digits, exponent))
    claims = claims or {}
    values = {"value": Number(Rational(int(digits)) * Rational(10) ** (exponent - len(digits) + 1), len(digits))}
    values |= {name: Number(claim.right.low if isinstance(claim.right, Digits) else claim.right.doit(), 15) for name, claim in claims.items()}
    return Entry(id_, slug, "constant", title, statement, Suite(quadratures(), digit_mutants("value", statement) + mutants(statement, **dict(extra)), claims), declared=declared, assumptions=assumptions, steps=steps(statement), values=values)


def tanh_after_50():
    start = Text("φ = tanh, σ_w² = 1, σ_b² = 0; the iteration starts at q_0 = 1.", "φ = tanh，σ_w² = 1，σ_b² = 0；迭代从 q_0 = 1 开始。")
    return _solved("V649", "meanfield.tanh_after_50", Text("tanh at gain one: the variance after 50 layers", "增益为一的 tanh：50 层之后的方差"), Iterated("tanh", 1, 0, 1, 50), "1021933", -2, (start,),
                   lambda s: (Step(s, Text("Fifty applications of the forward recursion; 1/(2 · 50) is one hundredth.", "前向递推迭代五十次；1/(2 · 50) 是百分之一。"), ("meanfield.forward", "meanfield.tanh_decay")),), extra={"as_the_leading_term_says": Digits("1000000", -2)})  # fmt: skip


FIVE_THIRDS = FixedPoint("tanh", Rational(25, 9), 0)
GAIN = Text("φ = tanh, σ_w² = 25/9 (the gain 5/3 that PyTorch recommends for tanh), σ_b² = 0.", "φ = tanh，σ_w² = 25/9（即 PyTorch 为 tanh 推荐的增益 5/3），σ_b² = 0。")


def tanh_gain():
    return _solved("V650", "meanfield.tanh_gain", Text("tanh at gain 5/3: where the variance settles", "增益为 5/3 的 tanh：方差稳定在何处"), FIVE_THIRDS, "1178480490385907", 0, (GAIN,),
                   lambda s: (Step(Statement(FIVE_THIRDS, "=", Times(Rational(25, 9), gaussian(Squared(applied("tanh")), FIVE_THIRDS))), Text("At the fixed point one layer changes nothing.", "在不动点上，每层都不改变方差。"), ("meanfield.forward",)), Step(s, Text("Solved numerically, twice.", "用两种方法数值求解。"))), declared=(DRAW,))  # fmt: skip


def tanh_gain_chi():
    left = Times(Rational(25, 9), gaussian(Squared(applied("tanh", 1)), FIVE_THIRDS))
    growth = Statement(left**50, "=", Digits("1368488", 4))
    return _solved("V651", "meanfield.tanh_gain_chi", Text("tanh at gain 5/3: the gradient grows slowly", "增益为 5/3 的 tanh：梯度缓慢增长"), left, "1209831320382828", 0, (GAIN,),
                   lambda s: (Step(s, Text("χ at the fixed point of the variance: above one.", "方差不动点处的 χ：大于一。"), ("meanfield.chi", "meanfield.tanh_gain")),), {"after_50": growth}, (DRAW,), {"critical": Integer(1)})  # fmt: skip


def critical_tanh():
    def at(bias, digits):
        return Statement(CriticalWeight("tanh", bias), "=", Digits(digits, 0))

    claims = {name: at(Decimal(bias), digits) for name, bias, digits in (("at_0.00002", "0.0000201", "104999562849903"), ("at_0.1", "0.1", "198607264113586"), ("at_0.3", "0.3", "250512718967976"))}
    condition = Text("φ = tanh; the argument is σ_b², the value the σ_w² at which χ = 1 at the fixed point q*. At σ_b² = 0 it is 1.", "φ = tanh；自变量是 σ_b²，函数值是使不动点 q* 处 χ = 1 的 σ_w²。σ_b² = 0 时它等于 1。")
    return _solved("V652", "meanfield.critical_tanh", Text("A point of the critical line of tanh", "tanh 临界线上的一点"), CriticalWeight("tanh", Decimal("0.05")), "176095463960673", 0, (condition,),
                   lambda s: (Step(s, Text("Along the critical line σ_w² = 1 / E tanh′(z)² and σ_b² = q − σ_w² E tanh(z)² with z ~ N(0, q): one equation in q.", "在临界线上，σ_w² = 1 / E tanh′(z)²，σ_b² = q − σ_w² E tanh(z)²，其中 z ~ N(0, q)：只需解一个关于 q 的方程。"), ("meanfield.chi", "meanfield.forward")),), claims, extra={"as_without_bias": Integer(1)})  # fmt: skip


def depth_scale():
    scale = Times(-1, Ratio(1, ln(chi)))
    statement = Statement(chi**scale, "=", Exp(Integer(-1)))
    points = tuple({chi: x} for x in (Rational(1, 6), Rational(1, 2), Rational(9, 10), Rational(6, 5)))
    claims = {f"at_{name}": Statement(Times(-1, Ratio(1, ln(x))), "=", -1 / ln(x)) for name, x in (("half", Rational(1, 2)), ("sixth", Rational(1, 6)), ("nine_tenths", Rational(9, 10)))}
    wrong = tuple(Mutant(name, Statement(chi**power, "=", statement.right)) for name, power in (("sign", Ratio(1, ln(chi))), ("not the logarithm", Ratio(-1, chi)), ("distance from one", Ratio(1, Plus(1, Times(-1, chi)))), ("doubled", Ratio(-2, ln(chi))), ("inverted", Times(-1, ln(chi)))))
    steps = (Step(Statement(chi**l, "=", Exp(Times(l, ln(chi)))), Text("A power is an exponential of the number of layers.", "幂就是层数的指数函数。")), Step(statement, Text("Its exponent is −1 when l is −1/ln χ: the depth scale. Near χ = 1 it is about 1/|1 − χ|.", "当 l 等于 −1/ln χ 时指数为 −1，这就是深度尺度。χ 接近 1 时，它约等于 1/|1 − χ|。")))
    declared = (Declared(chi, Text("factor of one layer on the mean square of the adjoint, not 1", "每层使伴随变量的均方所乘的因子，不等于 1")), Declared(l, Text("number of layers", "层数")))
    return Entry("V653", "meanfield.depth_scale", "identity", Text("Depth scale: after how many layers a factor e is lost", "深度尺度：经过多少层才损失一个因子 e"), statement, Suite((agreement("values with 60 digits", Extended, points, 1e-50), agreement("doubles", Double, points, 1e-13)), wrong, claims), declared=declared, steps=steps, values=numbers(claims))


def sigmoid_chi():
    rest = FixedPoint("sigma", 1, 0)
    left = gaussian(Squared(applied("sigma", 1)), rest)
    claims = {"after_10": Statement(left**10, "=", Digits("28851351669", -13)), "variance": Statement(rest, "=", Digits("264686875181892", -1))}
    setting = Text("φ is the logistic function, σ_w² = 1, σ_b² = 0; q* is the fixed point of the variance.", "φ 是逻辑斯谛函数，σ_w² = 1，σ_b² = 0；q* 是方差的不动点。")
    return _solved("V658", "meanfield.sigmoid_chi", Text("Sigmoid layers with variance 1/n lose almost everything", "方差取 1/n 的 sigmoid 层几乎丢掉全部梯度"), left, "557207067697017", -2, (setting,),
                   lambda s: (Step(s, Text("χ at the fixed point of the variance.", "方差不动点处的 χ。"), ("meanfield.chi", "meanfield.forward")),), claims, (DRAW,), {"square_of_the_largest_slope": Rational(1, 16)})  # fmt: skip


ROOT_E, TAIL_1, TAIL_2 = Exp(Slash(1, 2)), erfc(Slash(1, Root(2))), erfc(Root(2))
SELU = Text("z ~ N(0, 1); λ > 0 and α > 0 solve E SELU(z) = 0 and E SELU(z)² = 1.", "z ~ N(0, 1)；λ > 0 与 α > 0 是 E SELU(z) = 0、E SELU(z)² = 1 的解。")


def selu(order=0):
    return applied("selu", order, LAMBDA, ALPHA)


def selu_fixed():
    statement = Statement(gaussian(Squared(selu())), "=", Integer(1))
    claims = {"mean": Statement(gaussian(selu()), "=", Integer(0))}
    wrong = mutants(statement, half=Rational(1, 2), zero=Integer(0), slope=Digits("10715749924", 0)) + (Mutant("α dropped", Statement(gaussian(Squared(applied("selu", 0, LAMBDA, Integer(1)))), "=", Integer(1))),)
    steps = (Step(claims["mean"], Text("First condition: a layer whose pre-activations have mean 0 and variance 1 hands on mean 0.", "条件一：预激活值均值为 0、方差为 1 的层，输出的均值仍为 0。")), Step(statement, Text("Second condition: and variance 1.", "条件二：方差仍为 1。")))
    return Entry("V654", "meanfield.selu_fixed", "expectation", Text("SELU: the fixed point that fixes its two constants", "SELU：由不动点确定它的两个常数"), statement, Suite((*quadratures(), sampling(654)), wrong, claims), declared=(STANDARD, Declared(LAMBDA, Text("scale of SELU", "SELU 的尺度")), Declared(ALPHA, Text("depth of SELU below zero, before scaling", "SELU 在负半轴上的深度（缩放之前）"))), assumptions=(SELU,), steps=steps, sources=("klambauer2017",), values=numbers(claims))


def _selu_constant(id_, slug, title, left, right, digits, steps, wrong):
    statement = Statement(left, "=", right)
    claim = Statement(left, "=", Digits(digits, 0))
    value_ = Number(Rational(int(digits), 10 ** (len(digits) - 1)), len(digits))
    return Entry(id_, slug, "constant", title, statement, Suite(quadratures(), mutants(statement, **wrong) + digit_mutants("value", claim), {"value": claim}), assumptions=(SELU,), steps=steps(statement), uses=("meanfield.selu_fixed",), sources=("klambauer2017",), values={"value": value_})


def selu_alpha():
    top = Root(Ratio(2, pi))
    right = Ratio(top, Plus(1, Times(-1, ROOT_E, TAIL_1)))
    mean = Times(LAMBDA, Plus(Ratio(1, Root(Times(2, pi))), Times(ALPHA, Plus(Times(Rational(1, 2), ROOT_E, TAIL_1), Rational(-1, 2)))))
    wrong = dict(root_of_e_dropped=Ratio(top, Plus(1, Times(-1, TAIL_1))), tail_of_two=Ratio(top, Plus(1, Times(-1, ROOT_E, TAIL_2))), sign=Ratio(top, Plus(1, Times(ROOT_E, TAIL_1))), root_dropped=Ratio(Ratio(2, pi), Plus(1, Times(-1, ROOT_E, TAIL_1))))
    return _selu_constant("V655", "meanfield.selu_alpha", Text("SELU's α", "SELU 的 α"), ALPHA, right, "167326324235437728", lambda s: (Step(Statement(gaussian(selu()), "=", mean), Text("The mean, one integral for each half line.", "均值：每条半轴一个积分。")), Step(s, Text("The mean is zero; λ drops out.", "令均值为零，λ 消去。"))), wrong)


def selu_lambda():
    negative = Plus(Times(Rational(1, 2), Exp(Integer(2)), TAIL_2), Times(-1, ROOT_E, TAIL_1), Rational(1, 2))
    inside = Plus(Rational(1, 2), Times(ALPHA**2, negative))
    right = Ratio(1, Root(inside))
    wrong = dict(root_dropped=Ratio(1, inside), upside_down=Root(inside), alpha_not_squared=Ratio(1, Root(Plus(Rational(1, 2), Times(ALPHA, negative)))), only_the_positive_half=Root(2))
    return _selu_constant("V656", "meanfield.selu_lambda", Text("SELU's λ", "SELU 的 λ"), LAMBDA, right, "105070098735548049", lambda s: (Step(Statement(gaussian(Squared(selu())), "=", Times(LAMBDA**2, inside)), Text("The second moment, again by halves.", "二阶矩，仍分两半计算。")), Step(s, Text("The second moment is one.", "令二阶矩为一。"))), wrong)


def selu_chi():
    right = Times(LAMBDA**2, Plus(Rational(1, 2), Times(Rational(1, 2), ALPHA**2, Exp(Integer(2)), TAIL_2)))
    statement = Statement(gaussian(Squared(selu(1))), "=", right)
    digits = "107157499245579"
    claims = {"value": Statement(statement.left, "=", Digits(digits, 0)), "after_50": Statement(statement.left**50, "=", Digits("31705053", 1))}
    wrong = mutants(statement, critical=Integer(1), scale_only=LAMBDA**2, half_dropped=Times(LAMBDA**2, Plus(Rational(1, 2), Times(ALPHA**2, Exp(Integer(2)), TAIL_2))), positive_half_only=Ratio(LAMBDA**2, 2), scale_not_squared=Times(LAMBDA, Plus(Rational(1, 2), Times(Rational(1, 2), ALPHA**2, Exp(Integer(2)), TAIL_2))))
    steps = (Step(statement, Text("Slope λ where z > 0 and λα e^z where z < 0: the mean of e^{2z} over the negative half line is e² erfc(√2)/2.", "z > 0 时导数为 λ，z < 0 时导数为 λα e^z：e^{2z} 在负半轴上的均值为 e² erfc(√2)/2。"), ("meanfield.chi",)),)
    values = {name: Number(claim.right.low, 10) for name, claim in claims.items()}
    return Entry("V657", "meanfield.selu_chi", "expectation", Text("SELU at its fixed point: the gradient grows", "SELU 在不动点处：梯度在增长"), statement, Suite((*quadratures(), sampling(657)), wrong, claims), declared=(STANDARD,), assumptions=(SELU,), steps=steps, uses=("meanfield.selu_fixed",), values=values)
