"""Softmax and its shares: the Jacobian, how large it can be, when it vanishes, and what the size of the scores does to it."""

import random
from itertools import product as choices

from mpmath import mp
from sympy import ImmutableMatrix, Integer, MatrixSymbol, Rational, Symbol, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Digits, Plus, Root, SpectralNorm, Times
from derivations.algebra.shares import PairSpread, ScoreSquare, SharesJacobian
from derivations.algebra.terms import Diag, product, total, transpose
from derivations.checking.arithmetic import DIGITS, Double, Exact, Extended
from derivations.checking.evaluate import value
from derivations.checking.expectations import quadratures, sampling, tested
from derivations.checking.measured_bounds import bounded
from derivations.checking.scalars import Suite, agreement, digit_mutants, mutants, numbers
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Statement, Step
from derivations.initialization import DRAW, applied, gaussian
from derivations.text import Text

n, d = symbols("n d", integer=True, positive=True)
sigma, m = symbols("sigma m", positive=True)
c = Symbol("c", real=True)
e, p, v, u = (MatrixSymbol(name, n, 1) for name in "epvu")
SCORES, SHARES = Declared(e, Text("scores", "得分"), (n, 1)), Declared(p, Text("shares: the exponentials of the scores, divided by their sum", "份额：得分的指数除以它们的总和"), (n, 1))
ANY, COUNT = Declared(v, Text("any vector: one number for each position", "任意向量：每个位置一个数"), (n, 1)), Declared(n, Text("number of positions", "位置的个数"))
ONE = Text("The shares are not negative and add up to one.", "份额非负，且和为一。")
INNER = total(Diag(p), product(Integer(-1), p, transpose(p)))
STEP = Rational(1, 10**20)


def entries():
    """The published results of this topic, in the order of the page."""
    return jacobian(), spread(), norm(), saturation(), reach(), score_square(), mean_slope()


def _softmax(scores, arithmetic):
    powers = [arithmetic.function("exp", x) for x in scores]
    return [x / sum(powers) for x in powers]


def by_differences(scores, arithmetic):
    """Central differences of softmax itself."""
    step, columns = arithmetic.number(STEP), []
    for place in range(len(scores)):
        ahead, behind = (_softmax([x + way * step * (i == place) for i, x in enumerate(scores)], arithmetic) for way in (1, -1))
        columns.append([(a - b) / (2 * step) for a, b in zip(ahead, behind)])
    return [list(row) for row in zip(*columns)]


def by_complex_steps(scores, arithmetic):
    """Imaginary parts behind a tiny imaginary step."""
    columns = [[x.imag / 1e-100 for x in _softmax([x + 1e-100j * (i == place) for i, x in enumerate(scores)], arithmetic)] for place in range(len(scores))]
    return [list(row) for row in zip(*columns)]


def _scored(arithmetic, derivative):
    """Scores, and the shares that this arithmetic makes of them."""
    draw, found = random.Random(138), []
    for rows in (2, 3, 4, 6):
        scores = [Rational(draw.randint(-24, 24), 8) for _ in range(rows)]
        with mp.workdps(DIGITS):
            shares = arithmetic.matrix([[x] for x in _softmax([arithmetic.number(x) for x in scores], arithmetic)])
        found.append({e: ImmutableMatrix(scores), p: shares, "jacobian": derivative, "size": rows})
    return tuple(found)


def _shared(*fixed):
    """Rational shares and a vector beside them; first those that are given."""
    draw, found = random.Random(139), []
    tops = [list(shares) for shares in fixed] + [[draw.randint(1, 40) ** power for _ in range(rows)] for rows in (2, 3, 4, 6) for power in (1, 4)]
    for row in tops:
        shares = ImmutableMatrix([Rational(x) / sum(row) for x in row])
        found.append({p: shares, v: ImmutableMatrix([Rational(draw.randint(-30, 30), 8) for _ in row]), u: ImmutableMatrix([1] * len(row)), c: Rational(draw.randint(-9, 9), 4), m: max(shares), "size": len(row)})
    return tuple(found)


