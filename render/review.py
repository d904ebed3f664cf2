"""Noting that somebody has compared a page with its counterpart in the other language."""

from pathlib import Path

from render.pages import read_page, text_hash, with_counterpart
from render.paths import LANGUAGES, Paths, other_language, shown
from render.problems import RenderError


def review(paths: Paths, file: Path) -> list[str]:
    """Write into both pages of a pair the hash of the other; the file may be either of the two. Returns what was done."""
    try:
        lang, *rest = file.resolve().relative_to(paths.docs.resolve()).parts
    except ValueError:
        lang, rest = "", []
    path = "/".join(rest)
    if lang not in LANGUAGES or not file.is_file():
        raise RenderError(f"{file} is no page of this site: name a file below docs/en or docs/zh, as in docs/en/index.md.")
    other = paths.docs / other_language(lang) / path
    if not other.is_file():
        raise RenderError(f"{shown(file)} has no counterpart yet: write {shown(other)} first.")
    pages = {each: read_page(paths, each, path) for each in LANGUAGES}
    done = []
    for each, page in pages.items():
        target = paths.docs / each / path
        target.write_text(with_counterpart(page.text, text_hash(pages[other_language(each)])), encoding="utf-8")
        done.append(f"{page.file} is noted as reviewed against {pages[other_language(each)].file}.")
    return done
