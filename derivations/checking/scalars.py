"""Checks of identities between scalars and small matrices, and the suite that an entry carries.

A check decides one statement. It is told the true statement, a mutant, or an instance of either with numbers in place of
the symbols ("claims": the numbers that pages print), and it never knows which.
"""

import random
import time
from dataclasses import dataclass, field
from functools import reduce
from operator import mul
from typing import Callable

from mpmath import mp
from sympy import I, ImmutableMatrix, Integer, Inverse, MatMul, MatrixSymbol, Rational, Symbol, Transpose, expand, expand_trig, eye, powsimp, simplify

from derivations.algebra import scalars as s
from derivations.algebra.terms import Power
from derivations.checking.arithmetic import DIGITS, NoValue
from derivations.checking.evaluate import value
from derivations.checking.verdict import FAIL, INVALID, PASS, UNCHECKED, Judgement, Mutant
from derivations.entry import Number, Statement
from derivations.text import counted


@dataclass(frozen=True)
class Check:
    """A named decision procedure; the entry's own statement is passed only if all its published numbers pass too."""

    name: str
    decide: Callable[[Statement], Judgement]
    statement: Statement
    claims: dict[str, Statement]

    def judge(self, statement):
        began = time.perf_counter()
        parts = [statement, *(self.claims.values() if statement == self.statement else ())]
        found = [(part, self._decided(part)) for part in parts]
        worst = min(found, key=lambda pair: (FAIL, INVALID, UNCHECKED, PASS).index(pair[1].verdict))[1]
        samples = sum((judgement.samples for _, judgement in found), ())
        return Judgement(worst.verdict, worst.detail, worst.worst, worst.where, worst.order, samples, time.perf_counter() - began)

    def _decided(self, statement):
        try:
            with mp.workdps(DIGITS):
                return self.decide(statement)
        except NoValue as reason:
            return Judgement(UNCHECKED, f"{self.name} does not apply: {reason}.")
        except Exception as error:
            return Judgement(UNCHECKED, f"{self.name} broke off with {type(error).__name__}: {error}.")


@dataclass(frozen=True)
class Suite:
    """``deciders`` are (name, function) pairs; ``claims`` the published numbers as statements; ``wrong`` pairs of a name and a statement."""

    deciders: tuple
    wrong: tuple[Mutant, ...]
    claims: dict[str, Statement] = field(default_factory=dict)

    def checks(self, entry):
        return tuple(Check(name, decide, entry.statement, self.claims) for name, decide in self.deciders)

    def mutants(self, entry):
        return self.wrong + tuple(wrong for name, claim in self.claims.items() for wrong in number_mutants(name, claim))


def mutants(statement, **variants):
    """Mutants that differ in the right side: name = wrong right side (underscores in a name are printed as spaces)."""
    return tuple(Mutant(name.replace("_", " "), statement.with_right(wrong)) for name, wrong in variants.items())


def numbers(claims):
    """The published values of an entry: the right sides of its claims."""
    return {name: Number(claim.right.doit()) for name, claim in claims.items()}


def number_mutants(name, claim):
    """A published number changed: by one if it is an integer, in each printed digit and in its exponent, else in its twelfth digit."""
    right = claim.right
    if isinstance(right, s.Digits):
        return digit_mutants(name, claim)
    if right.is_Integer:
        return tuple(Mutant(f"{name}: {right + by} in place of {right}", claim.with_right(right + by)) for by in (-1, 1))
    return (Mutant(f"{name} changed in its twelfth digit", claim.with_right(right * (1 + Rational(1, 10**11)))), Mutant(f"{name} with the wrong sign", claim.with_right(-right)))


def digit_mutants(name, claim):
    digits, exponent = claim.right.digits, claim.right.exponent
    changed = [(f"digit {i + 1} changed", digits[:i] + str((int(d) + 1) % 10 or 1) + digits[i + 1 :], exponent) for i, d in enumerate(digits)]
    return tuple(Mutant(f"{name}: {what}", claim.with_right(s.Digits(new, e))) for what, new, e in changed + [("exponent off by one", digits, exponent + 1)] + [("sign of the exponent", digits, -exponent)] * bool(exponent))


def agreement(name, arithmetic, points, tolerance=0):
    """A decider for ``=``: both sides take the same value at all points (relative difference at most ``tolerance``).

    A difference that is no number, or a side without a value, leaves the statement unchecked.
    """

    def decide(statement):
        if statement.relation != "=":
            raise NoValue(f"it judges equalities, not {statement.relation}")
        used = points if statement.free_symbols or statement.left.atoms(MatrixSymbol) else points[:1]
        worst, samples = 0, []
        for at in used:
            left, right = (value(side, at, arithmetic()) for side in (statement.left, statement.right))
            error = difference(left, right)
            if not error <= tolerance:
                known = error == error
                return Judgement(FAIL if known else UNCHECKED, f"The two sides differ at {shown(at)}." if known else f"The difference at {shown(at)} is not a number.", mp.nstr(mp.mpf(error), 3), shown(at))
            worst = max(worst, error)
            samples.append({"point": shown(at)})
        return Judgement(PASS, f"Both sides agree at {counted(len(samples), 'point')}.", mp.nstr(mp.mpf(worst), 3), samples=tuple(samples))

    return name, decide


