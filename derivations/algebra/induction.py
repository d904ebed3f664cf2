"""Closed forms are claims; induction over time proves them for every T and all shapes."""

from dataclasses import dataclass

from sympy import ZeroMatrix, sympify

from derivations.algebra.affine import assume
from derivations.algebra.equality import prove_equal
from derivations.algebra.terms import T, MatrixExpr, substitute, t


@dataclass(frozen=True)
class Proof:
    """Both halves of an induction; ``reason`` is None when both hold, else the sentence that says which fails and why."""

    base: tuple[MatrixExpr, MatrixExpr]
    step: tuple[MatrixExpr, MatrixExpr]
    reason: str | None

    holds = property(lambda self: self.reason is None)


def downward(left, right, recursion, families, first=1, variable=t, last=T, start=None):
    """Prove  left = right  for all first <= variable <= last from  left = recursion, by induction from the last index down.

    ``recursion`` mentions ``left`` at variable + 1 and holds on the whole range, with zero past the last index; or it holds
    below the last index, where ``start`` is the value of ``left``.
    """
    following = substitute(left, {variable: variable + 1})
    if start is None:
        start = substitute(substitute(recursion, {following: ZeroMatrix(*left.shape)}), {variable: last})
    base = (start, substitute(right, {variable: last}))
    step = (substitute(recursion, {following: substitute(right, {variable: variable + 1})}), right)
    return _judge(base, step, assume(first, variable, last - 1), families, (last - first,))


def upward(left, right, recursion, start, families, variable=t, first=0, last=T):
    """Prove  left = right  for all first <= variable <= last, given the value ``start`` of left at first, and
    left at variable = recursion in terms of left at variable - 1; indices start at 0 or later."""
    first = sympify(first)
    previous = substitute(left, {variable: variable - 1})
    base = (start, substitute(right, {variable: first}))
    step = (substitute(recursion, {previous: substitute(right, {variable: variable - 1})}), right)
    return _judge(base, step, assume(first + 1, variable, last) + (first,), families, (last - first, first))


def _judge(base, step, facts, families, base_facts):
    wrong = prove_equal(*base, base_facts, families)
    if wrong:
        return Proof(base, step, f"the base of the induction fails: {wrong}")
    wrong = prove_equal(*step, facts, families)
    return Proof(base, step, f"the step of the induction fails: {wrong}" if wrong else None)
