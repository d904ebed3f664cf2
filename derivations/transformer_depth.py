"""How the mean square of the gradient changes through deep stacks with a normalization, and what two remedies make of it."""

from dataclasses import replace

from sympy import Integer, Rational, Symbol

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.products import ProductOver
from derivations.algebra.scalars import Exp, Plus, Ratio, Root, Run, Slash, Times
from derivations.algebra.terms import j, k, l
from derivations.checking.arithmetic import Enclosing, Exact, Extended
from derivations.checking.constants import enclosed
from derivations.checking.measured import MeasuredSuite, recorded
from derivations.checking.measured_bounds import below, bounded
from derivations.checking.scalars import Suite, agreement, mutants, numbers
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Statement, Step
from derivations.experiments import medians
from derivations.text import Text

q, chi = Symbol("q", positive=True), Symbol("chi", nonnegative=True)
L, N = Symbol("L", integer=True, positive=True), Symbol("N", integer=True, positive=True)
FORWARD = Declared(q, Text("mean square of what a branch adds, for an input of mean square one", "输入的均方为 1 时，支路所加的量的均方"), domain="q > 0")
BACKWARD = Declared(chi, Text("factor by which the branch multiplies the mean square of a gradient", "支路使梯度的均方所乘的倍数"), domain="0 \\le \\chi \\le q")
BLOCKS = Declared(L, Text("number of blocks", "块数"), domain="L \\ge 1")
LAYERS = Declared(N, Text("number of layers, each of two sub-layers", "层数，每层含两个子层"), domain="N \\ge 1")
CROSSED = Declared(k, Text("number of blocks crossed", "穿过的块数"))
LOWER, INDEX = Declared(l, Text("block at which the gradient is read", "读取梯度的那一块"), domain="0 \\le l < L"), Declared(j, Text("block that is crossed", "所穿过的块"))
MEAN_FIELD = Text("At initialization, in the limit of many units: branch and stream are uncorrelated, forward and back, so mean squares add.", "初始化时，单元数趋于无穷：支路与主干在前向和反向都不相关，所以均方相加。")


def entries():
    """The published results of this topic, in the order of the page."""
    return post_factor(), pre_product(), pre_bound(), deepnorm_sum(), deepnorm_stream(), measured()


