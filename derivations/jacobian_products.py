"""Products of Jacobians of a recurrent network: when they must vanish, when they can explode.

J_j = diag(phi'(a_j)) W is the Jacobian of one step; gamma is the least upper bound of |phi'|.
"""

from dataclasses import replace

from sympy import Integer, MatrixSymbol, Rational, Symbol, oo

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Extreme, LargestEntry, Lim, Plus, Proposition, SigmaMax, SpectralNorm, SpectralRadius, Times
from derivations.algebra.terms import Diag, Map, OrderedProduct, j, k, product, t, transpose
from derivations.checking.bounds import ACTIVATIONS, Case, attack, implication, sharp
from derivations.checking.scalars import Suite
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Range, Statement, Step
from derivations.models.rnn import SIZES, W, a, n
from derivations.text import Text

gamma, v = Symbol("gamma", positive=True), MatrixSymbol("v", n, 1)
SLOPES = Diag(Map("phi", a[j], 1))
STEP = product(SLOPES, W)
JACOBIANS = OrderedProduct(STEP, j, k, t + 1)
NORM, LAG, GAIN = SpectralNorm(JACOBIANS), Plus(k, -t), Times(gamma, SigmaMax(W))

RANGES = (Range(t, Integer(0), k),)
SYMBOLS = (
    Declared(a[j], Text("pre-activation at time step j", "时间步 j 的预激活值"), (n, 1)),
    Declared(W, Text("recurrent weights", "循环权重"), (n, n)),
    Declared(gamma, Text("least upper bound of |φ′|: 1 for tanh and ReLU, 1/4 for the logistic function", "|φ′| 的上确界：tanh 与 ReLU 为 1，逻辑斯谛函数为 1/4")),
    Declared(t, Text("the earlier time step", "较早的时间步")),
    Declared(k, Text("the later time step", "较晚的时间步")),
    Declared(n, SIZES[n]),
)
SMOOTH = Text("φ is differentiable at every pre-activation that occurs, and |φ′| ≤ γ.", "φ 在出现的每个预激活值处可导，且 |φ′| ≤ γ。")
ONE_W = Text("The same W acts at every time step.", "每个时间步使用同一个 W。")
TERMS = {"W": W, "gamma": gamma, "k": k}


def entries():
    """The published results of this topic, in the order of the page."""
    return (bound(), lag_bound(), vanishing(), exploding())


def _case(label, rows, activation, preactivations, v=()):
    return Case(label, rows, ACTIVATIONS[activation], preactivations, v, start=3)


def _turn(size):
    """size times a rotation with rational entries."""
    return ((Rational(3, 5) * size, Rational(-4, 5) * size), (Rational(4, 5) * size, Rational(3, 5) * size))


def _floats(rows):
    return tuple(tuple(float(x) for x in row) for row in rows)


QUIET, SPLIT = ((0.0, 0.0),), ((1.0, -1.0),)
# Every wrong condition that has been published or suggests itself fails on one of these.
STATED = (
    _case("W = 2 [[1, −1], [1, −1]] with the second ReLU off, 12 steps", ((2.0, -2.0), (2.0, -2.0)), "relu", SPLIT * 12, (1.0, 0.0)),
    _case("W = [[0.5, 10], [0, 0.5]] with tanh at rest, 2 steps", ((0.5, 10.0), (0.0, 0.5)), "tanh", QUIET * 2, (1.0, 0.0)),
    _case("W = 0.9 times a rotation with tanh at rest, 10 steps", _floats(_turn(Rational(9, 10))), "tanh", QUIET * 10, (1.0, 0.0)),
    _case("W = 1.2 times a rotation with tanh at rest, 10 steps", _floats(_turn(Rational(6, 5))), "tanh", QUIET * 10, (1.0, 0.0)),
    _case("W = 3 times a rotation with the logistic function at 0, 6 steps", _floats(_turn(Integer(3))), "sigma", QUIET * 6, (1.0, 0.0)),
    _case("W = 0.7 times a rotation with tanh(2a) at rest, 9 steps", _floats(_turn(Rational(7, 10))), "steep", QUIET * 9, (1.0, 0.0)),
    _case("W with all entries 0.9 and tanh at rest, 8 steps", ((0.9,) * 3,) * 3, "tanh", ((0.0,) * 3,) * 8, (1.0, 1.0, 1.0)),
    _case("W = [[0, 2], [0, 0]] with tanh at rest, 3 steps", ((0.0, 2.0), (0.0, 0.0)), "tanh", QUIET * 3, (0.0, 1.0)),
    _case("W = a rotation with tanh at rest, 10 steps", _floats(_turn(Integer(1))), "tanh", QUIET * 10, (1.0, 0.0)),
)
ATTAINED = tuple(
    _case(f"W = {size} times a rotation, every unit where its slope is largest ({ACTIVATIONS[name].name}), k − t = {steps}", _turn(size), name, ((Integer(0),) * 2,) * steps, (Integer(2), Integer(-1)))
    for size, name, steps in ((Rational(19, 20), "tanh", 40), (Rational(5, 4), "tanh", 7), (Integer(3), "sigma", 12), (Rational(2, 3), "steep", 9))
)


