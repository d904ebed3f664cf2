"""What makes linear recurrences practical: joined steps, a held input, gates that are exponentials, a stabilizer, and factors drawn from a ring."""

from sympy import Integer, Rational, Symbol, log, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Applied, Decimal, Exp, Plus, Ratio, Times, ln
from derivations.algebra.scans import After, Held, Larger, Pair, RingMean
from derivations.checking import scans as check
from derivations.checking.arithmetic import Double, Exact, Extended
from derivations.checking.scalars import Suite, agreement, mutants, numbers, rationals
from derivations.checking.slopes import symbolic
from derivations.entry import Declared, Entry, Statement, Step
from derivations.text import Text


def entries():
    """The published results of this topic, in the order of the page."""
    return associative(), softplus(), held(), stabilized(), largest(), ring()


def associative():
    a, b = symbols("a_1:4"), symbols("b_1:4")
    first, second, third = (Pair(*pair) for pair in zip(a, b))
    whole = Pair(Times(a[2], a[1], a[0]), Plus(Times(a[2], a[1], b[0]), Times(a[2], b[1]), b[2]))
    left, right = After(third, After(second, first)), After(After(third, second), first)
    statement = Statement(left, "=", right)
    wrong = mutants(statement, order_reversed=After(After(first, second), third), two_exchanged=After(After(second, third), first), last_step_dropped=After(third, second), addend_not_multiplied=Pair(whole.args[0], Plus(b[0], b[1], b[2])))
    steps = (Step(Statement(After(second, first), "=", Pair(Times(a[1], a[0]), Plus(Times(a[1], b[0]), b[1]))), Text("Insert one step into the next: a₂(a₁h + b₁) + b₂.", "把一步代入下一步：a₂(a₁h + b₁) + b₂。")),
             Step(Statement(left, "=", whole), Text("Join the third step.", "再接上第三步。")), Step(statement, Text("The other bracket gives the same.", "另一种括法所得相同。")))
    points = rationals(267, (*a, *b), 6)
    return Entry("V267", "scan.associative", "identity", Text("Steps may be joined in any bracketing: the recurrence can run in parallel", "各步可以任意加括号合并：循环可以并行计算"), statement, Suite((agreement("exact multiplication", Exact, points), check.run("step by step, 60 digits", points)), wrong), steps=steps,
                 declared=tuple(Declared(symbol, Text(f"{'factor' if symbol in a else 'addend'} of step {place}", f"第 {place} 步的{'因子' if symbol in a else '加数'}")) for group in (a, b) for place, symbol in enumerate(group, 1)), sources=("martin2018",))


def softplus():
    a = Symbol("a", real=True)
    kept, gate = Exp(Times(-1, ln(Plus(1, Exp(a))))), Applied("sigma", a)
    statement = Statement(gate, "=", Plus(1, Times(-1, kept)))
    wrong = mutants(statement, complement_forgotten=kept, sign=Plus(kept, -1), plus_for_minus=Plus(1, kept), half=Times(Rational(1, 2), Plus(1, Times(-1, kept))), softplus_for_its_exponential=ln(Plus(1, Exp(a))))
    points = tuple({a: Rational(top, 8)} for top in (-60, -17, -3, 0, 5, 16, 40))
    steps = (Step(Statement(kept, "=", Ratio(1, Plus(1, Exp(a)))), Text("The exponential undoes the logarithm.", "指数与对数抵消。")), Step(Statement(kept, "=", Plus(1, Times(-1, gate))), Text("This is the logistic function at −a.", "这就是逻辑斯谛函数在 −a 处的值。"), ("gate.complement",)), Step(statement, Text("Solve for the gate.", "解出门。")))
    return Entry("V268", "selective.softplus", "identity", Text("A softplus step size makes a logistic gate", "softplus 步长就是逻辑斯谛门"), statement, Suite((agreement("values with 60 digits", Extended, points, 1e-50), symbolic("exponentials, symbolically")), wrong), steps=steps,
                 declared=(Declared(a, Text("pre-activation of the step size", "步长的预激活值"), domain="a \\in \\mathbb{R}"),), sources=("gu2023",))


