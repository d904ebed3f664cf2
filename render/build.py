"""Both languages from pages to a finished site/, all or nothing."""

import contextlib
import logging
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from render.assets import lay_out
from render.crawl import crawl
from render.paths import JIEBA_WORDS, LANGUAGES, NOTEBOOK_PAGES, PROJECT, Paths
from render.problems import RenderError
from render.root_page import write_root


def build_language(paths: Paths, lang: str, target: Path, site_url: str = "") -> None:
    """One language by MkDocs into `target`, strictly. Raises RenderError with everything MkDocs had to say when that fails."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    with _said_by_mkdocs() as said:
        try:
            config = load_config(
                str(PROJECT / f"mkdocs.{lang}.yml"),
                docs_dir=str(paths.docs.resolve() / lang),
                site_dir=str(target),
                site_url=f"{site_url.rstrip('/')}/{lang}/" if site_url else "",
                strict=True,
            )
            if paths.docs.resolve() != PROJECT / "docs":
                # mkdocs.<lang>.yml names this project's pages; MkDocs finds another tree's by itself.
                config.nav = None
            config.mdx_configs["render.extension"]["root"] = str(paths.docs.resolve().parent)
            search = config.plugins["material/search"].config
            if search.jieba_dict_user:
                # As in mkdocs.zh.yml, but from wherever the command was started.
                search.jieba_dict_user = str(JIEBA_WORDS)
            config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(NOTEBOOK_PAGES / lang)
            # Again, since reading the configuration laid out what belongs to the usual root.
            lay_out(paths)
            build(config)
        except Abort as error:
            raise RenderError("\n".join([*said, f"The {lang} pages were not built: {error}."])) from None
    # A host serves only the 404 page at the root, and this one needs absolute addresses that nobody knows yet.
    (target / "404.html").unlink(missing_ok=True)


@contextlib.contextmanager
def _said_by_mkdocs() -> Iterator[list[str]]:
    """Warnings and errors while MkDocs works, as lines."""
    said: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    handler, logger = Keep(logging.WARNING), logging.getLogger("mkdocs")
    logging.getLogger("jieba").setLevel(logging.WARNING)
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield said
    finally:
        logger.removeHandler(handler)


def build_site(paths: Paths, target: Path, site_url: str = "") -> None:
    """Build both languages beside `target`, crawl the result, and only then put it in place of what was there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as scratch:
        fresh = Path(scratch) / "new"
        for lang in LANGUAGES:
            build_language(paths, lang, fresh / lang, site_url=site_url)
        write_root(fresh)
        if complaints := crawl(fresh):
            raise RenderError("\n".join([*complaints, "The site was built but not published: addresses in it lead nowhere."]))
        replace(target, fresh)


def replace(target: Path, fresh: Path) -> None:
    """Put the finished directory in the place of the old one; at no moment is half of either there."""
    old = fresh.with_name(f"{fresh.name}-old")
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
