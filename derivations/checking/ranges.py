"""Every choice of the free time variables of a statement at a given length."""

from derivations.algebra import terms as a
from derivations.checking.compiled import affine


def choices(domain, length):
    """[{symbol: integer, T and D included}] for all values of the Ranges in ``domain``, the later ones inside the earlier ones."""
    found = [a.at_length(length)]
    for r in domain:
        low, high = affine(r.first), affine(r.last)
        found = [{**bound, r.variable: value} for bound in found for value in range(low(bound), high(bound) + 1)]
    return found


def label(length, sizes, bound):
    """A point in words: T, the sizes and the time variables."""
    parts = [f"T = {length}", *(f"{size} = {value}" for size, value in sizes.items())]
    return ", ".join(parts + [f"{symbol} = {value}" for symbol, value in bound.items() if symbol not in a.at_length(length)])
