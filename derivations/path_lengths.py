"""How many factors lie between two time steps: paths with skips, dilated convolutions, units with a clock."""

from itertools import product as combinations

from sympy import Integer, Rational, Symbol, ceiling, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.path_terms import Binomial, Fewest, Fibonacci, Field, Floor, Paths, PathSum, SumOver, Updates
from derivations.algebra.scalars import Decimal, Digits, Least, Modulus, Plus, Proposition, Ratio, Slash, Times, ln
from derivations.checking import paths as count
from derivations.checking.constants import enclosed, exact
from derivations.checking.scalars import Suite, digit_mutants, mutants, numbers
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Statement, Step
from derivations.text import Text

n, t = (Symbol(name, integer=True, nonnegative=True) for name in "nt")
k, p, w, L, j = symbols("k p w L j", integer=True, positive=True)
alpha, beta = symbols("alpha beta", real=True)
LAG = Declared(n, Text("lag: how many time steps lie between the two states", "时滞：两个状态相隔的时间步数"), domain="n \\ge 0")
SKIP = Declared(k, Text("length of the skip", "跳跃的步数"), domain="k \\ge 2")
TAPS = Declared(w, Text("number of taps of each convolution", "每层卷积的核位置数"), domain="w \\ge 2")
LAYERS = Declared(L, Text("number of layers; layer l has dilation 2 to the power l − 1", "层数；第 l 层的膨胀率是 2 的 l − 1 次幂"), domain="L \\ge 1")
JUMPS = Text("A path runs from one state to the other; each jump takes one step or k, and multiplies by one factor.", "路径从一个状态到另一个状态；每一跳走一步或 k 步，并乘上一个因子。")
LINEAR_UNIT = Text("One linear unit: the state is α times the last state plus β times the state k steps before.", "一个线性单元：状态等于 α 乘前一状态，加 β 乘 k 步之前的状态。")
SKIPS = Declared(j, Text("number of skips on a path", "一条路径上的跳跃次数"))
RUN, POWER = "a linear network, differentiated", "power of the companion matrix"


def grid(values):
    """Points for all combinations of the values, {symbol: values}."""
    return tuple(dict(zip(values, map(Rational, found))) for found in combinations(*values.values()))


def entries():
    """The published results of this topic, in the order of the page."""
    return fewest(), path_sum(), skip_bound(), fibonacci(), survives(), field(), layers(), clock()


def fewest():
    skips = Floor(Slash(n, k))
    right = Plus(n, Times(-1, Plus(k, -1), skips))
    statement = Statement(Fewest(n, k), "=", right)
    claims = {f"n{lag}_k{skip}": Statement(Fewest(Integer(lag), Integer(skip)), "=", Integer(value)) for lag, skip, value in ((50, 2, 25), (50, 3, 18), (1000, 3, 334), (1000, 10, 100))}
    claims["kept"] = Statement(Decimal("0.8") ** Fewest(Integer(50), Integer(3)), "=", Rational(4, 5) ** 18)
    wrong = mutants(statement, rest_forgotten=skips, rounded_up=ceiling(Ratio(n, k)), skips_not_counted=Plus(n, Times(-1, k, skips)), no_skip=n, one_step_less=Plus(right, -1))
    steps = (Step(Statement(Plus(Plus(n, Times(-1, k, j)), j), "=", Plus(n, Times(-1, Plus(k, -1), j))), Text("A path with j skips takes n − kj single steps: together so many factors. Every further skip saves k − 1 of them.", "一条路径若有 j 次跳跃，还要走 n − kj 个单步：合计这么多个因子。每多一次跳跃，就省下 k − 1 个。")),
             Step(statement, Text("As many skips as fit into the lag.", "时滞里能放下多少次跳跃，就跳多少次。")))
    at = grid({n: (0, 1, 2, 5, 7, 12, 29, 30), k: (2, 3, 4, 7)})
    suite = Suite((count.counting("breadth-first search", {Fewest: count.breadth_first}, at), count.counting("recursion over the last jump", {Fewest: count.by_recursion}, at)), wrong, claims)
    return Entry("V884", "paths.fewest", "identity", Text("The shortest path with a skip", "有跳跃时的最短路径"), statement, suite, declared=(LAG, SKIP), assumptions=(JUMPS,), steps=steps, values=numbers(claims), sources=("zhang2016",))


