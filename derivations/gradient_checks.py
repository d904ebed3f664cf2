"""Checking a gradient: what an absolute tolerance lets pass, the best step of a difference quotient, and the complex step."""

import random
from fractions import Fraction

from sympy import Integer, Rational, Symbol, symbols

from derivations import lstm
from derivations.algebra.differences import Imaginary, Minimizer, Of, Unit
from derivations.algebra.scalars import Digits, Modulus, Plus, Ratio, Rounded, Slash, Times
from derivations.algebra.survivors import Survivors
from derivations.checking.arithmetic import Double, Exact, Extended
from derivations.checking.constants import attained, enclosed, exact, machine
from derivations.checking.differences import searched, stationary
from derivations.checking.measured_bounds import bounded
from derivations.checking.scalars import Suite, agreement, mutants, numbers, rationals
from derivations.checking.survivors import counted, gradients_of
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Statement, Step
from derivations.models.gated import LSTM
from derivations.number_formats import FORMAT, IEEE, MACHINE_FORMATS, NEAREST, TOY_FORMATS, E, p
from derivations.text import Text

g, c, x = symbols("g c x", real=True)
h, tau, rho, u, K, M = symbols("h tau rho u K M", positive=True)
y = Symbol("y", real=True)
THIRD = Slash(1, 3)
STEP = Declared(h, Text("step of the difference", "差分的步长"), domain="h > 0")
UNIT = Declared(u, Text("relative error of one computed loss, 2⁻⁵³ in doubles at best", "算出的损失的相对误差，双精度下最好为 2⁻⁵³"), domain="u > 0")
SIZE = Declared(K, Text("size of the loss", "损失的大小"), domain="K > 0")
THIRD_SLOPE = Declared(M, Text("size of the third derivative of the loss", "损失的三阶导数的大小"), domain="M > 0")
DOUBLE = Rational(1, 2**53)


def entries():
    """The published results of this topic, in the order of the page."""
    return passes(), quantum(), central(), best_step(), least_error(), complex_step(), survivors()


def passes():
    statement = Statement(Modulus(Plus(Times(c, g), Times(-1, g))), "<=", Plus(tau, Times(rho, Modulus(g))))
    border = Ratio(tau, Plus(Modulus(Plus(c, -1)), Times(-1, rho)))
    wrong = mutants(statement, relative_part_alone=Times(rho, Modulus(g)), absolute_part_alone=tau, half=Times(Rational(1, 2), statement.right), one_per_cent_less=Times(Rational(99, 100), statement.right))
    torch = {tau: Rational(1, 10**5), rho: Rational(1, 1000)}
    claims = {name: Statement(border.xreplace(torch).subs(c, factor), "=", Rational(1, 10**5) / (abs(factor - 1) - Rational(1, 1000))) for name, factor in (("zero", Integer(0)), ("negated", Integer(-1)), ("thousandfold", Integer(1000)), ("doubled", Integer(2)))}
    draw, inside, edge = random.Random(350), [], []
    for factor in (Integer(0), Integer(-1), Integer(1000), Rational(5, 2), Rational(-7, 3)):
        level, share = Rational(draw.randint(1, 90), 10**6), Rational(draw.randint(1, 90), 1000)
        most = level / (abs(factor - 1) - share)
        edge += [{c: factor, tau: level, rho: share, g: sign * most} for sign in (1, -1)]
        inside += [{c: factor, tau: level, rho: share, g: most * Rational(draw.randint(-99, 99), 100)} for _ in range(3)]
    steps = (Step(Statement(Times(Plus(Modulus(Plus(c, -1)), Times(-1, rho)), Modulus(g)), "<=", tau), Text("What was assumed about g, multiplied out.", "对 g 的假设，两边同乘分母。")),
             Step(statement, Text("Add ρ |g|. The left side is the difference that the check looks at.", "加上 ρ |g|。左边就是检验所看的差。")))
    said = (Declared(g, Text("the true value of an entry of the gradient", "梯度的一个元素的真值"), domain="|g| \\le \\tau / (|c - 1| - \\rho)"), Declared(c, Text("factor by which the program under test is wrong; zero: it returns nothing", "被检验的程序所差的倍数；零：什么也没返回"), domain="|c - 1| > \\rho"),
            Declared(tau, Text("absolute tolerance", "绝对容差"), domain="\\tau > 0"), Declared(rho, Text("relative tolerance", "相对容差"), domain="\\rho \\ge 0"))  # fmt: skip
    return Entry("V350", "check.passes", "bound", Text("Below the absolute tolerance a check accepts a gradient that is wrong by any factor", "小于绝对容差时，梯度错多少倍，检验都会放行"), statement, Suite(bounded("values with 60 digits", tuple(inside + edge), tuple(edge)), wrong, claims), declared=said, steps=steps, values=numbers(claims))