def _drawn(draw):
    """A random network: 2 to 5 units, 1 to 40 steps, any of the activations, small or large weights and pre-activations."""
    size, steps, name = int(draw.integers(2, 6)), int(draw.integers(1, 41)), str(draw.choice(sorted(ACTIVATIONS)))
    weights = draw.normal(size=(size, size)) * draw.choice((0.3, 0.7, 1.5)) / size**0.5
    rows = draw.normal(size=(steps, size)) * draw.choice((0.01, 0.3, 2.0))
    return _case(f"a random network with {size} units, {steps} steps, {ACTIVATIONS[name].name}", tuple(map(tuple, weights.tolist())), name, tuple(map(tuple, rows.tolist())), tuple(draw.normal(size=size).tolist()))


def _wrong_bounds(statement, base, power):
    """Wrong variants of (left side) <= (gain)^lag times something; ``power`` builds the right side from base and exponent."""
    variants = {
        "spectral radius for the largest singular value": power(Times(gamma, SpectralRadius(W)), LAG), "largest entry for the largest singular value": power(Times(gamma, LargestEntry(W)), LAG),
        "gamma dropped": power(SigmaMax(W), LAG), "gamma once only": power(SigmaMax(W), LAG, gamma), "one factor fewer": power(base, Plus(k, -t, -1)), "one factor more": power(base, Plus(k, -t, 1)),
        "exponent k": power(base, k), "halved": power(base, LAG, Rational(1, 2)), "one per cent too small": power(base, LAG, Rational(99, 100)), "one per cent too large": power(base, LAG, Rational(101, 100)),
    }  # fmt: skip
    products = {"one Jacobian more": OrderedProduct(STEP, j, k, t), "one Jacobian fewer": OrderedProduct(STEP, j, k, t + 2)}
    return (Mutant("turned around", replace(statement, relation=">=")),) + tuple(Mutant(name, replace(statement, left=statement.left.xreplace({JACOBIANS: wrong}))) for name, wrong in products.items()) + tuple(Mutant(name, statement.with_right(right)) for name, right in variants.items())


def bound():
    def power(base, exponent, *factors):
        return Times(*factors, base**exponent) if factors else base**exponent

    statement = Statement(NORM, "<=", power(GAIN, LAG))
    steps = (
        Step(Statement(SpectralNorm(STEP), "<=", Times(SpectralNorm(SLOPES), SpectralNorm(W))), Text("The norm of a product is at most the product of the norms.", "乘积的范数不超过范数的乘积。")),
        Step(Statement(SpectralNorm(SLOPES), "<=", gamma), Text("The norm of a diagonal matrix is its largest entry in modulus, and no |φ′| exceeds γ.", "对角矩阵的范数是其元素绝对值的最大值，而 |φ′| 不超过 γ。")),
        Step(Statement(SpectralNorm(STEP), "<=", GAIN), Text("So one step stretches no vector by more than this; the norm of W is its largest singular value.", "因此一步对任何向量的放大倍数不超过此数；W 的范数就是它的最大奇异值。")),
        Step(statement, Text("There are k − t factors; use the first line again for their product. For k = t both sides are 1.", "共有 k − t 个因子；对它们的乘积再次应用第一行。k = t 时两边都是 1。")),
    )
    suite = Suite((attack("search for a counter-example", TERMS, STATED, _drawn), sharp("a case that attains it", TERMS, ATTAINED)), _wrong_bounds(statement, GAIN, power))
    return Entry("V321", "products.bound", "bound", Text("How large a product of Jacobians can be", "雅可比矩阵的乘积最大能有多大"), statement, suite, domain=RANGES, declared=SYMBOLS, assumptions=(SMOOTH, ONE_W), steps=steps, sources=("pascanu2013",))


