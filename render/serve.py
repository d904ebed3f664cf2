"""A live preview of both languages at one address. Nothing is verified again: prose changes, results do not."""

import sys
import tempfile
import time
from pathlib import Path

from render.build import build_language, replace
from render.check import check
from render.pages import signature
from render.paths import LANGUAGES, PROJECT, THEME, Paths
from render.problems import RenderError
from render.root_page import write_root


class Preview:
    """Rebuilds what changed into `root`; where pages have problems it says them and leaves the old pages in place."""

    def __init__(self, paths: Paths, root: Path):
        self.paths, self.root = paths, root
        self._built: dict[str, tuple] = {}

    def rebuild(self) -> None:
        started = time.monotonic()
        try:
            problems, _ = check(self.paths)
            if serious := [problem for problem in problems if not problem.stale]:
                raise RenderError("\n".join([*map(str, serious), f"{len(serious)} problems; the pages shown are the last good ones."]))
            changed = [lang for lang in LANGUAGES if self._built.get(lang) != self._stamp(lang)]
            for lang in changed:
                stamp = self._stamp(lang)
                fresh = self.root / f".{lang}"
                build_language(self.paths, lang, fresh)
                replace(self.root / lang, fresh)
                self._built[lang] = stamp
        except RenderError as error:
            print(f"\n{error}\n", file=sys.stderr, flush=True)
            return
        for problem in problems:
            print(f"note: {problem}", file=sys.stderr)
        print(f"{' and '.join(changed) or 'nothing'} rebuilt in {time.monotonic() - started:.1f} s", flush=True)

    def _stamp(self, lang: str) -> tuple:
        p = self.paths
        watched = ((p.docs / lang, "*.md"), (p.docs, "*.toml"), (p.evidence, "*.json"), (p.figures, "*.svg"), (p.notebooks, "*.ipynb"), (THEME, "*.*"))
        configured = tuple(file.stat().st_mtime_ns for file in _configuration())
        return (configured, *(signature(directory, pattern) for directory, pattern in watched))


def _configuration() -> list[Path]:
    return sorted(PROJECT.glob("mkdocs*.yml"))


def serve(paths: Paths, host: str, port: int) -> None:
    """Serve until interrupted; a change of a page shows within a second or two."""
    from mkdocs.livereload import LiveReloadServer

    with tempfile.TemporaryDirectory() as scratch:
        preview = Preview(paths, Path(scratch))
        write_root(Path(scratch))
        preview.rebuild()
        server = LiveReloadServer(preview.rebuild, host, port, scratch, polling_interval=0.3)
        for watched in (paths.docs, paths.evidence, paths.figures, paths.notebooks, THEME, *_configuration()):
            if watched.exists():
                server.watch(str(watched))
        print(f"Open {server.url} (Ctrl+C ends the preview)", flush=True)
        try:
            server.serve()
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown()
