"""What a wrong formula looks like: hypotheses, each tried exactly at several T, the most telling first.

A finding is reported only if it explains the formula at every point tried; an edit must make the formula agree.
"""

import ast
from dataclasses import dataclass, replace
from fractions import Fraction

from derivations.checking.ops import PRIME
from derivations.formula import language
from derivations.formula.evaluate import Budget
from derivations.formula.judge import WrongShape, agrees_at, some, truth, value_of
from derivations.formula.points import exact_points, point
from derivations.formula.rewrite import edited, edits
from derivations.formula.sentences import FormulaError, finding, snippet
from derivations.text import Text

WORK = 6_000_000  # for all hypotheses together; when it is spent, what was found so far is reported
MOST = 3
SPECIAL = {"symmetric": {"twist": "symmetric"}, "multiple_of_identity": {"twist": "identity"}, "without_phi": {"activation": "identity"}}
TWISTED = ((3, (4, 2, 5)), (4, (2, 3, 5)))


@dataclass(frozen=True)
class Finding:
    """One explanation: its key in FINDINGS, the sentence, and the formula that would agree (None if no edit is meant)."""

    key: str
    text: Text
    rewritten: str | None = None


def diagnosis(program, words, target, place, has_value=True):
    """At most MOST explanations of why ``program`` fails at ``place`` (a point), or else where it happens to agree.

    Without a value at ``place``, only edits that give it the right one everywhere are looked for.
    """
    budget, found = Budget(WORK), []
    for hypothesis in (_proportional, _transposed_result, _parts, _edits, _special_cases) if has_value else (_edits,):
        if len(found) >= MOST or found and hypothesis is _special_cases:
            break
        try:
            found += hypothesis(program, words, target, place, budget)
        except FormulaError as error:
            if error.key == "too_much_work":
                break
        except WrongShape:
            continue
    explained = not has_value or any(each.key not in SPECIAL for each in found)
    return found[:MOST] if explained else found + _first_terms(program, target, words, place)


def _points(words, place):
    """The points at which an explanation has to hold: five small ones, and the one where the formula failed."""
    small = exact_points(words.model.name)[:5]
    return small if not place.exact or place in small else [*small, place]


def _pairs(program, words, target, place, budget):
    """(T, entries of the formula, entries of the truth) at the exact points, all cases of one T together."""
    for at in _points(words, place):
        mine, true = [], []
        for case in some(target.cases(words, at.length), at):
            mine += [x % PRIME for line in value_of(program, at, target, case, budget) for x in line]
            true += [x % PRIME for line in truth(at, target, case[1]).rows for x in line]
        if mine:
            yield at.length, mine, true


def _proportional(program, words, target, place, budget):
    """Zero, a wrong sign, a factor 1/T, any other constant factor."""
    ratios = {}
    for length, mine, true in _pairs(program, words, target, place, budget):
        if not any(mine):
            ratios[length] = 0
            continue
        pivot = next(index for index, value in enumerate(true) if value)
        ratio = mine[pivot] * pow(true[pivot], -1, PRIME) % PRIME
        if any((x - ratio * y) % PRIME for x, y in zip(mine, true)):
            return []
        ratios[length] = ratio
    if not ratios:
        return []
    if not any(ratios.values()):
        return [Finding("zero", finding("zero"))]
    for key, power in (("missing_1_T", 1), ("extra_1_T", -1), ("missing_1_T2", 2), ("extra_1_T2", -2)):
        if all(ratio == pow(length, power, PRIME) for length, ratio in ratios.items()):
            return [Finding(key, finding(key))]
    first, *others = ratios.values()
    if any(other != first for other in others):
        return [Finding("factor_of_T", finding("factor_of_T"))]
    factor = _fraction(first)
    if factor == -1:
        return [Finding("negated", finding("negated"))]
    return [] if factor in (None, 1) else [Finding("factor", finding("factor", factor=str(factor)))]


def _fraction(residue):
    """The fraction with small numerator and denominator that a residue stands for, or None (rational reconstruction)."""
    low, high, before, after = PRIME, residue, 0, 1
    while high > 10**9:
        quotient = low // high
        low, high, before, after = high, low - quotient * high, after, before - quotient * after
    return Fraction(high, after) if 0 < abs(after) < 10**9 else None


def _transposed_result(program, words, target, place, budget):
    if target.shape[0] == target.shape[1] == 1 or program.parameters is not None:
        return []
    tree = program.tree
    whole = tree.value if isinstance(tree, ast.Attribute) else ast.fix_missing_locations(ast.copy_location(ast.Attribute(tree, "T", ast.Load()), tree))
    turned = replace(program, tree=whole)
    return [Finding("transpose", finding("transpose"), turned.text)] if agrees_at(turned, target, _points(words, place), budget) else []


