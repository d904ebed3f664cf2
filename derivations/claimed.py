"""Measured because somebody claimed it: frozen layers, dead units, batch normalization, the speed of ReLU, the curvature of a plateau."""

import statistics

from sympy import Integer, Rational

from derivations.algebra.runs import Curvature, Loss, Seconds, Share
from derivations.algebra.scalars import Run
from derivations.checking.measured import MeasuredSuite, recorded
from derivations.digits import SAME_WRITERS, WRONG
from derivations.entry import Entry, Number, Statement, Step
from derivations.experiments import LIMIT, medians
from derivations.text import Text

UPDATES = Text("Five seeds, one width, one learning rate, few updates; other settings give other numbers.", "五个随机种子，一种宽度，一个学习率，更新次数不多；换一种设置，数值会不同。")
RATES = Text("Five seeds, one width and depth, plain gradient descent with one batch size; at which rate units begin to die depends on all of these.", "五个随机种子，一种宽度与深度，普通的梯度下降，一种批量大小；学习率大到多少单元才开始死亡，取决于所有这些设置。")
MACHINE = Text("One machine, one core, NumPy in single precision; other machines and libraries give other times.", "一台机器，一个核，单精度的 NumPy；换机器或程序库，时间会不同。")
LANCZOS = Text("The lowest curvature is that of the best direction found in forty products with the Hessian; the lowest eigenvalue may lie below it.", "最低曲率是与黑塞矩阵作四十次乘积之后找到的最好方向上的曲率；最小特征值还可能更低。")


def entries():
    return frozen(), dead(), batch_norm(), batch_norm_deep(), training(), cost(), curvature()


def _of(experiment, measure, prefix):
    """Medians of a further measure, as {PREFIX_NETWORK_LENGTH: Number}."""
    return {f"{prefix}_{network}_{length}": Number(_median(runs)) for network, of in recorded(experiment)[measure].items() for length, runs in of.items()}


def _median(runs):
    return Rational(str(statistics.median(runs)))


def _entry(id_, slug, title, statement, false, why, limits, values):
    return Entry(id_, f"experiment.{slug}", "experiment", title, statement, MeasuredSuite(false), steps=(Step(statement, why),), assumptions=limits[:1], values=values, limits=limits)


def frozen():
    name = "frozen_layers"
    statement = Statement(Run("max", name, "late", 9), "<", Run("min", name, "redrawn", 9))
    false = (("frozen layers as good as trained ones", Statement(Run("max", name, "late", 9), "<", Run("min", name, "all", 9))),)
    why = Text("Share of the test images that a run gets wrong after its last update: the first four of nine layers never learned; on the right, they were drawn again after the training.", "最后一次更新之后，每次训练在测试图像上答错的比例：九层中的前四层始终没有学习；右边则在训练之后把这四层重新抽取了一次。")
    return _entry("V361", name, Text("Four early layers that never learn, and that nobody can do without", "前四层从不学习，却缺它们不可"), statement, false, why, (LIMIT, SAME_WRITERS), medians(name))


def dead():
    name = "dead_units"
    statement = Statement(Share("max", name, "ReLU", 300), "<", Share("min", name, "ReLU", 600))
    false = (("more units dead at the lowest rate", Statement(Share("max", name, "ReLU", 600), "<", Share("min", name, "ReLU", 10))),
             ("fewer units dead at the lowest rate", Statement(Share("max", name, "ReLU", 10), "<", Share("min", name, "ReLU", 300))))
    why = Text("Share of the hidden units that are off for every training image after the last update; the number in brackets is the learning rate in thousandths.", "最后一次更新之后，对所有训练图像都关闭的隐藏单元所占的比例；括号里是学习率，单位是千分之一。")
    return _entry("V362", name, Text("Dead units: twice the learning rate, and in the best run more die than before in the worst", "死亡的单元：学习率加倍之后，最好的一次训练也比加倍之前最差的死得多"), statement, false, why, (RATES, SAME_WRITERS), medians(name) | _of(name, "errors", "wrong") | {f"rate_{k}": Number(Rational(k, 1000)) for k in recorded(name)["settings"]["lengths"]})


