"""What a formula may claim to be: the gradient of a parameter or a state, a Jacobian, a directional derivative; at which time steps."""

import ast
import difflib
import warnings
from dataclasses import dataclass, field

from derivations.algebra.terms import at_length
from derivations.checking.compiled import affine
from derivations.formula.names import LENGTHS
from derivations.formula.sentences import FormulaError


@dataclass(frozen=True)
class Target:
    """What a formula claims to be. ``indices`` are the index expressions as written; the letters among them are free.

    Kinds: parameter (dL/dW), adjoint (dL/dh_t), jacobian (dh_k/dh_t), tangent (dh_t when the recurrent weights move by dW).
    """

    kind: str
    name: str
    written: str
    label: str
    shape: tuple
    indices: tuple = field(default=())

    @property
    def letters(self):
        return tuple(dict.fromkeys(index for index in self.indices if index.isidentifier() and index not in LENGTHS))

    def cases(self, words, length):
        """The bindings of the free letters to try at this T, each with the indices that they give."""
        if self.kind == "parameter":
            return [({}, ())]
        name = self.name if self.kind == "adjoint" else words.state
        found = words.names[name]
        # a letter, or T - 1, runs over the steps that the equations compute; the initial state is a target of its own, h[0]
        computed = len(self.indices) == 1 and (not self.indices[0].isdigit() or self.kind == "jacobian")
        first = words.model.variable(name).first if computed else found.first
        allowed = range(affine(first)(at_length(length)), affine(found.last)(at_length(length)) + 1)
        cases = []
        for binding in _bindings(self.letters, allowed):
            places = tuple(_place(index, {**dict.fromkeys(LENGTHS, length), **binding}) for index in self.indices)
            if all(place in allowed for place in places) and (len(places) < 2 or places[0] >= places[1]):
                cases.append((binding, places))
        return cases


def _bindings(letters, allowed):
    if not letters:
        return [{}]
    return [{letters[0]: value, **rest} for rest in _bindings(letters[1:], allowed) for value in allowed]


def _place(index, bound):
    """An index of a target: a letter, T, a number, or T plus or minus a number."""
    def value(node):
        if isinstance(node, ast.Constant) and type(node.value) is int:
            return node.value
        if isinstance(node, ast.Name) and node.id in bound:
            return bound[node.id]
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
            left, right = value(node.left), value(node.right)
            return left + right if isinstance(node.op, ast.Add) else left - right
        raise ValueError
    return value(ast.parse(index, mode="eval").body)


def target(words, written):
    """Read a target: W_hh, h[t], h[0], h_0, J[t], J[k, t], dh_dW[t]. Raises FormulaError with the targets there are."""
    state, names = words.state, words.names
    text = written.strip()
    if text.startswith(f"{state}_") and text[len(state) + 1:].isdigit():
        text = f"{state}[{text[len(state) + 1:]}]"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python comments on odd spellings; the answer below says more
            tree = ast.parse(text, mode="eval").body if len(text) < 200 else None
        base, index = (tree.value, tree.slice) if isinstance(tree, ast.Subscript) else (tree, None)
        indices = () if index is None else tuple(ast.unparse(part) for part in (index.elts if isinstance(index, ast.Tuple) else [index]))
        result = _target(words, base.id, indices, written)
        for place in result.indices:
            _place(place, {**dict.fromkeys(LENGTHS, 9), **dict.fromkeys(result.letters, 1)})
        if result.letters and any(letter in names or letter in LENGTHS for letter in result.letters):
            raise ValueError
    except (SyntaxError, ValueError, AttributeError, KeyError, RecursionError, MemoryError):
        near = difflib.get_close_matches(written, target_names(words), 3, 0.4)
        raise FormulaError("unknown_target", written=written[:80], near=", ".join(near or target_names(words)), model=words.model.name) from None
    if not any(result.cases(words, length) for length in range(1, 8)):
        raise FormulaError("target_range", written=written, model=words.model.name, range=str(names[result.name if result.kind == "adjoint" else state].range_text))
    return result


def _target(words, name, indices, written):
    state, names = words.state, words.names
    if name == "J" and len(indices) in (1, 2):
        late, early = indices if len(indices) == 2 else (indices[0], f"{indices[0]}-1")
        return Target("jacobian", "J", written, f"∂{state}_{_under(late)}/∂{state}_{_under(early)}", names["J"].shape, indices)
    if name == f"d{state}_dW" and len(indices) == 1:
        return Target("tangent", name, written, f"d{state}_{_under(indices[0])}/d{words.recurrent}[dW]", names[state].shape, indices)
    found = names[name]
    if found.kind == "parameter" and not indices:
        return Target("parameter", name, written, f"∂L/∂{name}", found.shape)
    if found.kind == "family" and len(indices) == 1 and "d" + name in names:
        return Target("adjoint", name, written, f"∂L/∂{name}_{_under(indices[0])}", found.shape, indices)
    raise ValueError


def _under(index):
    return index.replace(" ", "") if len(index) == 1 else "{" + index.replace(" ", "") + "}"


def target_names(words):
    """The targets as one writes them, for `models` and for suggestions."""
    names = [name.name for name in words.names.values() if name.kind == "parameter"]
    names += [f"{name.name}[t]" for name in words.names.values() if name.kind == "family" and "d" + name.name in words.names]
    return [*names, f"{words.state}[0]", "J[t]", "J[k,t]", f"d{words.state}_dW[t]"] if words.state else names
