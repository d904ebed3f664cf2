"""The curse of memory: how large the state of a linear recurrence is, and how strongly it answers to its parameter."""

from sympy import Integer, Rational, Symbol, oo, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.path_terms import SumOver
from derivations.algebra.scalars import Decimal, Plus, Ratio, Root, Times, ln
from derivations.algebra.stationary import MeanSquare
from derivations.checking.arithmetic import Enclosing
from derivations.checking.measured_bounds import below
from derivations.checking.scalars import Suite, mutants, numbers
from derivations.checking.stationary import ways
from derivations.entry import Declared, Entry, Statement, Step
from derivations.text import Text

lam, mu, rho, r = symbols("lambda mu rho r", positive=True)
k = Symbol("k", integer=True, nonnegative=True)
FACTOR = Declared(lam, Text("factor of the recurrence", "循环的因子"), domain="0 < \\lambda < 1")
LAG = Declared(k, Text("lag", "时滞"))
WHITE = Text("One unit, h_t = λ h_{t−1} + γ x_t, which has run for ever; inputs have mean zero and variance one, and none knows of another.", "一个单元，h_t = λ h_{t−1} + γ x_t，已运行无限久；输入的均值为零、方差为一，彼此不相关。")
PLAIN, SCALED = Text("γ = 1.", "γ = 1。"), Text("γ = √(1 − λ²), which moves with λ.", "γ = √(1 − λ²)，随 λ 而变。")
RATE = Text("λ = exp(−exp ν).", "λ = exp(−exp ν)。")
REST = Plus(1, Times(-1, lam**2))
HALF, NEAR = Decimal("0.9"), Decimal("0.99")
POINTS = tuple({lam: Rational(x)} for x in ("1/4", "3/5", "9/10"))


def summed(body, first=0):
    """The sum over all lags."""
    return SumOver(body, k, Integer(first), oo)


def entries():
    """The published results of this topic, in the order of the page."""
    return variance(), normalized(), sensitivity(), sensitivity_normalized(), sensitivity_nu(), bound(), only_nu(), phase(), correlated(), teacher(), teacher_normalized()


def found(id_, slug, title, of, right, wrong, steps, assumptions, seed, at=(HALF, NEAR), points=POINTS, declared=(FACTOR,), **parts):
    """An entry for one mean square; ``at`` are the factors at which pages print it."""
    statement = Statement(of, "=", right)
    claims = {f"at_{factor.text}": Statement(of.xreplace({lam: factor}), "=", right.xreplace({lam: factor}).doit()) for factor in at}
    return Entry(id_, slug, "expectation", title, statement, Suite(ways(points, seed), mutants(statement, **wrong), claims), declared=declared, steps=steps, assumptions=assumptions, values=numbers(claims), **parts)


def variance():
    of, right = MeanSquare("h", "plain", lam), Ratio(1, REST)
    steps = (Step(Statement(of, "=", summed(lam ** Times(2, k))), Text("The state is the sum of all earlier inputs, each shrunk by λ a step; what is uncorrelated adds its squares.", "隐状态是以往全部输入之和，每过一步缩小到 λ 倍；互不相关，均方就相加。"), ("diagonal.jacobian_power",)),
             Step(Statement(of, "=", right), Text("The geometric series.", "几何级数求和。")))
    wrong = dict(not_squared=Ratio(1, Plus(1, Times(-1, lam))), root=Ratio(1, Root(REST)), plus_for_minus=Ratio(1, Plus(1, lam**2)), one=Integer(1))
    return found("V256", "memory.variance", Text("The mean square of the state: memory piles up", "隐状态的均方：记忆的堆积"), of, right, wrong, steps, (WHITE, PLAIN), 256)


def normalized():
    of = MeanSquare("h", "normalized", lam)
    steps = (Step(Statement(of, "=", Times(REST, Ratio(1, REST))), Text("The scale multiplies the state, and its square the mean square.", "缩放乘在隐状态上，它的平方乘在均方上。"), ("memory.variance",)), Step(Statement(of, "=", Integer(1)), Text("Cancel.", "约去。")))
    wrong = dict(scale_forgotten=Ratio(1, REST), scale_squared=REST, half=Rational(1, 2), root=Root(REST))
    return found("V257", "memory.normalized", Text("Normalized inputs: the state has mean square one, whatever the memory", "归一化的输入：不论记忆多长，隐状态的均方都是一"), of, Integer(1), wrong, steps, (WHITE, SCALED), 257, at=(), sources=("orvieto2023",))