def path_sum():
    singles, jumps, most = Plus(n, Times(-1, k, j)), Plus(n, Times(-1, Plus(k, -1), j)), Floor(Slash(n, k))
    one_path = Times(alpha**singles, beta**j)

    def summed(places=jumps, first=0, last=most):
        return SumOver(Times(Binomial(places, j), *one_path.args), j, Integer(first), last)

    statement = Statement(PathSum(n, k, alpha, beta), "=", summed())
    wrong = mutants(statement, every_path_once=SumOver(one_path, j, Integer(0), most), places_of_single_steps_only=summed(singles), any_place=summed(n), without_a_skip_forgotten=summed(first=1),
                    one_skip_fewer=summed(last=Plus(most, -1)), weights_exchanged=summed().xreplace({alpha: beta, beta: alpha}))  # fmt: skip
    recursion = Statement(PathSum(n, k, alpha, beta), "=", Plus(Times(alpha, PathSum(Plus(n, -1), k, alpha, beta)), Times(beta, PathSum(Plus(n, Times(-1, k)), k, alpha, beta))))
    steps = (Step(recursion, Text("For n ≥ k: the last jump took one step or k.", "n ≥ k 时：最后一跳走了一步或 k 步。")),
             Step(statement, Text("A path with j skips has n − (k − 1) j jumps, and any j of them may be the skips; its product is α to the power n − kj times β to the power j. Add up over j.", "有 j 次跳跃的路径共有 n − (k − 1) j 跳，其中任意 j 跳可以是跳跃；它的乘积是 α 的 n − kj 次幂乘以 β 的 j 次幂。再对 j 求和。")))
    at = grid({n: (1, 4, 7, 9), k: (2, 3, 4), alpha: ("2/5", "-3/2"), beta: ("1/3", "2")})
    ways = (count.counting("every path written down", {PathSum: count.enumerated}, at), count.counting(RUN, {PathSum: count.by_network}, at), count.counting(POWER, {PathSum: count.by_companion}, at))
    return Entry("V885", "paths.sum", "identity", Text("The derivative across a lag: a sum over all paths", "跨时滞的导数：对所有路径求和"), statement, Suite(ways, wrong), steps=steps, assumptions=(JUMPS, LINEAR_UNIT),
                 declared=(LAG, SKIP, Declared(alpha, Text("weight of a single step", "单步的权重")), Declared(beta, Text("weight of the skip", "跳跃的权重")), SKIPS))  # fmt: skip


