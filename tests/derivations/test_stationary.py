"""The ways to a mean square in a linear recurrence agree with each other, and each notices a wrong claim."""

import pytest
from mpmath import mp
from sympy import Integer, Rational

from derivations import memory
from derivations.checking import stationary
from derivations.checking.verdict import FAIL

CASES = [("h", "normalized", ("0.9",)), ("lambda", "plain", ("0.6",)), ("nu", "normalized", ("0.9",)), ("theta", "normalized", ("0.8",)), ("correlated", "plain", ("0.5", "0.7")), ("error", "normalized", ("0.5", "0.9"))]


@pytest.mark.parametrize("quantity, scale, parameters", CASES)
def test_balance_pulse_and_spectrum_agree(quantity, scale, parameters):
    found = [way(quantity, scale, tuple(map(mp.mpf, parameters))) for way in (stationary.balance, stationary.pulse, stationary.spectrum)]
    assert max(found) - min(found) < 1e-26 * max(found)


@pytest.mark.parametrize("place", range(4))
def test_each_way_notices_a_scale_that_is_held_fixed(place):
    statement = memory.sensitivity_normalized().statement
    wrong = statement.with_right(statement.right * (1 + memory.lam**2))
    _, decide = stationary.ways(({memory.lam: Rational(3, 5)},), 1)[place]
    assert decide(wrong).verdict == FAIL


def test_a_longer_memory_is_never_less_sensitive():
    right = memory.sensitivity_nu().statement.right.doit()
    values = [right.subs(memory.lam, 1 - Rational(1, Integer(10) ** power)).evalf(30) for power in range(1, 6)]
    assert values == sorted(values) and values[-1] < Rational(1, 4)