def _parts(program, words, target, place, budget):
    """Whether the formula is only a part of the truth: the immediate effect, one path, the last step."""
    found = []
    for key, text in _part_formulas(words, target):
        part = language.expression(text)
        try:
            same = all(_same(program, part, other, target, words, budget) for other in _points(words, place))
        except (FormulaError, WrongShape):
            continue
        if same:
            return [Finding("part_" + key, finding("part", part=finding(key)))]
    return found


def _same(program, part, place, target, words, budget):
    for case in some(target.cases(words, place.length), place):
        mine, other = (value_of(each, place, target, case, budget) for each in (program, part))
        if any((x - y) % PRIME for line, wanted in zip(mine, other) for x, y in zip(line, wanted)):
            return False
    return True


def _part_formulas(words, target):
    """Parts of the truth, written in the language itself; only for models with a readout o, whose truth is a sum over time."""
    if "do" not in words.names:
        return
    linear = words.slope_of is None
    local, direct = ("dh[{t}]", "W_qh.T @ do[t]") if linear else ("da[{t}]", "(dphi[t] * (V.T @ dz[t]))")
    state, once = words.state, str(words.names["o"].first) == "T"
    last = "T" if once else "1"
    inputs = {"W_hh": f"@ {state}[{{t}}-1].T", "W": f"@ {state}[{{t}}-1].T", "W_hx": "@ x[{t}].T", "U": "@ x[{t}].T", "b": ""}
    if target.kind == "parameter" and target.name in inputs:
        tail = inputs[target.name]
        yield "lag0", f"sum({direct} {tail.format(t='t')} for t in range({last}, T+1))"
        yield "first_step", f"{local.format(t='1')} {tail.format(t='1')}"
        yield "last_step", f"{local.format(t='T')} {tail.format(t='T')}"
    if len(target.letters) == 1 and not once:
        t = target.letters[0]
        if (target.kind, target.name) == ("adjoint", "h"):
            yield "immediate", f"W_qh.T @ do[{t}]"
            yield "next_only", f"W_hh.T @ dh[{t}+1]"
        if (target.kind, target.name) == ("adjoint", "s"):
            yield "immediate", f"V.T @ dz[{t}]"
            yield "next_only", f"W.T @ da[{t}+1]"
        if (target.kind, target.name) == ("adjoint", "a"):
            yield "immediate", f"dphi[{t}] * (V.T @ dz[{t}])"
            yield "next_only", f"dphi[{t}] * (W.T @ da[{t}+1])"
    if target.kind == "tangent" and len(target.letters) == 1:
        t = target.letters[0]
        slope = "{}" if linear else "diag(dphi[{t}]) @ {}"
        yield "lag0", slope.replace("{t}", t).format(f"dW @ {state}[{t}-1]")
        yield "first_step", f"J[{t}, 1] @ " + slope.replace("{t}", "1").format(f"dW @ {state}[0]")


def _edits(program, words, target, place, budget):
    """Edits that make the formula agree everywhere, one of each kind."""
    found = {}
    for edit in edits(program, words, target):
        if edit.key in found:
            continue
        changed = replace(program, tree=edited(program.tree, edit))
        if agrees_at(changed, target, [place] if place.exact and place.length < 40 else _points(words, place)[2:3], budget) and agrees_at(changed, target, _points(words, place), budget):
            said = finding("edit_line" if program.file else "edit", what=finding(edit.key, **dict(edit.fields)), before=snippet(edit.before),
                           after=snippet(edit.after), line=edit.before.lineno)
            found[edit.key] = Finding(edit.key, said, changed.text)
            if len(found) == MOST:
                break
    return list(found.values())


def _special_cases(program, words, target, place, budget):
    """Agreement only where the recurrent weights are symmetric, or a multiple of the identity, or where phi' = 1."""
    found = []
    for key, changes in SPECIAL.items():
        if key == "without_phi" and words.slope_of is None or key == "multiple_of_identity" and found:
            continue
        special = [point(words.model.name, length, sizes, **changes) for length, sizes in TWISTED]
        if agrees_at(program, target, special, budget):
            found.append(Finding(key, finding(key, name=words.recurrent)))
    return found


def _first_terms(program, target, words, place):
    found = []
    if any(isinstance(node, ast.Name) and node.id == "elementwise_power" for node in ast.walk(program.tree)):
        found.append(Finding("elementwise_power", finding("elementwise_power")))
    if place.exact and place.length >= 2 and target.cases(words, place.length - 1):
        found.append(Finding("first_terms", finding("first_terms" if place.length > 2 else "first_term", T=place.length - 1)))
    return found
