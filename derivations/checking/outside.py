"""A second, separately written forward pass of every model, in mpmath matrices: it would expose a wrong model.

It shares no code with derivations.models and derivations.checking.forward. A nudge {(name, index): matrix} is added to a
quantity wherever that quantity is set.
"""

from mpmath import mp

from derivations.checking.outside_deep import convolution, convolution_stride_2, feedforward, gru, gru_after, lstm


def passes(model_name, given, length, nudge):
    """All values {(name, index): mp.matrix} and the loss under ('L', None); parameters have the index None."""
    v = {key: value + nudge[key] if key in nudge else value for key, value in given.items()}

    def put(name, index, value):
        v[name, index] = value + nudge[name, index] if (name, index) in nudge else value

    return _PASSES[model_name](v, length, put)


def _linear(v, length, put):
    loss = mp.mpf(0)
    for t in range(1, length + 1):
        put("h", t, v["W_hx", None] * v["x", t] + v["W_hh", None] * v["h", t - 1])
        put("o", t, v["W_qh", None] * v["h", t])
        o, y = v["o", t], v["y", t]
        biggest = mp.log(sum(mp.exp(e) for e in o))
        loss += sum(y[r] * (biggest - o[r]) for r in range(len(o))) + sum(e**4 for e in o)
    v["L", None] = mp.matrix([[loss / length]])
    return v


def _state(v, t, put):
    put("a", t, v["U", None] * v["x", t] + v["W", None] * v["s", t - 1] + v["b", None])
    put("s", t, v["a", t].apply(mp.tanh))


def _readout(v, t, put):
    put("z", t, v["V", None] * v["s", t] + v["c", None])
    exponentials = v["z", t].apply(mp.exp)
    put("o", t, exponentials / sum(exponentials))
    return -sum(v["y", t][r] * mp.log(v["o", t][r]) for r in range(len(v["o", t])))


def _tanh(v, length, put):
    loss = mp.mpf(0)
    for t in range(1, length + 1):
        _state(v, t, put)
        loss += _readout(v, t, put)
    v["L", None] = mp.matrix([[loss]])
    return v


def _tanh_last(v, length, put):
    for t in range(1, length + 1):
        _state(v, t, put)
    v["L", None] = mp.matrix([[_readout(v, length, put)]])
    return v


_PASSES = {"linear-rnn": _linear, "tanh-rnn": _tanh, "tanh-rnn-last": _tanh_last, "feed-forward": feedforward, "lstm": lstm, "gru": gru, "gru-after": gru_after,
           "convolution": convolution, "convolution-stride-2": convolution_stride_2}
