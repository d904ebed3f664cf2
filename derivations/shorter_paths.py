"""Shorter paths in networks: a skip over three time steps, attention, and what feeding the target does to the gradient."""

from sympy import Integer, Rational, Symbol

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Decimal, Digits, Least, Plus, Proposition, Ratio, Slash, Times
from derivations.algebra.terms import Diag, Grad, Jac, Loss, Map, T, TimeSum, k, product, t, total, transpose
from derivations.checking.constants import enclosed, exact
from derivations.checking.gradients import ModelSuite
from derivations.checking.scalars import Suite, mutants, numbers
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Range, Statement, Step
from derivations.models.paths import ATTENTION, DELAY, FREE_RUNNING, SKIP_RNN, TEACHER_FORCED, R, S, V, W, a, h, o, r, u, v, y
from derivations.publish import MODEL_LIMITS, ONE_TO_T, SUITE, definition, derived
from derivations.text import Text

TWO_MORE = Text("In the last two steps the skip leads past the end, and its term is zero.", "在最后两步，跳跃越过了末尾，相应的项为零。")
N = Symbol("N", integer=True, positive=True)
POSITION = Text("The scores are held fixed: this is the direct path through the values.", "得分视为固定：这是经过值的直接路径。")


class _Weighted(ModelSuite):
    """Two factors that are numbers commute."""

    def equivalent(self, entry, mutant):
        first, *rest = entry.statement.right.args
        if mutant.statement.right == product(first, *reversed(rest)):
            return "Both factors are numbers, and numbers commute."
        return super().equivalent(entry, mutant)


def slope(index):
    return Diag(Map("phi", a[index], 1))


def entries():
    """The published results of this topic, in the order of the page."""
    M = SKIP_RNN
    return (
        definition(M, "V877", "skip.preactivation", 0, Text("Pre-activation with a skip of three steps", "带三步跳跃的预激活值")),
        definition(M, "V878", "skip.state", 1, Text("State of the network with a skip", "带跳跃连接的网络的隐状态")),
        derived(M, "V879", "skip.grad_h", h[t], Text("Adjoint of the state: from the next step and from three steps on", "隐状态的伴随变量：来自下一步，也来自三步之后"), (Range(t, 1, T - 2),), (TWO_MORE,)),
        derived(M, "V881", "skip.grad_W", W, Text("Gradient in the recurrent weights beside a skip", "有跳跃时对循环权重的梯度")),
        derived(M, "V882", "skip.grad_S", S, Text("Gradient in the weights of the skip", "对跳跃权重的梯度")),
        _skip_jacobian(), *_attention(), _attention_beats(), *_fed_back(),
    )


def _skip_jacobian():
    statement = Statement(Jac(h[k], h[t]), "=", total(product(slope(k), W, Jac(h[k - 1], h[t])), product(slope(k), S, Jac(h[k - DELAY], h[t]))))
    steps = (Step(statement, Text("Chain rule: every path to step k comes from one step before or from three, and the last factor stands on the left.", "链式法则：到第 k 步的路径，不是来自前一步，就是来自三步之前；最后一个因子写在最左边。"), ("skip.state", "skip.preactivation")),)
    return Entry("V883", "skip.jacobian", "identity", Text("Jacobian across a lag with a skip: two ways to arrive", "有跳跃时跨时滞的雅可比矩阵：两条来路"), statement, SUITE, model=SKIP_RNN, domain=(Range(k, DELAY, T), Range(t, 0, k - DELAY)), steps=steps, uses=("skip.state", "skip.preactivation"), limits=MODEL_LIMITS)


def _attention():
    weight = product(u[t], r[T])
    value = Statement(Grad(v[t]), "=", product(Loss(o[T], y[T], 1), u[t], r[T]))
    shares = Statement(TimeSum(Grad(v[t]), t, 1, T), "=", Loss(o[T], y[T], 1))
    inserted = Statement(TimeSum(Grad(v[t]), t, 1, T), "=", product(Loss(o[T], y[T], 1), TimeSum(weight, t, 1, T)))
    common = dict(kind="identity", model=ATTENTION, limits=MODEL_LIMITS)
    return (
        definition(ATTENTION, "V891", "attention.output", 4, Text("Attention: a mean of the values, weighted by exponentials of the scores", "注意力：以得分的指数为权的值的加权平均"), ()),
        Entry("V892", "attention.grad_v", title=Text("What reaches a value: one factor, whatever the distance", "传到一个值的梯度：不论多远，只有一个因子"), statement=value, suite=_Weighted(), domain=ONE_TO_T, assumptions=(POSITION,), uses=("attention.output",),
              steps=(Step(value, Text("The value enters the output once, with its weight; no other position lies in between.", "这个值只进入输出一次，带着自己的权重；中间不隔任何别的位置。"), ("attention.output",)),), **common),
        Entry("V893", "attention.shares", title=Text("All positions together receive the whole gradient", "所有位置合起来，收到全部梯度"), statement=shares, suite=ModelSuite(numeric=False), uses=("attention.grad_v",),
              steps=(Step(inserted, Text("Insert what each value receives.", "代入每个值收到的梯度。"), ("attention.grad_v",)), Step(shares, Text("The weights add up to one.", "权重之和为一。"))), **common),
    )


