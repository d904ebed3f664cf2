"""What an activation function does to the squared gradient when the weights are scaled so that the signal keeps its size."""

from sympy import Rational, sqrt

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Applied, Digits, Ratio, Squared
from derivations.checking.expectations import quadratures, sampling
from derivations.checking.scalars import Suite, digit_mutants, mutants
from derivations.entry import Entry, Number, Statement, Step
from derivations.initialization import DRAW, applied, gaussian
from derivations.text import Text

# name: id, title, E φ(z)², E φ′(z)² and their ratio, as digits with the exponent of the first one.
TABLE = {
    "sigma": ("V870", Text("The logistic function at unit variance", "方差为一时的逻辑斯谛函数"), ("293379035858092", -1), ("448362413501943", -2), ("152827011715", -1)),
    "tanh": ("V871", Text("tanh at unit variance", "方差为一时的 tanh"), ("394294490397841", -1), ("464402902448268", -1), ("117780723230", 0)),
    "softplus": ("V872", Text("softplus at unit variance", "方差为一时的 softplus"), ("921245908859300", -1), ("293379035858092", -1), ("318458983683", -1)),
    "elu": ("V873", Text("ELU at unit variance", "方差为一时的 ELU"), ("644945417492923", -1), ("668102001223170", -1), ("103590471860", 0)),
    "silu": ("V874", Text("SiLU (Swish) at unit variance", "方差为一时的 SiLU（Swish）"), ("355775519817352", -1), ("379482351632829", -1), ("106663424124", 0)),
    "gelu": ("V875", Text("GELU at unit variance", "方差为一时的 GELU"), ("425221482570298", -1), ("455850865649287", -1), ("107203159843", 0)),
}
SLUGS = {"sigma": "sigmoid"}


def entries():
    """The published results of this topic, in the order of the page."""
    return (*(_ratio(name, *row) for name, row in TABLE.items()), gelu_peak())


def _number(digits, exponent):
    return Rational(int(digits)) * Rational(10) ** (exponent - len(digits) + 1)


def _ratio(name, id_, title, square, slope, ratio):
    value, derivative = gaussian(Squared(applied(name))), gaussian(Squared(applied(name, 1)))
    statement = Statement(Ratio(derivative, value), "=", Digits(*ratio))
    claims = {"square": Statement(value, "=", Digits(*square)), "slope": Statement(derivative, "=", Digits(*slope))}
    wrong = digit_mutants("value", statement) + mutants(statement, one=Rational(1), upside_down=1 / _number(*ratio), slope=_number(*slope))
    steps = (Step(claims["square"], Text("The weights have to undo this factor: n·Var(w) is one over it.", "权重要抵消这个因子：n·Var(w) 取它的倒数。")),
             Step(claims["slope"], Text("The same weights carry the gradient back, which meets the squared slope.", "同样的权重把梯度往回传，途中遇到的是导数的平方。")),
             Step(statement, Text("χ at unit variance is the quotient.", "方差为一时的 χ 就是两者之商。")))
    values = {"value": Number(_number(*ratio), len(ratio[0])), "square": Number(_number(*square), 15), "slope": Number(_number(*slope), 15), "gain": Number(1 / _number(*square), 12), "after_50": Number(_number(*ratio) ** 50, 8)}
    return Entry(id_, f"activation.{SLUGS.get(name, name)}.chi", "constant", title, statement, Suite((*quadratures(), sampling(int(id_[1:]))), wrong, claims), declared=(DRAW,), steps=steps, values=values)


def gelu_peak():
    """The largest slope of GELU is above one."""
    statement = Statement(Applied("gelu", sqrt(2), 1), "=", Digits("112890414518", 0))
    wrong = digit_mutants("value", statement) + mutants(statement, one=Rational(1))
    steps = (Step(statement, Text("The slope is Φ(a) + a Φ′(a), and its own derivative (2 − a²) Φ′(a) changes sign at the root of two.", "导数是 Φ(a) + a Φ′(a)，而它自己的导数 (2 − a²) Φ′(a) 在根号二处变号。")),)
    return Entry("V876", "activation.gelu.max", "constant", Text("The largest slope of GELU is above one", "GELU 的最大导数大于一"), statement, Suite(quadratures(), wrong), steps=steps, values={"maximum": Number(_number("112890414518", 0), 12)})
