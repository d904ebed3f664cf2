"""The gradient regularizer: its immediate derivative, what a step along it does, and the direction to which it is blind."""

import random
from dataclasses import replace

from sympy import ImmutableMatrix, Integer, MatMul, MatrixExpr, MatrixSymbol, Rational, eye, oo, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Dot, Plus, Ratio, SpectralNorm, Times
from derivations.algebra.terms import Grad, Map, Power, T, TimeSum, k, product, t, total, transpose
from derivations.checking.arithmetic import Double, Exact, Extended
from derivations.checking.gradients import ModelSuite
from derivations.checking.scalars import Suite, agreement, mutants, numbers, random_matrix, rationals
from derivations.entry import Declared, Entry, Range, Statement, Step
from derivations.models.regularizer import ONE, REGULARIZER, e, f, q, r, rho
from derivations.models.rnn import SIZES, W, n
from derivations.publish import MODEL_LIMITS, ONE_TO_T, definition, derived, loss_term
from derivations.text import Text

M = REGULARIZER
NOT_ZERO = Text("No g_t and no e_t is zero.", "g_t 与 e_t 都不为零。")
INVERSE_LENGTH = Map("log", f[t], 1)  # 1/f_t, the slope of the logarithm
adjoint, through = MatrixSymbol("g", n, 1), MatrixSymbol("q", n, 1)
eta, w, d, c, alpha, beta = symbols("eta w d c alpha beta", real=True)


class _Numbers(ModelSuite):
    """Numbers among the factors may be exchanged."""

    def equivalent(self, entry, mutant):
        ours, theirs = (_factors(statement.right) for statement in (entry.statement, mutant.statement))
        if sorted(map(str, ours)) == sorted(map(str, theirs)) and [x for x in ours if x.shape != (1, 1)] == [x for x in theirs if x.shape != (1, 1)]:
            return "The two have the same factors, and those that have changed places are numbers (1 × 1)."
        return super().equivalent(entry, mutant)


def _factors(term):
    """The matrices in a product, in their order, also if it stands under a sum."""
    body = term.body if isinstance(term, TimeSum) else term
    return [x for x in body.args if isinstance(x, MatrixExpr)] if isinstance(body, MatMul) else [body]


def entries():
    """The published results of this topic, in the order of the page."""
    return (
        definition(M, "V980", "omega.part", 0, Text("What a step hands back", "一步传回的部分")),
        replace(definition(M, "V981", "omega.ratio", 5, Text("The factor by which a step changes the length", "一步使长度变为的倍数")), suite=_Numbers()),
        loss_term(M, "V982", "omega.loss", Text("The gradient regularizer", "梯度正则项")),
        derived(M, "V983", "omega.grad_W", W, Text("Immediate gradient in the recurrent weights", "对循环权重的直接梯度")),
        derived(M, "V984", "omega.grad_e", e[t], Text("Adjoint of what a step hands back", "一步传回部分的伴随变量"), ONE_TO_T),
        closed(), kept(), step(), direction(), blind(),
    )


def closed():
    body = product(Integer(2), q[t], total(rho[t], product(-1, ONE)), r[t], INVERSE_LENGTH, transpose(e[t]))
    statement = Statement(Grad(W), "=", TimeSum(body, t, 1, T))
    steps = (Step(statement, Text("Insert the adjoint of e: the square gives 2(ρ − 1), the root e over its length.", "代入 e 的伴随变量：平方给出 2(ρ − 1)，平方根给出 e 除以它的长度。"), ("omega.grad_W", "omega.grad_e")),)
    return Entry("V985", "omega.closed", "identity", Text("The immediate gradient, written out", "直接梯度的显式表达"), statement, _Numbers(), model=M, assumptions=(NOT_ZERO,), limits=MODEL_LIMITS, steps=steps, uses=("omega.grad_W", "omega.grad_e"), sources=("pascanu2013",))


