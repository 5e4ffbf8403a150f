"""Effects of the script: no page load, no lost focus, an announced result."""

import re

from playwright.sync_api import Page, expect


def test_ticking_updates_the_results_and_keeps_the_focus(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=Patriot+withdrawal")
    box = page.get_by_role("checkbox", name="İsmail Demir")
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^1 article "))
    expect(page.get_by_role("checkbox", name="İsmail Demir")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("1 article for Patriot withdrawal with 1 filter")
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
    expect(page).to_have_url(re.compile("year=2018"))
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
