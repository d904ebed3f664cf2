"""Terms about the spectrum of a Jacobian and about the gradients of two inputs, with their printed forms."""

from sympy import Integer, Max, Symbol, pi

from derivations.algebra.expectations import MEAN
from derivations.algebra.layout import Big, Fence, Script, Sign, row
from derivations.algebra.path_terms import Counted, SumOver, _listed
from derivations.algebra.scalars import Defined, Ratio, Scalar
from derivations.algebra.terms import l
from derivations.algebra.typeset import CLOSED, COMMA, EQUALS, FACTOR, _set, boxes, name


class SecondMoment(Counted):
    """``SecondMoment(law, L, n, beta)``: the mean of tr((JJᵀ)²)/n over networks of L layers of n units.

    The law of the weights is 'N' (independent normal entries) or '+' (uniform over the orthogonal matrices); they are scaled so that the mean of tr(JJᵀ)/n is one.
    """


class Overlap(Counted):
    """``Overlap(kind, L, p, c)``: E tr(JᵀJ′)/E tr(JᵀJ) for two inputs for which a unit is active with probability p at once; 'plain', 'residual', 'decaying'."""


class Larger(Scalar):
    """The larger of two numbers."""

    def doit(self, **hints):
        return Max(*(x.doit() for x in self.args))


class Summed(SumOver, Defined):
    """A sum whose terms are functions of the index that no rational number is."""

    def evaluated(self, at, arithmetic, value):
        first, last = (int(end.doit().xreplace({key: x for key, x in at.items() if isinstance(key, Symbol)})) for end in (self.first, self.last))
        return sum(value(self.body.xreplace({self.variable: Integer(index)}), at, arithmetic) for index in range(first, last + 1))


class MeanLogSquare(Defined):
    """``MeanLogSquare(n)``: the mean of ln det(WWᵀ) for an n × n matrix of independent N(0, 1/n) entries."""

    def evaluated(self, at, arithmetic, value):
        size = int(value(self.args[0], at, arithmetic))
        if hasattr(arithmetic, "draw"):
            drawn = arithmetic.draw.normal(size=(arithmetic.count, size, size)) / size**0.5
            return 2 * arithmetic.numpy.linalg.slogdet(drawn)[1].mean()
        return sum(arithmetic.mean_logarithm(k) - arithmetic.function("log", arithmetic.number(Integer(size))) for k in range(1, size + 1))


class PairMean(Defined):
    """``PairMean(body, u, v, theta)``: the mean of the body for two standard normal numbers with correlation cos(theta)."""

    body, u, v, angle = (property(lambda self, place=place: self.args[place]) for place in range(4))

    def evaluated(self, at, arithmetic, value):
        return arithmetic.pair(self, at)


class Cosine(Defined):
    """The cosine of an angle, and with 'sin' its sine."""

    def evaluated(self, at, arithmetic, value):
        return arithmetic.trigonometric(self.args[1].name, value(self.args[0], at, arithmetic))


class LayerAngle(Scalar):
    """``LayerAngle(theta, l)``: the angle between the activations of two inputs after l layers; theta at the inputs."""


class AngleProduct(Scalar):
    """``AngleProduct(theta, L)``: the product of 1 − θ_l/π over l = 0, …, L − 1."""


def _circled(term):
    sup = Sign(r"\mathcal{N}", "𝒩") if term.args[0].name == "N" else Sign(r"\perp", "⊥", "mo")
    return Script(name("m"), sub=Sign("2", "2", "mn"), sup=sup)


@_set.register(SecondMoment)
def _(term):
    return row(_circled(term), _listed(*term.args[1:3])), CLOSED


@_set.register(Overlap)
def _(term):
    kind = term.args[0].name
    mark = {"plain": None, "residual": Sign("+", "+", "mo"), "decaying": Sign(r"\mathrm{BN}", "BN", "mi", True)}[kind]
    return row(Script(name("r"), sub=mark) if mark else name("r"), _listed(term.args[1])), CLOSED


@_set.register(Larger)
def _(term):
    return row(Sign(r"\max", "max", "mi", True), _listed(*term.args)), CLOSED


@_set.register(MeanLogSquare)
def _(term):
    inside = row(Sign(r"\ln", "ln", "mi", True), Sign(r"\det", "det", "mi", True), Fence("(", row(name("W"), Script(name("W"), sup=Sign(r"\top", "⊤", "mo"))), ")"))
    return row(MEAN, Fence("[", inside, "]")), FACTOR


@_set.register(PairMean)
def _(term):
    return row(Big(MEAN, row(boxes(term.u), COMMA, boxes(term.v))), Fence("[", boxes(term.body), "]")), FACTOR


@_set.register(Cosine)
def _(term):
    which = term.args[1].name
    return row(Sign(rf"\{which}", which, "mi", True), boxes(term.args[0])), FACTOR


@_set.register(LayerAngle)
def _(term):
    return Script(name("theta"), sub=boxes(term.args[1])), CLOSED


@_set.register(AngleProduct)
def _(term):
    big = Big(Sign(r"\prod", "∏", "mo"), row(boxes(l), EQUALS, boxes(Integer(0))), boxes(term.args[1] - 1))
    factor = Fence("(", row(Sign("1", "1", "mn"), Sign("-", "−", "mo"), boxes(Ratio(LayerAngle(term.args[0], l), pi))), ")")
    return row(big, factor), FACTOR
