"""From text to Python's syntax tree: what cannot be read is refused with its place, decimals are read exactly, depth is limited."""

import ast
import re
import unicodedata
import warnings
from fractions import Fraction

from derivations.formula.sentences import FormulaError, hint
from derivations.text import Text

MAX_SOURCE = 20_000
MAX_DEPTH = 120
MAX_BITS = 4096  # of a whole number


def parsed(source, mode, file):
    if not source.strip():
        raise FormulaError("empty", file=file)
    if len(source) > MAX_SOURCE:
        raise FormulaError("too_long_source", length=len(source), limit=MAX_SOURCE, file=file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source, mode=mode)
    except SyntaxError as error:
        raise _syntax_error(source, error, file) from None
    except (RecursionError, MemoryError):
        raise FormulaError("too_deep", limit=MAX_DEPTH, file=file) from None
    except ValueError:
        raise FormulaError("unreadable", file=file) from None
    level, depth = [tree], 0
    while level:
        level, depth = [child for node in level for child in ast.iter_child_nodes(node)], depth + 1
        if depth > MAX_DEPTH:
            raise FormulaError("too_deep", limit=MAX_DEPTH, file=file)
    _read_numbers(tree, source, file)
    return tree


def _syntax_error(source, error, file):
    line, column = error.lineno or 1, error.offset or 1
    lines = source.splitlines()
    for number, text in enumerate(lines, 1):
        code = text.split("#")[0]
        for place, character in enumerate(code, 1):
            if not character.isprintable() and character not in "\t\f":
                return FormulaError("unseen", line=number, column=place, character=f"U+{ord(character):04X}", file=file)
            instead = _instead(character)
            if instead:
                return FormulaError("character", line=number, column=place, character=character, instead=instead, file=file)
    written = lines[line - 1].strip() if line <= len(lines) else source[:60]
    return FormulaError("syntax", line=line, column=column, written=written[:120], why=error.msg or "invalid syntax", file=file)


def _instead(character):
    """What to write in place of a character, or None; full-width punctuation has its ASCII twin."""
    plain = unicodedata.normalize("NFKC", character)
    if hint("character", character) or character.isascii() or character.isidentifier():
        return hint("character", character)
    if len(plain) == 1 and plain.isascii() and plain.isprintable() and not plain.isspace():
        return hint("character", plain) or Text(plain, plain)
    return None


class Decimal(Fraction):
    """A decimal read exactly, which is printed as it was written."""

    def __new__(cls, text):
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __str__(self):
        return self.text

    __repr__ = __str__


def _read_numbers(tree, source, file):
    """Decimals are read exactly from the text, 0.1 as 1/10; the float that Python's parser made is dropped. Sizes are limited."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value.bit_length() > MAX_BITS:
            raise FormulaError("number_too_large", line=node.lineno, file=file, bits=MAX_BITS)
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            text = (ast.get_source_segment(source, node) or "").replace("_", "")
            match = re.fullmatch(r"(\d*\.?\d*)(?:[eE]([+-]?\d+))?", text)
            if not match or len(text) > 400 or len(match[2] or "") > 5 or abs(int(match[2] or 0)) > 1000:
                raise FormulaError("decimal", line=node.lineno, file=file, written=text[:60])
            node.value = Decimal(text)
