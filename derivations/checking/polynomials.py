"""Matrices of polynomials of SymPy's rings, with generators for the values of functions, and their derivatives.

Every symbol is a generator, and so is every value of a function, such as phi(a_1) or 1/sum exp(z): the derivative of such a
generator is the formal one (tanh' = 1 - tanh^2, exp' = exp, (1/u)' = -1/u^2, phi' a generator again) times that of its argument.
Two polynomials are equal values when they agree after u * (1/u) = 1 has cleared the reciprocals.
"""

from sympy import QQ
from sympy.polys.rings import ring

from derivations.checking.ops import Ops, Undefined, formal, reciprocal_derivative

FUNCTION_VALUES = 96  # generators kept for values of functions


class RingOps(Ops):
    """Matrices of polynomials over the rationals, with generators for the values of functions."""

    exact = True

    def __init__(self, names, nudges, activation):
        self.ring, *generators = ring([*names, *nudges, *(f"_{place}" for place in range(FUNCTION_VALUES))], QQ)
        self.symbols = dict(zip((*names, *nudges), generators))
        self.nudges = tuple(range(len(names), len(names) + len(nudges)))
        self.unused = list(range(len(self.symbols), len(generators)))
        self.activation = activation
        self.known, self.meaning = {}, {}  # what -> position of its generator, and back
        self.temporary, self.slopes, self.images = set(self.nudges), {}, {}

    def scalar(self, numerator, denominator=1):
        if denominator == 0:
            raise Undefined("division by zero")
        return self.ring(QQ(numerator, denominator))

    def generator(self, *what):
        """The generator that stands for the value ``what`` of a function."""
        if what not in self.known:
            if not self.unused:
                raise RuntimeError(f"more than {FUNCTION_VALUES} values of functions occur; raise FUNCTION_VALUES in derivations/checking/polynomials.py")
            place = self.known[what] = self.unused.pop()
            self.meaning[place] = what
            if any(not self.temporary.isdisjoint(_positions(x)) for x in _polynomials(what)):
                self.temporary.add(place)
        return self.ring.gens[self.known[what]]

    def forget(self):
        """Give back the generators whose arguments contain a nudge."""
        for place in self.temporary.difference(self.nudges):
            del self.known[self.meaning.pop(place)]
            self.unused.append(place)
        self.slopes = {key: slope for key, slope in self.slopes.items() if key[0] not in self.temporary and key[1] not in self.nudges}
        self.temporary, self.images = set(self.nudges), {}

    def apply(self, function, order, x):
        function = self.activation if function == "phi" else function
        if function in ("reciprocal", "log") and order + (function == "reciprocal") > 0:
            return reciprocal_derivative(self, function, order, x, self._reciprocal)
        return formal(self, function, order, x, lambda name, n: self.generator(name, n, x))

    def _reciprocal(self, x):
        if not x:
            raise Undefined("division by zero")
        return self.generator("reciprocal", 0, x)

    def loss(self, order, output, target):
        places = range(len(output)) if order else (0,)
        inputs = (tuple(v for (v,) in output), tuple(v for (v,) in target))
        return [[self.generator("loss", order, place, *inputs)] for place in places]

    def derivative(self, x, symbol):
        """The derivative of a polynomial in the symbol at that position, by SymPy's partial derivatives and the chain rule."""
        found = self.ring.zero
        for place in _positions(x):
            inner = self._slope(place, symbol)
            if inner:
                found += x.diff(self.ring.gens[place]) * inner
        return found

    def _slope(self, place, symbol):
        """The derivative of one generator."""
        if place not in self.meaning:
            return self.ring.one if place == symbol else self.ring.zero
        if (place, symbol) not in self.slopes:
            name, order, *rest = self.meaning[place]
            if name == "loss":
                _, output, target = rest
                inner = [self.derivative(v, symbol) for v in output]
                outer = [value for (value,) in self.loss(order + 1, [[v] for v in output], [[v] for v in target])] if any(inner) else []
            else:
                inner = [self.derivative(rest[0], symbol)]
                outer = [self.apply(name, order + 1, rest[0])] if inner[0] else []
            self.slopes[place, symbol] = sum((slope * moved for slope, moved in zip(outer, inner)), self.ring.zero)
        return self.slopes[place, symbol]

    def settled(self, x):
        """The polynomial with every nudge set to zero, in the arguments of functions too."""
        found = self.ring.zero
        for powers, coefficient in x.terms():
            term = self.ring.from_dict({tuple(0 if place in self.temporary else power for place, power in enumerate(powers)): coefficient})
            for place in self.temporary:
                if powers[place]:
                    term *= self._image(place) ** powers[place]
            found += term
        return found

    def _image(self, place):
        if place in self.nudges:
            return self.ring.zero
        if place not in self.images:
            name, order, *rest = self.meaning[place]
            settle = lambda part: tuple(map(settle, part)) if isinstance(part, tuple) else part if isinstance(part, int) else self.settled(part)
            self.images[place] = self.generator(name, order, *map(settle, rest))
        return self.images[place]

    def same(self, x, y):
        """Equality of two values: of the polynomials, once all reciprocals are cleared."""
        rest = x - y
        while rest:
            places = [place for place in _positions(rest) if place in self.meaning and self.meaning[place][0] == "reciprocal"]
            if not places:
                return False
            rest = self._cleared(rest, max(places, key=list(self.meaning).index))  # a later one may contain earlier ones
        return True

    def _cleared(self, x, place):
        """x times the highest power of u in it whose reciprocal stands at ``place``."""
        u, by_power = self.meaning[place][2], {}
        for powers, coefficient in x.terms():
            rest = powers[:place] + (0,) + powers[place + 1:]
            by_power.setdefault(powers[place], {})[rest] = coefficient
        highest = max(by_power)
        return sum((self.ring.from_dict(terms) * u ** (highest - power) for power, terms in by_power.items()), self.ring.zero)


def _polynomials(what):
    """The polynomials among the arguments of a function's value."""
    for part in what:
        if isinstance(part, tuple):
            yield from part
        elif not isinstance(part, (int, str)):
            yield part


def _positions(x):
    """Positions of the generators that occur in a polynomial."""
    return [place for place, power in enumerate(x.degrees()) if power > 0] if x else []
