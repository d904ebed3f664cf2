"""The evidence on disk: one JSON file per result and an index with their digests. What was changed by hand is not believed."""

import hashlib
import json
import shutil
import tempfile
from datetime import datetime, timezone

from derivations.checking.freshness import code_hash, entry_hash, versions
from derivations.checking.names import named


def read(folder):
    """(index, {slug: record}); only records whose file is as it was written. ({}, {}) where there is no evidence."""
    try:
        index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        digests = index["digests"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}, {}
    return index, {slug: json.loads(content) for slug, content in _intact(folder, digests)}


def _intact(folder, digests):
    for slug, digest in digests.items():
        file = folder / f"{slug}.json"
        if file.is_file() and digest_of(content := file.read_bytes()) == digest:
            yield slug, content


def digest_of(content):
    return hashlib.sha256(content).hexdigest()


def is_current(index, records):
    """All evidence is there, passed, untouched, and of the code that stands here."""
    return bool(records) and index["code_hash"] == code_hash() and list(records) == index["order"] and all(record["verdict"] == "PASS" for record in records.values())


def fresh(records, stands_on):
    """The records that passed and of which nothing that they depend on has changed since; ``stands_on``: {slug: modules}, as it is now."""
    hashes = {topics: entry_hash(topics) for topics in set(stands_on.values())}
    return {slug: records[slug] for slug, topics in stands_on.items() if slug in records and _holds(records[slug], topics, hashes[topics])}


def _holds(record, topics, now_hash):
    return record["verdict"] == "PASS" and record.get("topics") == list(topics) and record["hash"] == now_hash


def finished(record, topics):
    """A fresh record with its names in both languages, and with what it depends on."""
    checks, mutants = named(record["checks"], record["mutants"])
    return record | {"checks": checks, "mutants": mutants, "topics": list(topics), "hash": entry_hash(topics), "versions": versions(), "verified": now()}


def renewed(record, uses, used_by):
    """A record that is kept: its neighbours and its Chinese names may have changed without it."""
    checks, mutants = named(record["checks"], record["mutants"])
    return record | {"checks": checks, "mutants": mutants, "uses": list(uses), "used_by": list(used_by)}


def now():
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def write(folder, records, complete, wall):
    """All evidence at once: a new folder takes the place of the old one, so nothing half-written is left behind.

    ``records`` in published order; ``complete``: all of them are of this code (else the index says of none); ``wall``: seconds
    that verifying everything took.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh, digests = type(folder)(tempfile.mkdtemp(dir=folder.parent, prefix="evidence-")), {}
    for slug, record in records.items():
        content = json.dumps(record, ensure_ascii=False, indent=1).encode()
        (fresh / f"{slug}.json").write_bytes(content)
        digests[slug] = digest_of(content)
    index = {"order": list(records), "code_hash": code_hash() if complete else "", "verified": max(record["verified"] for record in records.values()), "versions": versions(), "totals": totals(records) | {"wall": wall}, "digests": digests}
    (fresh / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=1), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    folder.chmod(0o755)


def totals(records):
    """What the report counts, over all records."""
    mutants = [mutant["verdict"] for record in records.values() for mutant in record["mutants"]]
    return {
        "results": len(records), "passed": sum(record["verdict"] == "PASS" for record in records.values()), "checks": sum(len(record["checks"]) for record in records.values()),
        "samples": sum(len(check["samples"]) for record in records.values() for check in record["checks"]), "mutants": len(mutants), "killed": mutants.count("killed"), "equivalent": mutants.count("equivalent"),
        "seconds": round(sum(record["seconds"] for record in records.values()), 1),
    }  # fmt: skip
