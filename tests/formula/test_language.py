"""What a formula may contain: the rest is refused with a sentence, and nothing crashes, hangs or is accepted."""

import random
import time

import pytest

from derivations.formula.judge import check

RIGHT = "sum(dh[t] @ h[t-1].T for t in range(1, T+1))"
REFUSED = {  # formula: a part of the sentence
    "": "no formula", "nan": "has no 'nan'", "0/0": "divides by zero", "W_hh/0": "divides by zero", "1e999999999*W_hh": "cannot be read exactly", "10**10**10*W_hh": "4096 bits",
    "0x" + "f" * 5000: "4096 bits", "9" * 5000: "cannot be read", "h[0]**(10**40)": "limit", "matrix_power(W_hh, 10**9)": "limit", "matrix_power(W_hh, -1)": "inverse", "2**(1/2)": "integer",
    "(" * 1000 + "W_hh" + ")" * 1000: "cannot be read", "-" * 3000 + "W_hh": "nested", "W_hh" + "+W_hh" * 2000: "nested", "W_hh" + ".T" * 5000: "nested", "x" * 30000: "characters",
    "W_hh.__class__": ".T", "().__class__.__bases__": ".T", "__import__('os').system('id')": ".T", "eval('W_hh')": "no function eval", "print(W_hh)": "no function print", "np.dot(dh[1], h[0].T)": "write a @ b",
    "lambda: W_hh": "write the expression itself", "(lambda x: x)(W_hh)": "no function", "sum(c for c in 'abc')": "range(first", "sum(A for A in [W_hh])": "range(first", "sum(W_hh)": "takes one expression",
    "sum(T for T in range(3))": "T has a meaning", "sum(W_hh for h in range(3))": "h has a meaning", "sum(t for t in range(10**12))": "more work", "[W_hh]": "not part of the language", "{1: W_hh}": "not part",
    "W_hh if W_hh else W_hh": "condition", "W_hh == W_hh": "only numbers", "True": "no number", "None": "number or a matrix", "'W_hh'": "no number", "1j*W_hh": "no number", "f'{W_hh}'": "not part",
    "(A := W_hh)": "assignments", "W_hh, W_hh": "one value", "W_hh[0]": "entries", "h[0][0]": "entries", "h[1:2]": "slices", "h": "write h[t]", "h[1.5]": "integer", "h[-1]": "runs from 0 to 1",
    "h[T+1]": "does not exist at T = 1", "dh[T+2] @ h[0].T": "zero where dh[T] exists", "h[t]": "index t has no value", "hh[1]": "did you mean h", "W_h": "did you mean", "dphi[1]": "no activation",
    "dW": "dh_dW[t]", "J[0, 1]": "0 ≤ t ≤ k ≤ T", "sum(dh[t] @ h[t−1].T for t in range(1, T+1))": "write -", "∑ dh[t]": "write sum(", "dh[1]·h[0]ᵀ": "write @", "$W_{hh}$": "TeX", "\u202eW_hh": "invisible character U+202E", "W_hh\u00a0+ W_hh": "U+00A0", "sum（dh[t]）": "write (", "W_hh²": "**2", "½*W_hh": "write 1/2", "φ(h[1])": "write phi", "h(t)": "square brackets",
    "2**W_hh": "n × n (3 × 3) cannot be an exponent", "h[1.0]": "not 1.0", "h[0]/(ones(1, n) @ h[0])": "a 1 × 1 matrix is no number", "h[0]/x[1]": "/ divides entry by entry",
    "W_hh\x00": "U+0000", RIGHT + ";" + RIGHT: "cannot be read", "dh[1] ^ 2": "write **", "W_hh @ 3": "write *", "W_hh*h[0]": "n × n (3 × 3) * n × 1 (3 × 1)", "W_hh + h[0]": "nothing is broadcast", "W_hh + 1": "eye(n)",
    "h[0].T @ h[0] * h[0]": "1 × 1 matrix is no number", "1/W_hh": "division by a matrix", "zeros((n, n))": "write zeros(n, n)", "eye(10**9)": "from 1 to 64", "diag(W_hh)": "column vector",
    "prod(h[t] for t in range(1, 1))": "only square factors", "sum(W_hh for t in range(1, 2, 0))": "step 0", "range(3)": "stands after", RIGHT + " + 0*log(-ones(n, n))": "outside", RIGHT + " + 0*exp(exp(exp(10**9*W_hh)))": "outside",
    "sum(dh[t] @ h[k].T for t, k in range(3))": "one name", "await W_hh": "not part", "sum((W_hh for t in range(2)), W_hh)": "takes one expression", "eye(n, n)": "1 argument",
}