def sensitivity():
    of, right = MeanSquare("lambda", "plain", lam), Ratio(Plus(1, lam**2), REST**3)
    steps = (Step(Statement(of, "=", summed(Times(k**2, lam ** Times(2, Plus(k, -1))), 1)), Text("Differentiate each power: the input of lag k enters with k times the power before.", "对每个幂求导：时滞为 k 的输入，系数是 k 乘以低一次的幂。"), ("memory.variance",)),
             Step(Statement(of, "=", right), Text("The sum of k² qᵏ⁻¹ over k ≥ 1 is (1 + q)/(1 − q)³; here q = λ².", "k² qᵏ⁻¹ 对 k ≥ 1 求和得 (1 + q)/(1 − q)³；这里 q = λ²。")))
    wrong = dict(as_for_the_state=Ratio(1, REST), factor_k_dropped=Ratio(1, REST**2), one_power_too_few=Ratio(Plus(1, lam**2), REST**2), sign=Ratio(REST, REST**3), not_squared=Ratio(Plus(1, lam), Plus(1, Times(-1, lam)) ** 3))
    return found("V258", "memory.sensitivity", Text("The curse of memory: how strongly the state answers to its factor", "记忆的诅咒：隐状态对因子有多敏感"), of, right, wrong, steps, (WHITE, PLAIN), 258, declared=(FACTOR, LAG), sources=("zucchet2024",))


def sensitivity_normalized():
    of, right = MeanSquare("lambda", "normalized", lam), Ratio(1, REST**2)
    parts = Plus(Ratio(Plus(1, lam**2), REST**2), Times(-1, Ratio(Times(2, lam**2), REST**2)), Ratio(lam**2, REST**2))
    steps = (Step(Statement(of, "=", summed(Plus(Times(Root(REST), k, lam ** Plus(k, -1)), Times(-1, Ratio(lam, Root(REST)), lam**k)) ** 2)), Text("Now the scale moves too: its derivative is −λ/√(1 − λ²).", "这时缩放也随之变动，它的导数是 −λ/√(1 − λ²)。"), ("memory.sensitivity",)),
             Step(Statement(of, "=", parts), Text("Three series: the square of the first part, the mixed term, the square of the second.", "三个级数：前一部分的平方、交叉项、后一部分的平方。")), Step(Statement(of, "=", right), Text("Add them up.", "相加。")))
    wrong = dict(scale_held_fixed=Ratio(Plus(1, lam**2), REST**2), mixed_term_forgotten=Ratio(Plus(1, Times(2, lam**2)), REST**2), as_without_normalization=Ratio(Plus(1, lam**2), REST**3), one=Integer(1), first_power=Ratio(1, REST))
    return found("V259", "memory.sensitivity_normalized", Text("Normalization takes one power off the sensitivity, and leaves two", "归一化给敏感度减去一次幂，还剩两次"), of, right, wrong, steps, (WHITE, SCALED), 259, declared=(FACTOR, LAG))


def sensitivity_nu():
    of, right = MeanSquare("nu", "normalized", lam), Ratio(Times(lam, ln(lam)), REST) ** 2
    steps = (Step(Statement(of, "=", Times(Times(lam, ln(lam)) ** 2, MeanSquare("lambda", "normalized", lam))), Text("Chain rule: the derivative of exp(−exp ν) is −exp(ν) λ, that is λ ln λ.", "链式法则：exp(−exp ν) 的导数是 −exp(ν) λ，也就是 λ ln λ。"), ("diagonal.exp.grad_nu",)),
             Step(Statement(of, "=", right), Text("Insert the sensitivity to λ.", "代入对 λ 的敏感度。"), ("memory.sensitivity_normalized",)))
    wrong = dict(chain_rule_forgotten=Ratio(1, REST**2), scale_forgotten=Ratio(Times(Times(lam, ln(lam)) ** 2, Plus(1, lam**2)), REST**3), factor_dropped=Ratio(ln(lam), REST) ** 2, root=Ratio(Times(-1, lam, ln(lam)), REST))
    return found("V260", "memory.sensitivity_nu", Text("With both remedies: the sensitivity to the logarithm of the rate", "两法并用：对遗忘速率的对数的敏感度"), of, right, wrong, steps, (WHITE, SCALED, RATE), 260)


def bound():
    left = Ratio(Times(lam, ln(lam)), REST) ** 2
    statement = Statement(left, "<", Rational(1, 4))
    points = tuple({lam: Rational(x)} for x in ("1/1000", "1/10", "1/4", "1/2", "9/10", "99/100", "999/1000", "9999/10000"))
    wrong = mutants(statement, one_millionth_less=Rational(249999, 10**6), half_of_it=Rational(1, 8), without_the_logarithm=Times(Rational(1, 4), Plus(1, Times(-1, lam))))
    steps = (Step(Statement(ln(Ratio(1, lam)), "<", Ratio(Plus(Ratio(1, lam), Times(-1, lam)), 2)), Text("Both sides vanish at λ = 1; below it the right side grows faster as λ falls, for (1/λ² + 1)/2 exceeds 1/λ: a mean of squares exceeds the product.", "λ = 1 时两边为零；λ 减小时右边增长得更快，因为 (1/λ² + 1)/2 大于 1/λ：两个平方的平均大于乘积。")),
             Step(statement, Text("Multiply by λ, divide by 1 − λ² and square.", "乘以 λ，除以 1 − λ²，再平方。")))
    return Entry("V261", "memory.sensitivity_bound", "bound", Text("With both remedies the sensitivity stays below one quarter, for every memory", "两法并用，不论记忆多长，敏感度都小于四分之一"), statement, Suite((below("values with 60 digits", points), below("intervals", points, Enclosing())), wrong), declared=(FACTOR,), steps=steps, uses=("memory.sensitivity_nu",))


