"""The formula that a page shows, read back from its LaTeX as a mathematician reads it, and evaluated.

Nothing here knows how formulas are printed. Brackets that the printer drops are therefore missing here too, and the value
differs from that of the verified term.
"""

from dataclasses import dataclass

from derivations.algebra.terms import at_length, taps
from derivations.checking.printed_reader import parse
from derivations.checking.printed_tokens import Node, Unreadable
from derivations.checking.printed_values import both_sides

__all__ = ["Reading", "Unreadable", "read"]


@dataclass(frozen=True)
class Reading:
    """``left relation right`` as it was read; ``relation`` is the LaTeX of the relation sign."""

    latex: str
    left: Node
    relation: str
    right: Node

    def sides(self, env, bound=(), scalars=()):
        """The values of both sides at a point, as two matrices (lists of rows) of one shape; a number is 1 x 1.

        ``env`` is an Environment; ``bound`` maps names of free indices to integers and ``scalars`` names of other symbols
        to exact numbers (int, Fraction); T is ``env.length`` and the sizes are those of ``env``. Greek letters are named without the backslash. Raises
        Unreadable where shapes do not fit or a symbol is unknown, Undefined where the formula has no value at this point.
        """
        names = {**{str(symbol): size for symbol, size in env.sizes.items()}, **dict(scalars), **dict(bound), "T": env.length, "D": env.length, "w": at_length(env.length)[taps]}
        return both_sides(self.latex, self.left, self.right, env, names)


def read(latex, parameters=(), families=()):
    """Read ``left relation right``; ``parameters`` are names such as W_hh, ``families`` names such as h. Raises Unreadable."""
    return Reading(latex, *parse(latex, frozenset(parameters), frozenset(families)))
