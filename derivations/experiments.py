"""What the trained networks showed: comparisons of measured errors, with every median as a checked number."""

import statistics

from sympy import Rational

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Run
from derivations.checking.measured import MeasuredSuite, recorded
from derivations.entry import Entry, Number, Statement, Step
from derivations.text import Text

LIMIT = Text("Five seeds, one size and one learning rate, a fixed number of updates; other settings give other numbers.", "五个随机种子，一种规模，一个学习率，固定的更新次数；换一种设置，数值会不同。")


def entries():
    return adding(), copying(), copying_longer()


def medians(experiment):
    """Every median as {NETWORK_LENGTH: Number}, and the settings that a page mentions."""
    record = recorded(experiment)
    found = {f"{network}_{length}": Number(Rational(str(statistics.median(errors)))) for network, of in record["results"].items() for length, errors in of.items()}
    settings = record["settings"]
    return found | {name: Number(Rational(str(value))) for name, value in settings.items() if isinstance(value, (int, float))} | {"runs": Number(Rational(len(settings["seeds"]))), "seconds": Number(Rational(str(record["seconds"])))}


def adding():
    statement = Statement(Run("max", "adding", "LSTM", 80), "<", Run("min", "adding", "plain", 80))
    false = (("the plain network below the identity one", Statement(Run("max", "adding", "plain", 80), "<", Run("min", "adding", "identity", 80))),
             ("the orthogonal network below the plain one", Statement(Run("max", "adding", "orthogonal", 80), "<", Run("min", "adding", "plain", 80))))
    why = Text("Mean squared error of every run in the last tenth of its training; guessing the mean costs 1/6.", "每次训练最后十分之一阶段的均方误差；猜均值的代价是 1/6。")
    return Entry("V790", "experiment.adding", "experiment", Text("Adding problem, T = 80: the worst LSTM run beats the best plain run", "加法问题，T = 80：最差的 LSTM 也胜过最好的普通循环神经网络"), statement, MeasuredSuite(false),
                 steps=(Step(statement, why),), assumptions=(LIMIT,), values=medians("adding"), limits=(LIMIT,))


def copying():
    statement = Statement(Run("max", "copying", "orthogonal", 15), "<", Run("min", "copying", "LSTM", 15))
    false = (("the LSTM below the orthogonal network", Statement(Run("max", "copying", "LSTM", 15), "<", Run("min", "copying", "orthogonal", 15))),
             ("the plain network below the LSTM", Statement(Run("max", "copying", "plain", 15), "<", Run("min", "copying", "LSTM", 15))))
    why = Text("Cross-entropy per repeated symbol in the last tenth of the training; guessing costs ln 8.", "训练最后十分之一阶段中每个待复现符号的交叉熵；乱猜的代价是 ln 8。")
    return Entry("V791", "experiment.copying", "experiment", Text("Copy memory, delay 15: the worst orthogonal run beats the best LSTM run", "复制记忆，延迟 15：最差的正交网络也胜过最好的 LSTM"), statement, MeasuredSuite(false),
                 steps=(Step(statement, why),), assumptions=(LIMIT,), values=medians("copying"), limits=(LIMIT,))


def copying_longer():
    statement = Statement(Run("max", "copying_longer", "GRU", 15), "<", Run("min", "copying_longer", "LSTM", 15))
    false = (("the LSTM below the GRU", Statement(Run("max", "copying_longer", "LSTM", 15), "<", Run("min", "copying_longer", "GRU", 15))),
             ("a network compared with itself", Statement(Run("max", "copying_longer", "GRU", 15), "<", Run("min", "copying_longer", "GRU", 15))))
    why = Text("The same task with five times as many updates; guessing costs ln 8.", "同一任务，更新次数为五倍；乱猜的代价是 ln 8。")
    return Entry("V792", "experiment.copying_longer", "experiment", Text("Copy memory, delay 15, five times as many updates: both gated networks copy, and the worst GRU run beats the best LSTM run", "复制记忆，延迟 15，更新次数为五倍：两种门控网络都学会了复制，最差的 GRU 也胜过最好的 LSTM"), statement, MeasuredSuite(false),
                 steps=(Step(statement, why),), assumptions=(LIMIT,), values=medians("copying_longer"), limits=(LIMIT,))
