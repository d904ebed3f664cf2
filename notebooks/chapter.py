"""A page of the site as a notebook: which of its results it shows, and its cells in either language. The code is the same in both."""

from dataclasses import dataclass

from derivations.catalog import catalog
from notebooks import cells
from notebooks.words import WORDS
from render.pages import Page
from render.site import Site, address

SHOWN = 10  # results in full; the others are a line of code away
AFFORDABLE = 2.0  # seconds of complete verifications that one notebook may run
# These simulate for several seconds; they are drawn on the page only.
SLOW_FIGURES = {"phase_diagram", "layer_gradients", "variance_over_depth", "residual_gradients", "batchnorm_gradients"}
START = "import numpy as np\n\nfrom notebooks.lab import Network, agree, differ, figure, holds, picture, rejected, same, verified"
PLAY = '''from figures import style

T = 30
rows = []
for radius in (0.5, 1.0, 1.5):
    net = Network("{model}", T=T, sizes=(5, 2, 4), radius=radius)
    norms = [np.linalg.norm(net.jacobian("{state}", T, "{state}", T - lag), 2) for lag in range(T + 1)]
    assert abs(norms[0] - 1) < 1e-7 and np.isfinite(norms).all()  # a state moves with itself
    rows += [(radius, lag, norm) for lag, norm in enumerate(norms) if norm > 0]


def draw(fig, data):
    ax = fig.add_axes((0.13, 0.15, 0.84, 0.8))
    for radius, color in zip(sorted(set(data["radius"])), style.SERIES):
        kept = data["radius"] == radius
        ax.semilogy(data["lag"][kept], data["norm"][kept], color=color)
        style.label(ax, data["lag"][kept][-1], data["norm"][kept][-1], rf"\\rho = {{radius:g}}", color, ha="right", va="bottom")
    style.xlabel(ax, r"\\mathrm{{lag}}")
    style.ylabel(ax, r"\\Vert \\partial {state}_T / \\partial {state}_{{T-\\mathrm{{lag}}}} \\Vert")


picture("lags", draw, dict(zip(("radius", "lag", "norm"), np.array(rows).T)))'''


@dataclass(frozen=True)
class Cell:
    """Code, or Markdown with a heading of its own (the heading may be "")."""

    kind: str
    text: str
    heading: str = ""


def chapters(site: Site) -> dict[str, Page]:
    """{name of the notebook: page} of every chapter that displays a result or a figure, in order."""
    found = [page for page in site.pages.values() if page.chapter is not None and page.scan.of("eq", "fig")]
    found = [page for page in found if any(place.page.path == page.path for place in (*site.equations.values(), *site.figure_places.values()))]
    named = {page.path.rsplit("/", 1)[-1].removesuffix(".md"): page for page in sorted(found, key=lambda page: page.chapter)}
    if len(named) != len(found):
        raise ValueError("Two chapters have files of the same name, and a notebook is named after its chapter's file: rename one of them.")
    return named


def chosen(site: Site, page: Page) -> list[str]:
    """The results that the notebook shows, in the order of the page: those that run against a measurement, are derived and are used."""
    slugs = [slug for slug, place in site.equations.items() if place.page.path == page.path and slug in site.evidence.records]
    weight = {}
    for slug in slugs:
        record, entry = site.evidence.records[slug], catalog()[slug]
        weight[slug] = (cells.program(entry, record, set(), set()) is not None, entry.kind != "definition", bool(record["steps"]), len(record["used_by"]))
    best = sorted(slugs, key=lambda slug: weight[slug], reverse=True)[:SHOWN]
    return [slug for slug in slugs if slug in best]


def _complete(site: Site, slugs: list[str]) -> set[str]:
    """The results whose verification the notebook runs in full: the fastest ones, as many as it has time for."""
    found, spent = set(), 0.0
    for slug in sorted(slugs, key=lambda slug: site.evidence.records[slug]["seconds"]):
        spent += site.evidence.records[slug]["seconds"]
        if spent > AFFORDABLE:
            break
        found.add(slug)
    return found


def made(site: Site, page: Page, on_site: bool) -> list[Cell]:
    """The cells of a chapter's notebook in the site's language; ``on_site``: the links lead to pages beside this one."""
    words, slugs = WORDS[site.lang], chosen(site, page)
    about = {"chapter": page.chapter, "title": page.title, "file": page.file}
    where = words["where"].format(**about)
    if on_site:
        where = f'[{where.split("（`")[0].split(" (`")[0]}]({_beside(page)})'
    intro = words["intro"].format(chapter=where) + "\n\n" + words["install"]
    found = [Cell("markdown", intro, "# " + words["title"].format(**about)), Cell("code", START)]
    complete = _complete(site, slugs)
    known: set[str] = set()
    told: set[str] = set()
    model = None
    for slug in slugs:
        record, entry = site.evidence.records[slug], catalog()[slug]
        found.append(_statement(site, slug, words))
        code = cells.program(entry, record, known, told)
        if code and entry.model and entry.model.name != model:
            model = entry.model.name
            found += [Cell("markdown", words["network"].format(model=model)), Cell("code", f'net = Network("{model}", T=5, sizes=(3, 2, 4), radius=0.9)')]
        if code:
            found.append(Cell("code", code))
        if checks := cells.checks(record, slug in complete, told):
            found.append(Cell("code", checks))
    shown = sum(place.page.path == page.path for place in site.equations.values())
    if shown > len(slugs):
        found.append(Cell("markdown", words["rest"].format(count=shown - len(slugs))))
    return [*found, *_drawn(site, page, words), *_played(site, page, words)]


def _beside(page: Page) -> str:
    """A chapter's address as seen from its notebook's page, notebooks/NAME/."""
    return f"../../{page.url}"


def _statement(site: Site, slug: str, words: dict) -> Cell:
    record = site.evidence.records[slug]
    lines = [f"$$ {record['latex']} $$"]
    if record["steps"]:
        lines += ["", words["derivation"], ""]
        for number, step in enumerate(record["steps"], 1):
            lines += [f"{number}. {step['reason'][site.lang]}", "", f"    $$ {step['latex']} $$", ""]
    return Cell("markdown", "\n".join(lines).rstrip(), f"## {site.equations[slug].number} {record['title'][site.lang]}")


def _drawn(site: Site, page: Page, words: dict) -> list[Cell]:
    names = [name for name, place in site.figure_places.items() if place.page.path == page.path and name not in SLOW_FIGURES][-1:]
    return [cell for name in names for cell in (Cell("markdown", words["figure_text"].format(name=name), "## " + words["figure"].format(name=name)), Cell("code", f'figure("{name}")'))]


def _played(site: Site, page: Page, words: dict) -> list[Cell]:
    """Over how many steps a state is felt, in the first network of the chapter whose steps share one matrix."""
    models = dict.fromkeys(site.evidence.records[slug]["model"] for slug, place in site.equations.items() if place.page.path == page.path and slug in site.evidence.records)
    for model in models:
        if model and (state := cells.network(model).feeds_back):
            return [Cell("markdown", words["play_text"], "## " + words["play"].format(model=model)), Cell("code", PLAY.format(model=model, state=state))]
    return []
