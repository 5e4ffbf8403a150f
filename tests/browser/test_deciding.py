"""Editing in a browser: with the keys alone, without scripts, in all widths and themes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from index.settings import Settings
from tests.browser.looking import look_at
from tests.browser.serving import served
from tests.support.editing import copy_archive, editing_app, make_archive


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_archive(tmp_path_factory.mktemp("editing"))


@pytest.fixture(scope="module")
def unchanged(made: Settings) -> Iterator[str]:
    """The address of a site on which people may decide and none does."""
    with served(editing_app(made)) as address:
        yield address


@pytest.fixture
def editable(made: Settings, tmp_path: Path) -> Iterator[str]:
    """The address of a site on which people may decide, over an archive of its own."""
    with served(editing_app(copy_archive(made, tmp_path))) as address:
        yield address


_PAGES = (
    "/entity/hasan-demir?done=0",
    "/entity/hasan-demir/rename?name=" + "Wintermarrow" * 9,
    "/entity/hasan-demir/kind?kind=organizations",
    "/entity/hasan-demir/same?q=demir",
    "/entity/hasan-demir/same?other=demir",
    "/entity/hasan-demir/split?form=Hasan+Demir",
    "/suggestions",
    "/decisions",
    "/mention?article={article}&at={at}",
)


@pytest.mark.parametrize("path", _PAGES)
def test_pages_have_no_faults(window: Page, unchanged: str, path: str) -> None:
    if "{article}" in path:
        window.goto(f"{unchanged}/search?q=Kiel")
        window.locator(".hits h3 a").first.click()
        window.locator("summary", has_text="Why these names").click()
        path = window.locator('a[href^="/mention"]').first.get_attribute("href") or ""
    seen = look_at(window, window.context.new_cdp_session(window), unchanged + path)
    assert seen.violations == []
    assert {where: found for where, found in seen.axe.items() if found} == {}
    assert {where: found for where, found in seen.too_wide.items() if found} == {}
    assert {where: found for where, found in seen.too_wide_without_scripts.items() if found} == {}


def test_the_search_box_shows_its_example_whole_beside_the_longest_navigation(page: Page, unchanged: str) -> None:
    page.goto(unchanged + "/decisions")
    measured = page.evaluate("""() => {
      const box = document.querySelector('#q'), style = getComputedStyle(box);
      const context = document.createElement('canvas').getContext('2d');
      context.font = style.font;
      const room = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      return [context.measureText(box.placeholder).width, room];
    }""")
    assert measured[0] <= measured[1]


def test_without_a_decision_the_way_to_one_is_a_sentence(page: Page, unchanged: str) -> None:
    page.goto(unchanged + "/decisions")
    sentence = page.locator(".decisions li")
    expect(sentence).to_have_text(re.compile(r"one of the people, and choose"))
    link, whole = sentence.get_by_role("link").bounding_box(), sentence.bounding_box()
    assert link is not None
    assert whole is not None
    assert whole["height"] < 2 * link["height"] + 20, "on one line"
    assert link["x"] + link["width"] < whole["x"] + whole["width"] - 50


def test_duplicates_are_reviewed_with_keys(page: Page, editable: str) -> None:
    page.goto(f"{editable}/suggestions")
    page.keyboard.press("y")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 possible duplicates")
    expect(page.locator("#status")).to_have_text(
        re.compile("^Merged “Angela Merkl” into .*Next: Demir and Hasan Demir")
    )
    expect(page.locator("h2:focus")).to_have_text("Demir and Hasan Demir")
    page.keyboard.press("j")
    expect(page.locator("h2:focus")).to_have_text("Demir and İsmail Demir")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 possible duplicate")
    page.keyboard.press("u")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 possible duplicates")
    expect(page.locator("#done")).to_contain_text("Undone: kept “Demir” apart from “İsmail Demir”")
    expect(page).to_have_url(re.compile("/suggestions"))


def test_keys_can_be_switched_off(page: Page, editable: str) -> None:
    page.goto(f"{editable}/help")
    page.locator("#keys").uncheck()
    page.goto(f"{editable}/suggestions")
    page.keyboard.press("y")
    page.wait_for_timeout(300)
    expect(page.get_by_role("heading", level=1)).to_have_text("3 possible duplicates")
    page.evaluate("() => localStorage.clear()")


def test_merging_splitting_and_undoing_without_scripts(plain_page: Page, editable: str) -> None:
    plain_page.goto(f"{editable}/entity/demir")
    plain_page.get_by_role("link", name="Same as …").click()
    plain_page.get_by_label("Find the other by any of its names").fill("hasan")
    plain_page.get_by_role("button", name="Find").click()
    plain_page.get_by_role("link", name="Hasan Demir").first.click()
    plain_page.get_by_role("button", name="Merge them").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Hasan Demir")
    expect(plain_page.locator("h1 + .meta")).to_contain_text("4 articles")
    plain_page.get_by_role("link", name="Split").click()
    plain_page.get_by_label(re.compile("^Demir")).first.check()
    plain_page.get_by_role("button", name="Show what changes").first.click()
    plain_page.get_by_role("button", name="Split these off").click()
    expect(plain_page.locator("h1 + .meta")).to_contain_text("3 articles")
    plain_page.get_by_role("button", name="Undo").click()
    expect(plain_page.locator("h1 + .meta")).to_contain_text("4 articles")


def test_a_mention_says_that_it_is_wrong_with_the_tab_key(page: Page, editable: str) -> None:
    page.goto(f"{editable}/search?q=Kiel")
    page.locator(".hits h3 a").first.click()
    page.locator(".body a.e", has_text="Hasan Demir").focus()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("wrong?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wrong: “Hasan Demir”")
    page.get_by_role("link", name="It is not a name").first.click()
    page.get_by_role("button", name="Split these off").click()
    expect(page.locator("#done")).to_contain_text("ejected “Hasan Demir” as not an entity")
    expect(page.locator("#done")).to_be_focused()
