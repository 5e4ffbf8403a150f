"""Everything works without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect


def test_searching_from_the_first_page(plain_page: Page, address: str) -> None:
    plain_page.goto(address)
    plain_page.get_by_label("Search articles").fill("Patriot withdrawal")
    plain_page.get_by_role("button", name="Search").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text(re.compile("^2 articles for Patriot withdrawal"))


def test_ticking_applying_and_taking_off_a_filter(plain_page: Page, address: str) -> None:
    plain_page.goto(f"{address}/search?q=Patriot+withdrawal")
    plain_page.get_by_role("checkbox", name="İsmail Demir").check()
    plain_page.get_by_role("button", name="Apply filters").click()
    expect(plain_page).to_have_url(re.compile(r"person="))
    expect(plain_page.get_by_role("heading", level=1)).to_have_text(re.compile("^1 article "))
    expect(plain_page.get_by_role("checkbox", name="İsmail Demir")).to_be_checked()
    plain_page.get_by_role("link", name="Remove filter People: İsmail Demir").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text(re.compile("^2 articles "))


def test_any_and_all_of_two_people(plain_page: Page, address: str) -> None:
    plain_page.goto(f"{address}/search?q=Patriot+withdrawal")
    plain_page.get_by_role("checkbox", name="İsmail Demir").check()
    plain_page.get_by_role("checkbox", name="Vladimir Putin").check()
    plain_page.get_by_role("button", name="Apply filters").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text(re.compile("^2 articles "))
    plain_page.get_by_role("radiogroup", name="People").get_by_label("all").check()
    plain_page.get_by_role("button", name="Apply filters").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text(re.compile("^1 article "))


def test_from_a_hit_to_the_sentence_and_to_an_entity(plain_page: Page, address: str) -> None:
    plain_page.goto(f"{address}/search?q=Patriot+withdrawal")
    plain_page.get_by_role("link", name="in context").first.click()
    expect(plain_page).to_have_url(re.compile(r"/article/.*#s-\d+$"))
    sentence = plain_page.locator(":target")
    expect(sentence).to_contain_text("Patriot")
    plain_page.locator("article a.e.systems").first.click()
    plain_page.locator(".card:visible").get_by_role("link", name="about").click()
    expect(plain_page).to_have_url(re.compile(r"/entity/"))


def test_all_values_of_a_facet_can_be_searched_and_applied(plain_page: Page, address: str) -> None:
    plain_page.goto(f"{address}/facet/person?q=S-400")
    plain_page.get_by_label("Find in people").fill("Erdogan")
    plain_page.get_by_role("button", name="Find").click()
    plain_page.get_by_role("checkbox", name=re.compile("Erdoğan")).check()
    plain_page.get_by_role("button", name="Apply filters").click()
    expect(plain_page.get_by_role("link", name=re.compile("Remove filter People: .*Erdoğan"))).to_be_visible()


def test_a_bar_of_the_histogram_limits_the_search(plain_page: Page, address: str) -> None:
    plain_page.goto(f"{address}/search?q=S-400")
    bar = plain_page.get_by_role("link", name=re.compile("^2018: "))
    count = int((bar.text_content() or "").split()[-1])
    bar.click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text(re.compile(f"^{count} article"))


def test_amounts_from_a_billion_on(plain_page: Page, address: str) -> None:
    plain_page.goto(f"{address}/search?q=S-400")
    plain_page.get_by_text("Amounts", exact=True).click()
    plain_page.get_by_label("Min", exact=True).fill("3bn")
    plain_page.get_by_role("button", name="Apply filters").click()
    expect(plain_page.get_by_role("link", name="Remove filter Amount: from 3bn")).to_be_visible()
    expect(plain_page.get_by_label("Min", exact=True)).to_have_value("3bn")


def test_sorting(plain_page: Page, address: str) -> None:
    plain_page.goto(f"{address}/search?q=S-400")
    plain_page.get_by_label("Sort by").select_option("oldest first")
    plain_page.get_by_role("button", name="Sort", exact=True).click()
    expect(plain_page).to_have_url(re.compile("sort=oldest"))


def test_an_export_holds_every_article(plain_page: Page, address: str) -> None:
    plain_page.goto(f"{address}/search?q=S-400")
    with plain_page.expect_download() as waiting:
        plain_page.get_by_role("link", name="CSV").click()
    lines = waiting.value.path().read_text(encoding="utf-8").splitlines()
    heading = plain_page.get_by_role("heading", level=1).inner_text()
    assert len(lines) - 1 == int(heading.split()[0])


def test_back_to_the_results_brings_back_filters_and_order(plain_page: Page, address: str) -> None:
    plain_page.goto(f"{address}/search?q=S-400&person=ismail-demir&person=vladimir-putin&person.op=all&sort=oldest")
    before = plain_page.url
    plain_page.locator(".hits h3 a").first.click()
    plain_page.get_by_role("link", name="Back to the results").click()
    expect(plain_page).to_have_url(before)
    expect(plain_page.get_by_role("checkbox", name="İsmail Demir")).to_be_checked()
    expect(plain_page.get_by_role("radiogroup", name="People").get_by_label("all")).to_be_checked()
    expect(plain_page.get_by_label("Sort by")).to_have_value("oldest")


def test_ticks_survive_find_order_and_pages_of_a_facet(plain_page: Page, awkward_address: str) -> None:
    plain_page.goto(f"{awkward_address}/facet/person")
    first = plain_page.locator(".wide bdi").first.inner_text()
    plain_page.get_by_role("checkbox", name=first).check()
    plain_page.get_by_role("button", name="Page 2").click()
    second = plain_page.locator(".wide bdi").first.inner_text()
    plain_page.get_by_role("checkbox", name=second).check()
    plain_page.get_by_label("Order").select_option("name")
    plain_page.get_by_label("Find in people").fill("lantern")
    plain_page.get_by_role("button", name="Find").click()
    found = plain_page.locator(".wide bdi").all_inner_texts()
    assert len(found) == 1
    plain_page.get_by_role("checkbox", name=found[0]).check()
    plain_page.get_by_role("button", name="Apply filters").click()
    for name in (first, second, found[0]):
        expect(plain_page.get_by_role("link", name=f"Remove filter People: {name}")).to_be_visible()
    expect(plain_page).to_have_url(re.compile(r"/search\?person=[^&]+&person=[^&]+&person=[^&]+$"))


@pytest.mark.parametrize("text", ["heron", "cobalt", "quenmoor"])
def test_names_are_found_by_any_word_of_any_alias(plain_page: Page, awkward_address: str, text: str) -> None:
    plain_page.goto(f"{awkward_address}/entities/people")
    plain_page.get_by_label("Find a name").fill(text)
    plain_page.get_by_role("button", name="Find").click()
    expect(plain_page.locator(".list li a")).to_have_count(1)


def test_the_actions_of_a_value_are_one_step_away(plain_page: Page, awkward_address: str) -> None:
    plain_page.goto(f"{awkward_address}/search?q=kelpmoth")
    name = plain_page.locator("#f-org bdi").last.inner_text()
    plain_page.locator("#f-org .more").last.click()
    plain_page.get_by_role("link", name=f"exclude {name}").click()
    expect(plain_page.get_by_role("link", name=f"Remove filter not Organizations: {name}")).to_be_visible()


def test_often_with_leads_to_the_articles_of_both(plain_page: Page, awkward_address: str) -> None:
    plain_page.goto(f"{awkward_address}/entity/merlwing-7")
    row = plain_page.locator(".side li").first
    count = row.locator(".n").inner_text().partition(" ")[0]
    expect(row.get_by_role("link", name=re.compile("^about"))).to_have_attribute("href", re.compile("^/entity/"))
    row.get_by_role("link").first.click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text(re.compile(f"^{count} article"))


def test_a_theme_is_chosen_and_kept(plain_page: Page, address: str) -> None:
    plain_page.goto(f"{address}/settings")
    plain_page.get_by_label("dark").check()
    plain_page.get_by_role("button", name="Save").click()
    expect(plain_page.get_by_role("status").first).to_have_text("Saved in this browser.")
    plain_page.goto(f"{address}/search?q=S-400")
    expect(plain_page.locator("html")).to_have_css("color-scheme", "dark")
    plain_page.context.clear_cookies()


def test_a_filter_is_locked_for_searches_from_any_page(plain_page: Page, address: str) -> None:
    plain_page.goto(f"{address}/search?person=ismail-demir")
    plain_page.get_by_role("link", name="lock İsmail Demir for new searches", exact=True).click()
    expect(plain_page).to_have_url(f"{address}/search?person=ismail-demir")
    plain_page.goto(f"{address}/help")
    plain_page.get_by_label("Search articles").fill("S-400")
    plain_page.get_by_role("button", name="Search", exact=True).click()
    expect(plain_page).to_have_url(f"{address}/search?q=S-400&person=ismail-demir")
    plain_page.get_by_role("link", name="Clear all filters").click()
    expect(plain_page.get_by_text("Locked filters that this search does not have")).to_be_visible()
    plain_page.get_by_role("link", name="unlock İsmail Demir").click()
    expect(plain_page.get_by_text("Locked filters")).to_have_count(0)


def test_a_mention_leads_to_its_card_and_the_card_to_all_else(plain_page: Page, address: str) -> None:
    plain_page.goto(f"{address}/search?q=Patriot")
    plain_page.locator(".hits h3 a").first.click()
    expect(plain_page.locator(".card:visible")).to_have_count(0)
    mention = plain_page.locator(".body a.e.people").first
    name = str(mention.get_attribute("title")).partition(":")[0]
    mention.click()
    card = plain_page.locator(".card:visible")
    expect(card).to_contain_text(name)
    assert {"only", "exclude", "about", "close"} <= set(card.get_by_role("link").all_inner_texts())
    number = card.get_by_role("link", name="article").inner_text()
    card.get_by_role("link", name="article").click()
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text(number)
    plain_page.go_back()
    plain_page.locator(".card:visible").get_by_role("link", name="about").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text(name)


def test_the_chart_of_dates_folds(plain_page: Page, address: str) -> None:
    plain_page.goto(f"{address}/search?q=S-400")
    expect(plain_page.locator("#dates .bars")).to_be_visible()
    plain_page.locator("#dates > summary").click()
    expect(plain_page.locator("#dates .bars")).not_to_be_visible()
