"""Normalization in depth: by which factor a layer with batch normalization and ReLU multiplies the squared gradient."""

from sympy import Integer, pi

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Plus, Ratio, Squared, Times
from derivations.checking.scalars import mutants
from derivations.entry import Entry, Number, Statement, Step
from derivations.initialization import DRAW, applied, gaussian, suite
from derivations.text import Text

SLOPE, SQUARE, MEAN = gaussian(Squared(applied("relu", 1))), gaussian(Squared(applied("relu"))), gaussian(applied("relu"))


def entries():
    """The published results of this topic, in the order of the page."""
    return (relu_variance(), relu_factor())


def relu_variance():
    left = Plus(SQUARE, Times(-1, MEAN**2))
    right = Ratio(Plus(pi, -1), Times(2, pi))
    statement = Statement(left, "=", right)
    wrong = mutants(statement, half=Ratio(1, 2), mean_forgotten=Ratio(1, Times(2, pi)), sign=Ratio(Plus(pi, 1), Times(2, pi)), doubled=Ratio(Plus(pi, -1), pi))
    steps = (Step(Statement(SQUARE, "=", Ratio(1, 2)), Text("Half of the second moment.", "二阶矩的一半。"), ("init.relu_second_moment",)), Step(statement, Text("Subtract the square of the mean, which is one over 2π.", "减去均值的平方，即 2π 分之一。")))
    return Entry("V838", "norm.relu_variance", "expectation", Text("The variance of a ReLU: its mean counts for nothing after a normalization", "ReLU 的方差：经过归一化，均值就不算数了"), statement, suite(838, wrong), declared=(DRAW,), steps=steps)


def relu_factor():
    left = Ratio(SLOPE, Plus(SQUARE, Times(-1, MEAN**2)))
    statement = Statement(left, "=", Ratio(pi, Plus(pi, -1)))
    wrong = mutants(statement, one=Integer(1), upside_down=Ratio(Plus(pi, -1), pi), sign=Ratio(pi, Plus(pi, 1)), doubled=Ratio(Times(2, pi), Plus(pi, -1)))
    steps = (Step(Statement(SLOPE, "=", Ratio(1, 2)), Text("Half of the units pass the gradient on.", "一半单元让梯度通过。"), ("init.relu_slope",)),
             Step(statement, Text("The normalization of the next layer divides by the variance of what it receives; the variance of the weights cancels.", "下一层的归一化除以它所收到的方差；权重的方差约去了。"), ("norm.relu_variance", "norm.grad_a_closed")))
    values = {"factor": Number(pi / (pi - 1)), "after_30": Number((pi / (pi - 1)) ** 30), "after_50": Number((pi / (pi - 1)) ** 50)}
    return Entry("V839", "norm.relu_factor", "expectation", Text("Batch normalization and ReLU: what a layer does to the squared gradient", "批量归一化与 ReLU：一层对梯度的平方做了什么"), statement, suite(839, wrong), declared=(DRAW,), steps=steps, values=values, sources=("yang2019",),
                 assumptions=(Text("At initialization, wide layers and large batches; the two components that the normalization removes are neglected.", "初始化时，层很宽、批很大；忽略归一化所去掉的两个分量。"),))
