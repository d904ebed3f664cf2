"""Ways to count paths, inputs and updates, none of which knows a formula: searches, recursions, and derivatives of networks that run.

A decider replaces what stands for a count (``Counted``) by the number that its own way gives, and evaluates the rest exactly.
"""

from fractions import Fraction
from itertools import product

from sympy import Matrix, Rational

from derivations.algebra import path_terms as p
from derivations.algebra.scalars import Digits
from derivations.checking.arithmetic import NoValue
from derivations.checking.evaluate import holds
from derivations.checking.scalars import shown
from derivations.checking.verdict import FAIL, PASS, Judgement
from derivations.text import counted


def counting(name, ways, points, relation=None):
    """A decider; ``ways`` maps the kind of count to a function of its arguments. ``relation`` replaces the stated one: with "=" a bound must be attained."""

    def number(term, at):
        found = term.xreplace(at).replace(lambda x: isinstance(x, p.Counted), lambda x: _count(ways, x)).doit()
        if not found.is_Rational:
            raise NoValue(f"{term} is no rational number at {shown(at)}")
        return found

    def decide(statement):
        cases = points if statement.free_symbols else ({},)
        for at in cases:
            left, right = number(statement.left, at), statement.right
            true = right.low <= left < right.high if isinstance(right, Digits) else holds(relation or statement.relation, left, number(right, at))
            if not true:
                return Judgement(FAIL, f"It is not so at {shown(at)}.", None, shown(at))
        return Judgement(PASS, f"It holds exactly at {counted(len(cases), 'point')}.", "0", samples=tuple({"point": shown(at)} for at in cases))

    return name, decide


def _count(ways, term):
    if type(term) not in ways:
        raise NoValue(f"this way does not count {type(term).__name__}")
    return Rational(ways[type(term)](*(x.doit() for x in term.args)))


def _fraction(x):
    return Fraction(int(x.p), int(x.q)) if hasattr(x, "q") else Fraction(x)


def breadth_first(n, k):
    """Fewest jumps from 0 to n: spread one jump at a time."""
    reached, jumps = {0}, 0
    while n not in reached:
        reached, jumps = {x + jump for x in reached for jump in (1, k) if x + jump <= n}, jumps + 1
    return jumps


def by_recursion(n, k):
    """Fewest jumps, from those of the places one jump earlier."""
    fewest = [0]
    for x in range(1, n + 1):
        fewest.append(1 + min(fewest[x - jump] for jump in (1, k) if jump <= x))
    return fewest[n]


def enumerated(n, k, w=1, s=1):
    """Every path written down as a sequence of jumps, and its product taken."""
    total = Fraction(0)
    for length in range(n + 1):
        for jumps in product((1, k), repeat=length):
            if sum(jumps) == n:
                total += _fraction(w) ** jumps.count(1) * _fraction(s) ** jumps.count(k)
    return total


def by_network(n, k, w=1, s=1):
    """The derivative of a linear unit with a skip, run forward: a change of one state by one, and what becomes of it."""
    changes = [Fraction(1)]
    for x in range(1, n + 1):
        changes.append(_fraction(w) * changes[x - 1] + (_fraction(s) * changes[x - k] if x >= k else 0))
    return changes[n]


def by_companion(n, k, w=1, s=1):
    """The same as a power of the matrix that moves the last k states by one step."""
    step = Matrix(k, k, lambda i, j: (w if j == 0 else 0) + (s if j == k - 1 else 0) if i == 0 else int(i == j + 1))
    return (step**n)[0, 0]


def spread(layers, taps):
    """The inputs that an output sees: indices followed down, layer by layer."""
    seen = {0}
    for layer in reversed(range(layers)):
        seen = {x - tap * 2**layer for x in seen for tap in range(taps)}
    return len(seen)


def impulses(layers, taps):
    """How many outputs one input changes: a signal with a single one is sent through convolutions with positive weights."""
    signal = {0: Fraction(1)}
    for layer in range(layers):
        following = {}
        for x, size in signal.items():
            for tap in range(taps):
                following[x + tap * 2**layer] = following.get(x + tap * 2**layer, 0) + size * (tap + 1)
        signal = following
    return sum(1 for size in signal.values() if size)


def clock(t, n, period):
    """The clock runs: every step from t + 1 to t + n is asked whether the unit is due."""
    return sum(1 for step in range(t + 1, t + n + 1) if step % period == 0)


def held_unit(t, n, period):
    """A linear unit with the factor one half that holds its state in between: how often the derivative was halved."""
    change = Fraction(1)
    for step in range(t + 1, t + n + 1):
        change = change / 2 if step % period == 0 else change
    return change.denominator.bit_length() - 1


def added(n):
    """Fibonacci numbers by adding the last two."""
    last, following = 0, 1
    for _ in range(n):
        last, following = following, last + following
    return last


def squares(n):
    """Fibonacci numbers as a power of a matrix."""
    return (Matrix([[1, 1], [1, 0]]) ** n)[0, 1]

