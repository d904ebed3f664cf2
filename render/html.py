"""Small pieces of HTML that several parts of a page share."""

from html import escape

from render import katex
from render.kinds import BADGES
from render.pages import Page
from render.site import Place, Site
from render.words import WORDS


def inline_math(latex: str) -> str:
    """A formula within a line. The element's own name keeps it out of the search index: the search of Material for MkDocs
    tells excluded elements apart by name alone, and KaTeX nests spans."""
    return f"<inline-math data-search-exclude>{katex.render(latex)}</inline-math>"


def display_math(latex: str, output: str = "htmlAndMathml") -> str:
    return katex.render(latex, True, output)


def details_math(latex: str, display: bool = False) -> str:
    """A formula in a folded part or a long table. MathML is left out there, which halves the weight of a page; those who
    cannot see it hear its LaTeX."""
    tag = "div" if display else "span"
    return f'<{tag} role="math" aria-label="{escape(latex, quote=True)}">{katex.render(latex, display, "html")}</{tag}>'


def badge(rung: str, lang: str) -> str:
    return f'<span class="badge badge--{rung}">{BADGES[lang][rung]}</span>'


def equation_link(site: Site, page: Page, slug: str, with_title: bool = False) -> str:
    """"(3.1)" linking to the place where the equation is displayed; the script shows the equation on hover, focus or tap."""
    place: Place = site.equations[slug]
    title = escape(site.evidence.records[slug]["title"][site.lang])
    label = f"{WORDS[site.lang]['equation']} ({place.number}){WORDS[site.lang]['colon']}{title}"
    named = f" {title}" if with_title else ""
    return f'<a class="eq-ref" href="{site.link(page, place)}" aria-label="{label}">({place.number}){named}</a>'


def table(head: list[str], rows: list[list[str]], css: str) -> str:
    """A table in a box of its own that scrolls sideways, so that the page never does. Cells are HTML."""
    columns = "".join(f"<th scope=col>{cell}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="scroll"><table class="{css}"><thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table></div>'