def only_nu():
    of, right = MeanSquare("nu", "plain", lam), Ratio(Times(Times(lam, ln(lam)) ** 2, Plus(1, lam**2)), REST**3)
    steps = (Step(Statement(of, "=", Times(Times(lam, ln(lam)) ** 2, MeanSquare("lambda", "plain", lam))), Text("The same chain rule, without normalization.", "同样的链式法则，但不归一化。"), ("diagonal.exp.grad_nu",)), Step(Statement(of, "=", right), Text("Insert the sensitivity to λ.", "代入对 λ 的敏感度。"), ("memory.sensitivity",)))
    wrong = dict(chain_rule_forgotten=Ratio(Plus(1, lam**2), REST**3), as_with_normalization=Ratio(Times(lam, ln(lam)), REST) ** 2, factor_dropped=Ratio(Times(ln(lam) ** 2, Plus(1, lam**2)), REST**3), one_power_too_few=Ratio(Times(Times(lam, ln(lam)) ** 2, Plus(1, lam**2)), REST**2))
    return found("V262", "memory.sensitivity_only_nu", Text("The parametrization alone: the sensitivity still grows, like the state", "只换参数化：敏感度仍随隐状态一起增长"), of, right, wrong, steps, (WHITE, PLAIN, RATE), 262)


def phase():
    of, rest = MeanSquare("theta", "normalized", r), Plus(1, Times(-1, r**2))
    right = Ratio(Times(r**2, Plus(1, r**2)), rest**2)
    statement = Statement(of, "=", right)
    claims = {f"at_{radius.text}": Statement(of.xreplace({r: radius}), "=", right.xreplace({r: radius}).doit()) for radius in (HALF, NEAR)}
    wrong = mutants(statement, as_for_the_modulus=Ratio(1, rest**2), scale_forgotten=Ratio(Times(r**2, Plus(1, r**2)), rest**3), factor_k_dropped=Ratio(r**2, rest**2), bounded=Rational(1, 4))
    steps = (Step(Statement(of, "=", Times(rest, summed(Times(k**2, r ** Times(2, k)), 1))), Text("Turning by θ a step, the input of lag k has turned k times: its derivative carries the factor k, and the modulus is left.", "每步转 θ，时滞为 k 的输入已转了 k 次：它的导数带因子 k，取模后只剩模。"), ("powers.modulus",)),
             Step(statement, Text("The same series, with one more power of r².", "同一个级数，多乘一个 r²。"), ("memory.sensitivity",)))
    return Entry("V263", "memory.phase", "expectation", Text("A complex factor: the sensitivity to its angle grows without bound", "复因子：对幅角的敏感度无界增长"), statement, Suite(ways(tuple({r: at[lam]} for at in POINTS), 263), wrong, claims), steps=steps, values=numbers(claims),
                 declared=(Declared(r, Text("modulus of the factor λ = r e^{iθ}", "因子 λ = r e^{iθ} 的模"), domain="0 < r < 1"), LAG), assumptions=(WHITE, Text("γ = √(1 − r²).", "γ = √(1 − r²)。")))


