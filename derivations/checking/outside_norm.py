"""Second, separately written forward passes of what divides by a norm: layers with a normalization, the gradient regularizer (see ``outside``)."""

from derivations.checking.outside_deep import slot_loss
from derivations.checking.outside_math import column, root, times


def layer_norm(v, length, put):
    _normalized(v, length, put, True)


def rms_norm(v, length, put):
    _normalized(v, length, put, False)


def unfolded(v, length, put):
    loss = 0
    for t in range(1, length + 1):
        put("a", t, v["W", None] * v["x", t])
        a = v["a", t]
        put("m", t, column(a, sum(a) / len(a)))
        mean = v["m", t][0]
        put("v", t, column(a, sum((entry - mean) * (entry - mean) for entry in a) / len(a)))
        put("r", t, column(a, 1 / root(v["v", t][0])))
        put("s", t, column(a, *((entry - mean) * v["r", t][0] for entry in a)))
        put("h", t, v["beta", None] + times(v["s", t], v["gamma", None]))
        loss += slot_loss(v["h", t], v["y", t])
    v["L", None] = loss


def weight_norm(v, units, put):
    loss = 0
    for unit in range(1, units + 1):
        direction = v["v", unit]
        put("q", unit, column(direction, sum(entry**2 for entry in direction)))
        put("r", unit, column(direction, 1 / root(v["q", unit][0])))
        put("w", unit, direction * (v["g", unit][0] * v["r", unit][0]))
        answers = v["X", None] * v["w", unit]
        put("a", unit, column(answers, *(answer + v["b", unit][0] for answer in answers)))
        loss += slot_loss(v["a", unit], v["y", unit])
    v["L", None] = loss


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
