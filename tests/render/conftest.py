"""A small tree of pages and results, mended and whole; each test breaks its own copy."""

import functools
import hashlib
import http.server
import json
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from render import evidence
from render.build import build_site
from render.check import check
from render.paths import Paths
from render.problems import Problem
from render.review import review

FIXTURE = Path(__file__).parent / "fixture"


@dataclass(frozen=True)
class Tree:
    """A copy of the fixture: docs, evidence and figures below one root."""

    root: Path

    @property
    def paths(self) -> Paths:
        return Paths.under(self.root)

    def page(self, lang: str, path: str = "causes/linear-rnn.md") -> Path:
        return self.root / "docs" / lang / path

    def record(self, slug: str) -> Path:
        return self.root / "build" / "evidence" / f"{slug}.json"

    def replace(self, file: Path, old: str, new: str, count: int = 1) -> int:
        """Put `new` in the place of `old` and return the line where it stands."""
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        line = text.count("\n", 0, text.index(old)) + 1
        file.write_text(text.replace(old, new, count), encoding="utf-8")
        return line

    def problems(self) -> list[Problem]:
        return check(self.paths)[0]

    def seal(self) -> None:
        """The evidence counts as written just now, by the code as it is, whatever a test has done to it."""
        index = self.root / "build" / "evidence" / "index.json"
        said = json.loads(index.read_text(encoding="utf-8"))
        digests = {slug: hashlib.sha256(self.record(slug).read_bytes()).hexdigest() for slug in said["order"]}
        index.write_text(json.dumps({**said, "code_hash": evidence.current_hash(), "digests": digests}), encoding="utf-8")


def copy_fixture(root: Path) -> Tree:
    shutil.copytree(FIXTURE / "docs", root / "docs")
    shutil.copytree(FIXTURE / "evidence", root / "build" / "evidence")
    shutil.copytree(FIXTURE / "figures", root / "build" / "figures")
    shutil.copytree(FIXTURE / "figure_sources", root / "figures")
    tree = Tree(root)
    tree.seal()
    for page in sorted((root / "docs" / "en").rglob("*.md")):
        review(tree.paths, page)
    return tree


@pytest.fixture
def tree(tmp_path) -> Tree:
    return copy_fixture(tmp_path)


@pytest.fixture(scope="session")
def built_fixture(tmp_path_factory) -> Path:
    """The fixture's site, built in both languages by the same code that builds the real one."""
    tree = copy_fixture(tmp_path_factory.mktemp("fixture"))
    build_site(tree.paths, tree.root / "site")
    return tree.root / "site"


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="session")
def fixture_server(built_fixture) -> str:
    """Address of the fixture's site, without a slash at the end."""
    handler = functools.partial(QuietHandler, directory=built_fixture)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
