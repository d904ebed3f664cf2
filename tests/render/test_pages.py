"""What a page becomes: names turn into what they name, and nothing else is touched."""

import markdown
import pytest
from render import values
from render.scan import scan

FORMS = ["fenced_code", "tables", "attr_list", "md_in_html"]


def html(tree, lang="en", path="causes/linear-rnn.md"):
    body = tree.page(lang, path).read_text(encoding="utf-8").split("---\n", 2)[2]
    return markdown.markdown(body, extensions=[*FORMS, "render.extension"], extension_configs={"render.extension": {"lang": lang, "root": str(tree.root)}})


def test_an_equation_carries_number_badge_evidence_and_copies(tree):
    page = html(tree)
    equation = page[page.index('id="eq-rnn.linear.adjoint"') : page.index('id="eq-rnn.linear.grad_W_hh"')]
    for part in ("(3.2)", "badge--proved", "proved for all T and all shapes", "<math", "Downward induction", "transpose of W_hh", "LaTeX", "NumPy", "not proved"):
        assert part in equation
    assert "#report" in equation


def test_the_same_equation_speaks_chinese(tree):
    page = html(tree, "zh")
    assert "对任意 T 与任意形状得证" in page and "乘积法则" in page and "Product rule" not in page


def test_references_point_across_pages(tree):
    assert 'href="../../start/one-number/#eq-number.0.8%5E50"' in html(tree)


def test_numbers_are_rounded_and_set(tree):
    assert "1.427\u00a0×\u00a010<sup>−5</sup>" in html(tree)


def test_a_checked_number_can_stand_in_typed_mathematics(tree):
    tree.replace(tree.page("en"), "$T = 40$", "$r = {num number.0.8^50 value 3}$")
    assert r"r = 1.43 \times 10^{-5}" in html(tree)


def test_code_is_left_alone(tree):
    tree.replace(tree.page("en"), "```python", "`{eq nothing}` and `$x$`.\n\n~~~\n{ref nothing} $y$ 3.25\n~~~\n\n```python")
    page = html(tree)
    assert "<code>{eq nothing}</code>" in page and "{ref nothing} $y$ 3.25" in page and "render-error" not in page


def test_a_dollar_sign_can_be_written(tree):
    assert "Costs are $3," in html(tree)


def test_a_figure_has_caption_label_data_and_code(tree):
    page = html(tree, path="index.md")
    assert '<figure class="fig" id="fig-decay">' in page and 'aria-label="The size of the gradient after T time steps.' in page
    assert "Figure 1" in page and "decay.csv" in page and "decay.py.txt" in page


def test_a_checked_number_in_a_caption_is_read_aloud(tree):
    tree.replace(tree.page("en", "index.md"), "by a constant factor", "to {num number.0.8^50 value 3} in the end")
    assert "It falls to 1.43\u00a0×\u00a010⁻⁵ in the end each time." in html(tree, path="index.md")


@pytest.mark.parametrize(
    "decimal, digits, text",
    [
        ("1.4272476927059598810582859694495e-5", 4, "1.427\u00a0×\u00a010⁻⁵"),
        ("1.4272476927059598810582859694495e-5", 12, "1.42724769271\u00a0×\u00a010⁻⁵"),
        ("13780.6123398222", 6, "13780.6"),
        ("480", None, "480"),
        ("0.5", 5, "0.5"),
        ("0.00012345", 2, "0.00012"),
        ("99999999", 3, "1.00\u00a0×\u00a010⁸"),
        ("-2.345", 3, "−2.34"),
    ],
)
def test_rounding_is_correct(decimal, digits, text):
    assert values.as_text(decimal, digits) == text


def test_the_reader_of_markdown_knows_what_is_code():
    found = scan("`$a$` ``{eq x}``\n\n> ```\n> {ref y}\n> ```\n\n<!-- $$ -->\n$b$ {ref z}", 10)
    assert [(item.kind, item.line) for item in found.items if item.kind not in ("span", "code")] == [("tex", 17), ("ref", 17)]
