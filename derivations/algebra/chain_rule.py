"""Gradients and one-step Jacobians by the chain rule in components, with symbolic sizes and time: a second way, without the rules.

The forward pass assigns every quantity once. Hence, with the total derivatives dL/du of all assigned quantities, the chain rule
over that acyclic graph (the stationarity of the Lagrangian) says

    dL/dv = sum over the equations u = F_u that contain v explicitly of the pullback of dL/du through F_u, plus the loss's own share.

Here each share is the scalar derivative of <dL/du, F_u> in components, where dv stands at one time only (a Kronecker delta in
time). A claim is compared with that; neither ``rules`` nor ``adjoint`` is used.
"""

from sympy import MatrixExpr, MatrixSymbol, expand

from derivations.algebra.affine import assume, never_negative
from derivations.algebra.canonical import unequal
from derivations.algebra.components import inner, scalar
from derivations.algebra.indexed import Delta, Entry, NotIndexed, derivative
from derivations.algebra.terms import Diff, Grad, Inner, Slot, TimeSum, product, substitute, walk


def gradient_fault(model, of, claimed, domain=()):
    """None when dL/d(of) = claimed follows for every T and all shapes, otherwise the sentence that says what is in the way.

    ``domain`` holds (variable, first, last) of the free time variables of ``of``.
    """
    shares, clock = [], model.clock[0]
    for equation in model.equations:
        share = Inner(Grad(equation.target), equation.value)
        shares.append(TimeSum(share, clock, equation.first, equation.last) if clock in equation.target.index.free_symbols else share)
    facts, ends = _facts(domain), tuple((equation.target.name, equation.last) for equation in model.equations)
    try:
        truth = [found for share in (*shares, model.loss) for found in derivative(scalar(share), _moving(of))]
        return unequal(truth, inner(claimed, Diff(of)), facts, ends)
    except NotIndexed as reason:
        return str(reason)


def loss_fault(model, of, claimed, domain=(), unit_sums=()):
    """None when dL/d(of) = claimed follows from the loss with the equations after ``of`` put in, for every T and all shapes;
    otherwise the sentence. ``of`` belongs to a family that feeds no later member of itself (as logits do)."""
    facts = _facts(domain)
    try:
        if of.name in _feeds(model, of.name):
            raise NotIndexed(f"{of} also acts on the loss through later members of its family")
        truth = derivative(scalar(_inlined(model, model.loss, of, facts)), _moving(of))
        return unequal(truth, inner(_inlined(model, claimed, of, facts), Diff(of)), facts, unit_sums=unit_sums)
    except NotIndexed as reason:
        return str(reason)


def jacobian_fault(model, num, den, claimed, domain=()):
    """None when d num / d den = claimed follows for every T and all shapes from the equations between the two, else the sentence.

    Every quantity on the way (and in the claim) is replaced by its equation until only ``den``, data and parameters are left.
    """
    facts = _facts(domain)
    try:
        value, claim = (_inlined(model, term, den, facts) for term in (_equation_of(model, num, facts), claimed))
        for node in walk(value):
            if isinstance(node, Slot) and node.name == den.name and not never_negative(den.index - node.index, facts):
                raise NotIndexed(f"{num} depends on {node}, which may itself depend on {den}")
        covector = MatrixSymbol("G", *num.shape)
        truth = derivative(inner(covector, value), _moving(den))
        return unequal(truth, inner(covector, product(claim, Diff(den))), facts)
    except NotIndexed as reason:
        return str(reason)


def _feeds(model, name):
    """The names of all families on which the equations of ``name`` depend, directly or not."""
    found, new = set(), {name}
    while new:
        values = [equation.value for equation in model.equations if equation.target.name in new]
        new = {node.name for value in values for node in walk(value) if isinstance(node, Slot)} - found
        found |= new
    return found


def _inlined(model, term, of, facts):
    """The term with every hidden quantity but the family of ``of`` replaced by its equation, again and again."""
    if isinstance(term, Slot):
        hidden = {variable.name for variable in model.hidden} - {of.name}
        return _inlined(model, _equation_of(model, term, facts), of, facts) if term.name in hidden else term
    if isinstance(term, TimeSum):
        known = tuple(fact for fact in facts if term.variable not in fact.free_symbols) + assume(term.first, term.variable, term.last)
        return TimeSum(_inlined(model, term.body, of, known), term.variable, term.first, term.last)
    if isinstance(term, (Grad, MatrixSymbol)) or not isinstance(term, MatrixExpr):
        return term
    return term.func(*(_inlined(model, argument, of, facts) for argument in term.args))


def _equation_of(model, slot, facts):
    """The right side that defines a member of a family, where the facts place its index in the range of the equation."""
    for equation in model.equations:
        if equation.target.name == slot.name and never_negative(slot.index - equation.first, facts) and never_negative(equation.last - slot.index, facts):
            return substitute(equation.value, {model.clock[0]: expand(model.clock[0] + slot.index - equation.target.index)})
    raise NotIndexed(f"no equation defines {slot} for certain")


def _facts(domain):
    return tuple(fact for variable, first, last in domain for fact in assume(first, variable, last))


def _moving(of):
    """dv at one time: the differential of v_s is delta(s, time of v) dv; all else stands still."""
    index = of.index if isinstance(of, Slot) else None

    def move(entry):
        if entry.name != of.name:
            return None
        moved = Entry("diff", of.name, index, entry.row, entry.col)
        return (moved,) if index is None else (Delta(entry.time, index), moved)
    return move
