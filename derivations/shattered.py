"""Shattered gradients: how alike the gradients of two inputs are, under an assumption about shared units and as they are in ReLU networks."""

from sympy import Integer, Rational, Symbol, oo, pi

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.isometry_terms import AngleProduct, Cosine, LayerAngle, Overlap, PairMean
from derivations.algebra.path_terms import Binomial
from derivations.algebra.scalars import Applied, Digits, Lim, Plus, Ratio, Times
from derivations.algebra.terms import l
from derivations.checking.pairs import angle_products, by_layers, by_series, pair_checks
from derivations.checking.paths import counting
from derivations.checking.scalars import Suite, digit_mutants, mutants, numbers
from derivations.checking.walkers import WALKERS, drawn_masks
from derivations.entry import Declared, Entry, Number, Range, Statement, Step
from derivations.isometry import LAYERS, L
from derivations.text import Text

theta, p, c = (Symbol(name, positive=True) for name in ("theta", "p", "c"))
u, v = Symbol("u", real=True), Symbol("v", real=True)
QUARTER = Rational(1, 4)
ANGLE = Declared(theta, Text("angle between the two vectors from which u and v come", "产生 u 与 v 的两个向量之间的夹角"), domain="0 < \\theta < \\pi")
PAIR = (Declared(u, Text("pre-activation of a unit for the first input, scaled to variance one", "第一个输入在某单元的预激活值，方差化为一")), Declared(v, Text("the same unit for the second input; the correlation is cos θ", "同一单元在第二个输入下的预激活值；相关系数为 cos θ")))
SHARED = Declared(p, Text("probability that a unit is active for both inputs", "一个单元对两个输入同时激活的概率"), domain="0 \\le p \\le 1/2")
GAUSSIAN = Text("Gaussian weights of mean zero, the same for both inputs.", "权重为均值为零的高斯随机数，两个输入共用。")
MASKS = Text("Every unit is active with probability one half for each input and with probability p for both, independently of the weights and of the other units.", "每个单元对每个输入以二分之一的概率激活，以概率 p 同时激活；与权重独立，也与其他单元独立。")
POINTS = tuple({theta: Rational(angle)} for angle in ("1/2", "1", "3/2", "2", "27/10"))
DEPTHS = tuple({L: Integer(depth), p: Rational(shared), c: Rational(strength)} for depth, shared, strength in ((1, "1/4", 1), (2, "1/3", "1/2"), (4, "2/5", 2), (6, "1/8", 1)))
DRAWN = tuple({L: Integer(depth), p: Rational(shared), c: Rational(strength)} for depth, shared, strength in ((1, "1/4", 1), (2, "2/5", "1/2")))


def rectified(x, order=0):
    return Applied("relu", x, order)


def entries():
    """The published results of this topic, in the order of the page."""
    return plain(), residual(), decaying(), slopes(), angle_map(), angle_decay(), he_overlap()


def _overlap(id_, slug, title, statement, wrong, steps, claims, declared, values=None, assumptions=()):
    checks = counting("two walkers, exactly", WALKERS, DEPTHS), drawn_masks(DRAWN)
    said = Declared(statement.left, Text("E tr(JᵀJ′)/E tr(JᵀJ), for the Jacobians J and J′ at two inputs: how alike their gradients are", "E tr(JᵀJ′)/E tr(JᵀJ)，J 与 J′ 是两个输入处的雅可比矩阵：两处梯度的相似程度"))
    return Entry(id_, slug, "expectation", title, statement, Suite(checks, wrong, claims), declared=(said, LAYERS, *declared), assumptions=(GAUSSIAN, MASKS, *assumptions), steps=steps, values=numbers(claims) | (values or {}), sources=("balduzzi2017",))


