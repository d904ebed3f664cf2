"""At which points numeric oracles judge a model: both regimes, T up to 40, and every activation that the result is claimed for."""

from fractions import Fraction
from functools import lru_cache

from mpmath import mp

from derivations.formula.names import vocabulary
from derivations.formula.points import DIGITS, LONG, SMALL, point

# T, the sizes (n, d, q), the spectral radius of the recurrent weights, the activation: short enough for doubles to decide.
SHORT = ((3, (4, 2, 5), Fraction(11, 10), None), (5, (4, 2, 3), Fraction(1, 2), "sigmoid"), (6, (3, 2, 4), Fraction(11, 10), "relu"))
# Where no step feeds the next, T only counts examples: what goes wrong shows with a few, and nothing vanishes at T = 40.
EXAMPLES = tuple((11, sizes, radius) for _, sizes, radius in LONG)
OFF_THE_KINK = mp.mpf(2) ** -4  # a nudge of 2^-9 moves no pre-activation that far


def exact(model, activation, length=None):
    """Small points over F_p, for one ``length`` or for several."""
    chosen = [(length, apart(sizes, length)) for _, sizes in SMALL[:2]] if length else SMALL[:5]
    return tuple(((model.name, *place), (("activation", activation),)) for place in chosen)


def numeric(model, length=None, only_tanh=False):
    """(long, short): points with 50 digits that doubles share exactly, T = 40 in both regimes (11 without a recurrence) and T small enough for doubles to decide.

    A model that leaves its activation open is tried with tanh, and at short lengths with sigmoid and ReLU.
    """
    def chosen(found):
        return tuple(_place(model, length or steps, apart(sizes, length or steps), radius, "tanh" if only_tanh else activation) for steps, sizes, radius, activation in found)
    return chosen([(*place, None) for place in (LONG if vocabulary(model).state else EXAMPLES)]), chosen(SHORT)


def apart(sizes, length):
    """The sizes, none of them equal to the length."""
    spare = next(size for size in (5, 6, 7) if size != length and size not in sizes)
    return tuple(spare if size == length else size for size in sizes)


def _place(model, length, sizes, radius, activation):
    if model.function == "phi":
        return (model.name, length, sizes, radius), ()
    if activation == "relu":
        radius = _off_the_kink(model.name, length, sizes, radius)
    return (model.name, length, sizes, radius), (("activation", activation or model.function),)


@lru_cache(maxsize=None)
def _off_the_kink(name, length, sizes, radius):
    """A spectral radius not far above the wanted one, at whose point every pre-activation is away from 0."""
    for step in range(100):
        place = point(name, length, sizes, radius + Fraction(step, 1000), "relu")
        with mp.workdps(DIGITS):
            if min(abs(x) for t in place.indices(place.words.slope_of) for (x,) in place.values["value", place.words.slope_of, t]) > OFF_THE_KINK:
                return place.radius
    raise ValueError(f"No point of {name} with T = {length} keeps every pre-activation away from the kink of ReLU: choose other sizes in derivations/checking/places.py.")
