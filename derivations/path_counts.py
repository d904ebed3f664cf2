"""Paths through residual and dense networks: the product multiplied out, how long the paths are, and how many there are."""

import random
from fractions import Fraction
from math import comb

from sympy import Identity, Integer, Rational, Symbol

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.block_paths import OverSubsets, Paths
from derivations.algebra.path_terms import Binomial, SumOver
from derivations.algebra.scalars import Plus, Ratio, Times
from derivations.algebra.terms import Family, OrderedProduct, j, k, product, total
from derivations.checking.arithmetic import Double, Exact
from derivations.checking.block_paths import by_formula, by_walking, letters
from derivations.checking.scalars import Suite, agreement, mutants, numbers, random_matrix
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Statement, Step
from derivations.models.rnn import SIZES, n
from derivations.residual import COUNT, L
from derivations.text import Text

B = Family("B", n, n)
c = Symbol("c", positive=True)
COUNTS = tuple({L: Integer(blocks)} for blocks in (1, 2, 3, 5, 8, 12))
WEIGHTED = tuple({L: Integer(blocks), c: Rational(top, 4)} for blocks, top in ((1, 4), (2, 1), (3, 9), (5, 4), (8, 3), (12, 1)))
ORDER = Text("In every product the largest index stands on the left; the empty product is the identity.", "每个乘积中，最大的下标写在最左边；空乘积是单位矩阵。")


def entries():
    """The published results of this topic, in the order of the page."""
    return expansion(), path_lengths(), dense_paths()


def _branches(draw, size, blocks):
    drawn = tuple(random_matrix(draw, size, size) for _ in range(blocks))
    return {"B": lambda i: drawn[i - 1], "size": size, L: Integer(blocks)}


def expansion():
    draw = random.Random(904)
    points = tuple(_branches(draw, size, blocks) for size, blocks in ((2, 2), (3, 1), (2, 3), (3, 4), (2, 6)))
    step, right = total(Identity(n), B[j]), OverSubsets(B[j], j, 1, L)
    statement = Statement(OrderedProduct(step, j, L, 1), "=", right)
    wrong = mutants(statement, empty_subset_dropped=total(right, product(Integer(-1), Identity(n))), only_the_longest_path=OrderedProduct(B[j], j, L, 1), twice=product(Integer(2), right), largest_index_on_the_right=OverSubsets(B[L + 1 - j], j, 1, L))
    wrong += (Mutant("one block forgotten", Statement(OrderedProduct(step, j, L, 2), "=", right)), Mutant("without the identity", Statement(OrderedProduct(B[j], j, L, 1), "=", right)))
    steps = (Step(Statement(OrderedProduct(step, j, L, 1), "=", right), Text("Every factor offers a choice: the identity, around the block, or the branch, through it. One subset of the blocks for each sequence of choices; the order of the factors stays.", "每个因子给出一次选择：取单位矩阵，即绕过这一块；或取支路，即穿过它。每种选法对应由若干块组成的一个子集；因子的次序不变。"), ("residual.jacobian_product",)),)
    declared = (Declared(B[j], Text("Jacobian of the branch of block j", "第 j 块支路的雅可比矩阵"), (n, n)), COUNT, Declared(n, SIZES[n]))
    suite = Suite((agreement("exact multiplication", Exact, points), agreement("NumPy", Double, points, 1e-9), letters(L, 6)), wrong)
    return Entry("V904", "residual.expansion", "identity", Text("One term for every path", "每条路径一项"), statement, suite, declared=declared, assumptions=(ORDER,), steps=steps, sources=("veit2016",))


def _share(low, high, blocks):
    """The share of the paths through so many blocks that cross from ``low`` to ``high`` branches."""
    found = Fraction(sum(comb(blocks, i) for i in range(low, high + 1)), 2**blocks)
    return Statement(Times(Integer(2) ** -blocks, SumOver(Binomial(Integer(blocks), k), k, Integer(low), Integer(high))), "=", Rational(found.numerator, found.denominator))


