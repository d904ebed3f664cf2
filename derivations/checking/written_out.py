"""A model written out in scalar symbols at small T, as polynomials of SymPy's rings, and its derivatives by components.

Every entry of the data and parameters is a generator. So is every value of a function, such as phi(a_1) or 1/sum exp(z): the
derivative of such a generator is the formal one (tanh' = 1 - tanh^2, exp' = exp, (1/u)' = -1/u^2, phi' a generator again) times
that of its argument. Two polynomials are equal values when they agree after u * (1/u) = 1 has cleared the reciprocals.
"""

from functools import lru_cache

from sympy import QQ
from sympy.polys.rings import ring

from derivations.algebra.terms import T
from derivations.checking.compiled import affine
from derivations.checking.forward import LOSS, Forward
from derivations.checking.ops import Ops, Undefined, formal, reciprocal_derivative
from derivations.formula.names import vocabulary
from derivations.models import MODELS, ONE_HOT

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
                raise RuntimeError(f"more than {FUNCTION_VALUES} values of functions occur; raise FUNCTION_VALUES in derivations/checking/written_out.py")
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


class WrittenOut(dict):
    """One model at one length and sizes in scalar symbols: {key: rows}, filled when first asked for.

    Keys are those of ``derivations.checking.compiled.Environment``; a gradient or Jacobian is found by nudging the quantity
    with symbols of its own, differentiating in them, and setting them to zero.
    """

    def __init__(self, model_name, length, sizes, activation):
        super().__init__()
        self.model, self.length, self.activation = MODELS[model_name], length, activation
        self.sizes = dict(zip(self.model.sizes, sizes))
        self.forward = Forward(self.model)
        shapes = self.forward.shapes(self.sizes, length)
        hidden = {variable.name for variable in self.model.hidden}
        starts = {(v.name, affine(v.first)({T: length})) for v in self.model.given if v.is_family}
        self.shapes = shapes
        given = {key: shape for key, shape in shapes.items() if key[1] not in hidden or key[1:] in starts}
        largest = max(rows * cols for rows, cols in shapes.values())
        names = [_name(key, r, c) for key, shape in given.items() for r, c in _places(shape)]
        self.recurrent = ("value", vocabulary(self.model).recurrent, None)
        direction = [f"direction_{r}_{c}" for r, c in _places(shapes[self.recurrent])]
        self.ops = RingOps(names + direction, [f"nudge_{place}" for place in range(largest)], activation)
        self.given = {key: [[self.ops.symbols[_name(key, r, c)] for c in range(shape[1])] for r in range(shape[0])] for key, shape in given.items()}
        if ONE_HOT in self.model.notes:
            for key, rows in self.given.items():
                if key[1] == "y":
                    rows[-1] = [1 - sum((v for (v,) in rows[:-1]), self.ops.ring.zero)]
        self.direction = [self.ops.symbols[name] for name in direction]
        self.update(self.forward.run(self.ops, self.given, self.sizes, length))

    def __missing__(self, key):
        kind, name, index = key[:3]
        of = ("value", name, index)
        if kind == "grad" and of not in self.shapes and ("value", name, index - 1) in self.shapes:
            rows, cols = self.shapes["value", name, index - 1]  # past the end
            self[key] = self.ops.zeros(rows, cols)
        elif kind == "grad":
            rows, cols = self.shapes[of]
            slopes = self._slopes(of, LOSS)
            self[key] = [[slopes[r * cols + c][0][0] for c in range(cols)] for r in range(rows)]
        elif kind == "jac":
            columns = self._slopes(("value", *key[3:]), of)
            self[key] = [[column[r][0] for column in columns] for r in range(len(columns[0]))]
        elif kind == "diff":
            self[key] = self._differential(of)
        else:
            raise KeyError(key)
        return self[key]

    def _differential(self, of):
        """How a quantity moves when the recurrent weights move in an arbitrary direction."""
        if of == self.recurrent:
            rows, cols = self.shapes[of]
            return [self.direction[r * cols:(r + 1) * cols] for r in range(rows)]
        found = self.ops.zeros(len(self[of]), len(self[of][0]))
        for weight, slopes in zip(self.direction, self._slopes(self.recurrent, of)):
            found = self.ops.add(found, self.ops.scale(weight, slopes))
        return found

    def _slopes(self, of, read):
        """Derivatives of the quantity ``read`` in every entry of ``of``, row by row: a list of matrices."""
        rows, cols = self.shapes[of]
        if of in self.given:
            symbols = [self.ops.ring.gens.index(v) for row in self.given[of] for v in row]
            return [[[self.ops.derivative(v, symbol) for v in row] for row in self[read]] for symbol in symbols]
        used = self.ops.nudges[:rows * cols]
        nudge = [[self.ops.ring.gens[used[r * cols + c]] for c in range(cols)] for r in range(rows)]
        value = self.forward.run(self.ops, self.given, self.sizes, self.length, (of, nudge))[read]
        found = [[[self.ops.settled(self.ops.derivative(v, symbol)) for v in row] for row in value] for symbol in used]
        self.ops.forget()
        return found


def _places(shape):
    return [(r, c) for r in range(shape[0]) for c in range(shape[1])]


def _name(key, row, col):
    _, name, index = key
    return f"{name}_{'' if index is None else f'{index}_'}{row}_{col}"


@lru_cache(maxsize=None)
def written_out(model_name, length, sizes, activation):
    """A model in scalar symbols, kept with the derivatives computed so far."""
    return WrittenOut(model_name, length, sizes, activation)