def held():
    A, B, h, x = (Symbol(letter, real=True) for letter in ("A", "B", "h", "x"))
    delta = Symbol("Delta", positive=True)
    grown = Exp(Times(delta, A))
    share = Ratio(Plus(grown, -1), A)
    statement = Statement(Held(A, B, delta, h, x), "=", Plus(Times(grown, h), Times(share, B, x)))
    wrong = mutants(statement, one_dropped=Plus(Times(grown, h), Times(Ratio(grown, A), B, x)), step_for_the_share=Plus(Times(grown, h), Times(delta, B, x)), first_order_only=Plus(Times(Plus(1, Times(delta, A)), h), Times(delta, B, x)), not_divided=Plus(Times(grown, h), Times(Plus(grown, -1), B, x)), input_dropped=Times(grown, h))
    steps = (Step(Statement(Plus(h, Ratio(Times(B, x), A)), "=", Ratio(Plus(Times(A, h), Times(B, x)), A)), Text("Shifted by Bx/A, the state only grows or decays: its slope is A times itself.", "隐状态平移 Bx/A 后，只作指数增长或衰减：导数等于 A 乘以自身。")),
             Step(statement, Text("So it is multiplied by the exponential; shift back.", "所以它乘上指数因子；再平移回来。")))
    points = rationals(269, (A, B, delta, h, x), 6)
    return Entry("V269", "selective.held", "identity", Text("Zero-order hold: the exact step of a linear differential equation with a held input", "零阶保持：输入保持不变时，线性微分方程的精确一步"), statement,
                 Suite((("power series of the differential equation", check.series(points)), ("differential equation, symbolically", check.equation), ("algebra (SymPy)", check.solved_by_sympy)), wrong), steps=steps,
                 declared=(Declared(A, Text("rate of the state", "隐状态的速率"), domain="A \\ne 0"), Declared(B, Text("weight of the input", "输入的权重")), Declared(delta, Text("step size", "步长")), Declared(h, Text("state at the beginning of the step", "这一步开始时的隐状态")), Declared(x, Text("input, held during the step", "输入，在这一步内保持不变"))))


f, i, c, z, m_0, m_1 = (Symbol(letter, real=True) for letter in ("f", "i", "c", "z", "m_0", "m_1"))
XLSTM = (Declared(f, Text("logarithm of the forget gate", "遗忘门的对数")), Declared(i, Text("logarithm of the input gate", "输入门的对数")), Declared(m_0, Text("stabilizer before the step", "这一步之前的稳定量")))


def stabilized():
    left = Plus(Times(Exp(Plus(f, m_0, Times(-1, m_1))), Exp(Times(-1, m_0)), c), Times(Exp(Plus(i, Times(-1, m_1))), z))
    right = Times(Exp(Times(-1, m_1)), Plus(Times(Exp(f), c), Times(Exp(i), z)))
    statement = Statement(left, "=", right)
    claims = {f"log_float{bits}": Statement(ln(Times(Plus(2, -(Integer(2) ** (1 - p))), Integer(2) ** E)), "=", log(2 - Rational(2) ** (1 - p)) + E * log(2)) for bits, p, E in ((16, 11, 15), (32, 24, 127))}
    wrong = mutants(statement, stabilizer_forgotten=Plus(Times(Exp(f), c), Times(Exp(i), z)), old_stabilizer=Times(Exp(Times(-1, m_0)), Plus(Times(Exp(f), c), Times(Exp(i), z))), sign=Times(Exp(m_1), Plus(Times(Exp(f), c), Times(Exp(i), z))), gates_exchanged=Times(Exp(Times(-1, m_1)), Plus(Times(Exp(i), c), Times(Exp(f), z))))
    steps = (Step(statement, Text("The old stabilizer cancels in the first term, and the new one is a common factor, whatever it is.", "第一项里旧的稳定量抵消；新的稳定量不论取什么，都是公因子。")),)
    points = rationals(270, (f, i, c, z, m_0, m_1), 8)
    return Entry("V270", "xlstm.step", "identity", Text("The stabilizer only scales the cell state: a factor that the quotient of cell and normalizer cancels", "稳定量只缩放细胞状态：这个因子在细胞状态与归一化量之商里约去"), statement,
                 Suite((agreement("values with 60 digits", Extended, points, 1e-50), agreement("NumPy", Double, points, 1e-12), ("algebra (SymPy)", check.reduced)), wrong, claims), steps=steps, values=numbers(claims), sources=("beck2024",),
                 declared=(*XLSTM, Declared(m_1, Text("stabilizer after the step; any number", "这一步之后的稳定量；任意数")), Declared(c, Text("cell state before the step, or the normalizer", "这一步之前的细胞状态，或归一化量")), Declared(z, Text("what enters the cell; for the normalizer it is 1", "写入细胞的量；对归一化量而言是 1"))))


