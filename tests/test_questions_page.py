"""Questions and answers: each is a question, answered in three sentences, and at least one of them leads to what decides it."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"
MARKUP = re.compile(r"\{[^}]*\}|`[^`]*`|\$[^$]*\$|\]\([^)]*\)")
SENTENCES = {"en": re.compile(r"[.?!](?=[\s”\]\"]|$)"), "zh": re.compile(r"[。？！]")}
EVIDENCE = re.compile(r"\{(?:ref|num) |\]\([^)]+\)")


def faults(text, lang, file):
    """A sentence for each question that is none, is not answered in three sentences, or leads nowhere."""
    said = []
    for match in re.finditer(r"^### (.+) \{#([\w-]+)\}\n\n(.*?)(?=^#|\Z)", text, re.M | re.S):
        title, anchor, answer = match.groups()
        where = f"{file}:{text.count(chr(10), 0, match.start()) + 1}: “{title}”"
        if title[-1] not in "?？":
            said.append(f"{where} does not end with a question mark: write it as a question.")
        if (number := len(SENTENCES[lang].findall(MARKUP.sub("", answer).strip()))) != 3:
            said.append(f"{where} is answered in {number} sentences: make it three, and put the rest on the page that you link to.")
        if not EVIDENCE.search(answer):
            said.append(f"{where} leads to no result and no page: add {{ref …}} or a link to what decides it.")
    return said


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_answer_has_three_sentences_and_leads_to_its_evidence(lang):
    text = (DOCS / lang / "practice" / "questions.md").read_text(encoding="utf-8")
    assert text.count("\n### ") > 20
    assert faults(text, lang, f"docs/{lang}/practice/questions.md") == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [("Yes, {ref a.b}. No.", "in 2 sentences"), ("Yes. No. Both, {ref a.b}. Neither.", "in 4 sentences"), ("Yes. No. Both.", "leads to no result")],
)
def test_an_answer_of_another_length_or_without_evidence_is_named(answer, said):
    (fault,) = faults(f"# Page\n\n### Is it so? {{#so}}\n\n{answer}\n", "en", "q.md")
    assert fault.startswith("q.md:3: “Is it so?”") and said in fault