def plain():
    statement = Statement(Overlap("plain", L, p), "=", Times(2, p) ** L)
    claims = {f"quarter_{depth}": Statement(Overlap("plain", Integer(depth), QUARTER), "=", Rational(1, 2**depth)) for depth in (4, 10)}
    wrong = mutants(statement, probability_alone=p**L, as_if_always_shared=Integer(1), independent_whatever_p=Rational(1, 2) ** L, squared=Times(4, p**2) ** L, one_layer_fewer=Times(2, p) ** Plus(L, -1))
    steps = (Step(Statement(Overlap("plain", L, p), "=", Times(Ratio(p, Rational(1, 2)), Overlap("plain", Plus(L, -1), p))), Text("The weights of a path have mean zero; only a path paired with itself counts. Its top unit is active for both inputs with probability p, and for one of them with 1/2.", "路径上的权重均值为零，只有路径与自身配对才有贡献。它最上面的单元对两个输入同时激活的概率是 p，对其中一个激活的概率是 1/2。")),
             Step(statement, Text("One such factor for every layer.", "每一层一个这样的因子。")))
    return _overlap("V287", "shattered.plain", Text("Plain networks: every layer multiplies the likeness of two gradients by 2p", "普通网络：每一层使两处梯度的相似程度乘以 2p"), statement, wrong, steps, claims, (SHARED,))


def residual():
    statement = Statement(Overlap("residual", L, p, c), "=", Ratio(Plus(1, Times(2, p, c)), Plus(1, c)) ** L)
    claims = {f"quarter_{depth}": Statement(Overlap("residual", Integer(depth), QUARTER, Integer(1)), "=", Rational(3, 4) ** depth) for depth in (4, 10)}
    claims["scaled_50"] = Statement(Overlap("residual", Integer(50), QUARTER, Rational(1, 50)), "=", Rational(101, 102) ** 50)
    wrong = mutants(statement, as_without_the_identity=Times(2, p) ** L, probability_for_twice=Ratio(Plus(1, Times(p, c)), Plus(1, c)) ** L, never_shattered=Integer(1), denominator_dropped=Plus(1, Times(2, p, c)) ** L, half_of_the_branch=Ratio(1, Plus(1, c)) ** L)
    steps = (Step(Statement(Overlap("residual", L, p, c), "=", Times(Ratio(Plus(1, Times(2, p, c)), Plus(1, c)), Overlap("residual", Plus(L, -1), p, c))), Text("The identity carries 1 for both, alike; the branch adds c for one input and 2pc in common. Products of one with the other have mean zero.", "恒等映射对两者同样贡献 1；支路对单个输入加上 c，其中共同的是 2pc。两者的交叉项均值为零。"), ("residual.doubling", "shattered.plain")),
             Step(statement, Text("One such factor for every block.", "每一块一个这样的因子。")))
    return _overlap("V288", "shattered.residual", Text("Residual networks: the identity is common to both inputs", "残差网络：恒等映射为两个输入所共有"), statement, wrong, steps, claims, (SHARED, Declared(c, Text("mean square of what a branch adds, relative to its input", "支路所加之量的均方，相对于它的输入"), domain="c > 0")))


