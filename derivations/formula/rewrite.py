"""Small edits of a formula's tree: every way in which one usual slip could be undone, most telling first."""

import ast
import copy
from dataclasses import dataclass

from derivations.formula.expressions import FUNCTIONS, RANGES
from derivations.formula.sentences import snippet


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


def edits(program, words, target):
    """All edits of a program, in the order in which an explanation is preferred."""
    nodes = list(ast.walk(program.tree))
    makers = (_reversals, _transposes, _shifts, _bounds, _products, _powers, _swaps, _slopes, _signs, _exchanges, _extra_terms)
    for make in makers:
        yield from make(nodes, words, target)


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


def _at(new, old):
    return ast.fix_missing_locations(ast.copy_location(new, old))


def _read(text, old):
    node = ast.parse(text, mode="eval").body
    for inner in ast.walk(node):
        ast.copy_location(inner, old)
    return node


def _is_call(node, *names):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def _loads(nodes):
    """Nodes that stand for a value: no function names, no places that are assigned."""
    functions = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    bases = {id(node.value) for node in nodes if isinstance(node, ast.Subscript)}
    return [node for node in nodes if isinstance(getattr(node, "ctx", None), ast.Load) and id(node) not in functions | bases]


def _reversals(nodes, words, target):
    for node in nodes:
        if _is_call(node, "prod"):
            for generator in node.args[0].generators:
                yield Edit("reversed_product", ((generator.iter, _backwards(generator.iter)),))
    loops = [node for node in nodes if isinstance(node, ast.For)]
    for node in loops:
        if any(isinstance(inner, ast.MatMult) for inner in ast.walk(node)):
            yield Edit("reversed_product", ((node.iter, _backwards(node.iter)),))


def _backwards(loop):
    """A range from its other end: range(t, k) as range(k-1, t-1, -1) and back."""
    if _is_call(loop, "reversed"):
        return loop.args[0]
    step = ast.unparse(loop.args[2]) if len(loop.args) == 3 else "1"
    if len(loop.args) < 2 or step not in ("1", "-1"):
        return _at(ast.Call(ast.Name("reversed", ast.Load()), [loop], []), loop)
    by = -int(step)
    ends = [_moved(loop.args[1], by), _moved(loop.args[0], by)]
    return _at(ast.Call(loop.func, [*ends, *([_read("-1", loop)] if step == "1" else [])], []), loop)


def _transposes(nodes, words, target):
    under = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    matrices = [node for node in _loads(nodes) if _stem(node) in words.names and words.names[_stem(node)].kind in ("parameter", "family", "adjoint", "jacobian", "direction")]
    matrices += [node for node in nodes[1:] if _is_call(node, "prod", "matrix_power", "sum", "outer")]  # the whole is tried elsewhere
    removed = [(node, node.value) for node in nodes if isinstance(node, ast.Attribute)]
    added = [(node, _at(ast.Attribute(node, "T", ast.Load()), node)) for node in matrices if id(node) not in under]
    for key, changes in (("untransposed", removed), ("transposed", added)):
        by_name = {}
        for old, new in changes:
            inner = old.value if key == "untransposed" else old
            yield Edit(key, ((old, new),), (("name", snippet(inner)),))
            by_name.setdefault(_stem(inner), []).append((old, new))
        for name, together in by_name.items():
            if name and len(together) > 1:
                yield Edit(key, tuple(together), (("name", name),))


def _stem(node):
    """The name of h in h[t], of W in W; None for anything else."""
    node = node.value if isinstance(node, ast.Subscript) else node
    return node.id if isinstance(node, ast.Name) else None


