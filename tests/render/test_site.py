"""The built site as files: complete, self-contained, and never half there."""

import re

import pytest
from render.build import build_site
from render.crawl import crawl
from render.problems import RenderError
from render.serve import Preview


def test_every_address_in_the_built_site_leads_somewhere(built_fixture):
    assert crawl(built_fixture) == []


def test_the_crawler_sees_what_is_broken(built_fixture, tmp_path):
    page = tmp_path / "index.html"
    page.write_text('<img src="https://example.org/x.png"><a href="gone/">a</a><a href="#gone">b</a><p id="x"></p><p id="x"></p>', encoding="utf-8")
    assert len(crawl(tmp_path)) == 4


def test_every_page_names_its_counterpart(built_fixture):
    for page in built_fixture.glob("*/*/*/index.html"):
        text = page.read_text(encoding="utf-8")
        assert set(re.findall(r'rel="alternate ?" hreflang="(\w+)"', text)) == {"en", "zh"}, page


def test_formulas_and_evidence_stay_out_of_the_search(built_fixture):
    index = (built_fixture / "en/search/search_index.json").read_text(encoding="utf-8")
    assert "hidden state" in index and "partial" not in index and "transpose of W_hh" not in index


def test_a_failed_build_leaves_the_old_site_in_place(tree):
    site = tree.root / "site"
    site.mkdir()
    (site / "index.html").write_text("old")
    tree.replace(tree.page("zh"), "{ref rnn.linear.model}", "{ref nothing}")
    with pytest.raises(RenderError):
        build_site(tree.paths, site)
    assert (site / "index.html").read_text() == "old"
    assert [entry.name for entry in tree.root.iterdir() if entry.name.startswith(".")] == []


def test_the_preview_keeps_the_last_good_page(tree, capsys):
    preview = Preview(tree.paths, tree.root / "live")
    preview.rebuild()
    live = tree.root / "live/en/causes/linear-rnn/index.html"
    line = tree.replace(tree.page("en"), "The simplest recurrent network", "The plainest {ref nothing} network")
    preview.rebuild()
    assert "The simplest recurrent network" in live.read_text(encoding="utf-8")
    assert f"{tree.page('en')}:{line}: " in capsys.readouterr().err
    tree.replace(tree.page("en"), " {ref nothing}", " recurrent")
    preview.rebuild()
    assert "The plainest recurrent network" in live.read_text(encoding="utf-8")