def largest():
    new = Larger(Plus(f, m_0), i)
    left = Larger(Exp(Plus(f, m_0, Times(-1, new))), Exp(Plus(i, Times(-1, new))))
    statement = Statement(left, "=", Integer(1))
    wrong = mutants(statement, without_a_stabilizer=Larger(Exp(f), Exp(i)), two=Integer(2), half=Rational(1, 2), old_stabilizer=Larger(Exp(f), Exp(Plus(i, Times(-1, m_0)))))
    steps = (Step(statement, Text("The new stabilizer is the larger exponent; less it, that one becomes zero and the other is not above it.", "新的稳定量是较大的那个指数；减去它，较大的变为零，另一个不超过零。")),)
    points = rationals(271, (f, i, m_0), 8) + ({f: Rational(-1, 2), i: Integer(100), m_0: Integer(0)}, {f: Rational(-1, 100), i: Integer(-3), m_0: Integer(90)})
    return Entry("V271", "xlstm.largest", "identity", Text("With the stabilizer the larger of the two exponentials is one", "有了稳定量，两个指数中较大的恰好是一"), statement, Suite((agreement("values with 60 digits", Extended, points, 1e-50), agreement("NumPy", Double, points, 1e-12)), wrong), steps=steps, declared=XLSTM, sources=("beck2024",), uses=("xlstm.step",))


def ring():
    k = Symbol("k", integer=True, nonnegative=True)
    low, high = Symbol("a", positive=True), Symbol("b", positive=True)
    above = Times(2, Plus(k, 1))

    def closed(lag, inner, outer):
        return Ratio(Plus(outer ** Plus(Times(2, lag), 2), Times(-1, inner ** Plus(Times(2, lag), 2))), Times(Plus(lag, 1), Plus(outer**2, Times(-1, inner**2))))

    statement = Statement(RingMean(k, low, high), "=", closed(k, low, high))
    claims = {f"disk_{lag}": Statement(RingMean(Integer(lag), Integer(0), Integer(1)), "=", Rational(1, lag + 1)) for lag in (10, 100)}
    claims["ring_100"] = Statement(RingMean(Integer(100), Decimal("0.9"), Decimal("0.999")), "=", closed(Integer(100), Decimal("0.9"), Decimal("0.999")).doit())
    wrong = mutants(statement, radius_uniform=Ratio(Plus(high ** Plus(Times(2, k), 1), Times(-1, low ** Plus(Times(2, k), 1))), Times(Plus(Times(2, k), 1), Plus(high, Times(-1, low)))), outer_radius_alone=high ** Times(2, k),
                    one_power_too_few=Ratio(Plus(high ** Times(2, k), Times(-1, low ** Times(2, k))), Times(Plus(k, 1), Plus(high**2, Times(-1, low**2)))), share_dropped=Times(Plus(k, 1), closed(k, low, high)))
    steps = (Step(Statement(RingMean(k, low, high), "=", Ratio(Plus(Ratio(high**above, above), Times(-1, Ratio(low**above, above))), Ratio(Plus(high**2, Times(-1, low**2)), 2))), Text("The area at radius r is 2πr dr: integrate r to the power 2k + 1 and divide by the area of the ring.", "半径 r 处的面积是 2πr dr：对 r 的 2k + 1 次幂积分，再除以环的面积。")),
             Step(statement, Text("Cancel the two.", "约去 2。")))
    points = tuple({k: Integer(lag), low: Rational(inner), high: Rational(outer)} for lag, inner, outer in ((0, "1/4", "1"), (3, "1/2", "9/10"), (20, "9/10", "99/100")))
    return Entry("V272", "memory.ring", "expectation", Text("Factors drawn from a ring: what is left of an input, on average", "因子取自一个环：平均而言，输入还剩多少"), statement, Suite(check.ring(points[1:], 272), wrong, claims), steps=steps, values=numbers(claims), sources=("orvieto2023",),
                 declared=(Declared(k, Text("lag", "时滞")), Declared(low, Text("inner radius", "内半径"), domain="0 \\le a < b"), Declared(high, Text("outer radius", "外半径"), domain="b \\le 1")))
