"""The terms that SymPy's matrix expressions lack: time-indexed families, adjoints, sums over time, ordered products.

Every quantity is a matrix expression with a symbolic shape; a vector is n x 1 and a scalar (the loss) is 1 x 1.
Indices are affine SymPy expressions in the time variables; ``T`` is the length of the sequence. In a deep network the layer ``l``
takes the place of the time step ``t`` and the depth ``D`` that of the length.
"""

from sympy import Expr, Integer, MatAdd, MatMul, MatrixExpr, MatrixSymbol, Symbol, Transpose, ZeroMatrix, sympify
from sympy.core.symbol import Str

T = Symbol("T", integer=True, positive=True)
D = Symbol("D", integer=True, positive=True)
taps = Symbol("w", integer=True, positive=True)
t, i, j, k, l, m = (Symbol(name, integer=True) for name in "tijklm")
ONE = Integer(1)


def at_length(length):
    """The bindings that fix the length of a sequence or the depth of a network, and with it how many taps a kernel has (2 or 3)."""
    return {T: length, D: length, taps: 2 + length % 2}


class _Term(MatrixExpr):
    """A node whose arguments are compared structurally and never evaluated by SymPy."""

    def doit(self, **hints):
        return self

    def _eval_transpose(self):
        return None

    def _entry(self, row, column, **kwargs):
        raise NotImplementedError("Entries of a symbolic term are computed by the evaluators in derivations.checking.")


class Slot(_Term):
    """Member of a time-indexed family: ``Slot('h', t, n, 1)`` is h_t, an n x 1 vector."""

    def __new__(cls, name, index, rows, cols=ONE):
        return Expr.__new__(cls, Str(str(name)), sympify(index), sympify(rows), sympify(cols))

    name = property(lambda self: self.args[0].name)
    index = property(lambda self: self.args[1])
    shape = property(lambda self: (self.args[2], self.args[3]))

    def at(self, index):
        return Slot(self.name, index, *self.shape)


class Family:
    """A time-indexed family; ``h[t]`` is its member at time t."""

    def __init__(self, name, rows, cols=1):
        self.name, self.rows, self.cols = name, sympify(rows), sympify(cols)

    def __getitem__(self, index):
        return Slot(self.name, index, self.rows, self.cols)


class Grad(_Term):
    """The total derivative of the loss, dL/d(of), laid out in the shape of ``of`` (denominator layout)."""

    def __new__(cls, of):
        return Expr.__new__(cls, of)

    of = property(lambda self: self.args[0])
    shape = property(lambda self: self.args[0].shape)


class Jac(_Term):
    """The total Jacobian of one vector with respect to an earlier one: entry (r, c) is d num_r / d den_c."""

    def __new__(cls, num, den):
        return Expr.__new__(cls, num, den)

    num = property(lambda self: self.args[0])
    den = property(lambda self: self.args[1])
    shape = property(lambda self: (self.args[0].shape[0], self.args[1].shape[0]))


class Diff(_Term):
    """The differential of a quantity, in the shape of the quantity."""

    def __new__(cls, of):
        return Expr.__new__(cls, of)

    of = property(lambda self: self.args[0])
    shape = property(lambda self: self.args[0].shape)


class Map(_Term):
    """An elementwise function, or its derivative of the given order: ``Map('phi', a, 1)`` is phi'(a)."""

    def __new__(cls, function, argument, order=0):
        return Expr.__new__(cls, Str(str(function)), argument, sympify(order))

    function = property(lambda self: self.args[0].name)
    argument = property(lambda self: self.args[1])
    order = property(lambda self: int(self.args[2]))
    shape = property(lambda self: self.args[1].shape)


class Diag(_Term):
    """The square matrix with a column vector on its diagonal."""

    def __new__(cls, vector):
        if vector.shape[1] != 1:
            raise ValueError(f"Diag takes a column vector; {vector} has the shape {vector.shape}.")
        return Expr.__new__(cls, vector)

    vector = property(lambda self: self.args[0])
    shape = property(lambda self: (self.args[0].shape[0],) * 2)


class Hadamard(_Term):
    """The elementwise product of two matrices of one shape."""

    def __new__(cls, left, right):
        if left.shape != right.shape:
            raise ValueError(f"An elementwise product needs equal shapes: {left} is {left.shape}, {right} is {right.shape}.")
        return Expr.__new__(cls, left, right)

    shape = property(lambda self: self.args[0].shape)


class Softmax(_Term):
    """exp(z) divided by the sum of its entries."""

    def __new__(cls, argument):
        return Expr.__new__(cls, argument)

    argument = property(lambda self: self.args[0])
    shape = property(lambda self: self.args[0].shape)


