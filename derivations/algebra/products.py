"""The product of numbers over an index, with its printed form and its value."""

from sympy import Integer, Mul

from derivations.algebra.layout import Big, Sign, row
from derivations.algebra.scalars import Defined
from derivations.algebra.typeset import EQUALS, FACTOR, _set, boxes, wrapped


class ProductOver(Defined):
    """Product of the body for variable = first, ..., last; one if there is no factor."""

    body, variable, first, last = (property(lambda self, place=place: self.args[place]) for place in range(4))
    free_symbols = property(lambda self: (self.body.free_symbols - {self.variable}) | self.first.free_symbols | self.last.free_symbols)

    def doit(self, **hints):
        first, last = self.first.doit(), self.last.doit()
        if not (first.is_Integer and last.is_Integer):
            return self
        return Mul(*(self.body.xreplace({self.variable: Integer(at)}).doit() for at in range(first, last + 1)))

    def evaluated(self, at, arithmetic, value):
        numbers = {symbol: at[symbol] for symbol in self.free_symbols if symbol in at}
        first, last = (int(bound.doit().xreplace(numbers)) for bound in (self.first, self.last))
        found = arithmetic.number(Integer(1))
        for index in range(first, last + 1):
            found = found * value(self.body, {**at, self.variable: Integer(index)}, arithmetic)
        return found


@_set.register(ProductOver)
def _(term):
    big = Big(Sign(r"\prod", "∏", "mo"), row(boxes(term.variable), EQUALS, boxes(term.first)), boxes(term.last))
    return row(big, wrapped(term.body, FACTOR)), FACTOR
