"""Files that pages need and nobody keeps in the repository: KaTeX's style and fonts, drawings, data, word lists, notebooks."""

import re
import shutil
import tomllib
from pathlib import Path

from render import notebooks
from render.paths import GENERATED, JIEBA_WORDS, KATEX, Paths, shown
from render.problems import RenderError


def lay_out(paths: Paths) -> None:
    """Bring theme/assets/generated/ and the word list up to date. Writes only what differs, so a live preview stays calm."""
    _katex()
    _figures(paths)
    notebooks.lay_out(paths)
    if paths.terms.exists():
        _write(JIEBA_WORDS, jieba_words(paths))


def clear() -> None:
    """Forget figures that are no longer drawn; a build that is going to be published starts with this."""
    shutil.rmtree(GENERATED / "figures", ignore_errors=True)


def _katex() -> None:
    style = KATEX / "katex.min.css"
    if not style.exists():
        raise RenderError("node_modules/katex is missing, and formulas are rendered with it: run `npm ci` (or `make`, which does it).")
    css = style.read_text(encoding="utf-8")
    # Every browser in use reads woff2: the other two formats would triple the fonts for nobody.
    css = re.sub(r",url\([^)]*\.(?:woff|ttf)\) format\(\"[a-z]+\"\)", "", css)
    _write(GENERATED / "katex" / "katex.css", css)
    for font in (KATEX / "fonts").glob("*.woff2"):
        _copy(font, GENERATED / "katex" / "fonts" / font.name)


def _figures(paths: Paths) -> None:
    """Every drawing with its data and its code."""
    for drawn in paths.figures.glob("*.svg"):
        # Code as text: MkDocs leaves .py files of a theme out, and a browser should show the code, not download it.
        code, data = paths.figure_sources / f"{drawn.stem}.py", drawn.with_suffix(".csv")
        for source, name in ((drawn, drawn.name), (data, data.name), (code, f"{code.name}.txt")):
            if not source.exists():
                raise RenderError(f"{shown(source)} is missing, and {shown(drawn)} links to it: run `python -m figures {drawn.stem}`.")
            _copy(source, GENERATED / "figures" / name)
    if (paths.figure_sources / "style.py").exists():
        from figures.style import css

        _write(GENERATED / "figures.css", css())
    elif not (GENERATED / "figures.css").exists():
        _write(GENERATED / "figures.css", "")


def jieba_words(paths: Paths) -> str:
    """The site's Chinese terms, one a line, so that the search cuts sentences where the terms begin and end.

    A term that contains another is left out: 随时间反向传播 as one word would hide 反向传播 from whoever looks for that.
    """
    terms = tomllib.loads(paths.terms.read_text(encoding="utf-8"))["term"]
    words = {word for term in terms for word in (*term["zh"], *term.get("avoid", [])) if re.fullmatch(r"[\u4e00-\u9fff]{2,}", word)}
    atoms = sorted(word for word in words if not any(other != word and other in word for other in words))
    return "".join(f"{word} 100000 n\n" for word in atoms)


def _write(file: Path, text: str) -> None:
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    # Time and size, not content: every page's processor asks again.
    known, wanted = target.stat() if target.exists() else None, source.stat()
    if known is None or (known.st_size, known.st_mtime_ns) != (wanted.st_size, wanted.st_mtime_ns):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