class Loss(_Term):
    """A differentiable loss l(output, target) of one time step (1 x 1); order 1 is its gradient in the output."""

    def __new__(cls, output, target, order=0):
        return Expr.__new__(cls, output, target, sympify(order))

    output = property(lambda self: self.args[0])
    target = property(lambda self: self.args[1])
    order = property(lambda self: int(self.args[2]))
    shape = property(lambda self: self.args[0].shape if self.order else (ONE, ONE))


class Inner(_Term):
    """The inner product <A, B> = tr(A^T B) of two matrices of one shape (1 x 1)."""

    def __new__(cls, left, right):
        if left.shape != right.shape:
            raise ValueError(f"An inner product needs equal shapes: {left} is {left.shape}, {right} is {right.shape}.")
        return Expr.__new__(cls, left, right)

    shape = property(lambda self: (ONE, ONE))


class Binder(_Term):
    """A term that binds a time variable: body, variable and the two ends of its range."""

    def __new__(cls, body, variable, first, last):
        return Expr.__new__(cls, body, variable, sympify(first), sympify(last))

    body = property(lambda self: self.args[0])
    variable = property(lambda self: self.args[1])
    first = property(lambda self: self.args[2])
    last = property(lambda self: self.args[3])
    shape = property(lambda self: self.args[0].shape)

    @property
    def free_symbols(self):
        return (self.body.free_symbols - {self.variable}) | self.first.free_symbols | self.last.free_symbols


class TimeSum(Binder):
    """Sum of the body for variable = first, first + 1, ..., last (zero when last = first - 1)."""


class OrderedProduct(Binder):
    """body(first) body(first - 1) ... body(last), from left to right (the identity when last = first + 1)."""


class Power(_Term):
    """A square matrix to a natural number; the exponent is affine in the time variables."""

    def __new__(cls, base, exponent):
        return Expr.__new__(cls, base, sympify(exponent))

    base = property(lambda self: self.args[0])
    exponent = property(lambda self: self.args[1])
    shape = property(lambda self: self.args[0].shape)


def substitute(term, mapping):
    """Replace free time variables (or whole terms); bound variables are renamed where they would be captured."""
    if term in mapping:
        return mapping[term]
    if isinstance(term, Binder):
        inner = {old: new for old, new in mapping.items() if old != term.variable}
        variable, body = term.variable, term.body
        if any(variable in sympify(new).free_symbols for new in inner.values()):
            variable = fresh(set().union(*(sympify(new).free_symbols for new in inner.values())) | body.free_symbols)
            body = substitute(body, {term.variable: variable})
        return type(term)(substitute(body, inner), variable, substitute(term.first, mapping), substitute(term.last, mapping))
    if isinstance(term, (Str, MatrixSymbol)) or not term.args:
        return term
    if not isinstance(term, (MatrixExpr,)):
        return term.xreplace(mapping).expand()
    return term.func(*(substitute(argument, mapping) for argument in term.args))


def fresh(taken):
    """A time variable whose name none of the taken symbols has."""
    names = {symbol.name for symbol in taken}
    return next(Symbol(name, integer=True) for name in "ijkmrsuv" if name not in names)


def walk(term):
    """All nodes of a term, from the root down."""
    yield term
    for argument in term.args:
        if isinstance(argument, MatrixExpr):
            yield from walk(argument)


def product(*factors):
    """Matrix product without evaluation; scalar factors are allowed, inner sizes must agree."""
    factors = [sympify(factor) for factor in factors if factor != 1]
    matrices = [factor for factor in factors if isinstance(factor, MatrixExpr)]
    for left, right in zip(matrices, matrices[1:]):
        if left.shape[1] != right.shape[0]:
            raise ValueError(f"The product of {left} {left.shape} and {right} {right.shape} is not defined: the inner sizes differ.")
    return factors[0] if len(factors) == 1 else MatMul(*factors)


def total(*terms):
    """Matrix sum without evaluation; all shapes must agree, zero matrices are dropped."""
    for term in terms[1:]:
        if term.shape != terms[0].shape:
            raise ValueError(f"The sum of {terms[0]} {terms[0].shape} and {term} {term.shape} is not defined: the shapes differ.")
    kept = [term for term in terms if not isinstance(term, ZeroMatrix)]
    return (kept[0] if len(kept) == 1 else MatAdd(*kept)) if kept else terms[0]


def transpose(term):
    """Transpose without evaluation, except that transposing twice cancels."""
    return term.arg if isinstance(term, Transpose) else Transpose(term)
