"""One number: what a product of many equal factors becomes, and when each number format loses it."""

from sympy import Integer, Rational, Symbol, ceiling, oo, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Decimal, Digits, FormatLimit, HalfLife, Least, Plus, Proposition, Ratio, Rounded, StandsStill, Times, ln
from derivations.checking.constants import enclosed, exact, half_symbolically, machine
from derivations.checking.formats import FORMATS
from derivations.checking.scalars import Suite, digit_mutants, mutants, numbers
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Range, Statement, Step
from derivations.text import Text

n = Symbol("n", integer=True, nonnegative=True)
p, E = symbols("p E", integer=True, positive=True)
r, tau = symbols("r tau", positive=True)

COUNT = Declared(n, Text("number of factors", "因子的个数"))
SMALL = Declared(r, Text("the factor", "因子"), domain="0 < r < 1")
LARGE = Declared(r, Text("the factor", "因子"), domain="r > 1")
LEVEL = Declared(tau, Text("the level to fall to", "要降到的水平"), domain="0 < \\tau < 1")
FORMAT = (Declared(p, Text("bits of the significand, the leading one included", "有效数字的二进制位数，含最高位的 1"), domain="p \\ge 3"), Declared(E, Text("largest exponent", "最大指数"), domain="E \\ge 2"))
IEEE = Text(
    "A format has p bits of significand and the exponents 1 − E to E, with subnormal numbers: float16 (11, 15), bfloat16 (8, 127), float32 (24, 127), float64 (53, 1023).",
    "一种格式有 p 位有效数字，指数从 1 − E 到 E，并含次正规数：float16 为 (11, 15)，bfloat16 为 (8, 127)，float32 为 (24, 127)，float64 为 (53, 1023)。",
)
NEAREST = Text("fl(x) is x rounded to the nearest number of the format, ties to even.", "fl(x) 是把 x 舍入到该格式中最近的数，距离相等时取偶。")
ONCE = Text("The exact power is rounded once; a product that is rounded after every factor can behave otherwise.", "这里只对精确的幂舍入一次；若每乘一个因子就舍入一次，结果可能不同。")
FLUSH = Text("Hardware that flushes subnormal numbers to zero loses the product earlier.", "如果硬件把次正规数直接置零，乘积会更早丢失。")

# Multiplications by fl(0.8), from 1, until float16, bfloat16, float32 and float64 stand still.
STANDSTILL = (71, 412, 459, 3332)
TOY_FORMATS = tuple({p: Integer(bits), E: Integer(largest)} for bits in (3, 4, 6) for largest in (2, 3, 7))
MACHINE_FORMATS = tuple({p: Integer(bits), E: Integer(largest)} for bits, largest in FORMATS.values())


def entries():
    """The published results of this topic, in the order of the page."""
    return (fifty_factors(), quarter(), hundred_factors(), *format_limits(), steps_below(), half_life(), underflow(), overflow(), stuck())


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


def format_limits():
    """The largest number, the smallest normal one and the smallest of all, of a format with p bits and largest exponent E."""
    largest = Times(Plus(2, -(Integer(2) ** Plus(1, -p))), Integer(2) ** E)
    normal, subnormal = Integer(2) ** Plus(1, -E), Integer(2) ** Plus(2, -E, -p)
    exponents = dict(one_exponent_less=lambda x: x.xreplace({E: E - 1}), one_exponent_more=lambda x: x.xreplace({E: E + 1}), sign_of_E=lambda x: x.xreplace({E: -E}))
    exchanged = dict(p_and_E_exchanged=lambda x: x.xreplace({p: E, E: p}))
    bits = dict(leading_bit_not_counted=lambda x: x.xreplace({p: p + 1}), one_bit_less=lambda x: x.xreplace({p: p - 1}))
    return (
        _format_limit(
            "V411", "largest", Text("The largest finite number of a format", "一种格式的最大有限数"), largest, exponents | exchanged | bits,
            (Times(Plus(Integer(2) ** p, -1), Integer(2) ** Plus(E, 1, -p)), Text("All p bits are ones, and the last of them is worth this power of two at the largest exponent.", "p 位全是 1；在最大指数下，末位的值就是后一个因子。")),
            Text("Take the common power of two out.", "提出公共的 2 的幂。"),
        ),
        _format_limit(
            "V412", "smallest_normal", Text("The smallest normal number of a format", "一种格式的最小正规数"), normal, exponents | exchanged | dict(subnormal_for_normal=lambda _: subnormal), None,
            Text("The smallest exponent of a normal number is 1 − E, and its significand is at least 1.", "正规数的最小指数是 1 − E，有效数字至少为 1。"),
        ),
        _format_limit(
            "V413", "smallest_subnormal", Text("The smallest positive number of a format", "一种格式的最小正数"), subnormal, exponents | bits | dict(normal_for_subnormal=lambda _: normal),
            (Times(Integer(2) ** Plus(1, -p), Integer(2) ** Plus(1, -E)), Text("Below the smallest normal number the numbers are evenly spaced: whole multiples of one unit of its last bit.", "比最小正规数更小的数是等间距的：都是它的末位单位的整数倍。")),
            Text("Add the exponents.", "指数相加。"),
        ),
    )  # fmt: skip