def decaying():
    statement = Statement(Overlap("decaying", L, QUARTER), "=", Ratio(Times(2, Binomial(Plus(Times(2, L), 2), Plus(L, 1))), Integer(4) ** Plus(L, 1)))
    claims = {f"at_{depth}": Statement(Overlap("decaying", Integer(depth), QUARTER), "=", statement.right.subs(L, depth).doit()) for depth in (4, 10)}
    values = {f"at_{depth}": Number(statement.right.subs(L, depth).doit()) for depth in (100, 400)}
    wrong = mutants(statement, three_quarters=Rational(3, 4) ** L, one_over_the_depth=Ratio(1, Plus(L, 1)), index_not_shifted=Ratio(Binomial(Times(2, L), L), Integer(4) ** L), half=Ratio(Binomial(Plus(Times(2, L), 2), Plus(L, 1)), Integer(4) ** Plus(L, 1)), never_shattered=Integer(1))
    steps = (Step(Statement(Ratio(Overlap("decaying", L, QUARTER), Overlap("decaying", Plus(L, -1), QUARTER)), "=", Ratio(Plus(L, Rational(1, 2)), Plus(L, 1))), Text("The normalization in front of the L-th branch divides by the variance of its input, which the blocks below have brought to L: c = 1/L.", "第 L 条支路前的归一化除以其输入的方差，而下面各块已使它增到 L：c = 1/L。"), ("shattered.residual",)),
             Step(statement, Text("The product of the factors (2l + 1)/(2l + 2) is a central binomial coefficient over a power of four.", "因子 (2l + 1)/(2l + 2) 的乘积，是中心二项式系数除以四的幂。")))
    extra = (Text("p = 1/4; block l has a branch whose contribution relative to its input is c = 1/l.", "p = 1/4；第 l 块的支路相对于其输入的贡献是 c = 1/l。"),)
    return _overlap("V289", "shattered.decaying", Text("Residual networks with normalized branches: the likeness falls like one over the root of the depth", "支路带归一化的残差网络：相似程度按深度平方根的倒数下降"), statement, wrong, steps, claims, (), values, extra)


def slopes():
    statement = Statement(PairMean(Times(rectified(u, 1), rectified(v, 1)), u, v, theta), "=", Ratio(Plus(pi, Times(-1, theta)), Times(2, pi)))
    wrong = mutants(statement, independent_units=Rational(1, 4), same_input=Rational(1, 2), not_halved=Ratio(Plus(pi, Times(-1, theta)), pi), angle_itself=Ratio(theta, Times(2, pi)), cosine_for_angle=Ratio(Plus(1, Cosine(theta, "cos")), 4), sign=Ratio(Plus(pi, theta), Times(2, pi)))
    steps = (Step(statement, Text("Both are positive where a direction of the plane makes an angle below π/2 with both vectors. The two half planes overlap in a wedge of the angle π − θ, out of 2π, and a Gaussian does not prefer a direction.", "平面上的一个方向与两个向量的夹角都小于 π/2 时，两者都为正。两个半平面交成一个角为 π − θ 的扇形，占 2π 中的这么多，而高斯分布不偏向任何方向。"), ("init.relu_slope",)),)
    values = {"right_angle": Number(QUARTER), "third": Number(Rational(1, 3))}
    return Entry("V283", "shattered.slopes", "expectation", Text("How often a ReLU is active for two inputs at once", "一个 ReLU 对两个输入同时激活的概率"), statement, Suite(pair_checks(283, POINTS), wrong), declared=(*PAIR, ANGLE), steps=steps, values=values, sources=("cho2009",))


def angle_map():
    cosine, sine = Cosine(theta, "cos"), Cosine(theta, "sin")
    statement = Statement(Times(2, PairMean(Times(rectified(u), rectified(v)), u, v, theta)), "=", Ratio(Plus(sine, Times(Plus(pi, Times(-1, theta)), cosine)), pi))
    wrong = mutants(statement, angle_kept=cosine, sine_dropped=Ratio(Times(Plus(pi, Times(-1, theta)), cosine), pi), as_for_the_slopes=Ratio(Plus(pi, Times(-1, theta)), pi), not_doubled=Ratio(Plus(sine, Times(Plus(pi, Times(-1, theta)), cosine)), Times(2, pi)), sign=Ratio(Plus(sine, Times(-1, Plus(pi, Times(-1, theta)), cosine)), pi))
    steps = (Step(statement, Text("In polar coordinates the mean square of the radius is 2, and the product of two cosines is integrated over the same wedge of the angle π − θ.", "用极坐标，半径的均方是 2；在同一个角为 π − θ 的扇形上对两个余弦之积积分。"), ("shattered.slopes", "init.relu_second_moment")),)
    values = {"right_angle": Number(1 / pi)}
    return Entry("V284", "shattered.angle_map", "expectation", Text("He layers: the cosine of the angle between two inputs after one layer", "He 层：两个输入经过一层之后夹角的余弦"), statement, Suite(pair_checks(284, POINTS), wrong), declared=(*PAIR, ANGLE), steps=steps, values=values, sources=("cho2009",))


