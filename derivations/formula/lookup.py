"""What a name of a formula stands for at a point: loop variables, local values, quantities of the model, true derivatives."""

import ast

from derivations.formula.sentences import FormulaError
from derivations.formula.values import shown


def name(evaluator, node):
    """The value of a bare name."""
    name = node.id
    if name in evaluator.bound:
        return evaluator.bound[name]
    if name in evaluator.scope:
        return evaluator.scope[name]
    if evaluator.declared is not None and name not in evaluator.declared:
        known = name in evaluator.words.names or name in evaluator.target.letters
        raise FormulaError("undeclared" if known else "undefined_local", node=node, name=name)
    if len(name) == 1 and name not in evaluator.words.names:
        raise FormulaError("unbound", node=node, name=name, letters=", ".join(evaluator.target.letters) or "–", target=evaluator.target.written)
    found = evaluator.words.find(name, node)
    if found.kind == "number":
        return evaluator.point.length
    if found.kind == "size":
        return evaluator.point.size_names[name]
    if found.kind == "parameter":
        return evaluator.point.value(name)
    if found.kind == "identity":
        return evaluator.space.eye(evaluator.point.shape(found.shape)[0])
    if found.kind == "direction":
        if evaluator.target.kind != "tangent":
            raise FormulaError("direction", node=node, state=evaluator.words.state)
        return evaluator.point.direction
    raise FormulaError("needs_index", node=node, name=name)


def member(evaluator, node):
    """The value of a name with an index: an item of a local list, or a member of a sequence over time."""
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if not isinstance(node.value, ast.Name):
        raise FormulaError("entry", node=node)
    name = node.value.id
    if name in evaluator.scope:
        return _item(evaluator, node, evaluator.scope[name], parts)
    if evaluator.declared is not None and name not in evaluator.declared:
        raise FormulaError("undeclared" if name in evaluator.words.names else "undefined_local", node=node, name=name)
    found = evaluator.words.find(name, node)
    if found.first is None:
        raise FormulaError("entry", node=node)
    if len(parts) == 2 and found.kind != "jacobian":
        raise FormulaError("entry", node=node)
    places = tuple(evaluator.integer(part) for part in parts)
    return _read(evaluator, node, found, places)


def _item(evaluator, node, container, parts):
    if not isinstance(container, (list, dict)) or len(parts) != 1:
        raise FormulaError("entry", node=node)
    place = evaluator.integer(parts[0])
    if isinstance(container, list) and not 0 <= place < len(container) or isinstance(container, dict) and place not in container:
        raise FormulaError("missing_item", node=node, name=node.value.id, index=shown(place), T=evaluator.point.length)
    if container[place] is None:
        raise FormulaError("missing_item", node=node, name=node.value.id, index=shown(place), T=evaluator.point.length)
    return container[place]


def _read(evaluator, node, found, places):
    """A member of a family, an adjoint, phi', a Jacobian: with its range of time steps."""
    point, index, name = evaluator.point, places[0], found.name
    base = {"family": name, "adjoint": name[1:], "slope": evaluator.words.slope_of, "loss_slope": (evaluator.words.loss_of or (None, None))[1], "jacobian": evaluator.words.state}[found.kind]
    allowed = point.indices(base)
    if found.kind == "jacobian":
        late, early = places if len(places) == 2 else (index, index - 1)
        if evaluator.lenient:
            return evaluator.space.filled(0, *point.shape(found.shape))
        if early not in allowed or late not in allowed or late < early:
            raise FormulaError("jacobian_range", node=node, T=point.length, late=shown(late), early=shown(early), state=evaluator.words.state)
        _not_the_claim(evaluator, node, "jacobian", (late,) if len(evaluator.places) == 1 and early == late - 1 else places)
        return point.jacobian(late, early)
    if evaluator.lenient:
        return evaluator.space.filled(0, *point.shape(found.shape))
    if found.kind == "adjoint" and index == point.length + 1 and point.length in allowed:
        return evaluator.space.filled(0, *point.shape(found.shape))  # adjoints past the end are zero
    if index not in allowed:
        key = {"adjoint": "adjoint_range", "slope": "slope_range"}.get(found.kind, "index_range")
        raise FormulaError(key, node=node, name=name, index=shown(index), T=point.length, first=allowed[0], last=allowed[-1])
    if found.kind == "adjoint":
        _not_the_claim(evaluator, node, "adjoint", places, base)
    read = {"family": lambda: point.value(base, index), "adjoint": lambda: point.gradient(base, index), "slope": lambda: point.slope(index), "loss_slope": lambda: point.loss_slope(index)}
    return read[found.kind]()


def _not_the_claim(evaluator, node, kind, places, name="J"):
    if (evaluator.target.kind, evaluator.target.name, evaluator.places) == (kind, name, places):
        raise FormulaError("circular", node=node, target=evaluator.target.label)