def _drawn(seed, build):
    """Points of sizes 2 to 5, each from an adjoint, its image under the slopes, and random weights."""
    draw, found = random.Random(seed), []
    for size in (2, 3, 4, 5):
        weights, ahead, behind = random_matrix(draw, size, size), random_matrix(draw, size, 1), random_matrix(draw, size, 1)
        found.append({adjoint: ahead, through: behind, "size": size, n: Integer(size)} | build(weights, ahead, behind, size))
    return tuple(found)


def _rotation(weights, ahead, behind, size):
    skewed = weights - weights.T
    return {W: ImmutableMatrix((eye(size) - skewed) * (eye(size) + skewed).inv())}


def kept():
    statement = Statement(Ratio(SpectralNorm(product(transpose(W), adjoint)), SpectralNorm(adjoint)), "=", Integer(1))
    length = SpectralNorm(adjoint)
    wrong = mutants(statement, depends_on_the_length=length, inverted=Ratio(1, length), norm_counted_twice=Times(2, SpectralNorm(W)), as_with_a_slope_of_one_half=Rational(1, 2))
    steps = (Step(statement, Text("An orthogonal matrix keeps every length, so every ratio is one and every square in the sum is zero.", "正交矩阵保持任何长度，所以每个比值都是一，和式里的每个平方都是零。"), ("orthogonal.kept",)),)
    return Entry("V986", "omega.orthogonal", "identity", Text("Without activation, orthogonal weights have Ω = 0", "没有激活函数时，正交权重的 Ω 为零"), statement, Suite((agreement("values with 60 digits", Extended, _drawn(986, _rotation), 1e-50), agreement("NumPy", Double, _drawn(987, _rotation), 1e-9)), wrong),
                 declared=(Declared(W, Text("orthogonal recurrent weights", "正交的循环权重"), (n, n)), Declared(adjoint, Text("adjoint of the state", "状态的伴随变量"), (n, 1), "g \\ne 0"), Declared(n, SIZES[n])), assumptions=(Text("WᵀW = I, and φ(a) = a.", "WᵀW = I，且 φ(a) = a。"),), steps=steps, uses=("orthogonal.kept",))


def direction():
    part = product(transpose(W), through)
    square, moved = Dot(through, through), total(W, product(Integer(-1), c, through, transpose(part)))
    statement = Statement(product(transpose(moved), through), "=", product(Plus(1, Times(-1, c, square)), part))
    wrong = mutants(statement, not_squared=product(Plus(1, Times(-1, c, SpectralNorm(through))), part), plus_for_minus=product(Plus(1, Times(c, square)), part), not_moved=part, part_itself_subtracted=product(Plus(1, Times(-1, c)), part), weights_not_transposed=product(Plus(1, Times(-1, c, square)), W, through))
    steps = (Step(Statement(product(transpose(moved), through), "=", total(part, product(Integer(-1), c, part, transpose(through), through))), Text("The transpose of a product exchanges its factors.", "乘积的转置使因子换位。")),
             Step(statement, Text("The last two factors are the square of a length, a number.", "最后两个因子是长度的平方，是一个数。")))
    said = (Declared(W, Text("recurrent weights", "循环权重"), (n, n)), Declared(through, Text("adjoint of the pre-activation", "预激活值的伴随变量"), (n, 1)), Declared(c, Text("step length times the numbers in front of the matrix, any number", "步长乘以矩阵前面的各个数，任意数")), Declared(n, SIZES[n]))

    def drawn(weights, ahead, behind, size):
        return {W: weights, c: Rational(size - 7, 3 * size)}

    return Entry("V989", "omega.direction", "identity", Text("A step along one term keeps the direction of what is handed back", "沿一项走一步，传回部分的方向不变"), statement, Suite((agreement("exact multiplication", Exact, _drawn(988, drawn)), agreement("NumPy", Double, _drawn(989, drawn), 1e-9)), wrong), declared=said, steps=steps, uses=("omega.closed",))


