"""Mistakes made on purpose, one at a time: each is stopped by a sentence that names file and line."""

import json

import pytest
from render.build import build_language
from render.navigation import nav_problems
from render.problems import RenderError
from render.site import current

EN, ZH = "en", "zh"
PAGE = "causes/linear-rnn.md"

# what is broken: (language, page, written now, written instead, lines below the change, words of the message)
MISTAKES = {
    "unknown id": (EN, PAGE, "{ref rnn.linear.model}", "{ref rnn.linear.modle}", 0, ["rnn.linear.modle", "Did you mean “rnn.linear.model”"]),
    "unknown id in an equation": (EN, PAGE, "{eq rnn.linear.adjoint}", "{eq rnn.linear.adjont}", 0, ["names no published result"]),
    "unknown directive": (EN, PAGE, "{ref rnn.linear.model}", "{reff rnn.linear.model}", 0, ["is no directive", "Did you mean “ref”"]),
    "malformed directive": (EN, PAGE, "{cite werbos1990}", "{cite}", 0, ["wrong number of words", "{cite key}"]),
    "display formula between dollars": (EN, PAGE, "{eq rnn.linear.adjoint}", "$$x = 1$$", 0, ["typed by hand", "{eq slug}"]),
    "display formula in brackets": (EN, PAGE, "{eq rnn.linear.adjoint}", "\\[x = 1\\]", 0, ["typed by hand"]),
    "display formula as an environment": (EN, PAGE, "{eq rnn.linear.adjoint}", "\\begin{equation}\nx\n\\end{equation}", 0, ["typed by hand"]),
    "display formula as a code block": (EN, PAGE, "{eq rnn.linear.adjoint}", "```math\nx\n```", 0, ["typed by hand"]),
    "bad TeX": (EN, PAGE, "$W_{hh}$ that", "$\\frac{W_{hh}$ that", 0, ["cannot be set", "Unexpected end of input"]),
    "dollar that stands alone": (EN, PAGE, "\\$3", "$3", 0, ["stands alone", "\\$"]),
    "number typed by hand": (EN, PAGE, "up to 39", "up to 39.5", 0, ["39.5", "typed by hand"]),
    "checked number typed by hand": (EN, PAGE, "{num number.0.8^50 value 4}", "1.427e-5", 0, ["{num number.0.8^50 value}"]),
    "checked number typed in mathematics": (EN, PAGE, "$T = 40$", "$r = 1.4272 \\times 10^{-5}$", 0, ["{num number.0.8^50 value}"]),
    "unknown number": (EN, PAGE, "{num number.0.8^50 value 4}", "{num number.0.8^50 valeu 4}", 0, ["valeu", "value"]),
    "unknown citation": (EN, PAGE, "{cite werbos1990}", "{cite werbos1909}", 0, ["references.toml", "Did you mean “werbos1990”"]),
    "unknown figure": (EN, "index.md", "{fig decay}", "{fig decai}", 0, ["has not been drawn", "decay"]),
    "equation displayed twice": (EN, PAGE, "{eq rnn.linear.grad_W_hh}", "{eq rnn.linear.adjoint}", 0, ["a second time", "{ref rnn.linear.adjoint}"]),
    "equation within a sentence": (EN, PAGE, "{eq rnn.linear.adjoint}", "so {eq rnn.linear.adjoint}", 0, ["must stand alone"]),
    "heading without an id": (EN, PAGE, "## Backward {#backward}", "## Backward", 0, ["has no id", "{#a-short-english-name}"]),
    "broken link to a page": (EN, PAGE, "../reference/results.md", "../reference/result.md", 0, ["is broken", "Did you mean “../reference/results.md”"]),
    "broken link to a heading": (EN, PAGE, "results.md)", "results.md#top)", 0, ["no heading with the id “top”"]),
    "equation missing in Chinese": (ZH, PAGE, "{eq rnn.linear.grad_W_hh}", "", None, ["no page in", "displays"]),
    "heading missing in Chinese": (ZH, PAGE, "## 反向传播 {#backward}", "", None, ["headings differ", "{#backward}"]),
    "number changed in the text": (ZH, PAGE, "39", "38", 0, ["numbers in the text differ", "“38”", "“39”"]),
    "number changed in mathematics": (ZH, PAGE, "$T = 40$", "$T = 41$", 0, ["numbers in the text differ", "$T=41$"]),
    "code changed in Chinese": (ZH, PAGE, "W_qh.T @ do[t]", "W_qh @ do[t]", None, ["code blocks differ"]),
    "no space beside a formula": (ZH, PAGE, "隐状态 $h_t$", "隐状态$h_t$", 0, ["no space"]),
    "half-width comma": (ZH, PAGE, "影响损失，", "影响损失,", 0, ["half-width “,”", "“，”"]),
    "a synonym": (ZH, PAGE, "梯度消失是否", "梯度弥散是否", 0, ["梯度弥散", "梯度消失"]),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_stopped_with_file_and_line(tree, mistake):
    lang, path, old, new, below, words = MISTAKES[mistake]
    assert tree.problems() == []
    page = tree.page(lang, path)
    line = tree.replace(page, old, new)
    messages = [problem for problem in tree.problems() if all(word in problem.sentence for word in words)]
    assert messages, "\n".join(map(str, tree.problems()))
    if below is not None:
        assert (messages[0].file, messages[0].line) == (str(page), line + below)
    assert f"{messages[0].file}:{messages[0].line}: " in str(messages[0])


def test_what_is_missing_in_chinese_is_named_where_it_stands_in_english(tree):
    tree.replace(tree.page(ZH), "{eq rnn.linear.grad_W_hh}", "")
    english = tree.page(EN).read_text(encoding="utf-8").splitlines().index("{eq rnn.linear.grad_W_hh}") + 1
    named = [p for p in tree.problems() if "displayed equations differ" in p.sentence]
    assert [(p.file, p.line) for p in named] == [(str(tree.page(EN)), english)]


def test_a_page_without_counterpart_is_named(tree):
    tree.page(ZH, "start/one-number.md").unlink()
    assert any(p.file == str(tree.page(EN, "start/one-number.md")) and "no counterpart" in p.sentence for p in tree.problems())


def test_a_stale_counterpart_is_named_until_it_is_reviewed(tree):
    tree.replace(tree.page(EN), "has no activation function", "has no activation")
    (problem,) = tree.problems()
    assert problem.stale and problem.file == str(tree.page(ZH)) and "python -m render review" in problem.sentence
    from render.review import review

    review(tree.paths, tree.page(ZH))
    assert tree.problems() == []


def test_bad_tex_is_one_short_sentence(tree):
    tree.replace(tree.page(EN), "$W_{hh}$ that", "$\\frac{W_{hh}$ that")
    (problem,) = [problem for problem in tree.problems() if "cannot be set" in problem.sentence]
    assert len(problem.sentence) < 250 and "\n" not in problem.sentence and "function" not in problem.sentence


def test_a_page_outside_the_menu_and_a_menu_without_its_page_are_named(tree, tmp_path):
    site, menu = current(tree.paths, EN), tmp_path / "mkdocs.en.yml"
    listed = ["nav:", "  - Home: index.md", *(f"      - {path}" for path in sorted(site.pages) if path != "index.md")]
    menu.write_text("\n".join(listed) + "\n", encoding="utf-8")
    assert nav_problems(site, menu) == []
    menu.write_text("\n".join([*listed[:2], *listed[3:], "      - causes/linear-rn.md"]) + "\n", encoding="utf-8")
    left_out, unknown = nav_problems(site, menu)
    assert left_out.file.endswith(listed[2].removeprefix("      - ")) and "mkdocs.en.yml" in left_out.sentence
    assert (unknown.file, unknown.line) == ("mkdocs.en.yml", len(listed)) and "Did you mean “causes/linear-rnn.md”" in unknown.sentence


@pytest.mark.parametrize(
    "old, new, said",
    [
        ('doi = "10.1109/5.58337"', "", "does not say where it can be found"),
        ("year = 1990", 'year = "1990"', "has the year '1990'"),
        ('doi = "10.1109/5', 'dio = "10.1109/5', "has “dio”, which nothing reads. Did you mean “doi”?"),
        ("[werbos1990]", "[werbos1991]", "names the source “werbos1990”, which is not in"),
    ],
)
def test_a_bad_reference_is_named(tree, old, new, said):
    tree.replace(tree.root / "docs" / "references.toml", old, new)
    assert any(said in problem.sentence and problem.line > 1 for problem in tree.problems())


@pytest.mark.parametrize(
    "old, new, said",
    [
        (', zh = "特征值的最大绝对值。"', "", "is not explained in zh"),
        ("one-number.md#one-number", "one-number.md#two-numbers", "“#two-numbers”, which is no heading of start/one-number.md. Did you mean “one-number”?"),
        ("start/one-number.md#", "start/one-numbr.md#", "which is no page. Did you mean “start/one-number.md”?"),
        ("$r < 1$", "$r < \\\\frac{1$", "cannot be set"),
    ],
)
def test_a_bad_term_is_named(tree, old, new, said):
    file = tree.root / "docs" / "terms.toml"
    tree.replace(file, old, new)
    assert any(said in problem.sentence and problem.line > 1 and problem.file == str(file) for problem in tree.problems())


@pytest.mark.parametrize("verdict", ["FAIL", "UNCHECKED", "INVALID"])
def test_only_a_passed_result_is_published(tree, verdict):
    record = tree.record("rnn.linear.adjoint")
    record.write_text(json.dumps({**json.loads(record.read_text(encoding="utf-8")), "verdict": verdict}), encoding="utf-8")
    line = tree.page(EN).read_text(encoding="utf-8").splitlines().index("{eq rnn.linear.adjoint}") + 1
    assert any((p.file, p.line) == (str(tree.page(EN)), line) and f"the verdict {verdict}" in p.sentence for p in tree.problems())


def test_evidence_of_other_code_is_refused(tree):
    tree.replace(tree.root / "build" / "evidence" / "index.json", '"code_hash": "', '"code_hash": "0')
    assert any("python -m derivations verify" in p.sentence for p in tree.problems())


def test_a_record_that_was_changed_by_hand_is_refused(tree):
    file = tree.record("rnn.linear.adjoint")
    tree.replace(file, '"3.1e-11"', '"3.1e-31"')
    (problem,) = tree.problems()
    assert problem.file == str(file) and "changed after it was verified" in problem.sentence


def test_a_check_without_a_chinese_name_is_named(tree):
    file = tree.record("rnn.linear.adjoint")
    tree.replace(file, '"zh": "中心差分"', '"zh": null')
    tree.replace(file, '"zh": "下限加一"', '"zh": null')
    tree.seal()
    sentences = [problem.sentence for problem in tree.problems()]
    assert any("“central differences”, which has no Chinese" in s and "CHECKS" in s for s in sentences)
    assert any("“lower limit + 1”, which has no Chinese" in s and "mutant_names.py" in s for s in sentences) and len(sentences) == 2


def test_missing_evidence_is_said_in_one_sentence(tree):
    (tree.root / "build" / "evidence" / "index.json").unlink()
    with pytest.raises(RenderError, match="run `python -m derivations verify` first"):
        tree.problems()


@pytest.mark.parametrize(
    "old, new",
    [("{ref rnn.linear.model}", "{ref rnn.linear.modle}"), ("{eq rnn.linear.adjoint}", "$$x$$"), ("$W_{hh}$ that", "$\\frac{W_{hh}$ that"), ("up to 39", "up to 39.5")],
)
def test_a_strict_build_is_stopped_too(tree, tmp_path, old, new):
    line = tree.replace(tree.page(EN), old, new)
    with pytest.raises(RenderError) as stopped:
        build_language(tree.paths, EN, tmp_path / "out")
    assert f"{tree.page(EN)}:{line}: " in str(stopped.value)
