"""A statement as a short program that runs as it is copied, in SymPy or in NumPy.

``sympy_program`` and ``numpy_program`` return the text, or None where there is no such form (a limit, an implication). In a
program `left` and `right` are the two sides; a side that is only a name (a gradient) is left out. What the statement leaves
open gets example values in the first lines, which a reader may change.
"""

import ast
import builtins

import sympy
from sympy import Integer, Inverse, MatrixSymbol, Symbol, srepr, sympify

from derivations.algebra import scalars as s
from derivations.algebra import terms as a
from derivations.algebra.products import ProductOver
from derivations.algebra.pycode import NoCode
from derivations.algebra.snippet_parts import EXAMPLES, NUMPY, OVERRIDES, SYMPY
from derivations.algebra.snippet_terms import Writer

SIZES, LENGTH = (2, 3, 4), 5
NUMERIC = (Inverse, a.Power, a.OrderedProduct, s.SpectralNorm, s.SpectralRadius, s.LargestEntry, s.Least, s.Rounded, s.StandsStill)


def sympy_program(entry):
    """The statement as a SymPy program, or None."""
    return _program(entry, SYMPY, "from sympy import *")


def numpy_program(entry):
    """The statement as a NumPy program, or None."""
    return _program(entry, NUMPY, "import numpy as np")


def _program(entry, dialect, header):
    writer, lines = Writer(dialect), {}
    for name, side in (("left", entry.statement.left), ("right", entry.statement.right)):
        if name == "left" and isinstance(side, (a.Grad, a.Slot, MatrixSymbol)):
            continue
        try:
            lines[name] = f"{name} = {writer(side)}"
        except NoCode:
            continue
    if "right" not in lines or entry.statement.relation == "=>" or not ("left" in lines or entry.model or entry.statement.right.free_symbols):
        return None
    try:
        given = list(_model(entry, writer)) if entry.model else list(_values(entry, writer))
    except NoCode:
        return None
    helpers = [text for name, text in dialect.helpers.items() if name in writer.needs]
    number = dialect is SYMPY and example_values(entry) and not hasattr(entry.statement.right, "shape")
    shown = ", ".join(f"N({name})" if number else name for name in lines)
    parts = ([f"# {entry.slug}", header], [*given, *helpers], [*lines.values(), f"print({shown})"])
    program = "\n\n".join("\n".join(part) for part in parts if part) + "\n"
    return program if _complete(program, dialect) else None


