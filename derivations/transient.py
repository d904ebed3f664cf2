"""Eigenvalues against singular values: transient growth, nilpotent matrices, and units that switch off."""

from sympy import Abs, ImmutableMatrix, Integer, Rational, ZeroMatrix, oo, sqrt, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Decimal, Digits, Extreme, Least, Plus, Proposition, Ratio, Root, SpectralNorm, SpectralRadius, Times
from derivations.algebra.terms import Power, k, product
from derivations.checking.scalars import Suite, digit_mutants, mutants, numbers, rationals
from derivations.checking.spectra import exact_norms, numpy_norms
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Range, Statement, Step
from derivations.powers import FROM_ZERO, JORDAN, SCALARS, STEPS, a, b, grid
from derivations.text import Text

FROM_ONE = (Range(k, Integer(1), oo),)
SLOW = grid(("0.9", 5), (0, "0.9"))


def entries():
    """The published results of this topic, in the order of the page."""
    return (jordan_norm(), jordan_radius(), transient_peak(), transient_below_one(), nilpotent(), masked_norm(), masked_radius())


def jordan_norm():
    right = Ratio(Plus(Abs(b), Root(Plus(b**2, Times(4, a**2)))), 2)
    statement = Statement(SpectralNorm(JORDAN), "=", right)
    known = {"0.9_5": (Rational(9, 10), 5), "0.5_10": (Rational(1, 2), 10), "0_2": (Integer(0), 2)}
    claims = {f"sigma_{name}": Statement(SpectralNorm(ImmutableMatrix([[x, y], [0, x]])), "=", _closed_norm(x, Integer(y))) for name, (x, y) in known.items()}
    points = rationals(306, (a, b), 8)
    wrong = mutants(
        statement, half_dropped=Plus(Abs(b), Root(Plus(b**2, Times(4, a**2)))), smaller_singular_value=Ratio(Plus(Root(Plus(b**2, Times(4, a**2))), Times(-1, Abs(b))), 2), four_dropped=Ratio(Plus(Abs(b), Root(Plus(b**2, a**2))), 2),
        spectral_radius=Abs(a), frobenius_norm=Root(Plus(Times(2, a**2), b**2)), modulus_dropped=Ratio(Plus(b, Root(Plus(b**2, Times(4, a**2)))), 2), largest_row_sum=Plus(Abs(a), Abs(b)), a_and_b_exchanged=Ratio(Plus(Abs(a), Root(Plus(a**2, Times(4, b**2)))), 2),
    )  # fmt: skip
    one, two = symbols("sigma_1 sigma_2", nonnegative=True)
    singular = tuple(Declared(x, Text(f"the {en} singular value", f"{zh}奇异值")) for x, en, zh in ((one, "larger", "较大的"), (two, "smaller", "较小的")))
    return Entry(
        "V306", "powers.jordan_norm", "identity", Text("Spectral norm of a Jordan block", "若尔当块的谱范数"), statement,
        Suite((exact_norms("characteristic polynomial of WᵀW", points), numpy_norms("NumPy's singular values", points)), wrong, claims), declared=SCALARS + singular, values=numbers(claims),
        steps=(
            Step(Statement(Times(one, two), "=", a**2), Text("The product of the singular values is the modulus of the determinant.", "奇异值之积等于行列式的绝对值。")),
            Step(Statement(Plus(one**2, two**2), "=", Plus(Times(2, a**2), b**2)), Text("The sum of their squares is the sum of the squared entries.", "奇异值的平方和等于各元素的平方和。")),
            Step(Statement(Plus(one, two) ** 2, "=", Plus(b**2, Times(4, a**2))), Text("Add twice the first line.", "加上第一行的两倍。")),
            Step(Statement(Plus(one, -two) ** 2, "=", b**2), Text("Subtract it instead.", "改为减去第一行的两倍。")),
            Step(statement, Text("Half the sum of the two roots is the larger singular value.", "两个平方根之和的一半，就是较大的奇异值。")),
        ),
    )  # fmt: skip


def _closed_norm(x, y, power=1):
    """The norm of [[x, y], [0, x]]^power as an exact number."""
    p, q = x**power, power * x ** (power - 1) * y if power != 1 else y
    return (abs(q) + sqrt(q**2 + 4 * p**2)) / 2


