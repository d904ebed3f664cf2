"""Powers of one matrix: along eigenvectors, in complex pairs, in Jordan blocks."""

import random

from sympy import I, ImmutableMatrix, Integer, Inverse, MatrixSymbol, Rational, Symbol, Transpose, cos, diag, oo, sin, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Decimal, Modulus, Plus, Times
from derivations.algebra.terms import Power, k, product
from derivations.checking.arithmetic import Angle, Exact, Extended
from derivations.checking.scalars import Suite, agreement, induction, mutants, numbers, random_matrix
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Range, Statement, Step
from derivations.models.rnn import SIZES, n
from derivations.text import Text

lam = Symbol("lambda")
a, b, r, theta = symbols("a b r theta", real=True)
S, L, W, v = MatrixSymbol("S", n, n), MatrixSymbol("Lambda", n, n), MatrixSymbol("W", n, n), MatrixSymbol("v", n, 1)
STEPS, FROM_ZERO = Declared(k, Text("number of factors", "因子的个数")), (Range(k, Integer(0), oo),)
MATRIX, SIZE = Declared(W, Text("any square matrix", "任意方阵"), (n, n)), Declared(n, SIZES[n])
EXACT_POWERS = range(0, 13)


def grid(*rows):
    return ImmutableMatrix([[Decimal(x) if isinstance(x, str) else x for x in row] for row in rows])


JORDAN = grid((a, b), (0, a))
SCALARS = (Declared(a, Text("the eigenvalue, twice", "二重特征值")), Declared(b, Text("the coupling of the two coordinates", "两个坐标之间的耦合")))


def entries():
    """The published results of this topic, in the order of the page."""
    return (similarity(), eigenvector(), modulus(), rotation(), jordan())


def similarity():
    left, right = Power(product(S, L, Inverse(S)), k), product(S, Power(L, k), Inverse(S))
    statement = Statement(left, "=", right)
    draw = random.Random(301)
    points = tuple({k: Integer(power), S: random_matrix(draw, size, size, True), L: random_matrix(draw, size, size, True), "size": size} for size in (2, 3, 4) for power in (0, 1, 2, 5))
    wrong = mutants(
        statement, outer_factors_exchanged=product(Inverse(S), Power(L, k), S), inverse_forgotten=product(S, Power(L, k), S), one_factor_more=product(S, Power(L, k + 1), Inverse(S)),
        outer_factors_to_the_power=product(Power(S, k), Power(L, k), Power(Inverse(S), k)), transpose_for_inverse=product(S, Power(L, k), Transpose(S)), outer_factors_dropped=Power(L, k),
    )  # fmt: skip
    return Entry(
        "V301", "powers.similarity", "identity", Text("Powers in a basis of eigenvectors", "在特征向量基下的幂"), statement,
        Suite((induction("induction on k"), agreement("exact multiplication over ℂ", Exact, points)), wrong), domain=FROM_ZERO,
        declared=(STEPS, Declared(S, Text("an invertible complex matrix; its columns are eigenvectors where Λ is diagonal", "可逆复矩阵；当 Λ 为对角矩阵时，其各列是特征向量"), (n, n)), Declared(L, Text("any complex matrix, usually diagonal", "任意复矩阵，通常为对角矩阵"), (n, n)), SIZE),
        steps=(
            Step(Statement(Power(product(S, L, Inverse(S)), Integer(0)), "=", product(S, Power(L, Integer(0)), Inverse(S))), Text("Base: for k = 0 both sides are the identity.", "归纳基础：k = 0 时两边都是单位矩阵。")),
            Step(Statement(Power(product(S, L, Inverse(S)), k + 1), "=", product(product(S, Power(L, k), Inverse(S)), product(S, L, Inverse(S)))), Text("Step: one more factor, with the claim for k.", "归纳步骤：再乘一个因子，并代入 k 的结论。")),
            Step(Statement(Power(product(S, L, Inverse(S)), k + 1), "=", product(S, Power(L, k + 1), Inverse(S))), Text("The two factors in the middle cancel.", "中间的两个因子相互抵消。")),
        ),
    )  # fmt: skip


