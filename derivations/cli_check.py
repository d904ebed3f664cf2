"""The verbs `models` and `check`: look at a formula that somebody wrote. Their input and output; the work is in derivations.formula."""

import argparse
import json
from pathlib import Path

from derivations.formula import judge, names
from derivations.formula.report import Report
from derivations.formula.sentences import FormulaError, phrase
from derivations.formula.targets import target_names
from derivations.models import MODELS

LARGEST_FILE = 200_000
JSON_FORMAT = """`check --json` prints one object, and its keys do not change within one value of "format":
  format 1 · model · target · formula (or null) · file (or null) · verdict "agrees" | "disagrees" | "unchecked" · exit 0 | 1 | 2 ·
  reason {en, zh} or null · first {T, sizes, case} or null · shape {given, wanted} or null (given is null for a number) ·
  worst {row, column, value, true, relative_error} or null, rows and columns from 1, numbers as decimal strings ·
  looks_like [{id, sentence {en, zh}, rewritten or null}] · any_activation true | false | null ·
  samples [{arithmetic "exact" | "extended", T, sizes, worst?, radius?}], the points at which the formula agreed.
"""
LANGUAGE = """The language: Python's notation, interpreted by a whitelist.
  values     the names that `models` lists, T, n, d, q, integers, 1/T, decimals (exact)
  operators  A @ B, A * B (elementwise of equal shapes, or number times matrix), A / number, + -, A.T, v**2 of a column vector
  functions  sum(... for t in range(1, T+1)), prod(... for j in range(k, t, -1)) multiplied from left to right (empty: identity),
             matrix_power(A, k), elementwise_power(A, k), diag(v), outer(a, b), eye(n), I, zeros(n, m), ones(n, m), exp, log, tanh, phi
  conditions a if t < T else b, and for t in range(...) if t > 1
  targets    a letter in the target is free: --gradient 'h[t]' is checked for every t, --gradient 'J[k,t]' for every 0 <= t <= k <= T
  a number plus, minus or divided by a column vector is meant entry by entry (1 - s[t]*s[t]); otherwise nothing is broadcast
  a file     holds one function, def gradient(T, h, dh, n): ..., with assignments, for, if, return, lists and dicts indexed by time
"""
EXAMPLE = """examples:
  python -m derivations check --model linear-rnn --gradient W_hh --formula 'sum(dh[t] @ h[t-1].T for t in range(1, T+1))'
"""


def add_parsers(subparsers):
    """Register the two verbs; each parser sets ``run``, which takes the arguments and returns the exit code."""
    models = subparsers.add_parser("models", help="the models, their variables with shapes, their gradients", formatter_class=argparse.RawDescriptionHelpFormatter,
                                   description="List the models that formulas can be about, with the names to write in a formula.", epilog="examples:\n  python -m derivations models")  # fmt: skip
    models.set_defaults(run=run_models)
    check = subparsers.add_parser("check", help="check your own formula for a gradient", description=check_help(), epilog=LANGUAGE + JSON_FORMAT + EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter)
    check.add_argument("--model", required=True, help="see `python -m derivations models`")
    check.add_argument("--gradient", required=True, metavar="TARGET", help="W_hh, h[t], J[t], J[k,t], dh_dW[t] …: what the formula claims to be")
    given = check.add_mutually_exclusive_group(required=True)
    given.add_argument("--formula", help="an expression, for example 'sum(dh[t] @ h[t-1].T for t in range(1, T+1))'")
    given.add_argument("--file", type=Path, help="a file with one function whose parameters are names of the model")
    check.set_defaults(run=run_check)
    for parser in (models, check):
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
        parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the text")


def check_help():
    return "Exit code 0: agrees. 1: disagrees. 2: cannot be checked. Shapes are strict: a vector is n × 1, and nothing is broadcast."


def run_models(arguments):
    described = [_model(model) for model in MODELS.values()]
    print(json.dumps({"format": 1, "models": described}, ensure_ascii=False, indent=1) if arguments.json else "\n\n".join(_model_text(each, arguments.lang) for each in described))
    return 0


