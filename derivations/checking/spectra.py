"""Checks of norms and radii of small matrices by their characteristic polynomials, exactly, and by scanning powers;
and of the rate at which powers grow.

For a real 2 x 2 matrix A the squared singular values are the roots of x^2 - |A|_F^2 x + det(A)^2. Nothing here knows a closed form of
a power: powers are multiplied out in rational arithmetic.
"""

from mpmath import mp
from sympy import Integer, Pow, Rational, expand, log, re, sqrt

from derivations.algebra import scalars as s
from derivations.algebra.terms import Power
from derivations.checking.arithmetic import Double, Exact, Extended, NoValue
from derivations.checking.evaluate import holds, value
from derivations.checking.scalars import difference, shown
from derivations.checking.verdict import FAIL, PASS, Judgement
from derivations.text import counted

HORIZON = 400


def exact_norms(name, points):
    """A decider for statements about norms, radii, extremes and smallest integers of 2 x 2 matrices, in exact arithmetic."""
    return name, lambda statement: _decided(statement, points, _surd)


def numpy_norms(name, points):
    """The same with NumPy's singular values and eigenvalues; digits are compared to ten places."""
    return name, lambda statement: _decided(statement, points, _double)


def _decided(statement, points, measure):
    samples = []
    for at in points if statement.free_symbols else points[:1]:
        wrong = _refutation(statement, at, measure)
        if wrong:
            return Judgement(FAIL, f"{wrong} at {shown(at)}.", None, shown(at))
        samples.append({"point": shown(at)})
    return Judgement(PASS, f"It holds at {counted(len(samples), 'point')}.", "0" if measure is _surd else "1e-10", samples=tuple(samples))


def _refutation(statement, at, measure):
    """What contradicts the statement at a point, or None."""
    left, right = statement.left, statement.right
    if isinstance(left, (s.Extreme, s.Least)):
        found = _scan(left, at, measure)
    elif isinstance(left, (s.SpectralNorm, s.SpectralRadius)):
        found = measure(left, at)
    else:
        arithmetic = Exact() if measure is _surd else Double()
        gap = difference(value(left, at, arithmetic), value(right, at, arithmetic))
        return None if gap <= (0 if measure is _surd else 1e-12) else "The two matrices differ"
    return None if _agrees(left, found, right, at, measure) else f"The left side is {float(found):.12g}"


def _agrees(left, found, right, at, measure):
    if isinstance(right, s.Digits):
        if measure is _double:
            return abs(float(found) / float(right.low) - 1) < 10 ** (1 - min(len(right.digits), 11))
        return right.low <= found < right.high
    if measure is _double:
        claimed = float(value(right, at, Double()))
        # An eigenvalue of a matrix that cannot be diagonalized is known to half the digits only.
        return abs(float(found) - claimed) <= (1e-6 if isinstance(left, s.SpectralRadius) else 1e-10 * abs(claimed))
    plain = right.doit().xreplace({key: x for key, x in at.items() if hasattr(x, "is_Rational")}).doit()
    return plain >= 0 and expand(expand(found**2) - expand(plain**2)) == 0


def _scan(left, at, measure):
    """max, arg max or least integer over the powers n = 0, 1, 2, ... of one matrix, complete although the scan is finite.

    Once ‖W^m‖ < 1, every later power is at most max of the norms before m, because ‖W^(qm + r)‖ <= ‖W^m‖^q ‖W^r‖.
    """
    norm = left.body if isinstance(left, s.Extreme) else left.proposition.left
    norms = []
    for n in range(HORIZON):
        norms.append(measure(norm, {**at, left.variable: Integer(n)}))
        if isinstance(left, s.Least) and n >= left.first and holds(left.proposition.relation, norms[n], left.proposition.right):
            return Integer(n)
        if n and norms[n] < 1:
            if isinstance(left, s.Least):
                raise NoValue(f"no n up to {n} fulfils {left.proposition.relation}, and the powers are below 1 from there on")
            largest = max(norms)
            return largest if left.kind == "max" else Integer(norms.index(largest))
    raise NoValue(f"no power up to {HORIZON} has a norm below 1")


def _surd(term, at):
    """A norm or radius of a 2 x 2 matrix as an exact SymPy number."""
    rows = [[_sympy(x) for x in row] for row in value(term.of, at, Exact()).to_list()]
    (p, q), (r, t) = rows
    if isinstance(term, s.SpectralNorm):
        square, det = sum(x * x for row in rows for x in row), (p * t - q * r) ** 2
        return sqrt((square + sqrt(square**2 - 4 * det)) / 2) if square**2 != 4 * det else sqrt(square / 2)
    trace, det = p + t, p * t - q * r
    root = sqrt(trace**2 - 4 * det)
    return max(abs((trace + root) / 2), abs((trace - root) / 2)) if re(root) == root else sqrt(det)


def _sympy(x):
    if x.y:
        raise NoValue("the matrix is not real")
    return Rational(int(x.x.numerator), int(x.x.denominator))


def _double(term, at):
    return float(value(term, at, Double()))


def growth_rate(name, symbol, exponent, matrices):
    """A decider for lim ‖W^k‖^(1/k) = ...: W is squared forty times with 60 digits, which settles the rate to ten places."""

    def decide(statement):
        body = statement.left.body if isinstance(statement.left, s.Lim) else None
        if not isinstance(body, Pow) or body.base != s.SpectralNorm(Power(symbol, exponent)) or body.exp != s.Slash(1, exponent):
            raise NoValue("the left side is not the limit of the k-th root of the norm of the k-th power")
        for label, matrix in matrices:
            rate = _rate(matrix)
            claimed = value(statement.right, {symbol: matrix}, Extended())
            if not abs(rate - claimed) <= mp.mpf(10) ** -9 * rate:
                return Judgement(FAIL, f"For {label} the rate is {mp.nstr(rate, 12)}, not {mp.nstr(claimed, 12)}.", mp.nstr(abs(rate - claimed) / rate, 3), label)
        return Judgement(PASS, f"After 2^40 factors the rate is right to nine places for {len(matrices)} matrices.", "1e-9", samples=tuple({"matrix": label} for label, _ in matrices))

    return name, decide


def _rate(matrix):
    """‖W^k‖^(1/k) at k = 2^40 by repeated squaring; the size is kept as a logarithm."""
    arithmetic, size = Extended(), mp.mpf(0)
    power = value(matrix, {}, arithmetic)
    for squaring in range(41):
        norm = arithmetic.norm(power)
        size, power = size + mp.log(norm) / mp.mpf(2) ** squaring, power / norm
        power = power * power
    return mp.exp(size)


def walked_rate(name, symbol, exponent, matrices):
    """A decider for limits in k: the body at 32 and at 256 factors, in doubles, nears the right side as log(k)/k or faster."""

    def decide(statement):
        for label, matrix in matrices:
            at = {symbol: matrix}
            claimed = float(value(statement.right, at, Double()))
            near, far = (abs(float(value(statement.left.body, {**at, exponent: Integer(k)}, Double())) / claimed - 1) for k in (32, 256))
            if not far <= 4 * float(log(256)) / 256 or not (far < near or far < 1e-9):
                return Judgement(FAIL, f"For {label} the body misses the right side by {far:.3g} after 256 factors ({near:.3g} after 32).", f"{far:.3g}", label)
        return Judgement(PASS, f"The distance falls as log(k)/k for {len(matrices)} matrices.", f"{far:.3g}", samples=tuple({"matrix": label} for label, _ in matrices))

    return name, decide
