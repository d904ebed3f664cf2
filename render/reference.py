"""What pages generate as a whole: the index of results, the verification report, the map of the site, and lists made elsewhere."""

import re
from html import escape

from render.changelog import changelog
from render.citations import bibliography
from render.citing import citing
from render.claims import claims
from render.errata import errata
from render.glossary import glossary
from render.graph import graph
from render.html import badge, details_math, equation_link, table
from render.kinds import BADGES, KINDS, VERDICTS
from render.navigation import sections
from render.notebooks import notebooks
from render.pages import Page
from render.site import Site, address
from render.translation import translation
from render.words import WORDS


def generated(site: Site, page: Page, kind: str, *names: str) -> str:
    """HTML of a directive that stands alone on its line and is not an equation, such as `{results}` or `{citing result V110}`."""
    return MADE[kind](site, page, *names)


def _rows(site: Site):
    """(slug, record, place) of every displayed result, in published order."""
    for slug, record in site.evidence.records.items():
        if slug in site.equations:
            yield slug, record, site.equations[slug]


def results(site: Site, page: Page) -> str:
    """The index of all results; complete as it stands, filtered by the script."""
    lang, words = site.lang, WORDS[site.lang]
    rows = []
    for slug, record, place in _rows(site):
        keys = f'data-kind="{record["kind"]}" data-badge="{record["rung"]}" data-topic="{escape(place.page.path, quote=True)}"'
        cells = [
            f"<code>{escape(record['id'])}</code>",
            f"{equation_link(site, page, slug)} {escape(record['title'][lang])}",
            details_math(record["latex"]),
            KINDS[lang][record["kind"]],
            badge(record["rung"], lang),
            f'<a href="{address(page, place.page.url)}">{escape(place.page.title)}</a>',
        ]
        rows.append(f"<tr {keys}>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    head = "".join(f"<th scope=col>{words[key]}</th>" for key in ("id", "result", "formula", "kind", "badge", "page"))
    return (
        f'<section class="results" data-search-exclude>{_filters(site)}'
        f'<div class="scroll"><table class="results__table"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div></section>'
    )


def _filters(site: Site) -> str:
    """Choices for the script; hidden until it runs."""
    lang, words = site.lang, WORDS[site.lang]
    found = [*_rows(site)]
    choices = {
        "topic": {place.page.path: place.page.title for _, _, place in found},
        "kind": {record["kind"]: KINDS[lang][record["kind"]] for _, record, _ in found},
        "badge": {record["rung"]: BADGES[lang][record["rung"]] for _, record, _ in found},
    }
    selects = "".join(
        f'<label>{words[name]} <select data-filter="{name}"><option value="">{words["all"]}</option>'
        + "".join(f'<option value="{escape(value, quote=True)}">{escape(label)}</option>' for value, label in options.items())
        + "</select></label>"
        for name, options in choices.items()
    )
    return (
        f'<form class="results__filter" hidden><label>{words["filter"]} <input type="search" data-filter="text"></label>{selects}'
        f'<output class="results__count"><b>{len(found)}</b> {words["shown"]}</output></form>'
    )


def verification(site: Site, page: Page) -> str:
    """What was verified, when, with what, and how long it took."""
    lang, words = site.lang, WORDS[site.lang]
    records = site.evidence.records.values()
    rows, checks, mutants, killed, seconds = [], 0, 0, 0, 0.0
    for record in records:
        # An equivalent mutant is no wrong version: it is listed with its proof and does not count here.
        wrong = [mutant for mutant in record["mutants"] if mutant["verdict"] != "equivalent"]
        dead = sum(mutant["verdict"] == "killed" for mutant in wrong)
        checks, mutants, killed = checks + len(record["checks"]), mutants + len(wrong), killed + dead
        seconds += record["seconds"]
        verdict = record["verdict"]
        link = equation_link(site, page, record["slug"]) if record["slug"] in site.equations else ""
        rows.append(
            [
                f'{link} {escape(record["title"][lang])}',
                f'<span class="verdict verdict--{verdict.lower()}">{VERDICTS[lang][verdict]}</span>',
                badge(record["rung"], lang),
                str(len(record["checks"])),
                f"{dead}/{len(wrong)}" if wrong else "–",
                f'{record["seconds"]:.2f}',
            ]
        )
    rows.append([f'<b>{words["total"]}</b>', "", "", f"<b>{checks}</b>", f"<b>{killed}/{mutants}</b>", f"<b>{seconds:.1f}</b>"])
    head = [words["result"], words["verdict"], words["badge"], words["checks"], words["mutants"], words["seconds"]]
    return (
        f'<section class="report" data-search-exclude>{_totals(site, checks, killed, mutants)}'
        f'{table(head, rows, "report__table")}</section>'
    )


def _totals(site: Site, checks: int, killed: int, mutants: int) -> str:
    words, records = WORDS[site.lang], site.evidence.records
    passed = sum(record["verdict"] == "PASS" for record in records.values())
    versions = next(iter(records.values()))["versions"] if records else {}
    shown = {
        words["results"]: f"{passed}/{len(records)}",
        words["checks"]: str(checks),
        words["mutants"]: f"{killed}/{mutants}",
        words["verified"]: escape(re.sub(r"T(\d\d:\d\d).*", r" \1 UTC", site.evidence.index.get("verified", "–"))),
        words["versions"]: escape(", ".join(f"{name} {version}" for name, version in versions.items())),
    }
    return '<dl class="report__totals">' + "".join(f"<div><dt>{k}</dt><dd>{v}</dd></div>" for k, v in shown.items()) + "</dl>"


def site_map(site: Site, page: Page) -> str:
    """The pages in the order of the navigation, with what each is about and how many results it displays."""
    blocks = []
    for title, paths in sections(site):
        cards = []
        for path in paths:
            there = site.pages[path]
            about = escape(there.meta.get("description", ""))
            cards.append(f'<li><a href="{address(page, there.url)}"><b>{escape(there.title)}</b><span>{about}</span></a></li>')
        blocks.append(f'<div class="map__part"><p class="map__label">{escape(title)}</p><ul>{"".join(cards)}</ul></div>')
    return f'<nav class="map" aria-label="{WORDS[site.lang]["page"]}">{"".join(blocks)}</nav>'


MADE = {
    "results": results,
    "verification": verification,
    "map": site_map,
    "glossary": glossary,
    "bibliography": bibliography,
    "claims": claims,
    "notebooks": notebooks,
    "graph": graph,
    "errata": errata,
    "changelog": changelog,
    "translation": translation,
    "citing": citing,
}
