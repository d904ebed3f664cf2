"""Turn a term into a Python function of an environment, once; evaluate it at many points and over many scalars."""

from sympy import Identity, Integer, MatAdd, MatMul, MatrixExpr, MatrixSymbol, OneMatrix, Poly, Rational, Symbol, Transpose, ZeroMatrix, fraction, sympify

from derivations.algebra import terms as a
from derivations.checking.ops import Undefined, softmax


class Environment:
    """Where a compiled term finds its values.

    ``values[key]`` are matrices, keyed by (kind, name, index) with kind in 'value', 'grad', 'diff' and by
    ('jac', name, index, name, index); ``sizes`` maps size symbols to integers and ``T`` is the length. ``products`` keeps
    ordered products and powers, since in a sum over time each of them is the one before with one factor more.
    """

    def __init__(self, ops, values, sizes, length):
        self.ops, self.values, self.sizes, self.length, self.products = ops, values, sizes, length, {}

    def find(self, key):
        try:
            return self.values[key]
        except KeyError:
            kind, name, *index = key
            raise Undefined(f"{'' if kind == 'value' else kind + ' of '}{name}{index if index != [None] else ''} is not defined at T = {self.length}") from None

    def size(self, symbol):
        return int(symbol) if symbol.is_Integer else self.sizes[symbol]


def affine(expression):
    """An affine index expression as a function of the bindings {symbol: integer} (T included)."""
    expression = sympify(expression)
    symbols = sorted(expression.free_symbols, key=str)
    if not symbols:
        value = int(expression)
        return lambda bound: value
    poly = Poly(expression, *symbols)
    if poly.total_degree() > 1:
        raise ValueError(f"The index {expression} is not affine in {', '.join(map(str, symbols))}: indices, bounds and exponents must be.")
    slopes = [(symbol, int(poly.coeff_monomial(symbol))) for symbol in symbols]
    constant = int(poly.coeff_monomial(1))
    return lambda bound: constant + sum(slope * bound[symbol] for symbol, slope in slopes)


def key_of(term, kind="value"):
    """(kind, name, index function) of a leaf."""
    if isinstance(term, a.Slot):
        return kind, term.name, affine(term.index)
    return kind, term.name, lambda bound: None


def compiled(term):
    """Compile ``term`` (or a scalar factor) to f(env, bound); ``bound`` maps time symbols, T included, to integers."""
    term = sympify(term)
    for kind, build in _BUILDERS:
        if isinstance(term, kind):
            return build(term)
    raise ValueError(f"{type(term).__name__} cannot be evaluated (in {term}).")


def evaluate(term, env, **bound):
    """Value of a term at a point; ``bound`` gives its free time variables by name, e.g. t=2."""
    return compiled(term)(env, {**a.at_length(env.length), **{Symbol(name, integer=True): value for name, value in bound.items()}})


def _leaf(term):
    kind, name, index = key_of(term)
    return lambda env, bound: env.find((kind, name, index(bound)))


def _of(kind):
    def build(term):
        _, name, index = key_of(term.of)
        return lambda env, bound: env.find((kind, name, index(bound)))
    return build


def _jacobian(term):
    _, num, row = key_of(term.num)
    _, den, col = key_of(term.den)
    return lambda env, bound: env.find(("jac", num, row(bound), den, col(bound)))


def _scalar(term):
    top, bottom = (affine(part) for part in fraction(term))

    def run(env, bound):
        known = {**env.sizes, **bound}  # a mean over the units divides by their number
        return env.ops.scalar(top(known), bottom(known))
    return run


def _sum(term):
    parts = [compiled(part) for part in term.args]

    def run(env, bound):
        value = parts[0](env, bound)
        for part in parts[1:]:
            value = env.ops.add(value, part(env, bound))
        return value
    return run


def _product(term):
    scalars = [compiled(f) for f in term.args if not isinstance(f, MatrixExpr)]
    factors = [compiled(f) for f in term.args if isinstance(f, MatrixExpr)]

    def run(env, bound):
        value = factors[-1](env, bound)
        for factor in reversed(factors[:-1]):
            value = env.ops.matmul(factor(env, bound), value)
        for scalar in scalars:
            value = env.ops.scale(scalar(env, bound), value)
        return value
    return run