def jacobian():
    statement = Statement(SharesJacobian(e), "=", INNER)
    outer = product(p, transpose(p))
    wrong = mutants(statement, outer_product_forgotten=Diag(p), plus_for_minus=total(Diag(p), outer), sign=total(product(Integer(-1), Diag(p)), outer), as_for_the_logistic_function=total(Diag(p), product(Integer(-1), Diag(p), Diag(p))))
    steps = (Step(statement, Text("A share is its exponential over the sum of all. The numerator gives the share itself, on the diagonal only; the sum in the denominator gives minus the product of two shares, everywhere.", "份额是自己的指数除以总和。分子给出份额本身，只在对角线上；分母里的总和给出两个份额之积的相反数，处处都有。")),)
    checks = (agreement("differences with 60 digits", Extended, _scored(Extended(), by_differences), 1e-30), agreement("complex step", Double, _scored(Double(), by_complex_steps), 1e-9))
    return Entry("V138", "softmax.jacobian", "identity", Text("The Jacobian of softmax", "softmax 的雅可比矩阵"), statement, Suite(checks, wrong), declared=(SCORES, SHARES, COUNT), steps=steps)


def spread():
    statement = Statement(product(transpose(v), INNER, v), "=", PairSpread(p, v))
    squares = product(transpose(v), Diag(p), v)
    wrong = mutants(statement, half_forgotten=Times(2, PairSpread(p, v)), sign=Times(-1, PairSpread(p, v)), squared=PairSpread(p, v) ** 2)
    wrong += (Mutant("outer product forgotten", Statement(squares, "=", PairSpread(p, v))), Mutant("plus for minus", Statement(product(transpose(v), total(Diag(p), product(p, transpose(p))), v), "=", PairSpread(p, v))))
    steps = (Step(statement, Text("Multiply the square out: the shares add up to one, so the two squares give the diagonal term together, and the mixed term gives the square of the mean.", "把平方展开：份额之和为一，两个平方项合起来给出对角项，交叉项给出平均值的平方。"), ("softmax.jacobian",)),)
    return Entry("V139", "softmax.spread", "identity", Text("What the Jacobian of softmax sees: differences, weighted by both shares", "softmax 的雅可比矩阵看见什么：差，以两份额之积为权"), statement, Suite((agreement("exact multiplication", Exact, _shared()), agreement("NumPy", Double, _shared(), 1e-9)), wrong),
                 declared=(SHARES, ANY, COUNT), assumptions=(ONE,), steps=steps)


def norm():
    statement = Statement(SpectralNorm(INNER), "<=", Rational(1, 2))
    wrong = mutants(statement, a_quarter=Rational(1, 4), one=Integer(1), one_per_cent_less=Rational(99, 200), as_for_the_logistic_function=Rational(1, 4) + Rational(1, 1000))
    attained = _shared((1, 1), (1, 1, 0))[:2]
    steps = (Step(statement, Text("The moduli of row i add up to p_i(1 − p_i) + p_i(1 − p_i), and no eigenvalue exceeds the largest row sum (Gershgorin). Twice x(1 − x) is at most one half.", "第 i 行各元素的绝对值之和是 p_i(1 − p_i) + p_i(1 − p_i)，特征值都不超过最大行和（盖尔圆盘定理）。x(1 − x) 的两倍至多为二分之一。"), ("softmax.jacobian",)),)
    return Entry("V140", "softmax.norm", "bound", Text("Softmax passes on one half at most", "softmax 至多传递二分之一"), statement, Suite(bounded("values with 60 digits", _shared() + attained, attained), wrong), declared=(SHARES, COUNT), assumptions=(ONE,), steps=steps)


