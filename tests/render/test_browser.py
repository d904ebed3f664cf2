"""The site as a reader meets it, in a real browser."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]


def search(page, words: str) -> str:
    """Type into the site's own search, letter by letter, and return what it lists."""
    page.keyboard.press("Escape")
    page.locator("[data-md-component=search-query]").click()
    page.locator("[data-md-component=search-query]").fill("")
    page.keyboard.type(words, delay=15)
    # Typed Chinese reaches the field without key events here; an input method ends with one, and the search waits for it.
    page.keyboard.press("End")
    results = page.locator(".md-search-result__list")
    results.locator(".md-search-result__item").first.wait_for(timeout=10_000)
    return results.inner_text()


def middle_of_a_sentence(lang_dir: Path) -> tuple[str, str]:
    """Eight Chinese characters from inside a sentence of the real pages, and the page they stand on: the test follows the text."""
    for file in sorted(lang_dir.rglob("*.md")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if run := re.search(r"^[\u4e00-\u9fff][^{$`#|]{0,40}?[，、]?([\u4e00-\u9fff]{12,})", line):
                return run[1][2:10], file.relative_to(lang_dir).as_posix().removesuffix(".md").removesuffix("index")
    raise AssertionError("no Chinese sentence was found")


@pytest.mark.parametrize("words, found", [("梯度消失", "梯度消失"), ("随时间反向传播", "反向传播"), ("谱半径", "谱半径"), ("解出的递推", "递推")])
def test_chinese_is_found(browser_page, fixture_server, words, found):
    browser_page.goto(f"{fixture_server}/zh/")
    assert found in search(browser_page, words)


@pytest.mark.parametrize("words", ["梯度消失", "随时间反向传播", "谱半径"])
def test_the_real_site_finds_its_terms(browser_page, site_server, words):
    browser_page.goto(f"{site_server}/zh/")
    assert search(browser_page, words)


def test_the_real_site_finds_a_phrase_from_mid_sentence(browser_page, site_server):
    words, page = middle_of_a_sentence(ROOT / "docs" / "zh")
    browser_page.goto(f"{site_server}/zh/")
    search(browser_page, words)
    found = browser_page.eval_on_selector_all(".md-search-result__list a", "links => links.map(link => link.pathname)")
    assert any(f"/zh/{page}" in path for path in found)


def test_english_is_found(browser_page, fixture_server):
    browser_page.goto(f"{fixture_server}/en/")
    assert "The linear RNN" in search(browser_page, "recursion that can be solved")


def test_the_language_link_keeps_page_and_anchor(browser_page, fixture_server):
    browser_page.goto(f"{fixture_server}/en/causes/linear-rnn/#backward")
    browser_page.click("a.language")
    browser_page.wait_for_url("**/zh/causes/linear-rnn/#backward")
    browser_page.click("a.language")
    browser_page.wait_for_url("**/en/causes/linear-rnn/#backward")


def test_pages_read_and_switch_language_without_a_script(browser, fixture_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{fixture_server}/")
    page.click("a[hreflang=zh]")
    page.goto(f"{fixture_server}/zh/causes/linear-rnn/")
    assert page.locator(".eq .katex").first.is_visible()
    page.click("#eq-rnn\\.linear\\.adjoint summary >> nth=0")
    assert page.get_by_text("乘积法则").is_visible()
    assert page.locator(".copy__button").count() == 0
    page.click("a.language")
    assert page.url.endswith("/en/causes/linear-rnn/")
    context.close()


@pytest.mark.parametrize("locale, where", [("zh-CN", "/zh/"), ("en-GB", "/en/"), ("fr-FR", "/")])
def test_the_first_page_chooses_the_readers_language(browser, fixture_server, locale, where):
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(f"{fixture_server}/", wait_until="load")
    page.wait_for_url(f"{fixture_server}{where}")
    context.close()


def test_a_reference_shows_its_equation(browser_page, fixture_server):
    browser_page.goto(f"{fixture_server}/en/causes/linear-rnn/")
    popover = browser_page.locator(".eq-pop")
    link = browser_page.locator("p a.eq-ref", has_text="(2.1)").first
    link.hover()
    popover.locator(".katex").first.wait_for()
    assert "Fifty factors" in popover.inner_text()
    browser_page.keyboard.press("Escape")
    assert popover.is_hidden()
    browser_page.keyboard.press("Tab")
    link.focus()
    popover.locator(".katex").first.wait_for()


def test_a_tap_shows_the_equation_and_a_second_one_follows_the_link(browser, fixture_server):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{fixture_server}/en/causes/linear-rnn/")
    link = page.locator("p a.eq-ref", has_text="(2.1)").first
    link.tap()
    page.locator(".eq-pop .katex").first.wait_for()
    assert "linear-rnn" in page.url
    link.tap()
    page.wait_for_url("**/start/one-number/#eq-number.0.8%5E50")
    context.close()


def test_a_formula_is_copied(browser, fixture_server):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{fixture_server}/en/causes/linear-rnn/")
    equation = page.locator("#eq-rnn\\.linear\\.adjoint")
    equation.locator("summary").first.click()
    box = equation.locator(".copy").first
    box.locator("summary").click()
    box.locator("button").click()
    box.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("\\frac{\\partial L}{\\partial h_t}")
    context.close()


def test_the_index_of_results_is_filtered(browser_page, fixture_server):
    browser_page.goto(f"{fixture_server}/en/reference/results/")
    rows = browser_page.locator(".results__table tbody tr:visible")
    assert rows.count() == 4
    browser_page.select_option("[data-filter=kind]", "identity")
    assert rows.count() == 2
    browser_page.fill("[data-filter=text]", "adjoint")
    assert rows.count() == 1


def test_a_choice_of_results_is_kept_in_the_address(browser_page, fixture_server):
    browser_page.goto(f"{fixture_server}/en/reference/results/")
    browser_page.select_option("[data-filter=kind]", "identity")
    browser_page.fill("[data-filter=text]", "adjoint")
    browser_page.wait_for_url("**/results/?text=adjoint&kind=identity", wait_until="commit")
    browser_page.reload()
    rows = browser_page.locator(".results__table tbody tr:visible")
    assert rows.count() == 1 and browser_page.locator(".results__count b").inner_text() == "1"
    browser_page.goto(f"{fixture_server}/en/reference/results/?kind=identity&badge=nonsense")
    assert rows.count() == 2
    browser_page.click("a.language")
    browser_page.wait_for_url("**/zh/reference/results/?kind=identity&badge=nonsense")
    assert rows.count() == 2


def test_the_graph_of_uses_leads_to_the_equations_with_and_without_a_script(browser, site_server):
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_server}/en/reference/dependencies/")
    page.locator(".deps__page").filter(has_text="LSTM").click()
    assert page.url.endswith("#uses-lstm") and page.locator(".deps__node title").count() > 0
    page.locator("[id='node-lstm.cell']").click()
    assert page.url.endswith("/remedies/lstm/#eq-lstm.cell")
    context.close()


def test_a_node_in_focus_marks_its_own_uses_and_shows_its_equation(browser_page, site_server):
    browser_page.goto(f"{site_server}/zh/reference/dependencies/#node-rnn.linear.grad_W_hh")
    browser_page.keyboard.press("Tab")
    node = browser_page.locator("[id='node-rnn.linear.grad_W_hh']")
    node.focus()
    near = browser_page.locator(".deps__use.is-near")
    own = node.get_attribute("data-node")
    ends = [edge.get_attribute("data-ends").split() for edge in near.all()]
    assert ends and all(own in pair for pair in ends)
    browser_page.locator(".eq-pop .katex").first.wait_for()


def test_the_index_is_a_plain_table_without_a_script(browser, fixture_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{fixture_server}/en/reference/results/")
    assert page.locator(".results__table tbody tr:visible").count() == 4 and page.locator(".results__filter").is_hidden()
    context.close()


def test_claims_are_filtered_and_a_link_shows_what_was_hidden(browser_page, site_server):
    browser_page.goto(f"{site_server}/en/practice/claims/")
    shown = browser_page.locator(".claim:visible")
    assert shown.count() == 40
    browser_page.select_option("[data-filter=verdict]", "holds")
    browser_page.select_option("[data-filter=topic]", "formulas")
    assert 0 < shown.count() < 9 and browser_page.locator(".results__count b").inner_text() == str(shown.count())
    browser_page.evaluate("location.hash = '#c08'")
    browser_page.locator("#c08").wait_for()
    assert shown.count() == 40


def test_claims_are_a_plain_list_without_a_script(browser, site_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_server}/zh/practice/claims/")
    assert page.locator(".claim:visible").count() == 40 and page.locator(".results__filter").is_hidden()
    context.close()


def test_the_evidence_says_what_was_done_and_what_was_found(browser_page, fixture_server):
    browser_page.goto(f"{fixture_server}/zh/causes/linear-rnn/")
    equation = browser_page.locator("#eq-rnn\\.linear\\.adjoint")
    equation.locator("summary").first.click()
    check = equation.locator(".check", has_text="中心差分")
    assert "说明：中心差分。" in check.inner_text() and "实测收敛阶" in check.inner_text() and "T = 3, 5, 40" in check.inner_text()
    assert equation.locator(".eq__mutants").is_hidden()
    equation.locator(".mutants summary").click()
    assert "W_hh 误作转置" in equation.locator(".eq__mutants").inner_text() and "与原式等价：有限和与求和次序无关" in equation.locator(".eq__mutants").inner_text()


def pages_of(site: Path) -> list[str]:
    return sorted(page.relative_to(site).parent.as_posix() + "/" for page in site.rglob("index.html"))


def look(browser, server: str, site: Path) -> list[str]:
    """Open every page at 390 px with everything unfolded: what it asked of other hosts, what failed, what overflows."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    page, found = context.new_page(), []
    host = urlsplit(server).netloc
    page.on("request", lambda request: urlsplit(request.url).scheme in ("http", "https") and urlsplit(request.url).netloc != host and found.append(f"asks {request.url}"))
    page.on("response", lambda answer: answer.status >= 400 and found.append(f"{answer.url} answers {answer.status}"))
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    for path in pages_of(site):
        page.goto(f"{server}/{path}", wait_until="load")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wider > 0:
            found.append(f"{path} is {wider} px wider than a phone")
    context.close()
    return found


def test_the_fixture_asks_no_other_host_and_fits_a_phone(browser, fixture_server, built_fixture):
    assert look(browser, fixture_server, built_fixture) == []


def test_the_real_site_asks_no_other_host_and_fits_a_phone(browser, site_server):
    assert look(browser, site_server, ROOT / "site") == []
