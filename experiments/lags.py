"""Lag by lag: how much of the gradient of a loss at the last step is left, in the state, some steps earlier."""

from functools import cache

import numpy as np

from derivations.algebra.program import adjoint_program
from derivations.models import MODELS


@cache
def _compiled(model, phi):
    space = {}
    exec(compile(adjoint_program(MODELS[model], phi), f"<adjoints of {model}>", "exec"), space)
    return space["adjoints"]


def profile(model, phi, parameters, values, slope, length):
    """{lag: norm over units and batch of dL/dh at T - lag, as a multiple of that at T, for every run}; ``slope`` is dL/d(output) at T."""
    nothing, last = np.zeros_like(values["h"][length]), parameters["V"].mT @ slope
    found = _compiled(model, phi)(parameters, values, {t: last if t == length else nothing for t in range(1, length + 1)}, length)["h"]
    size = {t: np.sqrt((adjoint**2).sum(axis=(1, 2))) for t, adjoint in found.items() if t}
    return {length - t: (size[t] / size[length]).tolist() for t in size}
