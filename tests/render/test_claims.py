"""The list of claims: each mistake in docs/claims.toml is refused with one sentence, and the real list is complete."""

import tomllib
from pathlib import Path

import pytest
from render.claims import claim_problems, claims, wrong
from render.kinds import CLAIM_TOPICS, CLAIM_VERDICTS
from render.paths import PROJECT, Paths
from render.scan import scan
from render.site import current

ONE = """[[claim]]
id = "C01"
topic = "causes"
verdict = "holds"
claim.en = "Fifty factors shrink."
claim.zh = "五十个因子相乘会缩小。"
reason.en = "To {num number.0.8^50 value 3}, see {ref number.0.8^50}."
reason.zh = "缩小到 {num number.0.8^50 value 3}，见 {ref number.0.8^50}。"
results = ["number.0.8^50"]
figures = ["decay"]
pages = ["causes/linear-rnn.md#backward"]
"""


def problems(tree, text):
    (tree.root / "docs" / "claims.toml").write_text(text, encoding="utf-8")
    return claim_problems({lang: current(tree.paths, lang) for lang in ("en", "zh")})


def heading(tree):
    return sorted(current(tree.paths, "en").pages["causes/linear-rnn.md"].anchors)[0]


@pytest.fixture
def one(tree):
    return ONE.replace("#backward", f"#{heading(tree)}")


def test_a_complete_claim_is_accepted(tree, one):
    assert not problems(tree, one)


@pytest.mark.parametrize(
    "old, new, line, said",
    [
        ('results = ["number.0.8^50"]\nfigures = ["decay"]\npages', "unread", 4, "has a verdict without evidence"),
        ('["number.0.8^50"]', '["number.0.8^5"]', 9, "“number.0.8^5”, which is no published result. Did you mean “number.0.8^50”?"),
        ('["decay"]', '["decoy"]', 10, "the figure “decoy”, which no page shows. Did you mean “decay”?"),
        ("causes/linear-rnn.md#", "causes/linear.md#", 11, "“causes/linear.md”, which is no page. "),
        ("linear-rnn.md#", "linear-rnn.md#no-", 11, "which is no heading of causes/linear-rnn.md"),
        ('claim.zh = "五十个因子相乘会缩小。"\n', "", 1, "has no claim in zh"),
        ('reason.en = "To', 'reason.fr = "To', 1, "has no reason in en"),
        ('"holds"', '"true"', 4, "has the verdict “true”. There are: conditions, false, holds, misleading."),
        ('"causes"', '"cause"', 3, "has the topic “cause”. Did you mean “causes”"),
        ('"C01"', '"1"', 2, "needs an id of C and two digits"),
        ("Fifty factors", "Fifty factors of 0.8", 5, "typed by hand"),
        ("五十个因子", "50个因子", 6, "no space between Chinese"),
        ("Fifty factors", "[Fifty factors](index.md)", 5, "cannot stand in a claim"),
        ("，见 {ref number.0.8^50}", "", 7, "references to equations differ"),
    ],
)
def test_a_mistake_is_refused_with_file_and_line(tree, one, old, new, line, said):
    assert old in one
    found = [problem for problem in problems(tree, one.replace(old, new, 1)) if said in problem.sentence]
    assert [(Path(problem.file).name, problem.line) for problem in found] == [("claims.toml", line)]


def test_an_id_is_given_once(tree, one):
    (problem,) = problems(tree, one + "\n" + one)
    assert problem.line == 14 and "the claim C01 stands here a second time; the first is in line 2" in problem.sentence


def test_the_check_of_the_site_finds_them(tree, one):
    tree.root.joinpath("docs", "claims.toml").write_text(one.replace('"holds"', '"true"'), encoding="utf-8")
    assert any("has the verdict “true”" in problem.sentence for problem in tree.problems())


@pytest.mark.parametrize("lang, verdict, evidence, again", [("en", "holds", "Evidence", "Run the evidence again"), ("zh", "成立", "证据", "重新检验证据")])
def test_a_claim_shows_verdict_evidence_and_command(tree, one, lang, verdict, evidence, again):
    assert not problems(tree, one)
    site = current(tree.paths, lang)
    html = claims(site, site.pages["index.md"])
    for part in ('<h3 id="c01">', "✓", f"<b>{verdict}</b>", evidence, again, "python -m derivations verify number.0.8^50", "#fig-decay", "1.43", "<form", "hidden"):
        assert part in html
    assert f'href="causes/linear-rnn/#{heading(tree)}"' in html


@pytest.mark.skipif(not (PROJECT / "build/evidence/index.json").exists(), reason="there is no evidence yet: run `python -m derivations verify`")
def test_the_example_for_contributors_is_accepted():
    page = (PROJECT / "docs/en/reference/contribute.md").read_text(encoding="utf-8")
    (claim,) = tomllib.loads(page.split("{#claim}")[1].split("```toml\n")[1].split("```")[0])["claim"]
    assert not [*wrong(current(Paths.under(PROJECT), "en"), claim)]


def real():
    return tomllib.loads(Paths.under(PROJECT).claims.read_text(encoding="utf-8"))["claim"]


def test_the_real_list_is_complete():
    assert [claim["id"] for claim in real()] == [f"C{number:02}" for number in range(1, 41)]
    assert {claim["verdict"] for claim in real()} == {*CLAIM_VERDICTS["en"]} == {*CLAIM_VERDICTS["zh"]}
    assert {claim["topic"] for claim in real()} == {*CLAIM_TOPICS["en"]} == {*CLAIM_TOPICS["zh"]}


@pytest.mark.parametrize("claim", real(), ids=lambda claim: claim["id"])
def test_a_reason_speaks_of_every_result_it_rests_on(claim):
    for lang in ("en", "zh"):
        named = {item.args[0] for item in scan(claim["claim"][lang] + claim["reason"][lang]).items if item.kind in ("ref", "math", "num")}
        assert {*claim["results"]} <= named
        assert claim["claim"][lang] and named <= {*claim["results"]}, "what a reason names is evidence"
