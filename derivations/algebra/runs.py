"""What else an experiment has measured: a gradient's norm, a share, what is left at a lag, a time, a curvature; and their printed forms."""

from derivations.algebra.layout import Fence, Script, Sign, row
from derivations.algebra.scalars import Run
from derivations.algebra.typeset import FACTOR, THIN, Integer, _set, boxes
from derivations.algebra.typeset_scalars import word


class Norm(Run):
    """``Norm('max', 'digits_gradients', 'tanh', 3)``: the largest norm, over the seeds, of the gradient in the kernel of layer 3."""

    letter = Sign("g", "g")


class Share(Norm):
    """The share of units, slopes or entries that a monitor has counted, after so many updates or at such a learning rate."""

    letter = Sign("s", "s")


class Left(Norm):
    """What is left of an adjoint at a lag, as a multiple of what it was at the last step."""

    letter = Sign("r", "r")


class Loss(Norm):
    """The mean loss at the end of a training with so many layers."""

    letter = Sign("L", "L")


class Seconds(Norm):
    """The time that a layer of so many units takes."""

    letter = Sign(r"\tau", "τ")


class Curvature(Norm):
    """The lowest curvature of the loss that was found in a run, at such a delay."""

    letter = Sign(r"\kappa", "κ")


@_set.register(Norm)
def _(term):
    measured = Script(term.letter, sub=Sign(rf"\mathrm{{{term.network}}}", term.network, "mi", True))
    return row(word(term.extreme, rf"\{term.extreme}"), THIN, row(measured, Fence("(", boxes(Integer(term.length)), ")"))), FACTOR
