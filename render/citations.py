"""Citations: `{cite key}` in a sentence, and the list of what a page cites at its end."""

from html import escape

from render.pages import Page
from render.site import Site
from render.words import WORDS


def citation(site: Site, key: str) -> str:
    """"Werbos (1990)", linking to the work itself."""
    entry = site.references[key]
    return f'<a class="cite" href="{escape(_address(entry), quote=True)}" rel="external">{escape(_short(entry, site.lang))}</a>'


def reference_list(site: Site, page: Page) -> str:
    """The works cited on the page, by its author or by an equation displayed on it, in order of first mention."""
    keys: dict[str, None] = {}
    for item in page.scan.of("cite", "eq"):
        if item.kind == "cite":
            keys[item.args[0]] = None
        elif record := site.record(item.args[0]):
            keys.update(dict.fromkeys(record["sources"]))
    works = [f'<li id="ref-{key}">{_full(site.references[key], site.lang)}</li>' for key in keys if key in site.references]
    if not works:
        return ""
    return f'<aside class="refs"><p class="refs__label">{WORDS[site.lang]["references"]}</p><ul>{"".join(works)}</ul></aside>'


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
