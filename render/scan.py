"""One reading of a page's Markdown, shared by everything that must agree about it: rendering, checks and parity.

Code comes out first (nothing inside it means anything here), then typed mathematics, then `{…}` directives, headings
and links. Offsets are into the body, lines are the author's.
"""

import re
from dataclasses import dataclass

NAMES_A_RESULT = ("eq", "ref", "math", "num")
DIRECTIVES = {"eq": 1, "ref": 1, "math": 1, "num": (2, 3), "fig": 1, "cite": 1, "results": 0, "verification": 0, "map": 0, "glossary": 0, "bibliography": 0, "claims": 0,
              "graph": 0, "errata": 0, "changelog": 0, "translation": 0, "citing": (1, 2), "notebooks": 0}
ALONE = ("eq", "results", "verification", "map", "glossary", "bibliography", "claims", "graph", "errata", "changelog", "translation", "citing", "notebooks")

_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[ \t]*([^`\n]*)$", re.MULTILINE)
_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)((?:[^\n]|\n(?![ \t]*\n))+?)(?<!`)\1(?!`)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TEX = re.compile(r"(?<!\\)\$((?:[^$\n\\]|\\.|\n(?![ \t]*\n))+)\$")
_DISPLAY = re.compile(
    r"\$\$.*?\$\$|\\\[.*?\\\]|\\\(.*?\\\)|\\begin\{([a-z]+\*?)\}.*?\\end\{\1\}|\$\$|\\[\[\](]|\\begin\{", re.DOTALL
)
_DIRECTIVE = re.compile(r"\{([A-Za-z][\w-]*)((?:[ \t]+[^\s{}]+)*)[ \t]*\}")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_HEADING_ID = re.compile(r"\{[^}]*#([^\s}]+)[^}]*\}")
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(\s*<?([^)\s>]*)>?(?:\s+\"[^\"]*\")?\s*\)|<(https?://[^>\s]+)>")
_DEFINITION = re.compile(r"^[ \t]*\[([^\]]+)\]:[ \t]*(\S+).*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{[:#. ][^{}\n]*\}")
_BLOCK_TITLE = re.compile(r"^([ \t]*(?:!!!|\?\?\?\+?|===)[+!]?[ \t]*[\w -]*)\"(.*)\"[ \t]*$", re.MULTILINE)
_HTML_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True)
class Item:
    """One thing that a page names. `kind` is a directive's name, or tex, display, dollar, heading, code or link.

    `text` is what the author wrote; `args` are a directive's words, a heading's level and id, a link's destination.
    """

    kind: str
    text: str
    args: tuple[str, ...]
    start: int
    end: int
    line: int


@dataclass(frozen=True)
class Scan:
    """What one body holds: its items in order, and `prose`, the body with everything that is not prose blanked out."""

    items: tuple[Item, ...]
    prose: str

    def of(self, *kinds: str) -> list[Item]:
        return [item for item in self.items if item.kind in kinds]


def scan(body: str, first_line: int = 1) -> Scan:
    """Read a page's body, whose first line is line `first_line` of its file."""
    found: list[Item] = []
    masked = body

    def take(kind: str, start: int, end: int, args: tuple[str, ...] = (), fill: str = " ") -> None:
        nonlocal masked
        found.append(Item(kind, body[start:end], args, start, end, first_line + body.count("\n", 0, start)))
        masked = masked[:start] + re.sub(r"[^\n]", fill, masked[start:end]) + masked[end:]

    for start, end, info in _fences(body):
        take("display" if info == "math" else "code", start, end)
    for match in [*_COMMENT.finditer(masked)]:
        masked = masked[: match.start()] + re.sub(r"[^\n]", " ", match[0]) + masked[match.end() :]
    for match in [*_SPAN.finditer(masked)]:
        # A private character stands for code, mathematics and directives, so that neighbours can still be judged.
        take("span", *match.span(), fill=FILL)
    for match in [*_DISPLAY.finditer(_without_tex(masked))]:
        take("display", *match.span(), fill=FILL)
    for match in [*_TEX.finditer(masked)]:
        take("tex", *match.span(), (match[1],), fill=FILL)
    for match in [*re.finditer(r"(?<!\\)\$", masked)]:
        take("dollar", *match.span(), fill=FILL)
    for match in [*_DIRECTIVE.finditer(masked)]:
        if "=" not in match[0]:
            take(match[1], *match.span(), tuple(match[2].split()), fill=FILL)
    for match in [*_HEADING.finditer(masked)]:
        named = _HEADING_ID.search(match[2])
        words = _HEADING_ID.sub("", body[match.start(2) : match.end(2)]).strip()
        line = first_line + body.count("\n", 0, match.start())
        found.append(Item("heading", words, (str(len(match[1])), named[1] if named else ""), *match.span(), line))
    for match in [*_LINK.finditer(masked)]:
        line = first_line + body.count("\n", 0, match.start())
        found.append(Item("link", match[0], (match[3] or match[4] or "",), *match.span(), line))
    for match in [*_DEFINITION.finditer(masked)]:
        line = first_line + body.count("\n", 0, match.start())
        found.append(Item("link", match[0], (match[2],), *match.span(), line))
    return Scan(tuple(sorted(found, key=lambda item: item.start)), _prose(masked))


FILL = "\ue000"


def _fences(body: str):
    """(start, end, info string) of each fenced block; an unclosed one runs to the end, as in Markdown."""
    opened = None
    for match in _FENCE.finditer(body):
        if opened is None:
            opened = match
        elif match[1][0] == opened[1][0] and len(match[1]) >= len(opened[1]) and not match[2].strip():
            yield opened.start(), match.end(), opened[2].strip()
            opened = None
    if opened is not None:
        yield opened.start(), len(body), opened[2].strip()


def _without_tex(text: str) -> str:
    """`\\(` and `\\begin` are wrong on a page but right inside `$…$`; the dollars of `$$` stay."""
    return re.sub(r"(?<![\\$])\$(?!\$)((?:[^$\n\\]|\\.|\n(?![ \t]*\n))+)\$(?!\$)", lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def _prose(masked: str) -> str:
    """Link text stays, addresses go; heading ids, attribute lists and HTML tags are no prose either."""

    def blank(match: re.Match) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    def only_text(match: re.Match) -> str:
        if match[4]:
            return blank(match)
        start = match[0].index("[") + 1
        tail = len(match[0]) - start - len(match[2])
        # Blanked brackets would put spaces between Chinese and Latin that the reader does not see.
        return NOTHING * start + match[2] + NOTHING * tail

    # The kind and the quotes of `!!! note "Title"` are markup, the title is prose.
    text = _BLOCK_TITLE.sub(lambda m: " " * (len(m[1]) + 1) + m[2] + " " * (len(m[0]) - len(m[1]) - len(m[2]) - 1), masked)
    text = _LINK.sub(only_text, text)
    text = _DEFINITION.sub(blank, text)
    text = _ATTRIBUTES.sub(blank, text)
    return _HTML_TAG.sub(blank, text)


NOTHING = "\ue001"
