"""Low precision: what a loss scale does and how large it may be, and what rounding does to a gradient and to an update."""

import random

from sympy import Integer, MatrixSymbol, Rational, Symbol, ceiling, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import FormatLimit, Least, Modulus, Plus, Proposition, Ratio, Rounded, Smaller, Times, ln
from derivations.algebra.terms import Diag, Map, OrderedProduct, j, product, t, transpose
from derivations.algebra.terms import k as last
from derivations.checking.arithmetic import Double, Exact
from derivations.checking.constants import attained, exact, machine
from derivations.checking.formats import FORMATS
from derivations.checking.scalars import Suite, agreement, mutants, numbers, random_matrix
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Range, Statement, Step
from derivations.models.rnn import SIZES, W, a, n
from derivations.number_formats import FLUSH, FORMAT, IEEE, MACHINE_FORMATS, NEAREST, ONCE, TOY_FORMATS, E, p
from derivations.one_number import COUNT, SMALL, counted, r
from derivations.one_number import n as steps_taken
from derivations.text import Text

k = Symbol("k", integer=True, nonnegative=True)
x, w, m, M, S = symbols("x w m M S", positive=True)
u = Symbol("u", real=True)
v = MatrixSymbol("v", n, 1)
LARGEST, NORMAL = FormatLimit("largest", p, E), FormatLimit("smallest_normal", p, E)
SCALE = Declared(k, Text("exponent of the loss scale", "损失缩放倍数的指数"), domain="k \\ge 0")
ALL_FORMATS = MACHINE_FORMATS + TOY_FORMATS


def entries():
    """The published results of this topic, in the order of the page."""
    return linear(), commutes(), least_scale(), overflowing_scale(), width(), steps(), error(), lost(), lost_from()


def _two(*exponent):
    return Integer(2) ** Plus(*exponent)


def _decided(points):
    """The two deciders of statements about rounded numbers; NumPy knows the formats of machines only."""
    return exact("exact rounding", points), machine("NumPy's rounding", tuple(at for at in points if {p: at[p], E: at[E]} in MACHINE_FORMATS))


def _numbers(count):
    """Numbers x between the smallest normal number and the largest, with scales that keep them there, in every format."""
    draw, found = random.Random(970), []
    for at in ALL_FORMATS:
        for _ in range(count):
            exponent = draw.randint(1 - int(at[E]), int(at[E]) - 1)
            found.append({**at, x: Integer(2) ** exponent * (1 + Rational(draw.randrange(3**9), 3**9)), k: Integer(draw.randint(0, int(at[E]) - 1 - exponent))})
    return tuple(found)


def linear():
    chain = OrderedProduct(product(Diag(Map("phi", a[j], 1)), W), j, last, t + 1)
    back = transpose(chain)
    statement = Statement(Times(back, Times(S, v)), "=", Times(S, back, v))
    wrong = mutants(statement, scale_forgotten=Times(back, v), scaled_at_every_step=Times(S ** Plus(last, -t), back, v), scale_inverted=Times(Ratio(1, S), back, v), not_transposed=Times(S, chain, v))
    why = Step(statement, Text("Going back one step is a linear map, and so is going back many; a number can be taken out. It enters once, at the loss, and not at every step.", "往回传一步是线性映射，传许多步也是；数可以提到前面。它只在损失处乘一次，而不是每步都乘。"))
    said = (Declared(a[j], Text("pre-activation at time step j", "时间步 j 的预激活值"), (n, 1)), Declared(W, Text("recurrent weights", "循环权重"), (n, n)), Declared(v, Text("slope of the loss at the step k", "损失在第 k 步的斜率"), (n, 1)), Declared(S, Text("loss scale", "损失缩放的倍数"), domain="S > 0"),
            Declared(t, Text("the earlier step", "较早的一步")), Declared(last, Text("the later step", "较晚的一步")), Declared(n, SIZES[n]))  # fmt: skip
    checks = agreement("exact multiplication", Exact, _chains(971, lambda draw: Rational(draw.randint(3, 90), 4))), agreement("NumPy, bit for bit", Double, _chains(972, lambda draw: Integer(2) ** draw.randint(5, 24)))
    return Entry("V970", "precision.linear", "identity", Text("A scaled loss scales every gradient by the same number", "损失乘以一个数，每个梯度都乘以同一个数"), statement, Suite(checks, wrong), domain=(Range(t, Integer(0), last),), declared=said, steps=(why,), sources=("micikevicius2018",))


