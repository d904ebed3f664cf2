"""Edits that undo a slip in a factor or a term: a transpose, a kind of product, an order, phi', a sign, an exchange, a term too many."""

import ast

from derivations.formula.expressions import FUNCTIONS, RANGES
from derivations.formula.sentences import snippet
from derivations.formula.trees import Edit, at, is_call, loads, read, stem, terms


def transposes(nodes, words, target):
    under = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    matrices = [node for node in loads(nodes) if stem(node) in words.names and words.names[stem(node)].kind in ("parameter", "family", "adjoint", "jacobian", "direction")]
    matrices += [node for node in nodes[1:] if is_call(node, "prod", "matrix_power", "sum", "outer")]  # the whole is tried elsewhere
    removed = [(node, node.value) for node in nodes if isinstance(node, ast.Attribute)]
    added = [(node, at(ast.Attribute(node, "T", ast.Load()), node)) for node in matrices if id(node) not in under]
    for key, changes in (("untransposed", removed), ("transposed", added)):
        by_name = {}
        for old, new in changes:
            inner = old.value if key == "untransposed" else old
            yield Edit(key, ((old, new),), (("name", snippet(inner)),))
            by_name.setdefault(stem(inner), []).append((old, new))
        for name, together in by_name.items():
            if name and len(together) > 1:
                yield Edit(key, tuple(together), (("name", name),))


def products(nodes, words, target):
    for node in nodes:
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.MatMult)):
            key, operator = ("matrix_product", ast.MatMult()) if isinstance(node.op, ast.Mult) else ("elementwise", ast.Mult())
            yield Edit(key, ((node, at(ast.BinOp(node.left, operator, node.right), node)),))
        if is_call(node, "elementwise_power"):
            yield Edit("matrix_product", ((node, at(ast.Call(ast.Name("matrix_power", ast.Load()), node.args, []), node)),))


def swaps(nodes, words, target):
    for node in nodes:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            yield Edit("swapped", ((node, at(ast.BinOp(node.right, ast.MatMult(), node.left), node)),))
            if isinstance(node.left, ast.BinOp) and isinstance(node.left.op, ast.MatMult):  # (a @ b) @ c
                a, b, c = node.left.left, node.left.right, node.right
                yield Edit("swapped", ((node, at(ast.BinOp(ast.BinOp(a, ast.MatMult(), c), ast.MatMult(), b), node)),))


def slopes(nodes, words, target):
    """phi' missing or superfluous."""
    if words.slope_of is None:
        return
    found = loads(nodes)
    state = words.state
    letters = {node.target.id for node in nodes if isinstance(node, (ast.For, ast.comprehension)) and isinstance(node.target, ast.Name)} | set(target.letters)
    for node in found:
        if isinstance(node, ast.Subscript) and stem(node) == "d" + state:
            yield Edit("phi_missing", ((node, _times_slope(node.slice, node)),))
    weights = [node for node in found if isinstance(node, ast.Name) and node.id == words.recurrent]
    for letter in sorted(letters):
        for together in {tuple(weights), *((node,) for node in weights)}:
            if together:
                yield Edit("phi_missing", tuple((node, read(f"(diag(dphi[{letter}]) @ {words.recurrent})", node)) for node in together))
    size = words.names["dphi"].shape[0]
    for node in found:
        if isinstance(node, ast.Subscript) and stem(node) == "dphi":
            yield Edit("phi_extra", ((node, read(f"ones({size}, 1)", node)),))
    whole = nodes[0]
    if isinstance(whole, ast.expr) and target.kind == "adjoint" and len(target.letters) == 1:
        yield Edit("phi_missing", ((whole, _times_slope(ast.Name(target.letters[0], ast.Load()), whole)),))


def _times_slope(index, node):
    """dphi[index] * node, built and not re-read: the decimals in a node are exact already."""
    return at(ast.BinOp(ast.Subscript(ast.Name("dphi", ast.Load()), index, ast.Load()), ast.Mult(), node), node)


def signs(nodes, words, target):
    for node in terms(nodes):
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
            operator = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
            yield Edit("sign", ((node, at(ast.BinOp(node.left, operator, node.right), node)),))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            yield Edit("sign", ((node, node.operand),))


def exchanges(nodes, words, target):
    """One sequence over time for another of the same shape, one parameter for another of the same shape."""
    for node in loads(nodes):
        known = words.names.get(stem(node))
        if known is None or known.name in FUNCTIONS | RANGES or not known.shape:
            continue
        for other in words.names.values():
            if other.name == known.name or other.shape != known.shape or (other.first is None) != (known.first is None) or other.kind == "direction":
                continue
            if isinstance(node, ast.Subscript):
                yield Edit("exchanged", ((node, at(ast.Subscript(ast.Name(other.name, ast.Load()), node.slice, ast.Load()), node)),))
            elif other.first is None:
                yield Edit("exchanged", ((node, at(ast.Name(other.name, ast.Load()), node)),))


def extra_terms(nodes, words, target):
    for node in terms(nodes):
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
            yield Edit("extra_term", ((node, node.left),))
            yield Edit("extra_term", ((node, node.right if isinstance(node.op, ast.Add) else at(ast.UnaryOp(ast.USub(), node.right), node)),))
