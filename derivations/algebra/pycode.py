"""A statement's right side as NumPy would say it: the same language that `python -m derivations check` reads."""

from functools import singledispatch

from sympy import Identity, MatAdd, MatMul, MatrixExpr, MatrixSymbol, OneMatrix, Transpose

from derivations.algebra import terms as a

LOOSE, FACTOR, CLOSED = range(3)


class NoCode(TypeError):
    """The term has no NumPy form; the message says which one."""


def code(term):
    """The Python expression of a term about a model."""
    return _code(term)[0]


def _bracketed(term, level):
    text, own = _code(term)
    return text if own >= level else f"({text})"


@singledispatch
def _code(term):
    if isinstance(term, MatrixExpr):
        raise NoCode(f"{type(term).__name__} has no NumPy form: add one to derivations/algebra/pycode.py.")
    return (str(term), CLOSED if term.is_Symbol or (term.is_Integer and term >= 0) else LOOSE)


@_code.register(MatrixSymbol)
def _(term):
    return term.name, CLOSED


@_code.register(a.Slot)
def _(term):
    return f"{term.name}[{term.index}]", CLOSED


@_code.register(a.Grad)
def _(term):
    return "d" + code(term.of), CLOSED


@_code.register(a.Diff)
def _(term):
    return "d" + code(term.of), CLOSED


@_code.register(a.Map)
def _(term):
    if term.function == "phi" and term.order == 1 and isinstance(term.argument, a.Slot):
        return f"dphi[{term.argument.index}]", CLOSED
    if term.function == "log" and term.order == 1:
        return f"1/{_bracketed(term.argument, CLOSED)}", FACTOR
    if term.order == 0:
        return f"{term.function}({code(term.argument)})", CLOSED
    raise NoCode(f"the derivative {term} has no NumPy form")


@_code.register(a.Loss)
def _(term):
    if term.order == 1:
        return f"dl[{term.output.index}]", CLOSED
    raise NoCode("an abstract loss has no NumPy form")


@_code.register(a.Diag)
def _(term):
    return f"diag({code(term.vector)})", CLOSED


@_code.register(a.Hadamard)
def _(term):
    return f"{_bracketed(term.args[0], CLOSED)} * {_bracketed(term.args[1], CLOSED)}", FACTOR


@_code.register(Transpose)
def _(term):
    return f"{_bracketed(term.arg, CLOSED)}.T", CLOSED


@_code.register(a.Power)
def _(term):
    return f"matrix_power({code(term.base)}, {term.exponent})", CLOSED


@_code.register(OneMatrix)
def _(term):
    return "1", CLOSED


@_code.register(Identity)
def _(term):
    return f"eye({term.shape[0]})", CLOSED


@_code.register(MatAdd)
def _(term):
    text = code(term.args[0])
    for part in term.args[1:]:
        one = _bracketed(part, FACTOR) if not code(part).startswith("-") else code(part)
        text += f" - {one[1:].lstrip()}" if one.startswith("-") else f" + {one}"
    return text, LOOSE


@_code.register(MatMul)
def _(term):
    factors = [_ones(f) or _bracketed(f, CLOSED) for f in term.args if isinstance(f, MatrixExpr)]
    scalars = [f for f in term.args if not isinstance(f, MatrixExpr)]
    text = " @ ".join(factors)
    for scalar in scalars:
        text = f"-({text})" if scalar == -1 and len(factors) > 1 else f"-{text}" if scalar == -1 else f"({scalar}) * ({text})"
    return text, (LOOSE if scalars else FACTOR if len(factors) > 1 else CLOSED)


def _ones(factor):
    """A matrix of ones as a factor needs its shape; as a summand it does not (None for anything else)."""
    if isinstance(factor, Transpose) and isinstance(factor.arg, OneMatrix):
        return f"{_ones(factor.arg)}.T"
    return f"ones({factor.shape[0]}, {factor.shape[1]})" if isinstance(factor, OneMatrix) else None


@_code.register(a.TimeSum)
def _(term):
    return f"sum({code(term.body)} for {term.variable} in range({term.first}, {term.last + 1}))", CLOSED


@_code.register(a.OrderedProduct)
def _(term):
    return f"prod({code(term.body)} for {term.variable} in range({term.first}, {term.last - 1}, -1))", CLOSED