def skip_bound():
    """Whatever the weights are, a skip only divides the exponent."""
    weight, most = Plus(Modulus(alpha), Modulus(beta)), ceiling(Slash(n, k))
    statement = Statement(Modulus(PathSum(n, k, alpha, beta)), "<=", weight**most)
    wrong = mutants(statement, as_without_a_skip=weight**n, one_factor_more=weight ** Plus(most, 1), one_factor_fewer=weight ** Plus(most, -1), exponent_one=weight, larger_weight_only=Modulus(beta) ** most)
    before = Statement(Modulus(PathSum(n, k, alpha, beta)), "<=", Plus(Times(Modulus(alpha), weight ** ceiling(Slash(Plus(n, -1), k))), Times(Modulus(beta), weight ** ceiling(Slash(Plus(n, Times(-1, k)), k)))))
    steps = (Step(before, Text("Induction: the last jump took one step or k, and the bound holds for what was before it. For n < k there is one path, of n single steps.", "归纳：最后一跳走了一步或 k 步，此前的部分满足这个界。n < k 时只有一条路径，由 n 个单步组成。"), ("paths.sum",)),
             Step(statement, Text("Both exponents are at least ⌈n/k⌉ − 1, and the total weight is at most 1: it comes out as one more factor.", "两个指数都不小于 ⌈n/k⌉ − 1，而总权重不超过 1：提出来，恰好多一个因子。")))
    at = grid({n: (1, 2, 5, 9, 16, 30), k: (2, 3, 5), alpha: ("2/5", "-1/2", "1/10"), beta: ("1/2", "-2/5", "1/3")})
    reached = grid({n: (6, 12, 30), k: (2, 3), alpha: (0,), beta: ("4/5", "-1/3")})
    suite = Suite((count.counting("many weights, in exact fractions", {PathSum: count.by_network}, at + reached), count.counting("cases that attain it", {PathSum: count.by_companion}, reached, "=")), wrong)
    return Entry("V880", "paths.skip_bound", "bound", Text("A skip divides the exponent, and no more", "跳跃把指数除以一个数，仅此而已"), statement, suite, steps=steps, uses=("paths.sum",), assumptions=(JUMPS, LINEAR_UNIT, Text("The total weight |α| + |β| is at most 1.", "总权重 |α| + |β| 不超过 1。")),
                 declared=(LAG, SKIP, Declared(alpha, Text("weight of a single step", "单步的权重")), Declared(beta, Text("weight of the skip", "跳跃的权重"))))  # fmt: skip


def fibonacci():
    statement = Statement(Paths(n, Integer(2)), "=", Fibonacci(Plus(n, 1)))
    claims = {f"n{lag}": Statement(Paths(Integer(lag), Integer(2)), "=", Integer(value)) for lag, value in ((4, 5), (10, 89), (50, 20365011074))}
    wrong = mutants(statement, one_late=Fibonacci(Plus(n, 2)), one_early=Fibonacci(n), doubling=Integer(2) ** n, lag_itself=n)
    steps = (Step(Statement(Paths(Plus(n, 2), Integer(2)), "=", Plus(Paths(Plus(n, 1), Integer(2)), Paths(n, Integer(2)))), Text("The last jump took one step or two.", "最后一跳走了一步或两步。")),
             Step(statement, Text("There is one path across no step and one across one step: the Fibonacci numbers begin with two ones.", "跨零步有一条路径，跨一步也有一条：斐波那契数列也以两个一开头。")))
    at = grid({n: (1, 2, 3, 5, 8, 13, 30)})
    suite = Suite((count.counting(RUN, {Paths: count.by_network, Fibonacci: count.added}, at), count.counting(POWER, {Paths: count.by_companion, Fibonacci: count.squares}, at)), wrong, claims)
    return Entry("V886", "paths.fibonacci", "identity", Text("With a skip of two the number of paths is a Fibonacci number", "跳两步时，路径的条数是斐波那契数"), statement, suite, declared=(LAG,), assumptions=(JUMPS,), steps=steps, values=numbers(claims))


