"""The Markdown extension: `{eq …}` and its siblings become what they name. MkDocs loads it as `render.extension`.

It needs nothing of MkDocs but its logger (whose warnings stop a strict build), so any Python-Markdown host can carry it.
"""

import logging
import re

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from render import assets, evidence, figure, lint
from render.citations import reference_list
from render.equation import equation
from render.inline import SENTENCE, inline
from render.notebooks import offer
from render.pages import Page
from render.paths import PROJECT, Paths
from render.problems import Problem, RenderError
from render.reference import generated
from render.scan import ALONE, Item, scan
from render.site import Site, current

log = logging.getLogger("mkdocs.render")
_FIGURE = re.compile(r"\A\{fig[ \t]+(\S+?)[ \t]*\}[ \t]*\n?")
_CLOSING = tuple(",.;:!?)，。；：！？、）")


class RenderExtension(Extension):
    """Option `lang`: "en" or "zh". Option `root`: the directory that holds docs/ and build/, for trees other than this one."""

    def __init__(self, **options):
        self.config = {"lang": ["en", "language of the pages"], "root": ["", "directory that holds docs/ and build/"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        paths = Paths.under(self.getConfig("root") or PROJECT)
        # MkDocs builds one processor while it reads its configuration, before it lists files: the moment to lay out
        # fonts, figures and word lists, so that a plain `mkdocs build` finds them.
        assets.lay_out(paths)
        names = Names(md, paths, self.getConfig("lang"))
        # After line ends are normalised (30) and before fenced code is taken away (25), so that lines still count.
        md.preprocessors.register(names, "render", 28)
        md.parser.blockprocessors.register(FigureBlocks(md.parser, names), "render-figure", 95)
        # "\\$" is how a page writes the sign itself.
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$"]
        # Four spaces are not code here: code is fenced, so that nobody has to guess where names mean something.
        md.parser.blockprocessors.deregister("code", strict=False)


def makeExtension(**options) -> RenderExtension:
    return RenderExtension(**options)


class Names(Preprocessor):
    """Replaces each name by a placeholder that the Markdown processor carries through to the end."""

    def __init__(self, md: Markdown, paths: Paths, lang: str):
        super().__init__(md)
        self.paths, self.lang = paths, lang
        self.site: Site | None = None
        self.page: Page | None = None

    def run(self, lines: list[str]) -> list[str]:
        body = "\n".join(lines)
        try:
            self.site = current(self.paths, self.lang)
        except RenderError as error:
            log.error(str(error))
            return [self.md.htmlStash.store(f'<p class="render-error">{error}</p>')]
        self.page = self.site.page_with_body(body)
        if self.page is None:
            return lines
        problems = lint.page_problems(self.site, self.page)
        if self.page.path == "index.md" and (stale := evidence.staleness(self.site.evidence)):
            problems.insert(0, Problem(self.page.file, 1, stale))
        for problem in problems:
            log.error(str(problem))
        boxes = "".join(f'<p class="render-error">{_escaped(str(problem))}</p>' for problem in problems)
        parts = [f"<div>{boxes}</div>" if boxes else "", self._replaced(body), offer(self.site, self.page) + reference_list(self.site, self.page)]
        above, text, below = (self.md.htmlStash.store(part) if part and part is not parts[1] else part for part in parts)
        return f"{above}\n\n{text}\n\n{below}\n".split("\n")

    def _replaced(self, body: str) -> str:
        # The host may have trimmed blank lines: places to replace come from this text, lines to report from the file.
        here, there = scan(body).items, self.page.scan.items
        for item, in_file in reversed([*zip(here, there, strict=True)]):
            if item.kind in ("code", "span", "heading", "link", "display", "dollar", "fig"):
                continue
            html = self._html(in_file)
            if html is None:
                continue
            end = item.end
            if item.kind == "tex" and len(item.text) < 30 and body[end : end + 1] in _CLOSING:
                # A browser may break the line between a formula and the comma after it, which no printer would.
                html, end = f'<span class="keep">{html}{body[end : end + 1]}</span>', end + 1
            token = self.md.htmlStash.store(html)
            if item.kind in ALONE:
                indent = re.search(r"[ \t]*\Z", body[: item.start])[0]
                token = f"\n{indent}{token}\n"
            body = body[: item.start] + token + body[end:]
        return body

    def _html(self, item: Item) -> str | None:
        """HTML of one item, or None where it is wrong (it then stays as written, below the message that says why)."""
        site, page = self.site, self.page
        if item.kind in SENTENCE:
            return inline(site, page, item)
        if [*lint.directive(site, page, item)]:
            return None
        return equation(site, page, item.args[0]) if item.kind == "eq" else generated(site, page, item.kind, *item.args)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("{", "&#123;")


class FigureBlocks(BlockProcessor):
    """A paragraph that begins with `{fig name}` is that figure, and the rest of it the caption."""

    def __init__(self, parser, names: Names):
        super().__init__(parser)
        self.names = names

    def test(self, parent, block: str) -> bool:
        match = _FIGURE.match(block)
        return bool(match) and self.names.page is not None and match[1] in self.names.site.figures

    def run(self, parent, blocks: list[str]) -> None:
        block = blocks.pop(0)
        match = _FIGURE.match(block)
        site, page = self.names.site, self.names.page
        caption = block[match.end() :].strip()
        parent.append(figure.element(site, page, match[1], self.parser.md.htmlStash.store, caption))
