"""Is the evidence about the code that stands here now? A hash over every module of the derivations."""

import hashlib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent


def code_hash():
    """SHA-256 over the names and bytes of derivations/**/*.py, in order."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*.py")):
        digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