def _format_limit(id_, kind, title, right, changes, before, reason):
    statement = Statement(FormatLimit(kind, p, E), "=", right)
    claims = {name: Statement(FormatLimit(kind, *sizes), "=", right.xreplace(dict(zip((p, E), map(Integer, sizes), strict=True))).doit()) for name, sizes in FORMATS.items()}
    deciders = exact("bit patterns and listed small formats", MACHINE_FORMATS + TOY_FORMATS), machine("NumPy's limits", MACHINE_FORMATS)
    wrong = tuple(Mutant(name.replace("_", " "), statement.with_right(change(right))) for name, change in changes.items())
    mixed = tuple(
        Mutant(f"{name} given the number of {other}", claims[name].with_right(claims[other].right))
        for name, other in (("float16", "bfloat16"), ("bfloat16", "float16"), ("float32", "float64"), ("float64", "float32"))
    )
    first = (Step(statement.with_right(before[0]), before[1]),) if before else ()
    return Entry(
        id_, f"number.format.{kind}", "identity", title, statement, Suite(deciders, wrong + mixed, claims),
        declared=FORMAT, assumptions=(IEEE,), steps=(*first, Step(statement, reason)), values=numbers(claims),
    )  # fmt: skip


def steps_below():
    right = ceiling(Ratio(ln(tau), ln(r)))
    statement = Statement(Least(Proposition(r**n, "<=", tau), n, Integer(1)), "=", right)
    claims = {f"{factor}_{level}": _counted(Proposition(Decimal(factor) ** n, "<=", Decimal(level)), count) for factor, level, count in (("0.8", "0.01", 21), ("0.9", "0.01", 44), ("0.99", "0.01", 459))}
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


def _counted(proposition, count):
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


def underflow():
    right = ceiling(Ratio(Times(Plus(p, E, -1), ln(2)), Times(-1, ln(r))))
    statement = Statement(Least(Proposition(Rounded(r**n, p, E), "=", 0), n, Integer(1)), "=", right)
    mu, power = FormatLimit("smallest_subnormal", p, E), Integer(2) ** Plus(1, -E, -p)
    counts = {"0.25": (13, 67, 75, 538), "0.5": (25, 134, 150, 1075), "0.8": (78, 417, 466, 3340), "0.9": (165, 882, 987, 7073)}
    changes = dict(
        half_a_unit_forgotten=Plus(p, E, -2), one_bit_more=Plus(p, E), subnormal_numbers_forgotten=Plus(E, -1), significand_only=p, sign_of_E=Plus(p, -E, -1),
    )  # fmt: skip
    wrong = mutants(statement, **{what: right.xreplace({Plus(p, E, -1): new}) for what, new in changes.items()}, sign=ceiling(Ratio(Times(Plus(p, E, -1), ln(2)), ln(r))), one_step_more=Plus(right, 1), one_step_less=Plus(right, -1))
    return Entry(
        "V423", "number.underflow", "identity", Text("The first power that rounds to zero", "第一个舍入为零的幂"), statement, _outside_suite(wrong, _claimed(counts, Integer(0)), ("1/4", "1/2", "4/5", "9/10")),
        declared=(COUNT, SMALL, *FORMAT), assumptions=(IEEE, NEAREST), limits=(ONCE, FLUSH), values=numbers(_claimed(counts, Integer(0))) | {"factor_0.9": Number(Rational(9, 10))},
        steps=(
            Step(Statement(mu, "=", Integer(2) ** Plus(2, -E, -p)), Text("Between 0 and this number the format has nothing.", "在 0 与这个数之间，该格式没有别的数。"), ("number.format.smallest_subnormal",)),
            Step(Statement(r**n, "<=", Ratio(mu, 2)), Text("A power rounds to zero exactly if it is at most half of it: at the half itself the tie goes to zero, which is even.", "幂舍入为零，当且仅当它不超过这个数的一半：恰为一半时取偶，也归为零。")),
            Step(Statement(r**n, "<=", power), Text("Half of it, as a power of two.", "把这个一半写成 2 的幂。")),
            Step(statement, Text("The number of steps to this level.", "降到这一水平所需的步数。"), ("number.steps_below",)),
        ),
    )  # fmt: skip