def _model(model):
    words = names.vocabulary(model)
    return {"name": model.name, "title": model.title.as_dict(), "notes": [note.as_dict() for note in model.notes], "targets": target_names(words),
            "names": [{"name": name.written, "kind": name.kind, "shape": name.shape_text or None, "range": name.range_text, "meaning": name.meaning.as_dict()} for name in words.names.values()]}


def _model_text(model, language):
    lines = [f"{model['name']} — {model['title'][language]}", *(f"  {note[language]}" for note in model["notes"])]
    for name in model["names"]:
        lines.append(f"  {name['name']:8} {name['shape'] or '':7} {name['range'] or '':12} {name['meaning'][language]}".rstrip())
    return "\n".join([*lines, f"  --gradient: {', '.join(model['targets'])}"])


def joined(arguments):
    """The command line with a value that begins with a minus sign tied to its option: argparse would take -y[t]/o[t] for one."""
    found = []
    for argument in arguments:
        if found and found[-1] in ("--formula", "--gradient") and argument.startswith("-"):
            found[-1] += f"={argument}"
        else:
            found.append(argument)
    return found


def run_check(arguments):
    try:
        source = _source(arguments.file) if arguments.file else None
        report = judge.check(arguments.model, arguments.gradient, arguments.formula, source, arguments.file and arguments.file.name)
    except FormulaError as error:
        report = Report(arguments.model, arguments.gradient, "unchecked", file=arguments.file.name, reason=error.text)
    print(json.dumps(report.as_dict(), ensure_ascii=False, indent=1) if arguments.json else text(report, arguments.lang))
    return report.exit_code


def _source(file):
    try:
        if not file.is_file():  # a device or a pipe may never end
            raise FormulaError("file", written=str(file), why="no such file" if not file.exists() else "not a regular file")
        if file.stat().st_size > LARGEST_FILE:
            raise FormulaError("file", written=str(file), why=f"> {LARGEST_FILE} bytes")
        return file.read_text(encoding="utf-8-sig")  # editors on Windows put a mark before the text
    except (OSError, ValueError) as error:
        raise FormulaError("file", written=str(file), why=getattr(error, "strerror", None) or "not UTF-8") from None


def text(report, language):
    """A report as lines for a terminal."""
    return "\n".join(getattr(line, language) for line in _lines(report))


def _lines(report):
    if report.verdict == "unchecked":
        yield phrase("unchecked", reason=report.reason)
    else:
        yield phrase(report.verdict, target=report.label, model=report.model)
    if report.verdict == "agrees":
        yield from _agreement(report)
        return
    if report.first:
        if report.shape:
            yield phrase("indented", text=report.reason)
        case = "".join(f", {name} = {value}" for name, value in report.first["case"].items())
        yield phrase("first", T=report.first["T"], sizes=", ".join(f"{name} = {size}" for name, size in report.first["sizes"].items()), case=case)
    if report.worst:
        yield phrase("invisible") if report.worst.is_rounding else phrase("worst", row=report.worst.row, column=report.worst.column,
                                                                                  value=report.worst.value, truth=report.worst.true, error=report.worst.relative_error)
    for found in report.looks_like:
        yield phrase("looks_like", finding=found.text)
    if report.verdict == "disagrees" and not report.looks_like:
        yield phrase("no_finding")


def _agreement(report):
    exact = [str(sample["T"]) for sample in report.samples if sample["arithmetic"] == "exact"]
    yield phrase("exactly", T=", ".join(exact))
    for sample in report.samples:
        if sample["arithmetic"] == "extended":
            yield phrase("extended", T=sample["T"], radius=sample["radius"], error=sample["worst"])
    if report.any_activation is not None:
        yield phrase("any_activation" if report.any_activation else "this_activation", name=MODELS[report.model].function)
    yield phrase("no_proof")