def _time_sum(term):
    body, first, last, (rows, cols) = compiled(term.body), affine(term.first), affine(term.last), term.shape

    def run(env, bound):
        value = env.ops.constant(env.ops.scalar(0), env.size(rows), env.size(cols))
        for index in range(first(bound), last(bound) + 1):
            value = env.ops.add(value, body(env, {**bound, term.variable: index}))
        return value
    return run


def _ordered_product(term):
    body, first, last, rows = compiled(term.body), affine(term.first), affine(term.last), term.shape[0]
    outer = sorted(term.body.free_symbols - {term.variable}, key=str)

    def run(env, bound):
        high, low = first(bound), last(bound)
        kept = env.products.setdefault((term.body, term.variable, high, *(bound.get(symbol) for symbol in outer)), [])  # the products of 1, 2, ... factors
        for index in range(high - len(kept), low - 1, -1):
            factor = body(env, {**bound, term.variable: index})
            kept.append(env.ops.matmul(kept[-1], factor) if kept else env.ops.matmul(env.ops.eye(env.size(rows)), factor))
        return kept[high - low] if high >= low else env.ops.eye(env.size(rows))
    return run


def _power(term):
    base, exponent, rows = compiled(term.base), affine(term.exponent), term.shape[0]
    outer = sorted(term.base.free_symbols, key=str)

    def run(env, bound):
        times = exponent(bound)
        if times < 0:
            raise Undefined(f"the exponent {term.exponent} is {times}, and the matrix need not be invertible")
        kept = env.products.setdefault((term.base, *(bound.get(symbol) for symbol in outer)), [env.ops.eye(env.size(rows))])
        while len(kept) <= times:
            kept.append(env.ops.matmul(kept[-1], base(env, bound)))
        return kept[times]
    return run


def _diag(term):
    vector, rows = compiled(term.vector), term.shape[0]

    def run(env, bound):
        size = env.size(rows)
        spread = env.ops.matmul(vector(env, bound), env.ops.constant(env.ops.scalar(1), 1, size))
        return env.ops.hadamard(spread, env.ops.eye(size))
    return run


def _unary(field, apply):
    def build(term):
        inner = compiled(getattr(term, field))
        return lambda env, bound: apply(env.ops, term, inner(env, bound))
    return build


def _binary(apply):
    def build(term):
        left, right = (compiled(argument) for argument in term.args[:2])
        return lambda env, bound: apply(env.ops, term, left(env, bound), right(env, bound))
    return build


def _filled(value):
    def build(term):
        return lambda env, bound: env.ops.constant(env.ops.scalar(value), *(env.size(side) for side in term.shape))
    return build


def _inner(ops, term, left, right):
    entries = ops.hadamard(left, right)
    rows = ops.matmul(ops.constant(ops.scalar(1), 1, ops.rows(entries)), entries)
    return ops.matmul(rows, ops.constant(ops.scalar(1), ops.rows(ops.transpose(rows)), 1))


_BUILDERS = (
    ((a.Slot, MatrixSymbol), _leaf), (a.Grad, _of("grad")), (a.Diff, _of("diff")), (a.Jac, _jacobian),
    (MatAdd, _sum), (MatMul, _product), (Transpose, _unary("arg", lambda ops, term, x: ops.transpose(x))),
    (a.Hadamard, _binary(lambda ops, term, x, y: ops.hadamard(x, y))), (a.Inner, _binary(_inner)),
    (a.Map, _unary("argument", lambda ops, term, x: ops.map(term.function, term.order, x))),
    (a.Softmax, _unary("argument", lambda ops, term, x: softmax(ops, x))),
    (a.Loss, _binary(lambda ops, term, x, y: ops.loss(term.order, x, y))),
    (a.Diag, _diag), (a.TimeSum, _time_sum), (a.OrderedProduct, _ordered_product), (a.Power, _power),
    (Identity, lambda term: lambda env, bound: env.ops.eye(env.size(term.shape[0]))),
    (OneMatrix, _filled(1)), (ZeroMatrix, _filled(0)), ((Integer, Rational), _scalar), (object, _scalar),
)
