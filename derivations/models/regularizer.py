"""The gradient regularizer of Pascanu, Mikolov and Bengio as a model of its own: adjoints and slopes are data, W alone is learned.

Holding them fixed is what "immediate derivative" means; the adjoints g_t and q_t of a recurrent network come from its backward pass.
"""

from sympy import OneMatrix

from derivations.algebra.terms import Family, Map, T, TimeSum, product, t, total, transpose
from derivations.model import Equation, Model, Variable
from derivations.models.rnn import SIZES, W, n
from derivations.text import Text

g, q, e = (Family(name, n) for name in "gqe")
v, f, m, r, rho = (Family(name, 1) for name in ("v", "f", "m", "r", "rho"))
ONE = OneMatrix(1, 1)


def _over_time(term, en, zh):
    return Variable(term, Text(en, zh), 1, T)


REGULARIZER = Model(
    name="gradient-regularizer", title=Text("The gradient regularizer, with adjoints and states held fixed", "梯度正则项，伴随变量与状态固定不变"), sizes={n: SIZES[n]},
    given=(_over_time(g[t], "adjoint of the state s_t", "状态 s_t 的伴随变量"), _over_time(q[t], "adjoint of the pre-activation a_t: diag(φ′(a_t)) g_t", "预激活值 a_t 的伴随变量：diag(φ′(a_t)) g_t")),
    parameters=(Variable(W, Text("recurrent weights", "循环权重")),),
    hidden=(_over_time(e[t], "the part of the adjoint of s_{t−1} that comes from step t", "s_{t−1} 的伴随变量中来自第 t 步的部分"), _over_time(v[t], "square of its length", "它的长度的平方"), _over_time(f[t], "its length", "它的长度"),
            _over_time(m[t], "square of the length of g_t", "g_t 的长度的平方"), _over_time(r[t], "reciprocal of the length of g_t", "g_t 的长度的倒数"), _over_time(rho[t], "factor by which the step changes the length", "这一步使长度变为的倍数")),
    equations=(Equation(e[t], product(transpose(W), q[t]), 1, T), Equation(v[t], product(transpose(e[t]), e[t]), 1, T), Equation(f[t], Map("sqrt", v[t]), 1, T),
               Equation(m[t], product(transpose(g[t]), g[t]), 1, T), Equation(r[t], Map("rsqrt", m[t]), 1, T), Equation(rho[t], product(f[t], r[t]), 1, T)),
    loss=TimeSum(Map("square", total(rho[t], product(-1, ONE))), t, 1, T))  # fmt: skip
