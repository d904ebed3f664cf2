"""One record per result, as JSON: build/evidence/SLUG.json, `show ID --json`, `verify --json FILE` (a list of records).

  id, slug, kind, title {en, zh}          the permanent short id, the readable one, what kind of result, its title
  verdict                                 PASS | FAIL | UNCHECKED | INVALID; only PASS is published; reasons [sentence] why not
  rung                                    defined | cited | measured | numeric | exact | intervals | symbolic | proved: how far the result is established
  limits [{en, zh}]                       what is not verified
  latex, lhs_latex, mathml, text          the statement; lhs_latex is its left side
  sympy, numpy                            the statement as a program that runs as it is copied, or null where there is none
  formula                                 the right side as `check --formula` reads it, or null
  symbols [{latex, shape, meaning}]       shape as LaTeX, "" for a number
  domain [{latex}], assumptions [{en, zh}]
  steps [{latex, reason {en, zh}, uses}]  the derivation, line by line
  model, uses [slug], used_by [slug]      the model it is about, or null; the results it uses, read off the derivation
  sources [key], source {file, line}      keys of docs/references.toml; where the result is written
  values {name: {exact, decimal}}         checked numbers; decimal is a string with all digits that are proved
  checks [{name {en, zh}, did {en, zh}, verdict, detail {en, zh}, samples, worst, where {en, zh}, order, seconds}]
                                          samples: at most twelve points; worst: largest relative error as a string;
                                          order: observed order of convergence, or null
  mutants [{name {en, zh}, verdict, by {en, zh}, where {en, zh}, proof {en, zh}, invalid_at, latex, text, source}]
                                          killed | equivalent (with its proof) | invalid | survived; by: the check that rejected it;
                                          invalid_at: points where it has the value of the truth and was sampled again
  topics [module], hash, versions         what the evidence depends on: the modules of the topics that the result stands on, the
                                          SHA-256 of all files they import and of the versions of Python and the libraries
  seeds, seconds, verified                seconds of work; the moment of the verification (UTC)

build/evidence/index.json holds order [slug], code_hash (of everything that any evidence depends on; "" while some of it is
missing), digests {slug: SHA-256 of its file}, totals, versions and the moment of the last verification.
"""

import sympy
from sympy import MatrixSymbol, oo, sympify

from derivations.algebra import terms as a
from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms of scalars)
from derivations.algebra.pycode import NoCode, code
from derivations.algebra.snippets import numpy_program, sympy_program
from derivations.algebra.typeset import latex, to_mathml
from derivations.rungs import rung


def record(entry, outcome, uses=(), used_by=()):
    """The record of one entry; names of checks and mutants are still English here (see derivations.checking.store)."""
    samples = [sample for _, judgement in outcome.judgements for sample in judgement.samples]
    return {
        "id": entry.id, "slug": entry.slug, "kind": entry.kind, "title": entry.title.as_dict(), "verdict": outcome.verdict, "rung": rung(entry.kind, [check.name for check, _ in outcome.judgements]),
        "limits": [text.as_dict() for text in entry.limits], "latex": latex(entry.statement.sides), "lhs_latex": latex(entry.statement.left),
        "mathml": to_mathml(entry.statement.sides), **_spellings(entry), "symbols": _symbols(entry), "domain": [{"latex": _domain(r)} for r in entry.domain],
        "assumptions": [text.as_dict() for text in entry.assumptions], "steps": [{"latex": latex(step.statement.sides), "reason": step.reason.as_dict(), "uses": list(step.uses)} for step in entry.steps],
        "model": entry.model.name if entry.model else None, "uses": list(uses), "used_by": list(used_by), "sources": list(entry.sources),
        "source": {"file": entry.origin[0], "line": entry.origin[1]}, "values": {name: _number(number) for name, number in entry.values.items()},
        "checks": [_check(check, judgement) for check, judgement in outcome.judgements], "mutants": [_mutant(fate) for fate in outcome.fates],
        "reasons": list(outcome.reasons), "seeds": sorted({sample["T"] for sample in samples if isinstance(sample.get("T"), int)}), "seconds": round(outcome.seconds, 3),
    }  # fmt: skip


def _spellings(entry):
    """The statement as a program in SymPy and in NumPy, its right side in the language of `check` (None where there is none), and as plain text."""
    try:
        formula = code(entry.statement.right) if entry.model else None
    except NoCode:
        formula = None
    return {"sympy": sympy_program(entry), "numpy": numpy_program(entry), "formula": formula, "text": " ".join(str(side) for side in entry.statement.sides)}


def _symbols(entry):
    found = []
    if entry.model:
        nodes = [node for side in (entry.statement.left, entry.statement.right) for node in _leaves(side)]
        used = [variable for variable in entry.model.variables if any(_means(variable, node) for node in nodes)]
        found = [{"latex": latex(v.term), "shape": _shape(v.term.shape), "meaning": v.meaning.as_dict()} for v in used]
        sizes = set().union(*(v.term.shape for v in used))
        found += [{"latex": latex(size), "shape": "", "meaning": meaning.as_dict()} for size, meaning in entry.model.sizes.items() if size in sizes]
    return found + [{"latex": latex(d.term), "shape": "" if d.shape == (1, 1) else _shape(d.shape), "meaning": d.meaning.as_dict()} for d in entry.declared]


def _leaves(side):
    """The quantities in a term, those that something is differentiated by included."""
    return [node for node in a.walk(side) if isinstance(node, (a.Slot, MatrixSymbol)) and node.name != "L"]


def _means(variable, node):
    """Whether a declared variable stands behind a quantity; an initial state, only where an index can reach it."""
    if node.name != variable.name:
        return False
    start = variable.is_family and variable.first == variable.last and variable.first == 0
    return not start or node == variable.term or node.index.as_coeff_Add()[0] < 0


def _shape(shape):
    return r" \times ".join(latex(sympify(side)) for side in shape)


def _domain(r):
    return f"{latex(r.variable)} \\ge {latex(sympify(r.first))}" if r.last == oo else f"{latex(sympify(r.first))} \\le {latex(r.variable)} \\le {latex(sympify(r.last))}"


def _number(number):
    value = number.value
    decimal = str(value) if getattr(value, "is_Integer", False) else str(sympy.N(value.doit(), number.digits + 15))
    return {"exact": str(value), "decimal": decimal}


def _check(check, judgement):
    return {"name": check.name, "verdict": judgement.verdict, "samples": [_plain(sample) for sample in judgement.samples][:12], "worst": judgement.worst, "where": judgement.where, "order": judgement.order,
            "detail": judgement.detail, "seconds": round(judgement.seconds, 4)}


def _plain(sample):
    return {str(key): _plain(value) if isinstance(value, dict) else value if isinstance(value, (int, str)) else str(value) for key, value in sample.items()}


def _mutant(fate):
    statement = fate.mutant.statement
    return {"name": fate.mutant.name, "text": "", "latex": latex(statement.sides), "verdict": fate.verdict, "by": fate.by, "where": fate.where, "proof": fate.proof, "invalid_at": list(fate.invalid_at), "source": fate.mutant.source}
