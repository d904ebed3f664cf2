"""Weight initialization: which variance keeps the second moment of a layer, from exact expectations."""

from sympy import Integer, Rational, Symbol, oo

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.expectations import Expect, Normal, Uniform
from derivations.algebra.scalars import Applied, Decimal, Plus, Ratio, Root, Squared, Times
from derivations.checking.expectations import exact_integral, quadratures, sampling
from derivations.checking.scalars import Suite, mutants, numbers
from derivations.entry import Declared, Entry, Number, Range, Statement, Step
from derivations.text import Text

z = Symbol("z", real=True)
q = Symbol("q", positive=True)
DRAW = Declared(z, Text("a random pre-activation", "随机的预激活值"))
VARIANCE = Declared(q, Text("variance of the pre-activation", "预激活值的方差"), domain="q > 0")
VARIANCES = tuple({q: Rational(top, 4)} for top in (1, 4, 11))


def relu(order=0):
    return Applied("relu", z, order)


def gaussian(body, variance=Integer(1)):
    """The mean of the body when z is normal with that variance."""
    return Expect(body, z, Normal(variance))


def suite(seed, wrong, claims=None, points=({},)):
    """Exact integral, two quadratures, samples."""
    return Suite((exact_integral(), *quadratures(points), sampling(seed, points)), wrong, claims or {})


def entries():
    """The published results of this topic, in the order of the page."""
    return (relu_second_moment(),)


def relu_second_moment():
    statement = Statement(gaussian(Squared(relu()), q), "=", Ratio(q, 2))
    claims = {"half": Statement(gaussian(Squared(relu())), "=", Rational(1, 2))}
    wrong = mutants(statement, whole_second_moment=q, a_quarter=Ratio(q, 4), variance_for_second_moment=Times(q, Plus(Rational(1, 2), Rational(-1, 6))), deviation_for_variance=Ratio(Root(q), 2), sign=Times(-1, Ratio(q, 2)))
    steps = (Step(statement, Text("Half of the line contributes nothing, the other half contributes half of the second moment of z, because z² is even.", "半条数轴没有贡献；另一半贡献 z 的二阶矩的一半，因为 z² 是偶函数。")),)
    return Entry("V623", "init.relu_second_moment", "expectation", Text("ReLU halves the second moment", "ReLU 使二阶矩减半"), statement, suite(623, wrong, claims, VARIANCES), declared=(DRAW, VARIANCE), steps=steps, values=numbers(claims) | {"gain_squared": Number(Integer(2))})