def quantum():
    gap = Modulus(Plus(Rounded(x, p, E), Times(-1, Rounded(y, p, E))))
    least = Ratio(Integer(2) ** Times(-1, p), h)
    statement = Statement(Ratio(gap, Times(2, h)), ">=", least)
    power = {"float64": (53, Rational(1, 2**17)), "float32": (24, Rational(1, 2**8))}
    claims = {name: Statement(Ratio(Integer(2) ** Times(-1, Integer(bits)), step), "=", 1 / (2**bits * step)) for name, (bits, step) in power.items()}
    wrong = mutants(statement, twice=Times(2, least), one_bit_less=Ratio(Integer(2) ** Plus(1, Times(-1, p)), h), one_per_cent_more=Times(Rational(101, 100), least))
    draw, near, apart = random.Random(353), [], []
    for at in MACHINE_FORMATS + TOY_FORMATS:
        unit = Rational(2, 2 ** int(at[p]))
        for low in (Integer(1), Rational(3, 2)):
            near.append({**at, x: low, y: low + unit, h: Rational(1, 2 ** draw.randint(2, 9))})
            apart.append({**at, x: low + unit * Rational(draw.randint(-20, 20), 50) if low > 1 else low, y: low + unit * (draw.randint(1, 3) + Rational(draw.randint(-20, 20), 50)), h: Rational(1, draw.randint(2, 900))})
    both = tuple(near + apart)
    steps = (Step(Statement(gap, ">=", Integer(2) ** Plus(1, Times(-1, p))), Text("Numbers of the format from 1 on are multiples of the spacing at 1, and so is their difference.", "该格式中从 1 开始的数都是 1 处间距的整数倍，差也是。")),
             Step(statement, Text("Divide by 2h.", "除以 2h。")))
    said = (Declared(x, Text("loss at one end of the step", "步长一端的损失"), domain="x \\ge 1"), Declared(y, Text("loss at the other end", "另一端的损失"), domain="y \\ge 1,\\ \\operatorname{fl}(y) \\ne \\operatorname{fl}(x)"), STEP, *FORMAT)
    numpy_points = tuple(at for at in both if {p: at[p], E: at[E]} in MACHINE_FORMATS)
    suite = Suite((exact("exact rounding", both), machine("NumPy's rounding", numpy_points), attained("a case that attains it", tuple(near))), wrong, claims)
    return Entry("V353", "difference.quantum", "bound", Text("The smallest difference quotient that is not zero", "差商不为零时，最小能有多小"), statement, suite, declared=said, assumptions=(IEEE, NEAREST), steps=steps, values=numbers(claims))


def _polynomials(seed):
    """Polynomials of degree at most four, with places and steps."""
    draw, found = random.Random(seed), []
    for at in rationals(seed, (x, h), 8):
        at[h] = abs(at[h]) / 4
        found.append({**at, "f": tuple(Rational(draw.choice([n for n in range(-9, 10) if n]), draw.randint(1, 5)) for _ in range(5))})
    return tuple(found)


QUARTIC = Declared(Of(x), Text("a polynomial of degree at most four", "次数不超过四的多项式"))
PLACE = Declared(x, Text("where the derivative is wanted", "求导的位置"))
HIGHER = Text("For any other smooth function terms of order h⁴ are added.", "对其他光滑函数，还要加上 h⁴ 阶的项。")
TRUNCATION = Times(Ratio(h**2, 6), Of(x, 3))
EXACTLY = (agreement("exact complex multiplication", Exact, _polynomials(1)), agreement("values with 60 digits", Extended, _polynomials(2), 1e-45), agreement("NumPy", Double, _polynomials(3), 1e-9))


def central():
    left = Ratio(Plus(Of(Plus(x, h)), Times(-1, Of(Plus(x, Times(-1, h))))), Times(2, h))
    right = Plus(Of(x, 1), TRUNCATION)
    statement = Statement(left, "=", right)
    forward = Ratio(Plus(Of(Plus(x, h)), Times(-1, Of(x))), h)
    wrong = mutants(statement, truncation_forgotten=Of(x, 1), sign_of_term_2=Plus(Of(x, 1), Times(-1, TRUNCATION)), third_for_sixth=Plus(Of(x, 1), Times(2, TRUNCATION)), first_order_only=Plus(Of(x, 1), Times(h, Of(x, 3)))) + (
        Mutant("forward difference in its place", Statement(forward, "=", right)), Mutant("two forgotten", Statement(Times(2, left), "=", right)))  # fmt: skip
    steps = (Step(Statement(Of(Plus(x, h)), "=", Plus(Of(x), Times(h, Of(x, 1)), Times(Ratio(h**2, 2), Of(x, 2)), Times(Ratio(h**3, 6), Of(x, 3)), Times(Ratio(h**4, 24), Of(x, 4)))), Text("Taylor's formula, which ends here for degree four.", "泰勒公式；次数为四时到此为止。")),
             Step(statement, Text("The same with −h, subtracted: the even terms cancel.", "对 −h 同样展开后相减：偶次项抵消。")))
    return Entry("V354", "difference.central", "identity", Text("Truncation error of the central difference", "中心差分的截断误差"), statement, Suite(EXACTLY, wrong), declared=(QUARTIC, PLACE, STEP), limits=(HIGHER,), steps=steps)


