"""One number: what a product of many equal factors becomes, and how soon."""

from sympy import Integer, Rational, Symbol, ceiling, oo, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Decimal, Digits, HalfLife, Least, Plus, Proposition, Ratio, Times, ln
from derivations.checking.constants import enclosed, exact, half_symbolically
from derivations.checking.scalars import Suite, digit_mutants, mutants, numbers
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Range, Statement, Step
from derivations.text import Text

n = Symbol("n", integer=True, nonnegative=True)
r, tau = symbols("r tau", positive=True)

COUNT = Declared(n, Text("number of factors", "因子的个数"))
SMALL = Declared(r, Text("the factor", "因子"), domain="0 < r < 1")
LARGE = Declared(r, Text("the factor", "因子"), domain="r > 1")
LEVEL = Declared(tau, Text("the level to fall to", "要降到的水平"), domain="0 < \\tau < 1")


def entries():
    """The published results of this topic, in the order of the page."""
    return (fifty_factors(), quarter(), hundred_factors(), steps_below(), half_life())


def _power(base, exponent, digits, **parts):
    """An entry for a power of a decimal with its first digits, attacked at each digit, exponent and factor."""
    power = Decimal(base) ** exponent
    statement = Statement(power, "=", digits)
    wrong = digit_mutants("value", statement) + (
        Mutant("one factor fewer", Statement(Decimal(base) ** (exponent - 1), "=", digits)),
        Mutant("one factor more", Statement(Decimal(base) ** (exponent + 1), "=", digits)),
        Mutant("the reciprocal factor", Statement(Ratio(1, Decimal(base)) ** exponent, "=", digits)),
    )
    suite = Suite((exact("integer arithmetic", ({},)), enclosed("intervals and logarithms", ({},))), wrong, parts.pop("claims", {}))
    values = {"value": Number(Decimal(base).value ** exponent), "factor": Number(Decimal(base).value), "n": Number(Integer(exponent))}
    return Entry(kind="constant", statement=statement, suite=suite, values=values | numbers(suite.claims), **parts)


def fifty_factors():
    fraction, digits = Ratio(Decimal("8") ** 50, Decimal("10") ** 50), Digits("14272476927", -5)
    length = Statement(Least(Proposition(Decimal("8") ** 50, "<", Decimal("10") ** n), n, Integer(1)), "=", Integer(46))
    return _power(
        "0.8", 50, digits, id="V401", slug="number.power_0.8_50", title=Text("Fifty factors of 0.8", "五十个 0.8 相乘"), declared=(COUNT,), claims={"exact_digits": length},
        steps=(
            Step(Statement(Decimal("0.8") ** 50, "=", fraction), Text("A decimal is a fraction whose denominator is a power of ten.", "小数就是分母为 10 的幂的分数。")),
            Step(length, Text("The numerator is a whole number; computed exactly, it has 46 digits.", "分子是整数，精确算出后共有 46 位。")),
            Step(Statement(fraction, "=", digits), Text("Its first digits, with the decimal point moved by fifty places, are those of the power.", "取它的前几位，小数点左移五十位，就得到幂的前几位。")),
        ),
    )  # fmt: skip


def hundred_factors():
    fraction, digits = Ratio(Decimal("11") ** 100, Decimal("10") ** 100), Digits("13780612339", 4)
    return _power(
        "1.1", 100, digits, id="V403", slug="number.power_1.1_100", title=Text("A hundred factors of 1.1", "一百个 1.1 相乘"),
        steps=(
            Step(Statement(Decimal("1.1") ** 100, "=", fraction), Text("A decimal is a fraction whose denominator is a power of ten.", "小数就是分母为 10 的幂的分数。")),
            Step(Statement(fraction, "=", digits), Text("The numerator is computed exactly and the decimal point moved by a hundred places.", "精确算出分子，再把小数点左移一百位。")),
        ),
    )  # fmt: skip


def quarter():
    left, right = Decimal("0.25") ** n, Integer(2) ** Times(-2, n)
    statement = Statement(left, "=", right)
    claims = {f"n_{count}": Statement(Decimal("0.25") ** count, "=", Rational(1, 4**count)) for count in (10, 50)}
    points = tuple({n: Integer(count)} for count in (0, 1, 2, 5, 10, 75, 538))
    wrong = mutants(statement, sign_of_the_exponent=Integer(2) ** Times(2, n), one_digit_a_step=Integer(2) ** Times(-1, n), one_step_late=Integer(2) ** Plus(2, Times(-2, n)), base_ten=Integer(10) ** Times(-2, n))
    return Entry(
        "V402", "number.power_0.25", "identity", Text("A factor of one quarter takes away two binary digits a step", "因子为四分之一时，每一步失去两个二进制位"),
        statement, Suite((exact("integer arithmetic", points), enclosed("intervals and logarithms", points)), wrong, claims),
        domain=(Range(n, Integer(0), oo),), declared=(COUNT,), values=numbers(claims) | {"factor": Number(Rational(1, 4))},
        steps=(
            Step(Statement(Decimal("0.25"), "=", Integer(2) ** Times(-2)), Text("One quarter is two to the power minus two.", "四分之一是 2 的 −2 次幂。")),
            Step(statement, Text("The power of a power multiplies the exponents.", "幂的幂，指数相乘。")),
        ),
    )  # fmt: skip