def eigenvector():
    statement = Statement(product(Power(W, k), v), "=", product(lam**k, v))
    draw, points = random.Random(302), []
    for size in (2, 3, 4):
        basis, values = random_matrix(draw, size, size, True), [Rational(draw.randint(1, 9), 4) + I * Rational(draw.randint(-9, 9), 4) for _ in range(size)]
        whole = ImmutableMatrix((basis * diag(*values) * basis.inv()).applyfunc(lambda x: x.expand(complex=True)))
        points += [{k: Integer(power), W: whole, v: basis[:, 0], lam: values[0], "size": size} for power in (0, 1, 2, 6)]
    wrong = mutants(
        statement, one_factor_more=product(lam ** (k + 1), v), power_dropped=product(lam, v), multiplied_instead=product(Times(k, lam), v), sign=product(-(lam**k), v), scalar_dropped=v, inverse=product(lam ** Times(-1, k), v),
    ) + (Mutant("transpose of W", Statement(product(Power(Transpose(W), k), v), "=", statement.right)),)  # fmt: skip
    return Entry(
        "V302", "powers.eigenvector", "identity", Text("Along an eigenvector a power is a number", "沿特征向量方向，矩阵的幂就是数的幂"), statement,
        Suite((induction("induction on k", {product(W, v): product(lam, v)}), agreement("exact multiplication over ℂ", Exact, tuple(points))), wrong), domain=FROM_ZERO,
        declared=(STEPS, MATRIX, Declared(v, Text("an eigenvector", "特征向量"), (n, 1)), Declared(lam, Text("its eigenvalue, real or complex", "对应的特征值，可为实数或复数")), SIZE),
        assumptions=(Text("W v = λ v.", "W v = λ v。"),),
        steps=(
            Step(Statement(product(W, v), "=", product(lam, v)), Text("This is what makes v an eigenvector; for k = 0 there is nothing to show.", "这正是特征向量的定义；k = 0 时无需证明。")),
            Step(Statement(product(Power(W, k + 1), v), "=", product(W, product(lam**k, v))), Text("Step: one more factor from the left, with the claim for k.", "归纳步骤：从左边再乘一个 W，并代入 k 的结论。")),
            Step(Statement(product(Power(W, k + 1), v), "=", product(lam ** (k + 1), v)), Text("The number moves out, and W v is λ v once more.", "把数提到前面，再用一次 W v = λ v。")),
        ),
    )  # fmt: skip


def modulus():
    statement = Statement(Modulus(lam**k), "=", Modulus(lam) ** k)
    claims = {"power_10": Statement(Modulus(Times(-2) ** 10), "=", Integer(1024))}
    complexes = (Rational(-2), Rational(-1, 2), (3 + 4 * I) / 5, Rational(3, 2) * I, (5 - 12 * I) / 7, (8 + 15 * I) / 20)
    points = tuple({lam: x, k: Integer(power)} for x in complexes for power in (0, 1, 2, 7, 12))
    wrong = mutants(statement, exponent_dropped=Modulus(lam), one_factor_more=Modulus(lam) ** Plus(k, 1), multiplied_instead=Times(k, Modulus(lam)), inverse=Modulus(lam) ** Times(-1, k)) + (Mutant("modulus forgotten, as if the eigenvalue decided", statement.with_right(lam**k), "P04"),)
    return Entry(
        "V303", "powers.modulus", "identity", Text("The modulus of an eigenvalue decides, not the eigenvalue", "起决定作用的是特征值的模，而不是特征值本身"), statement,
        Suite((agreement("exact complex multiplication", Exact, points), agreement("60 digits", Extended, points, 1e-50)), wrong, claims), domain=FROM_ZERO,
        declared=(STEPS, Declared(lam, Text("an eigenvalue, real or complex", "特征值，可为实数或复数"))), values=numbers(claims) | {"lambda": Number(Integer(-2))},
        steps=(
            Step(Statement(Modulus(lam ** (k + 1)), "=", Times(Modulus(lam), Modulus(lam**k))), Text("The modulus of a product is the product of the moduli.", "乘积的模等于模的乘积。")),
            Step(statement, Text("Induction on k; for k = 0 both sides are 1.", "对 k 归纳；k = 0 时两边都是 1。")),
        ),
    )  # fmt: skip


def _turn(angle, sign=-1):
    return ImmutableMatrix([[cos(angle), Times(-1, sin(angle))], [sin(angle), cos(angle)]]) if sign < 0 else ImmutableMatrix([[cos(angle), sin(angle)], [Times(-1, sin(angle)), cos(angle)]])


