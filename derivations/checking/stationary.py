"""Ways to a mean square in a linear recurrence that has run for ever: its balance (with digits and symbolically), its pulse, its spectrum, and a simulation.

The balance solves P = A P A^H + B B^H for the joint recurrence of the state and its derivative. The pulse runs the recurrence alone, with
the parameter moved to both sides, and adds up squares. The spectrum is the mean of a squared transfer function over the frequencies.
"""

from functools import cache

import sympy
from mpmath import mp

from derivations.algebra.stationary import MeanSquare
from derivations.checking.arithmetic import Extended, NoValue
from derivations.checking.evaluate import value
from derivations.checking.expectations import agreeing, tested
from derivations.checking.verdict import FAIL, PASS, UNCHECKED, Judgement

ANGLE, STEP, TAIL, PLACES = "0.7", mp.mpf(10) ** -28, mp.mpf(10) ** -36, 85


def ways(points, seed):
    """The five deciders; each evaluates the mean squares of a statement in its own way."""
    def places(statement):
        return points if statement.free_symbols else ({},)

    def by(found):
        return lambda statement: agreeing(places(statement), lambda claim, at: [_value(side, at, found) for side in (claim.left, claim.right)])(statement)

    def simulated(statement):
        return tested(places(statement), lambda claim, at, place, batch: _simulated(*_known(claim.left, at), (seed, place, batch)) - float(_value(claim.right, at, balance)))(statement)

    return ("balance of the joint recurrence", by(balance)), ("algebra (SymPy)", symbolically), ("pulse response, squared and added", by(pulse)), ("mean over all frequencies", by(spectrum)), ("Monte-Carlo test", simulated)


def _value(term, at, found):
    return found(*_known(term, at)) if isinstance(term, MeanSquare) else value(term, at, Extended())


def _known(term, at):
    if not isinstance(term, MeanSquare):
        raise NoValue(f"{type(term).__name__} is no mean square")
    return term.quantity, term.scale, tuple(value(x, at, Extended()) for x in term.parameters)


def _gamma(factor, scale):
    return mp.sqrt(1 - abs(factor) ** 2) if scale == "normalized" else mp.mpf(1)


def joint(quantity, scale, parameters, m, turn):
    """(A, B, row): state and derivative move as z_t = A z_(t-1) + B e_t, and row z is asked for; ``m`` is mpmath or SymPy, ``turn`` a point of the unit circle."""
    r, *others = parameters
    gamma, *second = (m.sqrt(1 - x**2) if scale == "normalized" else 1 for x in parameters)
    match quantity:
        case "h":
            return [[r]], [gamma], [1]
        case "lambda" | "nu":
            return [[r, 0], [1, r]], [gamma, -r / gamma if scale == "normalized" else 0], [0, r * m.log(r) if quantity == "nu" else 1]
        case "theta":
            return [[r * turn, 0], [1j * r * turn if m is mp else m.I * r * turn, r * turn]], [gamma, 0], [0, 1]
        case "correlated":
            fresh = m.sqrt(1 - others[0] ** 2)
            return [[others[0], 0], [gamma * others[0], r]], [fresh, gamma * fresh], [0, 1]
        case "error":
            return [[r, 0], [0, others[0]]], [gamma, *second], [1, -1]
    raise NoValue(f"{quantity} is no quantity of a linear recurrence")


def _covariance(quantity, scale, parameters, m, turn, conjugate, solve):
    """row P row^H for P = A P A^H + B B^H, with a solver of linear equations."""
    A, B, row = joint(quantity, scale, parameters, m, turn)
    pairs = [(i, j) for i in range(len(A)) for j in range(len(A))]
    rows = [[int(i == k and j == n) - A[i][k] * conjugate(A[j][n]) for k, n in pairs] for i, j in pairs]
    P = solve(rows, [B[i] * conjugate(B[j]) for i, j in pairs])
    return sum(row[i] * conjugate(row[j]) * P[place] for place, (i, j) in enumerate(pairs))


@cache
def balance(quantity, scale, parameters):
    """The stationary covariance of state and derivative, from a system of linear equations."""
    with mp.workdps(PLACES):
        return mp.re(_covariance(quantity, scale, parameters, mp, mp.expj(mp.mpf(ANGLE)), mp.conj, lambda rows, right: mp.lu_solve(mp.matrix(rows), mp.matrix(right))))


def _conjugate(x):
    """Of a term in which nothing but the imaginary unit is not real."""
    return sympy.sympify(x).xreplace({sympy.I: -sympy.I})