def overflow():
    border = Times(Plus(2, -(Integer(2) ** Times(-1, p))), Integer(2) ** E)
    right = ceiling(Ratio(ln(border), ln(r)))
    statement = Statement(Least(Proposition(Rounded(r**n, p, E), "=", oo), n, Integer(1)), "=", right)
    counts = {"1.1": (117, 931, 931, 7448), "2": (16, 128, 128, 1024)}
    wrong = mutants(
        statement, one_exponent_less=right.xreplace({E: E - 1}), twice_the_border=right.xreplace({E: E + 1}), p_and_E_exchanged=right.xreplace({p: E, E: p}),
        sign=ceiling(Ratio(ln(border), Times(-1, ln(r)))), significand_only=ceiling(Ratio(Times(p, ln(2)), ln(r))), one_step_more=Plus(right, 1), one_step_less=Plus(right, -1),
    )  # fmt: skip
    return Entry(
        "V424", "number.overflow", "identity", Text("The first power that rounds to infinity", "第一个舍入为无穷大的幂"), statement, _outside_suite(wrong, _claimed(counts, oo), ("11/10", "2", "5/4")),
        declared=(COUNT, LARGE, *FORMAT), assumptions=(IEEE, NEAREST), limits=(ONCE,), values=numbers(_claimed(counts, oo)) | {"factor_1.1": Number(Rational(11, 10))},
        steps=(
            Step(Statement(FormatLimit("largest", p, E), "=", Times(Plus(2, -(Integer(2) ** Plus(1, -p))), Integer(2) ** E)), Text("The largest finite number.", "最大有限数。"), ("number.format.largest",)),
            Step(Statement(r**n, ">=", border), Text("Half a unit of its last bit above it, rounding goes to infinity.", "比它大出末位单位的一半时，就舍入为无穷大。")),
            Step(statement, Text("Take logarithms; ln r is positive here.", "取对数；这里 ln r 为正。")),
        ),
    )  # fmt: skip


def _claimed(counts, outcome):
    return {
        f"{name}_{factor}": _counted(Proposition(Rounded(Decimal(factor) ** n, *FORMATS[name]), "=", outcome), count)
        for factor, row in counts.items() for name, count in zip(FORMATS, row, strict=True)
    }  # fmt: skip


def _outside_suite(wrong, claims, factors):
    points = tuple({**at, r: Rational(factor)} for factor in factors for at in MACHINE_FORMATS)
    toys = tuple({**at, r: Rational(factor)} for factor in factors for at in TOY_FORMATS)
    exchanged = tuple(
        Mutant(f"{name} counted as {other}", claims[f"{name}_{factor}"].with_right(claims[f"{other}_{factor}"].right))
        for factor in sorted({key.split("_")[1] for key in claims}) for name, other in (("float16", "float32"), ("bfloat16", "float16"), ("float64", "float32"))
    )  # fmt: skip
    return Suite((exact("exact rounding", points + toys), machine("NumPy's rounding", points)), wrong + exchanged, claims)


def stuck():
    def stays(factor, units, *sizes):
        mu = FormatLimit("smallest_subnormal", *sizes)
        return Statement(Rounded(Times(Rounded(Decimal(factor), *sizes), units, mu), *sizes), "=", Times(units, mu))

    statement, sixteen = stays("0.8", 2, p, E), FORMATS["float16"]
    steps = {name: Statement(StandsStill(Decimal("0.8"), *sizes), "=", Integer(count)) for (name, sizes), count in zip(FORMATS.items(), STANDSTILL, strict=True)}
    claims = {f"steps_{name}": claim for name, claim in steps.items()} | {
        "level_float16": Statement(stays("0.8", 2, *sixteen).left, "=", Rational(1, 2**23)),
        "product": Statement(Times(Decimal("0.8"), 2), "=", Rational(8, 5)),
    }
    mu = FormatLimit("smallest_subnormal", p, E)
    wrong = mutants(statement, reaches_zero=Times(0, mu), one_unit=mu, as_exact_arithmetic_has_it=Times(Decimal("1.6"), mu)) + (
        Mutant("a factor of 0.7", stays("0.7", 2, p, E)), Mutant("three units", stays("0.8", 3, p, E)), Mutant("rounded down", Statement(Rounded(Times(Decimal("0.7"), 2, mu), p, E), "=", Times(2, mu))),
    )  # fmt: skip
    unit = Text("In units of the smallest positive number, the product is 1.6, whatever the format; fl(0.8) differs from 0.8 too little to matter.", "以最小正数为单位，乘积是 1.6，与格式无关；fl(0.8) 与 0.8 的差别太小，不起作用。")
    back = Text("The numbers down here are whole multiples of the unit, and 2 is the nearest to 1.6: multiplying changes nothing any more.", "这里的数都是该单位的整数倍，而离 1.6 最近的是 2：再乘也不会变。")
    return Entry(
        "V425", "number.stuck", "identity", Text("Rounded after every factor, the product never reaches zero", "每乘一次就舍入，乘积永远到不了零"), statement,
        Suite((exact("exact rounding", MACHINE_FORMATS + TOY_FORMATS), machine("NumPy's rounding", MACHINE_FORMATS)), wrong, claims),
        declared=FORMAT, assumptions=(IEEE, NEAREST), limits=(FLUSH,), values=numbers(claims) | {"factor": Number(Rational(4, 5)), "in_units": Number(Integer(2))},
        steps=(Step(Statement(Times(Decimal("0.8"), 2, mu), "=", Times(Decimal("1.6"), mu)), unit), Step(statement, back)),
    )  # fmt: skip

