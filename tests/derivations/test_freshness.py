"""Evidence is kept exactly as long as what it depends on: not a file less, and hardly one more."""

import json
import os
import shutil
from pathlib import Path

import pytest

from derivations import cli_verify, cli_words
from derivations.catalog import TOPICS, catalog, stands_on
from derivations.checking import freshness, store

TOPIC_NAMES = {topic.__name__ for topic in TOPICS}


@pytest.fixture
def copy(tmp_path):
    """The derivations in a folder of their own, whose files a test may change."""
    shutil.copytree(freshness.ROOT / "derivations", tmp_path / "derivations", ignore=shutil.ignore_patterns("__pycache__"))
    for file in freshness.closure(TOPIC_NAMES):  # data that topics read
        if "derivations" not in file.relative_to(freshness.ROOT).parts[:1]:
            (tmp_path / file.relative_to(freshness.ROOT)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, tmp_path / file.relative_to(freshness.ROOT))
    return tmp_path


def stale_after(copy, *changed):
    """The slugs to verify again once the files have changed."""
    before = {topics: freshness.entry_hash(topics, copy) for topics in set(stands_on().values())}
    for name in changed:
        with (copy / "derivations" / name).open("a") as file:
            file.write("\n# a change\n")
    return {slug for slug, topics in stands_on().items() if freshness.entry_hash(topics, copy) != before[topics]}


def of(*topics):
    return {slug for slug, standing in stands_on().items() if set(standing) & {f"derivations.{topic}" for topic in topics}}


def test_a_change_of_one_topic_concerns_its_results_only(copy):
    stale = stale_after(copy, "linear_rnn.py")
    assert stale == of("linear_rnn") and 10 < len(stale) < len(catalog()) / 2


def test_a_result_that_uses_another_is_verified_with_it(copy):
    stale = stale_after(copy, "powers.py")
    assert "powers.transient_peak" in stale and "rnn.linear.grad_h" not in stale


def test_a_change_of_a_checker_concerns_all_results_that_it_judges(copy):
    stale = stale_after(copy, "checking/ops.py")
    assert {slug for slug, entry in catalog().items() if entry.model} <= stale


@pytest.mark.parametrize("name", ["checking/verify.py", "checking/verdict.py", "record.py", "algebra/typeset.py", "entry.py"])
def test_what_every_verification_runs_concerns_all(copy, name):
    assert stale_after(copy, name) == set(catalog())


@pytest.mark.parametrize("name", ["checking/mutant_names.py", "checking/names.py", "__main__.py", "formula/judge.py", "catalog.py"])
def test_names_and_what_only_shows_results_concern_none(copy, name):
    assert stale_after(copy, name) == set()


def test_a_file_that_is_read_without_being_named_is_refused(copy):
    with (copy / "derivations" / "linear_rnn.py").open("a") as file:
        file.write("\nTABLE = open('table.json').read()\n")
    with pytest.raises(ValueError, match="linear_rnn.py, line .*READS"):
        freshness.entry_hash(("derivations.linear_rnn",), copy)


def test_a_file_that_is_named_counts(copy):
    (copy / "table.json").write_text("1")
    with (copy / "derivations" / "linear_rnn.py").open("a") as file:
        file.write("\nREADS = ('table.json',)\nTABLE = open('table.json').read()\n")
    before = freshness.entry_hash(("derivations.linear_rnn",), copy)
    (copy / "table.json").write_text("21")
    assert freshness.entry_hash(("derivations.linear_rnn",), copy) != before


def test_a_module_named_while_running_is_refused(copy):
    with (copy / "derivations" / "linear_rnn.py").open("a") as file:
        file.write("\nimportlib.import_module('x')\n")
    with pytest.raises(ValueError, match="plain import"):
        freshness.entry_hash(("derivations.linear_rnn",), copy)


# ---- the command, with attacks that only say that they were run ----


@pytest.fixture
def evidence(tmp_path, monkeypatch):
    """A folder of evidence; ``ran`` lists what was attacked since."""
    folder, ran = tmp_path / "evidence", []

    def attacked(slug):
        ran.append(slug)
        mutant = {"name": "sign", "verdict": "killed", "by": "NumPy", "where": None, "proof": None}
        made = {"slug": slug, "verdict": "PASS", "checks": [], "mutants": [mutant], "seconds": 0.1, "reasons": [], "uses": [], "used_by": [], "source": {"file": "x.py", "line": 1}}
        return store.finished(made, stands_on()[slug])

    class Here:
        def __init__(self, jobs):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *stopped):
            return None

        map = staticmethod(map)

    monkeypatch.setattr(cli_verify, "ProcessPoolExecutor", Here)
    monkeypatch.setattr(cli_verify, "attacked", attacked)
    monkeypatch.setattr(cli_verify, "EVIDENCE", folder)
    return folder, ran


def verify(*ids, again=False):
    return cli_verify.run_verify(type("Options", (), dict(ids=list(ids), again=again, json=None, jobs=1)))


def test_nothing_is_verified_twice(evidence):
    folder, ran = evidence
    assert verify() == 0 and set(ran) == set(catalog())
    ran.clear()
    assert verify() == 0 and ran == []


def test_a_record_that_was_changed_by_hand_is_verified_again(evidence):
    folder, ran = evidence
    verify()
    ran.clear()
    file = folder / "rnn.linear.grad_h.json"
    file.write_text(file.read_text().replace('"sign"', '"sing"'))
    assert verify() == 0 and ran == ["rnn.linear.grad_h"]
    ran.clear()
    file.unlink()
    assert verify() == 0 and ran == ["rnn.linear.grad_h"]


def test_a_result_that_failed_is_attacked_again(evidence):
    folder, ran = evidence
    verify()
    index, records = store.read(folder)
    store.write(folder, records | {"rnn.linear.grad_h": records["rnn.linear.grad_h"] | {"verdict": "FAIL"}}, True, 1.0)
    ran.clear()
    assert verify() == 0 and ran == ["rnn.linear.grad_h"]


def test_other_code_makes_only_its_own_records_stale(evidence):
    folder, ran = evidence
    verify()
    index, records = store.read(folder)
    changed = {slug: record | ({"hash": "0"} if "derivations.losses" in record["topics"] else {}) for slug, record in records.items()}
    store.write(folder, changed, False, 1.0)
    ran.clear()
    assert verify() == 0 and set(ran) == of("losses")


def test_a_named_result_is_attacked_whatever_is_known_and_the_rest_is_kept(evidence):
    folder, ran = evidence
    verify()
    ran.clear()
    assert verify("V110") == 0 and ran == ["rnn.linear.grad_W_hh"]
    assert set(store.read(folder)[1]) == set(catalog())
    assert json.loads((folder / "index.json").read_text())["code_hash"] == freshness.code_hash()


def test_evidence_of_one_result_alone_is_not_taken_for_all(evidence):
    folder, ran = evidence
    assert verify("V110") == 0
    assert json.loads((folder / "index.json").read_text())["code_hash"] == ""


def test_saying_that_nothing_is_to_do_is_quick():
    """Parsing the imports of all modules from nothing, hashing them, and once more."""
    import time

    freshness._needs.cache_clear(), freshness._content.cache_clear()
    began = time.process_time()
    freshness.code_hash()
    assert time.process_time() - began < 1.5


def test_the_evidence_folder_is_where_the_pages_look():
    assert cli_words.EVIDENCE == Path(freshness.ROOT) / "build" / "evidence" and os.path.isabs(cli_words.EVIDENCE)