def batch_norm():
    name = "batch_normalization"
    statement = Statement(Run("max", name, "smallBN", 12), "<", Run("min", name, "small", 12))
    false = (("normalization no help at He weights", Statement(Run("max", name, "He", 12), "<", Run("min", name, "HeBN", 12))),)
    record = recorded(name)
    gaps = {f"gap_{network}_4": Number(_median(record["test_losses"][network]["4"]) / _median(record["losses"][network]["4"])) for network in ("He", "HeBN")}
    values = medians(name) | gaps
    return _entry("V363", "batch_norm", Text("Twelve layers, weights too small: the worst run with batch normalization beats the best without", "十二层，权重太小：有批量归一化的最差一次，胜过没有的最好一次"), statement, false, WRONG, (UPDATES, SAME_WRITERS), values)


def batch_norm_deep():
    name = "batch_normalization"
    statement = Statement(Run("max", name, "He", 36), "<", Run("min", name, "HeBN", 36))
    false = (("the same at four layers", Statement(Run("max", name, "He", 4), "<", Run("min", name, "HeBN", 4))),)
    return _entry("V364", "batch_norm_deep", Text("Thirty-six layers, He weights: the worst run without batch normalization beats the best with it", "三十六层，He 权重：没有批量归一化的最差一次，胜过有的最好一次"), statement, false, WRONG, (UPDATES, SAME_WRITERS), medians(name))


def training():
    name = "activation_training"
    statement = Statement(Loss("max", name, "ReLU", 17), "<", Loss("min", name, "sigmoid", 17))
    false = (("ReLU faster than tanh", Statement(Loss("max", name, "ReLU", 17), "<", Loss("min", name, "tanh", 17))),)
    why = Text("Mean loss on the batches of the last tenth of the training; guessing costs ln 10.", "训练最后十分之一阶段各批的平均损失；乱猜的代价是 ln 10。")
    return _entry("V365", name, Text("Seventeen layers: the slowest ReLU run is ahead of the fastest with the logistic function", "十七层：ReLU 最慢的一次也快过逻辑斯谛函数最快的一次"), statement, false, why, (UPDATES, SAME_WRITERS), medians(name))


def cost():
    name = "activation_cost"
    statement = Statement(Seconds("max", name, "tanh", 1024), "<", Seconds("min", name, "product", 1024))
    false = (("the product below ReLU", Statement(Seconds("max", name, "product", 1024), "<", Seconds("min", name, "ReLU", 1024))),)
    why = Text("Seconds for one layer and one batch, forward and backward, the least of twenty calls: activation and slope on the left, the three matrix products on the right.", "一层、一批数据，前向与反向合计的秒数，取二十次中最短的：左边是激活函数及其导数，右边是三次矩阵乘积。")
    results = recorded(name)["results"]
    shares = {f"share_{network}": Number(_median(results[network]["1024"]) / _median(results["product"]["1024"])) for network in ("ReLU", "tanh")}
    return _entry("V366", name, Text("Even tanh costs less time than the matrix products of its layer", "就连 tanh 花的时间，也少于这一层的矩阵乘积"), statement, false, why, (MACHINE,), medians(name) | shares)


def curvature():
    name = "plateau_curvature"
    statement = Statement(Curvature("max", name, "LSTM", 15), "<", Integer(0))
    false = (("far below zero", Statement(Curvature("max", name, "LSTM", 15), "<", Integer(-100))), ("zero as a lower limit", Statement(Curvature("min", name, "LSTM", 15), ">", Integer(0))))
    why = Text("The lowest curvature of the loss of copy memory at the parameters where the training was stopped, the largest of seven runs; at a minimum no curvature is negative.", "复制记忆的训练停下时，损失在当时参数处的最低曲率，取七次训练中最大的；在极小值处，没有哪个方向的曲率为负。")
    values = medians(name) | _of(name, "along", "along") | _of(name, "norms", "norm") | _of(name, "costs", "cost")
    return _entry("V367", name, Text("On the plateau of copy memory every run has a direction of negative curvature", "复制记忆的平台上，每次训练都有曲率为负的方向"), statement, false, why, (LIMIT, LANCZOS), values)
