"""`python -m derivations verify` and `mutants`: attack results, keep the evidence that still holds, show how far it is."""

import argparse
import json
import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from derivations.catalog import catalog, stands_on, used
from derivations.checking import store
from derivations.checking.verify import verify
from derivations.cli_words import EVIDENCE, chosen, examples
from derivations.record import record

VERIFY = """Attack results and write their evidence to build/evidence. A result is attacked again only if something that its
evidence depends on has changed: its topic's file, a module that this imports, a result that it uses, the versions of Python
and the libraries. Named results are always attacked. Exit code 0 only if all of them PASS."""


def add_parsers(verbs):
    verb = verbs.add_parser("verify", help="attack results and write their evidence; exit 0 only if all PASS", description=VERIFY,
                            formatter_class=argparse.RawDescriptionHelpFormatter, epilog=examples("verify", "verify rnn.linear.grad_W_hh V110", "verify --again --jobs 4", "verify --json evidence.json"))  # fmt: skip
    verb.add_argument("ids", nargs="*", metavar="ID", help="slugs or ids; all when left out")
    verb.add_argument("--json", type=Path, metavar="FILE", help="also write the records to one file, as a list (the fields: `python -m derivations show --help`)")
    verb.add_argument("--jobs", type=int, default=2, help="processes (2)")
    verb.add_argument("--again", action="store_true", help="attack also what has not changed")
    verb.set_defaults(run=run_verify)
    verb = verbs.add_parser("mutants", help="the wrong versions of results and what rejected them", formatter_class=argparse.RawDescriptionHelpFormatter,
                            description="Attack results and list their wrong versions (mutants), each with the check that rejected it; or those that say what a published error says. Exit code 1 if one survived.", epilog=examples("mutants rnn.linear.grad_W_hh", "mutants P04"))  # fmt: skip
    verb.add_argument("ids", nargs="*", metavar="ID", help="slugs or ids, or published errors such as P04; all results when left out")
    verb.set_defaults(run=run_mutants)


def attacked(slug):
    """The record of one result, freshly verified."""
    known, uses = catalog(), used()
    made = record(known[slug], verify(known[slug]), uses[slug], _users(slug))
    return store.finished(made, stands_on()[slug])


def _users(slug):
    return [other for other, uses in used().items() if slug in uses]


def run_verify(options):
    slugs, began = chosen(options.ids), time.monotonic()
    index, records = store.read(EVIDENCE)
    if not options.ids and not options.again and store.is_current(index, records):
        _export(options.json, records.values())
        print(f"{len(records)} results: the evidence is of this code, nothing to verify.")
        return 0
    kept = {} if options.again and not options.ids else store.fresh(records, stands_on())
    todo = [slug for slug in slugs if options.ids or slug not in kept]
    made = {}
    with ProcessPoolExecutor(max(1, options.jobs)) as pool:
        for place, (slug, found) in enumerate(zip(todo, _watched(pool.map(attacked, todo), todo)), 1):
            made[slug] = found
            print("\n".join(_lines(place, len(todo), found)), flush=True)
    kept = {slug: store.renewed(found, used()[slug], _users(slug)) for slug, found in kept.items()}
    everything = {slug: made.get(slug) or kept.get(slug) or records[slug] for slug in catalog() if slug in made or slug in kept or slug in records}
    wall = round(time.monotonic() - began, 1) if len(made) == len(everything) else index.get("totals", {}).get("wall", 0.0)
    store.write(EVIDENCE, everything, all(slug in made or slug in kept for slug in catalog()), wall)
    asked = {slug: everything[slug] for slug in slugs}
    _export(options.json, asked.values())
    print(summary(asked) + (f" {len(asked) - len(made)} were kept: nothing that they depend on has changed." if len(made) < len(asked) else ""))
    return 0 if all(found["verdict"] == "PASS" for found in asked.values()) else 1


def _lines(place, count, found):
    """What is printed about one result."""
    killed = sum(mutant["verdict"] == "killed" for mutant in found["mutants"])
    yield f"[{place:3}/{count}] {found['verdict']:9} {found['slug']:36} {len(found['checks'])} checks, {killed}/{len(found['mutants'])} mutants killed, {found['seconds']:.1f} s"
    yield from (f"          {found['source']['file']}, line {found['source']['line']}: {reason}" for reason in found["reasons"])


def _watched(results, slugs):
    """The results as they come, with a bar on standard error while one waits, where that is a terminal."""
    if not sys.stderr.isatty():
        yield from results
        return
    for done, slug in enumerate(slugs):
        filled = 30 * done // len(slugs)
        sys.stderr.write(f"\r\x1b[K[{'#' * filled}{'.' * (30 - filled)}] {done}/{len(slugs)} {slug}")
        sys.stderr.flush()
        found = next(results)
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
        yield found


def _export(file, records):
    if file:
        file.write_text(json.dumps(list(records), ensure_ascii=False, indent=1), encoding="utf-8")


def summary(records):
    t = store.totals(records)
    return f"{t['passed']} of {t['results']} results PASS; {t['checks']} checks; {t['killed']} of {t['mutants']} mutants killed, {t['equivalent']} proved equivalent; {t['seconds']} s of work."


def run_mutants(options):
    alive, errors = 0, {name: _published(name) for name in options.ids if re.fullmatch(r"P\d\d", name)}
    if errors and len(errors) < len(set(options.ids)):
        sys.exit("Ask for published errors (P04) and for results (powers.modulus) one after the other, not together.")
    for name, slugs in errors.items():
        if not slugs:
            sys.exit(f"No mutant carries the published error {name}; if it is a gradient of a model, `python -m derivations check` judges it.")
    for slug in dict.fromkeys(slug for slugs in errors.values() for slug in slugs) or chosen(options.ids):
        found = attacked(slug)
        print(slug if not errors else f"{slug}: {found['title']['en']} · {found['title']['zh']}\n  right      {found['latex']}")
        for mutant in found["mutants"]:
            if errors and mutant["source"] not in errors:
                continue
            alive += mutant["verdict"] == "survived"
            name, by, where, proof = ((mutant[key] or {}).get("en", "") for key in ("name", "by", "where", "proof"))
            print(f"  {mutant['verdict']:10} {name:40} {by or proof}" + (f" at {where}" if where else ""))
            if errors:
                print(f"  {mutant['source']:10} {mutant['latex']}")
    return 1 if alive else 0


def _published(error):
    """The slugs of the results with a mutant that says what a published error says."""
    return [slug for slug, entry in catalog().items() if any(mutant.source == error for mutant in entry.suite.mutants(entry))]
