"""The glossary from docs/terms.toml: `{glossary}` on its page, and what is wrong with the list."""

import re
from html import escape

from render import katex
from render.html import inline_math
from render.pages import Page
from render.paths import shown
from render.problems import Problem, did_you_mean
from render.site import Site, address
from render.typography import read_terms
from render.words import WORDS

_FORMULA = re.compile(r"\$([^$]+)\$")


def glossary(site: Site, page: Page) -> str:
    """Every term with its counterpart in the other language, one sentence about it, its synonyms, and where it is at home.

    English in the order of the alphabet; Chinese in the order of docs/terms.toml, which goes by topic.
    """
    terms = read_terms(site.paths)
    if site.lang == "en":
        terms = sorted(terms, key=lambda term: term["en"].lower())
    return f'<dl class="glossary">{"".join(_entry(site, page, term) for term in terms)}</dl>'


def _entry(site: Site, page: Page, term: dict) -> str:
    lang, words = site.lang, WORDS[site.lang]
    name, other, other_lang = (term["en"], "／".join(term["zh"]), "zh") if lang == "en" else ("／".join(term["zh"]), term["en"], "en")
    about = "".join(inline_math(part) if place % 2 else escape(part) for place, part in enumerate(_FORMULA.split(term["means"][lang])))
    also = f'<span class="glossary__also">{words["also"]}{escape(words["list"].join(term["avoid"]))}</span>' if "avoid" in term else ""
    more = _home(site, page, term["see"]) if "see" in term else ""
    return f'<dt id="{anchor(term)}">{escape(name)} <span lang="{other_lang}">{escape(other)}</span></dt><dd>{about} {more}{also}</dd>'


def anchor(term: dict) -> str:
    """The same in both languages: made of the English term."""
    return "term-" + re.sub(r"[^a-z0-9]+", "-", term["en"].lower()).strip("-")


def _home(site: Site, page: Page, see: str) -> str:
    path, _, heading = see.partition("#")
    there = site.pages[path]
    return f'<a href="{address(page, there.url)}#{heading}">{escape(there.title)}</a>'


def glossary_problems(sites: dict[str, Site]) -> list[Problem]:
    """A term without its sentence in a language, one with bad TeX in it, and one whose home is no heading of the site."""
    paths, pages = sites["en"].paths, sites["en"].pages
    file = shown(paths.terms)
    lines = paths.terms.read_text(encoding="utf-8").splitlines() if paths.terms.exists() else []
    found = []
    for term in read_terms(paths):
        line = next((number for number, text in enumerate(lines, 1) if text.startswith("en = ") and f'"{term["en"]}"' in text), 1)
        for lang in sites:
            if not term.get("means", {}).get(lang, "").strip():
                found.append(Problem(file, line, f"the term “{term['en']}” is not explained in {lang}: add it to `means = {{ en = …, zh = … }}`."))
            for latex in _FORMULA.findall(term.get("means", {}).get(lang, "")):
                try:
                    katex.render(latex)
                except katex.TeXError as error:
                    found.append(Problem(file, line, f"the formula “${latex}$” cannot be set: {error}."))
        path, _, heading = term.get("see", "").partition("#")
        if path and path not in pages:
            found.append(Problem(file, line, f"the term “{term['en']}” points to “{path}”, which is no page. {did_you_mean(path, pages)}"))
        elif path and heading not in pages[path].anchors:
            found.append(Problem(file, line, f"the term “{term['en']}” points to “#{heading}”, which is no heading of {path}. {did_you_mean(heading, pages[path].anchors)}"))
    return found
