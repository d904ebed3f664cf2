"""The names that a model offers to formulas, read off its forward pass."""

import difflib
from dataclasses import dataclass

from sympy import Integer

from derivations.algebra.terms import Loss, Map, T, walk
from derivations.formula.sentences import FormulaError, meaning
from derivations.models import MODELS
from derivations.text import Text

LENGTHS = ("T", "D")  # the length of a sequence, the depth of a network


@dataclass(frozen=True)
class Name:
    """One name: ``kind`` says where a point finds its value, ``shape`` is symbolic, ``first`` and ``last`` bound the index.

    Kinds: number, size, parameter, family, adjoint, slope (phi' at a), loss_slope, jacobian, direction, identity.
    """

    name: str
    kind: str
    shape: tuple
    meaning: Text
    first: object = None
    last: object = None

    written = property(lambda self: self.name if self.first is None else f"{self.name}[t]")
    shape_text = property(lambda self: " × ".join(map(str, self.shape)))
    range_text = property(lambda self: None if self.first is None else f"{self.first} ≤ t ≤ {self.last}")


@dataclass(frozen=True)
class Vocabulary:
    """All names of a model. ``state`` is the family that feeds back, ``recurrent`` its n × n weights, ``slope_of`` the
    pre-activation at which phi' is taken; each is None where the model has no such thing."""

    model: object
    names: dict
    state: str | None
    recurrent: str | None
    slope_of: str | None
    loss_of: tuple | None

    def find(self, name, node=None):
        if name in self.names:
            return self.names[name]
        near = difflib.get_close_matches(name, [*self.names, "sum", "prod", "diag", "range"], 3, 0.6)
        if name in ("dphi", "phi") and self.slope_of is None:
            raise FormulaError("no_activation", node=node, name=name, model=self.model.name)
        raise FormulaError("unknown_near" if near else "unknown", node=node, name=name, near=", ".join(near), names=", ".join(self.names), model=self.model.name)


def model_named(name):
    if name not in MODELS:
        near = difflib.get_close_matches(name, MODELS, 3, 0.4)
        raise FormulaError("unknown_model", name=name, models=", ".join(near or MODELS))
    return MODELS[name]


def vocabulary(model):
    """The names of a model, in the order in which `models` prints them."""
    state = next((v.name for v in model.given if v.is_family and any(v.name == hidden.name for hidden in model.hidden)), None)
    size = state and model.variable(state).term.shape[0]
    recurrent = next((v.name for v in model.parameters if v.term.shape == (size, size)), None)
    slope_of = next((e.value.argument.name for e in model.equations if isinstance(e.value, Map) and e.value.function == "phi"), None)
    loss = next((node for node in walk(model.loss) if isinstance(node, Loss)), None)
    loss_of = loss and (loss.output.name, loss.target.name)
    (clock, last), square = model.clock, (size, size)
    names = [Name(str(last), "number", (), meaning("length" if last == T else "depth"))]
    names += [Name(str(symbol), "size", (), text) for symbol, text in model.sizes.items()]
    names += [Name(v.name, "parameter", v.term.shape, v.meaning) for v in model.parameters if not v.is_family]
    families = {}
    for v in (*model.given, *model.parameters, *model.hidden):
        if v.is_family:
            old = families.get(v.name)
            families[v.name] = Name(v.name, "family", v.term.shape, v.meaning if old is None else _both(v.meaning, old.meaning), v.first if old is None else old.first, v.last)
    names += families.values()
    targets = {v.name for v in model.given if v.is_family} - {v.name for v in model.hidden} - {"x"}
    for family in families.values():
        if family.name not in targets:
            names.append(Name("d" + family.name, "adjoint", family.shape, meaning("adjoint", name=family.name), family.first, family.last))
    if slope_of:
        names.append(Name("dphi", "slope", (size, Integer(1)), meaning("slope", name=slope_of), 1, last))
    if loss_of:
        first = 1 if clock in loss.output.index.free_symbols else last
        names.append(Name("dl", "loss_slope", model.variable(loss_of[0]).term.shape, meaning("loss_slope", name=loss_of[0]), first, last))
    if state:
        names.append(Name("J", "jacobian", square, meaning("jacobian", name=state), 1, last))
        names.append(Name("I", "identity", square, meaning("identity")))
    if recurrent and not model.variable(recurrent).is_family:
        names.append(Name("dW", "direction", square, meaning("direction", name=recurrent, state=state)))
    return Vocabulary(model, {name.name: name for name in names}, state, recurrent, slope_of, loss_of)


def _both(first, second):
    return Text(f"{first.en}; {second.en}", f"{first.zh}；{second.zh}")
