"""The number of wrong versions that a gradient check lets pass, as a page prints it."""

from sympy import Integer

from derivations.algebra.layout import Fence, Script, Sign, row
from derivations.algebra.scalars import Scalar
from derivations.algebra.typeset import CLOSED, COMMA, EQUALS, _set, boxes
from derivations.algebra.typeset_scalars import word


class Survivors(Scalar):
    """``Survivors('lstm', length, sizes, at_rest, judged)``: wrong versions that agree with the truth at one such point; all of them if not judged."""

    model = property(lambda self: self.args[0].name)
    length = property(lambda self: int(self.args[1]))
    sizes = property(lambda self: tuple(int(x) for x in self.args[2]))
    at_rest = property(lambda self: bool(self.args[3]))
    judged = property(lambda self: bool(self.args[4]))


@_set.register(Survivors)
def _(term):
    length, sizes = boxes(Integer(term.length)), row(*[item for place, size in enumerate(term.sizes) for item in ([COMMA] if place else []) + [boxes(Integer(size))]])
    state = [COMMA, *(item for name in "hc" for item in (Script(Sign(name, name), sub=boxes(Integer(0))), EQUALS)), boxes(Integer(0))] if term.at_rest else []
    inside = row(Sign("T", "T"), EQUALS, length, COMMA, Fence("(", row(Sign("n", "n"), COMMA, Sign("d", "d"), COMMA, Sign("q", "q")), ")"), EQUALS, Fence("(", sizes, ")"), *state)
    return row(word("passing" if term.judged else "all"), Fence("(", inside, ")")), CLOSED
