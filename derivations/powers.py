"""Powers of one matrix: along eigenvectors, in complex pairs, in Jordan blocks; the spectral radius and the norm."""

import random
from dataclasses import replace

from sympy import I, ImmutableMatrix, Integer, Inverse, MatrixSymbol, Rational, Symbol, Transpose, cos, diag, oo, sin, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Decimal, LargestEntry, Lim, Modulus, Plus, Ratio, SigmaMax, Slash, SpectralNorm, SpectralRadius, Times
from derivations.algebra.terms import Power, k, product
from derivations.checking.arithmetic import Angle, Double, Exact, Extended
from derivations.checking.bounds import ACTIVATIONS, Case, attack, sharp
from derivations.checking.scalars import Suite, agreement, induction, mutants, numbers, random_matrix
from derivations.checking.spectra import growth_rate, walked_rate
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
    return (similarity(), eigenvector(), modulus(), rotation(), jordan(), radius_bound(), normal(), gelfand())


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
    wrong = mutants(statement, exponent_dropped=Modulus(lam), one_factor_more=Modulus(lam) ** Plus(k, 1), multiplied_instead=Times(k, Modulus(lam)), inverse=Modulus(lam) ** Times(-1, k)) + (Mutant("modulus forgotten", statement.with_right(lam**k), "P04"),)
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


ATTACKED = {"W": W, "k": k, "gamma": Symbol("gamma")}


def _bare(label, rows, steps):
    """A case that has a matrix and a number of factors only."""
    return Case(label, rows, ACTIVATIONS["tanh"], ((0.0,) * len(rows),) * steps)


def _random_matrix_case(draw):
    size, steps = int(draw.integers(2, 6)), int(draw.integers(1, 13))
    return _bare(f"a random {size} × {size} matrix, k = {steps}", tuple(map(tuple, (draw.normal(size=(size, size)) / size**0.5).tolist())), steps)


def radius_bound():
    statement = Statement(SpectralRadius(W) ** k, "<=", SpectralNorm(Power(W, k)))
    stated = (_bare("[[0.5, 10], [0, 0.5]], k = 3", ((0.5, 10.0), (0.0, 0.5)), 3), _bare("[[0, 4], [0.25, 0]], k = 3", ((0.0, 4.0), (0.25, 0.0)), 3), _bare("1.5 times a quarter turn, k = 3", ((0.0, -1.5), (1.5, 0.0)), 3))
    turn = ((Rational(3, 5), Rational(-4, 5)), (Rational(4, 5), Rational(3, 5)))
    equal = tuple(_bare(f"{size} times a rotation, k = {steps}", tuple(tuple(size * x for x in row) for row in turn), steps) for size, steps in ((Rational(5, 4), 7), (Rational(4, 5), 12)))
    wrong = (
        Mutant("turned around", replace(statement, relation=">=")), Mutant("norm for radius", replace(statement, left=SpectralNorm(W) ** k)), Mutant("one factor more on the left", replace(statement, left=SpectralRadius(W) ** (k + 1))),
        Mutant("one factor more on the right", statement.with_right(SpectralNorm(Power(W, k + 1)))), Mutant("counted on the left", replace(statement, left=Times(k, SpectralRadius(W) ** k))), Mutant("twice the norm", statement.with_right(Times(2, statement.right))),
        Mutant("half the norm", statement.with_right(Ratio(statement.right, 2))), Mutant("largest entry of the power", statement.with_right(LargestEntry(Power(W, k)))),
    )  # fmt: skip
    return Entry(
        "V313", "powers.radius_bound", "bound", Text("The spectral radius bounds the norm of a power from below", "谱半径给出幂的范数的下界"), statement,
        Suite((attack("search for a counter-example", ATTACKED, stated, _random_matrix_case), sharp("a case of equality", ATTACKED, equal)), wrong), domain=FROM_ZERO,
        declared=(STEPS, MATRIX, Declared(v, Text("an eigenvector to an eigenvalue of largest modulus", "模最大的特征值所对应的特征向量"), (n, 1)), Declared(lam, Text("that eigenvalue", "该特征值")), SIZE),
        steps=(
            Step(Statement(product(Power(W, k), v), "=", product(lam**k, v)), Text("Take an eigenvector v to an eigenvalue of largest modulus.", "取模最大的特征值 λ 及其特征向量 v。"), ("powers.eigenvector",)),
            Step(Statement(Times(Modulus(lam) ** k, SpectralNorm(v)), "<=", Times(SpectralNorm(Power(W, k)), SpectralNorm(v))), Text("Take norms; a matrix stretches no vector by more than its norm.", "两边取范数；矩阵对任何向量的放大倍数都不超过它的范数。"), ("powers.modulus",)),
            Step(statement, Text("Divide by the norm of v, which is not zero.", "两边除以 v 的范数，它不为零。")),
        ),
    )  # fmt: skip


