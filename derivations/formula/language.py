"""The language of formulas: Python's syntax, read by Python's parser, and a whitelist. Nothing is compiled or executed.

``expression`` reads one formula, ``function`` a file with one function. Both return a Program whose tree contains only
what ``evaluate`` and ``statements`` interpret; everything else is refused here, with what to write instead.
"""

import ast
import re
import unicodedata
import warnings
from dataclasses import dataclass
from fractions import Fraction

from derivations.formula.sentences import FormulaError, hint, snippet, written
from derivations.text import Text

MAX_SOURCE = 20_000
MAX_DEPTH = 120
MAX_BITS = 4096  # of a whole number
FUNCTIONS = {"sum", "prod", "matrix_power", "elementwise_power", "diag", "eye", "ones", "zeros", "zeros_like", "outer", "exp", "log", "tanh", "phi", "len"}
RANGES = {"range", "reversed"}
BINARY = (ast.Add, ast.Sub, ast.Mult, ast.MatMult, ast.Div, ast.Pow)
COMPARISONS = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
EXPRESSIONS = (ast.BinOp, ast.UnaryOp, ast.Name, ast.Constant, ast.Subscript, ast.Attribute, ast.Call, ast.IfExp, ast.Compare, ast.BoolOp)
CONTAINERS = (ast.List, ast.Dict, ast.ListComp)
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
    tree = _parsed(text.strip(), "eval", None).body
    _check_expression(tree, file=False)
    return Program(tree, None, None, text)


def function(source, file):
    """The one function of a file; a docstring may stand above it, nothing else."""
    try:
        module = _parsed(source, "exec", file)
        functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
        for node in module.body:
            if not isinstance(node, ast.FunctionDef) and not _is_docstring(node):
                raise _refused(node)
        if len(functions) != 1:
            raise FormulaError("one_function", node=functions[1] if functions else None, count=len(functions))
        _check_function(functions[0])
    except FormulaError as error:
        raise error.placed(file=file)
    return Program(functions[0], tuple(argument.arg for argument in functions[0].args.args), file, source)


def _parsed(source, mode, file):
    if not source.strip():
        raise FormulaError("empty", file=file)
    if len(source) > MAX_SOURCE:
        raise FormulaError("too_long_source", length=len(source), limit=MAX_SOURCE, file=file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source, mode=mode)
    except SyntaxError as error:
        raise _syntax_error(source, error, file) from None
    except (RecursionError, MemoryError):
        raise FormulaError("too_deep", limit=MAX_DEPTH, file=file) from None
    except ValueError:
        raise FormulaError("unreadable", file=file) from None
    level, depth = [tree], 0
    while level:
        level, depth = [child for node in level for child in ast.iter_child_nodes(node)], depth + 1
        if depth > MAX_DEPTH:
            raise FormulaError("too_deep", limit=MAX_DEPTH, file=file)
    _read_numbers(tree, source, file)
    return tree


def _syntax_error(source, error, file):
    line, column = error.lineno or 1, error.offset or 1
    lines = source.splitlines()
    for number, text in enumerate(lines, 1):
        code = text.split("#")[0]
        for place, character in enumerate(code, 1):
            if not character.isprintable() and character not in "\t\f":
                return FormulaError("unseen", line=number, column=place, character=f"U+{ord(character):04X}", file=file)
            instead = _instead(character)
            if instead:
                return FormulaError("character", line=number, column=place, character=character, instead=instead, file=file)
    written = lines[line - 1].strip() if line <= len(lines) else source[:60]
    return FormulaError("syntax", line=line, column=column, written=written[:120], why=error.msg or "invalid syntax", file=file)


def _instead(character):
    """What to write in place of a character, or None; full-width punctuation has its ASCII twin."""
    plain = unicodedata.normalize("NFKC", character)
    if hint("character", character) or character.isascii() or character.isidentifier():
        return hint("character", character)
    if len(plain) == 1 and plain.isascii() and plain.isprintable() and not plain.isspace():
        return hint("character", plain) or Text(plain, plain)
    return None


class Decimal(Fraction):
    """A decimal read exactly, which is printed as it was written."""

    def __new__(cls, text):
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __str__(self):
        return self.text

    __repr__ = __str__