def complex_step():
    left = Ratio(Imaginary(Of(Plus(x, Times(Unit(), h)))), h)
    right = Plus(Of(x, 1), Times(-1, TRUNCATION))
    statement = Statement(left, "=", right)
    wrong = mutants(statement, truncation_forgotten=Of(x, 1), sign_of_term_2=Plus(Of(x, 1), TRUNCATION), third_for_sixth=Plus(Of(x, 1), Times(-2, TRUNCATION)), two_forgotten=Times(2, right)) + (
        Mutant("not divided", Statement(left.top, "=", right)),)  # fmt: skip
    steps = (Step(Statement(Of(Plus(x, Times(Unit(), h))), "=", Plus(Of(x), Times(Unit(), h, Of(x, 1)), Times(-1, Ratio(h**2, 2), Of(x, 2)), Times(-1, Unit(), Ratio(h**3, 6), Of(x, 3)), Times(Ratio(h**4, 24), Of(x, 4)))), Text("Taylor's formula with the step ih; i² is −1.", "以 ih 为步长的泰勒公式；i² 等于 −1。")),
             Step(statement, Text("Only two terms are imaginary, and nothing is subtracted from anything of its own size.", "只有两项是虚的，也没有两个相近的数相减。"), ("difference.central",)))
    return Entry("V355", "difference.complex_step", "identity", Text("Truncation error of the complex step", "复步长求导的截断误差"), statement, Suite(EXACTLY, wrong), declared=(QUARTIC, PLACE, STEP, Declared(Unit(), Text("the imaginary unit", "虚数单位"))), assumptions=(Text("f is analytic and takes real values at real places.", "f 解析，且在实数处取实值。"),), limits=(HIGHER,), steps=steps)


ERROR = Plus(Times(Ratio(h**2, 6), M), Ratio(Times(u, K), h))
MODEL = Text("Model of the error: truncation by the third derivative, and two losses each off by u K at most, divided by 2h.", "误差模型：截断误差由三阶导数决定；两个损失各差至多 u K，再除以 2h。")
SCALES = tuple({u: Rational(1, 2**bits), K: Rational(*size), M: Rational(*third)} for bits, size, third in ((53, (1, 1), (1, 1)), (24, (7, 2), (3, 5)), (30, (40, 1), (1, 9)), (8, (1, 3), (11, 1))))


def best_step():
    right = Ratio(Times(3, u, K), M) ** THIRD
    statement = Statement(Minimizer(ERROR, h), "=", right)
    wrong = mutants(statement, root_for_cube_root=Ratio(Times(3, u, K), M) ** Slash(1, 2), three_forgotten=Ratio(Times(u, K), M) ** THIRD, six_for_three=Ratio(Times(6, u, K), M) ** THIRD, third_derivative_forgotten=Times(3, u, K) ** THIRD, upside_down=Ratio(M, Times(3, u, K)) ** THIRD)
    claims = {name: Statement(Ratio(Times(3, Rational(1, 2**bits)), 1) ** THIRD, "=", Digits(digits, exponent)) for name, bits, digits, exponent in (("float64", 53, "6931", -6), ("float32", 24, "5633", -3))}
    steps = (Step(Statement(Times(Ratio(h, 3), M), "=", Ratio(Times(u, K), h**2)), Text("At the minimum the slope is zero. The sum is convex for h > 0, so there is only one.", "在极小值处斜率为零。h > 0 时这个和是凸的，所以只有一处。"), ("difference.central",)),
             Step(statement, Text("Solve for h. The rounding part is then twice the truncation part.", "解出 h。此时舍入部分是截断部分的两倍。")))
    values = {name: Number(claim.left.doit().evalf(40), 12) for name, claim in claims.items()}
    return Entry("V351", "difference.best_step", "identity", Text("The best step of a central difference", "中心差分的最佳步长"), statement, Suite((searched("uphill search with 60 digits", SCALES, enclosed("", ({},))[1]), stationary("symbolic derivative", enclosed("", ({},))[1])), wrong, claims), declared=(STEP, UNIT, SIZE, THIRD_SLOPE), assumptions=(MODEL,), steps=steps, values=values)


