"""Checks of how fast the second moment decays where the first-order factor is exactly one."""

from sympy import Symbol, factorial2, series, tanh

from derivations.algebra import expectations as e
from derivations.algebra import scalars as s
from derivations.checking.arithmetic import Extended, NoValue
from derivations.checking.evaluate import value
from derivations.checking.verdict import FAIL, PASS, Judgement

FUNCTIONS = {"tanh": tanh}


def _iterated(statement):
    """The iteration whose product with the number of steps has the limit that the statement claims."""
    left = statement.left
    if not isinstance(left, s.Lim) or not isinstance(left.body, s.Times) or left.body.args[0] != left.variable or not isinstance(left.body.args[1], e.Iterated):
        raise NoValue("the left side is no limit of l times an iterated number")
    return left.body.args[1]


def by_series():
    """A decider: q' = w E f(z)^2 is expanded at q = 0; with q' = q - c q^2 + ..., 1/q' - 1/q tends to c and l q to 1/c."""

    def decide(statement):
        term = _iterated(statement)
        x = Symbol("x")
        squared = series(FUNCTIONS[term.args[0].name](x) ** 2, x, 0, 7).removeO()
        first, second = (term.args[1] * squared.coeff(x, 2 * power) * factorial2(2 * power - 1) for power in (1, 2))
        if first != 1 or term.args[2] != 0 or second >= 0:
            raise NoValue("the iteration has no such fixed point at zero")
        limit = -1 / second
        if limit != statement.right.doit():
            return Judgement(FAIL, f"The limit is {limit}: each step adds {-second} to 1/q.", None, "q near 0")
        return Judgement(PASS, f"Each step adds {-second} to 1/q in the limit, so l q tends to {limit}.", "0", samples=({"case": "expansion at q = 0"},))

    return "expansion at zero, exact", decide


def by_iteration(first=1000, last=4000):
    """A decider: doubles, Gauss-Hermite with 120 nodes; from step ``first`` to ``last`` 1/q grows by 1/limit a step, to one in a thousand."""

    def decide(statement):
        import numpy as np

        term = _iterated(statement)
        nodes, weights = np.polynomial.hermite_e.hermegauss(120)
        weight, bias = float(term.args[1]), float(term.args[2])
        f = getattr(np, term.args[0].name)
        claimed = float(value(statement.right, {}, Extended()))
        samples = []
        for start in (0.2, 1.0, 5.0):
            q, seen = start, {}
            for step in range(1, last + 1):
                q = weight * (weights @ f(np.sqrt(q) * nodes) ** 2) / weights.sum() + bias
                seen[step] = q
            rate = (1 / seen[last] - 1 / seen[first]) / (last - first)
            if abs(rate * claimed - 1) > 1e-3:
                return Judgement(FAIL, f"From step {first} to {last}, 1/q grows by {rate:.6g} a step; the claim needs {1 / claimed if claimed else float('inf'):.6g}.", None, f"q = {start} at first")
            samples.append({"start": str(start), "growth of 1/q a step": f"{rate:.6f}"})
        return Judgement(PASS, f"From {len(samples)} starts, 1/q grows by {rate:.5f} a step.", f"{abs(rate * claimed - 1):.2g}", samples=tuple(samples))

    return "iteration of 4000 layers", decide
