"""The training step in the right order: what clipping each micro-batch, averaging uneven ones and clipping each layer do."""

import random

from sympy import ImmutableMatrix, Integer, MatrixSymbol, Rational, Symbol, acos, pi, sqrt, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Dot, Plus, Ratio, Root, Smaller, SpectralNorm, Times
from derivations.algebra.terms import product, total
from derivations.checking.arithmetic import Double, Exact, Extended
from derivations.checking.scalars import Suite, agreement, mutants, numbers, random_matrix
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Statement, Step
from derivations.text import Text

n = Symbol("n", integer=True, positive=True)
theta = Symbol("theta", positive=True)
m_1, m_2 = symbols("m_1 m_2", positive=True, integer=True)
g, e, a, b, g_1, g_2, c_1, c_2 = (MatrixSymbol(name, n, 1) for name in "g e a b g_1 g_2 c_1 c_2".split())
HALF = Rational(1, 2)
THRESHOLD, COUNT = Declared(theta, Text("threshold", "阈值"), domain="\\theta > 0"), Declared(n, Text("number of parameters", "参数个数"))


def entries():
    """The published results of this topic, in the order of the page."""
    return micro_batches(), uneven(), per_layer()


def clipped(vector, norm=None):
    return Times(Smaller(Integer(1), Ratio(theta, norm or SpectralNorm(vector))), vector)


def micro_batches():
    length = Root(Plus(SpectralNorm(g) ** 2, SpectralNorm(e) ** 2))
    above, below = total(g, e), total(g, product(Integer(-1), e))
    mean = Plus(Times(HALF, clipped(above)), Times(HALF, clipped(below)))
    statement = Statement(mean, "=", clipped(g, length))
    wrong = mutants(statement, as_if_the_mean_were_clipped=clipped(g), not_clipped=Times(1, g), norms_added=clipped(g, Plus(SpectralNorm(g), SpectralNorm(e))), noise_alone=clipped(g, SpectralNorm(e)), twice=Times(2, clipped(g, length)))
    draw, points = random.Random(346), []
    for rows, level in ((2, Rational(1, 3)), (3, Integer(2)), (4, Rational(9, 2)), (5, Integer(1)), (6, Integer(90))):
        signal, noise = random_matrix(draw, rows, 1), random_matrix(draw, rows, 1)
        noise = ImmutableMatrix(noise - signal * (signal.T * noise)[0] / (signal.T * signal)[0])  # at right angles
        points.append({g: ImmutableMatrix(signal), e: noise, theta: level, n: Integer(rows)})
    points.append({g: ImmutableMatrix([3, 0]), e: ImmutableMatrix([0, 4]), theta: Integer(3), n: Integer(2)})
    steps = (Step(Statement(SpectralNorm(above), "=", length), Text("Pythagoras; the same for g − e. So both micro-batches are scaled by the same factor.", "勾股定理；g − e 的长度相同。所以两个小批都乘以同一个因子。")),
             Step(statement, Text("The noise cancels in the mean, the factor stays.", "取平均时噪声抵消，因子却留下了。"), ("clip.norm",)))
    said = (Declared(g, Text("mean of the gradients of two micro-batches", "两个小批的梯度的平均"), (n, 1)), Declared(e, Text("what the one has more and the other less: noise at right angles to g", "一个多出、另一个少掉的部分：与 g 垂直的噪声"), (n, 1)), THRESHOLD, COUNT)
    claims = {name: Statement(Smaller(Integer(1), Ratio(signal, Root(Plus(signal**2, noise**2)))), "=", share) for name, signal, noise, share in (("some_noise", Integer(3), Integer(4), Rational(3, 5)), ("much_noise", Integer(20), Integer(99), Rational(20, 101)))}
    at = tuple(points)
    return Entry("V346", "clip.micro_batches", "identity", Text("Clipping each micro-batch: noise is taken for an explosion", "逐个小批裁剪：把噪声当成了爆炸"), statement, Suite((agreement("values with 60 digits", Extended, at, 1e-50), agreement("NumPy", Double, at, 1e-12)), wrong, claims), declared=said, assumptions=(Text("⟨g, e⟩ = 0.", "⟨g, e⟩ = 0。"),), steps=steps, values=numbers(claims))