def difference(left, right):
    """Relative difference of two values of one kind: largest entry of the difference over the largest entry."""
    rows = [_rows(x) for x in (left, right)]
    pairs = [pair for lines in zip(*rows, strict=True) for pair in zip(*lines, strict=True)]
    gap = max(_modulus(x - y) for x, y in pairs)
    size = max(max(_modulus(x), _modulus(y)) for x, y in pairs)
    return gap / size if gap else gap


def _rows(x):
    """The entries of a matrix of any arithmetic (SymPy domains, mpmath, NumPy), or a number as a 1 x 1 matrix."""
    if hasattr(x, "to_list"):
        return x.to_list()
    return x.tolist() if hasattr(x, "tolist") and getattr(x, "ndim", 2) else [[x]]


def _modulus(x):
    """The modulus of a number of any arithmetic; Gaussian rationals have a real part x and an imaginary part y."""
    return mp.hypot(*(mp.mpf(int(part.numerator)) / int(part.denominator) for part in (x.x, x.y))) if hasattr(x, "y") else abs(x)


def induction(name, known=None):
    """A decider for W^k = ... and W^k v = ...: the right side starts right and one more factor advances it, for symbolic k.

    Matrices without entries become noncommutative symbols; ``known`` = {W v: lambda v} says what a product is. A residue that
    SymPy cannot reduce to zero is evaluated; only a value different from zero is a failure.
    """

    def decide(statement):
        power, *vector = statement.left.args if isinstance(statement.left, MatMul) else (statement.left,)
        if not isinstance(power, Power) or not power.exponent.is_Symbol:
            raise NoValue("there is no power to a symbol on the left side")
        k, right = power.exponent, [_plain(statement.right, power.exponent, count) for count in (Integer(0), power.exponent, power.exponent + 1)]
        factor = _plain(power.base)
        start = _plain(vector[0]) if vector else (eye(factor.shape[0]) if hasattr(factor, "shape") else Integer(1))
        advanced = factor * right[1] if vector else right[1] * factor
        for what, difference_ in (("base", right[0] - start), ("step", advanced - right[2])):
            for residue in difference_ if hasattr(difference_, "shape") else [difference_]:
                residue = _reduced(residue, known or {})
                if residue == 0:
                    continue
                point = {x: Rational(3 + place, 7 + 2 * place) for place, x in enumerate(sorted(residue.free_symbols, key=str))}
                point |= {x: Integer(3) for x in point if x.is_integer}
                left = expand(residue.xreplace(point))
                if not left.is_commutative or abs(left.evalf(30)) > mp.mpf(10) ** -20:
                    return Judgement(FAIL, f"The induction fails at its {what}: {residue} does not vanish.", None, what)
                return Judgement(UNCHECKED, f"The {what} of the induction was not decided: {residue}.")
        return Judgement(PASS, "Base and step hold identically.", "0", samples=({"case": "base"}, {"case": "step"}))

    return name, decide


def _plain(term, k=None, count=None):
    """A term in SymPy's own objects: explicit matrices, and noncommutative symbols for the others; k replaced by a count."""
    if isinstance(term, MatrixSymbol):
        return Symbol(term.name, commutative=False)
    if isinstance(term, ImmutableMatrix):
        return term.applyfunc(lambda x: _plain(x, k, count))
    if isinstance(term, MatMul):
        return reduce(mul, (_plain(x, k, count) for x in term.args))
    if isinstance(term, (Power, Inverse)):
        return _plain(term.args[0]) ** (_plain(term.exponent, k, count) if isinstance(term, Power) else -1)
    if isinstance(term, Transpose):
        return Symbol(f"{term.arg.name}^T", commutative=False)
    return term.doit().subs(k, count) if k else term.doit()


def _reduced(residue, known):
    residue = expand(residue)
    if residue.is_commutative:
        return simplify(expand_trig(residue))
    return powsimp(expand(residue.subs({_plain(old): _plain(new) for old, new in known.items()})), force=True)


def shown(at):
    """A point as a short text."""
    return ", ".join(f"{key} = {v}" for key, v in at.items() if isinstance(key, (str, Symbol)) and not callable(v)) or "the stated numbers"


def rationals(seed, names, count):
    """Points with random rational values, none of them zero, for the named symbols."""
    draw = random.Random(seed)
    tops = [x for x in range(-9, 10) if x]
    return tuple({name: Rational(draw.choice(tops), draw.randint(3, 8)) for name in names} for _ in range(count))


def random_matrix(draw, rows, columns, complex_=False):
    """A matrix of small integers over 4, with imaginary parts if asked for."""
    return ImmutableMatrix(rows, columns, lambda i, j: Rational(draw.randint(-9, 9), 4) + (I * Rational(draw.randint(-9, 9), 4) if complex_ else 0))
