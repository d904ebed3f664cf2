"""Numbers in sentences and in typed mathematics: `{num …}` is replaced, what was typed by hand is found."""

import re
from collections.abc import Iterator

from render import values
from render.pages import Page
from render.problems import did_you_mean
from render.scan import Item
from render.site import Site

_LITERAL = re.compile(
    r"(?<![A-Za-z0-9_.])(?:\d+(?:\.\d+)?[eE][+-]?\d+|\d+\.\d+(?!\.?\d)|\d+(?=\s*(?:×|\\times|\\cdot)\s*10\s*(?:\^|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻])))(?![A-Za-z])"
)
_POWER = re.compile(r"\s*(?:×|\\times|\\cdot)\s*10\s*(?:\^\{?([+-]?\d+)\}?|([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))")
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_NUM_IN_TEX = re.compile(r"\{num\s+(\S+)\s+(\S+?)(?:\s+(\d+))?\s*\}")


def typed_tex(site: Site, item: Item) -> tuple[str, list[str]]:
    """The LaTeX of a `$…$` with `{num …}` inside it replaced by its digits, and what is wrong with those."""
    complaints: list[str] = []

    def number(match: re.Match) -> str:
        slug, name, digits = match.groups()
        record = site.record(slug)
        if record is None:
            complaints.append(f"“{match[0]}” names no published result. {did_you_mean(slug, site.evidence.records)}")
        elif name not in record["values"]:
            complaints.append(f"“{match[0]}” asks for a number that “{slug}” does not have. {did_you_mean(name, record['values'])}")
        else:
            return values.as_latex(record["values"][name]["decimal"], int(digits) if digits else None)
        return ""

    return _NUM_IN_TEX.sub(number, item.args[0]), complaints


def bare_numbers(site: Site, page: Page) -> Iterator[tuple[int, str]]:
    """(line, sentence) for every decimal or power of ten that an author typed, naming the checked number it equals."""
    prose = page.scan.prose
    for item in page.scan.of("tex"):
        # Typed mathematics is judged like prose: blank `{num …}`, keep the rest where it stood.
        kept = _NUM_IN_TEX.sub(lambda m: " " * len(m[0]), item.text)
        prose = prose[: item.start] + kept + prose[item.end :]
    for match in _LITERAL.finditer(prose):
        power = _POWER.match(prose, match.end())
        written = match[0] + (power[0] if power else "")
        exponent = (power[1] or power[2].translate(_PLAIN_DIGITS)) if power else ""
        literal = f"{match[0]}e{exponent}" if exponent else match[0]
        equal = [
            f"{{num {slug} {name}}}"
            for slug, record in site.evidence.records.items()
            for name, value in record["values"].items()
            if values.same_number(literal, value["decimal"])
        ]
        advice = (
            f"it equals a checked number, so write {' or '.join(equal)}"
            if equal
            else "write {num slug name} for a checked number, a fraction such as 1/2 for an exact one, and `…` as code for a version"
        )
        line = page.first_line + prose.count("\n", 0, match.start())
        yield line, f"the number {written.strip()} is typed by hand, so nothing checks it: {advice}."
