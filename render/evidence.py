"""Records of the verified results, as `python -m derivations verify` leaves them; read only."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from render.paths import Paths, shown
from render.problems import RenderError


@dataclass(frozen=True)
class Evidence:
    """All records in published order, and what was said about the whole run."""

    records: dict[str, dict]
    index: dict


def read(paths: Paths) -> Evidence:
    """Every record, in the order of the index. Raises RenderError where there is nothing to read."""
    index_file = paths.evidence / "index.json"
    if not index_file.exists():
        raise RenderError(
            f"{shown(index_file)} is missing, so no result has evidence yet: run `python -m derivations verify` first."
        )
    index = _json(index_file)
    return Evidence({slug: _json(paths.evidence / f"{slug}.json") for slug in index["order"]}, index)


def _json(file: Path) -> dict:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RenderError(
            f"{shown(file)} is named in the index of the evidence but is missing: run `python -m derivations verify` again."
        ) from None
    except ValueError as error:
        raise RenderError(
            f"{shown(file)} cannot be read ({error}): delete build/evidence and run `python -m derivations verify` again."
        ) from None


def current_hash() -> str:
    """The hash of all code that evidence depends on, as it stands now."""
    from derivations.checking.freshness import code_hash

    return code_hash()


def staleness(evidence: Evidence) -> str | None:
    """A sentence when the code has changed since the evidence was computed, else None."""
    if evidence.index.get("code_hash") == current_hash():
        return None
    return (
        f"the evidence was computed on {evidence.index.get('verified', 'an unknown day')} from other code than derivations/ "
        "holds now, so nothing in it may be published: run `python -m derivations verify` (only what has changed is verified "
        "again), then build again."
    )


def tampered(paths: Paths, evidence: Evidence) -> list[tuple[str, str]]:
    """(file, sentence) of every record that is not as `verify` wrote it."""
    digests = evidence.index.get("digests", {})
    found = []
    for slug in evidence.records:
        file = paths.evidence / f"{slug}.json"
        if hashlib.sha256(file.read_bytes()).hexdigest() != digests.get(slug):
            found.append((shown(file), "this file was changed after it was verified, so it is no evidence: run `python -m derivations verify`, which verifies this result again."))
    return found


def nameless(record: dict) -> list[str]:
    """A sentence for every check, wrong version or place of a record that has no Chinese."""
    from derivations.checking.names import unnamed

    where = {
        "check": "a line in CHECKS of derivations/checking/names.py (its Chinese name, and what it does in both languages)",
        "mutant": "a line in derivations/checking/mutant_names.py",
        "detail": "a pattern in DETAILS of derivations/checking/names.py",
        "place": "a pattern in PLACES of derivations/checking/names.py",
    }
    return [f"the evidence of “{record['slug']}” says “{text}”, which has no Chinese: add {where[kind]}." for kind, text in unnamed(record)]


def refusal(record: dict) -> str | None:
    """Why this record may not stand on a page, as a sentence, or None when it may."""
    if record["verdict"] == "PASS":
        return None
    return (
        f"“{record['slug']}” has the verdict {record['verdict']}, and only PASS is published: "
        f"see `python -m derivations verify {record['slug']}`, then mend {record['source']['file']} "
        f"(line {record['source']['line']})."
    )
