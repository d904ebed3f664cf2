"""The attack on a differential of a loss of one output: exact directional derivatives over F_p at several sizes."""

import time
from dataclasses import dataclass

from sympy import Integer, Rational

from derivations.algebra.terms import Inner, product
from derivations.checking.compiled import Environment, compiled
from derivations.checking.ops import DualOps, FieldOps
from derivations.checking.verdict import FAIL, PASS, Judgement, Mutant


@dataclass(frozen=True)
class Exact:
    """Differentiate what stands under d on the left in forward mode, in a random direction, and compare with the right side."""

    name: str = "exact witness over F_p"

    def judge(self, statement):
        began, samples = time.perf_counter(), []
        size = statement.left.of.args[-1].args[0].shape[0]
        for rows in (2, 3, 5):
            ops = FieldOps(rows)
            column = lambda name: [[ops.random(name, r)] for r in range(rows)]
            o, y, move = column("o"), column("y"), column("do")
            dual = DualOps(ops)
            moved = Environment(dual, {("value", "o", None): dual.lift(o, move), ("value", "y", None): dual.lift(y)}, {size: rows}, 1)
            plain = Environment(ops, {("value", "o", None): o, ("value", "y", None): y, ("diff", "o", None): move}, {size: rows}, 1)
            if compiled(statement.left.of)(moved, {})[1] != compiled(statement.right)(plain, {}):
                return Judgement(FAIL, f"The two sides differ at q = {rows}.", "1", f"q = {rows}", samples=tuple(samples), seconds=time.perf_counter() - began)
            samples.append({"sizes": {"q": rows}})
        return Judgement(PASS, "The two sides agree at 3 sizes.", "0", f"q = {rows}", samples=tuple(samples), seconds=time.perf_counter() - began)


@dataclass(frozen=True)
class SquaredSuite:
    """The attack and the mutants of the squared error."""

    def checks(self, entry):
        return (Exact(),)

    def mutants(self, entry):
        right = entry.statement.right
        error, move = right.args
        output, target = error.args[0], error.args[1].args[-1]
        wrong = {"sign": product(Integer(-1), right), "factor 2": product(Integer(2), right), "factor 1/2": product(Rational(1, 2), right), "factor 1.01": product(Rational(101, 100), right),
                 "target dropped": Inner(output, move), "output dropped": Inner(product(Integer(-1), target), move), "zero": product(Integer(0), right)}
        return tuple(Mutant(name, entry.statement.with_right(term)) for name, term in wrong.items())
