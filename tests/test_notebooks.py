"""Notebooks: one a chapter, the same code in both languages, stopped by a cell that fails, and running without this repository's folder."""

import json
import os
import re
import subprocess
import sys

import pytest
from notebooks import __main__ as command
from notebooks import chapter, page, run
from render.notebooks import notebook_problems
from render.paths import LANGUAGES, PROJECT, Paths
from render.site import current

PATHS = Paths.under(PROJECT)
BUILT = PATHS.notebooks


@pytest.fixture(scope="module")
def sites():
    return {lang: current(PATHS, lang) for lang in LANGUAGES}


def loaded(lang, name):
    return json.loads((BUILT / lang / f"{name}.ipynb").read_text(encoding="utf-8"))


def code(notebook):
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def in_a_fresh_process(sources, folder):
    """Run cells as a script of their own, in a folder that is not the project's."""
    script = folder / "cells.py"
    script.write_text("\n\n".join(sources), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", "MPLBACKEND": "agg"}
    return subprocess.run([sys.executable, str(script)], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")


def test_every_chapter_has_a_notebook_in_both_languages_and_the_site_has_its_page(sites):
    names = chapter.chapters(sites["en"])
    assert len(names) >= 20 and [*json.loads((BUILT / "index.json").read_text())] == [*names]
    assert [*notebook_problems(sites["en"])] == []
    for name in names:
        for lang in LANGUAGES:
            assert (PROJECT / "site" / lang / "notebooks" / name / "index.html").exists(), name
            assert (PROJECT / "site" / lang / "notebooks" / "download" / f"{name}.ipynb").read_bytes() == (BUILT / lang / f"{name}.ipynb").read_bytes()


def test_code_and_outputs_are_the_same_in_both_languages_and_every_cell_ran(sites):
    for name in chapter.chapters(sites["en"]):
        en, zh = (loaded(lang, name) for lang in LANGUAGES)
        assert code(en) == code(zh) and code(en)
        ran = [[cell for cell in book["cells"] if cell["cell_type"] == "code"] for book in (en, zh)]
        assert ran[0] == [there | {"id": here["id"]} for here, there in zip(*ran, strict=True)]
        assert all(output["output_type"] != "error" for cell in ran[0] for output in cell["outputs"])
        prose = "".join("".join(cell["source"]) for cell in zh["cells"] if cell["cell_type"] == "markdown")
        assert re.search("[\u4e00-\u9fff]", prose)


def test_the_bytes_follow_from_the_sources(sites):
    name = "clipping"
    there = chapter.chapters(sites["en"])[name]
    plan = chapter.plan(sites["en"], there)
    outputs = json.loads((BUILT / "outputs" / f"{name}.json").read_text(encoding="utf-8"))["outputs"]
    for lang, site in sites.items():
        made = page.notebook(chapter.made(site, site.pages[there.path], plan, on_site=False), outputs, {one.slug: site.evidence.records[one.slug]["hash"] for one in plan})
        assert made == (BUILT / lang / f"{name}.ipynb").read_text(encoding="utf-8")


def test_a_notebook_runs_in_a_fresh_process_elsewhere(tmp_path):
    done = in_a_fresh_process(code(loaded("en", "clipping")), tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("right", "wrong"), [("h[t - 1].T", "h[t].T"), ("dh[t] @", "2 * dh[t] @")])
def test_a_wrong_formula_in_a_cell_is_noticed(right, wrong, tmp_path):
    first, *cells = code(loaded("en", "linear-rnn"))
    network = next(cell for cell in cells if cell.startswith("net = "))
    formula = next(cell for cell in cells if 'agree(net.gradient("W_hh"), right)' in cell and "sum((dh[t] @ h[t - 1].T" in cell).split("\n\n#")[0]
    assert in_a_fresh_process([first, network, formula], tmp_path).returncode == 0
    done = in_a_fresh_process([first, network, formula.replace(right, wrong)], tmp_path)
    assert done.returncode == 1 and "AssertionError: relative error" in done.stderr


@pytest.mark.parametrize(("broken", "said"), [("x = 1\nassert x == 2, 'no'", "AssertionError: no"), ("1 / 0", "ZeroDivisionError"), ("import warnings\nwarnings.warn('odd')", "warns")])
def test_a_cell_that_fails_or_warns_stops_the_build_with_a_sentence(broken, said, sites, tmp_path, monkeypatch):
    monkeypatch.setattr(chapter, "START", f"{chapter.START}\n{broken}")
    pages = chapter.chapters(sites["en"])
    failures = command._brought_up_to_date(tmp_path, sites, pages, {"orthogonal": []})
    assert len(failures) == 1 and failures[0].startswith("The notebook “orthogonal” was not written: its code cell 1 ") and said in failures[0]
    assert json.loads((tmp_path / "index.json").read_text()) == {} and not [*tmp_path.rglob("*.ipynb")]


def test_a_notebook_of_other_evidence_is_refused(sites, monkeypatch):
    made = json.loads((BUILT / "index.json").read_text())
    name = next(name for name, one in made.items() if one["evidence"])
    slug = next(iter(made[name]["evidence"]))
    made[name]["evidence"][slug] = "0" * 64
    monkeypatch.setattr("render.notebooks.read", lambda paths: made)
    assert [f"the notebook “{name}” was made from other evidence on “{slug}”" in problem.sentence for problem in notebook_problems(sites["en"])] == [True]
    del made[name]
    assert any("has no notebook" in problem.sentence for problem in notebook_problems(sites["en"]))


def test_pages_of_notebooks_set_their_formulas_and_bring_no_styles_of_their_own():
    html = (PROJECT / "site" / "zh" / "notebooks" / "linear-rnn" / "index.html").read_text(encoding="utf-8")
    assert html.count("katex-display") > 10 and "$$" not in html
    assert "MathJax" not in html and "<style" not in html and "cdnjs" not in html and len(html) < 1_000_000
    assert '<code><span class="kn">import</span>' in html and "✓" in html


def test_notebooks_stay_out_of_the_search():
    index = json.loads((PROJECT / "site" / "zh" / "search" / "search_index.json").read_text(encoding="utf-8"))
    assert not [entry["location"] for entry in index["docs"] if entry["location"].startswith("notebooks/")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_notebook_page_reads_in_the_browser(browser_page, site_server, lang):
    browser_page.goto(f"{site_server}/{lang}/causes/linear-rnn/")
    browser_page.locator(".notebook-offer a").first.click()
    browser_page.wait_for_load_state("load")
    assert browser_page.url.endswith(f"/{lang}/notebooks/linear-rnn/")
    assert browser_page.locator(".jp-OutputArea-output svg").count() == 2 and browser_page.locator(".jp-CodeCell .katex").count() == 0
    # Every line of the table of contents leads to a heading.
    targets = browser_page.evaluate("[...document.querySelectorAll('.md-nav--secondary a[href^=\"#\"]')].map(a => decodeURIComponent(a.hash.slice(1)))")
    assert len(targets) >= 10 and browser_page.evaluate("ids => ids.filter(id => !document.getElementById(id))", targets) == []
    browser_page.locator("a.language").click()
    assert browser_page.url.split("#")[0].endswith(f"/{'zh' if lang == 'en' else 'en'}/notebooks/linear-rnn/")
