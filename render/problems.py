"""What is wrong with a page, said in whole sentences."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it is, and one or two sentences that say what was written, what is wrong and what to write.

    `line` counts from 1 in the file as the author sees it, front matter included.
    `stale` marks the one kind that a live preview forgives: a translation that waits for its review.
    """

    file: str
    line: int
    sentence: str
    stale: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class RenderError(Exception):
    """A mistake that stops the work; its text is a whole sentence for the person at the keyboard."""


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """A sentence that names the closest known names, or all of them when they are few, or says that there are none."""
    known = sorted(known)
    close = difflib.get_close_matches(written, known, n=3, cutoff=0.5)
    if close:
        return f"Did you mean {' or '.join(f'“{name}”' for name in close)}?"
    if not known:
        return "There are none yet."
    if len(known) <= 8:
        return f"There are: {', '.join(known)}."
    return f"There are {len(known)}, none with a similar name."
