"""Second, separately written forward passes of the feed-forward network, the LSTM, the GRU and the convolution (see ``outside``)."""

from derivations.checking.outside_math import column, exp, log, logistic, relu, tanh, times


def slot_loss(o, y):
    """The loss of one output: cross-entropy of softmax, plus the sum of fourth powers."""
    mass = log(sum(exp(e) for e in o))
    return sum(y[r] * (mass - o[r]) for r in range(len(o))) + sum(e**4 for e in o)


def feedforward(v, depth, put):
    for layer in range(1, depth + 1):
        put("a", layer, v["W", layer] * v["h", layer - 1] + v["b", layer])
        put("h", layer, v["a", layer].apply(v["phi", None]))
    v["L", None] = slot_loss(v["h", depth], v["y", depth])


def residual(v, depth, put):
    for block in range(1, depth + 1):
        put("a", block, v["W", block] * v["h", block - 1] + v["b", block])
        put("u", block, v["a", block].apply(v["phi", None]))
        put("h", block, v["V", block] * v["u", block] + v["h", block - 1])
    v["L", None] = slot_loss(v["h", depth], v["y", depth])


def _gate(v, t, put, letter, squash, state):
    put(f"a_{letter}", t, v[f"W_{letter}", None] * v["x", t] + v[f"U_{letter}", None] * state + v[f"b_{letter}", None])
    put(letter, t, v[f"a_{letter}", t].apply(squash))


def lstm(v, length, put):
    loss = 0
    for t in range(1, length + 1):
        for letter in "fio":
            _gate(v, t, put, letter, logistic, v["h", t - 1])
        _gate(v, t, put, "g", tanh, v["h", t - 1])
        put("c", t, times(v["f", t], v["c", t - 1]) + times(v["i", t], v["g", t]))
        put("h", t, times(v["o", t], v["c", t].apply(tanh)))
        loss += slot_loss(v["h", t], v["y", t])
    v["L", None] = loss


def lstm_peephole(v, length, put):
    loss = 0

    def gate(letter, cell):
        put(f"a_{letter}", t, v[f"W_{letter}", None] * v["x", t] + v[f"U_{letter}", None] * v["h", t - 1] + v[f"b_{letter}", None] + times(cell, v[f"p_{letter}", None]))
        put(letter, t, v[f"a_{letter}", t].apply(logistic))

    for t in range(1, length + 1):
        gate("f", v["c", t - 1])
        gate("i", v["c", t - 1])
        _gate(v, t, put, "g", tanh, v["h", t - 1])
        put("c", t, times(v["c", t - 1], v["f", t]) + times(v["g", t], v["i", t]))
        gate("o", v["c", t])
        put("h", t, times(v["c", t].apply(tanh), v["o", t]))
        loss += slot_loss(v["h", t], v["y", t])
    v["L", None] = loss


def gru(v, length, put):
    _gru(v, length, put, _reset_before)


def gru_after(v, length, put):
    _gru(v, length, put, _reset_after)


def _reset_before(v, t, put, before):
    _gate(v, t, put, "g", tanh, times(v["r", t], before))


def _reset_after(v, t, put, before):
    put("u", t, v["U_g", None] * before + v["b_u", None])
    put("a_g", t, v["W_g", None] * v["x", t] + times(v["r", t], v["u", t]) + v["b_g", None])
    put("g", t, v["a_g", t].apply(tanh))


def _gru(v, length, put, candidate):
    loss = 0
    for t in range(1, length + 1):
        before = v["h", t - 1]
        _gate(v, t, put, "r", logistic, before)
        _gate(v, t, put, "z", logistic, before)
        candidate(v, t, put, before)
        put("h", t, v["g", t] + times(v["z", t], before - v["g", t]))
        loss += slot_loss(v["h", t], v["y", t])
    v["L", None] = loss


def _convolve(v, length, put, stride):
    loss, width = 0, sum(1 for name, _ in v if name == "K")
    for t in range(1, length + 1):
        out = v["b", None]
        for tap in range(width):
            out = out + v["K", tap] * v["x", stride * (t - 1) + 1 + tap]
        put("z", t, out)
        loss += slot_loss(v["z", t], v["y", t])
    v["L", None] = loss


def convolution(v, length, put):
    _convolve(v, length, put, 1)


def convolution_stride_2(v, length, put):
    _convolve(v, length, put, 2)


def _features(v, t, put):
    put("h", t, v["Z", t] * v["u", t])
    return slot_loss(v["h", t], v["y", t])


def convolution_grid(v, images, put):
    loss, ones = 0, column(v["u", 1], *[1] * len(v["u", 1])).T
    for t in range(1, images + 1):
        out = v["b", None] * ones
        for tap in range(sum(1 for name, _ in v if name == "S")):
            out = out + v["K", tap] * (v["X", t] * v["S", tap])
        put("Z", t, out)
        loss += _features(v, t, put)
    v["L", None] = loss


def average_pooling(v, images, put):
    loss, window = 0, sum(1 for name, _ in v if name == "S")
    for t in range(1, images + 1):
        chosen = v["S", 0]
        for place in range(1, window):
            chosen = chosen + v["S", place]
        put("Z", t, v["X", t] * chosen / window)
        loss += _features(v, t, put)
    v["L", None] = loss


def max_pooling(v, images, put):
    loss = 0
    for t in range(1, images + 1):
        put("A", t, v["X", t] * (v["S", 0] - v["S", 1]))
        put("Z", t, v["A", t].apply(relu) + v["X", t] * v["S", 1])
        loss += _features(v, t, put)
    v["L", None] = loss
