"""The gradient in Transformers of three depths at initialization, with the normalization in two places and with two remedies.

Nothing is trained: ``train`` bears the name that the experiments share, and its lengths are the depths.
"""

import numpy as np

from experiments.transformer import stack

SETTINGS = {"seeds": [0, 1, 2, 3, 4], "width": 64, "tokens": 32, "lengths": [6, 24, 96], "networks": {"pre": ["pre"], "post": ["post"], "scaled": ["scaled"], "deepnorm": ["deepnorm"]}}


def train(network, layers, settings):
    """Norms of all seeds: gradient in the last weights of the last (``results``) and of the first perceptron; medians along the stream, relative to the top."""
    (kind,) = settings["networks"][network]
    found = [stack(kind, layers, settings["width"], settings["tokens"], np.random.default_rng([72, seed])) for seed in settings["seeds"]]
    weights, stream, apart = (np.array(each) for each in zip(*found))
    top = stream[:, -1:]
    return {"results": weights[:, -1].tolist(), "first": weights[:, 1].tolist(), "stream": np.median(stream / top, axis=0).tolist(), "apart": np.median(apart / top, axis=0).tolist(),
            "bottom": (stream / top)[:, 0].tolist(), "bottom_apart": (apart / top)[:, 0].tolist()}
