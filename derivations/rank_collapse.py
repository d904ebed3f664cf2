"""Rank collapse: averaging makes the positions alike, layer by layer; a bound for one layer, and measured stacks of attention."""

import random
import statistics

from sympy import ImmutableMatrix, Integer, MatrixSymbol, Rational, Symbol, eye, ones

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Plus, Times
from derivations.algebra.shares import Residual, Width
from derivations.algebra.terms import product
from derivations.checking.measured import MeasuredSuite, recorded
from derivations.checking.measured_bounds import bounded
from derivations.checking.scalars import Suite, mutants
from derivations.entry import Declared, Entry, Number, Statement, Step
from derivations.experiments import medians
from derivations.text import Text

n = Symbol("n", integer=True, positive=True)
epsilon = Symbol("epsilon", positive=True)
A, x = MatrixSymbol("A", n, n), MatrixSymbol("x", n, 1)
NAME = "rank_collapse"
DRAWN = Text("Five draws of weights and inputs, one head, one number of channels and of positions, no layer normalization.", "权重与输入抽取五次，只有一个头，一种通道数与位置数，没有层归一化。")


def entries():
    """The published results of this topic, in the order of the page."""
    return contraction(), collapse()


def _point(matrix, vector):
    return {A: ImmutableMatrix(matrix), x: ImmutableMatrix(vector), epsilon: min(matrix), n: Integer(matrix.rows), "size": matrix.rows}


def _points():
    """Matrices of positive fractions whose rows add up to one, with vectors beside them."""
    draw, found = random.Random(145), []
    for rows in (2, 3, 4, 6):
        for power in (1, 3):
            drawn = [[draw.randint(1, 30) ** power for _ in range(rows)] for _ in range(rows)]
            matrix = ImmutableMatrix([[Rational(entry, sum(row)) for entry in row] for row in drawn])
            found.append(_point(matrix, [Rational(draw.randint(-30, 30), 8) for _ in range(rows)]))
    return tuple(found)


def _attained():
    """Every position reads itself most, and all others alike."""
    return tuple(_point(share * ones(rows) + (1 - rows * share) * eye(rows), [Integer(place) for place in range(rows)]) for rows, share in ((2, Rational(1, 5)), (3, Rational(1, 4)), (5, Rational(1, 100))))


def contraction():
    factor = Plus(1, Times(-1, n, epsilon))
    statement = Statement(Width(product(A, x)), "<=", Times(factor, Width(x)))
    wrong = mutants(statement, not_contracted=Width(x), counted_once=Times(Plus(1, -epsilon), Width(x)), squared=Times(factor**2, Width(x)), one_per_cent_less=Times(Rational(99, 100), factor, Width(x)), complement_forgotten=Times(n, epsilon, Width(x)))
    steps = (Step(statement, Text("Take the part ε from every share: it gives every position the same number. What is left of a row is not negative and adds up to 1 − nε, so it lies between 1 − nε times the smallest and 1 − nε times the largest entry.", "从每个份额中取出 ε：这一部分给每个位置同一个数。每行余下的部分非负，和为 1 − nε，所以落在最小元素的 1 − nε 倍与最大元素的 1 − nε 倍之间。")),)
    return Entry("V145", "rank.contraction", "bound", Text("Averaging with positive shares draws the positions together", "以正的份额取平均，使各位置彼此靠拢"), statement, Suite(bounded("values with 60 digits", _points() + _attained(), _attained()), wrong),
                 declared=(Declared(A, Text("shares: row t says what position t reads from each position", "份额：第 t 行是位置 t 从每个位置读取的份额"), (n, n)), Declared(x, Text("one channel at all positions", "一个通道在各位置的值"), (n, 1)), Declared(epsilon, Text("the smallest share", "最小的份额"), domain="\\varepsilon > 0"), Declared(n, Text("number of positions", "位置的个数"))),
                 assumptions=(Text("Every row of A adds up to one, and no share is below ε.", "A 的每行之和为一，且没有份额小于 ε。"),), steps=steps)


def collapse():
    statement = Statement(Residual("max", NAME, "pure", 3), "<", Residual("min", NAME, "skip", 8))
    false = (("the first layer below the last with a skip", Statement(Residual("max", NAME, "pure", 1), "<", Residual("min", NAME, "skip", 8))),
             ("the skip below pure attention", Statement(Residual("max", NAME, "skip", 8), "<", Residual("min", NAME, "pure", 3))))
    gradients = {f"gradient_{network}_{layer}": Number(Rational(str(statistics.median(runs)))) for network, of in recorded(NAME)["gradients"].items() for layer, runs in of.items()}
    return Entry("V146", "experiment.rank_collapse", "experiment", Text("Three layers of pure attention leave the positions more alike than eight with a skip", "三层纯注意力之后，各位置的相似程度已超过带跳跃的八层"), statement, MeasuredSuite(false),
                 steps=(Step(statement, Text("Norm of the deviations from the mean over the positions, over the norm of the whole; before any training.", "与各位置平均值之差的范数，除以总的范数；未经训练。"), ("rank.contraction",)),), assumptions=(DRAWN,), values=medians(NAME) | gradients, limits=(DRAWN,), sources=("dong2021",))