def _chains(seed, scale):
    draw, found = random.Random(seed), []
    for size, end, first in ((2, 3, 0), (3, 5, 1), (4, 7, 2), (3, 12, 0)):
        states = [random_matrix(draw, size, 1) for _ in range(end + 1)]
        found.append({"a": lambda step, known=states: known[step], "slope": lambda arithmetic, x: arithmetic.number(Integer(1)) - x * x, W: random_matrix(draw, size, size), v: random_matrix(draw, size, 1), S: scale(draw), last: Integer(end), t: Integer(first), "size": size})
    return tuple(found)


def commutes():
    def scaled(number, factor):
        return Statement(Rounded(Times(factor, number), p, E), "=", Times(factor, Rounded(number, p, E)))

    two = Integer(2) ** k
    statement = scaled(x, two)
    wrong = mutants(statement, not_scaled=Rounded(x, p, E), scale_inverted=Times(_two(Times(-1, k)), Rounded(x, p, E)), not_rounded=Times(two, x), one_bit_more=Times(two, Rounded(x, Plus(p, 1), E))) + (
        Mutant("three in place of two", scaled(x, Integer(3) ** k)), Mutant("subnormal numbers too", scaled(Times(_two(1, Times(-2, E)), x), two)))  # fmt: skip
    steps = (Step(Statement(NORMAL, "<=", x), Text("From here to the largest number, x and its multiple have all their digits.", "从这里到最大数之间，x 和它的倍数都保有全部位数。"), ("number.format.smallest_normal", "number.format.largest")),
             Step(statement, Text("A power of two changes the exponent alone. The significand, and with it the rounding, stays the same.", "乘以 2 的幂只改变指数。有效数字不变，舍入也就不变。")))
    said = (Declared(x, Text("the exact result of an operation; negative numbers are rounded in the same way", "一次运算的精确结果；负数的舍入与此对称"), domain="x_{\\min} \\le x,\\ 2^k x \\le x_{\\max}"), SCALE, *FORMAT)
    return Entry("V971", "precision.commutes", "identity", Text("Scaling by a power of two and rounding can be exchanged", "乘以 2 的幂与舍入可以交换"), statement, Suite(_decided(_numbers(6)), wrong), declared=said, assumptions=(IEEE, NEAREST), steps=steps, uses=("number.format.smallest_normal", "number.format.largest"))


def _exponent(proposition, right, changes, id_, slug, title, of, claims, reasons, points):
    """An entry for the least exponent k for which something is true of a gradient."""
    statement = Statement(Least(proposition, k, Integer(0)), "=", right)
    wrong = mutants(statement, one_step_more=Plus(right, 1), one_step_less=Plus(right, -1), **changes)
    steps = (*(Step(left, reason) for left, reason in reasons), Step(statement, Text("Take logarithms to the base two, and round up.", "取以 2 为底的对数，再向上取整。")))
    return Entry(id_, slug, "identity", title, statement, Suite(_decided(points), wrong, claims), declared=(of, SCALE, *FORMAT), assumptions=(IEEE, NEAREST), steps=steps, values=numbers(claims))


def _logarithm(number):
    return Times(-1, Ratio(ln(number), ln(2)))


def least_scale():
    proposition, right = Proposition(Times(Integer(2) ** k, m), ">=", NORMAL), ceiling(Plus(1, Times(-1, E), _logarithm(m)))
    changes = dict(sign_of_E=ceiling(Plus(1, E, _logarithm(m))), logarithm_added=ceiling(Plus(1, Times(-1, E), Ratio(ln(m), ln(2)))), natural_logarithm=ceiling(Plus(1, Times(-1, E), Times(-1, ln(m)))), subnormal_for_normal=ceiling(Plus(2, Times(-1, E), Times(-1, p), _logarithm(m))))
    claims = {"float16_billionth": Statement(Least(Proposition(Times(Integer(2) ** k, Rational(1, 10**9)), ">=", FormatLimit("smallest_normal", *FORMATS["float16"])), k, Integer(0)), "=", Integer(16))}
    reasons = ((Statement(_two(1, Times(-1, E)), "<=", Times(Integer(2) ** k, m)), Text("The smallest normal number, as a power of two.", "把最小正规数写成 2 的幂。")),)
    points = tuple({**at, m: Integer(2) ** (1 - at[E]) / by} for at in ALL_FORMATS for by in (Integer(1), Integer(8), Rational(19, 7), Rational(1001, 3)))
    return _exponent(proposition, right, changes, "V972", "precision.least_scale", Text("The least scale at which no entry loses digits to the lower end", "不让任何元素在下端丢失位数的最小倍数"),
                     Declared(m, Text("the smallest modulus of an entry of the gradient that is not zero", "梯度非零元素的最小绝对值"), domain="0 < m \\le x_{\\min}"), claims, reasons, points)  # fmt: skip


