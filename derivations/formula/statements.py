"""Interpret the one function of a file: assignments, loops over ranges, conditions, lists and dicts indexed by time."""

import ast

from derivations.formula.evaluate import Budget, Evaluator
from derivations.formula.folds import no_shadow, steps
from derivations.formula.language import is_append
from derivations.formula.matrices import Matrix
from derivations.formula.sentences import FormulaError
from derivations.formula.values import describe, is_number, shown

MAX_ITEMS = 10_000


class _Return(Exception):
    def __init__(self, value, node):
        self.value, self.node = value, node


def run(program, point, target, case, budget=None):
    """The value of a program at a point for one case (bindings of the target's letters, its indices): a number or a Matrix.

    Raises FormulaError where the formula has no value.
    """
    bound, places = case
    budget = budget or Budget()
    try:
        if program.parameters is None:
            evaluator = Evaluator(point, target, places, bound, budget)
            return evaluator.number_or_matrix(program.tree)
        return _call(program, point, target, places, bound, budget)
    except FormulaError as error:
        raise error.placed(file=program.file) from None
    except RecursionError:
        raise FormulaError("too_deep", limit=120, file=program.file) from None


def _call(program, point, target, places, bound, budget):
    for name in program.parameters:
        if name not in target.letters:
            point.words.find(name, program.tree)
    evaluator = Evaluator(point, target, places, {name: value for name, value in bound.items() if name in program.parameters}, budget, frozenset(program.parameters))
    try:
        _block(evaluator, program.tree.body)
    except _Return as result:
        value = result.value
        if isinstance(value, (list, dict)) and len(places) == 1:
            inside = places[0] in value if isinstance(value, dict) else 0 <= places[0] < len(value)
            if not inside:
                raise FormulaError("returned_item", node=result.node, index=places[0], T=point.length) from None
            value = value[places[0]]
        if not is_number(value) and not isinstance(value, Matrix):
            raise FormulaError("returned", node=result.node, value=describe(value)) from None
        return value
    raise FormulaError("no_return", node=program.tree, name=program.tree.name)


def _block(evaluator, statements):
    for statement in statements:
        evaluator.budget.spend(4)
        try:
            _STATEMENTS[type(statement)](evaluator, statement)
        except FormulaError as error:
            raise error.placed(statement) from None


def _assign(evaluator, node):
    _store(evaluator, node.targets[0], evaluator.value(node.value))


def _augment(evaluator, node):
    place = node.target
    old = evaluator.value(ast.copy_location(ast.Name(place.id) if isinstance(place, ast.Name) else ast.Subscript(place.value, place.slice), place))
    evaluator.checked(old, place)
    _store(evaluator, place, evaluator.combine(node.op, old, evaluator.number_or_matrix(node.value)))


def _store(evaluator, place, value):
    name = place.id if isinstance(place, ast.Name) else place.value.id
    if name in evaluator.declared or name in evaluator.bound:
        raise FormulaError("assigned", node=place, name=name)
    if isinstance(place, ast.Name):
        evaluator.scope[name] = value
        return
    container, index = evaluator.scope.get(name), evaluator.integer(place.slice)
    if isinstance(container, dict) and (len(container) < MAX_ITEMS or index in container):
        container[index] = value
    elif isinstance(container, list) and 0 <= index < len(container):
        container[index] = value
    elif isinstance(container, (list, dict)):
        raise FormulaError("missing_item", node=place, name=name, index=shown(index), T=evaluator.point.length)
    else:
        raise FormulaError("not_a_container", node=place, name=name)


def _for(evaluator, node):
    no_shadow(evaluator, node.target)
    before = evaluator.bound
    for index in steps(evaluator, node.iter):
        evaluator.budget.spend(4)
        evaluator.bound = {**before, node.target.id: index}
        _block(evaluator, node.body)
    evaluator.bound = before


def _if(evaluator, node):
    _block(evaluator, node.body if evaluator.truth(node.test) else node.orelse)


def _return(evaluator, node):
    raise _Return(evaluator.value(node.value), node)


def _expr(evaluator, node):
    if not is_append(node.value):
        return
    items = evaluator.scope.get(node.value.func.value.id)
    if not isinstance(items, list):
        raise FormulaError("not_a_container", node=node, name=node.value.func.value.id)
    if len(items) >= MAX_ITEMS:
        raise FormulaError("list_too_long", node=node)
    items.append(evaluator.value(node.value.args[0]))


_STATEMENTS = {ast.Assign: _assign, ast.AugAssign: _augment, ast.For: _for, ast.If: _if, ast.Return: _return, ast.Expr: _expr, ast.Pass: lambda evaluator, node: None}
