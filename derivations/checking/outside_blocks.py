"""Second, separately written forward passes of residual networks with a normalization behind the sum or inside the branch (see ``outside``)."""

from derivations.checking.outside_deep import slot_loss
from derivations.checking.outside_math import column, root


def post_norm(v, depth, put):
    for block in range(1, depth + 1):
        _branch(v, block, v["h", block - 1], put)
        put("z", block, v["V", block] * v["u", block] + v["h", block - 1])
        _size(v, block, v["z", block], put)
        put("h", block, v["z", block] * v["r", block][0])
    v["L", None] = slot_loss(v["h", depth], v["y", depth])


def pre_norm(v, depth, put):
    for block in range(1, depth + 1):
        stream = v["h", block - 1]
        _size(v, block, stream, put)
        put("s", block, stream * v["r", block][0])
        _branch(v, block, v["s", block], put)
        put("h", block, v["V", block] * v["u", block] + stream)
    v["L", None] = slot_loss(v["h", depth], v["y", depth])


def _branch(v, block, entering, put):
    put("a", block, v["W", block] * entering)
    put("u", block, v["a", block].apply(v["phi", None]))


def _size(v, block, of, put):
    put("v", block, column(of, sum(entry**2 for entry in of) / len(of)))
    put("r", block, column(of, 1 / root(v["v", block][0])))
