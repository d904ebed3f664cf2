"""Checks, wrong versions and places speak both languages."""

import re

import pytest

from derivations.catalog import catalog
from derivations.checking.mutant_names import MUTANTS
from derivations.checking.names import CHECKS, both, chinese, did, named, unnamed

HAN = re.compile(r"[\u4e00-\u9fff]")


def test_every_check_and_every_wrong_version_of_the_catalog_has_a_chinese_name():
    """Read off the suites themselves, so that no evidence is needed."""
    missing = set()
    for entry in catalog().values():
        missing |= {check.name for check in entry.suite.checks(entry) if chinese("check", check.name) is None}
        missing |= {mutant.name for mutant in entry.suite.mutants(entry) if chinese("mutant", mutant.name) is None}
    assert missing == set(), "add them to derivations/checking/names.py and mutant_names.py"


@pytest.mark.parametrize("kind, english, wanted", [
    ("mutant", "transpose of W_hh", "W_hh 误作转置"), ("mutant", "factor 1/T", "多一个因子 1/T"), ("mutant", "h[t] -> h[t-1]", "h[t] 误作 h[t-1]"), ("mutant", "adjoint: s for a", "伴随变量：a 误作 s"),
    ("mutant", "float16_0.25: 14 in place of 13", "float16_0.25：13 误作 14"), ("mutant", "first index t + 1", "起始下标误作 t + 1"), ("mutant", "half for one", "1 误作 1/2"),
    ("place", "T = 40, n = 3, d = 2, q = 4, t = 1", "T = 40, n = 3, d = 2, q = 4, t = 1"), ("place", "base", "奠基"), ("place", "a random network with 4 units, 2 steps, the logistic function", "随机网络：4 个单元，2 步，逻辑斯谛函数"),
    ("detail", "The two sides agree at 7 points.", "两边在 7 个点上一致。"),
])
def test_the_chinese_is_put_together_from_the_parts(kind, english, wanted):
    assert chinese(kind, english) == wanted


@pytest.mark.parametrize("kind", ["check", "mutant", "place", "detail"])
def test_what_stands_in_no_table_has_no_chinese(kind):
    assert chinese(kind, "quite another thing") is None
    assert both(kind, None) is None


def test_what_has_no_chinese_is_named():
    check = {"name": "a new oracle", "detail": "The two sides agree at 3 points.", "where": None, "worst": "0", "samples": [{"T": 3, "sizes": {"n": 2}}, {"case": "a strange case"}]}
    mutant = {"name": "sign", "by": "a new oracle", "where": "T = 3", "proof": None}
    checks, mutants = named([check], [mutant])
    assert unnamed({"checks": checks, "mutants": mutants}) == [("check", "a new oracle"), ("place", "a strange case")]


def test_naming_twice_changes_nothing():
    check = {"name": "NumPy", "detail": "The two sides are identical.", "where": "base", "worst": "1.0 of the bound", "samples": [{"half": "a > 0"}, {"T": "every", "sizes": "all"}]}
    mutant = {"name": "sign", "by": "NumPy", "where": "step", "proof": None}
    once = named([check], [mutant])
    assert named(*once) == once


def test_every_table_entry_is_chinese_and_says_what_a_check_does():
    assert all(HAN.search(zh) or zh == "NumPy" for zh, *_ in CHECKS.values()) and all(HAN.search(zh) for _, zh in MUTANTS)
    assert all(text["en"].endswith(".") and text["zh"].endswith("。") for text in map(did, CHECKS))
