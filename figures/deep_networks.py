"""Deep random networks for the figures: drawn at random, run forward and backward by the program that the site derived."""

from functools import cache

import numpy as np

from derivations.algebra.program import program
from derivations.models import MODELS

HERMITE = np.polynomial.hermite_e.hermegauss(160)


@cache
def compiled(model, phi):
    """(forward, backward) of the model of that name with this activation, as derivations.algebra.program writes them."""
    scope = {}
    exec(program(MODELS[model], phi), scope)
    return scope["forward"], scope["backward"]


def random_network(random, n, depth, weight, bias=0.0):
    """Parameters with Var W_ij = weight / n and Var b_i = bias, as the program wants them."""
    layers = range(1, depth + 1)
    return {"W": {l: random.normal(size=(n, n)) * np.sqrt(weight / n) for l in layers}, "b": {l: random.normal(size=(n, 1)) * np.sqrt(bias) for l in layers}}


def gradients(phi, network, h_0, slope):
    """(values, gradients) by name and layer for an input h_0 (n, 1); ``slope(h_D)`` is the slope of the loss in the output (n, 1)."""
    forward, backward = compiled("feed-forward", phi)
    depth = len(network["W"])
    values = forward(network, {"h": {0: h_0}}, depth)
    return values, backward(network, values, {depth: slope(values["h"][depth])}, depth)


def gauss(f, q):
    """E f(z) for z ~ N(0, q), elementwise in q; f must be smooth."""
    nodes, weights = HERMITE
    return f(np.sqrt(np.asarray(q))[..., None] * nodes) @ weights / weights.sum()
