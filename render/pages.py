"""Pages as they lie in docs/en and docs/zh: front matter, body, and what the body names."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import yaml

from render.paths import Paths, shown
from render.scan import Scan, scan

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*\n", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One page. `path` is its path below the language's directory and the same in both ("causes/linear-rnn.md")."""

    lang: str
    path: str
    file: str
    text: str
    meta: dict
    body: str
    first_line: int
    scan: Scan

    @property
    def title(self) -> str:
        headings = self.scan.of("heading")
        return self.meta.get("title") or (headings[0].text if headings else self.path)

    @property
    def chapter(self) -> int | None:
        return self.meta.get("chapter")

    @property
    def url(self) -> str:
        """The page's address below the language's root, as MkDocs makes it: "causes/linear-rnn/"."""
        stem = self.path.removesuffix(".md")
        stem = stem.removesuffix("index") if stem == "index" or stem.endswith("/index") else stem + "/"
        return stem

    @property
    def anchors(self) -> set[str]:
        """The ids that links may point to."""
        return {item.args[1] for item in self.scan.of("heading") if item.args[1]}


def read_page(paths: Paths, lang: str, path: str) -> Page:
    file = paths.docs / lang / path
    text = file.read_text(encoding="utf-8").replace("\r\n", "\n")
    return parse_page(lang, path, shown(file), text)


def parse_page(lang: str, path: str, file: str, text: str) -> Page:
    """A page from its text; `file` is the name that messages show."""
    front = _FRONT_MATTER.match(text)
    meta = (yaml.safe_load(front[1]) or {}) if front else {}
    body = text[front.end() :] if front else text
    first_line = text.count("\n", 0, front.end()) + 1 if front else 1
    return Page(lang, path, file, text, meta, body, first_line, scan(body, first_line))


def page_paths(paths: Paths, lang: str) -> list[str]:
    root = paths.docs / lang
    return sorted(file.relative_to(root).as_posix() for file in root.rglob("*.md"))


def read_pages(paths: Paths, lang: str) -> dict[str, Page]:
    return {path: read_page(paths, lang, path) for path in page_paths(paths, lang)}


def text_hash(page: Page) -> str:
    """Twelve hex digits of what the page says. Line ends, trailing blanks and its own note about its counterpart do not count."""
    lines = [line.rstrip() for line in page.text.splitlines() if not line.startswith("counterpart:")]
    text = unicodedata.normalize("NFC", "\n".join(lines).strip())
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def with_counterpart(text: str, digest: str) -> str:
    """The page's text with `counterpart: <digest>` in its front matter."""
    front = _FRONT_MATTER.match(text)
    if not front:
        return f"---\ncounterpart: {digest}\n---\n\n{text}"
    kept = [line for line in front[1].splitlines() if not line.startswith("counterpart:")]
    return "---\n" + "\n".join([*kept, f"counterpart: {digest}"]) + "\n---\n" + text[front.end() :]


def signature(directory: Path, pattern: str) -> tuple:
    """Changes when a matching file is written, added or removed."""
    return tuple((str(f), f.stat().st_mtime_ns, f.stat().st_size) for f in sorted(directory.rglob(pattern)))