def steps_below():
    right = ceiling(Ratio(ln(tau), ln(r)))
    statement = Statement(Least(Proposition(r**n, "<=", tau), n, Integer(1)), "=", right)
    claims = {f"{factor}_{level}": counted(Proposition(Decimal(factor) ** n, "<=", Decimal(level)), count) for factor, level, count in (("0.8", "0.01", 21), ("0.9", "0.01", 44), ("0.99", "0.01", 459))}
    points = tuple({r: Rational(a), tau: Rational(b)} for a, b in (("4/5", "1/100"), ("9/10", "1/100"), ("1/4", "1/1000"), ("99/100", "1/7"), ("2/3", "5/6"), ("3/7", "1/1000000")))
    ties = tuple({r: factor, tau: factor**count} for factor, count in ((Rational(4, 5), 3), (Rational(1, 2), 10), (Rational(9, 10), 7)))
    n_real = Ratio(ln(tau), ln(r))
    wrong = mutants(
        statement, inverted=ceiling(Ratio(ln(r), ln(tau))), one_step_more=Plus(right, 1), one_step_less=Plus(right, -1), sign=ceiling(Ratio(ln(tau), Times(-1, ln(r)))),
        logarithm_of_the_ratio=ceiling(ln(Ratio(tau, r))), without_logarithms=ceiling(Ratio(tau, r)), half_the_steps=ceiling(Ratio(ln(tau), Times(2, ln(r)))),
    )  # fmt: skip
    return Entry(
        "V421", "number.steps_below", "identity", Text("How many factors it takes to fall to a given level", "降到给定水平需要多少个因子"), statement,
        Suite((exact("exact search", points + ties), enclosed("intervals and logarithms", points)), wrong, claims),
        declared=(COUNT, SMALL, LEVEL), values=numbers(claims) | {"tau_0.01": Number(Rational(1, 100)), "factor_0.99": Number(Rational(99, 100))},
        steps=(
            Step(Statement(Times(n, ln(r)), "<=", ln(tau)), Text("The logarithm is increasing, so it keeps the inequality.", "对数函数单调递增，不等号方向不变。")),
            Step(Statement(n, ">=", n_real), Text("ln r is negative: dividing by it turns the inequality around.", "ln r 为负，除以它时不等号反向。")),
            Step(statement, Text("The smallest integer that is not below a number is that number rounded up.", "不小于某数的最小整数，就是该数向上取整。")),
        ),
    )  # fmt: skip


def counted(proposition, count):
    """The claim that ``count`` is the least n for which the proposition holds."""
    return Statement(Least(proposition, n, Integer(1)), "=", Integer(count))


def half_life():
    right = Ratio(ln(2), Times(-1, ln(r)))
    statement = Statement(HalfLife(r), "=", right)
    claims = {factor: Statement(HalfLife(Decimal(factor)), "=", right.xreplace({r: Decimal(factor).value}).doit()) for factor in ("0.5", "0.8", "0.9", "0.99")}
    points = tuple({r: Rational(x)} for x in ("1/2", "4/5", "9/10", "99/100", "1/3", "999/1000"))
    wrong = mutants(
        statement, sign=Ratio(ln(2), ln(r)), inverted=Ratio(Times(-1, ln(r)), ln(2)), base_e=Ratio(1, Times(-1, ln(r))), first_order_in_the_gap=Ratio(ln(2), Plus(1, -r)),
        factor_for_its_logarithm=Ratio(ln(2), r), a_quarter_left=Ratio(Times(2, ln(2)), Times(-1, ln(r))),
    )  # fmt: skip
    return Entry(
        "V422", "number.half_life", "identity", Text("Half-life: after how many factors a half is left", "半衰期：乘多少个因子后只剩一半"), statement,
        Suite((enclosed("intervals and logarithms", points), half_symbolically("logarithms, symbolically")), wrong, claims), declared=(SMALL,), values=numbers(claims),
        steps=(
            Step(Statement(r ** HalfLife(r), "=", Rational(1, 2)), Text("This is what half-life means.", "这就是半衰期的定义。")),
            Step(Statement(Times(HalfLife(r), ln(r)), "=", Times(-1, ln(2))), Text("Take logarithms on both sides.", "两边取对数。")),
            Step(statement, Text("Divide by ln r.", "两边除以 ln r。")),
        ),
    )  # fmt: skip