def saturation():
    right = Times(2, m, Plus(1, -m))
    statement = Statement(SpectralNorm(INNER), "<=", right)
    points = tuple(at for at in _shared((9, 1), (7, 2, 1), (99, 1), (900, 50, 30, 20)) if at[m] >= Rational(1, 2))
    attained = tuple(at for at in _shared((9, 1), (99, 1), (3, 1, 0))[:3])
    two = ImmutableMatrix([Rational(99, 100), Rational(1, 100)])
    claims = {"at_0.99": Statement(SpectralNorm(total(Diag(two), product(Integer(-1), two, two.T))), "=", Rational(198, 10000))}
    wrong = mutants(statement, two_forgotten=Times(m, Plus(1, -m)), the_rest_alone=Plus(1, -m), not_saturated=Rational(1, 2), squared=Times(2, m, Plus(1, -m) ** 2), one_per_cent_less=Times(Rational(99, 100), right))
    steps = (Step(statement, Text("The row of the largest share gives this sum. The other shares are at most 1 − m, which is at most one half, and there x(1 − x) increases: their rows give no more.", "最大份额所在的行给出这个和。其余份额至多为 1 − m，不超过二分之一，而 x(1 − x) 在那里递增，所以其余的行不会给出更大的值。"), ("softmax.norm",)),)
    return Entry("V141", "softmax.saturation", "bound", Text("One winner: what is left of the Jacobian of softmax", "一家独大时，softmax 的雅可比矩阵还剩多少"), statement, Suite(bounded("values with 60 digits", points + attained, attained), wrong, claims), declared=(SHARES, Declared(m, Text("the largest share", "最大的份额"), domain="m \\ge \\tfrac12"), COUNT),
                 assumptions=(ONE,), steps=steps, values=numbers(claims))


def reach():
    right = Times(Rational(1, 2), SpectralNorm(total(v, product(-c, u))))
    statement = Statement(SpectralNorm(product(INNER, v)), "<=", right)
    attained = tuple({p: ImmutableMatrix([Rational(1, 2)] * 2), v: ImmutableMatrix([shift + 3, shift - 3]), u: ImmutableMatrix([1, 1]), c: shift, "size": 2} for shift in (Integer(0), Rational(7, 4)))
    wrong = mutants(statement, half_forgotten=Times(2, right), a_quarter=Times(Rational(1, 2), right), one_per_cent_less=Times(Rational(99, 100), right))
    steps = (Step(Statement(product(INNER, v), "=", product(INNER, total(v, product(-c, u)))), Text("A vector of equal entries gives zero, since each row adds up to zero.", "各元素相等的向量给出零，因为每一行的和为零。"), ("softmax.spread",)),
             Step(statement, Text("The norm of the matrix is at most one half.", "矩阵的范数至多为二分之一。"), ("softmax.norm",)))
    return Entry("V142", "softmax.reach", "bound", Text("Where the values are alike, no score receives a gradient", "值都相同的地方，得分收不到梯度"), statement, Suite(bounded("values with 60 digits", _shared() + attained, attained), wrong),
                 declared=(SHARES, Declared(v, Text("what each value contributes: its inner product with the adjoint of the output", "每个值的贡献：它与输出的伴随变量的内积"), (n, 1)), Declared(u, Text("vector of ones", "全一向量"), (n, 1)), Declared(c, Text("any number", "任意数")), COUNT), assumptions=(ONE,), steps=steps)


def _listed(rows, deviation, arithmetic):
    """All values of both vectors: entries are −2σ, 0 or 2σ with the probabilities 1/8, 3/4, 1/8."""
    one = arithmetic.number(Integer(1))
    law = [(way * 2 * deviation, one * arithmetic.number(chance)) for way, chance in ((-1, Rational(1, 8)), (0, Rational(3, 4)), (1, Rational(1, 8)))]
    found = 0 * one
    for drawn in choices(law, repeat=2 * rows):
        chance, score = one, 0 * one
        for _, part in drawn:
            chance = chance * part
        for (left, _), (right, _) in zip(drawn[:rows], drawn[rows:]):
            score = score + left * right
        found = found + chance * score * score
    return found