def overflowing_scale():
    border = Times(Plus(2, -_two(Times(-1, p))), Integer(2) ** E)
    proposition, right = Proposition(Rounded(Times(Integer(2) ** k, M), p, E), ">", LARGEST), ceiling(Plus(Ratio(ln(border), ln(2)), _logarithm(M)))
    changes = dict(p_and_E_exchanged=right.xreplace({p: E, E: p}), logarithm_added=ceiling(Plus(Ratio(ln(border), ln(2)), Ratio(ln(M), ln(2)))), natural_logarithm=ceiling(Plus(ln(border), Times(-1, ln(M)))))
    sixteen = FORMATS["float16"]
    claims = {"float16_tenth": Statement(Least(Proposition(Rounded(Times(Integer(2) ** k, Rational(1, 10)), *sixteen), ">", FormatLimit("largest", *sixteen)), k, Integer(0)), "=", Integer(20))}
    reasons = ((Statement(border, "<=", Times(Integer(2) ** k, M)), Text("What lies half a unit beyond the largest number is rounded to infinity, the half included.", "超出最大数半个末位单位即舍入为无穷大，恰为一半时也是。")),)
    points = tuple({**at, M: Integer(2) ** at[E] / by} for at in ALL_FORMATS for by in (Integer(2), Integer(8), Rational(19, 7), Rational(1001, 3), Rational(10007, 9)))
    return _exponent(proposition, right, changes, "V973", "precision.overflowing_scale", Text("The first scale at which the largest entry overflows", "最大元素开始上溢的倍数"),
                     Declared(M, Text("the largest modulus of an entry of the gradient", "梯度元素的最大绝对值"), domain="0 < M \\le x_{\\max}"), claims, reasons, points)  # fmt: skip


def width():
    right = Times(Plus(2, -_two(1, Times(-1, p))), _two(Times(2, E), -1))
    statement = Statement(Ratio(LARGEST, NORMAL), "=", right)
    claims = {name: Statement(Ratio(*(FormatLimit(kind, *sizes) for kind in ("largest", "smallest_normal"))), "=", right.xreplace(dict(zip((p, E), map(Integer, sizes), strict=True))).doit()) for name, sizes in FORMATS.items() if name != "float64"}
    wrong = mutants(statement, exponent_not_doubled=Times(Plus(2, -_two(1, Times(-1, p))), _two(E, -1)), leading_bit_not_counted=right.xreplace({p: p + 1}), p_and_E_exchanged=right.xreplace({p: E, E: p}), one_exponent_more=Times(Plus(2, -_two(1, Times(-1, p))), _two(Times(2, E))))
    steps = (Step(Statement(LARGEST, "=", Times(Plus(2, -_two(1, Times(-1, p))), Integer(2) ** E)), Text("The upper end.", "上端。"), ("number.format.largest",)), Step(Statement(NORMAL, "=", _two(1, Times(-1, E))), Text("The lower end.", "下端。"), ("number.format.smallest_normal",)),
             Step(statement, Text("The quotient holds no scale: a scale moves the window, it does not widen it.", "商里没有缩放倍数：缩放只移动窗口，不能加宽它。")))  # fmt: skip
    return Entry("V974", "precision.width", "identity", Text("How wide the window of a format is", "一种格式的窗口有多宽"), statement, Suite((exact("bit patterns and listed small formats", ALL_FORMATS), machine("NumPy's limits", MACHINE_FORMATS)), wrong, claims), declared=FORMAT, assumptions=(IEEE,), steps=steps, values=numbers(claims))


