"""What the verbs of the command line share: where the evidence lies, how a result is named, how examples are shown."""

import difflib
import sys
from pathlib import Path

from derivations.catalog import catalog
from derivations.tombstones import buried

EVIDENCE = Path(__file__).resolve().parent.parent / "build" / "evidence"


def chosen(ids):
    """The slugs meant by slugs or ids, all for none; exits with a sentence for an unknown or removed one."""
    known = catalog()
    by_id = {entry.id: slug for slug, entry in known.items()}
    for name in ids:
        if stone := buried(name):
            sys.exit(f"{stone.sentence}")
        if name not in known and name not in by_id:
            near = difflib.get_close_matches(name, [*known, *by_id], 3)
            sys.exit(f"There is no result {name!r}" + (f"; did you mean {', '.join(near)}?" if near else ".") + " `python -m derivations list` shows all.")
    return [by_id.get(name, name) for name in ids] or list(known)


def examples(*lines):
    """The end of a help text."""
    return "examples:\n" + "\n".join(f"  python -m derivations {line}" for line in lines)
