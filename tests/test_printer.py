"""The negative control of the printed-formula check: printers that lie, and the independent reader that has to notice.

Each printer here is the real one with one rule spoiled. The check reads what it prints and must reject it for at least one
published result; the verified object stays as it is, so nothing but the printed formula can give the lie away.
"""

from contextlib import contextmanager
from functools import cache

import pytest
from sympy import MatMul, MatrixExpr, Transpose

from derivations.algebra import terms as a
from derivations.algebra import typeset
from derivations.algebra.layout import Big, Fence, Script, row
from derivations.catalog import catalog
from derivations.checking.verdict import FAIL, PASS

PLAIN = dict(typeset._set.registry)


@contextmanager
def printing(kind, rule):
    """The printer with another rule for one kind of term."""
    typeset._set.register(kind)(rule)
    try:
        yield
    finally:
        typeset._set.register(kind)(PLAIN[kind])


@cache
def checks():
    """(slug, entry, check) for every result whose printed formula is read back."""
    return tuple((slug, entry, check) for slug, entry in catalog().items() for check in entry.suite.checks(entry) if check.name == "printed formula")


def inside_out(kind, change):
    """A rule that prints ``change(term)`` by the true rule (the term itself where nothing is to change)."""
    return kind, lambda term: PLAIN[kind](change(term))


def unbracketed_transpose(term):
    """(prod D_i W)^T as prod D_i W^T: the transpose falls on the last factor alone."""
    return row(typeset.boxes(term.arg), Script(row(), sup=typeset.TOP)) if not isinstance(term.arg, (MatMul, a.Binder)) else _on_the_last(term.arg)


def _on_the_last(term):
    if isinstance(term, a.Binder):
        return typeset.boxes(term.func(Transpose(term.body) if not isinstance(term.body, MatMul) else _last_transposed(term.body), *term.args[1:]))
    return typeset.boxes(_last_transposed(term))


def _last_transposed(term):
    return MatMul(*term.args[:-1], Transpose(term.args[-1]), evaluate=False)


def backwards(term):
    """A product of matrices in the opposite order."""
    scalars = [f for f in term.args if not isinstance(f, MatrixExpr)]
    return typeset._product(scalars, [f for f in term.args if isinstance(f, MatrixExpr)][::-1])


def unsigned(term):
    """A product without its minus sign."""
    box, level = PLAIN[MatMul](term)
    signed = getattr(box, "items", ()) and box.items[0] == typeset.MINUS
    return (row(*box.items[1:]), level) if signed else (box, level)


def later_sum(term):
    """A sum that begins one step late."""
    big = Big(typeset.Sign(r"\sum", "∑", "mo"), row(typeset.boxes(term.variable), typeset.EQUALS, typeset.boxes(term.first + 1)), typeset.boxes(term.last))
    return row(big, typeset.wrapped(term.body, typeset.FACTOR)), typeset.FACTOR


def shorter_product(term):
    """An ordered product that stops one factor early."""
    under = row(typeset.boxes(term.variable), typeset.EQUALS, typeset.boxes(term.first), typeset.COMMA, typeset.DOTS, typeset.COMMA, typeset.boxes(term.last + 1))
    return row(Big(typeset.Sign(r"\prod", "∏", "mo"), under), typeset.wrapped(term.body, typeset.FACTOR)), typeset.FACTOR


LIARS = {
    "parentheses of a transposed product dropped": (Transpose, lambda term: (unbracketed_transpose(term), typeset.CLOSED) if isinstance(term.arg, (MatMul, a.Binder)) else PLAIN[Transpose](term)),
    "transpose dropped": (Transpose, lambda term: typeset._set(term.arg)),
    "minus sign dropped": (MatMul, unsigned),
    "t + 1 for t": inside_out(a.Slot, lambda term: term.at(term.index + 1) if term.index == a.t else term),
    "t for t - 1": inside_out(a.Slot, lambda term: term.at(a.t) if term.index == a.t - 1 else term),
    "factors in the opposite order": (MatMul, backwards),
    "sum begins one step late": (a.TimeSum, later_sum),
    "product one factor short": (a.OrderedProduct, shorter_product),
    "product over the range in the opposite order": (a.OrderedProduct, lambda term: PLAIN[a.OrderedProduct](a.OrderedProduct(term.body, term.variable, term.last, term.first))),
    "elementwise product printed as a matrix product": (a.Hadamard, lambda term: (row(typeset.wrapped(term.args[0], typeset.POSTFIX), typeset.wrapped(term.args[1], typeset.POSTFIX)), typeset.FACTOR)),
    "diag dropped": (a.Diag, lambda term: (Fence("(", typeset.boxes(term.vector), ")"), typeset.CLOSED)),
    "exponent one too large": (a.Power, lambda term: PLAIN[a.Power](a.Power(term.base, term.exponent + 1))),
    "derivative mark dropped": (a.Map, lambda term: PLAIN[a.Map](a.Map(term.function, term.argument, 0) if term.function == "phi" else term)),
}


# These print products whose shapes do not fit: the reader finds no value, which is not a pass either.
SHAPELESS = {"elementwise product printed as a matrix product", "diag dropped"}


@pytest.mark.parametrize("liar", LIARS)
def test_a_printer_that_lies_is_found_out_wherever_it_prints_otherwise(liar):
    told = {}
    for slug, entry, check in checks():
        if any(variable.term.shape == (1, 1) for variable in entry.model.variables):  # a number is a 1 x 1 matrix: exchanged with its neighbour, or transposed, it is still right
            continue
        honest = typeset.latex(entry.statement.sides)
        with printing(*LIARS[liar]):
            if typeset.latex(entry.statement.sides) != honest:
                told[slug] = check.judge(entry.statement).verdict
    assert told and PASS not in told.values(), told
    assert (FAIL in told.values()) != (liar in SHAPELESS), told


def test_the_real_printer_passes_everywhere():
    assert len(checks()) > 30 and {check.judge(entry.statement).verdict for _, entry, check in checks()} == {PASS}
