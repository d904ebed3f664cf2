"""A second, separately written forward pass of every model: it would expose a wrong model.

It shares no code with derivations.models and derivations.checking.forward. A nudge {(name, index): matrix} is added to a
quantity wherever that quantity is set; it may be complex. The values may be matrices of mpmath or ``outside_math.Array``.
"""

from derivations.checking.outside_blocks import post_norm, pre_norm
from derivations.checking.outside_deep import (
    average_pooling, convolution, convolution_grid, convolution_stride_2, dense, feedforward, gru, gru_after, highway, lstm, lstm_peephole, max_pooling,
    post_activation, residual,
)
from derivations.checking.outside_linear import diagonal, diagonal_exp, selective
from derivations.checking.outside_math import exp, log, logistic, relu, tanh
from derivations.checking.outside_norm import gradient_regularizer, layer_norm, rms_norm, unfolded, weight_norm
from derivations.checking.outside_paths import attention, attention_head, free_running, skip_rnn, teacher_forced

ACTIVATIONS = {"tanh": tanh, "sigmoid": logistic, "relu": relu}
ANALYTIC = ("tanh", "sigmoid")


def passes(model_name, given, length, nudge, activation="tanh"):
    """All values {(name, index): matrix} and the loss, a number, under ('L', None); parameters have the index None.

    ``activation`` is what phi stands for, for models that leave it open. Raises KeyError with a sentence for a value that
    the point does not give, ValueError for a nudge of what the pass never sets.
    """
    v = {key: value + nudge[key] if key in nudge else value for key, value in given.items()}
    v["phi", None] = ACTIVATIONS.get(activation)

    def put(name, index, value):
        v[name, index] = value + nudge[name, index] if (name, index) in nudge else value

    try:
        _PASSES[model_name](v, length, put)
    except KeyError as missing:
        raise KeyError(f"the forward pass of {model_name} needs {missing.args[0]}, which the point does not give") from None
    for key in nudge.keys() - v.keys():
        raise ValueError(f"the forward pass of {model_name} has no {key} to nudge")
    return v


def _linear(v, length, put):
    loss = 0
    for t in range(1, length + 1):
        put("h", t, v["W_hx", None] * v["x", t] + v["W_hh", None] * v["h", t - 1])
        put("o", t, v["W_qh", None] * v["h", t])
        o, y = v["o", t], v["y", t]
        biggest = log(sum(exp(e) for e in o))
        loss += sum(y[r] * (biggest - o[r]) for r in range(len(o))) + sum(e**4 for e in o)
    v["L", None] = loss / length


def _state(v, t, put):
    put("a", t, v["U", None] * v["x", t] + v["W", None] * v["s", t - 1] + v["b", None])
    put("s", t, v["a", t].apply(v["phi", None]))


def _readout(v, t, put):
    put("z", t, v["V", None] * v["s", t] + v["c", None])
    exponentials = v["z", t].apply(exp)
    put("o", t, exponentials / sum(exponentials))
    return -sum(v["y", t][r] * log(v["o", t][r]) for r in range(len(v["o", t])))


def _tanh(v, length, put):
    loss = 0
    for t in range(1, length + 1):
        _state(v, t, put)
        loss += _readout(v, t, put)
    v["L", None] = loss


def _tanh_last(v, length, put):
    for t in range(1, length + 1):
        _state(v, t, put)
    v["L", None] = _readout(v, length, put)


_PASSES = {
    "linear-rnn": _linear,
    "tanh-rnn": _tanh,
    "tanh-rnn-last": _tanh_last,
    "feed-forward": feedforward,
    "residual": residual,
    "layer-norm": layer_norm,
    "rms-norm": rms_norm,
    "post-norm": post_norm,
    "pre-norm": pre_norm,
    "lstm": lstm,
    "lstm-peephole": lstm_peephole,
    "gru": gru,
    "gru-after": gru_after,
    "diagonal": diagonal,
    "diagonal-exp": diagonal_exp,
    "selective": selective,
    "convolution": convolution,
    "convolution-stride-2": convolution_stride_2,
    "convolution-grid": convolution_grid,
    "average-pooling": average_pooling,
    "max-pooling": max_pooling,
    "skip-rnn": skip_rnn,
    "free-running": free_running,
    "teacher-forced": teacher_forced,
    "attention": attention,
    "attention-head": attention_head,
    "highway": highway,
    "post-activation": post_activation,
    "dense": dense,
    "layer-norm-unfolded": unfolded,
    "weight-norm": weight_norm,
    "gradient-regularizer": gradient_regularizer,
}
