"""A convolution along one axis with one channel, as a matrix and as a function of frequency."""

from derivations.algebra.layout import Big, Fence, Row, Script, Sign, row
from derivations.algebra.scalars import Scalar
from derivations.algebra.typeset import CLOSED, COMMA, FACTOR, MINUS, PLUS, _set, boxes, wrapped
from derivations.algebra.typeset_scalars import MAX

OMEGA, E, I, ABOVE = Sign(r"\omega", "ω"), Sign("e", "e"), Sign(r"\mathrm{i}", "i", "mi", True), Sign("C", "C")


class ConvolutionMatrix(Scalar):
    """``ConvolutionMatrix(m, *taps)``: the m × (m + w − 1) matrix whose row r holds the w taps from column r on, without padding."""

    rows = property(lambda self: self.args[0])
    taps = property(lambda self: self.args[1:])


class TransferPeak(Scalar):
    """``TransferPeak(*taps)``: the largest modulus over all frequencies ω of the sum of the taps k_j times e^(iωj)."""

    is_nonnegative = True
    taps = property(lambda self: self.args)


@_set.register(ConvolutionMatrix)
def _(term):
    taps = [part for place, tap in enumerate(term.taps) for part in ([COMMA] if place else []) + [boxes(tap)]]
    return row(Script(ABOVE, sub=boxes(term.rows)), Fence("(", Row(tuple(taps)), ")")), CLOSED


@_set.register(TransferPeak)
def _(term):
    parts = [boxes(term.taps[0])]
    for place, tap in enumerate(term.taps[1:], 1):
        wave = Script(E, sup=row(I, OMEGA) if place == 1 else row(Sign(str(place), str(place), "mn"), I, OMEGA))
        negative = tap.could_extract_minus_sign()
        size = -tap if negative else tap
        parts += [MINUS if negative else PLUS, *([] if size == 1 else [wrapped(size, FACTOR)]), wave]
    return row(Big(MAX, OMEGA), Fence("|", Row(tuple(parts)), "|")), FACTOR
