"""The check "SymPy, by components": the loss written out in scalar symbols, differentiated entry by entry, equal to the right side."""

import time
from dataclasses import dataclass
from functools import lru_cache

from derivations.algebra.terms import at_length
from derivations.checking.compiled import Environment, compiled
from derivations.checking.ops import Undefined
from derivations.checking.ranges import choices, label
from derivations.checking.verdict import FAIL, PASS, UNCHECKED, Judgement
from derivations.checking.written_out import written_out
from derivations.text import counted

# T with the sizes (n, d, q), pairwise different; small, since products of written-out matrices grow fast
WRITTEN_OUT = ("linear-rnn", "tanh-rnn", "tanh-rnn-last")  # the polynomials of gated networks do not fit
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
        began, samples = time.perf_counter(), []
        verdict, detail, where = self._compare(statement, samples)
        return Judgement(verdict, detail, "0" if verdict == PASS else None, where, samples=tuple(samples), seconds=time.perf_counter() - began)

    def _compare(self, statement, samples):
        """(verdict, sentence, where); every point tried is added to ``samples``."""
        where, terms = None, 0
        try:
            for model, bound in self._points():
                sizes = {str(size): value for size, value in model.sizes.items()}
                where = label(model.length, sizes, bound)
                samples.append({"T": model.length, "sizes": sizes, **{str(s): value for s, value in bound.items() if s not in at_length(model.length)}})
                left, right = (_side(term, model, bound) for term in (self.entry.statement.left, statement.right))
                if _shape(left) != _shape(right) or not all(model.ops.same(x, y) for r, s in zip(left, right) for x, y in zip(r, s)):
                    return FAIL, f"The written-out sides are different polynomials at {where}.", where
                terms += sum(len(x) for row in left for x in row)
        except Undefined as reason:
            return FAIL, f"The right side is not defined: {reason}.", where
        except Exception as reason:
            return UNCHECKED, f"{self.name} broke off at {where or 'the start'} with {type(reason).__name__}: {reason}.", where
        if not samples:
            return UNCHECKED, "The statement says nothing at the lengths tried.", None
        return PASS, f"The two sides are the same {counted(terms, 'term')} at {counted(len(samples), 'point')}.", None

    def _points(self):
        places = [place for place in PLACES if not self.lengths or place[0] in self.lengths] or [(self.lengths[0], PLACES[0][1])]
        for length, sizes in places:
            model = written_out(self.entry.model.name, length, sizes, self.activation)
            for bound in choices(self.entry.domain, length):
                yield model, bound


def _shape(rows):
    return len(rows), len(rows[0])


@lru_cache(maxsize=None)
def _function(term):
    return compiled(term)


def _side(term, model, bound):
    return _function(term)(Environment(model.ops, model, model.sizes, model.length), bound)
