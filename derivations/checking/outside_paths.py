"""Second, separately written forward passes of the networks with shorter paths through time (see ``outside``)."""

from functools import reduce
from operator import add

from derivations.checking.outside_deep import slot_loss
from derivations.checking.outside_math import column, exp


def skip_rnn(v, length, put):
    recent, loss = [v["h", -2], v["h", -1], v["h", 0]], 0
    for t in range(1, length + 1):
        put("a", t, v["b", None] + v["U", None] * v["x", t] + v["S", None] * recent.pop(0) + v["W", None] * recent[-1])
        put("h", t, v["a", t].apply(v["phi", None]))
        recent.append(v["h", t])
        loss += slot_loss(recent[-1], v["y", t])
    v["L", None] = loss


def free_running(v, length, put):
    _fed_back(v, length, put, lambda t: v["o", t - 1])


def teacher_forced(v, length, put):
    _fed_back(v, length, put, lambda t: v["y", t - 1])


def _fed_back(v, length, put, fed):
    loss = 0
    for t in range(1, length + 1):
        put("a", t, v["R", None] * fed(t) + v["U", None] * v["x", t] + v["b", None])
        put("h", t, v["a", t].apply(v["phi", None]))
        put("o", t, v["c", None] + v["V", None] * v["h", t])
        loss += slot_loss(v["o", t], v["y", t])
    v["L", None] = loss


def attention(v, length, put):
    steps = range(1, length + 1)
    for t in steps:
        put("v", t, v["M", None] * v["x", t])
        put("u", t, v["e", t].apply(exp))
    put("z", length, reduce(add, (v["u", t] for t in steps)))
    put("r", length, column(v["z", length], 1 / v["z", length][0]))
    put("o", length, reduce(add, (v["v", t] * v["u", t] for t in steps)) * v["r", length][0])
    v["L", None] = slot_loss(v["o", length], v["y", length])


def attention_head(v, length, put):
    steps = range(1, length + 1)
    put("q", 0, v["W_Q", None] * v["x", 0])
    for t in steps:
        put("k", t, v["W_K", None] * v["x", t])
        put("v", t, v["W_V", None] * v["x", t])
        put("e", t, v["q", 0].T * v["k", t] * v["c", None])
        put("u", t, v["e", t].apply(exp))
    put("z", length, reduce(add, (v["u", t] for t in steps)))
    put("r", length, column(v["z", length], 1 / v["z", length][0]))
    put("o", length, reduce(add, (v["v", t] * (v["r", length] * v["u", t]) for t in steps)))
    v["L", None] = slot_loss(v["o", length], v["y", length])
