"""One published equation as it stands on a page: the formula, its number, its standing, and everything folded below."""

from html import escape

from render.citations import citation
from render.citing import result_bibtex
from render.graph import graph_link
from render.html import badge, details_math, display_math, equation_link, table
from render.pages import Page
from render.proof import checks_list, mutants_table
from render.site import Site, address, equation_anchor
from render.words import WORDS

_COPIES = (("latex", "LaTeX"), ("mathml", "MathML"), ("sympy", "SymPy"), ("numpy", "NumPy"))


def equation(site: Site, page: Page, slug: str) -> str:
    """HTML of `{eq slug}`. It reads without a script: what is folded is a <details>, what is linked is an address."""
    record, words = site.evidence.records[slug], WORDS[site.lang]
    place = site.equations[slug]
    title = escape(record["title"][site.lang])
    anchor = escape(equation_anchor(slug), quote=True)
    return (
        f'<section class="eq" id="{anchor}" aria-label="{words["equation"]} {place.number}{words["colon"]}{title}" data-search-exclude>'
        f'<div class="eq__line"><div class="eq__math">{display_math(record["latex"])}</div>'
        f'<a class="eq__number" href="#{anchor}" title="{words["permalink"]} · {record["id"]}">({place.number})</a></div>'
        f'<details class="eq__more"><summary><span class="eq__summary">{badge(record["rung"], site.lang)} '
        f'<span class="eq__title">{title}</span> <span class="eq__hint">{words["more"]}</span></span></summary>'
        f'<div class="eq__body">{"".join(_parts(site, page, record))}</div></details></section>'
    )


def _parts(site: Site, page: Page, record: dict):
    lang, words = site.lang, WORDS[site.lang]
    yield _part(words["symbols"], _symbols(record, lang))
    domain = " ".join(f"<li>{details_math(d['latex'])}</li>" for d in record["domain"])
    assumed = "".join(f"<li>{escape(a[lang])}</li>" for a in record["assumptions"])
    yield _part(words["domain"], f"<ul>{domain}{assumed}</ul>" if domain or assumed else "")
    yield _part(words["derivation"], _derivation(site, page, record))
    limits = "".join(f"<li>{escape(limit[lang])}</li>" for limit in record["limits"])
    yield _part(words["not_verified"], f'<ul class="eq__limits">{limits}</ul>' if limits else "")
    yield _part(words["evidence"], checks_list(record, lang) + mutants_table(record, lang))
    yield _part(words["uses"], _links(site, page, record["uses"]))
    yield _part(words["used_by"], _links(site, page, record["used_by"]))
    yield _part(words["copy"], _copies(site, record))
    yield _part(words["source"], _source(site, page, record))


def _part(label: str, content: str) -> str:
    return f'<div class="eq__part"><div class="eq__label">{label}</div><div class="eq__content">{content}</div></div>' if content else ""


def _symbols(record: dict, lang: str) -> str:
    words = WORDS[lang]
    rows = [
        [
            details_math(symbol["latex"]),
            escape(symbol["meaning"][lang]),
            details_math(symbol["shape"]) if symbol["shape"] else words["scalar"],
        ]
        for symbol in record["symbols"]
    ]
    return table([words["symbol"], words["meaning"], words["shape"]], rows, "eq__symbols") if rows else ""


def _derivation(site: Site, page: Page, record: dict) -> str:
    lines = []
    for step in record["steps"]:
        used = " ".join(equation_link(site, page, slug) for slug in step["uses"] if slug in site.equations)
        lines.append(
            f'<li><div class="eq__step">{details_math(step["latex"], display=True)}</div>'
            f'<div class="eq__reason">{escape(step["reason"][site.lang])} {used}</div></li>'
        )
    return f'<ol class="eq__steps">{"".join(lines)}</ol>' if lines else ""


def _links(site: Site, page: Page, slugs: list[str]) -> str:
    shown = [f"<li>{equation_link(site, page, slug, with_title=True)}</li>" for slug in slugs if slug in site.equations]
    return f'<ul class="eq__links">{"".join(shown)}</ul>' if shown else ""


def _copies(site: Site, record: dict) -> str:
    """Each format is readable in place; the script adds a button that copies it. Programs run as they are copied."""
    texts = [(name, record[key]) for key, name in _COPIES if record.get(key)] + [("BibTeX", result_bibtex(site, record["slug"]))]
    shown = "".join(f'<details class="copy"><summary>{name}</summary><pre class="copy__text" tabindex="0">{escape(text)}</pre></details>' for name, text in texts)
    missing = WORDS[site.lang]["list"].join(name for key, name in _COPIES if not record.get(key))
    return shown + (f'<p class="copy__none">{WORDS[site.lang]["no_form"].format(forms=missing)}</p>' if missing else "")


def _source(site: Site, page: Page, record: dict) -> str:
    words = WORDS[site.lang]
    where = f'<code>{escape(record["source"]["file"])}:{record["source"]["line"]}</code>'
    cited = words["list"].join(citation(site, key) for key in record["sources"] if key in site.references)
    report, node = _report_link(site, page), graph_link(site, page, record["slug"])
    return (
        f'<p>{escape(record["id"])} · <code>{escape(record["slug"])}</code> · {where}'
        + (f" · {cited}" if cited else "")
        + (f' · <a href="{node}">{words["in_graph"]}</a>' if node else "")
        + (f' · <a href="{report}">{words["report"]}</a>' if report else "")
        + "</p>"
    )


def _report_link(site: Site, page: Page) -> str:
    there = site.pages.get("reference/contribute.md")
    return f"{address(page, there.url)}#report" if there else ""
