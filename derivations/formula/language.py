"""The language of formulas: Python's syntax, read by Python's parser, and a whitelist. Nothing is compiled or executed.

``expression`` reads one formula, ``function`` a file with one function. Both return a Program whose tree contains only
what ``evaluate`` and ``statements`` interpret.
"""

import ast
from dataclasses import dataclass

from derivations.formula.expressions import check_binary, check_expression, check_range, refused
from derivations.formula.sentences import FormulaError, snippet, written
from derivations.formula.source import parsed

STATEMENTS = (ast.Assign, ast.AugAssign, ast.For, ast.If, ast.Return, ast.Expr, ast.Pass)


@dataclass(frozen=True)
class Program:
    """A formula that was read: its tree, the names that a function declares (None: an expression), where it stands."""

    tree: ast.AST
    parameters: tuple | None
    file: str | None
    source: str

    @property
    def text(self):
        return written(self.tree)


def expression(text):
    tree = parsed(text.strip(), "eval", None).body
    check_expression(tree, file=False)
    return Program(tree, None, None, text)


def function(source, file):
    """The one function of a file; a docstring may stand above it, nothing else."""
    try:
        module = parsed(source, "exec", file)
        functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
        for node in module.body:
            if not isinstance(node, ast.FunctionDef) and not _is_docstring(node):
                raise refused(node)
        if len(functions) != 1:
            raise FormulaError("one_function", node=functions[1] if functions else None, count=len(functions))
        _check_function(functions[0])
    except FormulaError as error:
        raise error.placed(file=file)
    return Program(functions[0], tuple(argument.arg for argument in functions[0].args.args), file, source)


def _is_docstring(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _check_function(node):
    given = node.args
    if given.posonlyargs or given.kwonlyargs or given.vararg or given.kwarg or given.defaults or node.decorator_list:
        raise FormulaError("signature", node=node, written=snippet(node))
    names = [argument.arg for argument in given.args]
    for name in names:
        if names.count(name) > 1:
            raise FormulaError("same_parameter", line=node.lineno, name=name)
    for statement in node.body:
        _check_statement(statement)


def _check_statement(node):
    if not isinstance(node, STATEMENTS) or (isinstance(node, ast.For) and node.orelse):
        raise refused(node)
    if isinstance(node, ast.Assign):
        if len(node.targets) != 1:
            raise refused(node)
        _check_place(node.targets[0])
        check_expression(node.value, file=True)
    elif isinstance(node, ast.AugAssign):
        _check_place(node.target)
        check_binary(ast.copy_location(ast.BinOp(node.target, node.op, node.value), node))
        check_expression(node.value, file=True)
    elif isinstance(node, ast.For):
        if not isinstance(node.target, ast.Name):
            raise FormulaError("loop_variable", node=node.target, written=snippet(node.target))
        check_range(node.iter, file=True)
    elif isinstance(node, ast.If):
        check_expression(node.test, file=True)
    elif isinstance(node, ast.Return):
        if node.value is None:
            raise refused(node)
        check_expression(node.value, file=True)
    elif isinstance(node, ast.Expr) and not _is_docstring(node):
        if not is_append(node.value):
            raise refused(node)
        check_expression(node.value.args[0], file=True)
    for block in (getattr(node, "body", []), getattr(node, "orelse", [])):
        for statement in block:
            _check_statement(statement)


def is_append(node):
    """``name.append(value)``, the one method that a file may call."""
    return (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append"
            and isinstance(node.func.value, ast.Name) and len(node.args) == 1 and not node.keywords)


def _check_place(node):
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and not isinstance(node.slice, (ast.Slice, ast.Tuple)):
        return check_expression(node.slice, file=True)
    if not isinstance(node, ast.Name):
        raise refused(node)
