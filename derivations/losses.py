"""Losses of a single output."""

from sympy import Integer, MatrixSymbol, Rational

from derivations.algebra.terms import Diff, Inner, product, total
from derivations.checking.losses import SquaredSuite
from derivations.entry import Declared, Entry, Statement, Step
from derivations.models.rnn import q
from derivations.text import Text

O, Y = MatrixSymbol("o", q, 1), MatrixSymbol("y", q, 1)
ERROR = total(O, product(Integer(-1), Y))
HALF_SQUARE = product(Rational(1, 2), Inner(ERROR, ERROR))


def entries():
    statement = Statement(Diff(HALF_SQUARE), "=", Inner(ERROR, Diff(O)))
    return (Entry("V241", "loss.squared.grad", "identity", Text("Squared error: the gradient is output minus target", "平方误差：梯度等于输出减目标"), statement, SquaredSuite(),
                  declared=(Declared(O, Text("output", "输出"), (q, 1)), Declared(Y, Text("target", "目标"), (q, 1)), Declared(q, Text("size of the output", "输出的维数"))),
                  steps=(Step(statement, Text("Product rule; the two equal halves add up. The factor of do is the gradient.", "乘积法则：两个相等的一半相加。do 的因子就是梯度。")),)),)
