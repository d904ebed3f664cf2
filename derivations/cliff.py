"""One tanh unit that feeds itself: where its fixed points are born, and how firmly they hold."""

from sympy import Integer, Rational, Symbol

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Applied, Decimal, Digits, Plus, Ratio, Root, Squared, Times, ln
from derivations.checking.arithmetic import Extended
from derivations.checking.constants import enclosed
from derivations.checking.expectations import quadratures
from derivations.checking.scalars import Suite, agreement, digit_mutants, mutants
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Statement, Step
from derivations.text import Text

w = Symbol("w", positive=True)
WEIGHT = Declared(w, Text("recurrent weight", "循环权重"), domain="w > 1")
STATE = Root(Plus(1, Times(-1, Ratio(1, w))))
BIAS = Plus(Times(Rational(1, 2), ln(Ratio(Plus(1, STATE), Plus(1, Times(-1, STATE))))), Times(-1, w, STATE))
POINTS = tuple({w: Rational(top, 8)} for top in (9, 11, 16, 21, 32, 80))


def slope(bias, state):
    """The derivative of s ↦ tanh(w s + b) at a state."""
    return Times(w, Plus(1, Times(-1, Squared(Applied("tanh", Plus(Times(w, state), bias))))))


def entries():
    """The published results of this topic, in the order of the page."""
    return (fold(), latch())


def fold():
    statement = Statement(slope(BIAS, STATE), "=", Integer(1))
    wrong = mutants(statement, w=w, one_over_w=Ratio(1, w), two=Integer(2)) + tuple(
        Mutant(name, Statement(slope(bias, STATE), "=", Integer(1))) for name, bias in (("sign of the bias", Times(-1, BIAS)), ("bias dropped", Integer(0))))
    steps = (Step(Statement(Applied("tanh", Plus(Times(w, STATE), BIAS)), "=", STATE), Text("With this bias the state is a fixed point: the bias was solved for.", "取这个偏置，该状态就是不动点：偏置正是由此解出的。")),
             Step(statement, Text("The square of the state is 1 − 1/w, and w times what is missing to one is one.", "状态的平方是 1 − 1/w，它与一之差乘以 w 恰好是一。")))
    return Entry("V940", "cliff.fold", "identity", Text("Where a fixed point of one tanh unit is born: the slope there is one", "单个 tanh 单元的不动点诞生之处：那里的导数是一"), statement, Suite((agreement("values with 60 digits", Extended, POINTS, 1e-50), enclosed("intervals and logarithms", POINTS)), wrong), declared=(WEIGHT,), steps=steps)


def latch():
    at = Decimal("0.957504024077268740")
    statement = Statement(Applied("tanh", Times(2, at)), "=", Digits("957504024077", -1))
    claims = {"slope": Statement(Times(2, Plus(1, Times(-1, Squared(Applied("tanh", Times(2, at)))))), "=", Digits("166372087751", -1))}
    wrong = digit_mutants("value", statement) + mutants(statement, one=Integer(1))
    value = Rational(957504024077, 10**12)
    steps = (Step(statement, Text("The map shortens distances near this state to a sixth, so the digits that it reproduces are those of its fixed point.", "在这个状态附近，映射把距离缩短到六分之一，所以它能复现的各位数字就是不动点的数字。")),)
    values = {"state": Number(value, 12), "slope": Number(Rational(166372087751, 10**12), 12), "after_20": Number(Rational(166372087751, 10**12) ** 20, 6)}
    return Entry("V941", "cliff.latch", "constant", Text("The resting state of one unit with weight two", "权重为二的单元的静止状态"), statement, Suite(quadratures(), wrong, claims), steps=steps, values=values, sources=("bengio1994",))
