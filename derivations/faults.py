"""Six faults on record: what the monitor counted in the faulty runs and in the same runs mended, compared as the worst with the best."""

import statistics

from sympy import Rational

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.runs import Left, Norm, Share
from derivations.checking.measured import MeasuredSuite, recorded
from derivations.entry import Entry, Number, Statement, Step
from derivations.experiments import medians
from derivations.text import Text

LIMIT = Text("Five seeds, one size, one learning rate in each network, a fixed number of updates; other settings give other numbers.", "五个随机种子，一种规模，每个网络一个学习率，固定的更新次数；换一种设置，数值会不同。")


def entries():
    return dead(), saturated(), initialized(), exploding(), vanished(), underflow()


def _numbers(experiment):
    """Besides the medians and settings, of every measure at the first and last length: median, least, largest and how many are zero."""
    found = medians(experiment)
    for measure, of in recorded(experiment).items():
        for network in ("faulty", "mended") if isinstance(of, dict) and "faulty" in of else ():
            prefix = "" if measure == "results" else f"{measure}_"
            for length, runs in list(of[network].items())[:: len(of[network]) - 1]:
                for name, choose in (("", statistics.median), ("least_", min), ("most_", max), ("zeros_", lambda runs: runs.count(0))):
                    found[f"{name}{prefix}{network}_{length}"] = Number(Rational(str(choose(runs))))
    return found


def _fault(id_, title, statement, why, *false):
    name = statement.left.experiment
    return Entry(id_, f"fault.{name}", "experiment", title, statement, MeasuredSuite(false), steps=(Step(statement, why),), assumptions=(LIMIT,), values=_numbers(name), limits=(LIMIT,))


def _compared(kind, name, small, large, at):
    """The largest of one network's runs against the smallest of the other's."""
    return Statement(kind("max", name, small, at), "<", kind("min", name, large, at))


def dead():
    name = "dead_relu"
    return _fault("V325", Text("Dead ReLU: at a tenth of the learning rate fewer units die in every run", "ReLU 死亡：学习率降到十分之一，每次训练死掉的单元都更少"), _compared(Share, name, "mended", "faulty", 200),
                  Text("Share of the units that are zero on every training image, after the last update.", "最后一次更新之后，在每张训练图像上都是零的单元所占的比例。"),
                  ("the units dead from the start", _compared(Share, name, "mended", "faulty", 0)), ("more units dead in the mended runs", _compared(Share, name, "faulty", "mended", 200)))


def saturated():
    name = "saturated_sigmoid"
    return _fault("V326", Text("Saturated logistic units: with grey values up to one, hardly a slope of the first layer is below one hundredth", "饱和的逻辑斯谛单元：灰度值缩到一以内，第一层几乎没有小于百分之一的导数"), _compared(Share, name, "mended", "faulty", 300),
                  Text("Share of the slopes in the first layer below one hundredth, on all training images, after the last update.", "最后一次更新之后，第一层在全部训练图像上小于百分之一的导数所占的比例。"),
                  ("more slopes lost in the mended runs", _compared(Share, name, "faulty", "mended", 300)), ("as many saturated at the start as at the end", _compared(Share, name, "mended", "mended", 0)))


def initialized():
    name = "wrong_initialization"
    return _fault("V327", Text("Weights that are too small: the gradient of the first of twenty layers before any update", "权重太小：二十层网络第一层在更新之前的梯度"), _compared(Norm, name, "faulty", "mended", 1),
                  Text("Norm of the gradient in the weights of a layer on all training images, before the first update.", "第一次更新之前，在全部训练图像上对某层权重的梯度的范数。"),
                  ("the mended runs below the faulty ones", _compared(Norm, name, "mended", "faulty", 1)), ("the first layer below the last", Statement(Norm("max", name, "faulty", 1), "<", Norm("min", name, "faulty", 20))))


def exploding():
    name = "exploding_rnn"
    return _fault("V328", Text("One unclipped update: forty steps back the gradient has grown in every run, and not in any clipped one", "一次未裁剪的更新：往回四十步，梯度在每次训练中都增大了，裁剪过的都没有"), _compared(Left, name, "mended", "faulty", 40),
                  Text("Norm of the adjoint of the state at the lag, divided by that at the last step, after one update.", "一次更新之后，该时滞处隐状态的伴随变量的范数，除以最后一步处的范数。"),
                  ("a difference without any lag", _compared(Left, name, "mended", "faulty", 0)), ("the clipped run the larger one", _compared(Left, name, "faulty", "mended", 40)))


def vanished():
    name = "vanished_lags"
    return _fault("V329", Text("Adding problem, T = 60: of the first step almost nothing arrives in the tanh network, and in the GRU half or more", "加法问题，T = 60：在 tanh 网络中几乎没有梯度传回第一步，在 GRU 中传回一半以上"), _compared(Left, name, "faulty", "mended", 59),
                  Text("Norm of the adjoint of the state at the lag, divided by that at the last step, at the last update.", "最后一次更新时，该时滞处隐状态的伴随变量的范数，除以最后一步处的范数。"),
                  ("a difference without any lag", _compared(Left, name, "faulty", "mended", 0)), ("the GRU below the tanh network", _compared(Left, name, "mended", "faulty", 59)))


def underflow():
    name = "float16_underflow"
    return _fault("V330", Text("With a loss scale of 2¹⁵ hardly an entry of the gradient is lost, and without it some are in every run", "损失乘 2¹⁵，梯度的元素几乎不丢失；不缩放，每次训练都有元素丢失"), _compared(Share, name, "mended", "faulty", 140),
                  Text("Share of the first layer's weights whose gradient is zero in float16 and not in float32.", "第一层权重中，梯度在 float16 下为零而在 float32 下不为零的比例。"),
                  ("more entries lost with the scale", _compared(Share, name, "faulty", "mended", 140)), ("nothing lost at the start", Statement(Share("max", name, "faulty", 0), "<", Share("min", name, "mended", 0))))
