"""Every way in which one usual slip could be undone by one small edit, most telling first."""

import ast

from derivations.formula import slips_in_factors as factors
from derivations.formula import slips_in_time as time

# The order in which an explanation is preferred; each takes (nodes, words, target) and gives edits.
MAKERS = (time.reversals, factors.transposes, time.shifts, time.bounds, factors.products, time.powers, factors.swaps, factors.slopes, factors.signs, factors.exchanges, factors.extra_terms)


def edits(program, words, target):
    """All edits of a program, in the order in which an explanation is preferred."""
    nodes = list(ast.walk(program.tree))
    for make in MAKERS:
        yield from make(nodes, words, target)
