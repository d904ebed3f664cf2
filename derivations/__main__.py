"""python -m derivations: verify, list, show, mutants, table, graph, models, check, program."""

import argparse
import json
import signal
import sys
import traceback
from pathlib import Path

from derivations import cli_check, cli_verify
from derivations import record as records
from derivations.algebra.numpy_terms import FUNCTIONS, NoProgram
from derivations.algebra.program import program
from derivations.catalog import TOPICS, catalog, used
from derivations.checking import store
from derivations.checking.verify import Outcome
from derivations.cli_words import EVIDENCE, chosen, examples
from derivations.models import MODELS
from derivations.text import IllFormed

FORMS = ("latex", "mathml", "sympy", "numpy", "text")


def main(arguments=None):
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = argparse.ArgumentParser(prog="python -m derivations", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, epilog=examples("VERB --help", "verify", "show rnn.linear.grad_W_hh --as latex"))
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    cli_check.add_parsers(verbs)
    cli_verify.add_parsers(verbs)
    verb = _verb(verbs, "list", run_list, "all results: id, slug, kind and title", "list", "list --json")
    verb.add_argument("--json", action="store_true", help="as a JSON list of {id, slug, kind, title: {en, zh}}")
    verb = _verb(verbs, "show", run_show, "one result, as text or in another form; nothing is verified", "show rnn.linear.grad_W_hh", "show V110 --as latex", "show V110 --json", more="\n\n" + records.__doc__)
    verb.add_argument("id", metavar="ID", help="slug or id")
    verb.add_argument("--as", dest="form", choices=FORMS, default="text", help="the form of the statement (text)")
    verb.add_argument("--json", action="store_true", help="the whole record of the last verification")
    verb = _verb(verbs, "program", run_program, "a whole network as a NumPy program: its forward pass, and the backward pass derived from it", "program lstm", "program residual --phi relu > residual.py")
    verb.add_argument("model", choices=list(MODELS), metavar="MODEL", help="one of those that `models` lists")
    verb.add_argument("--phi", choices=list(FUNCTIONS), default="tanh", help="the activation of a network that leaves it open (tanh)")
    _verb(verbs, "table", run_table, "the totals of the last verification as a Markdown table, for the README", "table")
    _verb(verbs, "graph", run_graph, "which result uses which, as a DOT graph", "graph | dot -Tsvg > results.svg")
    options = parser.parse_args(cli_check.joined(sys.argv[1:] if arguments is None else arguments))
    try:
        return options.run(options)
    except IllFormed as error:
        sys.exit(f"{_written_at(error)}{error}")


def _written_at(error):
    """"derivations/topic.py, line 7: " of the line in a topic that wrote what the error is about; nothing where the message says it."""
    places = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    topics = [f"derivations/{file.name}, line {line}: " for file, line in places if f"derivations.{file.stem}" in {topic.__name__ for topic in TOPICS}]
    return topics[-1] if topics else ""


def _verb(verbs, name, run, text, *lines, more=""):
    verb = verbs.add_parser(name, help=text, description=text[0].upper() + text[1:] + "." + more, formatter_class=argparse.RawDescriptionHelpFormatter, epilog=examples(*lines))
    verb.set_defaults(run=run)
    return verb


def run_list(options):
    rows = [{"id": e.id, "slug": e.slug, "kind": e.kind, "title": e.title.as_dict()} for e in catalog().values()]
    print(json.dumps(rows, ensure_ascii=False, indent=1) if options.json else "\n".join(f"{r['id']}  {r['slug']:36} {r['kind']:11} {r['title']['en']} · {r['title']['zh']}" for r in rows))
    return 0


def run_show(options):
    slug, = chosen([options.id])
    if options.json:
        kept = store.read(EVIDENCE)[1].get(slug)
        if kept is None:
            sys.exit(f"There is no evidence of {slug!r} yet, or it was changed by hand: run `python -m derivations verify {slug}` first.")
        print(json.dumps(kept, ensure_ascii=False, indent=1))
        return 0
    said = records.record(catalog()[slug], Outcome("UNCHECKED", (), (), (), 0.0))[options.form]
    if said is None:
        sys.exit(f"{slug!r} has no {options.form} form.")
    print(said)
    return 0


def run_program(options):
    try:
        print(program(MODELS[options.model], options.phi), end="")
    except (NoProgram, ValueError) as reason:
        sys.exit(f"The network {options.model!r} has no NumPy program yet: {reason}")
    return 0


def run_table(options):
    index, _ = store.read(EVIDENCE)
    if not index:
        sys.exit("There is no evidence yet: run `python -m derivations verify` first.")
    t = index["totals"]
    print("| results | PASS | checks | mutants | killed | proved equivalent | wall time | date |\n|---|---|---|---|---|---|---|---|")
    print(f"| {t['results']} | {t['passed']} | {t['checks']} | {t['mutants']} | {t['killed']} | {t['equivalent']} | {t['wall']} s | {index['verified'][:10]} |")
    return 0


def run_graph(options):
    print("digraph results {")
    for slug, uses in used().items():
        for one in uses:
            print(f'  "{one}" -> "{slug}";')
    print("}")
    return 0


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # `… | head` ends the output early, which is no error
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