def survives():
    """Half of the weight on a skip of three steps, against all of it on the single step."""
    left = PathSum(Integer(50), Integer(3), Decimal("0.4"), Decimal("0.4"))
    singles = Plus(50, Times(-2, j))
    summed = SumOver(Times(Binomial(singles, j), Decimal("0.4") ** singles), j, Integer(0), Integer(16))
    found, plain = summed.doit(), Rational(4, 5) ** 50
    statement = Statement(left, "=", Digits("2076202785", -3))
    claims = {"gain": Statement(Ratio(left, Decimal("0.8") ** 50), "=", Digits("1454689887", 2))}
    wrong = digit_mutants("value", statement) + tuple(Mutant(name, Statement(PathSum(*map(Integer, (lag, skip)), *map(Decimal, weights)), "=", statement.right)) for name, lag, skip, weights in (
        ("one step less", 49, 3, ("0.4", "0.4")), ("a skip of two", 50, 2, ("0.4", "0.4")), ("weights exchanged", 50, 3, ("0.5", "0.3"))))  # fmt: skip
    steps = (Step(Statement(left, "=", summed), Text("Insert the lag and the weights into the sum over all paths.", "把时滞与权重代入对所有路径的求和。"), ("paths.sum",)), Step(statement, Text("Add up.", "求和。")))
    ways = (count.counting(RUN, {PathSum: count.by_network}, ()), count.counting(POWER, {PathSum: count.by_companion}, ()))
    return Entry("V887", "paths.survives", "constant", Text("What is left after fifty steps when half of the weight is on a skip of three", "一半权重放在跨三步的跳跃上，五十步之后还剩多少"), statement, Suite(ways, wrong, claims), steps=steps, uses=("paths.sum",),
                 declared=(SKIPS,), assumptions=(JUMPS, LINEAR_UNIT), values={"value": Number(found), "gain": Number(found / plain), "factor": Number(Rational(4, 5))})


def field():
    doubled = Plus(Integer(2) ** L, -1)
    right = Plus(1, Times(Plus(w, -1), doubled))
    statement = Statement(Field(L, w), "=", right)
    claims = {f"L{depth}_w{taps}": Statement(Field(Integer(depth), Integer(taps)), "=", Integer(value)) for depth, taps, value in ((4, 2, 16), (10, 2, 1024), (10, 3, 2047))}
    wrong = mutants(statement, all_taps=Plus(1, Times(w, doubled)), itself_forgotten=Times(Plus(w, -1), doubled), without_dilation=Plus(1, Times(Plus(w, -1), L)), one_layer_more=Plus(1, Times(Plus(w, -1), Plus(Integer(2) ** Plus(L, 1), -1))), taps_to_the_power=w**L)
    steps = (Step(Statement(Field(L, w), "=", Plus(1, SumOver(Times(Plus(w, -1), Integer(2) ** Plus(j, -1)), j, Integer(1), L))), Text("A layer with dilation D reaches back by another (w − 1) D; the steps of all layers below fill the gaps.", "膨胀率为 D 的一层再向后延伸 (w − 1) D；下面各层的步子填满其间的空隙。")),
             Step(statement, Text("The powers of two add up to the next one, less one.", "二的各次幂之和，等于下一个幂减一。")))
    at = grid({L: (1, 2, 3, 4, 6), w: (2, 3, 5)})
    suite = Suite((count.counting("indices followed back", {Field: count.spread}, at), count.counting("a single one sent forward", {Field: count.impulses}, at)), wrong, claims)
    return Entry("V888", "paths.field", "identity", Text("How far a stack of dilated convolutions looks back", "一叠膨胀卷积能看多远"), statement, suite, declared=(LAYERS, TAPS), assumptions=(Text("The dilation doubles from layer to layer: 1, 2, 4, …", "膨胀率逐层加倍：1、2、4……"),), steps=steps, values=numbers(claims), sources=("oord2016",))