def jordan_radius():
    statement = Statement(SpectralRadius(JORDAN), "=", Abs(a))
    known = {"0.9_5": (Rational(9, 10), 5), "0.5_10": (Rational(1, 2), 10), "0_2": (Integer(0), 2)}
    claims = {f"rho_{name}": Statement(SpectralRadius(ImmutableMatrix([[x, y], [0, x]])), "=", x) for name, (x, y) in known.items()}
    wrong = mutants(statement, modulus_dropped=a, the_other_entry=Abs(b), spectral_norm=Ratio(Plus(Abs(b), Root(Plus(b**2, Times(4, a**2)))), 2), trace=Times(2, Abs(a)), determinant=a**2)
    points = rationals(307, (a, b), 8)
    return Entry(
        "V307", "powers.jordan_radius", "identity", Text("Spectral radius of a Jordan block: the coupling does not enter", "若尔当块的谱半径：与耦合无关"), statement,
        Suite((exact_norms("characteristic polynomial", points), numpy_norms("NumPy's eigenvalues", points)), wrong, claims), declared=SCALARS, values=numbers(claims),
        steps=(Step(statement, Text("The eigenvalues of a triangular matrix stand on its diagonal.", "三角矩阵的特征值就是对角线上的元素。")),),
    )  # fmt: skip


NORM_OF_POWER = SpectralNorm(Power(SLOW, k))
SCANS = (exact_norms("every power, exactly", ({},)), numpy_norms("NumPy's powers and singular values", ({},)))


def _norm_claim(power):
    return Statement(SpectralNorm(Power(SLOW, Integer(power))), "=", _closed_norm(Rational(9, 10), Integer(5), power))


def _norm_of_power_step():
    corner = Ratio(Times(50, k), 9)
    return (
        Step(Statement(Power(SLOW, k), "=", product(Decimal("0.9") ** k, ImmutableMatrix([[1, corner], [0, 1]]))), Text("A power of a Jordan block, with the factor taken out.", "若尔当块的幂，提出公因子。"), ("powers.jordan",)),
        Step(Statement(NORM_OF_POWER, "=", Times(Decimal("0.9") ** k, Ratio(Plus(Times(25, k), Root(Plus(Times(625, k**2), 81))), 9))), Text("Its norm: at first k grows faster than the power of 0.9 falls.", "它的范数：起初 k 的增长快于 0.9 的幂的衰减。"), ("powers.jordan_norm",)),
    )  # fmt: skip


def transient_peak():
    statement = Statement(Extreme("max", NORM_OF_POWER, k), "=", Digits("19378769", 1))
    claims = {"peak": statement.with_right(_closed_norm(Rational(9, 10), Integer(5), 9)), "at": Statement(Extreme("arg max", NORM_OF_POWER, k), "=", Integer(9))}
    claims |= {name: _norm_claim(power) for name, power in (("before", 8), ("after", 10), ("first", 1))}
    wrong = digit_mutants("peak", statement) + mutants(statement, first_power=Digits("51570660", 0), spectral_radius=Digits("9", -1))
    shrink = Text("Since the 55th power has a norm below 1, no later power can exceed the largest of the first 55: all powers are covered.", "第 55 次幂的范数小于 1，因此以后的幂都不会超过前 55 个之中最大的：所有的幂都已考虑到。")
    return Entry(
        "V308", "powers.transient_peak", "constant", Text("Transient growth: the peak", "瞬态增长：峰值"), statement, Suite(SCANS, wrong, claims), domain=FROM_ZERO, declared=(STEPS,), values=numbers(claims),
        steps=(*_norm_of_power_step(), Step(statement, shrink, ("powers.transient_below_one",))),
    )  # fmt: skip


def transient_below_one():
    statement = Statement(Least(Proposition(NORM_OF_POWER, "<", 1), k, Integer(1)), "=", Integer(55))
    claims = {f"norm_at_{power}": _norm_claim(power) for power in (54, 55)}
    wrong = mutants(statement, one_less=Integer(54), one_more=Integer(56), place_of_the_peak=Integer(9), as_the_spectral_radius_suggests=Integer(1))
    return Entry(
        "V309", "powers.transient_below_one", "constant", Text("Transient growth: back below one", "瞬态增长：何时回落到 1 以下"), statement, Suite(SCANS, wrong, claims), domain=FROM_ONE, declared=(STEPS,),
        values=numbers(claims) | {"n": Number(Integer(55))}, steps=(*_norm_of_power_step(), Step(statement, Text("Compare the 54th and the 55th power with 1.", "把第 54 次与第 55 次幂的范数同 1 比较。"))),
    )  # fmt: skip


