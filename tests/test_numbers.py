"""Numbers, activations and powers: what is published is attacked, and every attack can tell wrong from right."""

import subprocess
import sys

import pytest
from mpmath import mp
from sympy import Expr, Float, I, ImmutableMatrix, Integer, Rational, Symbol

from derivations import activations, jacobian_products, norms_of_powers, number_formats, one_number, powers, transient
from derivations.algebra import scalars as s
from derivations.algebra.typeset import latex, to_mathml
from derivations.checking import formats
from derivations.checking.arithmetic import Angle, Extended, NoValue
from derivations.checking.evaluate import holds, value
from derivations.checking.scalars import Check, Suite, difference
from derivations.checking.verdict import FAIL, PASS, UNCHECKED
from derivations.entry import Statement

ENTRIES = {entry.slug: entry for topic in (one_number, number_formats, activations, powers, norms_of_powers, transient, jacobian_products) for entry in topic.entries()}

# From shared notes and textbooks, typed here on purpose: the entries must reproduce them.
KNOWN = {
    ("number.power_0.8_50", "value"): "1.4272476927059598810582859694494951364e-5",
    ("number.format.largest", "float16"): "65504",
    ("number.format.largest", "bfloat16"): "338953138925153547590470800371487866880",
    ("number.format.smallest_normal", "float32"): "1.17549435082228750796873653722224568e-38",
    ("number.format.smallest_subnormal", "float64"): "4.94065645841246544176568792868221372e-324",
    ("number.underflow", "float16_0.25"): "13",
    ("number.underflow", "float32_0.25"): "75",
    ("number.underflow", "float64_0.25"): "538",
    ("number.steps_below", "0.99_0.01"): "459",
    ("activation.sigmoid.max", "maximum"): "0.25",
    ("activation.tanh.max", "maximum"): "1",
    ("powers.jordan_norm", "sigma_0.9_5"): "5.15706605111728451",
    ("powers.jordan_norm", "sigma_0.5_10"): "10.0249378105604451",
    ("powers.transient_peak", "peak"): "19.3787697628931",
    ("powers.transient_peak", "at"): "9",
    ("powers.transient_below_one", "n"): "55",
    ("powers.masked_radius", "rho"): "1.98",
    ("powers.masked_norm", "n_10"): "1448.15468787004933",
}


# The same is demanded of all results by `verify`, see tests/derivations/test_verify.py; here it is demanded once more, apart from it, of what is quick.
@pytest.mark.parametrize("slug", [entry.slug for topic in (one_number, number_formats, powers) for entry in topic.entries()])
def test_truth_passes_every_mutant_dies_and_every_check_rejects_something(slug):
    entry = ENTRIES[slug]
    checks, mutants = entry.suite.checks(entry), entry.suite.mutants(entry)
    verdicts = {check.name: check.judge(entry.statement) for check in checks}
    assert {name: judgement.verdict for name, judgement in verdicts.items()} == dict.fromkeys(verdicts, PASS), verdicts
    assert mutants
    fates = {mutant: {check.name for check in checks if check.judge(mutant.statement).verdict == FAIL} for mutant in mutants}
    assert not [mutant.name for mutant, killers in fates.items() if not killers]
    assert set().union(*fates.values()) == set(verdicts)


def test_numbers_that_are_known_from_elsewhere():
    for (slug, name), known in KNOWN.items():
        digits = len(known.split("e")[0].replace(".", "").lstrip("0"))
        assert abs(ENTRIES[slug].values[name].value.evalf(digits + 10) / Float(known, digits) - 1) < Float(10) ** (1 - digits), (slug, name)


def test_every_published_number_is_a_checked_claim_or_stands_in_the_statement():
    plain = {"factor", "n", "maximum", "threshold", "value", "tau_0.01", "factor_0.99", "factor_0.9", "factor_1.1", "in_units", "lambda", "steps", "mask"}
    for entry in ENTRIES.values():
        for name, number in entry.values.items():
            claimed = entry.suite.claims.get(name)
            assert claimed.right.doit() == number.value if claimed else name in plain, (entry.slug, name)