@pytest.mark.parametrize("formula", REFUSED, ids=lambda formula: ascii(formula[:30]))
def test_what_lies_outside_the_language_is_refused_with_a_sentence(formula):
    start = time.perf_counter()
    report = check("linear-rnn", "W_hh", formula)
    assert report.verdict == "unchecked" and report.exit_code == 2
    assert REFUSED[formula] in report.reason.en and report.reason.zh and len(report.reason.en) < 700
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("target, formula", [("h[t]", "dh[t]"), ("J[t]", "J[t]"), ("J[t]", "J[t, t-1]"), ("J[k,t]", "J[k, t]")])
def test_a_claim_may_not_use_what_it_is_to_show(target, formula):
    report = check("linear-rnn", target, formula)
    assert report.verdict == "unchecked" and "itself" in report.reason.en


@pytest.mark.parametrize("target", ["", "h", "h[t", "h[T+3]", "y[t]", "J", "J[t,k,m]", "J[0]", "J[1,2]", "h[10**9]", "h[n]", "h[" + "(" * 150, "L", "__class__", "W", "dh[t]"])
def test_unknown_targets_are_refused(target):
    report = check("linear-rnn", target, "W_hh")
    assert report.verdict == "unchecked" and "linear-rnn" in report.reason.en


def test_empty_sums_and_products_have_the_shape_of_their_body():
    assert check("linear-rnn", "W_hh", f"{RIGHT} + sum(dh[t] @ h[k].T for t in range(2, 1) for k in range(t))").verdict == "agrees"
    assert check("linear-rnn", "J[t]", "prod(J[j] for j in range(1, 1)) @ W_hh").verdict == "agrees"


FILES = {  # source: (verdict, part of the sentence)
    "def g(T, dh, h, n):\n    G = zeros(n, n)\n    for t in range(1, T+1):\n        G += dh[t] @ h[t-1].T\n    return G\n": ("agrees", ""),
    "def g(T, W_hh, W_qh, do, h, n):\n    dh = {T+1: zeros(n, 1)}\n    G = zeros(n, n)\n    for t in range(T, 0, -1):\n        dh_t = W_hh.T @ dh[t+1]\n        dh_t += W_qh.T @ do[t]\n        dh[t] = dh_t\n"
    "        G = G + dh_t @ h[t-1].T\n    return G\n": ("agrees", ""),
    "def g(T, dh, h, n):\n    G = zeros(n, n)\n    for t in range(1, T+1):\n        G += dh[t] @ h[t].T\n    return G\n": ("disagrees", ""),
    "import numpy as np\ndef g(T):\n    return 1\n": ("unchecked", "mine.py, line 1: you wrote `import numpy as np`"), "def g(T):\n    while True:\n        pass\n": ("unchecked", "line 2: you wrote `while True:`"),
    "def g(T):\n    l = []\n    for t in range(10**9):\n        l.append(t)\n    return l\n": ("unchecked", "10000 items"), "def g(T):\n    x = 3\n    for t in range(10**6):\n        x = x*x\n    return x\n": ("unchecked", "line 4"),
    "def g(T):\n    l = [0]*10000\n    l = [l]*10000\n    return l + l\n": ("unchecked", "line 4"), "def g(T):\n    l = []\n    l.append(l)\n    return l\n": ("unchecked", "returns"),
    "def g(T, T):\n    return 1\n": ("unchecked", "a parameter twice"),
    "def g(T):\n    l = [zeros(64, 64) for i in range(10000)]\n    return 1\n": ("unchecked", "more work"),
    "def g(T, h):\n    h[1] = h[0]\n    return h[1]\n": ("unchecked", "cannot be assigned"), "def g(T, foo):\n    return foo\n": ("unchecked", "no 'foo'"), "def g(T):\n    return W_hh\n": ("unchecked", "add it to the parameters"),
    "def g(T):\n    x = 1\n": ("unchecked", "without return"), "def g(*a):\n    return 1\n": ("unchecked", "plain names"), "x = 1\n": ("unchecked", "line 1"), "": ("unchecked", "no formula"),
    "def g(T):\n    return 1\ndef f(T):\n    return 1\n": ("unchecked", "has 2"), "def g(T, n):\n    return g(T, n)\n": ("unchecked", "no function g"), "def g(T):\n    try:\n        return 1\n    except: pass\n": ("unchecked", "line 2"),
    "def g(T, n):\n    for t in range(T):\n        t.x = 1\n": ("unchecked", "line 3"), "def g(T, h):\n    x = h\n    return x\n": ("unchecked", "write h[t]"), "def g(T):\n\treturn 1\n        return 2\n": ("unchecked", "line 3"),
}


