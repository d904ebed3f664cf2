"""Records of the verified results, as `python -m derivations verify` leaves them; read only."""

import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from render.paths import PROJECT, Paths, shown
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


@functools.cache
def _own_hash(directory: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(directory.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def current_hash() -> str:
    """The hash of the derivations' code as it stands now."""
    try:
        from derivations.checking.freshness import code_hash
    except ImportError:
        return _own_hash(PROJECT / "derivations")
    return code_hash()


def staleness(evidence: Evidence) -> str | None:
    """A sentence when the code has changed since the evidence was computed, else None."""
    if evidence.index.get("code_hash") == current_hash():
        return None
    return (
        f"the evidence was computed on {evidence.index.get('verified', 'an unknown day')} from other code than derivations/ "
        "holds now, so nothing in it may be published: run `python -m derivations verify`, then build again."
    )


def refusal(record: dict) -> str | None:
    """Why this record may not stand on a page, as a sentence, or None when it may."""
    if record["verdict"] == "PASS":
        return None
    return (
        f"“{record['slug']}” has the verdict {record['verdict']}, and only PASS is published: "
        f"see `python -m derivations verify {record['slug']}`, then mend {record['source']['file']} "
        f"(line {record['source']['line']})."
    )