def _moved(node, by):
    """An index expression plus or minus 1, without 't - 1 + 1'."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)) and isinstance(node.right, ast.Constant) and isinstance(node.right.value, int):
        shift = (node.right.value if isinstance(node.op, ast.Add) else -node.right.value) + by
        base = node.left
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        return _at(ast.Constant(node.value + by), node)
    else:
        base, shift = node, by
    if shift == 0:
        return base
    return _at(ast.BinOp(base, ast.Add() if shift > 0 else ast.Sub(), ast.Constant(abs(shift))), node)


def _shifts(nodes, words, target):
    members = [node for node in _loads(nodes) if isinstance(node, ast.Subscript) and _stem(node) in words.names and not isinstance(node.slice, ast.Tuple)]
    for by in (-1, 1):
        by_name = {}
        for node in members:
            new = _at(ast.Subscript(node.value, _moved(node.slice, by), ast.Load()), node)
            yield Edit("shifted", ((node, new),))
            by_name.setdefault(_stem(node), []).append((node, new))
        for together in by_name.values():
            if len(together) > 1:
                yield Edit("shifted", tuple(together))


def _bounds(nodes, words, target):
    products = {id(generator.iter) for node in nodes if _is_call(node, "prod") for generator in node.args[0].generators}
    for node in nodes:
        if _is_call(node, "range"):
            for place in range(min(2, len(node.args))):
                for by in (-1, 1):
                    arguments = [*node.args]
                    arguments[place] = _moved(arguments[place], by)
                    yield Edit("product_bound" if id(node) in products else "bound", ((node, _at(ast.Call(node.func, arguments, []), node)),))


def _products(nodes, words, target):
    for node in nodes:
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.MatMult)):
            key, operator = ("matrix_product", ast.MatMult()) if isinstance(node.op, ast.Mult) else ("elementwise", ast.Mult())
            yield Edit(key, ((node, _at(ast.BinOp(node.left, operator, node.right), node)),))
        if _is_call(node, "elementwise_power"):
            yield Edit("matrix_product", ((node, _at(ast.Call(ast.Name("matrix_power", ast.Load()), node.args, []), node)),))


def _powers(nodes, words, target):
    inside = {id(inner) for node in nodes if _is_call(node, "prod") for inner in ast.walk(node)}
    for node in nodes:
        if _is_call(node, "matrix_power") and len(node.args) == 2:
            if id(node) in inside:
                yield Edit("power_inside", ((node, node.args[0]),), (("name", snippet(node.args[0])),))
            for by in (-1, 1):
                yield Edit("exponent", ((node, _at(ast.Call(node.func, [node.args[0], _moved(node.args[1], by)], []), node)),))


def _swaps(nodes, words, target):
    for node in nodes:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            yield Edit("swapped", ((node, _at(ast.BinOp(node.right, ast.MatMult(), node.left), node)),))
            if isinstance(node.left, ast.BinOp) and isinstance(node.left.op, ast.MatMult):  # (a @ b) @ c
                a, b, c = node.left.left, node.left.right, node.right
                yield Edit("swapped", ((node, _at(ast.BinOp(ast.BinOp(a, ast.MatMult(), c), ast.MatMult(), b), node)),))


def _slopes(nodes, words, target):
    """phi' missing or superfluous."""
    if words.slope_of is None:
        return
    loads = _loads(nodes)
    state = words.state
    letters = {node.target.id for node in nodes if isinstance(node, (ast.For, ast.comprehension)) and isinstance(node.target, ast.Name)} | set(target.letters)
    for node in loads:
        if isinstance(node, ast.Subscript) and _stem(node) == "d" + state:
            yield Edit("phi_missing", ((node, _read(f"(dphi[{ast.unparse(node.slice)}] * {ast.unparse(node)})", node)),))
    weights = [node for node in loads if isinstance(node, ast.Name) and node.id == words.recurrent]
    for letter in sorted(letters):
        for together in {tuple(weights), *((node,) for node in weights)}:
            if together:
                yield Edit("phi_missing", tuple((node, _read(f"(diag(dphi[{letter}]) @ {words.recurrent})", node)) for node in together))
    size = words.names["dphi"].shape[0]
    for node in loads:
        if isinstance(node, ast.Subscript) and _stem(node) == "dphi":
            yield Edit("phi_extra", ((node, _read(f"ones({size}, 1)", node)),))
    whole = nodes[0]
    if isinstance(whole, ast.expr) and target.kind == "adjoint" and len(target.letters) == 1:
        yield Edit("phi_missing", ((whole, _read(f"dphi[{target.letters[0]}] * ({ast.unparse(whole)})", whole)),))


def _terms(nodes):
    """Sums and differences of matrices: those of indices, bounds and exponents are left out."""
    counts = [node.slice for node in nodes if isinstance(node, ast.Subscript)]
    counts += [argument for node in nodes if _is_call(node, "range") for argument in node.args]
    counts += [node.args[-1] for node in nodes if _is_call(node, "matrix_power", "elementwise_power") and node.args]
    inside = {id(inner) for node in counts for inner in ast.walk(node)}
    return [node for node in nodes if id(node) not in inside]


def _signs(nodes, words, target):
    for node in _terms(nodes):
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
            operator = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
            yield Edit("sign", ((node, _at(ast.BinOp(node.left, operator, node.right), node)),))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            yield Edit("sign", ((node, node.operand),))


def _exchanges(nodes, words, target):
    """One sequence over time for another of the same shape, one parameter for another of the same shape."""
    for node in _loads(nodes):
        known = words.names.get(_stem(node))
        if known is None or known.name in FUNCTIONS | RANGES or not known.shape:
            continue
        for other in words.names.values():
            if other.name == known.name or other.shape != known.shape or (other.first is None) != (known.first is None) or other.kind == "direction":
                continue
            if isinstance(node, ast.Subscript):
                yield Edit("exchanged", ((node, _at(ast.Subscript(ast.Name(other.name, ast.Load()), node.slice, ast.Load()), node)),))
            elif other.first is None:
                yield Edit("exchanged", ((node, _at(ast.Name(other.name, ast.Load()), node)),))


def _extra_terms(nodes, words, target):
    for node in _terms(nodes):
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
            yield Edit("extra_term", ((node, node.left),))
            yield Edit("extra_term", ((node, node.right if isinstance(node.op, ast.Add) else _at(ast.UnaryOp(ast.USub(), node.right), node)),))
