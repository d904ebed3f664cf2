"""Three activation functions: their slopes, how large a slope can be, and how fast it dies in the tails."""

from sympy import Abs, I, Integer, Rational, Symbol

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Applied, Exp, Extreme, Indicator, Plus, Proposition, Ratio, Squared, Times
from derivations.checking.arithmetic import Extended
from derivations.checking.scalars import Suite, agreement, mutants, numbers
from derivations.checking.slopes import branch_and_bound, differences, limits, ratio_to_one, search, symbolic
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Statement, Step
from derivations.text import Text

x = Symbol("a", real=True)
ARGUMENT = Declared(x, Text("pre-activation of one unit", "一个单元的预激活值"), domain="a \\in \\mathbb{R}")
POINTS = tuple({x: Rational(top, 8)} for top in (-83, -41, -20, -13, -7, -3, 1, 5, 9, 11, 23, 37, 61, 90))
DIFFERENCES, SYMBOLIC = differences("differences with 60 digits", POINTS), symbolic("symbolic derivative")


def sigma(of, order=0):
    return Applied("sigma", of, order)


def tanh(of, order=0):
    return Applied("tanh", of, order)


def entries():
    """The published results of this topic, in the order of the page."""
    return (sigmoid_derivative(), sigmoid_max(), tanh_derivative(), tanh_max(), relu_derivative(), tanh_from_sigmoid(), tanh_tail())


def sigmoid_derivative():
    right = Times(sigma(x), Plus(1, -sigma(x)))
    statement = Statement(sigma(x, 1), "=", right)
    wrong = mutants(statement, sign=Times(-1, right), factor_dropped=sigma(x), plus_for_minus=Times(sigma(x), Plus(1, sigma(x))), as_for_tanh=Plus(1, -Squared(sigma(x))), squared=Squared(sigma(x)), derivative_forgotten=Plus(1, -sigma(x)))
    power = Exp(Times(-1, x))
    steps = (
        Step(Statement(sigma(x), "=", Ratio(1, Plus(1, power))), Text("The definition of the logistic function.", "逻辑斯谛函数的定义。")),
        Step(Statement(sigma(x, 1), "=", Ratio(power, Plus(1, power) ** 2)), Text("The quotient rule.", "商的求导法则。")),
        Step(Statement(Ratio(power, Plus(1, power)), "=", Plus(1, -sigma(x))), Text("One of the two factors is the value itself; the other is what it lacks to 1.", "两个因子中，一个就是函数值，另一个是函数值与 1 的差。")),
        Step(statement, Text("The product of the two.", "两者相乘。")),
    )
    return Entry("V501", "activation.sigmoid.derivative", "identity", Text("Slope of the logistic function", "逻辑斯谛函数的导数"), statement, Suite((DIFFERENCES, SYMBOLIC), wrong), declared=(ARGUMENT,), steps=steps)


def tanh_derivative():
    def right(of):
        return Plus(1, Times(-1, Squared(tanh(of))))

    statement = Statement(tanh(x, 1), "=", right(x))
    claims = {f"slope_{place}": Statement(tanh(Integer(place), 1), "=", right(Integer(place))) for place in (2, 5, 10)}
    wrong = mutants(statement, sign=Plus(Squared(tanh(x)), -1), plus_for_minus=Plus(1, Squared(tanh(x))), not_squared=Plus(1, -tanh(x)), as_for_sigmoid=Times(tanh(x), Plus(1, -tanh(x))), derivative_of_the_output=Plus(1, -Squared(tanh(tanh(x)))))
    positive, negative = Exp(x), Exp(Times(-1, x))
    steps = (
        Step(Statement(tanh(x), "=", Ratio(Plus(positive, -negative), Plus(positive, negative))), Text("The definition of tanh; the derivative of the numerator is the denominator, and the other way round.", "tanh 的定义；分子的导数是分母，分母的导数是分子。")),
        Step(Statement(tanh(x, 1), "=", Ratio(Plus(Plus(positive, negative) ** 2, -(Plus(positive, -negative) ** 2)), Plus(positive, negative) ** 2)), Text("The quotient rule.", "商的求导法则。")),
        Step(statement, Text("Divide term by term.", "逐项相除。")),
    )
    return Entry("V503", "activation.tanh.derivative", "identity", Text("Slope of tanh", "tanh 的导数"), statement, Suite((DIFFERENCES, SYMBOLIC), wrong, claims), declared=(ARGUMENT,), steps=steps, values=numbers(claims))


def relu_derivative():
    def where(relation, border=0):
        return Indicator(Proposition(x, relation, border))

    statement = Statement(Applied("relu", x, 1), "=", where(">"))
    wrong = mutants(statement, other_side=where("<"), always_one=Integer(1), always_zero=Integer(0), the_function_itself=Times(x, where(">")), threshold_moved=where(">", 1), sign=Times(-1, where(">")))
    steps = (
        Step(Statement(Applied("relu", x), "=", Times(x, where(">"))), Text("The definition: a itself where a is positive, otherwise 0.", "定义：a 为正时取 a，否则取 0。")),
        Step(statement, Text("The slope of a is 1 and the slope of 0 is 0; at the kink a = 0 there is none.", "a 的斜率是 1，0 的斜率是 0；在尖点 a = 0 处导数不存在。")),
    )
    off = Text("a ≠ 0: the kink has no derivative.", "a ≠ 0：尖点处不可导。")
    return Entry("V505", "activation.relu.derivative", "identity", Text("Slope of ReLU off its kink", "ReLU 在尖点以外的导数"), statement, Suite((DIFFERENCES, SYMBOLIC), wrong), declared=(ARGUMENT,), assumptions=(off,), steps=steps)


