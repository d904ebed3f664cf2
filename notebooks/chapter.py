"""A page of the site as a notebook: which of its results it shows, and its cells in either language. The code is the same in both."""

from dataclasses import dataclass

from derivations.catalog import catalog
from notebooks import cells
from notebooks.words import WORDS
from render.pages import Page
from render.site import Site

SHOWN = 10  # results in full; the others are a line of code away
COMPLETE = 1  # results that are verified in full
# These simulate for several seconds; they are drawn on the page only.
SLOW_FIGURES = {"phase_diagram", "layer_gradients", "variance_over_depth", "residual_gradients", "batchnorm_gradients"}
START = "import numpy as np\n\nfrom notebooks.lab import Network, agree, differ, figure, holds, picture, rejected, same, verified"
PLAY = '''from figures import style

T = 20
rows = []
for radius in (0.5, 1.0, 1.5):
    net = Network("{model}", T=T, sizes=(5, 2, 4), radius=radius)
    norms = [np.linalg.norm(net.jacobian("{state}", T, "{state}", T - lag), 2) for lag in range(T + 1)]
    assert abs(norms[0] - 1) < 1e-7 and np.isfinite(norms).all()  # a state moves with itself
    rows += [(radius, lag, norm) for lag, norm in enumerate(norms) if norm > 0]


def draw(fig, data):
    ax = fig.add_axes((0.11, 0.16, 0.86, 0.7))
    for radius, color in zip(sorted(set(data["radius"])), style.SERIES):
        kept = data["radius"] == radius
        ax.semilogy(data["lag"][kept], data["norm"][kept], color=color, label=rf"$\\rho = {{radius:g}}$")
    ax.legend(frameon=False, loc="lower left")
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


@dataclass(frozen=True)
class Shown:
    """A result and the code of its cells; ``network`` is the model that a cell before must draw, or None."""

    slug: str
    network: str | None
    code: tuple[str, ...]


def plan(site: Site, page: Page) -> list[Shown]:
    """The results that a chapter's notebook shows, in the order of the page, with their code, which is the same in every language."""
    slugs, records, known, told, model, found = _chosen(site, page), site.evidence.records, set(), set(), None, []
    complete = sorted(slugs, key=lambda slug: len(records[slug]["checks"]) * len(records[slug]["mutants"]))[:COMPLETE]  # not by seconds: they differ from run to run
    for slug in slugs:
        entry = catalog()[slug]
        code = [cells.program(entry, records[slug], known, told), cells.checks(records[slug], slug in complete, told)]
        drawn = entry.model.name if code[0] and entry.model and entry.model.name != model else None
        model = drawn or model
        found.append(Shown(slug, drawn, tuple(text for text in code if text)))
    return found


def _chosen(site: Site, page: Page) -> list[str]:
    """Those that run against a measurement, are derived, and are used, before others."""
    slugs = [slug for slug, place in site.equations.items() if place.page.path == page.path and slug in site.evidence.records]

    def weight(slug):
        record, entry = site.evidence.records[slug], catalog()[slug]
        return cells.runs(entry, record), entry.kind != "definition", bool(record["steps"]), len(record["used_by"])

    best = sorted(slugs, key=weight, reverse=True)[:SHOWN]
    return [slug for slug in slugs if slug in best]


def made(site: Site, page: Page, shown: list[Shown], on_site: bool) -> list[Cell]:
    """The cells of a chapter's notebook in the site's language; ``on_site``: the chapter is a link, since its page is beside this one."""
    words = WORDS[site.lang]
    about = {"chapter": page.chapter, "title": page.title, "file": page.file}
    where = f"[{words['chapter'].format(**about)}](../../{page.url})" if on_site else f"{words['chapter'].format(**about)} (`{page.file}`)"
    found = [Cell("markdown", words["intro"].format(chapter=where) + "\n\n" + words["install"], "# " + words["title"].format(**about)), Cell("code", START)]
    for one in shown:
        found.append(_statement(site, one.slug, words))
        if one.network:
            found += [Cell("markdown", words["network"].format(model=one.network)), Cell("code", f'net = Network("{one.network}", T=5, sizes=(3, 2, 4), radius=0.9)')]
        found += [Cell("code", text) for text in one.code]
    rest = sum(place.page.path == page.path for place in site.equations.values()) - len(shown)
    if rest:
        found.append(Cell("markdown", words["rest"].format(count=rest)))
    return [*found, *_drawn(site, page, words), *_played(site, page, words)]


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
