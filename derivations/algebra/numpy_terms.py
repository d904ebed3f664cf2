"""Terms as NumPy text in which a batch of B sequences stands in the columns of every vector (`.mT` transposes the last two axes)."""

from dataclasses import dataclass, field

from sympy import MatAdd, MatMul, MatrixExpr, MatrixSymbol, OneMatrix, Transpose

from derivations.algebra import terms as a

# A slope is written through the value of the function, which the forward pass has kept.
SLOPES = {"tanh": "(1 - {0}**2)", "sigmoid": "{0} * (1 - {0})", "relu": "({0} > 0)"}
FUNCTIONS = {"tanh": "np.tanh({0})", "sigmoid": "sigmoid({0})", "relu": "np.maximum({0}, 0)"}


class NoProgram(TypeError):
    """A term that has no form in a NumPy program; the message names it."""


@dataclass(frozen=True)
class Writer:
    """``phi`` is the activation of a model that leaves it open; ``kept`` maps (function, argument) to what holds its value."""

    phi: str
    kept: dict = field(default_factory=dict)

    def __call__(self, term):
        for kind, write in RULES:
            if isinstance(term, kind):
                return write(self, term)
        if isinstance(term, MatrixExpr):
            raise NoProgram(f"{type(term).__name__} has no form in a NumPy program (in {term}): add one to derivations/algebra/numpy_terms.py.")
        return str(term) if term.is_Symbol or term.is_Integer and term >= 0 else f"({term})"

    def summed(self, parts):
        """Terms with their signs, without brackets around the whole."""
        text = self(parts[0])
        for part in parts[1:]:
            one = self(part)
            text += f" - {one[1:]}" if one.startswith("-") else f" + {one}"
        return text


def _map(write, term):
    name = write.phi if term.function == "phi" else term.function
    if name not in FUNCTIONS or term.order > 1:
        raise NoProgram(f"The function {name!r} of order {term.order} has no form in a NumPy program: add it to FUNCTIONS and SLOPES.")
    value = write.kept.get((term.function, term.argument)) or FUNCTIONS[name].format(write(term.argument))
    return SLOPES[name].format(value) if term.order else value


def _loss(write, term):
    if term.order != 1:
        raise NoProgram("An abstract loss has no value in a NumPy program; its slope is passed in as dl.")
    return f"dl[{term.output.index}]"


def _transpose(write, term):
    return f"{write(term.arg)}.mT" if isinstance(term.arg, (a.Slot, MatrixSymbol)) else f"({write(term.arg)}).mT"


def _hadamard(write, term):
    return " * ".join(f"({write(part)})" if isinstance(part, (MatAdd, MatMul)) else write(part) for part in term.args)


def _product(write, term):
    """From the left: diag(v) multiplies the rest entry by entry, so that a batch may stand in the columns."""
    numbers, factors = [f for f in term.args if not isinstance(f, MatrixExpr)], [f for f in term.args if isinstance(f, MatrixExpr)]
    if numbers and numbers != [-1] and factors:
        return f"{'*'.join(f'({number})' for number in numbers)} * ({write(factors[0]) if len(factors) == 1 else write(MatMul(*factors, evaluate=False))})"
    head, rest = term.args[0], term.args[1:]
    if not rest:
        return write(head)
    tail = rest[0] if len(rest) == 1 else MatMul(*rest, evaluate=False)
    text = f"({write(tail)})" if isinstance(tail, (MatAdd, a.Hadamard)) or len(rest) > 1 else write(tail)
    if head == -1:
        return "-" + text
    if isinstance(head, a.Diag):
        return f"{write(head.vector)} * {text}"
    return f"{write(head)} @ {text}" if isinstance(head, MatrixExpr) else f"{write(head)} * {text}"


RULES = (
    (MatrixSymbol, lambda write, term: term.name), (a.Slot, lambda write, term: f"{term.name}[{term.index}]"), (a.Grad, lambda write, term: "d" + write(term.of)),
    (a.Loss, _loss), (a.Map, _map), (OneMatrix, lambda write, term: "1"), (Transpose, _transpose), (a.Hadamard, _hadamard),
    (MatAdd, lambda write, term: f"({write.summed(term.args)})"), (MatMul, _product),
    (a.TimeSum, lambda write, term: f"sum({write(term.body)} for {term.variable} in range({term.first}, {term.last} + 1))"),
)
