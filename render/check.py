"""Everything that can be wrong with the pages of both languages, found without building them."""

from render import evidence
from render.changelog import changelog_problems
from render.claims import claim_problems
from render.errata import errata_problems
from render.glossary import glossary_problems
from render.links import link_problems
from render.lint import page_problems
from render.navigation import nav_problems
from render.paths import LANGUAGES, PROJECT, Paths, shown
from render.parity import parity_problems
from render.problems import Problem
from render.references import reference_problems
from render.site import Site, current
from render.typography import read_terms, typography_problems


def check(paths: Paths) -> tuple[list[Problem], dict[str, Site]]:
    """All problems, in the order of files and lines, and the two sites they were found in.

    Raises RenderError where there is no evidence, so nothing to compare pages with.
    """
    sites = {lang: current(paths, lang) for lang in LANGUAGES}
    found: list[Problem] = []
    if stale := evidence.staleness(sites["en"].evidence):
        found.append(Problem(shown(paths.evidence / "index.json"), 1, stale))
    found += [Problem(file, 1, sentence) for file, sentence in evidence.tampered(paths, sites["en"].evidence)]
    for record in sites["en"].evidence.records.values():
        if evidence.refusal(record):
            continue
        found += [Problem(record["source"]["file"], record["source"]["line"], sentence) for sentence in evidence.nameless(record)]
    for site in sites.values():
        for page in site.pages.values():
            found += page_problems(site, page)
            found += link_problems(site, page)
        found += _not_displayed(site)
        if paths.docs.resolve() == PROJECT / "docs":  # the menu is that of the project, whatever other tree is looked at
            found += nav_problems(site, PROJECT / f"mkdocs.{site.lang}.yml")
    found += reference_problems(paths, sites)
    found += glossary_problems(sites)
    found += claim_problems(sites)
    found += errata_problems(sites)
    found += changelog_problems(sites)
    terms = read_terms(paths)
    for page in sites["zh"].pages.values():
        found += typography_problems(page, terms)
    found += parity_problems(paths, {lang: site.pages for lang, site in sites.items()})
    return sorted(found), sites


def _not_displayed(site: Site) -> list[Problem]:
    return [
        Problem(
            record["source"]["file"],
            record["source"]["line"],
            f"“{slug}” is a published result that no page in {shown(site.paths.docs / site.lang)} displays: put {{eq {slug}}} on a page.",
        )
        for slug, record in site.evidence.records.items()
        if slug not in site.equations
    ]


def summary(sites: dict[str, Site]) -> str:
    """One line per language: how many results were checked, and how many are displayed."""
    lines = []
    for lang, site in sites.items():
        displayed = sum(slug in site.evidence.records for slug in site.equations)
        numbers = sum(len(page.scan.of("num")) for page in site.pages.values())
        lines.append(
            f"{lang}: {len(site.pages)} pages, {len(site.evidence.records)} results checked, {displayed} displayed, "
            f"{len(site.figure_places)} figures, {numbers} checked numbers in sentences"
        )
    return "\n".join(lines)
