"""The tree of a formula: an edit of it, and building, reading and telling apart its nodes."""

import ast
import copy
from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """One edit: ``key`` names the slip in FINDINGS, ``fields`` fill its sentence, ``changes`` maps nodes to what replaces them."""

    key: str
    changes: tuple
    fields: tuple = ()

    @property
    def before(self):
        return self.changes[0][0]

    @property
    def after(self):
        return self.changes[0][1]


def edited(tree, edit):
    """The tree with an edit made; parts that do not change are shared."""
    changes = {id(old): new for old, new in edit.changes}

    def rebuilt(node):
        if id(node) in changes:
            return changes[id(node)]
        fields = {name: _each(value, rebuilt) for name, value in ast.iter_fields(node)}
        if all(fields[name] is value for name, value in ast.iter_fields(node)):
            return node
        new = copy.copy(node)
        for name, value in fields.items():
            setattr(new, name, value)
        return new
    return rebuilt(tree)


def _each(value, rebuilt):
    if isinstance(value, list):
        items = [rebuilt(item) if isinstance(item, ast.AST) else item for item in value]
        return value if all(new is old for new, old in zip(items, value)) else items
    return rebuilt(value) if isinstance(value, ast.AST) else value


def at(new, old):
    """``new`` with the place of ``old``."""
    return ast.fix_missing_locations(ast.copy_location(new, old))


def read(text, old):
    """A text as a tree with the place of ``old``."""
    node = ast.parse(text, mode="eval").body
    for inner in ast.walk(node):
        ast.copy_location(inner, old)
    return node


def is_call(node, *names):
    """Whether a node calls one of these functions."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def loads(nodes):
    """Nodes that stand for a value: no function names, no places that are assigned."""
    functions = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    bases = {id(node.value) for node in nodes if isinstance(node, ast.Subscript)}
    return [node for node in nodes if isinstance(getattr(node, "ctx", None), ast.Load) and id(node) not in functions | bases]


def stem(node):
    """The name of h in h[t], of W in W; None for anything else."""
    node = node.value if isinstance(node, ast.Subscript) else node
    return node.id if isinstance(node, ast.Name) else None


def moved(node, by):
    """An index expression plus or minus 1, without 't - 1 + 1'."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)) and isinstance(node.right, ast.Constant) and isinstance(node.right.value, int):
        shift = (node.right.value if isinstance(node.op, ast.Add) else -node.right.value) + by
        base = node.left
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        return at(ast.Constant(node.value + by), node)
    else:
        base, shift = node, by
    if shift == 0:
        return base
    return at(ast.BinOp(base, ast.Add() if shift > 0 else ast.Sub(), ast.Constant(abs(shift))), node)


def terms(nodes):
    """Sums and differences of matrices: those of indices, bounds and exponents are left out."""
    counts = [node.slice for node in nodes if isinstance(node, ast.Subscript)]
    counts += [argument for node in nodes if is_call(node, "range") for argument in node.args]
    counts += [node.args[-1] for node in nodes if is_call(node, "matrix_power", "elementwise_power") and node.args]
    inside = {id(inner) for node in counts for inner in ast.walk(node)}
    return [node for node in nodes if id(node) not in inside]
