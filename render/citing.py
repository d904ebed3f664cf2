"""How to cite: `{citing …}` as BibTeX, as plain text and after GB/T 7714, made from CITATION.cff so that it cannot drift."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import yaml

from render.kinds import CITING
from render.navigation import settings
from render.pages import Page, read_page
from render.paths import PROJECT
from render.problems import did_you_mean
from render.site import Site
from render.words import WORDS

CFF = PROJECT / "CITATION.cff"
KEY = "vanishing-exploding-gradients"


@dataclass(frozen=True)
class Part:
    """What is cited of the whole, in one language: its own title, or none, and the words that find it there."""

    key: str = ""
    title: str = ""
    where: str = ""


@functools.cache
def work() -> dict:
    """What CITATION.cff says: title, version, date-released, authors."""
    return yaml.safe_load(CFF.read_text(encoding="utf-8"))


def citing(site: Site, page: Page, what: str, name: str = "") -> str:
    """`{citing whole}`, `{citing result SLUG}`, `{citing figure NAME}` or `{citing page PATH}`, ready to be copied."""
    here, chinese = (_part(site, lang, what, name) for lang in (site.lang, "zh"))
    shown = {"BibTeX": bibtex(site.lang, here), CITING[site.lang]["plain"]: plain_text(site.lang, here), "GB/T 7714": gb7714(chinese)}
    return "".join(
        f'<details class="copy" open><summary>{label}</summary><pre class="copy__text" tabindex="0">{escape(text)}</pre></details>' for label, text in shown.items()
    )


def result_bibtex(site: Site, slug: str) -> str:
    """What the details of an equation offer."""
    return bibtex(site.lang, _part(site, site.lang, "result", slug))


def citing_problems(site: Site, what: str, name: str = "") -> Iterator[str]:
    """Sentences about a directive that names nothing."""
    known = {"whole": {"": ""}, "result": site.equations, "figure": site.figure_places, "page": site.pages}
    if what not in known:
        yield f"“{what}” cannot be cited. {did_you_mean(what, known)}"
    elif name not in known[what]:
        yield f"there is no {what} “{name}” to cite. {did_you_mean(name, known[what])}"


def bibtex(lang: str, part: Part) -> str:
    title, whole = _tex(part.title or _title(lang)), _tex(_title(lang))
    fields = {
        "author": f"{{{_tex(_author(lang))}}}",
        "title": f"{{{title}}}",
        **({"howpublished": CITING[lang]["in_tex"].format(where=_tex(part.where), whole=whole)} if part.title else {}),
        "year": str(_date().year),
        "note": CITING[lang]["version"].format(version=work()["version"]),
    }
    lines = ",\n".join(f"  {name:<12} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{KEY}{part.key},\n{lines}\n}}"


def plain_text(lang: str, part: Part) -> str:
    form = CITING[lang]["part" if part.title else "whole"]
    return form.format(author=_author(lang), year=_date().year, title=part.title, where=part.where, whole=_title(lang), version=work()["version"])


def gb7714(part: Part) -> str:
    """After GB/T 7714—2015, for the Chinese pages; what is cited of a whole stands before `//`."""
    version = work()["version"]
    title = f"{part.title}: {part.where}[EB/OL]//{_title('zh')}" if part.title else f"{_title('zh')}[EB/OL]"
    return f"{_author('zh')}. {title}. {version} 版. ({_date().isoformat()})[引用日期]. 网址."


def _part(site: Site, lang: str, what: str, name: str) -> Part:
    words = CITING[lang]
    if what == "result":
        record = site.evidence.records[name]
        return Part("-" + record["id"], record["title"][lang], words["result"].format(id=record["id"]))
    if what == "figure":
        place = site.figure_places[name]
        title = read_page(site.paths, lang, place.page.path).title
        return Part("-" + name.replace("_", "-"), title, f"{WORDS[lang]['figure']} {place.number} ({name})")
    if what == "page":
        return Part("-" + name.removesuffix(".md").rpartition("/")[2], read_page(site.paths, lang, name).title, words["page"])
    return Part()


@functools.cache
def _title(lang: str) -> str:
    """CITATION.cff has room for one title, the English one; the Chinese one is that of the Chinese pages."""
    return work()["title"] if lang == "en" else settings("zh")["site_name"]


def _author(lang: str) -> str:
    return work()["authors"][0]["name"] if lang == "en" else CITING["zh"]["author"].format(whole=_title("zh"))


def _date():
    return work()["date-released"]


def _tex(text: str) -> str:
    return re.sub(r"([&%#_$])", r"\\\1", text)