def steps():
    def gone(scale, factor, *sizes):
        return Proposition(Rounded(Times(scale, factor**steps_taken), *sizes), "=", 0)

    bits = Plus(p, E, k, -1)
    right = ceiling(Ratio(Times(bits, ln(2)), Times(-1, ln(r))))
    statement = Statement(Least(gone(Integer(2) ** k, r, p, E), steps_taken, Integer(1)), "=", right)
    counts = {"float16_0.25_15": ("float16", Rational(1, 4), 15, 20), "float16_0.9_15": ("float16", Rational(9, 10), 15, 264), "float16_0.5_16": ("float16", Rational(1, 2), 16, 41)}
    claims = {key: counted(gone(Integer(2) ** exponent, factor, *FORMATS[name]), count) for key, (name, factor, exponent, count) in counts.items()}
    changes = dict(scale_forgotten=Plus(p, E, -1), scale_subtracted=Plus(p, E, Times(-1, k), -1), scale_counted_twice=Plus(p, E, Times(2, k), -1), half_a_unit_forgotten=Plus(p, E, k, -2), one_bit_more=Plus(p, E, k))
    wrong = mutants(statement, **{what: right.xreplace({bits: new}) for what, new in changes.items()}, one_step_more=Plus(right, 1), one_step_less=Plus(right, -1))
    points = tuple({**at, r: factor, k: Integer(scale)} for at in ALL_FORMATS for factor in (Rational(1, 4), Rational(1, 2), Rational(4, 5)) for scale in (1, 6, 15))
    why = (Step(Statement(Times(Integer(2) ** k, r**steps_taken), "<=", _two(1, Times(-1, E), Times(-1, p))), Text("The scaled power is lost at half of the smallest number, as without a scale.", "缩放后的幂降到最小数的一半时丢失，与不缩放时一样。"), ("number.underflow",)),
           Step(Statement(r**steps_taken, "<=", _two(1, Times(-1, E), Times(-1, p), Times(-1, k))), Text("So the power itself may be smaller by k binary digits.", "所以幂本身可以再小 k 个二进制位。")),
           Step(statement, Text("Take logarithms.", "取对数。"), ("number.steps_below",)))
    return Entry("V975", "precision.steps", "identity", Text("The steps until underflow with a loss scale", "带损失缩放时到下溢为止的步数"), statement, Suite(_decided(points), wrong, claims), declared=(COUNT, SMALL, SCALE, *FORMAT), assumptions=(IEEE, NEAREST), limits=(ONCE, FLUSH), steps=why, uses=("number.underflow",), values=numbers(claims))


def error():
    power = Integer(2) ** Symbol("e", integer=True)
    off, right = Modulus(Plus(Rounded(x, p, E), Times(-1, x))), Ratio(x, Plus(Integer(2) ** p, 1))
    statement = Statement(off, "<=", right)
    claims = {}
    for name, sizes in FORMATS.items():
        halfway = 1 + Rational(1, 2 ** sizes[0])
        claims[name] = Statement(Ratio(Modulus(Plus(Rounded(halfway, *sizes), Times(-1, halfway))), halfway), "=", Rational(1, 2 ** sizes[0] + 1))
    wrong = mutants(statement, one_bit_less=Ratio(x, Plus(_two(p, -1), 1)), leading_bit_not_counted=Ratio(x, Plus(_two(p, 1), 1)), a_whole_unit=Ratio(x, _two(p, -1)), one_dropped=Ratio(x, Integer(2) ** p), p_and_E_exchanged=Ratio(x, Plus(Integer(2) ** E, 1)))
    halfway = tuple({**at, x: (1 + Integer(2) ** -at[p]) * Integer(2) ** exponent, k: Integer(0)} for at in ALL_FORMATS for exponent in (0, 1))
    why = (Step(Statement(power, "<=", x), Text("Take the power of two just below x, so that x is between it and its double.", "取不超过 x 的最大的 2 的幂，使 x 在它与它的两倍之间。")),
           Step(Statement(off, "<=", Smaller(Times(_two(Times(-1, p)), power), Plus(x, Times(-1, power)))), Text("The error is at most half of the spacing, and at most the distance to that power itself.", "误差不超过间距的一半，也不超过到这个幂的距离。")),
           Step(statement, Text("The two are equal halfway between the power and the next number; there the quotient by x is largest.", "在这个幂与下一个数的正中间，两者相等；误差与 x 之比在那里最大。")))
    said = (Declared(x, Text("a number within the normal range", "正规范围内的数"), domain="x_{\\min} \\le x \\le x_{\\max}"), *FORMAT)
    return Entry("V976", "precision.error", "bound", Text("The relative error of one rounding", "一次舍入的相对误差"), statement, Suite((*_decided(_numbers(8) + halfway), attained("cases that attain it", halfway)), wrong, claims), declared=said, assumptions=(IEEE, NEAREST), steps=why, values=numbers(claims))


