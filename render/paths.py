"""Where things lie. Every function takes these as an argument, so that tests can work on a tree of their own."""

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Paths:
    """The directories that a build reads; `Paths.under(root)` gives the usual arrangement below one root."""

    docs: Path
    evidence: Path
    figures: Path
    figure_sources: Path
    notebooks: Path

    @classmethod
    def under(cls, root: Path | str = PROJECT) -> "Paths":
        root = Path(root)
        return cls(root / "docs", root / "build" / "evidence", root / "build" / "figures", root / "figures", root / "build" / "notebooks")

    @property
    def references(self) -> Path:
        return self.docs / "references.toml"

    @property
    def claims(self) -> Path:
        return self.docs / "claims.toml"

    @property
    def errata(self) -> Path:
        return self.docs / "errata.toml"

    @property
    def changelog(self) -> Path:
        return self.docs / "changelog.toml"

    @property
    def terms(self) -> Path:
        return self.docs / "terms.toml"


KATEX = PROJECT / "node_modules" / "katex" / "dist"
KATEX_CACHE = PROJECT / "build" / "katex-cache"
JIEBA_WORDS = PROJECT / "build" / "jieba.txt"
NOTEBOOK_PAGES = PROJECT / "build" / "notebook-pages"
THEME = PROJECT / "theme"
GENERATED = THEME / "assets" / "generated"


def shown(path: Path) -> str:
    """The path as the author would type it: relative to the working directory where that is shorter."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else Path(relative).as_posix()


def other_language(lang: str) -> str:
    return "zh" if lang == "en" else "en"
