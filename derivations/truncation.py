"""Truncated back-propagation through time: what is kept and what is lost, exactly."""

from sympy import Integer

from derivations.algebra.terms import Grad, T, TimeSum, m, product, t, total, transpose
from derivations.entry import Entry, Range, Statement, Step
from derivations.models.rnn import ONE_HOT, TANH_RNN_LAST, V, W, o, s, y
from derivations.publish import MODEL_LIMITS, SUITE
from derivations.tanh_rnn import chain, slope
from derivations.text import Text

TERM = product(slope(t), transpose(chain(T, t + 1)), transpose(V), total(o[T], product(-1, y[T])), transpose(s[t - 1]))


def entries():
    """The published results of this topic, in the order of the page."""
    lost, kept = TimeSum(TERM, t, 1, m), TimeSum(TERM, t, m + 1, T)
    whole = Statement(Grad(W), "=", TimeSum(TERM, t, 1, T))
    statement = Statement(Grad(W), "=", total(kept, lost))
    steps = (Step(whole, Text("One path for every step at which the weights act.", "权重每起作用一步，就有一条路径。"), ("rnn.last.grad_W",)),
             Step(statement, Text("Cut between the steps m and m + 1: the first sum is what truncation keeps, the second what it loses.", "在第 m 步与第 m + 1 步之间切断：前一个和是截断所保留的，后一个是所丢失的。")))
    return (Entry("V930", "truncation.split", "identity", Text("Truncation keeps the last steps and loses the others", "截断保留最后若干步，丢失其余各步"), statement, SUITE, model=TANH_RNN_LAST, domain=(Range(m, Integer(0), T),), assumptions=(ONE_HOT,), limits=MODEL_LIMITS, steps=steps, uses=("rnn.last.grad_W",)),)
