"""Citations: `{cite key}` in a sentence, the list of what a page cites at its end, and the bibliography of all works."""

from html import escape

from render.pages import Page
from render.site import Site, address
from render.words import WORDS


def citation(site: Site, key: str) -> str:
    """"Werbos (1990)", linking to the work itself."""
    entry = site.references[key]
    return f'<a class="cite" href="{escape(_address(entry), quote=True)}" rel="external">{escape(_short(entry, site.lang))}</a>'


def reference_list(site: Site, page: Page) -> str:
    """The works cited on the page, by its author, an equation or a claim, in order of first mention."""
    works = [f'<li id="ref-{key}">{_full(site.references[key], site.lang)}</li>' for key in site.cited(page) if key in site.references]
    if not works:
        return ""
    return f'<aside class="refs"><p class="refs__label">{WORDS[site.lang]["references"]}</p><ul>{"".join(works)}</ul></aside>'


def bibliography(site: Site, page: Page) -> str:
    """All works, by author and year, each with the pages that cite it."""
    places: dict[str, list[str]] = {key: [] for key in site.references}
    for there in site.pages.values():
        for key in site.cited(there):
            places.get(key, []).append(f'<a href="{address(page, there.url)}">{escape(there.title)}</a>')
    words, ordered = WORDS[site.lang], sorted(site.references, key=lambda key: (site.references[key]["authors"][0].lower(), site.references[key]["year"]))
    works = (f'<li id="ref-{key}">{_full(site.references[key], site.lang)} <span class="refs__pages">{words["cited_on"]}{words["list"].join(places[key])}</span></li>' for key in ordered)
    return f'<ul class="bibliography">{"".join(works)}</ul>'


def _address(entry: dict) -> str:
    if "doi" in entry:
        return f"https://doi.org/{entry['doi']}"
    return f"https://arxiv.org/abs/{entry['arxiv']}" if "arxiv" in entry else entry["url"]


def _short(entry: dict, lang: str) -> str:
    names = [name.split(",")[0] for name in entry["authors"]]
    if len(names) > 3:
        names = names[:1]
        who = f"{names[0]} 等" if lang == "zh" else f"{names[0]} et al."
    elif lang == "zh":
        who = "、".join(names)
    else:
        who = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " & " + names[-1]
    return f"{who}（{entry['year']}）" if lang == "zh" else f"{who} ({entry['year']})"


def _full(entry: dict, lang: str) -> str:
    authors = "; ".join(entry["authors"])
    address = escape(_address(entry), quote=True)
    return (
        f"{escape(authors)} ({entry['year']}). <cite>{escape(entry['title'])}</cite>. {escape(entry['venue'])}. "
        f'<a href="{address}" rel="external">{escape(address.removeprefix("https://"))}</a>'
    )
