"""Mean squares in a linear recurrence that has run for ever on random inputs, with their printed forms."""

from derivations.algebra.layout import Fence, Fraction, Script, Sign, row
from derivations.algebra.scalars import Scalar
from derivations.algebra.typeset import FACTOR, MINUS, PARTIAL, _set, boxes
from derivations.algebra.terms import Family, t

TWO, H = Sign("2", "2", "mn"), boxes(Family("h", 1)[t])
GREEK = {"lambda": Sign(r"\lambda", "λ"), "nu": Sign(r"\nu", "ν"), "theta": Sign(r"\theta", "θ")}


class MeanSquare(Scalar):
    """``MeanSquare(quantity, scale, factor, ...)`` for h_t = factor h_(t-1) + gamma x_t with inputs of mean zero and variance one.

    ``scale`` is 'plain' (gamma = 1) or 'normalized' (gamma = root of 1 - |factor|^2). Quantities: 'h', the state; 'lambda', 'nu' and
    'theta', its derivative in the factor, in nu with factor = e^(-e^nu), and in the angle of a complex factor (whose modulus is given);
    'correlated', the state for inputs of which neighbours have the correlation ``other``; 'error', its distance from a second
    recurrence with the factor ``other`` that reads the same inputs.
    """

    quantity = property(lambda self: self.args[0].name)
    scale = property(lambda self: self.args[1].name)
    parameters = property(lambda self: self.args[2:])


@_set.register(MeanSquare)
def _(term):
    if term.quantity in GREEK:
        slope = Fraction(row(PARTIAL, H), row(PARTIAL, GREEK[term.quantity]))
        inner = Fence("|" if term.quantity == "theta" else "(", slope, "|" if term.quantity == "theta" else ")")
    elif term.quantity == "error":
        inner = Fence("(", row(H, MINUS, Script(Sign("h", "h"), sub=boxes(t), sup=Sign("*", "*", "mo"))), ")")
    else:
        return row(Sign(r"\operatorname{E}", "E", "mi", True), Fence("[", Script(Sign("h", "h"), sub=boxes(t), sup=TWO), "]")), FACTOR
    return row(Sign(r"\operatorname{E}", "E", "mi", True), Fence("[", Script(inner, sup=TWO), "]")), FACTOR
