"""The functions of the language: each with what its arguments have to be."""

from derivations.formula import values as v
from derivations.formula.folds import fold
from derivations.formula.matrices import Matrix
from derivations.formula.sentences import FormulaError


def call(evaluator, node):
    """The value of a function call, sum and prod included."""
    name = node.func.id
    if name in ("sum", "prod"):
        return fold(evaluator, node, name)
    function, kinds = FUNCTIONS[name]
    if len(node.args) != len(kinds):
        raise FormulaError("arguments", node=node, name=name, count=len(kinds), given=len(node.args))
    arguments = [getattr(evaluator, kind)(argument) for kind, argument in zip(kinds, node.args)]
    if name == "phi" and evaluator.words.slope_of is None:
        raise FormulaError("no_activation", node=node, name=name, model=evaluator.words.model.name)
    for argument in arguments:
        if isinstance(argument, Matrix):
            evaluator.budget.spend(8 * len(argument.rows) ** 2 * len(argument.rows[0]))
    value = function(evaluator, *arguments)
    if isinstance(value, Matrix):
        evaluator.budget.spend(value.shape[0] * value.shape[1])  # what is made takes memory
    return value


def _side(size):
    if not 1 <= size <= v.MAX_SIDE:
        raise FormulaError("side", size=v.shown(size), limit=v.MAX_SIDE)
    return size


def _matrix_power(evaluator, matrix, exponent):
    return v.matrix_power(matrix, 1 if evaluator.lenient else exponent)


def _mapped(name):
    return lambda evaluator, matrix: matrix.mapped(name)


def _filled(value):
    return lambda evaluator, rows, cols: evaluator.space.filled(value, _side(rows), _side(cols))


def _length(evaluator, items):
    if not isinstance(items, (list, dict)):
        raise FormulaError("len", value=v.describe(items))
    return len(items)


FUNCTIONS = {
    "matrix_power": (_matrix_power, ("matrix", "integer")),
    "elementwise_power": (lambda evaluator, matrix, exponent: v.elementwise_power(matrix, 1 if evaluator.lenient else exponent), ("matrix", "integer")),
    "diag": (lambda evaluator, vector: v.diag(vector), ("matrix",)), "outer": (lambda evaluator, left, right: v.outer(left, right), ("matrix", "matrix")),
    "eye": (lambda evaluator, size: evaluator.space.eye(_side(size)), ("integer",)), "ones": (_filled(1), ("integer", "integer")), "zeros": (_filled(0), ("integer", "integer")),
    "zeros_like": (lambda evaluator, matrix: matrix.filled(0), ("matrix",)), "len": (_length, ("value",)),
    "exp": (_mapped("exp"), ("matrix",)), "log": (_mapped("log"), ("matrix",)), "tanh": (_mapped("tanh"), ("matrix",)), "phi": (_mapped("phi"), ("matrix",)),
}
