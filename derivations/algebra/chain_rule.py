"""Gradients and one-step Jacobians by the chain rule in components, with symbolic sizes and time: a second way, without the rules.

The forward pass assigns every quantity once. Hence, with the total derivatives dL/du of all assigned quantities, the chain rule
over that acyclic graph (the stationarity of the Lagrangian) says

    dL/dv = sum over the equations u = F_u that contain v explicitly of the pullback of dL/du through F_u, plus the loss's own share.

Here each share is the scalar derivative of <dL/du, F_u> in components, where dv stands at one time only (a Kronecker delta in
time). A claim is compared with that; neither ``rules`` nor ``adjoint`` is used.
"""

from derivations.algebra.affine import assume
from derivations.algebra.canonical import unequal
from derivations.algebra.indexed import Delta, Entry, NotIndexed, components, derivative, inner
from derivations.algebra.terms import Diff, Grad, Inner, Slot, TimeSum, t


def gradient_fault(model, of, claimed, domain=()):
    """None when dL/d(of) = claimed follows for every T and all shapes, otherwise the sentence that says what is in the way.

    ``domain`` holds (variable, first, last) of the free time variables of ``of``.
    """
    shares = [_summed(Inner(Grad(e.target), e.value), e.first, e.last) if t in e.target.index.free_symbols else Inner(Grad(e.target), e.value) for e in model.equations]
    facts = tuple(fact for variable, first, last in domain for fact in assume(first, variable, last))
    ends = tuple((e.target.name, e.last) for e in model.equations)
    try:
        truth = [found for share in (*shares, model.loss) for found in derivative(components(share, 1, 1), _moving(of))]
        return unequal(truth, inner(claimed, Diff(of)), facts, ends)
    except NotIndexed as reason:
        return str(reason)


def _summed(share, first, last):
    return TimeSum(share, t, first, last)


def _moving(of):
    """dv at one time: the differential of v_s is delta(s, time of v) dv; all else stands still."""
    index = of.index if isinstance(of, Slot) else None

    def move(entry):
        if entry.name != of.name:
            return None
        moved = Entry("diff", of.name, index, entry.row, entry.col)
        return (moved,) if index is None else (Delta(entry.time, index), moved)
    return move
