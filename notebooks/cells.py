"""A result as the code of its cells: its own program against what is measured, one of its wrong versions, the site's checks."""

import json
import re
from functools import lru_cache
from types import SimpleNamespace

import numpy as np
from sympy import MatrixSymbol

from derivations.algebra import terms as a
from derivations.algebra.scalars import Digits
from derivations.algebra.snippets import numpy_program
from derivations.checking.gradients import ModelSuite
from notebooks.lab import Network, error

# What people really get wrong, most telling first; "sign" is always there.
TELLING = ("order reversed", "transpose dropped", r".* read at .*", r"factors . and . exchanged", "derivative dropped", "last index T - 1", "first index 2", r"term . dropped", r"factor . dropped", "sign")
_CHOSEN = re.compile(r"\w = \d+  # ")
LIVE_RELATIONS = {"<=": "<=", "<": "<"}


def runs(entry, record):
    """Whether a result has a program that can be compared with something."""
    return _has_sides(entry, record) if entry.model is None else _has_measurement(entry, record)


def _has_sides(entry, record):
    return "left = " in (record["numpy"] or "") and entry.statement.relation in ("=", *LIVE_RELATIONS)


def _has_measurement(entry, record):
    if not record["numpy"] or type(entry.suite) is not ModelSuite or not entry.suite.numeric or entry.suite.lengths or _left(entry.statement.left) is None:
        return False
    return _values(entry.model.name, _names(_parted(record["numpy"])[0])[0]) is not None


def program(entry, record, known, told):
    """The cell that computes a result and compares it, or None where it has no such program.

    ``known`` are the helpers that earlier cells define and ``told`` the wrong versions that they showed; both grow.
    """
    if not runs(entry, record):
        return None
    return _sides(entry, record["numpy"], known) if entry.model is None else _measured(entry, record, known, told)


def _sides(entry, text, known):
    """A statement about numbers: both sides, equal or in the order that it says."""
    body = text.split("\n\n", 1)[1].rstrip().splitlines()
    relation = entry.statement.relation
    exact = isinstance(entry.statement.right, Digits)  # a constant given to so many digits
    equal = f"agree(left, right, 1e{1 - len(entry.statement.right.digits)})" if exact else "same(left, right)"
    verdict = equal if relation == "=" else f"holds(np.all(left {LIVE_RELATIONS[relation]} right))"
    return "\n".join([*_fresh(body[:-1], known), "print(left, right)", verdict])


def _measured(entry, record, known, told):
    """A statement about a network: the right side in NumPy against its left side, measured."""
    left = _left(entry.statement.left)
    given, right = _parted(record["numpy"])
    names, kept = _names(given)
    values = ", ".join(f'net["{name}"]' for name in names)
    lines = [f"{', '.join(names)} = {values}"] if names else []
    lines += [*_fresh(kept, known), "", right, f"agree({left}, right)"]
    if wrong := _wrong(entry, record, names, told):
        name, helpers, text = wrong
        lines += ["", f"# {name['en']} · {name['zh']}", *_fresh(helpers, known), text, f"differ({left}, wrong)"]
    return "\n".join(lines)


def _left(term):
    """The measurement that the left side stands for; None where it is no single quantity."""
    if isinstance(term, a.Grad):
        return f"net.gradient({_member(term.of)})"
    if isinstance(term, a.Jac):
        return f"net.jacobian({_member(term.num)}, {_member(term.den)})"
    if isinstance(term, a.Slot):
        return f'net["{term.name}"][{term.index}]'
    return f'net["{term.name}"]' if isinstance(term, MatrixSymbol) else None


def _member(term):
    return f'"{term.name}", {term.index}' if isinstance(term, a.Slot) else f'"{term.name}"'


def _parted(text):
    """(lines that define what is used, the line that computes)."""
    lines = [line for line in text.split("\n\n", 1)[1].splitlines() if line]
    return [line for line in lines if not line.startswith(("left = ", "right = ", "print("))], next((line for line in lines if line.startswith("right = ")), "")


def _names(given):
    """(names that a network has, lines that stay: chosen time steps and helper functions)."""
    names, kept = [], []
    for line in given:
        target = line.split(" = ")[0]
        if "any length" in line or "any sizes" in line or "rng." in line.split("#")[0]:
            names += target.split(", ")
        elif not line.startswith("rng = "):
            kept.append(line)
    if len(chosen := [place for place, line in enumerate(kept) if _CHOSEN.match(line)]) == 2:  # the outer one late, so that there is room between them
        kept[chosen[1]] = re.sub(r"= \d+", "= 4", kept[chosen[1]])
    return names, kept


@lru_cache(maxsize=None)
def network(model):
    return Network(model)


def _values(model, names):
    """{name: its value in the network that the notebook draws}; None where it has no such name."""
    try:
        return {name: network(model)[name] for name in names}
    except KeyError:
        return None


def _fresh(lines, known):
    """The lines without helper functions that an earlier cell has defined."""
    shown = [line for line in lines if line not in known]
    known |= {line for line in lines if "lambda" in line or line.startswith(("phi = ", "sigmoid = "))}
    return shown


def _wrong(entry, record, names, told):
    """(name, helper lines, "wrong = …") of the most telling wrong version that no earlier cell has shown."""
    killed = {one["name"]["en"]: one["name"] for one in record["mutants"] if one["verdict"] == "killed"}
    mutants = {mutant.name: mutant for mutant in entry.suite.mutants(entry) if mutant.name in killed}
    ranked = sorted(mutants, key=lambda name: (mutants[name].source is None, name in told, _rank(name)))
    for name in ranked:
        if _rank(name) == len(TELLING) and mutants[name].source is None:
            break
        text = numpy_program(SimpleNamespace(slug=entry.slug, statement=mutants[name].statement, model=entry.model, suite=entry.suite, domain=entry.domain))
        if text is None:
            continue
        given, right = _parted(text)
        needed, kept = _names(given)
        wrong = right.replace("right = ", "wrong = ", 1)
        if set(needed) <= set(names) and _visible(entry.model.name, names, [*_names(_parted(record["numpy"])[0])[1], *kept], _parted(record["numpy"])[1], wrong):
            told.add(name)
            return killed[name], [line for line in kept if line not in _parted(record["numpy"])[0] and not _CHOSEN.match(line)], wrong
    return None


def _visible(model, names, lines, right, wrong):
    """Whether the wrong version has a value here that is not that of the right one (some equal it at single time steps)."""
    space = {"np": np, **_values(model, names)}
    try:
        exec("\n".join([*lines, right, wrong]), space)  # our own text, written by derivations.algebra.snippets
    except (KeyError, ValueError):
        return False
    return np.shape(space["right"]) != np.shape(space["wrong"]) or error(space["right"], space["wrong"]) > 1e-4


def _rank(name):
    return next((place for place, pattern in enumerate(TELLING) if re.fullmatch(pattern, name)), len(TELLING))


def checks(record, in_full, told):
    """The cell that runs the site's checks on a result (``in_full``), and a wrong version that the first one rejects, not yet ``told`` if there is one."""
    first = record["checks"][0]["name"]["en"]
    names = [one["name"]["en"] for one in record["mutants"] if one["verdict"] == "killed" and one["by"]["en"] == first]
    lines = [f'verified("{record["slug"]}")'] if in_full else []
    if names:
        name = min(names, key=lambda name: (name in told, _rank(name)))
        told.add(name)
        lines.append(f'rejected("{record["slug"]}", {json.dumps(name)})')
    return "\n".join(lines) or None
