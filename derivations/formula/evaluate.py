"""Evaluate an expression of the language at a point, node by node, within a budget of work."""

import ast
from contextlib import contextmanager

from derivations.formula import values as v
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
            return getattr(self, "_" + type(node).__name__)(node)
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
        value = self.value(node)
        if not v.is_number(value) and not isinstance(value, v.Matrix):
            raise FormulaError("not_a_value", node=node, value=v.describe(value))
        return value

    def matrix(self, node):
        value = self.value(node)
        if not isinstance(value, v.Matrix):
            raise FormulaError("not_a_matrix", node=node, value=v.describe(value))
        return value

    def truth(self, node):
        value = self.value(node)
        if not isinstance(value, bool):
            raise FormulaError("not_a_condition", node=node, value=v.describe(value))
        return value

    def _Constant(self, node):
        return node.value

    def _Name(self, node):
        name = node.id
        if name in self.bound:
            return self.bound[name]
        if name in self.scope:
            return self.scope[name]
        if self.declared is not None and name not in self.declared:
            known = name in self.words.names or name in self.target.letters
            raise FormulaError("undeclared" if known else "undefined_local", node=node, name=name)
        if len(name) == 1 and name not in self.words.names:
            raise FormulaError("unbound", node=node, name=name, letters=", ".join(self.target.letters) or "–", target=self.target.written)
        found = self.words.find(name, node)
        if found.kind == "number":
            return self.point.length
        if found.kind == "size":
            return self.point.size_names[name]
        if found.kind == "parameter":
            return self.point.value(name)
        if found.kind == "identity":
            return self.space.eye(self.point.shape(found.shape)[0])
        if found.kind == "direction":
            if self.target.kind != "tangent":
                raise FormulaError("direction", node=node, state=self.words.state)
            return self.point.direction
        raise FormulaError("needs_index", node=node, name=name)

    def _Subscript(self, node):
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if not isinstance(node.value, ast.Name):
            raise FormulaError("entry", node=node)
        name = node.value.id
        if name in self.scope:
            return self._item(node, self.scope[name], parts)
        if self.declared is not None and name not in self.declared:
            raise FormulaError("undeclared" if name in self.words.names else "undefined_local", node=node, name=name)
        found = self.words.find(name, node)
        if found.first is None:
            raise FormulaError("entry", node=node)
        if len(parts) == 2 and found.kind != "jacobian":
            raise FormulaError("entry", node=node)
        places = tuple(self.integer(part) for part in parts)
        return self._member(node, found, places)

    def _item(self, node, container, parts):
        if not isinstance(container, (list, dict)) or len(parts) != 1:
            raise FormulaError("entry", node=node)
        place = self.integer(parts[0])
        if isinstance(container, list) and not 0 <= place < len(container) or isinstance(container, dict) and place not in container:
            raise FormulaError("missing_item", node=node, name=node.value.id, index=v.shown(place), T=self.point.length)
        if container[place] is None:
            raise FormulaError("missing_item", node=node, name=node.value.id, index=v.shown(place), T=self.point.length)
        return container[place]

    def _member(self, node, found, places):
        """A member of a family, an adjoint, phi', a Jacobian: with its range of time steps."""
        point, index, name = self.point, places[0], found.name
        base = {"family": name, "adjoint": name[1:], "slope": self.words.slope_of, "loss_slope": (self.words.loss_of or (None,))[0], "jacobian": self.words.state}[found.kind]
        allowed = point.indices(base)
        if found.kind == "jacobian":
            late, early = places if len(places) == 2 else (index, index - 1)
            if self.lenient:
                return self.space.filled(0, *point.shape(found.shape))
            if early not in allowed or late not in allowed or late < early:
                raise FormulaError("jacobian_range", node=node, T=point.length, late=v.shown(late), early=v.shown(early), state=self.words.state)
            self._not_the_claim(node, "jacobian", (late,) if len(self.places) == 1 and early == late - 1 else places)
            return point.jacobian(late, early)
        if self.lenient:
            return self.space.filled(0, *point.shape(found.shape))
        if found.kind == "adjoint" and index == point.length + 1 and point.length in allowed:
            return self.space.filled(0, *point.shape(found.shape))  # adjoints past the end are zero
        if index not in allowed:
            key = {"adjoint": "adjoint_range", "slope": "slope_range"}.get(found.kind, "index_range")
            raise FormulaError(key, node=node, name=name, index=v.shown(index), T=point.length, first=allowed[0], last=allowed[-1])
        if found.kind == "adjoint":
            self._not_the_claim(node, "adjoint", places, base)
        read = {"family": lambda: point.value(base, index), "adjoint": lambda: point.gradient(base, index), "slope": lambda: point.slope(index), "loss_slope": lambda: point.loss_slope(index)}
        return read[found.kind]()

    def _not_the_claim(self, node, kind, places, name="J"):
        if (self.target.kind, self.target.name, self.places) == (kind, name, places):
            raise FormulaError("circular", node=node, target=self.target.label)

    def _Attribute(self, node):
        return self.matrix(node.value).transposed

    def _UnaryOp(self, node):
        if isinstance(node.op, ast.Not):
            return not self.truth(node.operand)
        value = self.number_or_matrix(node.operand)
        return v.negate(value) if isinstance(node.op, ast.USub) else value

    def _BinOp(self, node):
        left = self.value(node.left)
        if isinstance(left, list) and isinstance(node.op, ast.Mult):
            return self._repeated(node, left)
        self._checked(left, node.left)
        return self.combine(node.op, left, self.number_or_matrix(node.right))

    def combine(self, operator, left, right):
        """One binary operation on numbers and matrices."""
        if isinstance(left, v.Matrix):
            self.budget.spend(len(left.rows) * len(left.rows[0]) * (len(right.rows[0]) if isinstance(right, v.Matrix) else 1))
        if self.lenient and isinstance(operator, ast.Div) and right == 0:
            return left
        if self.lenient and isinstance(operator, ast.Pow):
            return left if v.is_number(left) else v.power(left, 1)
        return _OPERATIONS[type(operator)](left, right)

    def _checked(self, value, node):
        if not v.is_number(value) and not isinstance(value, v.Matrix):
            raise FormulaError("not_a_value", node=node, value=v.describe(value))

    def _repeated(self, node, items):
        times = self.integer(node.right)
        if not 0 <= times * len(items) <= 10_000:
            raise FormulaError("list_too_long", node=node)
        self.budget.spend(times * len(items))
        return items * times

    def _IfExp(self, node):
        return self.value(node.body if self.truth(node.test) else node.orelse)

    def _BoolOp(self, node):
        found = (self.truth(part) for part in node.values)
        return all(found) if isinstance(node.op, ast.And) else any(found)

    def _Compare(self, node):
        values = [self.value(part) for part in (node.left, *node.comparators)]
        for value, part in zip(values, (node.left, *node.comparators)):
            if not v.is_number(value):
                raise FormulaError("compare", node=part, value=v.describe(value))
        return all(_COMPARE[type(op)](left, right) for op, left, right in zip(node.ops, values, values[1:]))

    def _List(self, node):
        return [self.value(item) for item in node.elts]

    def _Dict(self, node):
        return {self.integer(key): self.value(item) for key, item in zip(node.keys, node.values)}

    def _ListComp(self, node):
        return list(self._generated(node.elt, node.generators))

    def _Call(self, node):
        name = node.func.id
        if name in ("sum", "prod"):
            return self._fold(node, name)
        function, kinds = _FUNCTIONS[name]
        if len(node.args) != len(kinds):
            raise FormulaError("arguments", node=node, name=name, count=len(kinds), given=len(node.args))
        arguments = [getattr(self, kind)(argument) for kind, argument in zip(kinds, node.args)]
        if name == "phi" and self.words.slope_of is None:
            raise FormulaError("no_activation", node=node, name=name, model=self.words.model.name)
        for argument in arguments:
            if isinstance(argument, v.Matrix):
                self.budget.spend(8 * len(argument.rows) ** 2 * len(argument.rows[0]))
        value = function(self, *arguments)
        if isinstance(value, v.Matrix):
            self.budget.spend(value.shape[0] * value.shape[1])  # what is made takes memory
        return value

    def _fold(self, node, name):
        """sum, or prod multiplied from left to right in the order of its range."""
        body = node.args[0]
        result = None
        for value in self._generated(body.elt, body.generators):
            self._checked(value, body.elt)
            if result is None:
                result = value
            elif name == "sum":
                result = self.combine(ast.Add(), result, value)
            else:
                both = isinstance(result, v.Matrix) and isinstance(value, v.Matrix)
                result = self.combine(ast.MatMult() if both else ast.Mult(), result, value)
        return self._empty(node, name) if result is None else result

    def _empty(self, node, name):
        """The value of a sum or product without terms; the shape comes from its body, evaluated without regard to indices."""
        if id(node) not in self.empty_shapes:
            body, outside = node.args[0], self.lenient
            with self._bindings(body.generators):
                for generator in body.generators:
                    self.bound[generator.target.id] = 1
                self.lenient = True
                try:
                    self.empty_shapes[id(node)] = self.value(body.elt)
                except FormulaError as error:
                    raise error if error.is_shape else FormulaError("empty_fold", node=node, name=name) from None
                finally:
                    self.lenient = outside
        sample = self.empty_shapes[id(node)]
        if v.is_number(sample):
            return 0 if name == "sum" else 1
        if not isinstance(sample, v.Matrix) or (name == "prod" and not sample.is_square):
            raise FormulaError("empty_product", node=node, shape=v.describe(sample))
        return sample.filled(0) if name == "sum" else self.space.eye(sample.shape[0])

    def _generated(self, element, generators):
        with self._bindings(generators):
            yield from self._nested(element, generators)

    def _nested(self, element, generators):
        if not generators:
            yield self.value(element)
            return
        first, *rest = generators
        for index in self.range(first.iter):
            self.budget.spend(4)
            self.bound[first.target.id] = index
            if all(self.truth(condition) for condition in first.ifs):
                yield from self._nested(element, rest)

    @contextmanager
    def _bindings(self, generators):
        """Loop variables are gone after the loop, and may hide nothing that has a meaning already."""
        before = dict(self.bound)
        for generator in generators:
            self.no_shadow(generator.target)
        try:
            yield
        finally:
            self.bound = before

    def no_shadow(self, node):
        hidden = self.declared if self.declared is not None else {*self.words.names, *self.target.letters}
        if node.id in hidden:
            raise FormulaError("shadow", node=node, name=node.id)

    def range(self, node):
        """A range of time steps; the bounds are integers."""
        if node.func.id == "reversed":
            return reversed(self.range(node.args[0]))
        bounds = [self.integer(argument) for argument in node.args]
        if len(bounds) == 3 and bounds[2] == 0:
            raise FormulaError("zero_step", node=node)
        return range(*bounds)


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


