"""From Matplotlib's SVG to one that can stand inside a page: no prologue, ids of its own, colours by role, few bytes."""

import re
from xml.etree import ElementTree

from figures.style import PALETTE

SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d*\.?\d+(?:e[-+]?\d+)?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_ROLES = {light: role for role, (light, _) in PALETTE.items()}
# At 640 px the letters of a figure are as tall as those of the text around it.
_WIDEST = 640


def inline(text: str, name: str) -> str:
    """The drawing `text` (an SVG document by Matplotlib) as an <svg> element for figure `name`; ValueError if a colour has no role."""
    drawn = ElementTree.fromstring(text)
    for parent in list(drawn.iter()):
        for child in list(parent):
            # Matplotlib's style sheet would apply to the whole page; what it says is on the root below.
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style"):
                parent.remove(child)
    _use_own_ids(drawn, name)
    for element in drawn.iter():
        _round_coordinates(element)
        if "style" in element.attrib:
            element.set("style", _by_role(element.get("style"), name))
    _unwrap(drawn)
    style = f"max-width:{_WIDEST}px;stroke-linejoin:round;stroke-linecap:butt"
    drawn.attrib = {"viewBox": drawn.get("viewBox"), "role": "img", "style": style}
    ElementTree.register_namespace("", SVG)
    for element in drawn.iter():
        element.tail = element.text = None
    return ElementTree.tostring(drawn, encoding="unicode", short_empty_elements=True).replace(" />", "/>") + "\n"


def _use_own_ids(drawn: ElementTree.Element, name: str) -> None:
    """Ids that something refers to become name-1, name-2, … in order of appearance; the others go."""
    used = {element.get(_XLINK_HREF, "")[1:] for element in drawn.iter()}
    used |= {target for element in drawn.iter() for value in element.attrib.values() for target in _REFERENCE.findall(value)}
    ids = [element.get("id") for element in drawn.iter() if element.get("id") in used]
    own = {old: f"{name}-{position}" for position, old in enumerate(ids, start=1)}
    for element in drawn.iter():
        if (old := element.attrib.pop("id", None)) in own:
            element.set("id", own[old])
        if target := element.attrib.pop(_XLINK_HREF, None):
            element.set("href", "#" + own[target[1:]])
        for key, value in element.attrib.items():
            element.set(key, _REFERENCE.sub(lambda match: f"url(#{own[match[1]]})", value))


def _by_role(style: str, name: str) -> str:
    def variable(match: re.Match) -> str:
        role = _ROLES.get(match[0].lower())
        if role is None:
            raise ValueError(f"The figure “{name}” uses the colour {match[0]}, which has no role: take one from figures/style.py, or add it to PALETTE there.")
        return f"var(--fig-{role},{match[0].lower()})"

    return re.sub(r"\s*([:;])\s*", r"\1", _COLOUR.sub(variable, style)).strip("; ")


def _round_coordinates(element: ElementTree.Element) -> None:
    # Glyphs are drawn at 64 times their size and then scaled down, so whole numbers are exact to a hundredth of a point.
    digits = 0 if "scale(0.015625)" in element.get("transform", "") else 2
    if "d" in element.attrib:
        element.set("d", re.sub(r"\s*([A-Za-z])\s*", r"\1", _rounded(element.get("d"), digits)).strip())
    for key in ("x", "y", "width", "height", "cx", "cy", "r", "points"):
        if key in element.attrib:
            element.set(key, _rounded(element.get(key), 2))
    if "transform" in element.attrib:
        element.set("transform", re.sub(r"translate\([^)]*\)", lambda match: _rounded(match[0], 2), element.get("transform")))


def _rounded(text: str, digits: int) -> str:
    def short(match: re.Match) -> str:
        number = f"{float(match[0]):.{digits}f}"
        number = number.rstrip("0").rstrip(".") if "." in number else number
        return "0" if number == "-0" else number

    return re.sub(r"\s+", " ", _NUMBER.sub(short, text))


def _unwrap(element: ElementTree.Element) -> None:
    """Replace groups that say nothing by what they hold, and drop those that hold nothing."""
    kept = []
    for child in element:
        _unwrap(child)
        group = child.tag in (f"{{{SVG}}}g", f"{{{SVG}}}defs")
        if group and len(child) == 0:
            continue
        kept.extend(child if child.tag == f"{{{SVG}}}g" and not child.attrib else [child])
    element[:] = kept
