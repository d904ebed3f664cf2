"""How large the power of a matrix is: the spectral radius bounds its norm from below, and decides in the long run."""

import random
from dataclasses import replace

from sympy import I, ImmutableMatrix, Integer, Inverse, Rational, Symbol, diag

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import LargestEntry, Lim, Modulus, Ratio, SigmaMax, Slash, SpectralNorm, SpectralRadius, Times
from derivations.algebra.terms import Power, k, product
from derivations.checking.arithmetic import Double, Extended
from derivations.checking.bounds import ACTIVATIONS, Case, attack, sharp
from derivations.checking.scalars import Suite, agreement, mutants, random_matrix
from derivations.checking.spectra import growth_rate, walked_rate
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Statement, Step
from derivations.models.rnn import n
from derivations.powers import FROM_ZERO, MATRIX, SIZE, STEPS, L, S, W, lam, v
from derivations.text import Text


def entries():
    """The published results of this topic, in the order of the page."""
    return (radius_bound(), normal(), gelfand())


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
        Mutant("turned around, as if eigenvalues bounded the norm", replace(statement, relation=">="), "P04"), Mutant("norm for radius", replace(statement, left=SpectralNorm(W) ** k)), Mutant("one factor more on the left", replace(statement, left=SpectralRadius(W) ** (k + 1))),
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