def post_factor():
    left = Ratio(Plus(1, chi), Plus(1, q))
    statement = Statement(left**k, "=", Plus(1, Times(-1, Ratio(Plus(q, -chi), Plus(1, q)))) ** k)

    def alone(blocks):
        return Ratio(1, 2) ** blocks

    claims = {f"square_{blocks}": Statement(alone(blocks), "=", Rational(1, 2**blocks)) for blocks in (12, 48)}
    claims |= {f"norm_{blocks}": Statement(Root(alone(blocks)), "=", Rational(1, 2 ** (blocks // 2))) for blocks in (12, 48, 192)}
    claims["mismatch_48"] = Statement(Ratio(Plus(1, Rational(4, 5)), Integer(2)) ** 48, "=", Rational(9, 10) ** 48)
    points = tuple({k: Integer(blocks), q: Rational(top, 4), chi: Rational(other, 4)} for blocks, top, other in ((1, 4, 0), (2, 4, 3), (3, 1, 1), (7, 9, 2), (12, 3, 5)))
    gap = Ratio(Plus(q, -chi), Plus(1, q))
    wrong = mutants(statement, halved_whatever_the_branch_does=Rational(1, 2) ** k, gain_of_the_branch_alone=chi**k, sign_of_the_gap=Plus(1, gap) ** k, not_compounded=Plus(1, Times(-1, k, gap)), normalization_forgotten=Plus(1, chi) ** k, one_factor_more=left ** Plus(k, 1))
    steps = (Step(Statement(Ratio(Plus(1, chi), Plus(1, q)), "=", Plus(1, Times(-1, gap))), Text("The two ways back add: 1 + χ. The normalization divides by the mean square of the sum, 1 + q. What it removes along its output is one direction of n.", "两条返回的路相加，得 1 + χ。归一化除以和的均方 1 + q。它沿输出去掉的只是 n 个方向中的一个。"), ("postnorm.jacobian",)),
             Step(statement, Text("Every block has the same factor, because every block begins at mean square one.", "每一块的输入均方都是 1，所以每一块的因子相同。"), ("postnorm.grad_h_closed",)))
    return Entry("V162", "postnorm.factor", "identity", Text("Post-norm: a mismatch between forward and back compounds", "后置归一化：前向与反向的失配逐块相乘"), statement, Suite((agreement("integer arithmetic", Exact, points), agreement("values with 60 digits", Extended, points, 1e-50)), wrong, claims),
                 declared=(CROSSED, FORWARD, replace(BACKWARD, domain="\\chi \\ge 0")), assumptions=(MEAN_FIELD,), steps=steps, values=numbers(claims), sources=("xiong2020",))


def _product(gain, first=Plus(l, 1), last=L, square=q):
    """The product over the blocks of 1 + gain / (mean square of the stream that block j reads)."""
    return ProductOver(Plus(1, Ratio(gain, Plus(1, Times(square, Plus(j, -1))))), j, first, last)


def pre_product():
    right = Ratio(Plus(1, Times(q, L)), Plus(1, Times(q, l)))
    statement = Statement(_product(q), "=", right)
    claims = {f"square_{blocks}": Statement(_product(Integer(1), Integer(1), Integer(blocks), Integer(1)), "=", Integer(blocks + 1)) for blocks in (48, 192)}
    claims |= {"norm_48": Statement(Root(_product(Integer(1), Integer(1), Integer(48), Integer(1))), "=", Integer(7))}
    claims |= {f"scaled_{blocks}": Statement(_product(Rational(1, blocks), Integer(1), Integer(blocks), Rational(1, blocks)), "=", Integer(2)) for blocks in (48, 192)}
    points = tuple({L: Integer(top), l: Integer(low), q: Rational(share, 4)} for top, low, share in ((1, 0, 4), (2, 1, 1), (5, 2, 9), (12, 0, 3), (30, 7, 4)))
    wrong = mutants(statement, first_block_forgotten=Ratio(Plus(1, Times(q, L)), Plus(1, Times(q, Plus(l, 1)))), as_without_normalization=Plus(1, q) ** Plus(L, Times(-1, l)), inverted=Ratio(Plus(1, Times(q, l)), Plus(1, Times(q, L))), root_for_the_square=Root(right), q_dropped=Ratio(Plus(1, L), Plus(1, l)), depth_dropped=Plus(1, Times(q, L)))
    steps = (Step(Statement(Plus(1, Ratio(q, Plus(1, Times(q, Plus(j, -1))))), "=", Ratio(Plus(1, Times(q, j)), Plus(1, Times(q, Plus(j, -1))))), Text("The stream has grown to 1 + q(j − 1) where block j reads it; the normalization divides the gradient of the branch by that.", "第 j 块读取时，主干的均方已长到 1 + q(j − 1)；归一化把支路的梯度除以它。"), ("prenorm.jacobian",)),
             Step(statement, Text("The product telescopes: every numerator cancels the next denominator.", "连乘逐项相消：每个分子约去下一个分母。"), ("prenorm.grad_h_closed",)))
    return Entry("V163", "prenorm.product", "identity", Text("Pre-norm: the gradient grows back through the stack as the stream grew forward", "前置归一化：梯度往回增长的倍数，就是主干往前增长的倍数"), statement, Suite((agreement("integer arithmetic", Exact, points), agreement("values with 60 digits", Extended, points, 1e-50)), wrong, claims),
                 declared=(FORWARD, BLOCKS, LOWER, INDEX), assumptions=(MEAN_FIELD, Text("The branch multiplies the mean square of a gradient by q too, as ReLU networks do.", "支路也使梯度的均方乘以 q，ReLU 网络就是如此。")), steps=steps, values=numbers(claims))


def pre_bound():
    right = Ratio(Plus(1, Times(q, L)), Plus(1, Times(q, l))) ** Slash(chi, q)
    statement = Statement(_product(chi), ">=", right)
    points = tuple({L: Integer(top), l: Integer(low), q: Rational(share, 4), chi: Rational(share * part, 16)} for top, low, share, part in ((1, 0, 4, 2), (2, 1, 1, 3), (5, 2, 9, 1), (12, 0, 3, 2), (40, 7, 4, 3), (200, 0, 16, 1)))
    attained = tuple({L: Integer(top), l: Integer(low), q: Integer(2), chi: Integer(value)} for top, low, value in ((5, 2, 2), (30, 0, 2), (12, 3, 0)))
    wrong = mutants(statement, exponent_one=Ratio(Plus(1, Times(q, L)), Plus(1, Times(q, l))), twice=Times(2, right), exponent_inverted=Ratio(Plus(1, Times(q, L)), Plus(1, Times(q, l))) ** Slash(q, chi), one=Integer(1)) + (Mutant("turned around", Statement(statement.left, "<=", right)),)
    steps = (Step(Statement(Plus(1, Ratio(chi, Plus(1, Times(q, Plus(j, -1))))), ">=", Ratio(Plus(1, Times(q, j)), Plus(1, Times(q, Plus(j, -1)))) ** Slash(chi, q)), Text("Bernoulli: (1 + x)^p ≤ 1 + px for 0 ≤ p ≤ 1, with p = χ/q.", "伯努利不等式：0 ≤ p ≤ 1 时 (1 + x)^p ≤ 1 + px，取 p = χ/q。")),
             Step(statement, Text("Multiply over the blocks; the bases telescope.", "对各块相乘，底数逐项相消。"), ("prenorm.product",)))
    return Entry("V164", "prenorm.power", "bound", Text("Pre-norm: a mismatch changes the exponent of a power of the depth, no more", "前置归一化：失配只改变深度的幂的指数"), statement, Suite(bounded("values with 60 digits", points + attained, attained), wrong), declared=(FORWARD, BACKWARD, BLOCKS, LOWER, INDEX), assumptions=(MEAN_FIELD,), steps=steps)


def deepnorm_sum():
    left = Ratio(Times(4, N), Times(Root(Times(8, N)), Root(Times(2, N))))
    statement = Statement(left, "=", Integer(1))
    points = tuple({N: Integer(layers)} for layers in (1, 3, 24, 100, 500))
    wrong = tuple(Mutant(name, Statement(Ratio(Times(4, N), bottom), "=", Integer(1))) for name, bottom in (
        ("fourth roots for square roots", Times(Times(8, N) ** Rational(1, 4), Times(2, N) ** Rational(1, 4))), ("alpha forgotten", Root(Times(8, N))), ("one layer counted as one sub-layer", Times(Root(Times(4, N)), Root(N))), ("factor dropped", Times(Root(Times(8, N)), Root(N)))))
    wrong += mutants(statement, one_half=Rational(1, 2), grows_with_depth=N)
    steps = (Step(statement, Text("√(8N) · √(2N) = 4N.", "√(8N) · √(2N) = 4N。")),)
    return Entry("V165", "deepnorm.update", "identity", Text("DeepNorm: the exponents make a sum over all sub-layers one", "DeepNorm：两个指数使各子层之和等于 1"), statement, Suite((agreement("values with 60 digits", Extended, points, 1e-50), enclosed("intervals", points)), wrong), declared=(LAYERS,), steps=steps, sources=("wang2022",))


def deepnorm_stream():
    left = Plus(1, Slash(1, Times(8, N, Root(Times(2, N))))) ** Times(2, N)
    statement = Statement(left, "<", Exp(Slash(1, Times(4, Root(Times(2, N))))))
    points = tuple({N: Integer(layers)} for layers in (1, 2, 6, 24, 100, 1000))
    wrong = mutants(statement, one=Integer(1), half_the_exponent=Exp(Slash(1, Times(8, Root(Times(2, N))))), root_forgotten=Exp(Slash(1, Times(8, N)))) + (Mutant("one factor more", Statement(Plus(1, Slash(1, Times(8, N, Root(Times(2, N))))) ** Plus(Times(2, N), 1), "<", statement.right)), Mutant("turned around", Statement(statement.right, "<", left)))
    steps = (Step(Statement(Ratio(Slash(1, Times(8, N)), Root(Times(2, N))), "=", Slash(1, Times(8, N, Root(Times(2, N))))), Text("β⁴ = 1/(8N) is the mean square of a branch, α² = √(2N) that of the stream: their ratio is what each block adds.", "β⁴ = 1/(8N) 是支路的均方，α² = √(2N) 是主干的均方：两者之比就是每一块增加的份额。")),
             Step(statement, Text("ln(1 + x) < x, times 2N.", "ln(1 + x) < x，再乘以 2N。")))
    return Entry("V166", "deepnorm.stream", "bound", Text("DeepNorm: all normalizations together divide by less than this", "DeepNorm：所有归一化合起来，除数小于这个值"), statement, Suite((below("values with 60 digits", points), below("intervals", points, Enclosing())), wrong), declared=(LAYERS,),
                 assumptions=(Text("At initialization, branches that keep the mean square but for the factor β of each of their two matrices.", "初始化时，支路除两个矩阵各带因子 β 之外，保持均方不变。"),), steps=steps, sources=("wang2022",))


def measured():
    statement = Statement(Run("max", "transformer_depth", "pre", 96), "<", Run("min", "transformer_depth", "post", 96))
    false = (("the post-norm below the pre-norm Transformer", Statement(Run("max", "transformer_depth", "post", 96), "<", Run("min", "transformer_depth", "pre", 96))),
             ("the pre-norm below DeepNorm", Statement(Run("max", "transformer_depth", "pre", 96), "<", Run("min", "transformer_depth", "deepnorm", 96))))
    record = recorded("transformer_depth")
    extra = {f"{measure}_{kind}_{depth}": sorted(runs)[len(runs) // 2] for measure in ("first", "bottom") for kind, of in record[measure].items() for depth, runs in of.items()}
    lowest = {f"lowest_{measure}_{depth}": min(record[measure]["post"][depth]) for measure in ("stream", "apart") for depth in ("6", "24", "96")}
    lowest |= {f"{name}_bottom_96": choice(record["bottom"]["post"]["96"]) for name, choice in (("smallest", min), ("largest", max))}
    why = Text("Norm of the gradient in the outer weights of the last perceptron, for a random slope of the loss at 32 tokens of width 64.", "最后一个感知机的外层权重所得梯度的范数；损失的导数随机，32 个词元，宽度 64。")
    limit = Text("Five seeds and one size, at initialization, with a random slope of the loss; other settings give other numbers.", "五个随机种子，一种规模，初始化时刻，损失的导数随机；换一种设置，数值会不同。")
    return Entry("V167", "experiment.transformer_depth", "experiment", Text("96 layers: the last block of the pre-norm Transformer gets the smaller gradient", "96 层：前置归一化的 Transformer，最后一块得到的梯度较小"), statement, MeasuredSuite(false),
                 steps=(Step(statement, why),), assumptions=(limit,), values=medians("transformer_depth") | {key: Number(Rational(str(value))) for key, value in (extra | lowest).items()}, limits=(limit,))