def step():
    def after(slope, weight, rate):
        off = Plus(Times(slope, weight), -1)
        return Plus(Times(slope, Plus(weight, Times(-2, rate, slope, off))), -1)

    off = Plus(Times(d, w), -1)
    statement = Statement(after(d, w, eta), "=", Times(Plus(1, Times(-2, eta, d**2)), off))
    claims = {"after": Statement(Plus(1, after(Integer(1), Rational(1, 2), Rational(1, 8))), "=", Rational(5, 8)), "slope_half": Statement(Plus(1, after(Rational(1, 2), Integer(1), Rational(1, 8))), "=", Rational(17, 32))}
    wrong = mutants(statement, two_forgotten=Times(Plus(1, Times(-1, eta, d**2)), off), plus_for_minus=Times(Plus(1, Times(2, eta, d**2)), off), not_squared=Times(Plus(1, Times(-2, eta, d)), off), slope_ignored=Times(Plus(1, Times(-2, eta)), off), not_moved=off)
    steps = (Step(Statement(after(d, w, eta), "=", Plus(Times(d, w), Times(-2, eta, d**2, off), -1)), Text("Insert the gradient 2d(dw − 1) of the square (dw − 1)².", "代入平方 (dw − 1)² 的梯度 2d(dw − 1)。"), ("omega.closed",)),
             Step(statement, Text("Take out the common factor dw − 1.", "提出公因子 dw − 1。")))
    said = (Declared(w, Text("the recurrent weight of a single unit", "单个单元的循环权重"), domain="w > 0"), Declared(d, Text("slope φ′(a) of its activation, so that the ratio is dw", "激活函数的导数 φ′(a)，于是比值为 dw"), domain="d > 0"), Declared(eta, Text("learning rate", "学习率"), domain="\\eta > 0"))
    points = rationals(987, (w, d, eta), 12)
    return Entry("V987", "omega.step", "identity", Text("One unit: a step brings the ratio nearer to one", "单个单元：走一步，比值更接近一"), statement, Suite((agreement("integer arithmetic", Exact, points), agreement("NumPy", Double, points, 1e-9)), wrong, claims), declared=said, steps=steps, uses=("omega.closed",), values=numbers(claims))


def blind():
    half = Rational(1, 2)
    projector, any_vector = ImmutableMatrix([[half, half], [half, half]]), ImmutableMatrix([alpha, beta])
    mean = Times(half, Plus(alpha, beta))
    statement = Statement(product(Power(projector, k), any_vector), "=", ImmutableMatrix([mean, mean]))
    wrong = mutants(statement, kept_as_it_is=any_vector, lost_altogether=ImmutableMatrix([0, 0]), halved=ImmutableMatrix([Times(half, alpha), Times(half, beta)]), not_halved=ImmutableMatrix([Plus(alpha, beta), Plus(alpha, beta)]), difference=ImmutableMatrix([Times(half, Plus(alpha, Times(-1, beta))), mean]))
    points = tuple({alpha: Rational(a, 3), beta: Rational(b, 7), k: Integer(count), "size": 2} for a, b, count in ((2, 5, 1), (-4, 9, 2), (8, -3, 5), (1, 1, 13)))
    why = (Step(Statement(product(projector, any_vector), "=", ImmutableMatrix([mean, mean])), Text("Both entries become their mean.", "两个元素都变成它们的平均值。")),
           Step(statement, Text("The mean of two equal numbers is that number: further factors change nothing.", "两个相等的数，平均值就是它本身：再乘也不变。")))
    said = (Declared(alpha, Text("first entry", "第一个元素")), Declared(beta, Text("second entry", "第二个元素")), Declared(k, Text("number of steps", "步数")))
    return Entry("V988", "omega.blind", "identity", Text("A matrix of rank one with Ω = 0", "一个秩为一而 Ω 为零的矩阵"), statement, Suite((agreement("exact multiplication", Exact, points), agreement("NumPy", Double, points, 1e-9)), wrong), domain=(Range(k, Integer(1), oo),), declared=said, steps=why)