def angle_decay():
    angle = LayerAngle(theta, l)
    statement = Statement(Lim(Times(l, Ratio(angle, pi)), l), "=", Integer(3))
    wrong = mutants(statement, one=Integer(1), two=Integer(2), six=Integer(6), pi_forgotten=Times(3, pi), never_alike=Integer(0))
    steps = (Step(Statement(Plus(Ratio(1, LayerAngle(theta, l + 1)), Times(-1, Ratio(1, angle))), "->", Ratio(1, Times(3, pi))), Text("For a small angle the cosine of the next one is 1 − θ²/2 + θ³/(3π) + …: the angle loses θ²/(3π).", "角小时，下一层的余弦是 1 − θ²/2 + θ³/(3π) + ……：角减小 θ²/(3π)。"), ("shattered.angle_map",)),
             Step(statement, Text("So 1/θ grows by 1/(3π) a layer.", "于是 1/θ 每层增加 1/(3π)。")))
    wide = Text("Wide He layers without biases; any angle below π at the inputs.", "无偏置的宽 He 层；输入之间的夹角任意，小于 π。")
    return Entry("V285", "shattered.angle_decay", "asymptotic", Text("In a deep He network all inputs become alike: the angle falls like 3π/l", "在深的 He 网络中一切输入趋于相同：夹角按 3π/l 减小"), statement, Suite((by_series(), by_layers()), wrong), domain=(Range(l, 1, oo),), declared=(Declared(angle, Text("angle between the activations of the two inputs after l layers", "两个输入经过 l 层之后，激活值之间的夹角")), Declared(theta, Text("angle between the inputs", "输入之间的夹角"))), assumptions=(wide,), steps=steps)


def he_overlap():
    def at(depth, digits, exponent):
        return Statement(AngleProduct(pi / 2, Integer(depth)), "=", Digits(digits, exponent))

    statement = at(10, "33652150", -2)
    claims = {"at_4": at(4, "14159529", -1), "at_50": at(50, "91202421", -4)}
    wrong = digit_mutants("value", statement) + mutants(statement, as_under_the_assumption=Digits("97656250", -4))
    steps = (Step(Statement(Times(2, PairMean(Times(rectified(u, 1), rectified(v, 1)), u, v, theta)), "=", Plus(1, Times(-1, Ratio(theta, pi)))), Text("A layer multiplies the likeness by twice the probability that a unit is shared, at the angle with which the inputs arrive there.", "一层使相似程度乘以单元被共有的概率的两倍，角取两个输入到达该层时的夹角。"), ("shattered.slopes", "shattered.plain")),
             Step(statement, Text("Ten layers, with the angles from layer to layer; the first is a right angle.", "十层，角逐层递推；第一个是直角。"), ("shattered.angle_map",)))
    wide = Text("Wide He layers without biases; the inputs are perpendicular, θ_0 = π/2.", "无偏置的宽 He 层；两个输入互相垂直，θ_0 = π/2。")
    values = {name: Number(claim.right.low, 8) for name, claim in {"value": statement, **claims}.items()}
    return Entry("V286", "shattered.he_overlap", "constant", Text("How alike the gradients of two perpendicular inputs are behind ten He layers", "经过十个 He 层，两个互相垂直的输入处的梯度有多相似"), statement, Suite(angle_products(), wrong, claims), declared=(*PAIR, Declared(LayerAngle(pi / 2, l), Text("angle between the activations of the two inputs after l layers", "两个输入经过 l 层之后，激活值之间的夹角")), Declared(theta, Text("angle between the inputs of the layer", "该层两个输入之间的夹角"))), assumptions=(wide,), steps=steps, values=values)
