"""Effects of the script: no page load, no lost focus, an announced result."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import axe_findings


def test_ticking_updates_the_results_and_keeps_the_focus(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=Patriot+withdrawal")
    box = page.get_by_role("checkbox", name="İsmail Demir")
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^1 article "))
    expect(page.get_by_role("checkbox", name="İsmail Demir")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("1 article for Patriot withdrawal that names İsmail Demir")
    expect(page).to_have_title(re.compile("^Patriot withdrawal · 1 article"))


def test_back_and_forward_restore_the_filters(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=Patriot+withdrawal")
    page.get_by_role("checkbox", name="İsmail Demir").check()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^1 article "))
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^2 articles "))
    expect(page.get_by_role("checkbox", name="İsmail Demir")).not_to_be_checked()
    page.go_forward()
    expect(page.get_by_role("checkbox", name="İsmail Demir")).to_be_checked()


def test_after_a_chip_the_focus_is_on_the_next_one_and_then_on_the_count(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=S-400")
    page.get_by_role("checkbox", name="İsmail Demir").check()
    page.get_by_role("checkbox", name="Vladimir Putin").check()
    chips = page.get_by_role("link", name=re.compile("^Remove filter"))
    expect(chips).to_have_count(2)
    chips.first.click()
    expect(chips).to_have_count(1)
    expect(chips.first).to_be_focused()
    chips.first.click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_a_bar_is_followed_without_leaving_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=S-400")
    page.evaluate("() => { window.isSamePage = true; }")
    page.get_by_role("link", name=re.compile("^2018: ")).click()
    expect(page).to_have_url(re.compile("period=2018"))
    assert page.evaluate("() => window.isSamePage") is True


def test_buttons_to_apply_are_not_needed(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=S-400")
    expect(page.get_by_role("button", name="Apply filters")).to_be_hidden()


def test_a_slash_leads_to_the_search_box_but_not_out_of_a_field(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=S-400")
    page.keyboard.press("/")
    expect(page.get_by_label("Search articles")).to_be_focused()
    page.get_by_label("From").fill("")
    page.get_by_label("From").press("/")
    expect(page.get_by_label("From")).to_have_value("/")


def test_names_are_suggested_and_chosen_with_the_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    box = page.get_by_role("combobox", name="Search articles")
    box.press_sequentially("erdo")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Erdoğan")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/(search\?person=|entity/)"))


def test_only_names_have_the_mark_of_a_kind_among_suggestions(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#q").press_sequentially("erd")
    expect(page.locator("#offers .word").first).to_be_visible()
    marks = page.evaluate(
        "() => [...document.querySelectorAll('#offers bdi')].map("
        "(name) => [name.classList[1], getComputedStyle(name, '::before').backgroundColor !== 'rgba(0, 0, 0, 0)'])"
    )
    assert ["people", True] in marks
    assert {is_marked for kind, is_marked in marks if kind == "word"} == {False}


def test_suggestions_go_away_and_enter_searches_for_the_words(page: Page, address: str) -> None:
    page.goto(address)
    box = page.get_by_role("combobox", name="Search articles")
    box.press_sequentially("erdo")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=erdo$"))


def test_going_back_from_an_article_finds_the_filters_as_they_were(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=Patriot+withdrawal")
    page.get_by_role("checkbox", name="İsmail Demir").check()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^1 article "))
    page.locator(".hits h3 a").first.click()
    expect(page.get_by_role("link", name="Back to the results")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^1 article "))
    expect(page.get_by_role("checkbox", name="İsmail Demir")).to_be_checked()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^2 articles "))
    expect(page.get_by_role("checkbox", name="İsmail Demir")).not_to_be_checked()


def test_skipping_to_the_results_does_not_load_them_again(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=Patriot+withdrawal")
    page.evaluate("() => { document.getElementById('view').isSameView = true; }")
    page.get_by_role("link", name="Skip to results").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_be_focused()
    page.keyboard.press("Tab")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("() => document.getElementById('view').isSameView") is True


def test_going_back_brings_back_the_words_in_the_box(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=Patriot+withdrawal")
    page.get_by_label("Search articles").fill("S-400")
    page.get_by_role("checkbox", name="Vladimir Putin").check()
    expect(page).to_have_url(re.compile("q=S-400&person="))
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^2 articles for Patriot"))
    expect(page.get_by_label("Search articles")).to_have_value("Patriot withdrawal")


def test_no_value_moves_while_the_results_change(page: Page, awkward_address: str) -> None:
    page.goto(f"{awkward_address}/search?q=kelpmoth")
    name = "Peldrake"
    box = page.locator("#f-system label", has_text=name)
    before, place = page.locator("#f-system bdi").all_inner_texts(), box.bounding_box()
    box.click()
    expect(page.get_by_role("link", name=re.compile("^Remove filter Systems"))).to_be_visible()
    after = page.locator("#f-system label", has_text=name)
    assert page.locator("#f-system bdi").all_inner_texts() == before
    assert after.bounding_box() == place
    page.reload()
    assert page.locator("#f-system [role=group]").nth(1).locator("bdi").first.inner_text() == name


def test_a_chart_is_one_stop_and_arrows_move_in_it(page: Page, awkward_address: str) -> None:
    page.goto(f"{awkward_address}/search?q=kelpmoth")
    assert page.locator(".bars a").count() > 5
    assert page.locator(".bars a[tabindex='0']").count() == 1
    page.locator(".bars a[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".bars a").nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator(".bars a").last).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('.bars')") is None


def test_keys_of_one_letter_can_be_switched_off(page: Page, address: str) -> None:
    page.goto(f"{address}/help")
    page.get_by_label("Use single-key shortcuts").uncheck()
    page.goto(f"{address}/search?q=S-400")
    page.keyboard.press("/")
    expect(page.get_by_label("Search articles")).not_to_be_focused()
    page.goto(f"{address}/help")
    expect(page.get_by_label("Use single-key shortcuts")).not_to_be_checked()
    page.get_by_label("Use single-key shortcuts").check()
    page.keyboard.press("/")
    expect(page.get_by_label("Search articles")).to_be_focused()


@pytest.mark.parametrize(("field", "text", "said"), [
    ("From", "2018", "that mention dates from 2018"), ("to", "2019", "that mention dates up to 2019"),
    ("From", "hello", "is not a date"),
])  # fmt: skip
def test_enter_in_a_field_keeps_the_focus_and_is_announced(
    page: Page, address: str, field: str, text: str, said: str
) -> None:
    page.goto(f"{address}/search?q=S-400")
    page.evaluate("() => { window.isSamePage = true; }")
    box = page.get_by_role("textbox", name=field, exact=True)
    box.fill(text)
    box.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(said)
    expect(page.get_by_role("textbox", name=field, exact=True)).to_be_focused()
    expect(page.get_by_role("textbox", name=field, exact=True)).to_have_value(text)
    assert page.evaluate("() => window.isSamePage") is True


def test_enter_in_the_search_box_keeps_the_focus_and_is_announced(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=S-400")
    box = page.get_by_label("Search articles")
    box.fill("Patriot withdrawal")
    box.press("Enter")
    expect(page.get_by_role("status")).to_have_text("2 articles for Patriot withdrawal")
    expect(box).to_be_focused()


def test_enter_in_an_amount_keeps_the_focus(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=S-400")
    page.locator("#f-amount summary").click()
    page.get_by_label("Min", exact=True).fill("3bn")
    page.get_by_label("Min", exact=True).press("Enter")
    expect(page.get_by_role("link", name="Remove filter Amount: from 3bn")).to_be_visible()
    expect(page.get_by_label("Min", exact=True)).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("with amounts from 3bn")


@pytest.mark.parametrize(("action", "chip"), [("only", "People: "), ("exclude", "not People: ")])
def test_a_value_has_its_actions_beside_it(page: Page, awkward_address: str, action: str, chip: str) -> None:
    page.goto(f"{awkward_address}/search?q=kelpmoth")
    name = page.locator("#f-person bdi").first.inner_text()
    page.locator("#f-person .more").first.click()
    link = page.locator("#f-person .acts").get_by_role("link", name=re.compile(f"^{action} "))
    expect(page.locator("#f-person .acts a").first).to_be_focused()
    link.click()
    expect(page.get_by_role("link", name=f"Remove filter {chip}{name}")).to_be_visible()


def test_escape_closes_the_actions_of_a_value(page: Page, awkward_address: str) -> None:
    page.goto(f"{awkward_address}/search?q=kelpmoth")
    more = page.locator("#f-person .more").first
    more.press("Enter")
    expect(page.locator("#f-person .acts a").last).to_have_attribute("href", re.compile("/entity/"))
    page.keyboard.press("Escape")
    expect(page.locator(".acts")).to_have_count(0)
    expect(more).to_be_focused()


def test_work_that_takes_long_shows(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=S-400")
    page.route("**/search?*", lambda route: (page.wait_for_timeout(700), route.continue_())[1])
    page.get_by_role("checkbox", name="İsmail Demir").click(no_wait_after=True)
    expect(page.locator("#view")).to_have_attribute("aria-busy", "true")
    bar = "() => getComputedStyle(document.getElementById('view'), '::before').opacity"
    assert float(page.evaluate(bar)) < 1
    page.wait_for_function(f"() => ({bar})() === '1'")
    expect(page.locator("#view")).not_to_have_attribute("aria-busy", "true")


def test_keys_move_through_results_and_to_the_filters(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=S-400")
    titles = page.locator(".hits h3 a")
    for key, place in (("j", 0), ("j", 1), ("k", 0), ("k", 0)):
        page.keyboard.press(key)
        expect(titles.nth(place)).to_be_focused()
    page.keyboard.press("f")
    expect(page.locator("#f-person input").first).to_be_focused()


def test_keys_move_through_the_places_of_an_article(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=Patriot")
    page.goto(address + str(page.locator(".hits h3 a").first.get_attribute("href")))
    page.keyboard.press("j")
    expect(page.locator(".steps-bar .n")).to_have_text(re.compile("^1 of"))
    page.keyboard.press("j")
    expect(page.locator(".steps-bar .n")).to_have_text(re.compile("^2 of"))
    page.keyboard.press("k")
    expect(page.locator(".steps-bar .n")).to_have_text(re.compile("^1 of"))


def test_a_question_mark_shows_the_keys(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=S-400")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("next and previous result")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_live_updates_can_be_switched_off(page: Page, address: str) -> None:
    page.goto(f"{address}/settings")
    page.get_by_label("Update results").uncheck()
    page.goto(f"{address}/search?q=S-400")
    page.get_by_role("checkbox", name="İsmail Demir").check()
    page.wait_for_timeout(300)
    expect(page).to_have_url(f"{address}/search?q=S-400")
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(f"{address}/search?q=S-400&person=ismail-demir")
    page.evaluate("() => localStorage.clear()")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_card_of_a_name_opens_beside_it(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{address}/search?q=Patriot")
    page.goto(address + str(page.locator(".hits h3 a").first.get_attribute("href")))
    mention = page.locator(".body a.e.people").nth(2)
    mention.focus()
    mention.press("Enter")
    card = page.locator(".card:popover-open")
    expect(card.get_by_role("link").first).to_be_focused()
    place, box = mention.bounding_box(), card.bounding_box()
    assert place is not None
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert min(abs(box["y"] - place["y"] - place["height"]), abs(place["y"] - box["y"] - box["height"])) < 12
    assert axe_findings(page) == []
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(mention).to_be_focused()


def test_a_sentence_offers_its_address(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=Patriot")
    page.goto(address + str(page.locator(".hits h3 a").first.get_attribute("href")))
    sentence = page.locator(".body [id^='s-']").nth(3)
    sentence.hover()
    page.get_by_role("link", name="Address of this sentence").click()
    expect(page).to_have_url(re.compile(f"#{sentence.get_attribute('id')}$"))
    assert page.evaluate("() => document.querySelector(':target').id") == sentence.get_attribute("id")


def test_the_chart_of_dates_folds_to_one_line_and_stays_folded(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=S-400")
    page.locator("#dates > summary").click()
    expect(page.locator("#dates .bars")).not_to_be_visible()
    box = page.locator("#dates").bounding_box()
    assert box is not None
    assert box["height"] < 45
    page.get_by_role("checkbox", name="İsmail Demir").check()
    expect(page).to_have_url(re.compile("person="))
    expect(page.locator("#dates .bars")).not_to_be_visible()
    page.goto(f"{address}/search?q=Patriot")
    expect(page.locator("#dates .bars")).not_to_be_visible()
    page.locator("#dates > summary").click()
    expect(page.locator("#dates .bars")).to_be_visible()
