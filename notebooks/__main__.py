"""`python -m notebooks [NAME …]`: write build/notebooks for the named chapters, or for all, and run the code that has changed.

build/notebooks/LANG/NAME.ipynb is the notebook to download, with its outputs; LANG/pages/NAME.ipynb the same with its
formulas set, from which mkdocs-jupyter makes the page; outputs/NAME.json what the cells printed, once for both languages;
index.json which notebooks there are, and which evidence they were made from.
"""

import hashlib
import json
import os
import signal
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from render.pages import read_pages
from render.paths import LANGUAGES, PROJECT, Paths
from render.problems import RenderError, did_you_mean
from render.site import current

JOBS = os.cpu_count() or 1


def main(names: list[str]) -> int:
    """0 if every notebook is there, 1 if a cell failed, 2 if there is nothing to make them from or a name is unknown."""
    paths, began = Paths.under(PROJECT), time.monotonic()
    stamp, mark = paths.notebooks / "made-from.txt", _mark(paths)
    if not names and stamp.exists() and stamp.read_text(encoding="utf-8") == mark:
        print("The notebooks are of this code and these pages: nothing to run.")
        return 0
    from notebooks import chapter  # the whole catalogue: not for nothing

    try:
        sites = {lang: current(paths, lang) for lang in LANGUAGES}
    except RenderError as error:
        print(error, file=sys.stderr)
        return 2
    pages = chapter.chapters(sites["en"])
    if unknown := [name for name in names if name not in pages]:
        print("\n".join(f"There is no notebook “{name}”. {did_you_mean(name, pages)}" for name in unknown), file=sys.stderr)
        return 2
    stamp.unlink(missing_ok=True)
    wanted = {name: chapter.plan(sites["en"], page) for name, page in pages.items() if not names or name in names}
    failures = _brought_up_to_date(paths.notebooks, sites, pages, wanted)
    if not names and not failures:
        for file in [*paths.notebooks.rglob("*.ipynb"), *paths.notebooks.glob("outputs/*.json")]:
            if file.stem not in pages:
                file.unlink()
        stamp.write_text(mark, encoding="utf-8")
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{len(wanted) - len(failures)} of {len(wanted)} notebooks in {time.monotonic() - began:.1f} s")
    return 1 if failures else 0


def _mark(paths: Paths) -> str:
    """What all notebooks depend on: the evidence, the code, and of the pages only titles, numbers and what they display."""
    from figures.__main__ import source_hash

    digest = hashlib.sha256(source_hash("", ()).encode())
    index = paths.evidence / "index.json"
    digest.update(repr(sorted(json.loads(index.read_text(encoding="utf-8"))["digests"].items())).encode() if index.exists() else b"")
    for file in sorted([*Path(__file__).parent.glob("*.py"), *(PROJECT / "figures").glob("*.py")]):
        digest.update(file.name.encode() + file.read_bytes())
    for lang in LANGUAGES:
        for path, page in read_pages(paths, lang).items():
            digest.update(repr((path, page.title, page.chapter, [item.args for item in page.scan.of("eq", "fig")])).encode())
    return digest.hexdigest()


def _brought_up_to_date(target: Path, sites: dict, pages: dict, wanted: dict) -> list[str]:
    """Run what has changed, several at a time, and write every notebook that ran; returns what failed, as sentences."""
    from notebooks import chapter, run

    todo, failures = {}, []
    file = target / "index.json"
    index = {name: made for name, made in (json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}).items() if name in pages and name not in wanted}
    with ProcessPoolExecutor(JOBS) as pool:
        for name, plan in wanted.items():
            cells = chapter.made(sites["en"], pages[name], plan, on_site=False)
            key = run.key(cells, _sources(sites["en"], plan))
            file = target / "outputs" / f"{name}.json"
            kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
            todo[name] = kept if kept.get("key") == key else {"key": key, "running": pool.submit(run.outputs, name, run.code(cells))}
        for name, made in todo.items():
            if "running" in made:
                try:
                    made["outputs"] = made.pop("running").result()
                except run.Failed as failure:
                    failures.append(str(failure))
                    continue
                _put(target / "outputs" / f"{name}.json", json.dumps(made, ensure_ascii=False))
                print(f"{name}: run", flush=True)
            index[name] = {"page": pages[name].path, "evidence": _sources(sites["en"], wanted[name])}
            for lang, site in sites.items():
                _write(target / lang, name, site, site.pages[pages[name].path], wanted[name], made["outputs"])
    _put(target / "index.json", json.dumps({name: index[name] for name in pages if name in index}, indent=1))
    return failures


def _write(folder: Path, name: str, site, there, plan, outputs: list) -> None:
    """The notebook in one language: the one to download, and the one for its page."""
    from notebooks import chapter, page

    sources = _sources(site, plan)
    _put(folder / f"{name}.ipynb", page.notebook(chapter.made(site, there, plan, on_site=False), outputs, sources))
    beside = page.with_math_set(chapter.made(site, there, plan, on_site=True))
    _put(folder / "pages" / f"{name}.ipynb", page.notebook(beside, page.with_drawings_inline(outputs), sources))


def _sources(site, plan) -> dict[str, str]:
    """{slug: the hash of the evidence}: how `render check` sees that a notebook is of other evidence."""
    return {one.slug: site.evidence.records[one.slug]["hash"] for one in plan}


def _put(file: Path, text: str) -> None:
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # `… | head` ends the output early, which is no error
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main(sys.argv[1:]))