def _sampled(points, count=4000):
    import numpy

    def gap(statement, at, place, batch):
        def law(rows, deviation, arithmetic):
            q, k = numpy.random.default_rng([143, place, batch]).normal(0, deviation, (2, rows, count))
            return float(((q * k).sum(axis=0) ** 2).mean())

        left, right = (value(side, {**at, "law": law}, Double()) for side in (statement.left, statement.right))
        return float(left - right)

    return "Monte-Carlo test", tested(points, gap)


def score_square():
    statement = Statement(ScoreSquare(d, sigma), "=", Times(sigma**4, d))
    few = tuple({d: Integer(rows), sigma: Rational(top, 3), "law": _listed} for rows, top in ((1, 2), (2, 5), (3, 4)))
    many = tuple({d: Integer(rows), sigma: Rational(top, 4)} for rows, top in ((4, 3), (64, 4), (128, 5)))
    wrong = mutants(statement, counted_squared=Times(sigma**4, d**2), variance_not_squared=Times(sigma**2, d), root=Times(sigma**4, Root(d)), doubled=Times(2, sigma**4, d), does_not_grow=sigma**4)
    steps = (Step(statement, Text("The square is a double sum over the entries. Mixed terms have mean zero; each of the d squares has the mean σ²σ².", "平方是对各分量的二重求和。交叉项均值为零；d 个平方项各有均值 σ²σ²。")),)
    return Entry("V143", "attention.score_square", "expectation", Text("A score grows with the root of the number of dimensions", "得分随维数的平方根增长"), statement, Suite((agreement("enumeration of all values", Exact, few), _sampled(many)), wrong),
                 declared=(Declared(d, Text("size of a query and of a key", "查询与键的维数")), Declared(sigma, Text("standard deviation of their entries", "各分量的标准差"), domain="\\sigma > 0")), steps=steps, sources=("vaswani2017",),
                 assumptions=(Text("All entries of query and key are independent, with mean zero and variance σ².", "查询与键的各分量相互独立，均值为零，方差为 σ²。"),))


MEANS = {"scaled": (2, ("363161846031", -1)), "d_64": (128, ("696409102670", -2)), "d_1024": (2048, ("176167873203", -2))}


def mean_slope():
    def mean(variance):
        return Times(2, gaussian(applied("sigma", 1), Integer(variance)))

    found = {name: Statement(mean(variance), "=", Digits(*digits)) for name, (variance, digits) in MEANS.items()}
    statement, claims = found["scaled"], {name: claim for name, claim in found.items() if name != "scaled"}
    wrong = digit_mutants("value", statement) + mutants(statement, one_half=Rational(1, 2))
    steps = (Step(statement, Text("With two positions the norm is 2 p(1 − p), and p(1 − p) is the slope of the logistic function at the difference of the two scores, whose variance is twice that of one.", "只有两个位置时，范数是 2p(1 − p)，而 p(1 − p) 正是逻辑斯谛函数在两个得分之差处的导数；差的方差是一个得分的两倍。"), ("softmax.saturation", "attention.score_square")),)
    values = {name: Number(Rational(int(digits)) * Rational(10) ** (exponent - len(digits) + 1), len(digits)) for name, (_, (digits, exponent)) in MEANS.items()}
    return Entry("V144", "softmax.mean_slope", "expectation", Text("The mean norm of the Jacobian for two positions and scores of variance one", "两个位置、得分方差为一时，雅可比矩阵范数的均值"), statement, Suite((*quadratures(), sampling(144)), wrong, claims), declared=(DRAW,), steps=steps, values=values,
                 assumptions=(Text("Two positions; the scores are independent and normal, as they nearly are in high dimension.", "只有两个位置；得分相互独立且服从正态分布，维数高时近似如此。"),))
