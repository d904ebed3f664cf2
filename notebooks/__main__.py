"""`python -m notebooks [NAME …]`: write build/notebooks for the named chapters, or for all, and run what has changed."""

import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from notebooks import chapter, page, run
from render.paths import LANGUAGES, PROJECT, Paths
from render.problems import RenderError, did_you_mean
from render.site import Site, current

JOBS = 2


def main(names: list[str]) -> int:
    """0 if every notebook is there, 1 if a cell failed, 2 if there is nothing to make them from or a name is unknown."""
    paths, began = Paths.under(PROJECT), time.monotonic()
    try:
        sites = {lang: current(paths, lang) for lang in LANGUAGES}
    except RenderError as error:
        print(error, file=sys.stderr)
        return 2
    pages = chapter.chapters(sites["en"])
    if unknown := [name for name in names if name not in pages]:
        print("\n".join(f"There is no notebook “{name}”. {did_you_mean(name, pages)}" for name in unknown), file=sys.stderr)
        return 2
    wanted = [name for name in pages if not names or name in names]
    target = paths.notebooks
    todo, kept = {}, {}
    for name in wanted:
        cells = chapter.made(sites["en"], pages[name], on_site=False)
        key = run.key(cells, [*_sources(sites["en"], pages[name]).values()], _figures(cells))
        file = target / "outputs" / f"{name}.json"
        known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        if known.get("key") == key:
            kept[name] = known["outputs"]
        else:
            todo[name] = (key, run.code(cells))
    failures = _run(target, todo, kept)
    if not names:
        _forget(target, pages)
    for name, outputs in kept.items():
        for lang, site in sites.items():
            _write(target / lang, name, site, pages[name].path, outputs)
    print("\n".join(failures), file=sys.stderr) if failures else None
    print(f"{len(kept)} of {len(wanted)} notebooks, {len(todo)} of them run now: {time.monotonic() - began:.1f} s")
    return 1 if failures else 0


def _run(target: Path, todo: dict, kept: dict) -> list[str]:
    """Run what is to be run, several at a time; add the outputs to ``kept`` and return what failed, as sentences."""
    failures = []
    with ProcessPoolExecutor(JOBS) as pool:
        running = {name: pool.submit(run.outputs, name, sources) for name, (_, sources) in todo.items()}
        for name, future in running.items():
            try:
                kept[name] = future.result()
            except run.Failed as failure:
                failures.append(str(failure))
                continue
            _put(target / "outputs" / f"{name}.json", json.dumps({"key": todo[name][0], "outputs": kept[name]}, ensure_ascii=False))
            print(f"{name}: run", flush=True)
    return failures


def _write(folder: Path, name: str, site: Site, path: str, outputs: list) -> None:
    """The notebook in one language: the one to download, and the one for its page."""
    there = site.pages[path]
    sources = _sources(site, there)
    _put(folder / f"{name}.ipynb", page.notebook(chapter.made(site, there, on_site=False), outputs, sources))
    _put(folder / "pages" / f"{name}.ipynb", page.notebook(page.with_math_set(chapter.made(site, there, on_site=True)), outputs, sources))


def _sources(site: Site, there) -> dict[str, str]:
    return {slug: site.evidence.records[slug]["hash"] for slug in chapter.chosen(site, there)}


def _figures(cells: list) -> list[str]:
    return [text.split('"')[1] for text in run.code(cells) if text.startswith("figure(")]


def _forget(target: Path, pages: dict) -> None:
    """Notebooks of chapters that are no longer there."""
    for file in [*target.rglob("*.ipynb"), *target.glob("outputs/*.json")]:
        if file.stem not in pages:
            file.unlink()


def _put(file: Path, text: str) -> None:
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