def nilpotent():
    shift = grid((0, 2), (0, 0))
    statement = Statement(Power(shift, Integer(2)), "=", ZeroMatrix(2, 2))
    claims = {"sigma": Statement(SpectralNorm(shift), "=", Integer(2)), "rho": Statement(SpectralRadius(shift), "=", Integer(0))}
    wrong = mutants(statement, itself=shift, entries_squared=grid((0, 4), (0, 0)), identity=grid((1, 0), (0, 1))) + (
        Mutant("first power", Statement(Power(shift, Integer(1)), "=", statement.right)), Mutant("not triangular", Statement(Power(grid((0, 2), (2, 0)), Integer(2)), "=", statement.right)), Mutant("norm said to decide", claims["rho"].with_right(Integer(2))),
    )  # fmt: skip
    return Entry(
        "V310", "powers.nilpotent", "identity", Text("A large singular value need not explode", "奇异值大，未必爆炸"), statement, Suite((exact_norms("exact multiplication", ({},)), numpy_norms("NumPy", ({},))), wrong, claims),
        values=numbers(claims) | {"steps": Number(Integer(2))}, steps=(Step(statement, Text("The first coordinate receives from the second, which receives nothing: after two steps nothing is left.", "第一个坐标只从第二个坐标得到输入，而第二个坐标得不到输入：两步之后什么也不剩。")),),
    )  # fmt: skip


def masked_norm():
    mask, weights = grid((1, 0), (0, 0)), grid((2, -2), (2, -2))
    statement = Statement(SpectralNorm(Power(product(mask, weights), k)), "=", Times(Integer(2) ** k, Root(2)))
    claims = {"rho_W": Statement(SpectralRadius(weights), "=", Integer(0)), "n_10": Statement(SpectralNorm(Power(product(mask, weights), Integer(10))), "=", 1024 * sqrt(2))}
    points = tuple({k: Integer(power)} for power in range(1, 13))
    wrong = mutants(
        statement, root_dropped=Integer(2) ** k, one_factor_more=Times(Integer(2) ** Plus(k, 1), Root(2)), one_factor_fewer=Times(Integer(2) ** Plus(k, -1), Root(2)), as_the_spectral_radius_suggests=Integer(0), root_to_the_power=Times(2, Root(2) ** k),
    ) + (Mutant("mask dropped", Statement(SpectralNorm(Power(weights, k)), "=", statement.right)),)  # fmt: skip
    step = ImmutableMatrix([[1, -1], [0, 0]])
    return Entry(
        "V311", "powers.masked_norm", "identity", Text("Units that switch off can turn a nilpotent W into an exploding product", "部分单元关闭，就能让幂零的 W 变成爆炸的乘积"), statement,
        Suite((exact_norms("exact multiplication", points), numpy_norms("NumPy", points)), wrong, claims), domain=FROM_ONE, declared=(STEPS,), values=numbers(claims),
        steps=(
            Step(Statement(Power(weights, Integer(2)), "=", ZeroMatrix(2, 2)), Text("W itself is nilpotent: all its eigenvalues are zero.", "W 本身是幂零的：特征值全为零。")),
            Step(Statement(product(mask, weights), "=", product(2, step)), Text("The diagonal matrix of slopes switches the second unit off.", "由导数组成的对角矩阵关闭了第二个单元。")),
            Step(Statement(Power(step, Integer(2)), "=", step), Text("What remains repeats itself, so only the powers of 2 pile up.", "剩下的矩阵自乘不变，因此只有 2 的幂在累积。")),
            Step(Statement(SpectralNorm(step), "=", Root(2)), Text("Its norm.", "它的范数。")),
        ),
    )  # fmt: skip


def masked_radius():
    mask, weights = grid((1, 0), (0, "0.01")), grid((2, 2), (-2, -2))
    masked = product(mask, weights)
    statement = Statement(SpectralRadius(masked), "=", Decimal("1.98"))
    claims = {"rho": statement.with_right(Rational(198, 100)), "rho_W": Statement(SpectralRadius(weights), "=", Integer(0))}
    wrong = mutants(statement, as_for_W=Integer(0), norm_of_W=Integer(4), largest_slope_times_radius=Times(Decimal("0.01"), 2), wrong_sign_of_the_small_slope=Decimal("2.02"), second_slope_ignored=Integer(2)) + (Mutant("mask dropped", Statement(SpectralRadius(weights), "=", statement.right)),)
    return Entry(
        "V312", "powers.masked_radius", "identity", Text("The spectral radius of W says nothing about diag(φ′) W", "W 的谱半径不能说明 diag(φ′) W 的谱半径"), statement,
        Suite((exact_norms("characteristic polynomial", ({},)), numpy_norms("NumPy's eigenvalues", ({},))), wrong, claims), values=numbers(claims) | {"mask": Number(Rational(1, 100))},
        steps=(
            Step(Statement(masked, "=", grid((2, 2), ("-0.02", "-0.02"))), Text("The slopes multiply the rows of W: 1 where a unit is active, 0.01 where it is saturated.", "导数乘在 W 的各行上：活跃的单元为 1，饱和的单元为 0.01。")),
            Step(statement, Text("The determinant is zero, so one eigenvalue is zero and the other is the trace.", "行列式为零，所以一个特征值为零，另一个等于迹。")),
        ),
    )  # fmt: skip
