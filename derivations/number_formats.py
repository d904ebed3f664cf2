"""Where a number format gives out: its largest and smallest numbers, underflow, overflow, and a product that stands still."""

from sympy import Integer, Rational, ceiling, oo, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Decimal, FormatLimit, Least, Plus, Proposition, Ratio, Rounded, StandsStill, Times, ln
from derivations.checking.constants import exact, machine
from derivations.checking.formats import FORMATS
from derivations.checking.scalars import Suite, mutants, numbers
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Statement, Step
from derivations.one_number import COUNT, LARGE, SMALL, counted, n, r
from derivations.text import Text

p, E = symbols("p E", integer=True, positive=True)

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
    return (*format_limits(), underflow(), overflow(), stuck())


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
        f"{name}_{factor}": counted(Proposition(Rounded(Decimal(factor) ** n, *FORMATS[name]), "=", outcome), count)
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