def symbolically(statement):
    """A decider's function: the same equations solved by SymPy, with the factor a symbol."""
    left = statement.left
    if not isinstance(left, MeanSquare):
        raise NoValue(f"{type(left).__name__} is no mean square")
    turn = sympy.exp(sympy.I * sympy.Symbol("theta", real=True))
    found = _covariance(left.quantity, left.scale, tuple(x.doit() for x in left.parameters), sympy, turn, _conjugate, lambda rows, right: sympy.Matrix(rows).LUsolve(sympy.Matrix(right)))
    residue = sympy.simplify(sympy.simplify(found) - statement.right.doit())
    if residue == 0:
        return Judgement(PASS, "The two sides are identical.", "0", samples=({"case": "symbolic"},))
    size = abs(residue.subs({x: sympy.Rational(place + 3, 7) for place, x in enumerate(sorted(residue.free_symbols, key=str))}).evalf(30))
    return Judgement(FAIL if size > sympy.Rational(1, 10**20) else UNCHECKED, f"The two sides differ by {residue}.", None, "symbolic")


@cache
def pulse(quantity, scale, parameters):
    """Run the recurrence on a single one, twice where a derivative is asked for, and add up the squares."""
    with mp.workdps(PLACES):
        moved = _moved(quantity, scale, parameters)
        inputs = _inputs(parameters[1] if quantity == "correlated" else mp.mpf(0))
        states, whole, count = [mp.mpf(0)] * len(moved), mp.mpf(0), 0
        while True:
            x = next(inputs)
            states = [factor * state + gamma * x for (factor, gamma, _), state in zip(moved, states)]
            square = abs(sum(weight * state for (*_, weight), state in zip(moved, states))) ** 2
            whole, count = whole + square, count + 1
            if count > 50 and square < TAIL * whole * (1 - abs(moved[0][0])):
                return whole


def _inputs(rho):
    x = mp.sqrt(1 - rho**2)
    while True:
        yield x
        x *= rho


def _moved(quantity, scale, parameters):
    """(factor, scale of the input, weight) of the recurrences whose weighted sum is asked for."""
    r = parameters[0]
    if quantity in ("h", "correlated"):
        return [(r, _gamma(r, scale), 1)]
    if quantity == "error":
        return [(factor, _gamma(factor, scale), weight) for factor, weight in zip(parameters, (1, -1))]
    at = {"lambda": lambda h: r + h, "nu": lambda h: mp.exp(-mp.exp(mp.log(-mp.log(r)) + h)), "theta": lambda h: r * mp.expj(mp.mpf(ANGLE) + h)}[quantity]
    return [(at(h), _gamma(at(h), scale), 1 / (2 * h)) for h in (STEP, -STEP)]


@cache
def spectrum(quantity, scale, parameters):
    """The mean of |sum of weight gamma / (1 - factor z)|^2 times the spectrum of the inputs over so many points z of the unit circle that nothing is left to gain."""
    with mp.workdps(PLACES):
        moved = _moved(quantity, scale, parameters)
        rho = parameters[1] if quantity == "correlated" else mp.mpf(0)
        largest = max([abs(factor) for factor, _, _ in moved] + [abs(rho)])
        count = int(mp.log(TAIL) / mp.log(largest)) + 200
        turn, z, whole = mp.expjpi(mp.mpf(2) / count), mp.mpc(1), mp.mpf(0)
        for _ in range(count):
            answer = sum(weight * gamma / (1 - factor * z) for factor, gamma, weight in moved)
            whole += abs(answer) ** 2 * ((1 - rho**2) / abs(1 - rho * z) ** 2 if rho else 1)
            z *= turn
        return whole / count


@cache
def _simulated(quantity, scale, parameters, seed, chains=400):
    """The mean square over independent chains at their last step; derivatives by a tiny imaginary part of the parameter."""
    import numpy as np

    random, tiny = np.random.default_rng(seed), 1e-30j
    r, other = (*map(float, parameters), 0.0)[:2]
    steps = int(24 / -np.log(max(r, other))) + 30
    rho = other if quantity == "correlated" else 0.0
    factor = {"lambda": r + tiny, "nu": np.exp(-np.exp(np.log(-np.log(r)) + tiny))}.get(quantity, r)
    gamma = np.sqrt(1 - factor**2) if scale == "normalized" else 1.0
    second = np.sqrt(1 - other**2) if scale == "normalized" else 1.0
    cosine, sine = np.cos(float(ANGLE) + tiny), np.sin(float(ANGLE) + tiny)
    x, u, v = random.normal(size=chains), np.zeros(chains, complex), np.zeros(chains, complex)
    for _ in range(steps):
        if quantity == "theta":
            u, v = r * (cosine * u - sine * v) + gamma * x, r * (sine * u + cosine * v)
        else:
            u, v = factor * u + gamma * x, other * v + second * x
        x = rho * x + np.sqrt(1 - rho**2) * random.normal(size=chains)
    match quantity:
        case "h" | "correlated":
            return float(np.mean(u.real**2))
        case "error":
            return float(np.mean((u - v).real ** 2))
        case "theta":
            return float(np.mean((u.imag**2 + v.imag**2) / tiny.imag**2))
    return float(np.mean((u.imag / tiny.imag) ** 2))
