"""`{translation}`: for each pair of pages, whether the languages were compared since one of them last changed."""

from html import escape

from render.html import table
from render.kinds import NAMES_OF_LANGUAGES
from render.pages import Page, read_page
from render.parity import changed_since_review
from render.paths import LANGUAGES, other_language
from render.site import Site, address
from render.words import WORDS


def translation(site: Site, page: Page) -> str:
    """A table that git is not asked for: the hashes in the pages' first lines say which language moved on."""
    words, rows, waiting = WORDS[site.lang], [], 0
    other = other_language(site.lang)
    for path, there in site.pages.items():
        twin = read_page(site.paths, other, path)
        changed = changed_since_review(*((there, twin) if site.lang == LANGUAGES[0] else (twin, there)))
        waiting += bool(changed)
        names = words["list"].join(NAMES_OF_LANGUAGES[site.lang][lang] for lang in changed)
        state = f'<span class="state state--stale">{words["stale"].format(changed=names)}</span>' if changed else f'<span class="state">{words["reviewed"]}</span>'
        rows.append([f'<a href="{address(page, there.url)}">{escape(there.title)}</a>', f'<span lang="{other}">{escape(twin.title)}</span>', f"<code>{escape(path)}</code>", state])
    said = words["translation_sum"].format(pages=len(rows), reviewed=len(rows) - waiting)
    return f'<section class="report" data-search-exclude><p>{said}</p>{table([words["page"], words["counterpart"], words["file"], words["translation"]], rows, "report__translation")}</section>'
