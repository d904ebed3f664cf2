"""Checks of path counts: by factorials, by walking every path, and for products by letters that do not commute."""

from fractions import Fraction
from math import comb

from sympy import Add, Identity, Integer, MatAdd, MatMul, Mul, Pow, Rational, Symbol, expand, sympify

from derivations.algebra import block_paths as p
from derivations.algebra import scalars as s
from derivations.algebra.path_terms import Binomial, SumOver
from derivations.algebra.terms import OrderedProduct, Slot
from derivations.checking.arithmetic import NoValue
from derivations.checking.scalars import shown
from derivations.checking.verdict import FAIL, PASS, Judgement
from derivations.text import counted


def by_formula(points):
    """Binomial coefficients from factorials; paths through a dense network from the powers of its table of connections."""
    return "integer arithmetic", lambda statement: _decided(statement, points, comb, _by_powers)


def by_walking(points):
    """Every number of paths is counted in the network itself, one block or one layer at a time."""
    return "every path, block by block", lambda statement: _decided(statement, points, _crossing, _walked)


def _decided(statement, points, choose, paths):
    if statement.relation != "=":
        raise NoValue(f"it judges equalities, not {statement.relation}")
    used = points if statement.free_symbols else points[:1]
    for at in used:
        left, right = (_number(side, at, choose, paths) for side in (statement.left, statement.right))
        if left != right:
            return Judgement(FAIL, f"It is not so at {shown(at)}.", None, shown(at))
    return Judgement(PASS, f"It holds exactly at {counted(len(used), 'point')}.", "0", samples=tuple({"point": shown(at)} for at in used))


def _number(term, at, choose, paths):
    def number(x, inside=at):
        return _number(x, inside, choose, paths)

    match term:
        case Symbol():
            return number(at[term])
        case Integer() | Rational():
            return Fraction(int(term.p), int(term.q))
        case s.Plus() | Add():
            return sum(map(number, term.args))
        case s.Times() | Mul():
            found = Fraction(1)
            for factor in term.args:
                found *= number(factor)
            return found
        case s.Ratio():
            return number(term.top) / number(term.bottom)
        case Pow():
            return number(term.base) ** int(number(term.exp))
        case Binomial():
            return Fraction(choose(*(int(number(x)) for x in term.args)))
        case SumOver():
            first, last = int(number(term.first)), int(number(term.last))
            return sum((number(term.body, {**at, term.variable: Integer(i)}) for i in range(first, last + 1)), Fraction(0))
        case p.Paths():
            return Fraction(paths(int(number(term.args[0]))))
    raise NoValue(f"{type(term).__name__} has no value in this arithmetic")


def _crossing(blocks, branches):
    """How many ways through ``blocks`` blocks cross exactly ``branches`` of the branches: at every block a path turns off or not."""
    ways = [1]
    for _ in range(blocks):
        ways = [around + through for around, through in zip([*ways, 0], [0, *ways])]
    return ways[branches] if 0 <= branches <= blocks else 0


def _walked(last):
    """Every path from the input 0 to the layer ``last``, followed from connection to connection."""
    waiting, arrived = [0], 0
    while waiting:
        at = waiting.pop()
        arrived += at == last
        waiting.extend(range(at + 1, last + 1))
    return arrived


def _by_powers(last):
    """The entry from 0 to ``last`` of the sum of all powers of the table of connections."""
    row, found = [int(i == 0) for i in range(last + 1)], 0
    for _ in range(last + 1):
        found += row[last]
        row = [sum(row[:i]) for i in range(last + 1)]
    return found


def letters(count, largest):
    """A decider: the product multiplied out in letters that do not commute, one for each block, for 1 to ``largest`` blocks (the symbol ``count``)."""

    def decide(statement):
        for last in range(1, largest + 1):
            left, right = (_letters(side, {count: Integer(last)}) for side in (statement.left, statement.right))
            if expand(left - right) != 0:
                return Judgement(FAIL, f"It is not so at L = {last}.", None, f"L = {last}")
        return Judgement(PASS, f"It holds exactly at {counted(largest, 'point')}.", "0", samples=tuple({"point": f"L = {last}"} for last in range(1, largest + 1)))

    return "letters that do not commute", decide


def _letters(term, at):
    """The term with one letter for each block; ``at`` says what the indices are."""

    def product(factors):
        found = Integer(1)
        for factor in factors:
            found = found * factor
        return found

    def whole(index):
        return int(sympify(index).xreplace(at))

    match term:
        case OrderedProduct():
            return product(_letters(term.body, {**at, term.variable: Integer(i)}) for i in range(whole(term.first), whole(term.last) - 1, -1))
        case p.OverSubsets():
            blocks = range(whole(term.last), whole(term.first) - 1, -1)
            chosen = ([i for place, i in enumerate(blocks) if subset >> place & 1] for subset in range(2 ** len(blocks)))
            return Add(*(product(_letters(term.body, {**at, term.variable: Integer(i)}) for i in subset) for subset in chosen))
        case MatAdd():
            return Add(*(_letters(x, at) for x in term.args))
        case MatMul():
            return product(_letters(x, at) for x in term.args)
        case Identity() | Integer():
            return Integer(1) if isinstance(term, Identity) else term
        case Slot():
            return Symbol(f"{term.name}_{whole(term.index)}", commutative=False)
    raise NoValue(f"{type(term).__name__} has no letter")