def path_lengths():
    def mean(weight, blocks, last=None):
        return Ratio(SumOver(Times(k, Binomial(blocks, k), weight**k), k, Integer(0), last or blocks), Plus(1, weight) ** blocks)

    statement = Statement(mean(c, L), "=", Times(L, Ratio(c, Plus(1, c))))
    claims = {"at_most_17_of_54": _share(0, 17, 54), "from_19_to_35_of_54": _share(19, 35, 54), "at_most_9_of_20": _share(0, 9, 20)}
    claims |= {"mean_of_54": Statement(mean(Integer(1), Integer(54)), "=", Integer(27)), "weighted_mean_of_54": Statement(mean(Rational(1, 4), Integer(54)), "=", Rational(54, 5))}
    wrong = mutants(statement, half=Ratio(L, 2), all_blocks=L, weight_not_divided=Times(L, c), upside_down=Times(L, Ratio(1, Plus(1, c))), one_more=Times(Plus(L, 1), Ratio(c, Plus(1, c))), squared=Times(L**2, Ratio(c, Plus(1, c))))
    wrong += (Mutant("longest path dropped", Statement(mean(c, L, Plus(L, -1)), "=", statement.right)),)
    steps = (Step(Statement(SumOver(Times(Binomial(L, k), c**k), k, Integer(0), L), "=", Plus(1, c) ** L), Text("As many paths cross k branches as there are subsets with k elements. The binomial theorem is the expansion for branches that are numbers.", "穿过 k 条支路的路径，与含 k 个元素的子集一样多。支路都是数时，展开式就是二项式定理。"), ("residual.expansion",)),
             Step(statement, Text("In front of each block the path goes through with weight c and around with weight one, independently of the others: it crosses a share c/(1 + c) of them.", "在每一块面前，路径以权重 c 穿过、以权重一绕过，与别的块无关：平均穿过的比例是 c/(1 + c)。")))
    declared = (COUNT, Declared(k, Text("how many branches a path crosses", "一条路径穿过的支路数")), Declared(c, Text("factor by which a branch multiplies what crosses it", "支路使穿过它的量所乘的倍数"), domain="c > 0"))
    return Entry("V905", "residual.path_lengths", "identity", Text("How many branches a path crosses on average, weighted by what it carries", "按所携带的份额加权，一条路径平均穿过多少支路"), statement, Suite((by_formula(WEIGHTED), by_walking(WEIGHTED)), wrong, claims), declared=declared, steps=steps, values=numbers(claims), sources=("veit2016",))


def dense_paths():
    statement = Statement(Paths(L), "=", Integer(2) ** Plus(L, -1))
    claims = {f"at_{layers}": Statement(Paths(Integer(layers)), "=", Integer(2) ** (layers - 1)) for layers in (5, 12)}
    wrong = mutants(statement, one=Integer(1), counted=L, one_factor_more=Integer(2) ** L, one_factor_fewer=Integer(2) ** Plus(L, -2), pairs_of_layers=Ratio(Times(L, Plus(L, 1)), 2), squared=L**2)
    steps = (Step(Statement(Paths(L), "=", Plus(1, SumOver(Paths(k), k, Integer(1), Plus(L, -1)))), Text("The last connection comes from the input directly, or from one of the layers below.", "最后一段连接要么直接来自输入，要么来自下面的某一层。")),
             Step(statement, Text("Each further layer doubles the number: subtract this line for L − 1 from that for L.", "每多一层，条数就加倍：把 L 与 L − 1 时的这一行相减。")))
    declared = (Declared(L, Text("number of layers", "层数"), domain="L \\ge 1"), Declared(Paths(L), Text("number of paths from the input to layer L", "从输入到第 L 层的路径数")))
    return Entry("V849", "dense.paths", "identity", Text("Paths through a dense network", "稠密网络中的路径"), statement, Suite((by_formula(COUNTS), by_walking(COUNTS)), wrong, claims), declared=declared, steps=steps, values=numbers(claims), sources=("huang2017",))
