"""What an experiment has measured in place of an error, and its printed form."""

from derivations.algebra.layout import Fence, Script, Sign, row
from derivations.algebra.scalars import Run
from derivations.algebra.typeset import FACTOR, THIN, Integer, _set, boxes
from derivations.algebra.typeset_scalars import word


class Norm(Run):
    """``Norm('max', 'digits_gradients', 'tanh', 3)``: the largest norm, over the seeds, of the gradient in the kernel of layer 3."""


class Dead(Run):
    """``Dead('max', 'dead_units', 'ReLU', 300)``: the largest share of dead units, at a learning rate of 300 thousandths."""


class Seconds(Run):
    """``Seconds('max', 'activation_cost', 'tanh', 1024)``: the longest time, over the repetitions, for 1024 units."""


class Curvature(Run):
    """``Curvature('max', 'plateau_curvature', 'LSTM', 15)``: the lowest curvature in a run, the largest over the seeds, at delay 15."""


class Cost(Run):
    """``Cost('max', 'activation_training', 'ReLU', 17)``: the largest loss, over the seeds, with 17 layers."""


LETTERS = {Norm: ("g", "g"), Dead: ("d", "d"), Seconds: (r"\tau", "τ"), Curvature: (r"\kappa", "κ"), Cost: ("L", "L")}


@_set.register(Norm)
@_set.register(Dead)
@_set.register(Seconds)
@_set.register(Curvature)
@_set.register(Cost)
def _(term):
    measured = Script(Sign(*LETTERS[type(term)]), sub=Sign(rf"\mathrm{{{term.network}}}", term.network, "mi", True))
    return row(word(term.extreme, rf"\{term.extreme}"), THIN, row(measured, Fence("(", boxes(Integer(term.length)), ")"))), FACTOR