def _complete(program, dialect):
    """Whether everything that a program names is defined in it, in Python or in the library."""
    nodes = [node for node in ast.walk(ast.parse(program))]
    defined = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)} | {node.arg for node in nodes if isinstance(node, ast.arg)} | {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    library = set(dir(sympy)) if dialect is SYMPY else {"np"}
    return all(node.id in defined | library or hasattr(builtins, node.id) for node in nodes if isinstance(node, ast.Name))


def _nodes(term):
    yield term
    for part in getattr(term, "args", ()):
        yield from _nodes(part)


def _leaves(writer, sizes, skip=(), length="T", lowest=0):
    """Lines that define sizes and the matrices that the text refers to: symbols in SymPy, random numbers in NumPy (families from ``lowest`` on)."""
    first = f"{lowest}, " if lowest else ""
    symbolic, wanted = writer.dialect is SYMPY, {name: leaf for name, leaf in sorted(writer.leaves.items()) if name not in skip}
    used = [size for size in sizes if any(size in leaf.shape for leaf in wanted.values())]
    if used:
        yield f"{', '.join(map(str, used))} = {', '.join(str(sizes[size]) for size in used)}  # any sizes"
    if not symbolic and wanted:
        yield "rng = np.random.default_rng(0)"
    for name, leaf in wanted.items():
        rows, columns = leaf.shape
        if symbolic:
            named = f'f"{name}_{{i}}"' if leaf.family else f'"{name}"'
            drawn = f"MatrixSymbol({named}, {rows}, {columns})"
            past = f" if i <= {length} else ZeroMatrix({rows}, {columns})" if leaf.adjoint else ""
            line = f"{name} = lambda i: {drawn}{past}" if leaf.family else f"{name} = {drawn}"
        else:
            drawn = f"rng.random(({rows}, {columns}))"
            past = f" * (i <= {length})" if leaf.adjoint else ""
            line = f"{name} = {{i: {drawn}{past} for i in range({first}{length} + 2)}}" if leaf.family else f"{name} = {drawn}"
        yield line + (f"  # {leaf.note}" if leaf.note else "")


# ---- a result about a model: families of matrices ----


def _model(entry, writer):
    fixed = getattr(entry.suite, "lengths", ())
    length = length_of(entry)
    value = fixed[0] if fixed else LENGTH
    yield f"{length} = {writer.whole(value)}" + ("" if fixed else "  # any length")
    lowest = min(int(v.first) for v in entry.model.given if v.is_family and sympify(v.first).is_Integer)
    yield from _leaves(writer, entry.model.sized(SIZES), length=length, lowest=lowest)
    for name, chosen in example_indices(entry, value).items():
        r = next(r for r in entry.domain if r.variable.name == name)
        yield f"{name} = {chosen}  # {r.first} ≤ {name} ≤ {r.last}"


def length_of(entry):
    """The symbol of the number of steps of a model: T, or what its clock says."""
    return getattr(entry.model, "clock", (a.t, a.T))[1]


def example_indices(entry, value=LENGTH):
    """The values of the time variables that a program of a model's result uses, when there are ``value`` steps."""
    chosen = {length_of(entry): value}
    for r in entry.domain[::-1]:
        chosen[r.variable] = _inside(r, entry, chosen)
    return {variable.name: at for variable, at in chosen.items() if variable != length_of(entry)}


def _inside(r, entry, chosen):
    """A value in the middle of a range; an end that is not chosen yet is read as the last step."""
    steps = chosen[length_of(entry)]
    try:
        low, high = (int(sympify(end).xreplace({v: Integer(x) for v, x in chosen.items()}).xreplace({q.variable: Integer(steps) for q in entry.domain})) for end in (r.first, r.last))
    except TypeError:
        raise NoCode(f"the range of {r.variable} has an end that is no number of steps") from None
    return (low + high) // 2 if high < steps else low + 1 if low < 2 else low


# ---- a result about numbers and small matrices: example values ----


def example_values(entry):
    """{symbol: SymPy value} that the programs of a result without a model put in; {} where they keep symbols."""
    nodes = [node for side in entry.statement.sides[::2] for node in _nodes(side)]
    if not any(isinstance(node, NUMERIC) for node in nodes):
        return {}
    return {symbol: value for symbol in _open(entry) if (value := (EXAMPLES | OVERRIDES.get(entry.slug, {})).get(str(symbol))) is not None}


def _open(entry):
    bound = {node.variable for side in entry.statement.sides[::2] for node in _nodes(side) if isinstance(node, (a.Binder, s.Extreme, s.Least, s.Lim, ProductOver)) and node.variable.is_integer}
    found = {node for side in entry.statement.sides[::2] for node in _nodes(side) if isinstance(node, MatrixSymbol)} | {x for x in entry.statement.free_symbols if x not in bound}
    sizes = {size for side in entry.statement.sides[::2] for node in _nodes(side) if isinstance(node, (MatrixSymbol, a.Slot)) for size in node.shape}
    return sorted((x for x in found if x not in sizes), key=str)


def _values(entry, writer):
    known, wanted, defined = example_values(entry), EXAMPLES | OVERRIDES.get(entry.slug, {}), set()
    for symbol in _open(entry):
        if symbol in known or writer.dialect is NUMPY and str(symbol) in wanted:
            yield f"{writer.named(symbol)} = {writer(wanted[str(symbol)])}"
        elif isinstance(symbol, Symbol) and writer.dialect is SYMPY:
            yield f"{writer.named(symbol)} = {srepr(symbol)}"
        else:
            continue
        defined.add(symbol.name)
    if "product_down" in writer.needs:
        yield "n = 2"
    families = {name for name, leaf in writer.leaves.items() if leaf.family}
    yield from _leaves(writer, {size: 2 for leaf in writer.leaves.values() for size in leaf.shape if size.is_Symbol}, defined | families)
    for name in sorted(families):
        square = writer.leaves[name].shape[0] == writer.leaves[name].shape[1]
        if writer.dialect is NUMPY:
            yield f"{name} = {{i: {'np.linalg.matrix_power(np.array([[3, -4], [4, 3]]) / 5, i)' if square else 'np.array([[i / 4], [-1 / 3]])'} for i in range(9)}}" + "  # rotations" * square
        else:
            yield f"{name} = lambda i: " + ("Matrix([[Rational(3, 5), Rational(-4, 5)], [Rational(4, 5), Rational(3, 5)]])**i  # rotations" if square else "Matrix([Rational(i, 4), Rational(-1, 3)])")
