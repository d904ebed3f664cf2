"""Wrong variants of a formula, made systematically from its syntax tree. Every check must prove that it can tell them apart."""

from sympy import Integer, MatAdd, MatMul, MatrixExpr, MatrixSymbol, Rational, Transpose

from derivations.algebra import terms as a
from derivations.checking.verdict import Mutant


def mutants(entry, model):
    """All mutants of an entry's right side that have its shape and differ from it, each once, plus the entry's own."""
    right, seen, found = entry.statement.right, {entry.statement.right}, []
    for name, term in _whole(right, model.clock[1]) + list(_inside(right, model)):
        if term.shape == right.shape and term not in seen:
            seen.add(term)
            found.append(Mutant(name, entry.statement.with_right(term)))
    return tuple(found) + tuple(entry.extra_mutants)


def _whole(term, length):
    return [("sign", a.product(-1, term)), ("zero", a.product(Integer(0), term)), ("factor 1.01", a.product(Rational(101, 100), term)), (f"factor {length}", a.product(length, term)), (f"factor 1/{length}", a.product(1 / length, term))]


def _inside(term, model):
    """(name, term) for every single change somewhere in the term."""
    yield from _here(term, model)
    if isinstance(term, (a.Slot, a.Grad, a.Jac, a.Diff)):
        return
    for place, child in enumerate(term.args):
        if isinstance(child, MatrixExpr):
            for name, changed in _inside(child, model):
                if changed.shape == child.shape:
                    yield name, term.func(*term.args[:place], changed, *term.args[place + 1:])


def _here(term, model):
    """Changes of one node."""
    if isinstance(term, MatAdd):
        for place, part in enumerate(term.args):
            rest = term.args[:place] + term.args[place + 1:]
            yield f"term {place + 1} dropped", a.total(*rest)
            yield f"sign of term {place + 1}", a.total(*rest, a.product(-1, part))
    elif isinstance(term, MatMul):
        yield from _product(term)
    elif isinstance(term, Transpose) and term.shape[0] == term.shape[1]:
        yield "transpose dropped", term.arg
    elif isinstance(term, MatrixSymbol):
        if term.shape[0] == term.shape[1]:
            yield f"{term.name} transposed", Transpose(term)
        yield from ((f"{v.name} for {term.name}", v.term) for v in model.parameters if v.term.shape == term.shape and v.term != term)
    elif isinstance(term, a.Slot):
        yield from ((f"{term.name} read at {index}", term.at(index)) for index in (term.index + 1, term.index - 1))
        yield from ((f"{v.name} for {term.name}", v.term.at(term.index)) for v in model.hidden + model.given if v.is_family and v.term.shape == term.shape and v.name != term.name)
    elif isinstance(term, a.Grad) and isinstance(term.of, a.Slot):
        yield from (("adjoint: " + name, a.Grad(changed)) for name, changed in _here(term.of, model) if any(changed.name == v.name for v in model.hidden))
    elif isinstance(term, a.Map) and term.order:
        yield "derivative dropped", a.Map(term.function, term.argument, term.order - 1)
    elif isinstance(term, a.Map) and term.function == "phi":
        yield "derivative in place of the function", a.Map(term.function, term.argument, 1)
    elif isinstance(term, a.Softmax):
        yield "exp without normalization", a.Map("exp", term.argument)
    elif isinstance(term, a.Power):
        yield from ((f"exponent {exponent}", a.Power(term.base, exponent)) for exponent in (term.exponent + 1, term.exponent - 1))
    elif isinstance(term, a.Binder):
        yield from _range(term)


def _product(term):
    for place, factor in enumerate(term.args):
        rest = term.args[:place] + term.args[place + 1:]
        if len(rest) and (not isinstance(factor, MatrixExpr) or factor.shape[0] == factor.shape[1]) and any(isinstance(f, MatrixExpr) for f in rest):
            yield f"factor {place + 1} dropped", a.product(*rest)
        if place and isinstance(factor, MatrixExpr) and isinstance(term.args[place - 1], MatrixExpr):
            before = term.args[place - 1]
            if before.shape == factor.shape and factor.shape[0] == factor.shape[1]:
                yield f"factors {place} and {place + 1} exchanged", a.product(*term.args[:place - 1], factor, before, *term.args[place + 1:])


def _range(term):
    kind, ends = type(term), (term.first, term.last)
    for place, side in enumerate(("first", "last")):
        for shift in (1, -1):
            moved = [end + shift * (p == place) for p, end in enumerate(ends)]
            yield f"{side} index {moved[place]}", kind(term.body, term.variable, *moved)
    if kind is a.OrderedProduct:
        yield "order reversed", a.transpose(kind(a.transpose(term.body), term.variable, *ends))
