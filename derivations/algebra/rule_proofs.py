"""Every rule of ``derivations.algebra.rules``, proved once for all shapes: <G, de> = <pullback(G), dv> for all G and all dv.

Operations on matrices of given number (sum, product, transpose, elementwise product and function, softmax, loss, inner
product) and the sum over time are written out in components with symbolic bounds, differentiated by scalar calculus alone, and
compared with the components of what the rule returns. Integer powers and ordered products have no finite component form: there
the product rule for two factors, proved that way, is used in an induction over the exponent or the length.
The children of each operation stand for arbitrary matrices. That a compound term may be taken apart child by child is
structural induction: the rule holds for arbitrary differentials of the children, hence for those of compound children.
"""

from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace

from sympy import MatrixExpr, MatrixSymbol, Symbol, ZeroMatrix, symbols

from derivations.algebra import rules
from derivations.algebra.canonical import unequal
from derivations.algebra.components import inner, scalar
from derivations.algebra.equality import Families, prove_equal
from derivations.algebra.indexed import Entry, NotIndexed, derivative
from derivations.algebra.terms import (Diff, Hadamard, Inner, Loss, Map, OrderedProduct, Power, Slot, Softmax, TimeSum, j, product, substitute, total,
                                       transpose, walk)

p, q, r, s = symbols("p q r s", integer=True, positive=True)
first, last, m = (Symbol(name, integer=True) for name in ("first", "last", "m"))
A, B, C, D = MatrixSymbol("A", p, q), MatrixSymbol("B", q, r), MatrixSymbol("C", r, s), MatrixSymbol("D", p, q)
E, S, v, y = MatrixSymbol("E", p, q), MatrixSymbol("S", p, p), MatrixSymbol("v", p, 1), MatrixSymbol("y", p, 1)
X, M, TEST = (lambda index: Slot("X", index, p, q)), (lambda index: Slot("M", index, p, p)), (lambda index: Slot("D", index, p, p))
NUMBER = Symbol("g")

# what each rule is proved on; the names are those that a Contribution carries
OPERATIONS = {
    "sum": (total(A, D), total(A, D, E), total(A, A)),
    "product": (product(A, B), product(NUMBER, A), product(A, B, C), product(NUMBER, A, B), product(S, S), product(S, v), Inner(A, D), Inner(A, A)),
    "transpose": (transpose(A), transpose(v)),
    "hadamard": (Hadamard(A, D), Hadamard(A, A)),
    "elementwise": (Map("phi", A), Map("phi", v), Map("phi", A, 1)),
    "softmax": (Softmax(v),),
    "loss": (Loss(v, y),),
    "time_sum": (TimeSum(X(j), j, first, last),),
}
INDUCTIONS = ("power", "ordered_product")
RULES = (*OPERATIONS, *INDUCTIONS)


@dataclass(frozen=True)
class RuleProof:
    """Whether a rule is proved for all shapes; ``reason`` is None when it is, else the sentence that says what fails."""

    rule: str
    method: str
    reason: str | None

    holds = property(lambda self: self.reason is None)


def prove(rule, pullback=rules.pullback, differential=rules.differential):
    """The proof of one rule, run now, as a RuleProof; another ``pullback`` or ``differential`` is judged in the same way."""
    if rule in OPERATIONS:
        reasons = (adjoint_fault(term, pullback, differential) for term in OPERATIONS[rule])
        return RuleProof(rule, "components with symbolic indices", next((reason for reason in reasons if reason), None))
    if rule not in INDUCTIONS:
        return RuleProof(rule, "none", f"there is no proof of a rule named {rule!r}; the proved ones are {', '.join(RULES)}")
    product_rule = prove("product", pullback, differential)
    fault = product_rule.reason or (_power if rule == "power" else _ordered_product)(pullback, differential)
    return RuleProof(rule, "induction, by the product rule", fault)


@lru_cache(maxsize=None)
def proved(rule):
    """The proof of a rule of the engine as it stands."""
    return prove(rule)


