"""The claims from docs/claims.toml: `{claims}` on their page, and what is wrong with the list."""

import re
from collections import Counter
from collections.abc import Iterator
from html import escape

from render.html import equation_link
from render.inline import sentences
from render.kinds import CLAIM_TOPICS, CLAIM_VERDICTS
from render.listed import as_page, lines_of, missing_texts, unknown_names, wrong_texts
from render.pages import Page
from render.paths import shown
from render.problems import Problem, did_you_mean
from render.site import Site, address
from render.words import WORDS

# A sign beside the word, so that nobody has to tell colours apart.
SIGNS = {"holds": "✓", "conditions": "◐", "misleading": "!", "false": "✗"}
TEXTS = ("claim", "reason")
EVIDENCE = ("results", "figures", "pages")
KEYS = ("id", "topic", "verdict", *TEXTS, *EVIDENCE)


def claims(site: Site, page: Page) -> str:
    """All claims in the order of the file; complete as they stand, filtered by the script."""
    return f'<section class="claims">{_filters(site)}{"".join(_claim(site, page, claim) for claim in site.claims)}</section>'


def _claim(site: Site, page: Page, claim: dict) -> str:
    lang, words, verdict, anchor = site.lang, WORDS[site.lang], claim["verdict"], claim["id"].lower()
    text, reason = (sentences(site, as_page(site.paths.claims, lang, page.path, claim[key][lang], 1)) for key in TEXTS)
    return (
        f'<div class="claim" data-verdict="{verdict}" data-topic="{claim["topic"]}">'
        f'<h3 id="{anchor}">“{text}” <a class="headerlink" href="#{anchor}" title="{words["claim_link"]}">¶</a></h3>'
        f'<p class="claim__verdict claim__verdict--{verdict}"><span class="claim__sign" aria-hidden="true">{SIGNS[verdict]}</span> '
        f'<b>{CLAIM_VERDICTS[lang][verdict]}</b> <span class="claim__topic">{claim["id"]} · {CLAIM_TOPICS[lang][claim["topic"]]}</span></p>'
        f"<p>{reason}</p>"
        f'<footer class="claim__evidence" data-search-exclude><p>{words["evidence"]}</p><ul>{"".join(_evidence(site, page, claim))}</ul>{_command(claim, words)}</footer></div>'
    )


def _evidence(site: Site, page: Page, claim: dict) -> Iterator[str]:
    words = WORDS[site.lang]
    for slug in claim.get("results", ()):
        yield f"<li>{equation_link(site, page, slug, with_title=True)}</li>"
    for name in claim.get("figures", ()):
        place = site.figure_places[name]
        where = words["figure_on"].format(number=place.number, page=escape(place.page.title))
        yield f'<li><a href="{site.link(page, place)}">{where}</a></li>'
    for path, _, heading in (see.partition("#") for see in claim.get("pages", ())):
        there = site.pages[path]
        title = next(item.text for item in there.scan.of("heading") if item.args[1] == heading)
        named = there.title if title == there.title else f"{there.title}{words['colon']}{title}"
        yield f'<li><a href="{address(page, there.url)}#{heading}">{escape(named)}</a></li>'


def _command(claim: dict, words: dict) -> str:
    command = f"python -m derivations verify {' '.join(claim.get('results', ()))}"
    return f'<details class="copy"><summary>{words["rerun"]}</summary><pre class="copy__text" tabindex="0">{command}</pre></details>' if claim.get("results") else ""


def _filters(site: Site) -> str:
    """Choices for the script, with how many claims each leaves; hidden until it runs."""
    words, named = WORDS[site.lang], {"verdict": CLAIM_VERDICTS[site.lang], "topic": CLAIM_TOPICS[site.lang]}
    counts = {name: Counter(claim[name] for claim in site.claims) for name in named}
    selects = "".join(
        f'<label>{words[name]} <select data-filter="{name}"><option value="">{words["all"]}</option>'
        + "".join(f'<option value="{key}">{label} ({counts[name][key]})</option>' for key, label in labels.items())
        + "</select></label>"
        for name, labels in named.items()
    )
    return f'<form class="results__filter" hidden>{selects}<output class="results__count"><b>{len(site.claims)}</b> {words["claims_shown"]}</output></form>'


def claim_problems(sites: dict[str, Site]) -> list[Problem]:
    """A claim without a verdict, a language or evidence, evidence that does not exist, and whatever would be wrong on a page too."""
    paths, file = sites["en"].paths, shown(sites["en"].paths.claims)
    lines, seen, found = lines_of(paths.claims, "claim"), {}, []
    for claim, at in zip(sites["en"].claims, lines, strict=True):
        name = str(claim.get("id", "without an id"))
        found += [Problem(file, at.get(key, at[""]), f"the claim {name} {sentence}") for key, sentence in wrong(sites["en"], claim)]
        if name in seen:
            found.append(Problem(file, at.get("id", at[""]), f"the claim {name} stands here a second time; the first is in line {seen[name]}: give it an id of its own."))
        seen.setdefault(name, at.get("id", at[""]))
        found += wrong_texts(sites, paths.claims, "claims", claim, TEXTS, at, "a claim")
    return found


def wrong(site: Site, claim: dict) -> Iterator[tuple[str, str]]:
    """(key, sentence) for everything in one claim that is missing, unknown or does not exist."""
    if not re.fullmatch(r"C\d\d", str(claim.get("id"))):
        yield "id", 'needs an id of C and two digits, as in id = "C41".'
    for key, known in (("verdict", CLAIM_VERDICTS["en"]), ("topic", CLAIM_TOPICS["en"])):
        if claim.get(key) not in known:
            yield key, f"has the {key} “{claim.get(key, '')}”. {did_you_mean(str(claim.get(key, '')), known)}"
    yield from missing_texts(claim, TEXTS)
    if not any(claim.get(kind) for kind in EVIDENCE):
        yield "verdict", "has a verdict without evidence: name results, figures or pages of this site that show it."
    yield from unknown_names(site, claim)
    for key in claim.keys() - {*KEYS}:
        yield key, f"has “{key}”, which nothing reads. {did_you_mean(key, KEYS)}"
