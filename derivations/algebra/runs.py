"""The norm of a gradient that an experiment has measured, and its printed form."""

from derivations.algebra.layout import Fence, Script, Sign, row
from derivations.algebra.scalars import Run
from derivations.algebra.typeset import FACTOR, THIN, Integer, _set, boxes
from derivations.algebra.typeset_scalars import word


class Norm(Run):
    """``Norm('max', 'digits_gradients', 'tanh', 3)``: the largest norm, over the seeds, of the gradient in the kernel of layer 3."""


@_set.register(Norm)
def _(term):
    norm = Script(Sign("g", "g"), sub=Sign(rf"\mathrm{{{term.network}}}", term.network, "mi", True))
    return row(word(term.extreme, rf"\{term.extreme}"), THIN, row(norm, Fence("(", boxes(Integer(term.length)), ")"))), FACTOR