def _fed_back():
    across = Statement(Jac(o[t], o[t - 1]), "=", product(V, slope(t), R))
    local = Statement(Grad(a[t]), "=", product(slope(t), transpose(V), Loss(o[t], y[t], 1)))
    return (
        definition(FREE_RUNNING, "V898", "free.preactivation", 0, Text("Running freely, the network reads its own last output", "自由运行时，网络读取自己上一步的输出")),
        Entry("V895", "free.jacobian", "identity", Text("Running freely, each step multiplies one more Jacobian", "自由运行时，每一步多乘一个雅可比矩阵"), across, SUITE, model=FREE_RUNNING, domain=ONE_TO_T, uses=("free.preactivation",), limits=MODEL_LIMITS,
              steps=(Step(across, Text("From the last output through the pre-activation and the state to this output.", "从上一步的输出，经过预激活值与隐状态，到这一步的输出。"), ("free.preactivation",)),)),
        derived(FREE_RUNNING, "V896", "free.grad_o", o[t], Text("Adjoint of an output that is fed back", "被反馈的输出的伴随变量"), ONE_TO_T),
        definition(TEACHER_FORCED, "V899", "teacher.preactivation", 0, Text("Forced by the teacher, it reads the last target", "教师强制时，网络读取上一步的目标")),
        Entry("V897", "teacher.grad_a", "identity", Text("Forced by the teacher, every gradient is local", "教师强制时，每个梯度都只来自本步"), local, SUITE, model=TEACHER_FORCED, domain=ONE_TO_T, uses=("teacher.preactivation",), limits=MODEL_LIMITS,
              steps=(Step(local, Text("Only the loss of the same step depends on this pre-activation; the next one reads a target, which is data.", "只有同一步的损失依赖于这个预激活值；下一步读的是目标，也就是数据。"), ("teacher.preactivation",)),)),
    )


def _attention_beats():
    def first(factor):
        return Least(Proposition(Decimal(factor) ** N, "<", Slash(1, N)), N, Integer(2))

    statement = Statement(first("0.8"), "=", Integer(11))
    claims = {f"from_{factor}": Statement(first(factor), "=", Integer(value)) for factor, value in (("0.9", 34), ("0.99", 644))} | {"product_1000": Statement(Decimal("0.8") ** 1000, "=", Digits("1230231922161", -97))}
    wrong = mutants(statement, one_step_less=Integer(10), one_step_more=Integer(12), half_life_of_the_factor=Integer(4)) + (Mutant("a factor of 0.7", Statement(first("0.7"), "=", statement.right)), Mutant("relation reversed", Statement(Least(Proposition(Decimal("0.8") ** N, ">", Slash(1, N)), N, Integer(2)), "=", Integer(11))))
    steps = (Step(Statement(Ratio(Times(Plus(N, 1), Decimal("0.8") ** Plus(N, 1)), Times(N, Decimal("0.8") ** N)), "=", Times(Decimal("0.8"), Plus(1, Slash(1, N)))), Text("From N = 4 on this ratio is at most 1: once below, N times the product stays below.", "从 N = 4 起，这个比值不超过 1：N 乘以这个幂一旦小于 1，就一直小于 1。")),
             Step(statement, Text("It is above 1 for N = 10 and below 1 for N = 11.", "N = 10 时大于 1，N = 11 时小于 1。")))
    return Entry("V894", "attention.beats", "constant", Text("From which length on the mean weight of attention beats a product", "从多长开始，注意力的平均权重超过连乘积"), statement, Suite((exact("exact search", ({},)), enclosed("intervals and logarithms", ({},))), wrong, claims),
                 declared=(Declared(N, Text("number of positions, and number of factors", "位置的个数，也是因子的个数"), domain="N \\ge 2"),), steps=steps, values={**numbers({key: claim for key, claim in claims.items() if key != "product_1000"}), "from_0.8": Number(Integer(11)), "product_1000": Number(Rational(4, 5) ** 1000)})  # fmt: skip
