"""Formulas as pages show them, read back. Every expected value is worked out by hand or with Ops, never by the printer."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some
from mpmath import mp

from derivations.checking.compiled import Environment
from derivations.checking.ops import PRIME, FieldOps, MpOps, Undefined, softmax
from derivations.checking.printed import Unreadable, read

FIELD = FieldOps(7)
PARAMETERS, FAMILIES = {"A", "B", "W_hh", "U", "V", "b"}, {"s", "o", "y", "D"}
MATRICES = {"A": [[1, 2], [3, 4]], "B": [[0, 1], [1, 1]], "W_hh": [[2, 1], [0, 3]], "U": [[1, 0, 2], [0, 1, 1]], "V": [[1, 2]], "b": [[5], [6]], "L": [[11]]}
MEMBERS = {
    "s": [[[1], [2]], [[3], [1]], [[2], [5]], [[4], [3]]],
    "o": [[[2], [4]], [[1], [3]], [[5], [2]], [[3], [3]]],
    "y": [[[1], [0]]] * 4,
    "D": [[[t, 1], [0, t + 1]] for t in range(4)],
}
DERIVED = {("grad", "s", 2): [[7], [8]], ("grad", "W_hh", None): [[1, 2], [3, 5]], ("diff", "s", 1): [[1], [9]], ("diff", "A", None): [[1, 0], [2, 1]], ("diff", "L", None): [[13]], ("jac", "s", 3, "s", 1): [[1, 4], [4, 2]]}


def environment(ops):
    values = {("value", name, None): matrix for name, matrix in MATRICES.items()} | DERIVED
    values |= {("value", name, t): matrix for name, matrices in MEMBERS.items() for t, matrix in enumerate(matrices)}
    return Environment(ops, {key: [[ops.scalar(x) for x in row] for row in matrix] for key, matrix in values.items()}, {}, length=3)


def value(latex, ops=FIELD, scalars=(), **bound):
    """The value of a left side; the right side is an empty sum, which is a zero of any size."""
    return read(latex + r" = \sum_{i=1}^{0} i", PARAMETERS, FAMILIES).sides(environment(ops), bound, scalars)[0]


@pytest.mark.parametrize(
    "latex, expected",
    [
        (r"A", [[1, 2], [3, 4]]),
        (r"W_{hh} \, s_{t}", [[7], [3]]),  # s_1 = (3, 1)
        (r"W_{hh} s_{t - 1}", [[4], [6]]),
        (r"s_{T}", [[4], [3]]),
        (r"s_{T + t - i}", [[2], [5]]),  # T = 3, t = 1, i = 2
        (r"s_0", [[1], [2]]),
        (r"L", [[11]]),
        (r"\frac{\partial L}{\partial s_{t + 1}}", [[7], [8]]),
        (r"\frac{\partial L}{\partial W_{hh}}", [[1, 2], [3, 5]]),
        (r"\frac{\partial s_{T}}{\partial s_{t}}", [[1, 4], [4, 2]]),
        (r"\mathrm{d} s_{t}", [[1], [9]]),
        (r"\mathrm{d} A^{\top}", [[1, 2], [0, 1]]),
        (r"\mathrm{d} L", [[13]]),
        (r"A + B - b V", [[-4, -7], [-2, -7]]),
        (r"-A", [[-1, -2], [-3, -4]]),
        (r"A \odot B", [[0, 2], [3, 4]]),
        (r"A^{\top}", [[1, 3], [2, 4]]),
        (r"A^\top B", [[3, 4], [4, 6]]),
        (r"W_{hh}^{i}", [[4, 5], [0, 9]]),
        (r"(W_{hh}^{\top})^{T - t}", [[4, 0], [5, 9]]),
        (r"{W_{hh}}^{T - 3}", [[1, 0], [0, 1]]),
        (r"\frac{1}{T} \sum_{i=1}^{T} 3 i \, b", [[30], [36]]),
        (r"\frac{T - 1}{2} A", [[1, 2], [3, 4]]),
        (r"\frac{1}{0.5} b", [[10], [12]]),
        (r"2 \cdot 3 \times 10^{2} b", [[3000], [3600]]),
        (r"\operatorname{diag}(b)", [[5, 0], [0, 6]]),
        (r"\operatorname{diag}(\mathbf{1} - b \odot b) A", [[-24, -48], [-105, -140]]),
        (r"\mathbf{1} - b", [[-4], [-5]]),
        (r"A \mathbf{1}", [[3], [7]]),
        (r"\mathbf{1}^{\top} b", [[11]]),
        (r"I - A", [[0, -2], [-3, -3]]),
        (r"(I - 2 I) A", [[-1, -2], [-3, -4]]),
        (r"\left\langle A , B \right\rangle", [[9]]),
        (r"\langle b, s_{0} \rangle A", [[17, 34], [51, 68]]),
        (r"\begin{pmatrix} 1 & T \\ -i & \frac{4}{2} \end{pmatrix}", [[1, 3], [-2, 2]]),
        (r"\sum_{k=t}^{T} \sum_{j=t}^{k} s_{j}", [[17], [16]]),  # 3 s_1 + 2 s_2 + s_3
        (r"\prod_{j=T,\ldots,t+1} D_{j}", [[6, 6], [0, 12]]),  # D_3 D_2
        (r"A \prod_{j=t,\ldots,t+1} D_{j}", [[1, 2], [3, 4]]),
        (r"\left( A + B \right) \bigl( A - B \bigr)", [[7, 10], [14, 19]]),
    ],
)
def test_every_construct(latex, expected):
    assert value(latex, t=1, i=2) == [[x % PRIME for x in row] for row in expected]


@pytest.mark.parametrize(
    "latex, name, order", [(r"\phi(b)", "phi", 0), (r"\phi'(b)", "phi", 1), (r"\phi^{\prime}(b)", "phi", 1), (r"\phi^{\prime\prime}(b)", "phi", 2), (r"\tanh(b)", "tanh", 0), (r"\log(b)", "log", 0), (r"\frac{1}{b}", "reciprocal", 0)]
)
def test_functions_act_on_every_entry(latex, name, order):
    assert value(latex) == FIELD.map(name, order, MATRICES["b"])


def test_softmax_and_the_loss_of_a_time_step():
    o, y = MEMBERS["o"][2], MEMBERS["y"][2]
    assert value(r"\operatorname{softmax}(o_{t})", t=2) == softmax(FIELD, o)
    assert value(r"\ell(o_{t}, y_{t})", t=2) == FIELD.loss(0, o, y)
    assert value(r"\frac{\partial \ell(o_{t}, y_{t})}{\partial o_{t}}", t=2) == FIELD.loss(1, o, y)


def test_decimal_digits():
    assert value(r"\frac{1}{T} \tanh(b)", MpOps()) == [[mp.tanh(5) / 3], [mp.tanh(6) / 3]]
    assert value(r"\lambda^{k} r_{1} A", scalars={"lambda": Fraction(1, 2), "r_1": 8}, k=2) == [[2, 4], [6, 8]]


@pytest.mark.parametrize(
    "latex, bracketed",
    [
        (r"A b \odot b", r"(A b) \odot b"),
        (r"b \odot A b", r"b \odot (A b)"),
        (r"s_{0} + b \odot b", r"s_{0} + (b \odot b)"),
        (r"A B^{\top}", r"A (B^{\top})"),
        (r"\sum_{t=1}^{2} A s_{t} + b", r"(\sum_{t=1}^{2} (A s_{t})) + b"),
        (r"\sum_{t=1}^{2} s_{t} \odot s_{t}", r"\sum_{t=1}^{2} (s_{t} \odot s_{t})"),
        (r"\prod_{j=3,\ldots,2} D_{j} A", r"\prod_{j=3,\ldots,2} (D_{j} A)"),
        (r"\prod_{j=3,\ldots,2} D_{j} A^{\top}", r"\prod_{j=3,\ldots,2} (D_{j} (A^{\top}))"),
        (r"A \prod_{j=3,\ldots,2} D_{j} - B", r"(A (\prod_{j=3,\ldots,2} D_{j})) - B"),
        (r"- A B", r"-(A B)"),
    ],
)
def test_precedence(latex, bracketed):
    assert value(latex) == value(bracketed)


@pytest.mark.parametrize(
    "right, wrong",
    [
        (r"(\prod_{j=3,\ldots,2} D_{j} A)^{\top}", r"\prod_{j=3,\ldots,2} D_{j} A^{\top}"),
        (r"(A B)^{\top}", r"A B^{\top}"),
        (r"(A + B) b", r"A + B b"),
        (r"(\sum_{t=1}^{2} D_{t}) A + B", r"\sum_{t=1}^{2} (D_{t} A + B)"),
        (r"(\prod_{j=3,\ldots,2} D_{j}) A", r"\prod_{j=3,\ldots,2} D_{j} A"),
        (r"(A \odot B) A", r"A \odot B A"),
        (r"A - (B - A)", r"A - B - A"),
        (r"(A B)^{2}", r"A B^{2}"),
        (r"A^{\top} b", r"A b"),
    ],
)
def test_lost_brackets_and_transposes_change_the_value(right, wrong):
    try:
        assert value(right) != value(wrong)
    except Unreadable as refusal:
        assert "matrix" in str(refusal)


@pytest.mark.parametrize(
    "latex, place, reason",
    [
        (r"A + \odot B = b", r"A + ⟦\odot⟧ B", "a quantity is expected"),
        (r"(A + B = b", "⟦=⟧", "closes a bracket"),
        (r"A + B", "⟦⟧", "a relation sign is expected"),
        (r"A = B = b", "⟦=⟧", "one relation sign"),
        (r"{A + B} b = b", "⟦{⟧A + B}", "braces are not printed"),
        (r"s = b", "⟦=⟧", "time index"),
        (r"\sum_{t=1}^{T} = b", "⟦=⟧", "a quantity is expected"),
        (r"\prod_{t=1}^{T} D_{t} = A", "⟦}⟧", "order of the factors"),
        (r"\mathrm{d} A^{2} = A", "⟦{⟧2}", "look alike"),
        (r"\mathrm{d} (A B) = A", "⟦(⟧A B)", "is expected here"),
        (r"A^{\top}^{2} = A", "⟦^⟧{2}", "another script"),
        (r"\frac{\partial \ell(o_{t}, y_{t})}{\partial y_{t}} = b", r"⟦\ell⟧(o_{t}", "first argument"),
        (r"2 3 A = A", "2 ⟦3⟧ A", "printed as one"),
        (r"\sin(b) = b", r"⟦\sin⟧(b)", "not a sign"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 \end{pmatrix} = A", r"⟦\end{pmatrix}⟧", "differ in length"),
    ],
)
def test_unreadable_formulas_name_the_place(latex, place, reason):
    with pytest.raises(Unreadable) as refusal:
        read(latex, PARAMETERS, FAMILIES)
    assert place in str(refusal.value) and reason in str(refusal.value)


@pytest.mark.parametrize(
    "latex, place, reason",
    [
        ("b A", "⟦b A⟧", "2 × 1 matrix is multiplied by a 2 × 2 matrix"),
        (r"A + U", "⟦A + U⟧", "entry by entry"),
        (r"2 + A", "⟦2 + A⟧", "entry by entry"),
        (r"\mathbf{1} - A", r"⟦\mathbf{1} - A⟧", "column of ones"),
        (r"\mathbf{1} V", r"⟦\mathbf{1} V⟧", "nothing says how large"),
        (r"I - U", "⟦I - U⟧", "identity"),
        (r"\phi(I)", r"⟦\phi(I)⟧", "nothing says how large"),
        (r"U^{2}", "⟦U^{2}⟧", "not square"),
        (r"s_{\frac{1}{2}}", "⟦s_{", "must be an integer"),
        (r"\theta A", r"⟦\theta⟧ A", "theta is no parameter"),
        (r"\frac{b}{b}", r"⟦\frac{b}{b}⟧", "entry by entry"),
    ],
)
def test_values_that_do_not_fit_name_the_place(latex, place, reason):
    with pytest.raises(Unreadable) as refusal:
        value(latex)
    assert place in str(refusal.value) and reason in str(refusal.value)


def test_sides_of_different_shapes_are_refused():
    with pytest.raises(Unreadable, match="cannot be compared"):
        read("V = b", PARAMETERS).sides(environment(FIELD))


@pytest.mark.parametrize("latex", [r"A^{-1}", r"A^{t - 3}", r"\frac{1}{t - 1} A", r"s_{t + 3}", r"\prod_{j=t,\ldots,t+2} D_{j}"])
def test_a_formula_without_a_value_at_this_point(latex):
    with pytest.raises(Undefined):
        value(latex, t=1)


def test_both_sides_and_the_relation():
    reading = read(r"W_{hh}^{2} \approx W_{hh} \left( W_{hh} + I \right)", PARAMETERS)
    assert reading.relation == r"\approx"
    assert reading.sides(environment(FIELD)) == ([[4, 5], [0, 9]], [[6, 6], [0, 12]])
    assert read("I = A", PARAMETERS).sides(environment(FIELD))[0] == [[1, 0], [0, 1]]
    assert read(r"\frac{6}{2} = T").sides(environment(FIELD)) == ([[3]], [[3]])


SIGNS = r"A s W_ _ ^ { } {t} {\top} ( ) , + - = 1 2 \odot \frac \partial L \sum _{t=1}^{T} \prod \ldots \phi ' \ell \mathrm{d} \langle \rangle \mathbf{1} \begin{pmatrix} & \\\\ \end{pmatrix} \foo".split()


@given(some.lists(some.sampled_from(SIGNS), max_size=12).map(" ".join))
def test_any_row_of_signs_is_read_or_refused(latex):
    try:
        assert read(latex, PARAMETERS, FAMILIES).relation == "="
    except Unreadable as refusal:
        assert "cannot be read at" in str(refusal)
