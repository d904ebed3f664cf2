"""python -m derivations: verify, list, show, mutants, table, graph, models, check."""

import argparse
import difflib
import json
import re
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timezone
from pathlib import Path

from derivations import cli_check
from derivations.catalog import catalog, used_by_steps
from derivations.checking.freshness import code_hash
from derivations.checking.verify import verify
from derivations.record import record, versions

EVIDENCE = Path(__file__).resolve().parent.parent / "build" / "evidence"


def main(arguments=None):
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = argparse.ArgumentParser(prog="python -m derivations", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    cli_check.add_parsers(verbs)
    for name, run, text in (("verify", run_verify, "attack entries and write their evidence; exit 0 only if all PASS"), ("mutants", run_mutants, "the mutants of entries, or of a published error such as P04, and what killed them")):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("ids", nargs="*", metavar="ID", help="slugs or ids; all when left out")
        verb.set_defaults(run=run)
        if name == "verify":
            verb.add_argument("--json", type=Path, metavar="FILE", help="also write all records to one file")
            verb.add_argument("--jobs", type=int, default=2, help="processes (2)")
            verb.add_argument("--again", action="store_true", help="verify even where the evidence is of this code")
    verb = verbs.add_parser("list", help="all results")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=run_list)
    verb = verbs.add_parser("show", help="one result")
    verb.add_argument("id")
    verb.add_argument("--as", dest="form", choices=("latex", "mathml", "sympy", "numpy", "text"), default="text")
    verb.set_defaults(run=run_show)
    verbs.add_parser("table", help="the totals of the last verification as a Markdown table, for the README").set_defaults(run=run_table)
    verbs.add_parser("graph", help="which result uses which, as a DOT graph").set_defaults(run=run_graph)
    options = parser.parse_args(cli_check.joined(sys.argv[1:] if arguments is None else arguments))
    return options.run(options)


def chosen(ids):
    """The slugs meant by slugs or ids; exits with a sentence for an unknown one."""
    known = catalog()
    by_id = {entry.id: slug for slug, entry in known.items()}
    for name in ids:
        if name not in known and name not in by_id:
            near = difflib.get_close_matches(name, [*known, *by_id], 3)
            sys.exit(f"There is no result {name!r}" + (f"; did you mean {', '.join(near)}?" if near else ".") + " `python -m derivations list` shows all.")
    return [by_id.get(name, name) for name in ids] or list(known)


def attacked(slug):
    """The record of one entry, freshly verified."""
    known = catalog()
    users = [other for other, entry in known.items() if slug in used_by_steps(entry)]
    return record(known[slug], verify(known[slug]), users)


def run_verify(options):
    slugs, current, began = chosen(options.ids), code_hash(), time.monotonic()
    if not options.ids and not options.again and not options.json and _fresh(slugs, current):
        print(f"{len(slugs)} results: the evidence is of this code, nothing to verify.")
        return 0
    records = {}
    with ProcessPoolExecutor(max(1, options.jobs)) as pool:
        for place, (slug, found) in enumerate(zip(slugs, pool.map(attacked, slugs)), 1):
            records[slug] = found
            killed = sum(m["verdict"] == "killed" for m in found["mutants"])
            print(f"[{place:3}/{len(slugs)}] {found['verdict']:9} {slug:36} {len(found['checks'])} checks, {killed}/{len(found['mutants'])} mutants killed, {found['seconds']:.1f} s", flush=True)
            for reason in found["reasons"]:
                print(f"          {found['source']['file']}, line {found['source']['line']}: {reason}")
    good = all(found["verdict"] == "PASS" for found in records.values())
    if not options.ids:
        _write(slugs, records, current, time.monotonic() - began)
    if options.json:
        options.json.write_text(json.dumps(list(records.values()), ensure_ascii=False, indent=1), encoding="utf-8")
    print(summary(records))
    return 0 if good else 1


def totals(records):
    mutants = [m["verdict"] for found in records.values() for m in found["mutants"]]
    return {"results": len(records), "passed": sum(f["verdict"] == "PASS" for f in records.values()), "checks": sum(len(f["checks"]) for f in records.values()),
            "samples": sum(len(c["samples"]) for f in records.values() for c in f["checks"]), "mutants": len(mutants), "killed": mutants.count("killed"), "equivalent": mutants.count("equivalent"),
            "seconds": round(sum(f["seconds"] for f in records.values()), 1)}