def least_error():
    right = Times(Rational(1, 2), Times(9, M, Times(u, K) ** 2) ** THIRD)
    statement = Statement(ERROR, ">=", right)
    wrong = mutants(statement, half_forgotten=Times(9, M, Times(u, K) ** 2) ** THIRD, nine_forgotten=Times(M, Times(u, K) ** 2) ** THIRD, u_not_squared=Times(Rational(1, 2), Times(9, M, u, K**2) ** THIRD), one_per_cent_more=Times(Rational(101, 100), right))
    claims = {name: Statement(Times(Rational(1, 2), Times(9, Rational(1, 2 ** (2 * bits))) ** THIRD), "=", Digits(digits, exponent)) for name, bits, digits, exponent in (("float64", 53, "2402", -11), ("float32", 24, "1586", -5))}
    draw, best, other = random.Random(352), [], []
    for at in SCALES:
        step = Rational(draw.randint(1, 9), 2 ** draw.randint(2, 20))
        best.append({**at, h: step, M: 3 * at[u] * at[K] / step**3})
        other += [{**best[-1], h: step * Rational(draw.choice((1, 9, 99, 101, 140, 5000)), 100)} for _ in range(4)]
    steps = (Step(Statement(ERROR, "=", Plus(Times(Ratio(h**2, 6), M), Ratio(Times(u, K), Times(2, h)), Ratio(Times(u, K), Times(2, h)))), Text("Split the rounding part into two equal ones, so that h cancels in the product of the three.", "把舍入部分拆成相等的两份，使三项之积与 h 无关。")),
             Step(statement, Text("The arithmetic mean is at least the geometric one; equality where the three are equal, which is at the best step.", "算术平均不小于几何平均；三项相等时取等号，即取最佳步长时。"), ("difference.best_step",)))
    values = {name: Number(claim.left.doit().evalf(40), 12) for name, claim in claims.items()}
    holds_, equal = bounded("values with 60 digits", tuple(best + other), tuple(best))
    digits = enclosed("", ({},))[1]
    deciders = tuple((name, lambda said, decide=decide: digits(said) if isinstance(said.right, Digits) else decide(said)) for name, decide in (holds_, equal))
    return Entry("V352", "difference.least_error", "bound", Text("The smallest error that a central difference can promise", "中心差分所能保证的最小误差"), statement, Suite(deciders, wrong, claims), declared=(STEP, UNIT, SIZE, THIRD_SLOPE), assumptions=(MODEL,), steps=steps, values=values)


def _lstm_gradients():
    return gradients_of(LSTM, lstm.entries())


def survivors():
    def left(length, sizes, at_rest, judged=True):
        return Survivors("lstm", length, sizes, at_rest, judged)

    statement = Statement(left(1, (2, 2, 2), True), "=", Integer(324))
    claims = {"all": Statement(left(1, (2, 2, 2), True, False), "=", Integer(924)), "started": Statement(left(1, (2, 2, 2), False), "=", Integer(195)), "two_steps": Statement(left(2, (2, 2, 2), True), "=", Integer(24)), "proper": Statement(left(3, (4, 2, 5), False), "=", Integer(8))}
    wrong = mutants(statement, always_zero=Integer(0), one_more=Integer(325), one_less=Integer(323), started_for_at_rest=Integer(195))
    steps = (Step(statement, Text("Every single change of a right side is evaluated and compared with the truth: a symbol, a transpose, an index, a sign, a term.", "右边每次只改一处（一个符号、一个转置、一个下标、一个正负号、一项），求值后与真值相比。")),)
    suite = Suite((counted("exact witness over F_p", _lstm_gradients, None), counted("both sides with 50 digits", _lstm_gradients, Fraction(11, 10))), wrong, claims)
    values = numbers(claims) | {"passing": Number(statement.right), "share": Number(Rational(32400, 924)), "started_share": Number(Rational(19500, 924))}
    return Entry("V356", "check.survivors", "constant", Text("Wrong LSTM gradients that pass a check at one step from a zero state", "只走一步、从零状态出发的检验放行多少错误的 LSTM 梯度"), statement, suite, steps=steps, values=values, limits=(Text("One choice of wrong versions: all that differ from the derived gradients in one place. Eight of them are right, since an adjoint past the end is zero.", "错误版本只取这一种：与推导出的梯度只差一处的全部版本。其中八个其实是对的，因为末尾之后的伴随变量为零。"),))