def adjoint_fault(term, pullback=rules.pullback, differential=rules.differential):
    """None when <G, d term> = <pullback(G), d leaf> for every leaf and all shapes, and when ``differential`` gives that d term;
    otherwise the sentence that says what stands in the way."""
    seed = MatrixSymbol("G", *term.shape) if term.shape != (1, 1) else NUMBER
    targets = {node.target for node in walk(term) if isinstance(node, Loss)}  # data: a loss is differentiated in its output only
    try:
        for leaf in dict.fromkeys(node for node in walk(term) if isinstance(node, (Slot, MatrixSymbol)) and node not in targets):
            fault = _fault_in(term, seed, leaf, pullback, differential)
            if fault:
                return f"{term}, when {leaf} moves: {fault}"
    except NotIndexed as reason:
        return str(reason)
    return None


def _fault_in(term, seed, leaf, pullback, differential):
    moves = lambda found: found.name == leaf.name
    truth = derivative(inner(seed, term), lambda entry: (Entry("diff", *_key(entry)),) if entry.name == leaf.name else None)
    contributions = [_summed(found) for found in pullback(term, seed, moves)]
    fault = unequal(truth, [monomial for part in contributions for monomial in part])
    return f"the pullback is wrong: {fault}" if fault else _differential_fault(term, seed, truth, moves, differential)


def _differential_fault(term, seed, truth, moves, differential):
    fault = unequal(truth, inner(seed, differential(term, moves)))
    return f"the differential is wrong: {fault}" if fault else None


def _key(entry):
    return entry.name, entry.time, entry.row, entry.col


def _summed(found):
    """<value, d leaf> of one contribution under its sums, in components."""
    share = Inner(found.value, Diff(found.leaf)) if isinstance(found.value, MatrixExpr) else product(found.value, Diff(found.leaf))
    for variable, low, high in found.binders:
        share = TimeSum(share, variable, low, high)
    return scalar(share)


def _induction(zero, one_more, by_product_rule, facts, families, name):
    """Base and step: ``zero`` must vanish, and the rule one step further must equal what the product rule makes of it."""
    fault = prove_equal(zero, ZeroMatrix(*zero.shape), facts, families)
    if fault:
        return f"the base of the induction for {name} fails: {fault}"
    fault = prove_equal(one_more, by_product_rule, facts, families)
    return f"the step of the induction for {name} fails: {fault}" if fault else None


def _power(pullback, differential):
    """S^0 = 1 and S^(m + 1) = S^m S. In the step S receives (S^m)^T G directly, and S^m receives G S^T, which the claim for m passes on."""
    families, facts, G = _families(), (m,), MatrixSymbol("G", p, p)
    moves = lambda leaf: leaf == S

    def received(exponent, seed):
        (found,) = pullback(Power(S, exponent), seed, moves)
        return found.value

    by_product_rule = total(product(transpose(Power(S, m)), G), received(m, product(G, transpose(S))))
    fault = _induction(received(0, G), received(m + 1, G), by_product_rule, facts, families, "the pullback")
    moved = lambda exponent: differential(Power(S, exponent), moves)
    by_product_rule = total(product(Power(S, m), Diff(S)), product(moved(m), S))
    return fault or _induction(moved(0), moved(m + 1), by_product_rule, facts, families, "the differential")


def _ordered_product(pullback, differential):
    """The product from ``last`` up to ``first`` grows by M_(first + 1) on its left. What M_i receives is multiplied by an arbitrary
    D_i and summed over i: two such sums agree for all D exactly when every M_i receives the same."""
    families, facts, G = _families(), (first - last + 1,), MatrixSymbol("G", p, p)
    chain = lambda high: OrderedProduct(M(j), j, high, last)

    def received(high, seed):
        (found,) = pullback(chain(high), seed, lambda leaf: True)
        ((variable, low, up),) = found.binders
        return TimeSum(product(found.value, substitute(TEST(j), {j: found.leaf.index})), variable, low, up)

    here, new = product(G, transpose(chain(first)), TEST(first + 1)), product(transpose(M(first + 1)), G)
    fault = _induction(received(last - 1, G), received(first + 1, G), total(here, received(first, new)), facts, families, "the pullback")
    moved = lambda high: differential(chain(high), lambda leaf: True)
    by_product_rule = total(product(Diff(M(first + 1)), chain(first)), product(M(first + 1), moved(first)))
    return fault or _induction(moved(last - 1), moved(first + 1), by_product_rule, facts, families, "the differential")


def _families():
    """The families of the inductions, defined wherever an index stands between ``last`` and ``first + 1``."""
    families = Families(SimpleNamespace(variables=()))
    families.ranges = {"M": (last, first + 1), "D": (last, first + 1)}
    return families
