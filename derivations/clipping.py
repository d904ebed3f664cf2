"""Clipping a gradient: by norm it keeps its direction, by value it does not; and what happens to the threshold."""

import random

from sympy import ImmutableMatrix, Integer, MatrixSymbol, Rational, Symbol, acos, pi, sqrt, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Clip, Digits, Dot, Ratio, Root, Slash, Smaller, SpectralNorm, Times
from derivations.checking.arithmetic import Extended
from derivations.checking.constants import enclosed
from derivations.checking.measured_bounds import bounded
from derivations.checking.scalars import Suite, agreement, digit_mutants, mutants
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Statement, Step
from derivations.text import Text

n = Symbol("n", integer=True, positive=True)
theta, S = symbols("theta S", positive=True)
g = MatrixSymbol("g", n, 1)
NORM = SpectralNorm(g)
FACTOR = Smaller(Integer(1), Ratio(theta, NORM))
CLIPPED = Times(FACTOR, g)
SYMBOLS = (Declared(g, Text("gradient, all parameters in one column", "梯度，所有参数排成一列"), (n, 1), "g \\ne 0"), Declared(theta, Text("threshold", "阈值"), domain="\\theta > 0"), Declared(n, Text("number of parameters", "参数个数")))
SCALE = Declared(S, Text("loss scale", "损失缩放的倍数"), domain="S > 0")


def _points():
    """Gradients of 2 to 6 entries with thresholds below, at and above their norm; one with a norm that is a whole number."""
    draw, found = random.Random(5), []
    for rows in (2, 3, 4, 6):
        for level in (Rational(1, 7), Rational(3, 2), Integer(40)):
            found.append({g: ImmutableMatrix(rows, 1, lambda i, j: Rational(draw.choice([x for x in range(-30, 31) if x]), 8)), theta: level, S: Rational(draw.randint(3, 90), 4), n: Integer(rows)})
    return (*found, {g: ImmutableMatrix([3, 4]), theta: Integer(5), S: Integer(8), n: Integer(2)})


VALUES = agreement("values with 60 digits", Extended, _points(), 1e-50)


def entries():
    return norm(), direction(), value_bound(), angle(), scale()


def norm():
    right = Smaller(NORM, theta)
    statement = Statement(SpectralNorm(CLIPPED), "=", right)
    wrong = mutants(statement, not_clipped=NORM, always_the_threshold=theta, the_factor_itself=FACTOR, threshold_doubled=Smaller(NORM, Times(2, theta)), one_per_cent_more=Times(Rational(101, 100), right))
    steps = (Step(Statement(SpectralNorm(CLIPPED), "=", Times(FACTOR, NORM)), Text("The factor is a positive number, so it comes out of the norm.", "因子是正数，可以提到范数外面。")),
             Step(statement, Text("Multiply both entries of the minimum by the norm.", "最小值的两个数都乘以范数。")))
    return Entry("V801", "clip.norm", "identity", Text("Clipping by norm caps the norm", "按范数裁剪限制了范数"), statement, Suite((VALUES,), wrong), declared=SYMBOLS, steps=steps, sources=("pascanu2013",))


def direction():
    statement = Statement(Dot(g, CLIPPED), "=", Times(NORM, SpectralNorm(CLIPPED)))
    by_value = Clip(g, theta)
    wrong = mutants(statement, twice_the_norm=Times(NORM, NORM), threshold_for_the_norm=Times(theta, SpectralNorm(CLIPPED)), without_the_norm=SpectralNorm(CLIPPED))
    wrong += (Mutant("clipping by value in its place", Statement(Dot(g, by_value), "=", Times(NORM, SpectralNorm(by_value)))),)
    steps = (Step(Statement(Dot(g, CLIPPED), "=", Times(FACTOR, NORM**2)), Text("The inner product of a vector with itself is the square of its norm.", "向量与自身的内积是范数的平方。")),
             Step(statement, Text("One of the two norms belongs to the clipped gradient. Equality in the Cauchy–Schwarz inequality means the same direction.", "其中一个范数归裁剪后的梯度。柯西–施瓦茨不等式取等号，就是方向相同。"), ("clip.norm",)))
    return Entry("V802", "clip.direction", "identity", Text("Clipping by norm keeps the direction", "按范数裁剪不改变方向"), statement, Suite((VALUES,), wrong), declared=SYMBOLS, steps=steps, uses=("clip.norm",))


def value_bound():
    statement = Statement(SpectralNorm(Clip(g, theta)), "<=", Times(theta, Root(n)))
    wrong = mutants(statement, threshold_alone=theta, root_dropped=Times(theta, n, Rational(1, 8)), one_per_cent_less=Times(Rational(99, 100), theta, Root(n)))
    saturated = tuple({g: ImmutableMatrix(rows, 1, lambda i, j: (-1) ** i * (i + 9)), theta: Rational(5, 4), n: Integer(rows)} for rows in (2, 5, 9))
    steps = (Step(statement, Text("No entry exceeds the threshold, and there are n of them; equality where all of them reach it.", "没有一个元素超过阈值，元素共有 n 个；全部达到阈值时取等号。")),)
    return Entry("V803", "clip.value_bound", "bound", Text("Clipping by value: the norm still grows with the number of parameters", "按值裁剪：范数仍随参数个数增长"), statement, Suite(bounded("values with 60 digits", _points() + saturated, saturated), wrong), declared=SYMBOLS, steps=steps)


def angle():
    vector, cut = ImmutableMatrix([100, 1]), ImmutableMatrix([1, 1])
    fraction = Ratio(Integer(101), Times(Root(Integer(2)), Root(Integer(10001))))
    digits = Digits("7141421", -1)
    statement = Statement(fraction, "=", digits)
    wrong = digit_mutants("value", statement)
    steps = (Step(Statement(Ratio(Dot(vector, cut), Times(SpectralNorm(vector), SpectralNorm(cut))), "=", fraction), Text("Insert the gradient and what clipping at 1 makes of it.", "代入梯度以及在 1 处裁剪后的结果。")),
             Step(statement, Text("Its first digits.", "它的前几位。")))
    values = {"cosine": Number(Integer(101) / sqrt(20002)), "degrees": Number(180 / pi * acos(Integer(101) / sqrt(20002)))}
    return Entry("V804", "clip.value_angle", "constant", Text("Clipping (100, 1) by value turns it by almost half a right angle", "把 (100, 1) 按值裁剪，方向转过将近半个直角"), statement, Suite((enclosed("intervals and logarithms", ({},)),), wrong), steps=steps, values=values)


def scale():
    def clipped(vector, level):
        return Times(Smaller(Integer(1), Ratio(level, SpectralNorm(vector))), vector)

    scaled = Times(S, g)
    statement = Statement(Times(Ratio(1, S), clipped(scaled, theta)), "=", clipped(g, Slash(theta, S)))
    wrong = mutants(statement, same_threshold=clipped(g, theta), threshold_times_scale=clipped(g, Times(S, theta)), not_divided=clipped(scaled, theta), scale_squared=clipped(g, Ratio(theta, Times(S, S))))
    steps = (Step(statement, Text("The scale cancels in front, and divides the threshold inside the minimum.", "前面的倍数约去，最小值里的阈值则被它除。"), ("clip.norm",)),)
    return Entry("V805", "clip.scaled", "identity", Text("Clipping before unscaling divides the threshold by the loss scale", "先裁剪后还原，相当于把阈值除以缩放倍数"), statement, Suite((VALUES,), wrong), declared=(*SYMBOLS, SCALE), steps=steps)