@pytest.mark.parametrize("source", FILES, ids=range(len(FILES)))
def test_files_are_interpreted_within_the_same_limits(source):
    verdict, sentence = FILES[source]
    report = check("linear-rnn", "W_hh", source=source, file="mine.py")
    assert report.verdict == verdict and sentence in (report.reason.en if report.reason else "")


def test_a_file_may_return_all_time_steps_and_its_slips_have_lines():
    source = "def g(T, W_hh, W_qh, do, n):\n    d = {T+1: zeros(n, 1)}\n    for t in range(T, 0, -1):\n        d[t] = W_hh.T @ d[t+1] + W_qh.T @ do[t]\n    return d\n"
    assert check("linear-rnn", "h[t]", source=source, file="mine.py").verdict == "agrees"
    wrong = check("linear-rnn", "h[t]", source=source.replace("W_hh.T", "W_hh"), file="mine.py")
    assert wrong.verdict == "disagrees" and any(found.key == "transposed" and "in line 4" in found.text.en for found in wrong.looks_like)


PARTS = "W s[t] s[t-1] da[t] ds[t+1] dphi[t] o[t] dz[t] J[t] J[T,t] T n 1 0 -1 1/T 0.5 I eye(n) zeros(n,1) dW h t None [] 'a'".split()
SHAPES = ("({0} @ {1})", "({0} * {1})", "({0} + {1})", "({0} / {1})", "({0} ** {1})", "{0}.T", "-{0}", "diag({0})", "tanh({0})", "({0} if t < T else {1})", "{0}[{1}]",
          "sum({0} for k in range(t, T+1))", "prod({0} for j in range(T, t, -1))", "matrix_power({0}, {1})", "sum({0} for i in range(T, {1}))")


def test_no_row_of_parts_breaks_the_checker_or_is_accepted_by_chance():
    """Random formulas of the right vocabulary: this found decimals that a diagnosis read again as floats."""
    draw = random.Random(8)

    def formula(depth):
        return draw.choice(PARTS) if depth == 0 else draw.choice(SHAPES).format(formula(depth - 1), formula(draw.randrange(depth)))
    for _ in range(400):
        text, target = formula(draw.randrange(4)), draw.choice(("W", "s[t]", "z[t]", "b", "s_0", "ds_dW[t]"))
        report = check("tanh-rnn", target, text)
        assert report.verdict != "agrees", (target, text)
        assert report.reason is None or "itself failed" not in report.reason.en, (target, text, report.reason.en)
