"""Errata, changes, citation and the state of the translation: each mistake is refused with a sentence, and one number is the version."""

import datetime
import tomllib
from pathlib import Path

import pytest
import yaml
from render.changelog import changelog_problems
from render.citing import citing_problems, bibtex, gb7714, plain_text, result_bibtex, Part
from render.errata import errata, errata_problems
from render.kinds import CHANGES, CITING, ERRATA_FOUND, NAMES_OF_LANGUAGES
from render.pages import read_page
from render.parity import changed_since_review
from render.paths import PROJECT
from render.site import current
from render.translation import translation
from render.words import WORDS

CITED = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
VERSION, DATE = CITED["version"], CITED["date-released"]

CHANGED = f"""[[release]]
version = "{VERSION}"
date = {DATE}

[[release.change]]
kind = "chapters"
text.en = "A chapter on one number."
text.zh = "关于一个数的一章。"
"""

ONE = f"""[[erratum]]
id = "E01"
stood = 2026-11-20
mended = 2026-11-21
version = "{VERSION}"
found = "reading"
was.en = "The product was said to grow."
was.zh = "曾说乘积会增大。"
now.en = "It shrinks, {{ref number.0.8^50}}."
now.zh = "它会缩小，见 {{ref number.0.8^50}}。"
results = ["number.0.8^50"]
"""


def problems(tree, errata_text=ONE, changes=CHANGED):
    (tree.root / "docs" / "changelog.toml").write_text(changes, encoding="utf-8")
    (tree.root / "docs" / "errata.toml").write_text(errata_text, encoding="utf-8")
    sites = {lang: current(tree.paths, lang) for lang in ("en", "zh")}
    return errata_problems(sites) + changelog_problems(sites)


def test_complete_lists_are_accepted_and_shown(tree):
    assert not problems(tree)
    for lang, said in (("en", "The product was said to grow."), ("zh", "曾说乘积会增大。")):
        site = current(tree.paths, lang)
        html = errata(site, site.pages["index.md"])
        assert said in html and 'id="e01"' in html and ERRATA_FOUND[lang]["reading"] in html and WORDS[lang]["tombstones"] in html


@pytest.mark.parametrize(
    "old, new, line, said",
    [
        ('["number.0.8^50"]', '["number.0.8^5"]', 11, "names “number.0.8^5”, which is no published result. Did you mean “number.0.8^50”?"),
        ('results = ["number.0.8^50"]', 'pages = ["causes/none.md#x"]', 11, "points to “causes/none.md”, which is no page."),
        ('results = ["number.0.8^50"]', "", 1, "does not say where it stood"),
        ('was.zh = "曾说乘积会增大。"\n', "", 1, "has no was in zh"),
        ("2026-11-21", '"yesterday"', 4, "does not say when it was mended"),
        (f'"{VERSION}"', '"9.9.9"', 5, "which docs/changelog.toml does not know"),
        ('"reading"', '"luck"', 6, "was found by “luck”"),
        ("It shrinks", "It shrinks to 0.3", 9, "typed by hand"),
        ("，见 {ref number.0.8^50}", "", 9, "references to equations differ"),
    ],
)
def test_a_wrong_erratum_is_refused_with_file_and_line(tree, old, new, line, said):
    assert old in ONE
    found = [problem for problem in problems(tree, ONE.replace(old, new, 1)) if said in problem.sentence]
    assert [(Path(problem.file).name, problem.line) for problem in found] == [("errata.toml", line)]


def test_an_erratum_has_an_id_of_its_own(tree):
    assert any("stands here a second time" in problem.sentence for problem in problems(tree, ONE + "\n" + ONE))


@pytest.mark.parametrize(
    "old, new, said",
    [
        (f'"{VERSION}"', '"9.9.9"', "CITATION.cff says"),
        ('"chapters"', '"chapter"', "is of the kind “chapter”. Did you mean “chapters”"),
        ('text.zh = "关于一个数的一章。"\n', "", "has no text in zh"),
        ("关于一个数", "关于0个数", "no space between Chinese"),
    ],
)
def test_a_wrong_change_is_refused(tree, old, new, said):
    assert any(said in problem.sentence for problem in problems(tree, "", CHANGED.replace(old, new, 1)))


def test_the_newest_release_stands_first(tree):
    older = CHANGED.replace(VERSION, "0.0.1").replace(str(DATE), "2999-01-01")
    assert any("put the newest first" in problem.sentence for problem in problems(tree, "", CHANGED + "\n" + older))


def test_there_is_one_version():
    package = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    newest = tomllib.loads((PROJECT / "docs" / "changelog.toml").read_text(encoding="utf-8"))["release"][0]
    assert package == newest["version"] == VERSION and newest["date"] == DATE and isinstance(DATE, datetime.date)


def test_what_is_offered_to_be_cited_says_what_the_file_says(tree):
    site = current(tree.paths, "en")
    slug = "number.0.8^50"
    record = site.evidence.records[slug]
    entry = result_bibtex(site, slug)
    for part in (CITED["title"], CITED["authors"][0]["name"], VERSION, str(DATE.year), record["id"]):
        assert part in entry
    assert VERSION in plain_text("en", Part()) and CITED["title"] in bibtex("en", Part())
    assert gb7714(Part("-V1", "题名", "结果 V1")).startswith("《梯度消失与梯度爆炸》贡献者. 题名: 结果 V1[EB/OL]//梯度消失与梯度爆炸. ")
    assert [*citing_problems(site, "whole")] == [] and [*citing_problems(site, "result", slug)] == []
    assert "Did you mean" in [*citing_problems(site, "result", "number.0.8^5")][0] and [*citing_problems(site, "books")]


def test_the_translation_page_says_which_language_moved_on(tree):
    pair = [read_page(tree.paths, lang, "causes/linear-rnn.md") for lang in ("en", "zh")]
    assert changed_since_review(*pair) == ()
    file = tree.page("zh")
    file.write_text(file.read_text(encoding="utf-8") + "\n又添一句。\n", encoding="utf-8")
    pair = [read_page(tree.paths, lang, "causes/linear-rnn.md") for lang in ("en", "zh")]
    assert changed_since_review(*pair) == ("zh",)
    site = current(tree.paths, "en")
    assert WORDS["en"]["stale"].format(changed="Chinese") in translation(site, site.pages["index.md"])


def test_both_languages_have_the_same_words():
    for words in (WORDS, CHANGES, ERRATA_FOUND, NAMES_OF_LANGUAGES):
        assert words["en"].keys() == words["zh"].keys()
    assert CITING["zh"].keys() - CITING["en"].keys() == {"author"} and not CITING["en"].keys() - CITING["zh"].keys()
