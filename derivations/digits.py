"""What the networks showed on handwritten digits: error rates of trained ones, gradients of untrained ones."""

import statistics

from sympy import Rational

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.runs import Norm
from derivations.algebra.scalars import Run
from derivations.checking.measured import MeasuredSuite, recorded
from derivations.entry import Entry, Number, Statement, Step
from derivations.experiments import LIMIT, medians
from derivations.text import Text

SAME_WRITERS = Text("Training and test images were drawn at random from the same 13 writers; the error rates say nothing about new writers.", "训练图像与测试图像都从同样 13 位书写者中随机抽取；这些错误率不能说明换了书写者会怎样。")
WRONG = Text("Share of the test images that a run gets wrong after its last update; guessing gets nine tenths of them wrong.", "最后一次更新之后，每次训练在测试图像上答错的比例；乱猜的错误率是十分之九。")
UNTRAINED = Text("Norm of the gradient of the loss in the kernel of a layer, before any update, for five draws of the weights.", "更新之前，损失对某层卷积核的梯度的范数；权重抽取五次。")
DRAWN = Text("Five draws of the weights, one number of channels and of layers, one batch of images.", "权重抽取五次，一种通道数与层数，一批图像。")


def entries():
    return sequential(), by_depth(), sigmoid(), default()


def _number(value):
    return Number(Rational(str(value)))


def _extremes(experiment, network, length):
    """The smallest and the largest of the recorded numbers, which a page mentions beside the median."""
    errors = recorded(experiment)["results"][network][str(length)]
    return {f"least_{network}_{length}": _number(min(errors)), f"most_{network}_{length}": _number(max(errors))}


def _images(experiment):
    return {name: _number(recorded(experiment)["data"][name]) for name in ("training", "test")}


def sequential():
    left, name = Run("max", "sequential_digits", "orthogonal", 64), "sequential_digits"
    statement = Statement(left, "<", Run("min", name, "plain", 64))
    false = (("the LSTM below the plain network", Statement(Run("max", name, "LSTM", 64), "<", Run("min", name, "plain", 64))),
             ("the identity network below the plain one", Statement(Run("max", name, "identity", 64), "<", Run("min", name, "plain", 64))))
    return Entry("V793", "experiment.sequential_digits", "experiment", Text("Digits in 64 steps: the worst orthogonal run beats the best plain run", "把数字图像分 64 步读入：最差的正交网络也胜过最好的普通循环神经网络"), statement, MeasuredSuite(false),
                 steps=(Step(statement, WRONG),), assumptions=(LIMIT,), values=medians(name) | _images(name), limits=(LIMIT, SAME_WRITERS))


def by_depth():
    name = "plain_or_residual"
    statement = Statement(Run("max", name, "residual", 49), "<", Run("min", name, "plain", 49))
    false = (("the residual network below the plain one at three layers", Statement(Run("max", name, "residual", 3), "<", Run("min", name, "plain", 3))),
             ("the plain network better for being deeper", Statement(Run("max", name, "plain", 49), "<", Run("min", name, "plain", 3))))
    losses = {f"loss_{network}_{layers}": _number(statistics.median(runs)) for network, of in recorded(name)["losses"].items() for layers, runs in of.items()}
    return Entry("V794", "experiment.plain_or_residual", "experiment", Text("49 convolutions: the worst residual run beats the best plain run", "49 层卷积：最差的残差网络也胜过最好的普通网络"), statement, MeasuredSuite(false),
                 steps=(Step(statement, WRONG),), assumptions=(LIMIT,), values=medians(name) | losses | _images(name) | _extremes(name, "plain", 49) | _extremes(name, "residual", 49), limits=(LIMIT, SAME_WRITERS))


def _gradients(id_, slug, title, statement, false):
    name = "digits_gradients"
    values = medians(name) | _extremes(name, "He", 25) | _extremes(name, "He", 1) | {"layers": _number(recorded(name)["settings"]["layers"])}
    return Entry(id_, slug, "experiment", title, statement, MeasuredSuite(false), steps=(Step(statement, UNTRAINED),), assumptions=(DRAWN,), values=values, limits=(DRAWN,))


def sigmoid():
    name = "digits_gradients"
    statement = Statement(Norm("max", name, "sigmoid", 1), "<", Norm("min", name, "He", 1))
    false = (("the logistic function at the last layer", Statement(Norm("max", name, "sigmoid", 25), "<", Norm("min", name, "He", 25))),
             ("tanh below He", Statement(Norm("max", name, "tanh", 1), "<", Norm("min", name, "He", 1))))
    return _gradients("V795", "experiment.digits_gradients", Text("First of 25 layers: the largest gradient with the logistic function is below the smallest with ReLU and He weights", "25 层中的第一层：逻辑斯谛函数的最大梯度也小于 ReLU 配 He 权重的最小梯度"), statement, false)


def default():
    name = "digits_gradients"
    statement = Statement(Norm("max", name, "default", 25), "<", Norm("min", name, "He", 25))
    false = (("the first layer below the last", Statement(Norm("max", name, "default", 1), "<", Norm("min", name, "default", 25))),
             ("He below the residual network at the last layer", Statement(Norm("max", name, "He", 25), "<", Norm("min", name, "residual", 25))))
    return _gradients("V796", "experiment.digits_default", Text("Weights that are too small: with ReLU, even the gradient of the last layer is gone", "权重太小：用 ReLU 时，连最后一层的梯度也没有了"), statement, false)