def lag_bound():
    def power(base, exponent, *factors):
        return Times(*factors, base**exponent, SpectralNorm(v))

    statement = Statement(SpectralNorm(product(transpose(JACOBIANS), v)), "<=", power(GAIN, LAG))
    wrong = _wrong_bounds(statement, GAIN, power) + (Mutant("v dropped", statement.with_right(GAIN**LAG)),)
    steps = (
        Step(Statement(statement.left, "<=", Times(SpectralNorm(transpose(JACOBIANS)), SpectralNorm(v))), Text("A matrix stretches no vector by more than its norm.", "矩阵对任何向量的放大倍数都不超过它的范数。")),
        Step(Statement(SpectralNorm(transpose(JACOBIANS)), "=", NORM), Text("Transposition does not change the singular values.", "转置不改变奇异值。")),
        Step(statement, Text("Insert the bound on the product.", "代入乘积的上界。"), ("products.bound",)),
    )
    suite = Suite((attack("search for a counter-example", TERMS | {"v": v}, STATED, _drawn), sharp("a case that attains it", TERMS | {"v": v}, ATTAINED)), wrong)
    signal = Declared(v, Text("gradient of the loss of step k with respect to the state at step k", "第 k 步的损失对第 k 步状态的梯度"), (n, 1))
    return Entry("V322", "products.lag_bound", "bound", Text("What one loss can send back over k − t steps", "一项损失经过 k − t 步最多能传回多少"), statement, suite, domain=RANGES, declared=SYMBOLS + (signal,), assumptions=(SMOOTH, ONE_W), steps=steps, sources=("pascanu2013",))


def _implication(premise, conclusion):
    return Statement(Proposition(*premise), "=>", Proposition(*conclusion))


def _variants(statement, **variants):
    return tuple(Mutant(name.replace("_", " "), wrong) for name, wrong in variants.items())


ATTACK_IMPLICATION = implication("search for a counter-example", TERMS, STATED, _drawn)
VANISHES, UNBOUNDED = (Lim(NORM, k), "=", Integer(0)), (Extreme("sup", NORM, k), "=", oo)


def vanishing():
    statement = _implication((GAIN, "<", Integer(1)), VANISHES)
    wrong = _variants(
        statement, gamma_dropped=_implication((SigmaMax(W), "<", Integer(1)), VANISHES), spectral_radius_suffices=_implication((Times(gamma, SpectralRadius(W)), "<", Integer(1)), VANISHES),
        spectral_radius_of_W_alone=_implication((SpectralRadius(W), "<", Integer(1)), VANISHES), converse=_implication(VANISHES, (GAIN, "<", Integer(1))), border_included=_implication((GAIN, "<=", Integer(1)), VANISHES),
        largest_entry=_implication((Times(gamma, LargestEntry(W)), "<", Integer(1)), VANISHES), turned_around=_implication((GAIN, ">", Integer(1)), VANISHES), it_explodes=_implication((GAIN, "<", Integer(1)), UNBOUNDED),
    )  # fmt: skip
    steps = (
        Step(Statement(NORM, "<=", GAIN**LAG), Text("The bound on the product.", "乘积的上界。"), ("products.bound",)),
        Step(Statement(Lim(GAIN**LAG, k), "=", Integer(0)), Text("Powers of a number below 1 tend to 0, whatever the pre-activations are.", "小于 1 的数，其幂趋于 0，与预激活值无关。")),
    )
    return Entry("V323", "products.vanishing", "bound", Text("Sufficient for vanishing", "梯度消失的充分条件"), statement, Suite((ATTACK_IMPLICATION,), wrong), domain=RANGES, declared=SYMBOLS, assumptions=(SMOOTH, ONE_W), steps=steps, sources=("pascanu2013",))


def exploding():
    statement = _implication(UNBOUNDED, (GAIN, ">", Integer(1)))
    wrong = _variants(
        statement, gamma_dropped=_implication(UNBOUNDED, (SigmaMax(W), ">", Integer(1))), spectral_radius=_implication(UNBOUNDED, (Times(gamma, SpectralRadius(W)), ">", Integer(1))), spectral_radius_of_W_alone=_implication(UNBOUNDED, (SpectralRadius(W), ">", Integer(1))),
        sufficient=_implication((GAIN, ">", Integer(1)), UNBOUNDED), turned_around=_implication(UNBOUNDED, (GAIN, "<", Integer(1))), largest_entry=_implication(UNBOUNDED, (Times(gamma, LargestEntry(W)), ">", Integer(1))), twice_as_much=_implication(UNBOUNDED, (GAIN, ">", Integer(2))),
    )  # fmt: skip
    steps = (
        Step(Statement(NORM, "<=", GAIN**LAG), Text("The bound on the product.", "乘积的上界。"), ("products.bound",)),
        Step(_implication((GAIN, "<=", Integer(1)), (NORM, "<=", Integer(1))), Text("Powers of a number that is at most 1 never exceed 1.", "不超过 1 的数，其幂也不超过 1。")),
        Step(statement, Text("The contrapositive.", "取逆否命题。")),
    )
    return Entry("V324", "products.exploding", "bound", Text("Necessary for exploding", "梯度爆炸的必要条件"), statement, Suite((ATTACK_IMPLICATION,), wrong), domain=RANGES, declared=SYMBOLS, assumptions=(SMOOTH, ONE_W), steps=steps, sources=("pascanu2013",))