def _maximum(id_, slug, title, function, maximum, factors, steps):
    """An entry for the largest slope of a function; ``factors`` are wrong multiples of it."""
    statement = Statement(Extreme("max", function(x, 1), x), "=", maximum)
    claims = {"at": Statement(Extreme("arg max", function(x, 1), x), "=", Integer(0))}
    wrong = tuple(Mutant(f"{factor} times as large", statement.with_right(maximum * factor)) for factor in factors) + (Mutant("the maximum of the other function", statement.with_right(Rational(5, 4) - maximum)),)
    suite = Suite((search("uphill search with 60 digits"), branch_and_bound("branch and bound with intervals")), wrong, claims)
    values = {"maximum": Number(maximum), "threshold": Number(1 / maximum)} | numbers(claims)
    return Entry(id_, slug, "bound", title, statement, suite, declared=(ARGUMENT,), values=values, steps=steps)


FACTORS = (Rational(1, 2), Rational(2), Rational(101, 100), Rational(99, 100), Rational(-1))


def sigmoid_max():
    gap = Statement(Plus(Rational(1, 4), -sigma(x, 1)), "=", Plus(Rational(1, 2), -sigma(x)) ** 2)
    steps = (
        Step(gap, Text("Insert the slope σ(1 − σ) and complete the square: what is missing to 1/4 is a square, hence never negative.", "代入导数 σ(1 − σ) 并配方：它与 1/4 的差是一个平方，因而不为负。"), ("activation.sigmoid.derivative",)),
        Step(Statement(sigma(Integer(0)), "=", Rational(1, 2)), Text("The square is zero where the value is one half, which happens at a = 0 and nowhere else.", "函数值为 1/2 时平方为零，这只发生在 a = 0 处。")),
    )
    return _maximum("V502", "activation.sigmoid.max", Text("The logistic slope is at most one quarter", "逻辑斯谛函数的导数至多为四分之一"), sigma, Rational(1, 4), FACTORS, steps)


def tanh_max():
    steps = (
        Step(Statement(Plus(1, -tanh(x, 1)), "=", Squared(tanh(x))), Text("What is missing to 1 is a square, hence never negative.", "它与 1 的差是一个平方，因而不为负。"), ("activation.tanh.derivative",)),
        Step(Statement(tanh(Integer(0)), "=", Integer(0)), Text("The square is zero at a = 0 and nowhere else.", "这个平方只在 a = 0 处为零。")),
    )
    return _maximum("V504", "activation.tanh.max", Text("The slope of tanh is at most one", "tanh 的导数至多为一"), tanh, Integer(1), FACTORS, steps)


def tanh_from_sigmoid():
    right = Plus(Times(2, sigma(Times(2, x))), -1)
    statement = Statement(tanh(x), "=", right)
    points = POINTS + tuple({x: Rational(top, 8) + I * Rational(3, 7)} for top in (-9, 4, 13))
    wrong = mutants(statement, argument_not_doubled=Plus(Times(2, sigma(x)), -1), not_doubled=Plus(sigma(Times(2, x)), -1), sign=Plus(1, Times(-2, sigma(Times(2, x)))), one_dropped=Times(2, sigma(Times(2, x))), half_for_one=Plus(Times(2, sigma(Times(2, x))), Rational(-1, 2)))
    power = Exp(Times(-2, x))
    steps = (
        Step(Statement(tanh(x), "=", Ratio(Plus(1, -power), Plus(1, power))), Text("Multiply numerator and denominator of tanh by the decaying exponential.", "tanh 的分子和分母同乘衰减的那个指数。")),
        Step(Statement(tanh(x), "=", Plus(Ratio(2, Plus(1, power)), -1)), Text("The numerator is 2 minus the denominator.", "分子等于 2 减去分母。")),
        Step(statement, Text("The fraction is the logistic function at 2a.", "其中的分式就是 2a 处的逻辑斯谛函数。")),
    )
    suite = Suite((agreement("values with 60 digits", Extended, points, 1e-50), symbolic("exponentials, symbolically")), wrong)
    return Entry("V506", "activation.tanh.sigmoid", "identity", Text("tanh is a stretched logistic function", "tanh 是拉伸后的逻辑斯谛函数"), statement, suite, declared=(ARGUMENT,), steps=steps)


def tanh_tail():
    power = Exp(Times(-2, Abs(x)))
    statement = Statement(tanh(x, 1), "~", Times(4, power))
    wrong = mutants(statement, factor_two=Times(2, power), half_the_rate=Times(4, Exp(Times(-1, Abs(x)))), modulus_dropped=Times(4, Exp(Times(-2, x))), twice_the_rate=Times(4, Exp(Times(-4, Abs(x)))), sign=Times(4, Exp(Times(2, Abs(x)))))
    steps = (
        Step(Statement(tanh(x, 1), "=", Ratio(Times(4, power), Plus(1, power) ** 2)), Text("Insert the exponentials; the slope is even in a, so only its modulus matters.", "代入指数形式；导数是 a 的偶函数，只与绝对值有关。"), ("activation.tanh.derivative",)),
        Step(statement, Text("The denominator tends to 1 as |a| grows.", "|a| 增大时，分母趋于 1。")),
    )
    far = Text("As |a| → ∞: the ratio of the two sides tends to 1.", "当 |a| → ∞ 时，两边之比趋于 1。")
    suite = Suite((ratio_to_one("ratio with 60 digits"), limits("limits, symbolically")), wrong)
    return Entry("V507", "activation.tanh.tail", "asymptotic", Text("A saturated tanh passes on exponentially little", "饱和的 tanh 传回的梯度按指数衰减"), statement, suite, declared=(ARGUMENT,), assumptions=(far,), steps=steps)
