"""A formula as a tree of boxes, with two spellings: LaTeX and presentation MathML."""

import re
from dataclasses import dataclass
from html import escape


class Box:
    """Anything that can be set in a formula."""


@dataclass(frozen=True)
class Sign(Box):
    """One symbol. ``tex`` and ``char`` are its two spellings, ``role`` is 'mi', 'mn', 'mo' or 'mtext'."""

    tex: str
    char: str
    role: str = "mi"
    upright: bool = False


@dataclass(frozen=True)
class Row(Box):
    items: tuple


@dataclass(frozen=True)
class Script(Box):
    """A base with a subscript, a superscript or both."""

    base: Box
    sub: Box | None = None
    sup: Box | None = None


@dataclass(frozen=True)
class Fraction(Box):
    top: Box
    bottom: Box


@dataclass(frozen=True)
class Choose(Box):
    """A binomial coefficient."""

    top: Box
    bottom: Box


@dataclass(frozen=True)
class Big(Box):
    """A large operator with what stands under and over it."""

    operator: Sign
    under: Box
    over: Box | None = None


@dataclass(frozen=True)
class Fence(Box):
    left: str
    body: Box
    right: str


@dataclass(frozen=True)
class Grid(Box):
    """A matrix written out: rows of boxes."""

    rows: tuple


@dataclass(frozen=True)
class Root(Box):
    """A square root."""

    body: Box


TALL = (Fraction, Choose, Big, Grid)
FENCES = {"(": ("(", ")"), "⟨": (r"\langle", r"\rangle"), "‖": (r"\lVert", r"\rVert"), "|": (r"\lvert", r"\rvert"), "[": ("[", "]"), "{": (r"\{", r"\}"), "⌈": (r"\lceil", r"\rceil"), "⌊": (r"\lfloor", r"\rfloor")}


def row(*items):
    return items[0] if len(items) == 1 else Row(tuple(items))


def tex(box):
    """The LaTeX spelling."""
    match box:
        case Sign():
            return box.tex
        case Row():
            words = [word for word in map(tex, box.items) if word]
            sign = words.pop(0) if words and words[0] == "-" else ""  # a sign in front stands at what it belongs to
            return sign + _beside(words)
        case Script():
            return tex(box.base) + "".join(mark + _script(part) for mark, part in (("_", box.sub), ("^", box.sup)) if part)
        case Fraction():
            return rf"\frac{{{tex(box.top)}}}{{{tex(box.bottom)}}}"
        case Choose():
            return rf"\binom{{{tex(box.top)}}}{{{tex(box.bottom)}}}"
        case Big():
            return f"{box.operator.tex}_{_script(box.under)}" + (f"^{_script(box.over)}" if box.over else "")
        case Root():
            return rf"\sqrt{{{tex(box.body)}}}"
        case Fence():
            left, right = FENCES[box.left]
            grow = (r"\left", r"\right") if is_tall(box.body) else ("", "")
            body = tex(box.body)
            return f"{grow[0]}{left} {body} {grow[1]}{right}" if left.startswith("\\") or grow[0] else f"{left}{body}{right}"
        case Grid():
            return r"\begin{pmatrix} " + r" \\ ".join(" & ".join(tex(cell) for cell in line) for line in box.rows) + r" \end{pmatrix}"
    raise TypeError(f"{box!r} is not a box of derivations.algebra.layout.")


def _beside(words):
    """Words with spaces between them, except before a comma and between a function and its parenthesis."""
    text = words[0] if words else ""
    for before, word in zip(words, words[1:]):
        tight = word == "," or word.startswith(("(", r"\left(")) and re.search(r"[\w}]$", before) and not before.startswith((r"\sum", r"\prod"))
        text += word if tight else f" {word}"
    return text


def _script(box):
    """A subscript or superscript as one writes it by hand: h_t, h_{t-1}, without spaces around its signs."""
    text = re.sub(r" ?((?<!\\)[-+=,/]) ?", r"\1", tex(box))
    return text if len(text) == 1 else f"{{{text}}}"


def is_tall(box):
    """Whether delimiters around the box must grow."""
    match box:
        case Row():
            return any(is_tall(item) for item in box.items)
        case Script():
            return is_tall(box.base)
        case Fence() | Root():
            return is_tall(box.body)
    return isinstance(box, TALL)


def mathml(box):
    """A complete presentation MathML element."""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">{_mathml(box)}</math>'


def _mathml(box):
    match box:
        case Sign():
            variant = ' mathvariant="normal"' if box.upright and box.role == "mi" and len(box.char) == 1 else ""
            return f"<{box.role}{variant}>{escape(box.char)}</{box.role}>" if box.char.strip() else ""
        case Row():
            return "<mrow>" + "".join(_mathml(item) for item in box.items) + "</mrow>"
        case Script():
            parts = [part for part in (box.sub, box.sup) if part]
            name = "msubsup" if len(parts) == 2 else "msub" if box.sub else "msup"
            return f"<{name}>{_mathml(box.base)}{''.join(map(_mathml, parts))}</{name}>"
        case Fraction():
            return f"<mfrac>{_mathml(box.top)}{_mathml(box.bottom)}</mfrac>"
        case Choose():
            return f'<mrow><mo>(</mo><mfrac linethickness="0">{_mathml(box.top)}{_mathml(box.bottom)}</mfrac><mo>)</mo></mrow>'
        case Big():
            name, over = ("munderover", _mathml(box.over)) if box.over else ("munder", "")
            return f"<{name}>{_mathml(box.operator)}{_mathml(box.under)}{over}</{name}>"
        case Root():
            return f"<msqrt>{_mathml(box.body)}</msqrt>"
        case Fence():
            return f"<mrow><mo>{box.left}</mo>{_mathml(box.body)}<mo>{box.right}</mo></mrow>"
        case Grid():
            lines = "".join("<mtr>" + "".join(f"<mtd>{_mathml(cell)}</mtd>" for cell in line) + "</mtr>" for line in box.rows)
            return f"<mrow><mo>(</mo><mtable>{lines}</mtable><mo>)</mo></mrow>"
    raise TypeError(f"{box!r} is not a box of derivations.algebra.layout.")