_OPERATIONS = {ast.Add: v.add, ast.Sub: v.subtract, ast.Mult: v.multiply, ast.MatMult: v.matmul, ast.Div: v.divide, ast.Pow: v.power}
_COMPARE = {ast.Eq: lambda x, y: x == y, ast.NotEq: lambda x, y: x != y, ast.Lt: lambda x, y: x < y, ast.LtE: lambda x, y: x <= y, ast.Gt: lambda x, y: x > y, ast.GtE: lambda x, y: x >= y}
_FUNCTIONS = {
    "matrix_power": (_matrix_power, ("matrix", "integer")),
    "elementwise_power": (lambda evaluator, matrix, exponent: v.elementwise_power(matrix, 1 if evaluator.lenient else exponent), ("matrix", "integer")),
    "diag": (lambda evaluator, vector: v.diag(vector), ("matrix",)), "outer": (lambda evaluator, left, right: v.outer(left, right), ("matrix", "matrix")),
    "eye": (lambda evaluator, size: evaluator.space.eye(_side(size)), ("integer",)), "ones": (_filled(1), ("integer", "integer")), "zeros": (_filled(0), ("integer", "integer")),
    "zeros_like": (lambda evaluator, matrix: matrix.filled(0), ("matrix",)), "len": (_length, ("value",)),
    "exp": (_mapped("exp"), ("matrix",)), "log": (_mapped("log"), ("matrix",)), "tanh": (_mapped("tanh"), ("matrix",)), "phi": (_mapped("phi"), ("matrix",)),
}
