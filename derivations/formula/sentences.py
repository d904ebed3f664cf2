"""What the checker says, and the error that carries it. The sentences themselves stand in ``phrases``, in both languages."""

import ast

from derivations.formula.phrases import ERRORS, FINDINGS, HINTS, MEANINGS, REPORT
from derivations.text import Text

SHAPE_ERRORS = {"number_plus_matrix", "add_shapes", "hadamard_shapes", "hadamard_one", "matmul_number", "matmul_shapes", "divide_by_matrix", "not_square",
                "diag_shape", "outer_shapes", "matrix_to_power"}
# What happens at one point and not at another, and does not name T itself.
LOCAL_ERRORS = {"too_much_work", "undefined", "function_domain", "division_by_zero", "not_an_integer", "negative_power", "number_too_large", "exponent_too_large", "side"}


def _filled(pair, fields):
    """Both sentences with their fields; a field may itself be a Text."""
    return Text(*(sentence.format(**{name: getattr(value, language) if isinstance(value, Text) else value for name, value in fields.items()})
                  for language, sentence in zip(("en", "zh"), pair)))


def meaning(key, **fields):
    return _filled(MEANINGS[key], fields)


def finding(key, **fields):
    return _filled(FINDINGS[key], fields)


def phrase(key, **fields):
    return _filled(REPORT[key], fields)


def hint(kind, key):
    """What to write instead of something that is refused, or None."""
    pair = HINTS.get((kind, key))
    return None if pair is None else Text(*pair)


class FormulaError(Exception):
    """A formula that cannot be read or has no value: why, where (``line`` and ``file``, or the ``snippet``), in both languages."""

    def __init__(self, key, node=None, line=None, column=None, file=None, **fields):
        super().__init__(key)
        self.key, self.line, self.column, self.file, self.fields, self.snippet = key, line, column, file, fields, None
        self.placed(node, file)

    def placed(self, node=None, file=None):
        """The same error with its place, as far as it was not known yet."""
        if node is not None and self.line is None:
            self.line, self.column = getattr(node, "lineno", None), getattr(node, "col_offset", -1) + 1
            self.snippet = None if isinstance(node, ast.FunctionDef) else snippet(node)
        self.file = self.file or file
        return self

    @property
    def is_shape(self):
        return self.key in SHAPE_ERRORS

    @property
    def is_local(self):
        return self.key in LOCAL_ERRORS

    @property
    def text(self):
        said = _filled(ERRORS[self.key], self.fields)
        shown = self.snippet if "written" not in self.fields else None
        en, zh = (f"in `{shown}`: ", f"`{shown}`：") if shown else ("", "")
        if self.file and self.line:
            return Text(f"{self.file}, line {self.line}: {en}{said.en}", f"{self.file} 第 {self.line} 行：{zh}{said.zh}")
        if self.file:
            return Text(f"{self.file}: {said.en}", f"{self.file}：{said.zh}")
        return Text(f"{en}{said.en}" if en else said.en, f"{zh}{said.zh}")

    def __str__(self):
        return self.text.en


def snippet(node):
    """The first line of a node's source, in the spelling of the language, cut where it is long."""
    text = written(node).splitlines()[0]
    return text if len(text) <= 80 else text[:77] + "…"


def written(node):
    """A node as text; ast.unparse doubles the parentheses of sum((… for …)), which nobody writes."""
    text = ast.unparse(node)
    for name in ("sum((", "prod(("):
        start = text.find(name)
        while start >= 0:
            opening = start + len(name) - 1
            depth, closing = 1, opening
            while depth:
                closing += 1
                depth += {"(": 1, ")": -1}.get(text[closing], 0)
            if text[closing + 1:closing + 2] == ")" and " for " in text[opening:closing]:
                text = text[:opening] + text[opening + 1:closing] + text[closing + 1:]
            start = text.find(name, start + 1)
    return text
