"""One head of attention: a query is compared with the keys of all positions, and the values are averaged.

The query is made of an input of its own, x_0. In self-attention x_0 is one of the inputs, and what arrives at the two adds up.
"""

from sympy import MatrixSymbol, Symbol

from derivations.algebra.terms import Family, Loss, Map, T, TimeSum, product, t, transpose
from derivations.model import Equation, Model, Variable
from derivations.models.rnn import SIZES, d, n
from derivations.text import Text

p = Symbol("p", integer=True, positive=True)
x, y, q, k, v, e, u, z, r, o = (Family(name, rows) for name, rows in (("x", d), ("y", p), ("q", n), ("k", n), ("v", p), ("e", 1), ("u", 1), ("z", 1), ("r", 1), ("o", p)))
W_Q, W_K, W_V, c = MatrixSymbol("W_Q", n, d), MatrixSymbol("W_K", n, d), MatrixSymbol("W_V", p, d), MatrixSymbol("c", 1, 1)


def _at_each(term, en, zh):
    return Variable(term, Text(en, zh), 1, T)


def _at_last(term, en, zh):
    return Variable(term, Text(en, zh), T, T)


HEAD = Model(
    name="attention-head", title=Text("One head of attention", "一个注意力头"),
    sizes={n: Text("size of a query and of a key", "查询与键的维数"), d: SIZES[d], p: Text("size of a value", "值的维数")},
    given=(Variable(x[t], Text("input at position t; x_0 asks", "位置 t 的输入；x_0 是提问的一方"), 0, T), _at_last(y[T], "target", "目标")),
    parameters=(Variable(W_Q, Text("weights of the query", "查询的权重")), Variable(W_K, Text("weights of the keys", "键的权重")), Variable(W_V, Text("weights of the values", "值的权重")), Variable(c, Text("scale of the scores, usually one over the root of n", "得分的系数，通常取 n 的平方根的倒数"))),
    hidden=(Variable(q[0], Text("query", "查询"), 0, 0), _at_each(k[t], "key of position t", "位置 t 的键"), _at_each(v[t], "value of position t", "位置 t 的值"), _at_each(e[t], "score of position t", "位置 t 的得分"),
            _at_each(u[t], "exponential of the score", "得分的指数"), _at_last(z[T], "sum of the exponentials", "指数之和"), _at_last(r[T], "one over that sum", "该和的倒数"), _at_last(o[T], "output of the head", "注意力头的输出")),
    equations=(Equation(q[0], product(W_Q, x[0]), 0, 0), Equation(k[t], product(W_K, x[t]), 1, T), Equation(v[t], product(W_V, x[t]), 1, T), Equation(e[t], product(transpose(q[0]), k[t], c), 1, T),
               Equation(u[t], Map("exp", e[t]), 1, T), Equation(z[T], TimeSum(u[t], t, 1, T), T, T), Equation(r[T], Map("reciprocal", z[T]), T, T),
               Equation(o[T], product(TimeSum(product(v[t], u[t]), t, 1, T), r[T]), T, T)),
    loss=Loss(o[T], y[T]))  # fmt: skip
