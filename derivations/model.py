"""A model is its forward pass: shapes, equations in single-assignment form, and the loss. Nothing about gradients."""

from dataclasses import dataclass, field

from sympy import MatrixExpr, MatrixSymbol, Symbol

from derivations.algebra.terms import Slot, T, t, walk
from derivations.text import IllFormed, Text


@dataclass(frozen=True)
class Equation:
    """``target = value`` for every time step t in first, ..., last; both may mention t."""

    target: Slot
    value: MatrixExpr
    first: object
    last: object

    def __post_init__(self):
        if self.target.shape != self.value.shape:
            raise IllFormed(f"The equation for {self.target} assigns a {self.value.shape} value to a {self.target.shape} variable: mend the shapes.")


@dataclass(frozen=True)
class Variable:
    """A named quantity of a model: a parameter (MatrixSymbol) or a member of a family (Slot with its index range)."""

    term: MatrixExpr
    meaning: Text
    first: object = None
    last: object = None

    name = property(lambda self: self.term.name)
    is_family = property(lambda self: isinstance(self.term, Slot))


@dataclass(frozen=True)
class Model:
    """The forward pass of one model.

    ``sizes`` maps each size symbol to its meaning. ``given`` are data and initial states, ``parameters`` what is learned,
    ``hidden`` the families that equations define. ``loss`` is a 1 x 1 term. ``function`` is the activation that the symbol
    'phi' stands for ('phi': any differentiable one); ``clock`` is the index of the equations with its last value: (t, T), or (l, D)
    for the layers of a deep network. ``smallest`` is the least size at which nothing about the model is degenerate.
    """

    name: str
    title: Text
    sizes: dict[Symbol, Text]
    given: tuple[Variable, ...]
    parameters: tuple[Variable, ...]
    hidden: tuple[Variable, ...]
    equations: tuple[Equation, ...]
    loss: MatrixExpr
    function: str = "phi"
    clock: tuple = (t, T)
    smallest: int = 2
    notes: tuple[Text, ...] = field(default=())

    def __post_init__(self):
        known = {variable.name for variable in self.variables}
        for owner, term in [(str(e.target), e.value) for e in self.equations] + [("the loss", self.loss)]:
            for node in walk(term):
                if isinstance(node, (Slot, MatrixSymbol)) and node.name not in known:
                    raise IllFormed(f"Model {self.name!r} uses {node.name!r} in {owner} without declaring it: add it to given, parameters or hidden.")
        defined = {equation.target.name for equation in self.equations}
        for variable in self.hidden:
            if variable.name not in defined:
                raise IllFormed(f"Model {self.name!r} declares the hidden family {variable.name!r} but has no equation for it.")

    def sized(self, sizes):
        """{size symbol: integer} for three proposed sizes; one below ``smallest`` is taken three larger, and a fourth size is larger than all and than any short length."""
        return dict(zip(self.sizes, (*(size if size >= self.smallest else size + 3 for size in sizes), max(sizes) + 3)))

    @property
    def variables(self):
        return self.given + self.parameters + self.hidden

    def variable(self, name):
        """The declared variable of that name (the family, where its initial member is given too)."""
        for variable in self.hidden + self.parameters + self.given:
            if variable.name == name:
                return variable
        raise KeyError(f"Model {self.name!r} has no variable {name!r}; it has {', '.join(v.name for v in self.variables)}.")
