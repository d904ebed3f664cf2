"""Notebooks as files: one to download, and one whose formulas are set already, from which mkdocs-jupyter makes the page."""

import json
import re

import markdown

from notebooks.chapter import Cell
from render import katex

_MATH = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", re.DOTALL)
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebook(cells: list[Cell], outputs: list[list[dict]], sources: dict[str, str]) -> str:
    """The text of the .ipynb file: the same bytes for the same cells. ``sources``: which evidence it was made from."""
    found, ran = [], iter(outputs)
    for number, cell in enumerate(cells):
        text = "\n\n".join(part for part in (cell.heading, cell.text) if part)
        one = {"cell_type": cell.kind, "id": f"cell-{number}", "metadata": {}, "source": text.splitlines(keepends=True)}
        if cell.kind == "code":
            one |= {"execution_count": sum(c.kind == "code" for c in cells[: number + 1]), "outputs": next(ran)}
        found.append(one)
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}, "evidence": sources}
    return json.dumps({"cells": found, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False, indent=1) + "\n"


def with_math_set(cells: list[Cell]) -> list[Cell]:
    """Markdown cells as HTML with KaTeX's formulas, each one block without blank lines, which Markdown leaves as it is."""
    return [cell if cell.kind == "code" else Cell(cell.kind, _html(cell.text), cell.heading) for cell in cells]


def with_drawings_inline(outputs: list[list[dict]]) -> list[list[dict]]:
    """Drawings as elements of the page, where they follow its colours; nbconvert would make pictures of them."""
    return [[{**one, "data": {"text/html": one["data"]["image/svg+xml"]}} if "image/svg+xml" in one.get("data", {}) else one for one in cell] for cell in outputs]


def _html(text: str) -> str:
    formulas: list[str] = []

    def kept(match: re.Match) -> str:
        display = match[1] is not None
        formulas.append(katex.render((match[1] or match[2]).strip(), display))
        return f"@@{len(formulas) - 1}@@"

    html = markdown.markdown(_MATH.sub(kept, text))
    html = re.sub(r"@@(\d+)@@", lambda match: formulas[int(match[1])], html)
    one_line = re.sub(r"[ \t]*\n[ \t]*", " ", html)
    return f'<div class="notebook__text">{one_line}</div>'
