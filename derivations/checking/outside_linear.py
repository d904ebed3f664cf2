"""Second, separately written forward passes of the recurrences without a recurrent matrix (see ``outside``)."""

from derivations.checking.outside_deep import slot_loss
from derivations.checking.outside_math import exp, logistic, times


def diagonal(v, length, put):
    _run(v, length, put, v["lambda_h", None])


def diagonal_exp(v, length, put):
    rates = v["nu", None].apply(exp)
    _run(v, length, put, (rates * -1).apply(exp))


def _run(v, length, put, factors):
    loss = 0
    for t in range(1, length + 1):
        put("h", t, times(v["x", t], v["gamma", None]) + times(v["h", t - 1], factors))
        loss += slot_loss(v["h", t], v["y", t])
    v["L", None] = loss


def selective(v, length, put):
    loss = 0
    for t in range(1, length + 1):
        put("a", t, v["b", None] + v["W", None] * v["x", t])
        put("g", t, v["a", t].apply(logistic))
        before = v["h", t - 1]
        put("h", t, before + times(v["g", t], v["x", t] - before))
        loss += slot_loss(v["h", t], v["y", t])
    v["L", None] = loss
