"""What a gate does to a factor: how long a forget gate remembers for its bias, and the two conventions of the GRU."""

from sympy import Integer, Rational, Symbol, log

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Applied, Exp, HalfLife, Plus, Ratio, Slash, Times, ln
from derivations.checking.arithmetic import Extended
from derivations.checking.constants import enclosed, half_symbolically
from derivations.checking.scalars import Suite, agreement, mutants, numbers
from derivations.checking.slopes import symbolic
from derivations.entry import Declared, Entry, Statement, Step
from derivations.text import Text

b, a = Symbol("b", real=True), Symbol("a", real=True)
u = Symbol("u", positive=True)
BIAS = Declared(b, Text("bias of the forget gate; its input and its recurrent part are zero", "遗忘门的偏置；输入部分与循环部分都为零"), domain="b \\in \\mathbb{R}")
POINTS = tuple(Rational(top, 8) for top in (-40, -17, -8, -3, 5, 8, 16, 27, 40))


def sigma(of):
    return Applied("sigma", of, 0)


def entries():
    return forget_half_life(), complement(), chrono()


def forget_half_life():
    right = Ratio(ln(2), log(Plus(1, Exp(Times(-1, b))), evaluate=False))
    statement = Statement(HalfLife(sigma(b)), "=", right)

    claims = {f"b_{name}": Statement(HalfLife(sigma(bias)), "=", right.xreplace({b: bias})) for name, bias in (("0", Integer(0)), ("1", Integer(1)), ("2", Integer(2)), ("5", Integer(5)))}
    claims["b_ln99"] = Statement(HalfLife(Rational(99, 100)), "=", log(2) / log(Rational(100, 99)))
    wrong = mutants(statement, sign_of_the_bias=Ratio(ln(2), log(Plus(1, Exp(b)), evaluate=False)), inverted=Ratio(log(Plus(1, Exp(Times(-1, b))), evaluate=False), ln(2)),
                    base_e=Ratio(1, log(Plus(1, Exp(Times(-1, b))), evaluate=False)), one_dropped=Ratio(ln(2), Times(-1, b)), tanh_in_place_of_the_logistic_function=Ratio(ln(2), log(Plus(1, Exp(Times(-2, b))), evaluate=False)))
    points = tuple({b: point} for point in POINTS)
    steps = (
        Step(Statement(sigma(b) ** HalfLife(sigma(b)), "=", Rational(1, 2)), Text("This is what half-life means: the forget gate multiplies the cell state once a step.", "这就是半衰期的定义：遗忘门每一步乘细胞状态一次。"), ("number.half_life",)),
        Step(Statement(sigma(b), "=", Ratio(1, Plus(1, Exp(Times(-1, b))))), Text("The gate is a logistic function of its bias.", "门是其偏置的逻辑斯谛函数。")),
        Step(statement, Text("Take logarithms and divide.", "取对数后相除。")),
    )
    suite = Suite((enclosed("intervals and logarithms", points), half_symbolically("logarithms, symbolically")), wrong, claims)
    return Entry("V780", "gate.forget_half_life", "identity", Text("How long a forget gate remembers, for a given bias", "给定偏置时，遗忘门能记多久"), statement, suite, declared=(BIAS,), steps=steps, values=numbers(claims), uses=("number.half_life",))


def complement():
    left, right = sigma(Times(-1, a)), Plus(1, Times(-1, sigma(a)))
    statement = Statement(left, "=", right)
    wrong = mutants(statement, complement_forgotten=sigma(a), sign=Times(-1, sigma(a)), plus_for_minus=Plus(1, sigma(a)), doubled=Plus(1, Times(-2, sigma(a))), half=Times(Rational(1, 2), right))
    steps = (Step(Statement(left, "=", Ratio(1, Plus(1, Exp(a)))), Text("The definition of the logistic function at −a.", "逻辑斯谛函数在 −a 处的定义。")),
             Step(statement, Text("Multiply numerator and denominator by the decaying exponential; the fraction is what the gate lacks to 1.", "分子、分母同乘衰减的指数；所得分式正是门与 1 的差。")))
    return Entry("V781", "gate.complement", "identity", Text("Exchanging z and 1 − z is a change of sign in the gate's pre-activation", "把 z 与 1 − z 对调，只是把该门的预激活值变号"), statement,
                 Suite((agreement("values with 60 digits", Extended, tuple({a: point} for point in POINTS), 1e-50), symbolic("exponentials, symbolically")), wrong),
                 declared=(Declared(a, Text("pre-activation of the update gate", "更新门的预激活值"), domain="a \\in \\mathbb{R}"),), steps=steps)


def chrono():
    """The bias for a wanted horizon: the gate then loses one u-th a step."""
    right = Plus(1, Times(-1, Slash(1, u)))
    statement = Statement(sigma(ln(Plus(u, -1))), "=", right)
    claims = {f"half_life_{horizon}": Statement(Ratio(ln(2), Times(-1, log(sigma(ln(Integer(horizon - 1))), evaluate=False))), "=", log(2) / log(Rational(horizon, horizon - 1))) for horizon in (10, 100, 784)}
    wrong = mutants(statement, one_over_w=Slash(1, u), shift_forgotten=Ratio(u, Plus(u, 1)), doubled=Plus(1, Times(-2, Slash(1, u))), sign=Plus(1, Slash(1, u)))
    steps = (Step(Statement(sigma(ln(Plus(u, -1))), "=", Ratio(1, Plus(1, Ratio(1, Plus(u, -1))))), Text("Insert the bias into the logistic function; the exponential undoes the logarithm.", "把偏置代入逻辑斯谛函数，指数与对数抵消。")),
             Step(statement, Text("Multiply numerator and denominator by u − 1.", "分子、分母同乘 u − 1。")))
    points = tuple({u: point} for point in (Rational(3, 2), Integer(2), Rational(10), Rational(784)))
    return Entry("V782", "gate.chrono", "identity", Text("The bias that makes a gate forget one u-th a step", "使门每一步只忘掉 u 分之一的偏置"), statement,
                 Suite((enclosed("intervals and logarithms", points), agreement("values with 60 digits", Extended, points, 1e-50)), wrong, claims),
                 declared=(Declared(u, Text("the wanted horizon in steps", "想要的记忆跨度，以步计"), domain="u > 1"),), steps=steps, values=numbers(claims), uses=("gate.forget_half_life",), sources=("tallec2018",))
