"""Gradients from the forward model alone: stationarity of the Lagrangian, one quantity at a time.

With the Lagrangian  L + sum over equations <lambda_u, F_u - u>  the multiplier of an equation u = F_u is dL/du, and the
gradient in any quantity v collects <dL/du, dF_u> over exactly those equations that contain v explicitly. This module does
that collecting for symbolic time indices and records the lines a reader would write.
"""

from dataclasses import dataclass

from sympy import Integer, MatrixExpr, MatrixSymbol

from derivations.algebra.affine import never_negative
from derivations.algebra.rules import REASONS, differential, pullback
from derivations.algebra.terms import Diff, Grad, Inner, Slot, TimeSum, product, substitute, total
from derivations.text import Text

EXPLICIT = Text("Only these equations contain the quantity explicitly; the adjoints ∂L/∂(·) account for everything downstream (stationarity of the Lagrangian).",
                "只有这些方程显式地含有该量；下游的一切影响都已包含在伴随变量 ∂L/∂(·) 中（拉格朗日函数的驻点条件）。")
FACTOR = Text("This holds for every differential, so the other factor of the inner product is the gradient.", "上式对任意微分都成立，因此内积的另一个因子就是梯度。")
LOSS = MatrixSymbol("L", 1, 1)


@dataclass(frozen=True)
class Line:
    """One line of a derivation: left = right, and why."""

    left: MatrixExpr
    right: MatrixExpr
    reason: Text


@dataclass(frozen=True)
class Gradient:
    """dL/d(of) = value, with the lines that lead there and the names of all rules that were applied."""

    of: MatrixExpr
    value: MatrixExpr
    lines: tuple[Line, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class _Use:
    """One explicit occurrence: its share of dL and of the gradient, both for the quantity at hand."""

    share: MatrixExpr
    value: MatrixExpr
    rules: tuple[str, ...]


def gradient(model, of, first=None, last=None):
    """Derive dL/d(of) from the model.

    ``of`` is a parameter, a state with a fixed index (h_0), or a family member h_t, then for all t in first, ..., last.
    Adjoints past the end of their range are zero (the convention of the page Notation). Raises ValueError when the range
    must be split because some equation contributes to a part of it only.
    """
    first, last = (of.index, of.index) if first is None and isinstance(of, Slot) else (first, last)
    uses = []
    for equation in model.equations:
        clock = model.clock[0]
        binder = (clock, equation.first, equation.last) if clock in equation.target.index.free_symbols else None
        uses += _uses(equation.value, Grad(equation.target), binder, of, first, last)
    uses += _uses(model.loss, Integer(1), None, of, first, last)
    if not uses:
        raise ValueError(f"The loss of model {model.name!r} does not depend on {of}: its gradient is zero and needs no derivation.")
    value = total(*(use.value for use in uses))
    rules = tuple(dict.fromkeys(rule for use in uses for rule in use.rules))
    told = [rule for rule in rules if rule not in ("sum", "time_sum")]
    why = Text(" ".join(REASONS[rule].en for rule in told), "".join(REASONS[rule].zh for rule in told)) if told else FACTOR
    # a quantity that stands twice in one equation has two uses there, each with the whole share of that equation
    lines = (Line(Diff(LOSS), total(*dict.fromkeys(use.share for use in uses)), EXPLICIT),
             Line(Diff(LOSS), Inner(value, Diff(of)), why), Line(Grad(of), value, FACTOR))
    return Gradient(of, value, lines, rules)


def _uses(term, seed, binder, of, first, last):
    """Occurrences of ``of`` in one equation; ``binder`` is the time range of the equation, None for the loss."""
    outer = (binder,) if binder else ()
    if isinstance(of, MatrixSymbol):
        return [_use(term, seed, found, found.binders + outer, {}) for found in pullback(term, seed, lambda leaf: leaf == of)]
    uses = []
    for found in pullback(term, seed, lambda leaf: isinstance(leaf, Slot) and leaf.name == of.name):
        ranges = found.binders + outer
        bound = next((r for r in ranges if r[0] in found.leaf.index.free_symbols), None)
        if bound is None:
            reach, mapping = (found.leaf.index, found.leaf.index), {}
        else:
            variable, low, high = bound
            shift = found.leaf.index - variable
            reach, mapping = (low + shift, high + shift), {variable: of.index - shift}
        # an adjoint past the end of its range is zero, so its equation may be read one step further
        extended = reach[1] + 1 if isinstance(seed, Grad) and bound else reach[1]
        if never_negative(first - reach[1] - 1):
            continue
        if _covers(reach[0], extended, first, last):
            uses.append(_use(term, seed, found, tuple(r for r in ranges if r != bound), mapping))
        elif not never_negative(reach[0] - last - 1):
            raise ValueError(f"{found.leaf} occurs for the indices {reach[0]}..{reach[1]} only, the gradient was asked for {first}..{last}: split the range there.")
    return uses


def _covers(low, high, first, last):
    return never_negative(first - low) and never_negative(high - last)


def _use(term, seed, found, binders, mapping):
    """One occurrence, with its index solved for (``mapping``) and summed over the ranges that remain."""
    moved = _without_sums(differential(term, lambda leaf: leaf == found.leaf))
    share, value = (moved if seed == 1 else Inner(seed, moved)), found.value
    for variable, low, high in binders:
        share, value = TimeSum(share, variable, low, high), TimeSum(value, variable, low, high)
    return _Use(substitute(share, mapping), substitute(value, mapping), found.rules)


def _without_sums(term):
    """A differential without its sums: here the index of the occurrence is pinned or summed by its binders."""
    if isinstance(term, TimeSum):
        return _without_sums(term.body)
    if term.is_MatMul:
        return product(*(_without_sums(f) if isinstance(f, MatrixExpr) else f for f in term.args))
    return term
