"""One head of attention with all its paths: through the values, through the keys, and through the query."""

from sympy import Integer

from derivations.algebra.terms import Grad, T, TimeSum, product, t, total, transpose
from derivations.checking.gradients import ModelSuite
from derivations.entry import Entry, Statement, Step
from derivations.models.attention import HEAD, W_K, W_Q, W_V, e, k, o, q, r, u, v, x, z
from derivations.publish import MODEL_LIMITS, ONE_TO_T, SUITE, definition, derived
from derivations.text import Text



class _Numbers(ModelSuite):
    """Factors that are numbers commute with everything."""

    def equivalent(self, entry, mutant):
        if mutant.statement.right.is_MatMul and sorted(map(str, mutant.statement.right.args)) == sorted(map(str, entry.statement.right.args)):
            return "Both factors are numbers, and numbers commute."
        return super().equivalent(entry, mutant)


def entries():
    """The published results of this topic, in the order of the page."""
    return (
        definition(HEAD, "V118", "attention.query", 0, Text("The query", "查询"), ()),
        definition(HEAD, "V119", "attention.score", 3, Text("The score: how well a key fits the query", "得分：键与查询合不合")),
        definition(HEAD, "V120", "attention.head_output", 7, Text("The output of the head: a mean of the values", "注意力头的输出：值的加权平均"), ()),
        _value(), _score(), _balance(),
        derived(HEAD, "V125", "attention.grad_key", k[t], Text("Adjoint of a key", "键的伴随变量"), ONE_TO_T),
        derived(HEAD, "V126", "attention.grad_query", q[0], Text("Adjoint of the query", "查询的伴随变量")),
        derived(HEAD, "V127", "attention.grad_W_Q", W_Q, Text("Gradient in the weights of the query", "对查询权重的梯度")),
        derived(HEAD, "V128", "attention.grad_W_K", W_K, Text("Gradient in the weights of the keys", "对键权重的梯度")),
        derived(HEAD, "V129", "attention.grad_W_V", W_V, Text("Gradient in the weights of the values", "对值权重的梯度")),
        derived(HEAD, "V130", "attention.grad_x", x[t], Text("What a position receives: through its value and through its key", "一个位置收到的梯度：经过它的值，也经过它的键"), ONE_TO_T),
        derived(HEAD, "V131", "attention.grad_x0", x[0], Text("What the asking position receives: through its query", "提问的位置收到的梯度：经过它的查询")),
    )


def _value():
    statement = Statement(Grad(v[t]), "=", product(Grad(o[T]), u[t], r[T]))
    steps = (Step(statement, Text("The value enters the output once, with its share.", "这个值只进入输出一次，带着自己的份额。"), ("attention.head_output",)),)
    return Entry("V121", "attention.grad_value", "identity", Text("Adjoint of a value: the adjoint of the output, times the share", "值的伴随变量：输出的伴随变量乘以份额"), statement, _Numbers(), model=HEAD, domain=ONE_TO_T, steps=steps, uses=("attention.head_output",), limits=MODEL_LIMITS)


def _score():
    statement = Statement(Grad(e[t]), "=", product(u[t], r[T], transpose(total(v[t], product(Integer(-1), o[T]))), Grad(o[T])))
    through = Statement(Grad(e[t]), "=", product(u[t], Grad(u[t])))
    both = Statement(Grad(u[t]), "=", total(product(transpose(v[t]), Grad(o[T]), r[T]), Grad(z[T])))
    steps = (Step(through, Text("The exponential is its own derivative.", "指数函数的导数是它自己。"), ("attention.score",)),
             Step(both, Text("An exponential enters the weighted sum of the values, and the sum by which all are divided.", "一个指数既进入值的加权和，也进入作除数的那个总和。"), ("attention.head_output",)),
             Step(statement, Text("The adjoint of the sum is minus the inner product of the output with its adjoint, divided by the sum.", "总和的伴随变量，等于输出与其伴随变量的内积除以总和，再取负号。"), ("attention.head_output",)))
    return Entry("V123", "attention.grad_score", "identity", Text("Adjoint of a score: the share, times how far the value stands out from the output", "得分的伴随变量：份额乘以值偏离输出的程度"), statement, _Numbers(), model=HEAD, domain=ONE_TO_T, steps=steps, uses=("attention.head_output", "attention.score"), limits=MODEL_LIMITS)


def _balance():
    statement = Statement(Grad(e[T]), "=", product(Integer(-1), TimeSum(Grad(e[t]), t, 1, T - 1)))
    steps = (Step(statement, Text("The shares add up to one, and the mean of what stands out from the mean is zero: all adjoints of the scores add up to zero.", "份额之和为一，而偏离平均的部分，其平均为零：所有得分的伴随变量之和为零。"), ("attention.grad_score",)),)
    return Entry("V124", "attention.balance", "identity", Text("What one score gains the others lose", "一个得分所得，就是其余得分所失"), statement, SUITE, model=HEAD, steps=steps, uses=("attention.grad_score",), limits=MODEL_LIMITS)
