"""Weight normalization: every unit has a direction and a length of its own. Here t numbers the units, and a vector over examples stands for each."""

from sympy import MatrixSymbol, OneMatrix

from derivations.algebra.terms import Family, Loss, Map, T, TimeSum, product, t, total, transpose
from derivations.model import Equation, Model, Variable
from derivations.models.rnn import d, n
from derivations.text import Text

X = MatrixSymbol("X", n, d)
v, g, b, q, r, w, a, y = Family("v", d), Family("g", 1), Family("b", 1), Family("q", 1), Family("r", 1), Family("w", d), Family("a", n), Family("y", n)


def _unit(term, en, zh):
    return Variable(term, Text(en, zh), 1, T)


WEIGHT_NORM = Model(
    name="weight-norm", title=Text("A linear layer with weight normalization, unit by unit", "带权重归一化的线性层，逐个单元写出"),
    sizes={n: Text("number of examples", "样本数"), d: Text("number of inputs", "输入的维数")},
    given=(_unit(y[t], "targets of unit t, one for each example", "第 t 个单元的目标，每个样本一个"),),
    parameters=(Variable(X, Text("inputs, one row for each example", "输入，每个样本一行")), _unit(v[t], "direction of the weights of unit t, of any length", "第 t 个单元的权重方向，长度任意"),
                _unit(g[t], "length of the weights of unit t", "第 t 个单元的权重长度"), _unit(b[t], "bias of unit t", "第 t 个单元的偏置")),
    hidden=(_unit(q[t], "squared length of the direction", "方向向量的长度的平方"), _unit(r[t], "one over the length of the direction", "方向向量的长度的倒数"),
            _unit(w[t], "weights of unit t", "第 t 个单元的权重"), _unit(a[t], "pre-activations of unit t, one for each example", "第 t 个单元的预激活值，每个样本一个")),
    equations=(Equation(q[t], product(transpose(v[t]), v[t]), 1, T), Equation(r[t], Map("rsqrt", q[t]), 1, T), Equation(w[t], product(v[t], r[t], g[t]), 1, T),
               Equation(a[t], total(product(X, w[t]), product(OneMatrix(n, 1), b[t])), 1, T)),
    loss=TimeSum(Loss(a[t], y[t]), t, 1, T))  # fmt: skip