def rotation():
    angle = Times(k, theta)
    statement = Statement(Power(product(r, _turn(theta)), k), "=", product(r**k, _turn(angle)))
    directions = ((Rational(3, 5), Rational(4, 5)), (Rational(-5, 13), Rational(12, 13)), (Rational(8, 17), Rational(-15, 17)))
    points = tuple({r: radius, theta: Angle(*direction), k: Integer(power)} for radius, direction in zip((Rational(9, 10), Rational(5, 4), Rational(2, 3)), directions, strict=True) for power in EXACT_POWERS)
    swapped = ImmutableMatrix([[sin(angle), Times(-1, cos(angle))], [cos(angle), sin(angle)]])
    wrong = mutants(
        statement, turned_the_other_way=product(r**k, _turn(angle, 1)), angle_not_multiplied=product(r**k, _turn(theta)), radius_not_raised=product(r, _turn(angle)), sine_and_cosine_exchanged=product(r**k, swapped),
        one_factor_more=product(r ** (k + 1), _turn(angle)), radius_dropped=_turn(angle), one_turn_more=product(r**k, _turn(Times(Plus(k, 1), theta))),
    )  # fmt: skip
    later = Times(Plus(k, 1), theta)
    return Entry(
        "V304", "powers.rotation", "identity", Text("A complex pair of eigenvalues turns and shrinks, or turns and grows", "一对共轭复特征值：边旋转，边收缩或放大"), statement,
        Suite((induction("induction on k with the addition theorems"), agreement("exact multiplication", Exact, points)), wrong), domain=FROM_ZERO,
        declared=(STEPS, Declared(r, Text("modulus of the two eigenvalues", "两个特征值的模"), domain="r > 0"), Declared(theta, Text("angle of one turn; the eigenvalues have the arguments θ and −θ", "每一步转过的角；两个特征值的辐角为 θ 与 −θ"))),
        steps=(
            Step(Statement(Power(product(r, _turn(theta)), k + 1), "=", product(r ** (k + 1), _turn(angle), _turn(theta))), Text("Step: one more factor, with the claim for k; for k = 0 both sides are the identity.", "归纳步骤：再乘一个因子，并代入 k 的结论；k = 0 时两边都是单位矩阵。")),
            Step(Statement(Plus(Times(cos(angle), cos(theta)), Times(-1, sin(angle), sin(theta))), "=", cos(later)), Text("The entries of the product are the addition theorems: this one,", "乘积的各元素正是加法定理：这是其一，")),
            Step(Statement(Plus(Times(sin(angle), cos(theta)), Times(cos(angle), sin(theta))), "=", sin(later)), Text("and this one.", "这是其二。")),
        ),
    )  # fmt: skip


def _jordan_power(count, top=None):
    return ImmutableMatrix([[a**count, Times(count, a ** (count - 1), b) if top is None else top], [0, a**count]])


def jordan():
    statement = Statement(Power(JORDAN, k), "=", _jordan_power(k))
    points = tuple({a: Rational(x), b: Rational(y), k: Integer(power)} for x, y in (("9/10", "5"), ("-2/3", "1/4"), ("5/4", "-7/3")) for power in EXACT_POWERS)
    corner = Times(k, a ** (k - 1), b)
    wrong = mutants(
        statement, factor_k_dropped=_jordan_power(k, Times(a ** (k - 1), b)), one_power_too_many=_jordan_power(k, Times(k, a**k, b)), one_count_too_few=_jordan_power(k, Times(Plus(k, -1), a ** (k - 1), b)),
        entrywise_power=_jordan_power(k, b**k), sign=_jordan_power(k, Times(-1, *corner.args)), transposed=ImmutableMatrix([[a**k, 0], [corner, a**k]]), one_factor_more=_jordan_power(k + 1), off_diagonal_dropped=_jordan_power(k, Integer(0)),
    )  # fmt: skip
    return Entry(
        "V305", "powers.jordan", "identity", Text("Powers of a Jordan block", "若尔当块的幂"), statement, Suite((induction("induction on k"), agreement("exact multiplication", Exact, points)), wrong), domain=FROM_ZERO,
        declared=(STEPS, Declared(a, Text("the eigenvalue, twice", "二重特征值"), domain="a \\ne 0"), SCALARS[1]),
        steps=(
            Step(Statement(Power(JORDAN, k + 1), "=", product(_jordan_power(k), JORDAN)), Text("Step: one more factor, with the claim for k; for k = 0 both sides are the identity.", "归纳步骤：再乘一个因子，并代入 k 的结论；k = 0 时两边都是单位矩阵。")),
            Step(Statement(Plus(Times(a**k, b), Times(corner, a)), "=", Times(Plus(k, 1), a**k, b)), Text("The upper right entry of the product; the diagonal is clear.", "乘积的右上角元素；对角线显然。")),
        ),
    )  # fmt: skip
