"""Sums, ordered products and lists over ranges of time steps, also where they have no terms."""

import ast
from contextlib import contextmanager

from derivations.formula.matrices import Matrix
from derivations.formula.sentences import FormulaError
from derivations.formula.values import describe, is_number


def fold(evaluator, node, name):
    """sum, or prod multiplied from left to right in the order of its range."""
    body = node.args[0]
    result = None
    for value in generated(evaluator, body.elt, body.generators):
        evaluator.checked(value, body.elt)
        if result is None:
            result = value
        elif name == "sum":
            result = evaluator.combine(ast.Add(), result, value)
        else:
            both = isinstance(result, Matrix) and isinstance(value, Matrix)
            result = evaluator.combine(ast.MatMult() if both else ast.Mult(), result, value)
    return _empty(evaluator, node, name) if result is None else result


def _empty(evaluator, node, name):
    """The value of a sum or product without terms; the shape comes from its body, evaluated without regard to indices."""
    if id(node) not in evaluator.empty_shapes:
        body, outside = node.args[0], evaluator.lenient
        with _bindings(evaluator, body.generators):
            for generator in body.generators:
                evaluator.bound[generator.target.id] = 1
            evaluator.lenient = True
            try:
                evaluator.empty_shapes[id(node)] = evaluator.value(body.elt)
            except FormulaError as error:
                raise error if error.is_shape else FormulaError("empty_fold", node=node, name=name) from None
            finally:
                evaluator.lenient = outside
    sample = evaluator.empty_shapes[id(node)]
    if is_number(sample):
        return 0 if name == "sum" else 1
    if not isinstance(sample, Matrix) or (name == "prod" and not sample.is_square):
        raise FormulaError("empty_product", node=node, shape=describe(sample))
    return sample.filled(0) if name == "sum" else evaluator.space.eye(sample.shape[0])


def generated(evaluator, element, generators):
    """The values of ``element`` for the bindings of its loop variables, one after another."""
    with _bindings(evaluator, generators):
        yield from _nested(evaluator, element, generators)


def _nested(evaluator, element, generators):
    if not generators:
        yield evaluator.value(element)
        return
    first, *rest = generators
    for index in steps(evaluator, first.iter):
        evaluator.budget.spend(4)
        evaluator.bound[first.target.id] = index
        if all(evaluator.truth(condition) for condition in first.ifs):
            yield from _nested(evaluator, element, rest)


@contextmanager
def _bindings(evaluator, generators):
    """Loop variables are gone after the loop, and may hide nothing that has a meaning already."""
    before = dict(evaluator.bound)
    for generator in generators:
        no_shadow(evaluator, generator.target)
    try:
        yield
    finally:
        evaluator.bound = before


def no_shadow(evaluator, node):
    """Refuse a loop variable whose name has a meaning already."""
    hidden = evaluator.declared if evaluator.declared is not None else {*evaluator.words.names, *evaluator.target.letters}
    if node.id in hidden:
        raise FormulaError("shadow", node=node, name=node.id)


def steps(evaluator, node):
    """A range of time steps; the bounds are integers."""
    if node.func.id == "reversed":
        return reversed(steps(evaluator, node.args[0]))
    bounds = [evaluator.integer(argument) for argument in node.args]
    if len(bounds) == 3 and bounds[2] == 0:
        raise FormulaError("zero_step", node=node)
    return range(*bounds)
