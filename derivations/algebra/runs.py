"""What else an experiment has measured: the norm of a gradient, a share, what is left at a lag; and their printed forms."""

from derivations.algebra.layout import Fence, Script, Sign, row
from derivations.algebra.scalars import Run
from derivations.algebra.typeset import FACTOR, THIN, Integer, _set, boxes
from derivations.algebra.typeset_scalars import word


class Norm(Run):
    """``Norm('max', 'digits_gradients', 'tanh', 3)``: the largest norm, over the seeds, of the gradient in the kernel of layer 3."""

    letter = "g"


class Share(Norm):
    """The share of units, slopes or entries that a monitor has counted after so many updates."""

    letter = "s"


class Left(Norm):
    """What is left of an adjoint at a lag, as a multiple of what it was at the last step."""

    letter = "r"


@_set.register(Norm)
def _(term):
    measured = Script(Sign(term.letter, term.letter), sub=Sign(rf"\mathrm{{{term.network}}}", term.network, "mi", True))
    return row(word(term.extreme, rf"\{term.extreme}"), THIN, row(measured, Fence("(", boxes(Integer(term.length)), ")"))), FACTOR
