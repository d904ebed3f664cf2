"""The signs of a printed formula, one after another, and the sentence that says where reading failed."""

import re
from dataclasses import dataclass, field

TOKEN = re.compile(r"\\(?:operatorname|mathrm|mathbf|begin|end)\s*\{[^{}]*\}|\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|:=|\S", re.DOTALL)
# Spacing, and the size of a bracket: neither says anything.
UNSEEN = frozenset(r"\, \; \: \! \quad \qquad \left \right \bigl \bigr \Bigl \Bigr \biggl \biggr \displaystyle \limits ~".split()) | {"\\ "}


class Unreadable(ValueError):
    """The LaTeX has no reading; the message is a sentence that quotes the place."""


@dataclass(frozen=True)
class Node:
    """A part of a formula: what it is, its parts, and where it stands in the LaTeX (which two equal parts may differ in)."""

    kind: str
    parts: tuple
    start: int = field(compare=False)
    end: int = field(compare=False)


def quoted(latex, start, end, around=24):
    """The LaTeX from ``start`` to ``end`` in double brackets, with what stands around it."""
    before, after = latex[max(0, start - around) : start], latex[end : end + around]
    return f"{'…' if start > around else ''}{before}⟦{latex[start:end]}⟧{after}{'…' if end + around < len(latex) else ''}"


class Tokens:
    """A formula's tokens with a place in them; the token after the last one is empty."""

    def __init__(self, latex):
        self.latex, self.at = latex, 0
        found = [(re.sub(r"(?<=.)\s", "", match[0]) if "{" in match[0] else match[0], *match.span()) for match in TOKEN.finditer(latex)]
        self.tokens = [token for token in found if token[0] not in UNSEEN] + [("", len(latex), len(latex))]

    @property
    def next(self):
        return self.tokens[self.at][0]

    @property
    def previous(self):
        return self.tokens[self.at - 1][0]

    def refuse(self, reason):
        _, start, end = self.tokens[self.at]
        raise Unreadable(f"The formula cannot be read at  {quoted(self.latex, start, end)} : {reason}.")

    def take(self, wanted, name=None):
        """The next token, which must be ``wanted`` (a token, or a collection of them)."""
        if self.next not in ((wanted,) if isinstance(wanted, str) else wanted):
            self.refuse(f"{name or wanted} is expected here, and {self.next or 'the end'} stands here")
        self.at += 1
        return self.previous

    def skip(self, wanted):
        """Whether the next token is ``wanted``, which is then passed."""
        found = self.next == wanted
        self.at += found
        return found

    def node(self, kind, first, *parts):
        """A node that reaches from the token numbered ``first`` to the one just taken."""
        return Node(kind, parts, self.tokens[first][1], self.tokens[self.at - 1][2])