def lost():
    def after(update):
        return Statement(Rounded(Plus(w, update), p, E), "=", w)

    statement = after(u)
    claims = {name: Statement(_two(Times(-1, bits), -1), "=", Rational(1, 2 ** (bits + 1))) for name, (bits, _) in FORMATS.items()}
    wrong = mutants(statement, not_rounded=Plus(w, u), the_next_number=Times(w, Plus(1, _two(1, Times(-1, p)))), twice=Times(2, w)) + (Mutant("an update twice as large", after(Times(2, u))), Mutant("an update four times as large", after(Times(4, u))))
    points = []
    for at in ALL_FORMATS:
        bits, low = int(at[p]), 1 - int(at[E])
        for significand in {2 ** (bits - 1), 2 ** (bits - 1) + 1, 2**bits - 1, 2**bits - 2}:
            for exponent in (low + 1, 0):
                weight = Integer(significand) * Integer(2) ** (exponent - bits + 1)
                points += [{**at, w: weight, u: share * weight / 2 ** (bits + 1)} for share in (Integer(1), Integer(-1), Rational(3, 4))]
    why = (Step(Statement(Modulus(u), "<=", Times(_two(Times(-1, p), -1), w)), Text("Half of the distance from w to its neighbours is at least this much: w is less than two to the p units of its last place, and they are closest where w is a power of two.", "w 到相邻数的距离，一半至少有这么多：w 不到 2 的 p 次方个末位单位；w 是 2 的幂时相邻数最近。")),
           Step(statement, Text("So w is the nearest number; in the case of a tie it is the even one.", "所以 w 是最近的数；距离相等时，它是取偶的那个。")))
    said = (Declared(w, Text("a weight, a number of the format", "权重，格式中的一个数"), domain="w \\ge x_{\\min}"), Declared(u, Text("its update", "它的更新量"), domain="|u| \\le 2^{-p-1} w"), *FORMAT)
    return Entry("V977", "precision.lost", "identity", Text("An update that is lost", "丢失的更新"), statement, Suite(_decided(tuple(points)), wrong, claims), declared=said, assumptions=(IEEE, NEAREST), steps=why, sources=("micikevicius2018",), values=numbers(claims))


def lost_from():
    def unmoved(*sizes):
        return Least(Proposition(Rounded(Plus(1, Integer(2) ** Times(-1, steps_taken)), *sizes), "=", 1), steps_taken, Integer(1))

    statement = Statement(unmoved(p, E), "=", p)
    claims = {name: Statement(unmoved(*sizes), "=", Integer(sizes[0])) for name, sizes in FORMATS.items()}
    wrong = mutants(statement, one_bit_more=Plus(p, 1), one_bit_less=Plus(p, -1), as_for_underflow=Plus(p, E, -1), twice=Times(2, p))
    why = (Step(Statement(Rounded(Plus(1, _two(1, Times(-1, p))), p, E), "=", Plus(1, _two(1, Times(-1, p)))), Text("The next number after 1 is this one, and it is kept.", "1 之后的下一个数是它，能够保留。")),
           Step(statement, Text("Halfway to it, the tie goes to 1, whose last digit is even.", "到它一半的地方距离相等，取偶得 1。"), ("precision.lost",)))
    return Entry("V978", "precision.lost_from", "identity", Text("The first power of two that is lost when added to 1", "加到 1 上第一个丢失的 2 的幂"), statement, Suite(_decided(ALL_FORMATS), wrong, claims), declared=(Declared(steps_taken, Text("exponent of the update", "更新量的指数")), *FORMAT), assumptions=(IEEE, NEAREST), steps=why, values=numbers(claims))