def normal():
    statement = Statement(SpectralNorm(Power(W, k)), "=", SpectralRadius(W) ** k)
    draw, points = random.Random(314), []
    for size in (2, 3, 4):
        skew = ImmutableMatrix(size, size, lambda i, j: (j - i) * (1 + i + j) / Integer(3))
        unit = ImmutableMatrix.eye(size)
        orthogonal = (unit - skew) * (unit + skew).inv()
        values = [Rational(draw.randint(1, 5), 4) + I * Rational(draw.randint(-5, 5), 4) for _ in range(size)]
        whole = ImmutableMatrix((orthogonal * diag(*values) * orthogonal.T).applyfunc(lambda x: x.expand(complex=True)))
        points += [{W: whole, k: Integer(power), "size": size} for power in (1, 2, 9)]
    wrong = mutants(statement, power_dropped=SpectralRadius(W), one_factor_more=SpectralRadius(W) ** (k + 1), counted=Times(k, SpectralRadius(W) ** k), largest_entry=LargestEntry(W) ** k, inverse=SpectralRadius(W) ** Times(-1, k), half=Ratio(statement.right, 2))
    return Entry(
        "V314", "powers.normal", "identity", Text("For a normal matrix norm and spectral radius agree", "对正规矩阵，范数与谱半径一致"), statement,
        Suite((agreement("60 digits", Extended, tuple(points), 1e-40), agreement("NumPy", Double, tuple(points), 1e-10)), wrong), domain=FROM_ZERO,
        declared=(STEPS, Declared(W, Text("a normal matrix: one with an orthonormal basis of eigenvectors", "正规矩阵：具有由特征向量组成的标准正交基"), (n, n)), Declared(S, Text("a unitary matrix of eigenvectors", "由特征向量组成的酉矩阵"), (n, n)), Declared(L, Text("the diagonal matrix of eigenvalues", "特征值组成的对角矩阵"), (n, n)), SIZE),
        assumptions=(Text("W is normal: it commutes with its conjugate transpose.", "W 是正规矩阵：与其共轭转置可交换。"),),
        steps=(
            Step(Statement(Power(W, k), "=", product(S, Power(L, k), Inverse(S))), Text("Diagonalize; for a normal matrix S can be chosen unitary.", "对角化；对正规矩阵，S 可以取为酉矩阵。"), ("powers.similarity",)),
            Step(Statement(SpectralNorm(Power(W, k)), "=", SpectralNorm(Power(L, k))), Text("Unitary factors do not change the norm.", "酉因子不改变范数。")),
            Step(statement, Text("The norm of a diagonal matrix is its largest modulus, here that of a power of an eigenvalue.", "对角矩阵的范数是其元素模的最大值，这里就是特征值之幂的模。"), ("powers.modulus",)),
        ),
    )  # fmt: skip


def gelfand():
    body = SpectralNorm(Power(W, k)) ** Slash(1, k)
    statement = Statement(Lim(body, k), "=", SpectralRadius(W))
    draw = random.Random(315)
    matrices = tuple((f"a random {size} × {size} matrix", random_matrix(draw, size, size)) for size in (2, 3, 4)) + (("[[0.9, 5], [0, 0.9]]", ImmutableMatrix([[Rational(9, 10), 5], [0, Rational(9, 10)]])), ("[[0.5, 10], [0, 0.5]]", ImmutableMatrix([[Rational(1, 2), 10], [0, Rational(1, 2)]])))
    wrong = mutants(statement, largest_singular_value=SigmaMax(W), largest_entry=LargestEntry(W), squared=SpectralRadius(W) ** 2, twice=Times(2, SpectralRadius(W)), one=Integer(1)) + (Mutant("root dropped", replace(statement, left=Lim(SpectralNorm(Power(W, k)), k))),)
    return Entry(
        "V315", "powers.gelfand", "asymptotic", Text("In the long run the spectral radius decides (Gelfand's formula)", "长远来看由谱半径决定（Gelfand 公式）"), statement,
        Suite((walked_rate("256 factors in doubles", W, k, matrices), growth_rate("2^40 factors with 60 digits", W, k, matrices)), wrong), declared=(STEPS, MATRIX, SIZE),
        limits=(Text("The limit is confirmed for given matrices; the proof for every matrix is the classical one and is not repeated here.", "极限只对给定的矩阵作了数值验证；对任意矩阵的证明是经典结果，这里不再重复。"),),
        steps=(
            Step(Statement(SpectralRadius(W), "<=", body), Text("The k-th root of the lower bound.", "对下界取 k 次方根。"), ("powers.radius_bound",)),
            Step(statement, Text("For an upper bound, each Jordan block grows like a polynomial in k times a power of its eigenvalue, and the k-th root of a polynomial tends to 1.", "上界方面，每个若尔当块的增长不超过 k 的多项式乘以特征值的幂，而多项式的 k 次方根趋于 1。"), ("powers.jordan",)),
        ),
    )  # fmt: skip
