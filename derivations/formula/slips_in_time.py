"""Edits that undo a slip in time: the order of a product, a time index, a range, an exponent."""

import ast

from derivations.formula.sentences import snippet
from derivations.formula.trees import Edit, at, is_call, loads, moved, read, stem


def reversals(nodes, words, target):
    for node in nodes:
        if is_call(node, "prod"):
            for generator in node.args[0].generators:
                yield Edit("reversed_product", ((generator.iter, _backwards(generator.iter)),))
    loops = [node for node in nodes if isinstance(node, ast.For)]
    for node in loops:
        if any(isinstance(inner, ast.MatMult) for inner in ast.walk(node)):
            yield Edit("reversed_product", ((node.iter, _backwards(node.iter)),))


def _backwards(loop):
    """A range from its other end: range(t, k) as range(k-1, t-1, -1) and back."""
    if is_call(loop, "reversed"):
        return loop.args[0]
    step = ast.unparse(loop.args[2]) if len(loop.args) == 3 else "1"
    if len(loop.args) < 2 or step not in ("1", "-1"):
        return at(ast.Call(ast.Name("reversed", ast.Load()), [loop], []), loop)
    by = -int(step)
    ends = [moved(loop.args[1], by), moved(loop.args[0], by)]
    return at(ast.Call(loop.func, [*ends, *([read("-1", loop)] if step == "1" else [])], []), loop)


def shifts(nodes, words, target):
    members = [node for node in loads(nodes) if isinstance(node, ast.Subscript) and stem(node) in words.names and not isinstance(node.slice, ast.Tuple)]
    for by in (-1, 1):
        by_name = {}
        for node in members:
            new = at(ast.Subscript(node.value, moved(node.slice, by), ast.Load()), node)
            yield Edit("shifted", ((node, new),))
            by_name.setdefault(stem(node), []).append((node, new))
        for together in by_name.values():
            if len(together) > 1:
                yield Edit("shifted", tuple(together))


def bounds(nodes, words, target):
    products = {id(generator.iter) for node in nodes if is_call(node, "prod") for generator in node.args[0].generators}
    for node in nodes:
        if is_call(node, "range"):
            for place in range(min(2, len(node.args))):
                for by in (-1, 1):
                    arguments = [*node.args]
                    arguments[place] = moved(arguments[place], by)
                    yield Edit("product_bound" if id(node) in products else "bound", ((node, at(ast.Call(node.func, arguments, []), node)),))


def powers(nodes, words, target):
    inside = {id(inner) for node in nodes if is_call(node, "prod") for inner in ast.walk(node)}
    for node in nodes:
        if is_call(node, "matrix_power") and len(node.args) == 2:
            if id(node) in inside:
                yield Edit("power_inside", ((node, node.args[0]),), (("name", snippet(node.args[0])),))
            for by in (-1, 1):
                yield Edit("exponent", ((node, at(ast.Call(node.func, [node.args[0], moved(node.args[1], by)], []), node)),))
