"""The check "SymPy, by components": the loss written out in scalar symbols, differentiated entry by entry, equal to the right side."""

import time
from dataclasses import dataclass
from functools import lru_cache

from derivations.checking.compiled import Environment, compiled
from derivations.checking.ops import Undefined
from derivations.checking.ranges import choices, label
from derivations.checking.verdict import FAIL, PASS, UNCHECKED, Judgement
from derivations.checking.written_out import written_out

# T with the sizes (n, d, q), pairwise different; small, since products of written-out matrices grow fast
PLACES = ((2, (3, 2, 4)), (3, (2, 4, 3)))


@dataclass(frozen=True)
class Components:
    """Both sides of a statement about a model as polynomials in its scalar symbols, compared exactly.

    ``activation`` is what phi stands for: 'phi' for any differentiable function, 'tanh' where the entry assumes it.
    ``lengths`` restricts T.
    """

    entry: object
    activation: str = "phi"
    lengths: tuple = ()
    name: str = "SymPy, by components"

    def judge(self, statement):
        began, samples, terms = time.perf_counter(), [], 0
        for length, sizes in ((self.lengths[0], PLACES[0][1]),) if self.lengths else PLACES:
            model = written_out(self.entry.model.name, length, sizes, self.activation)
            named = {str(size): value for size, value in model.sizes.items()}
            for bound in choices(self.entry.domain, length):
                where = label(length, named, bound)
                try:
                    left, right = (_side(term, model, bound) for term in (self.entry.statement.left, statement.right))
                    equal = all(model.ops.same(x, y) for r, s in zip(left, right) for x, y in zip(r, s)) and _shape(left) == _shape(right)
                except Undefined as reason:
                    return Judgement(FAIL, f"The right side is not defined: {reason}.", where=where, seconds=time.perf_counter() - began)
                except Exception as reason:
                    return Judgement(UNCHECKED, f"{self.name} broke off at {where} with {type(reason).__name__}: {reason}.", seconds=time.perf_counter() - began)
                samples.append({"T": length, "sizes": named, **{str(s): v for s, v in bound.items() if str(s) != "T"}})
                if not equal:
                    return Judgement(FAIL, f"The written-out sides are different polynomials at {where}.", where=where, samples=tuple(samples), seconds=time.perf_counter() - began)
                terms += sum(len(x) for row in left for x in row)
        if not samples:
            return Judgement(UNCHECKED, "The statement says nothing at the lengths tried.", seconds=time.perf_counter() - began)
        return Judgement(PASS, f"The two sides are the same {terms} terms at {len(samples)} points.", "0", samples=tuple(samples), seconds=time.perf_counter() - began)


def _shape(rows):
    return len(rows), len(rows[0])


@lru_cache(maxsize=None)
def _function(term):
    return compiled(term)


def _side(term, model, bound):
    return _function(term)(Environment(model.ops, model, model.sizes, model.length), bound)
