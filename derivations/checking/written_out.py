"""A model written out in scalar symbols at small T, and its derivatives entry by entry."""

from functools import lru_cache

from derivations.algebra.terms import at_length
from derivations.checking.compiled import affine
from derivations.checking.forward import LOSS, Forward
from derivations.checking.polynomials import RingOps
from derivations.formula.names import vocabulary
from derivations.models import MODELS
from derivations.models.rnn import ONE_HOT, TARGET


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
        starts = {(v.name, affine(v.first)(at_length(length))) for v in self.model.given if v.is_family}
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
                if key[1] == TARGET.name:
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