def correlated():
    of = MeanSquare("correlated", "normalized", lam, rho)
    right = Ratio(Plus(1, Times(rho, lam)), Plus(1, Times(-1, rho, lam)))
    statement = Statement(of, "=", right)
    claims = {f"rho_{c}": Statement(MeanSquare("correlated", "normalized", NEAR, Decimal(c)), "=", right.xreplace({lam: NEAR, rho: Decimal(c)}).doit()) for c in ("0.5", "0.9")}
    wrong = mutants(statement, as_for_white_inputs=Integer(1), two_forgotten=Ratio(1, Plus(1, Times(-1, rho, lam))), sign=Ratio(Plus(1, Times(-1, rho, lam)), Plus(1, Times(rho, lam))), correlation_alone=Ratio(Plus(1, rho), Plus(1, Times(-1, rho))))
    points = tuple({lam: Rational(a), rho: Rational(b)} for a, b in (("1/2", "1/4"), ("9/10", "1/3"), ("3/5", "4/5")))
    steps = (Step(Statement(of, "=", Plus(1, Times(2, SumOver(Times(lam, rho) ** k, k, Integer(1), oo)))), Text("Two inputs that lie k steps apart have the correlation ρᵏ; their products add up to one geometric series, twice.", "相隔 k 步的两个输入，相关系数是 ρᵏ；它们的乘积加起来是一个几何级数，算两次。"), ("memory.normalized",)),
             Step(statement, Text("Add it up.", "求和。")))
    white = Text("One unit, h_t = λ h_{t−1} + γ x_t, which has run for ever; inputs have mean zero and variance one, and k steps apart the correlation ρᵏ.", "一个单元，h_t = λ h_{t−1} + γ x_t，已运行无限久；输入的均值为零、方差为一，相隔 k 步的相关系数为 ρᵏ。")
    return Entry("V264", "memory.correlated", "expectation", Text("Correlated inputs undo the normalization", "输入相关，归一化就失效"), statement, Suite(ways(points, 264), wrong, claims), steps=steps, values=numbers(claims),
                 declared=(FACTOR, Declared(rho, Text("correlation of neighbouring inputs", "相邻输入的相关系数"), domain="0 < \\rho < 1"), LAG), assumptions=(white, SCALED))


TEACHER = Declared(mu, Text("factor of the recurrence that is to be learned", "要学的那个循环的因子"), domain="0 < \\mu < 1")
SAME = Text("h*_t is the state of a second unit of the same kind with the factor μ, which reads the same inputs.", "h*_t 是另一个同类单元的隐状态，因子为 μ，读同样的输入。")
PAIRS = tuple({lam: Rational(a), mu: Rational(b)} for a, b in (("1/2", "1/4"), ("9/10", "4/5"), ("3/5", "9/10")))


def teacher():
    of = MeanSquare("error", "plain", lam, mu)
    right = Plus(Ratio(1, REST), Ratio(1, Plus(1, Times(-1, mu**2))), Times(-1, Ratio(2, Plus(1, Times(-1, lam, mu)))))
    statement = Statement(of, "=", right)
    wrong = mutants(statement, mixed_term_forgotten=Plus(Ratio(1, REST), Ratio(1, Plus(1, Times(-1, mu**2)))), two_forgotten=Plus(Ratio(1, REST), Ratio(1, Plus(1, Times(-1, mu**2))), Times(-1, Ratio(1, Plus(1, Times(-1, lam, mu))))), difference=Ratio(1, Plus(1, Times(-1, Plus(lam, Times(-1, mu)) ** 2))))
    steps = (Step(Statement(of, "=", summed(Plus(lam**k, Times(-1, mu**k)) ** 2)), Text("The input of lag k enters with the difference of the two powers.", "时滞为 k 的输入，系数是两个幂之差。"), ("memory.variance",)), Step(statement, Text("Three geometric series.", "三个几何级数。")))
    return Entry("V265", "memory.teacher", "expectation", Text("The loss of learning one factor from another", "一个因子向另一个因子学习的损失"), statement, Suite(ways(PAIRS, 265), wrong), steps=steps, declared=(FACTOR, TEACHER, LAG), assumptions=(WHITE, PLAIN, SAME))


def teacher_normalized():
    of = MeanSquare("error", "normalized", lam, mu)
    right = Plus(2, Times(-1, Ratio(Times(2, Root(REST), Root(Plus(1, Times(-1, mu**2)))), Plus(1, Times(-1, lam, mu)))))
    statement = Statement(of, "=", right)
    wrong = mutants(statement, mixed_term_forgotten=Integer(2), two_forgotten=Plus(1, Times(-1, Ratio(Times(Root(REST), Root(Plus(1, Times(-1, mu**2)))), Plus(1, Times(-1, lam, mu))))), root_forgotten=Plus(2, Times(-1, Ratio(Times(2, REST, Plus(1, Times(-1, mu**2))), Plus(1, Times(-1, lam, mu))))))
    steps = (Step(Statement(of, "=", summed(Plus(Times(Root(REST), lam**k), Times(-1, Root(Plus(1, Times(-1, mu**2))), mu**k)) ** 2)), Text("Each power with its scale.", "每个幂带上自己的缩放。"), ("memory.normalized",)), Step(statement, Text("The two squares give one each; the mixed term is a geometric series.", "两个平方各得一，交叉项是几何级数。"), ("memory.teacher",)))
    return Entry("V266", "memory.teacher_normalized", "expectation", Text("The same loss between normalized units", "归一化单元之间的同一损失"), statement, Suite(ways(PAIRS, 266), wrong), steps=steps, declared=(FACTOR, TEACHER, LAG), assumptions=(WHITE, Text("γ = √(1 − λ²), and √(1 − μ²) for the second unit.", "γ = √(1 − λ²)，另一个单元用 √(1 − μ²)。"), SAME))