@pytest.mark.parametrize("name", formats.FORMATS)
def test_exact_rounding_and_numpy_agree_near_ties_and_limits(name):
    p, E = formats.FORMATS[name]
    smallest, border = formats.pattern_limit("smallest_subnormal", p, E), 2 ** (E + 1) - formats.Fraction(2) ** (E - p)
    eps = formats.Fraction(1, 2**200)
    for x in (smallest / 2, smallest / 2 * (1 + eps), smallest * 3 / 2, smallest * 3 / 2 * (1 - eps), border, border * (1 - eps), 1 + formats.Fraction(1, 2**p), 1 + formats.Fraction(3, 2**p) * (1 - eps)):
        assert formats.rounded(x, p, E) == formats.numpy_rounded(x, p, E)


def test_a_check_that_breaks_off_or_finds_no_number_never_passes():
    statement = Statement(Integer(1), "=", Integer(1))
    breaking = Check("broken", lambda _: 1 / 0, statement, {}).judge(statement)
    assert breaking.verdict == UNCHECKED and "ZeroDivisionError" in breaking.detail
    [exact, _] = ENTRIES["powers.jordan"].suite.checks(ENTRIES["powers.jordan"])
    assert exact.judge(Statement(s.SpectralNorm(powers.W), "=", Integer(1))).verdict == UNCHECKED


def test_a_wrong_claim_fails_the_entry_that_publishes_it():
    entry = ENTRIES["powers.jordan_norm"]
    [claim] = [claim for name, claim in entry.suite.claims.items() if name == "sigma_0.9_5"]
    suite = Suite(entry.suite.deciders, entry.suite.wrong, {"sigma_0.9_5": claim.with_right(claim.right + Rational(1, 10**9))})
    assert [check.judge(entry.statement).verdict for check in suite.checks(entry)] == [FAIL, FAIL]


POINT = {
    one_number.n: Integer(400), one_number.r: Rational(9, 10), one_number.tau: Rational(1, 100), number_formats.p: Integer(11), number_formats.E: Integer(15), activations.x: Rational(-7, 5),
    powers.k: Integer(4), powers.a: Rational(5, 7), powers.b: Rational(-3, 2), powers.theta: Angle(Rational(3, 5), Rational(4, 5)), Symbol("r", real=True): Rational(6, 5), powers.lam: 1 + I / 2,
    powers.S: ImmutableMatrix([[1, 2], [3, 5]]), powers.L: ImmutableMatrix([[2, 0], [0, -1]]), "size": 2,
}  # fmt: skip
EXCUSED = {"powers.eigenvector", "powers.radius_bound", "powers.normal", "powers.gelfand", "number.half_life", "number.stuck", "number.overflow"}


def _side(term):
    """The value of one side of a line; what is no matrix and has no printed value is turned into plain SymPy first."""
    limits = {limit: value_of(limit) for limit in term.atoms(s.FormatLimit)}
    term = term.xreplace(limits)
    try:
        return value(term, POINT, Extended())
    except NoValue:
        plain = term.xreplace({x: x.doit() for x in term.atoms(s.Applied)})
        numbers = {key: x for key, x in POINT.items() if isinstance(key, Symbol) and isinstance(x, Expr)}
        found = plain.doit().xreplace(numbers).evalf(50)
        if not found.is_number:
            raise
        return mp.mpmathify(found)


def value_of(limit):
    found = formats.pattern_limit(limit.kind, 11, 15)
    return Rational(found.numerator, found.denominator)


@pytest.mark.parametrize("slug", [slug for slug in ENTRIES if not slug.startswith("products.") and slug not in EXCUSED])
def test_every_line_of_a_derivation_that_can_be_evaluated_holds(slug):
    evaluated = 0
    for step in ENTRIES[slug].steps:
        latex(step.statement.sides), to_mathml(step.statement.sides)
        statement = step.statement
        if isinstance(statement.right, s.Digits) or statement.relation in ("~", "=>") or statement.left.atoms(Symbol) & set(map(Symbol, ("sigma_1", "sigma_2"))):
            continue
        try:
            with mp.workdps(60):
                left, right = _side(statement.left), _side(statement.right)
                right_holds = difference(left, right) < 1e-30 if statement.relation == "=" else holds(statement.relation, left, right)
        except (NoValue, KeyError):
            continue
        evaluated += 1
        assert right_holds, latex(statement.sides)
    assert evaluated or all(isinstance(step.statement.left, (s.Least, s.Extreme, s.FormatLimit)) for step in ENTRIES[slug].steps)


def test_the_topics_load_without_numpy():
    code = "import sys; from derivations import activations, jacobian_products, norms_of_powers, number_formats, one_number, powers, transient; [m.entries() for m in (activations, jacobian_products, norms_of_powers, number_formats, one_number, powers, transient)]; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
