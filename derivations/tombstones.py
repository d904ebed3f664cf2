"""Results that are no longer published. An id and a slug are given once; what is removed stays here with its reason.

    Tombstone("V199", "rnn.linear.grad_h_old", Text("Replaced by a form that …", "改用……的形式"), successor="rnn.linear.grad_h")
"""

from dataclasses import dataclass

from derivations.text import Text


@dataclass(frozen=True)
class Tombstone:
    """A removed result: its id and slug, why it was removed, and the slug of the result to read instead (or None)."""

    id: str
    slug: str
    reason: Text
    successor: str | None = None

    @property
    def sentence(self):
        instead = f" Read {self.successor!r} instead." if self.successor else ""
        return f"{self.slug!r} ({self.id}) was removed: {self.reason.en}{instead}"


TOMBSTONES: tuple[Tombstone, ...] = ()


def buried(name, tombstones=None):
    """The tombstone of an id or slug, or None."""
    return next((stone for stone in (TOMBSTONES if tombstones is None else tombstones) if name in (stone.id, stone.slug)), None)
