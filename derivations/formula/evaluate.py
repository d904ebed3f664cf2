"""Evaluate an expression of the language at a point, node by node, within a budget of work."""

import ast
import operator

from derivations.formula import functions, lookup
from derivations.formula import values as v
from derivations.formula.folds import generated
from derivations.formula.matrices import Matrix
from derivations.formula.sentences import FormulaError

BUDGET = 6_000_000  # scalar multiplications of one evaluation; a node that only looks something up counts as four


class Budget:
    """Work that is left; shared by evaluations that belong together."""

    def __init__(self, work=BUDGET):
        self.left = work

    def spend(self, work):
        self.left -= work
        if self.left < 0:
            raise FormulaError("too_much_work")


class Evaluator:
    """Expressions at one point.

    ``bound`` holds free indices and loop variables; ``scope`` the local names of a file's function (None: an expression, which
    sees every name of the model); ``declared`` the names that a function's parameters bring in; ``target`` and ``places``
    name the value that is to be shown, which a formula may therefore not use.
    """

    def __init__(self, point, target, places, bound, budget, declared=None):
        self.point, self.words, self.space = point, point.words, point.space
        self.target, self.places = target, places
        self.bound, self.budget, self.declared, self.scope = dict(bound), budget, declared, {}
        self.lenient = False
        self.empty_shapes = {}

    def value(self, node):
        self.budget.spend(4)
        try:
            return RULES[type(node)](self, node)
        except FormulaError as error:
            raise error.placed(node) from None
        except ArithmeticError as error:  # the scalars' own: division by zero in F_p or in mpmath
            raise FormulaError("undefined", node=node, why=str(error)) from None

    def integer(self, node):
        value = self.value(node)
        if not v.is_number(value) or not isinstance(value, int):
            raise FormulaError("not_an_integer", node=node, value=v.describe(value))
        return value

    def number_or_matrix(self, node):
        return self.checked(self.value(node), node)

    def matrix(self, node):
        value = self.value(node)
        if not isinstance(value, Matrix):
            raise FormulaError("not_a_matrix", node=node, value=v.describe(value))
        return value

    def truth(self, node):
        value = self.value(node)
        if not isinstance(value, bool):
            raise FormulaError("not_a_condition", node=node, value=v.describe(value))
        return value

    def _Constant(self, node):
        return node.value

    def checked(self, value, node):
        """A value that has to be a number or a matrix."""
        if not v.is_number(value) and not isinstance(value, Matrix):
            raise FormulaError("not_a_value", node=node, value=v.describe(value))
        return value

    def combine(self, sign, left, right):
        """One binary operation on numbers and matrices."""
        if isinstance(left, Matrix):
            self.budget.spend(left.shape[0] * left.shape[1] * (right.shape[1] if isinstance(right, Matrix) else 1))
        if self.lenient and isinstance(sign, ast.Div) and right == 0:
            return left
        if self.lenient and isinstance(sign, ast.Pow):
            return left if v.is_number(left) else v.power(left, 1)
        return OPERATIONS[type(sign)](left, right)


def _transpose(evaluator, node):
    return evaluator.matrix(node.value).transposed


def _unary(evaluator, node):
    if isinstance(node.op, ast.Not):
        return not evaluator.truth(node.operand)
    value = evaluator.number_or_matrix(node.operand)
    return v.negate(value) if isinstance(node.op, ast.USub) else value


def _binary(evaluator, node):
    left = evaluator.value(node.left)
    if isinstance(left, list) and isinstance(node.op, ast.Mult):
        return _repeated(evaluator, node, left)
    return evaluator.combine(node.op, evaluator.checked(left, node.left), evaluator.number_or_matrix(node.right))


def _repeated(evaluator, node, items):
    times = evaluator.integer(node.right)
    if not 0 <= times * len(items) <= 10_000:
        raise FormulaError("list_too_long", node=node)
    evaluator.budget.spend(times * len(items))
    return items * times


def _choice(evaluator, node):
    return evaluator.value(node.body if evaluator.truth(node.test) else node.orelse)


def _both(evaluator, node):
    found = (evaluator.truth(part) for part in node.values)
    return all(found) if isinstance(node.op, ast.And) else any(found)


def _compare(evaluator, node):
    values = [evaluator.value(part) for part in (node.left, *node.comparators)]
    for value, part in zip(values, (node.left, *node.comparators)):
        if not v.is_number(value):
            raise FormulaError("compare", node=part, value=v.describe(value))
    return all(COMPARISONS[type(op)](left, right) for op, left, right in zip(node.ops, values, values[1:]))


OPERATIONS = {ast.Add: v.add, ast.Sub: v.subtract, ast.Mult: v.multiply, ast.MatMult: v.matmul, ast.Div: v.divide, ast.Pow: v.power}
COMPARISONS = {ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge}
RULES = {
    ast.Constant: lambda evaluator, node: node.value, ast.Name: lookup.name, ast.Subscript: lookup.member, ast.Call: functions.call,
    ast.Attribute: _transpose, ast.UnaryOp: _unary, ast.BinOp: _binary, ast.IfExp: _choice, ast.BoolOp: _both, ast.Compare: _compare,
    ast.List: lambda evaluator, node: [evaluator.value(item) for item in node.elts],
    ast.Dict: lambda evaluator, node: {evaluator.integer(key): evaluator.value(item) for key, item in zip(node.keys, node.values)},
    ast.ListComp: lambda evaluator, node: list(generated(evaluator, node.elt, node.generators)),
}