def layers():
    reach = Plus(1, Times(Plus(w, -1), Plus(Integer(2) ** L, -1)))
    inside = Plus(Ratio(n, Plus(w, -1)), 1)
    right = ceiling(Ratio(ln(inside), ln(2)))
    statement = Statement(Least(Proposition(reach, ">", n), L, Integer(1)), "=", right)
    claims = {f"n{lag}_w{taps}": Statement(statement.left.xreplace({n: Integer(lag), w: Integer(taps)}), "=", Integer(value)) for lag, taps, value in ((50, 2, 6), (1000, 2, 10), (1000, 3, 9), (10**6, 2, 20))}
    wrong = mutants(statement, one_layer_more=Plus(right, 1), one_layer_fewer=Plus(right, -1), without_dilation=ceiling(Ratio(n, Plus(w, -1))), all_taps=ceiling(Ratio(ln(Plus(Ratio(n, w), 1)), ln(2))), base_of_the_taps=ceiling(Ratio(ln(inside), ln(w + 1))), base_e=ceiling(ln(inside)))
    steps = (Step(Statement(Times(Plus(w, -1), Plus(Integer(2) ** L, -1)), ">=", n), Text("The lag n is seen if more than n inputs are; both sides are whole numbers.", "看得到的输入多于 n 个，才看得到时滞 n；两边都是整数。"), ("paths.field",)),
             Step(Statement(Integer(2) ** L, ">=", inside), Text("Divide by w − 1 and add 1.", "除以 w − 1，再加 1。")),
             Step(statement, Text("Take logarithms and round up.", "取对数，向上取整。")))
    at = grid({n: (1, 2, 7, 8, 50, 1000), w: (2, 3, 5)})
    apart = grid({n: (6, 12, 50, 1000), w: (2, 3, 5)})  # where a stack sees one input more than n at least, or one less
    return Entry("V889", "paths.layers", "identity", Text("How many dilated layers a lag costs", "一个时滞要花多少层膨胀卷积"), statement, Suite((exact("exact search", at), enclosed("intervals and logarithms", apart)), wrong, claims), declared=(Declared(n, LAG.meaning, domain="n \\ge 1"), TAPS, LAYERS), steps=steps, values=numbers(claims), uses=("paths.field",))


def clock():
    right = Plus(Floor(Slash(Plus(t, n), p)), Times(-1, Floor(Slash(t, p))))
    statement = Statement(Updates(t, n, p), "=", right)

    def kept(start):
        return Decimal("0.8") ** Updates(Integer(start), Integer(50), Integer(8))

    claims = {"fewest": Statement(Updates(Integer(0), Integer(50), Integer(8)), "=", Integer(6)), "most": Statement(Updates(Integer(6), Integer(50), Integer(8)), "=", Integer(7)),
              "kept_fewest": Statement(kept(0), "=", Rational(4, 5) ** 6), "kept_most": Statement(kept(6), "=", Rational(4, 5) ** 7)}  # fmt: skip
    wrong = mutants(statement, lag_over_period=Floor(Slash(n, p)), rounded_up=ceiling(Ratio(n, p)), start_forgotten=Floor(Slash(Plus(t, n), p)), every_step=n, first_step_counted=Plus(Floor(Slash(Plus(t, n), p)), Times(-1, Floor(Slash(Plus(t, -1), p)))))
    steps = (Step(Statement(Updates(Integer(0), t, p), "=", Floor(Slash(t, p))), Text("Up to step t the unit was due at p, 2p, …", "到第 t 步为止，轮到该单元的时间步是 p、2p……")),
             Step(statement, Text("What falls into the lag is what happened up to its end, less what happened up to its beginning.", "落在时滞之内的次数，等于到终点为止的次数减去到起点为止的次数。")))
    at = grid({t: (0, 1, 5, 8, 23), n: (1, 4, 17, 50), p: (2, 3, 8)})
    suite = Suite((count.counting("a clock that runs", {Updates: count.clock}, at), count.counting("a unit that holds its state, differentiated", {Updates: count.held_unit}, at)), wrong, claims)
    return Entry("V890", "paths.clock", "identity", Text("How many factors a unit with a clock multiplies", "带时钟的单元乘多少个因子"), statement, suite, declared=(Declared(t, Text("the earlier time step", "较早的时间步"), domain="t \\ge 0"), LAG, Declared(p, Text("period of the unit", "单元的周期"), domain="p \\ge 2")),
                 assumptions=(Text("The unit computes at the multiples of p and holds its state in between.", "单元只在 p 的倍数处计算，其余时间步保持状态不变。"),), steps=steps, values=numbers(claims), sources=("koutnik2014",))  # fmt: skip