def summary(records):
    t = totals(records)
    return f"{t['passed']} of {t['results']} results PASS; {t['checks']} checks; {t['killed']} of {t['mutants']} mutants killed, {t['equivalent']} proved equivalent; {t['seconds']} s of work."


def _fresh(slugs, current):
    try:
        index = json.loads((EVIDENCE / "index.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return False
    return index.get("code_hash") == current and index.get("order") == slugs and index["totals"]["passed"] == len(slugs)


def _write(slugs, records, current, wall):
    """All evidence at once: a new folder takes the place of the old one, so nothing half-written is left behind."""
    EVIDENCE.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=EVIDENCE.parent, prefix="evidence-"))
    for slug, found in records.items():
        (fresh / f"{slug}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    index = {"order": slugs, "code_hash": current, "verified": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"), "versions": versions(), "totals": totals(records) | {"wall": round(wall, 1)}}
    (fresh / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=1), encoding="utf-8")
    shutil.rmtree(EVIDENCE, ignore_errors=True)
    fresh.rename(EVIDENCE)
    EVIDENCE.chmod(0o755)


def run_mutants(options):
    """The mutants of entries; for the number of a published error (P04), those that say what it says, beside what is right."""
    alive, errors = 0, {name: _published(name) for name in options.ids if re.fullmatch(r"P\d\d", name)}
    if errors and len(errors) < len(set(options.ids)):
        sys.exit("Ask for published errors (P04) and for results (powers.modulus) one after the other, not together.")
    for name, slugs in errors.items():
        if not slugs:
            sys.exit(f"No mutant carries the published error {name}; if it is a gradient of a model, `python -m derivations check` judges it.")
    slugs = dict.fromkeys(slug for slugs in errors.values() for slug in slugs)
    for slug in slugs or chosen(options.ids):
        found = attacked(slug)
        print(slug if not errors else f"{slug}: {found['title']['en']} · {found['title']['zh']}\n  right      {found['latex']}")
        for mutant in found["mutants"]:
            if errors and mutant["source"] not in errors:
                continue
            alive += mutant["verdict"] == "survived"
            print(f"  {mutant['verdict']:10} {mutant['name']:40} {mutant['by'] or mutant['proof'] or ''}" + (f" at {mutant['where']}" if mutant["where"] else ""))
            if errors:
                print(f"  {mutant['source']:10} {mutant['latex']}")
    return 1 if alive else 0


def _published(error):
    """The slugs of the entries with a mutant that says what a published error says."""
    return [slug for slug, entry in catalog().items() if any(mutant.source == error for mutant in entry.suite.mutants(entry))]


def run_list(options):
    rows = [{"id": e.id, "slug": e.slug, "kind": e.kind, "title": e.title.as_dict()} for e in catalog().values()]
    print(json.dumps(rows, ensure_ascii=False, indent=1) if options.json else "\n".join(f"{r['id']}  {r['slug']:36} {r['kind']:11} {r['title']['en']} · {r['title']['zh']}" for r in rows))
    return 0


def run_show(options):
    from derivations.checking.verify import Outcome

    slug, = chosen([options.id])
    print(record(catalog()[slug], Outcome("UNCHECKED", (), (), (), 0.0), ())[options.form])
    return 0


def run_table(options):
    try:
        index = json.loads((EVIDENCE / "index.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        sys.exit("There is no evidence yet: run `python -m derivations verify` first.")
    t = index["totals"]
    print("| results | PASS | checks | mutants | killed | proved equivalent | wall time | date |\n|---|---|---|---|---|---|---|---|")
    print(f"| {t['results']} | {t['passed']} | {t['checks']} | {t['mutants']} | {t['killed']} | {t['equivalent']} | {t.get('wall', t['seconds'])} s | {index['verified'][:10]} |")
    return 0


def run_graph(options):
    print("digraph results {")
    for slug, entry in catalog().items():
        for used in used_by_steps(entry):
            print(f'  "{used}" -> "{slug}";')
    print("}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
