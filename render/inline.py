"""What stands within a sentence: typed mathematics, and `{ref …}`, `{math …}`, `{num …}` and `{cite …}`."""

from html import escape

from render import katex, lint, values
from render.citations import citation
from render.html import equation_link, inline_math
from render.numbers_in_text import typed_tex
from render.pages import Page
from render.scan import Item
from render.site import Site

SENTENCE = ("tex", "ref", "math", "num", "cite")


def inline(site: Site, page: Page, item: Item) -> str | None:
    """HTML of one item, or None where it is wrong (it then stays as written, below the message that says why)."""
    if item.kind == "tex":
        try:
            return inline_math(typed_tex(site, item)[0])
        except katex.TeXError:
            return None
    if [*lint.directive(site, page, item)]:
        return None
    if item.kind == "ref":
        return equation_link(site, page, item.args[0])
    if item.kind == "math":
        return inline_math(site.evidence.records[item.args[0]]["latex"])
    return _number(site, page, *item.args) if item.kind == "num" else citation(site, item.args[0])


def sentences(site: Site, page: Page) -> str:
    """HTML of a text that is no page of its own; beside the above it may hold code and no other markup."""
    html, done = [], 0
    for item in page.scan.of(*SENTENCE, "span"):
        made = f"<code>{escape(item.text.strip('`'))}</code>" if item.kind == "span" else inline(site, page, item)
        html += [escape(page.body[done : item.start], quote=False), made or escape(item.text)]
        done = item.end
    return "".join(html) + escape(page.body[done:], quote=False)


def _number(site: Site, page: Page, slug: str, name: str, digits: str | None = None) -> str:
    html = values.as_html(site.evidence.records[slug]["values"][name]["decimal"], int(digits) if digits else None)
    return f'<a class="num" href="{site.link(page, site.equations[slug])}">{html}</a>'