def _read_numbers(tree, source, file):
    """Decimals are read exactly from the text, 0.1 as 1/10; the float that Python's parser made is dropped. Sizes are limited."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value.bit_length() > MAX_BITS:
            raise FormulaError("number_too_large", line=node.lineno, file=file, bits=MAX_BITS)
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            text = (ast.get_source_segment(source, node) or "").replace("_", "")
            match = re.fullmatch(r"(\d*\.?\d*)(?:[eE]([+-]?\d+))?", text)
            if not match or len(text) > 400 or len(match[2] or "") > 5 or abs(int(match[2] or 0)) > 1000:
                raise FormulaError("decimal", line=node.lineno, file=file, written=text[:60])
            node.value = Decimal(text)


def _is_docstring(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _refused(node):
    """The refusal of one node: what was written, and what to write instead."""
    return FormulaError("refused", node=node, written=snippet(node), instead=hint("node", type(node).__name__) or hint("node", "other"))


def _check_expression(node, file):
    """Refuse whatever lies outside the whitelist; ``file``: lists and dicts are allowed."""
    if not isinstance(node, EXPRESSIONS + (CONTAINERS if file else ())):
        raise _refused(node)
    for child in _CHECKS.get(type(node), ast.iter_child_nodes)(node):
        if isinstance(child, (ast.operator, ast.unaryop, ast.cmpop, ast.boolop, ast.expr_context)):
            continue
        if isinstance(child, ast.comprehension):
            _check_generator(child, file)
        else:
            _check_expression(child, file)


def _check_generator(generator, file):
    if not isinstance(generator.target, ast.Name) or generator.is_async:
        raise FormulaError("loop_variable", node=generator.target, written=snippet(generator.target))
    _check_range(generator.iter, file)
    for condition in generator.ifs:
        _check_expression(condition, file)


def _check_range(node, file):
    """What a loop runs over: range(...) or reversed(range(...))."""
    name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
    if name not in RANGES or node.keywords or not 1 <= len(node.args) <= (3 if name == "range" else 1):
        raise FormulaError("loop_over", node=node, written=snippet(node))
    if name == "reversed":
        return _check_range(node.args[0], file)
    for argument in node.args:
        _check_expression(argument, file)


def _check_binary(node):
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
        raise _refused(node)
    return *node.keys, *node.values


_CHECKS = {ast.BinOp: _check_binary, ast.UnaryOp: _check_unary, ast.Compare: _check_compare, ast.Constant: _check_constant, ast.Attribute: _check_attribute,
           ast.Subscript: _check_subscript, ast.Call: _check_call, ast.Dict: _check_dict}


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
        raise _refused(node)
    if isinstance(node, ast.Assign):
        if len(node.targets) != 1:
            raise _refused(node)
        _check_place(node.targets[0])
        _check_expression(node.value, file=True)
    elif isinstance(node, ast.AugAssign):
        _check_place(node.target)
        _check_binary(ast.copy_location(ast.BinOp(node.target, node.op, node.value), node))
        _check_expression(node.value, file=True)
    elif isinstance(node, ast.For):
        if not isinstance(node.target, ast.Name):
            raise FormulaError("loop_variable", node=node.target, written=snippet(node.target))
        _check_range(node.iter, file=True)
    elif isinstance(node, ast.If):
        _check_expression(node.test, file=True)
    elif isinstance(node, ast.Return):
        if node.value is None:
            raise _refused(node)
        _check_expression(node.value, file=True)
    elif isinstance(node, ast.Expr) and not _is_docstring(node):
        if not is_append(node.value):
            raise _refused(node)
        _check_expression(node.value.args[0], file=True)
    for block in (getattr(node, "body", []), getattr(node, "orelse", [])):
        for statement in block:
            _check_statement(statement)


def is_append(node):
    """``name.append(value)``, the one method that a file may call."""
    return (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append"
            and isinstance(node.func.value, ast.Name) and len(node.args) == 1 and not node.keywords)


def _check_place(node):
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and not isinstance(node.slice, (ast.Slice, ast.Tuple)):
        return _check_expression(node.slice, file=True)
    if not isinstance(node, ast.Name):
        raise _refused(node)
