"""The whitelist of expressions: everything else is refused here, with what to write instead."""

import ast

from derivations.formula.sentences import FormulaError, hint, snippet

FUNCTIONS = {"sum", "prod", "matrix_power", "elementwise_power", "diag", "eye", "ones", "zeros", "zeros_like", "outer", "exp", "log", "tanh", "phi", "len"}
RANGES = {"range", "reversed"}
BINARY = (ast.Add, ast.Sub, ast.Mult, ast.MatMult, ast.Div, ast.Pow)
COMPARISONS = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
EXPRESSIONS = (ast.BinOp, ast.UnaryOp, ast.Name, ast.Constant, ast.Subscript, ast.Attribute, ast.Call, ast.IfExp, ast.Compare, ast.BoolOp)
CONTAINERS = (ast.List, ast.Dict, ast.ListComp)


def refused(node):
    """The refusal of one node: what was written, and what to write instead."""
    return FormulaError("refused", node=node, written=snippet(node), instead=hint("node", type(node).__name__) or hint("node", "other"))


def check_expression(node, file):
    """Refuse whatever lies outside the whitelist; ``file``: lists and dicts are allowed."""
    if not isinstance(node, EXPRESSIONS + (CONTAINERS if file else ())):
        raise refused(node)
    for child in _CHECKS.get(type(node), ast.iter_child_nodes)(node):
        if isinstance(child, (ast.operator, ast.unaryop, ast.cmpop, ast.boolop, ast.expr_context)):
            continue
        if isinstance(child, ast.comprehension):
            _check_generator(child, file)
        else:
            check_expression(child, file)


def _check_generator(generator, file):
    if not isinstance(generator.target, ast.Name) or generator.is_async:
        raise FormulaError("loop_variable", node=generator.target, written=snippet(generator.target))
    check_range(generator.iter, file)
    for condition in generator.ifs:
        check_expression(condition, file)


def check_range(node, file):
    """What a loop runs over: range(...) or reversed(range(...))."""
    name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
    if name not in RANGES or node.keywords or not 1 <= len(node.args) <= (3 if name == "range" else 1):
        raise FormulaError("loop_over", node=node, written=snippet(node))
    if name == "reversed":
        return check_range(node.args[0], file)
    for argument in node.args:
        check_expression(argument, file)


def check_binary(node):
    if not isinstance(node.op, BINARY):
        raise FormulaError("operator", node=node, written=snippet(node), instead=hint("operator", type(node.op).__name__) or hint("operator", "other"))
    return node.left, node.right


def _check_unary(node):
    if isinstance(node.op, ast.Invert):
        raise FormulaError("operator", node=node, written=snippet(node), instead=hint("operator", "other"))
    return (node.operand,)


def _check_compare(node):
    if not all(isinstance(op, COMPARISONS) for op in node.ops):
        raise FormulaError("operator", node=node, written=snippet(node), instead=hint("operator", "comparison"))
    return node.left, *node.comparators


def _check_constant(node):
    if isinstance(node.value, (bool, str, bytes, complex)) or node.value is Ellipsis:
        raise FormulaError("constant", node=node, written=snippet(node))
    return ()


def _check_attribute(node):
    if node.attr != "T":
        raise FormulaError("attribute", node=node, written=snippet(node), instead=hint("attribute", node.attr) or hint("attribute", "other"))
    return (node.value,)


def _check_subscript(node):
    index = node.slice
    if isinstance(index, ast.Tuple) and len(index.elts) == 2:
        return node.value, *index.elts
    if isinstance(index, (ast.Tuple, ast.Slice)):
        raise FormulaError("slice", node=node, written=snippet(node))
    return node.value, index


def _check_call(node):
    if isinstance(node.func, ast.Attribute):
        raise FormulaError("attribute", node=node, written=snippet(node), instead=hint("attribute", node.func.attr) or hint("attribute", "other"))
    name = node.func.id if isinstance(node.func, ast.Name) else None
    if name in RANGES:
        raise FormulaError("range_alone", node=node, written=snippet(node))
    if name not in FUNCTIONS:
        raise FormulaError("function", node=node, written=name or snippet(node.func), instead=hint("function", name or "") or hint("function", "other"))
    if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
        raise FormulaError("keywords", node=node, written=snippet(node))
    if name in ("sum", "prod"):
        if len(node.args) != 1 or not isinstance(node.args[0], ast.GeneratorExp):
            raise FormulaError("needs_generator", node=node, written=snippet(node), name=name)
        return node.args[0].elt, *node.args[0].generators
    if name in ("zeros", "ones") and len(node.args) == 1 and isinstance(node.args[0], ast.Tuple):
        raise FormulaError("tuple_shape", node=node, written=snippet(node), instead=f"{name}({', '.join(ast.unparse(side) for side in node.args[0].elts)})")
    return tuple(node.args)


def _check_dict(node):
    if None in node.keys:
        raise refused(node)
    return *node.keys, *node.values


_CHECKS = {ast.BinOp: check_binary, ast.UnaryOp: _check_unary, ast.Compare: _check_compare, ast.Constant: _check_constant, ast.Attribute: _check_attribute,
           ast.Subscript: _check_subscript, ast.Call: _check_call, ast.Dict: _check_dict}