def uneven():
    whole = Times(Ratio(1, Plus(m_1, m_2)), Plus(Times(m_1, a), Times(m_2, b)))
    error = Times(Ratio(Plus(m_2, Times(-1, m_1)), Times(2, Plus(m_1, m_2))), total(a, product(Integer(-1), b)))
    statement = Statement(Plus(Times(HALF, a), Times(HALF, b), Times(-1, whole)), "=", error)
    wrong = mutants(statement, always_zero=Times(0, a), sign=Times(-1, error), two_forgotten=Times(2, error), sum_for_difference=Times(error.args[0], total(a, b)))
    draw, points = random.Random(347), []
    for rows, sizes in ((2, (8, 3)), (3, (1, 7)), (4, (32, 5)), (5, (64, 63))):
        points.append({a: random_matrix(draw, rows, 1), b: random_matrix(draw, rows, 1), m_1: Integer(sizes[0]), m_2: Integer(sizes[1]), n: Integer(rows)})
    steps = (Step(statement, Text("Bring both to the denominator 2(m₁ + m₂) and collect a and b.", "通分为 2(m₁ + m₂)，合并 a 与 b 的系数。")),)
    said = (Declared(a, Text("mean gradient of the first micro-batch", "第一个小批的平均梯度"), (n, 1)), Declared(b, Text("mean gradient of the second", "第二个小批的平均梯度"), (n, 1)), Declared(m_1, Text("number of examples (or tokens) in the first", "第一个小批的样本数（或词元数）")), Declared(m_2, Text("number in the second", "第二个小批的样本数（或词元数）")), COUNT)
    at = tuple(points)
    claims = {"rare": Statement(Ratio(Integer(90 - 10), Times(2, Plus(90, 10))), "=", Rational(2, 5))}
    return Entry("V347", "accumulate.uneven", "identity", Text("The mean of means is not the mean where micro-batches differ in size", "小批大小不一时，平均的平均不是总平均"), statement, Suite((agreement("exact multiplication", Exact, at), agreement("NumPy", Double, at, 1e-9)), wrong, claims), declared=said, steps=steps, values=numbers(claims))


def per_layer():
    dot = Plus(Dot(g_1, c_1), Dot(g_2, c_2))
    before, after = (Root(Plus(*(SpectralNorm(block) ** 2 for block in found))) for found in ((g_1, g_2), (c_1, c_2)))
    one, two = map(SpectralNorm, (g_1, g_2))
    right = Ratio(Plus(one, two), Times(Root(Integer(2)), before))
    statement = Statement(Ratio(dot, Times(before, after)), "=", right)
    wrong = mutants(statement, one=Integer(1), root_of_two_forgotten=Ratio(Plus(one, two), before), difference=Ratio(Plus(one, Times(-1, two)), Times(Root(Integer(2)), before)), squared=Times(right, right)) + (
        Mutant("one threshold for both", Statement(Ratio(Plus(Dot(g_1, g_1), Dot(g_2, g_2)), Times(before, before)), "=", right)),)  # fmt: skip
    points = []
    for first, second, level in (((4, 0), (0, 3), 1), ((3, 4), (-60, 80), 2), ((2, 3, 6), (1, -4, 8), Rational(1, 3)), ((1, 1, 1, 1), (20, 40, -50, 60), Rational(3, 2))):  # of rational length
        found = [ImmutableMatrix(block) for block in (first, second)]
        cut = [block * level / sqrt((block.T * block)[0]) for block in found]
        points.append({g_1: found[0], g_2: found[1], c_1: cut[0], c_2: cut[1], n: Integer(len(first))})
    steps = (Step(Statement(Dot(g_1, c_1), "=", Times(theta, one)), Text("Each layer keeps its own direction and gets the length θ.", "每一层方向不变，长度变成 θ。"), ("clip.direction",)),
             Step(statement, Text("Inner product and lengths of the whole: θ cancels.", "求整体的内积与长度：θ 约去。")))
    said = (Declared(g_1, Text("gradient in the weights of one layer", "一层的权重的梯度"), (n, 1), "\\lVert g_1 \\rVert_2 \\ge \\theta"), Declared(g_2, Text("gradient in those of another", "另一层的权重的梯度"), (n, 1), "\\lVert g_2 \\rVert_2 \\ge \\theta"),
            Declared(c_1, Text("the first, clipped by itself", "前者单独裁剪的结果"), (n, 1), "c_1 = \\theta g_1 / \\lVert g_1 \\rVert_2"), Declared(c_2, Text("the second, clipped by itself", "后者单独裁剪的结果"), (n, 1), "c_2 = \\theta g_2 / \\lVert g_2 \\rVert_2"), THRESHOLD, COUNT)  # fmt: skip
    cosines = {f"{x}_{y}": Rational(x + y) / sqrt(Integer(2) * (x**2 + y**2)) for x, y in ((4, 3), (100, 1))}
    values = {f"degrees_{name}": Number(180 / pi * acos(cosine)) for name, cosine in cosines.items()}
    at = tuple(points)
    return Entry("V348", "clip.per_layer", "identity", Text("Cosine of the angle by which clipping layer by layer turns the gradient", "逐层裁剪使梯度转过的角的余弦"), statement, Suite((agreement("values with 60 digits", Extended, at, 1e-50), agreement("NumPy", Double, at, 1e-9)), wrong), declared=said, steps=steps, values=values)
