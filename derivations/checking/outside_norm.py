"""Second, separately written forward passes of what divides by a norm: layers with a normalization, the gradient regularizer (see ``outside``)."""

from derivations.checking.outside_deep import slot_loss
from derivations.checking.outside_math import column, root, times


def layer_norm(v, length, put):
    _normalized(v, length, put, True)


def rms_norm(v, length, put):
    _normalized(v, length, put, False)


def _normalized(v, length, put, centred):
    loss = 0
    for t in range(1, length + 1):
        put("a", t, v["W", None] * v["x", t])
        a = v["a", t]
        if centred:
            put("m", t, column(a, sum(a) / len(a)))
            put("u", t, column(a, *(entry - v["m", t][0] for entry in a)))
            a = v["u", t]
        put("v", t, column(a, sum(entry * entry for entry in a) / len(a)))
        put("r", t, column(a, 1 / root(v["v", t][0])))
        put("s", t, a * v["r", t][0])
        put("h", t, times(v["gamma", None], v["s", t]) + v["beta", None])
        loss += slot_loss(v["h", t], v["y", t])
    v["L", None] = loss


def gradient_regularizer(v, length, put):
    loss = 0
    for t in range(1, length + 1):
        g, q = v["g", t], v["q", t]
        put("e", t, column(q, *(sum(v["W", None][i, j] * q[i] for i in range(len(q))) for j in range(len(q)))))
        put("v", t, column(q, sum(entry**2 for entry in v["e", t])))
        put("f", t, column(q, root(v["v", t][0])))
        put("m", t, column(g, sum(entry**2 for entry in g)))
        put("r", t, column(g, 1 / root(v["m", t][0])))
        put("rho", t, v["f", t] * v["r", t][0])
        loss += v["rho", t][0] ** 2 - 2 * v["rho", t][0] + 1
    v["L", None] = loss
