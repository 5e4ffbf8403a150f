"""Checks of every page: policy, weight, accessibility, narrow windows."""

import json
from typing import Any
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_PATHS = ("/", "/search?q=Patriot+withdrawal", "/search?q=Patriot+withdrawal&person=ismail-demir&year=2018",
          "/search?q=nothinglikethis&cur=USD", "/facet/person?q=S-400", "/entities/people", "/help", "/api",
          "/suggestions", "/entity/nato", "/nowhere", f"/search?q={'abcdefghij' * 90}")  # fmt: skip
_AXE_RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """Return the findings of axe, as rule and elements."""
    result: dict[str, Any] = Axe().run(page, options={"runOnly": {"type": "tag", "values": _AXE_RULES}}).response
    return [f"{found['id']}: {node['html'][:120]}" for found in result["violations"] for node in found["nodes"]]


@pytest.fixture(scope="session")
def article_path(address: str) -> str:
    with urlopen(f"{address}/api/v1/search?q=Patriot+withdrawal") as answer:
        return f"/article/{json.load(answer)['hits'][0]['id']}?q=Patriot+withdrawal"


@pytest.mark.parametrize("path", _PATHS)
def test_nothing_violates_the_policy(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    assert page.evaluate("() => window.violations") == []


def test_the_watch_for_violations_sees_one(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    assert page.evaluate("() => window.violations") == ["style-src-attr"]


@pytest.mark.parametrize("path", _PATHS)
def test_axe_finds_nothing(colored_page: Page, address: str, path: str) -> None:
    colored_page.goto(address + path)
    assert violations(colored_page) == []


@pytest.mark.parametrize("path", _PATHS)
def test_axe_finds_nothing_on_a_phone(phone: Page, address: str, path: str) -> None:
    phone.goto(address + path)
    assert violations(phone) == []


def test_axe_finds_nothing_in_an_article_on_a_phone(phone: Page, address: str, article_path: str) -> None:
    phone.goto(address + article_path)
    assert violations(phone) == []


def test_axe_finds_nothing_in_an_article(colored_page: Page, address: str, article_path: str) -> None:
    colored_page.goto(address + article_path)
    assert violations(colored_page) == []


def test_axe_sees_a_bad_page(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\"><h1>again</h1>')")
    assert [found.split(":")[0] for found in violations(page)] != []


@pytest.mark.parametrize("path", _PATHS)
def test_nothing_is_cut_off_at_320_pixels(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address + path)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_an_article_is_not_cut_off_at_320_pixels(page: Page, address: str, article_path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address + article_path)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_hits_come_before_the_fold_on_a_phone(phone: Page, address: str) -> None:
    phone.goto(f"{address}/search?q=Patriot+withdrawal")
    box = phone.locator(".hits h2").first.bounding_box()
    assert box is not None
    assert box["y"] < 844


def test_filters_stand_open_on_a_desk_and_closed_on_a_phone(page: Page, phone: Page, address: str) -> None:
    page.goto(f"{address}/search?q=S-400")
    phone.goto(f"{address}/search?q=S-400")
    assert page.get_by_label("İsmail Demir").is_visible()
    assert not phone.get_by_label("İsmail Demir").is_visible()


def test_the_page_can_be_read_from_right_to_left(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}/search?q=Patriot+withdrawal")
    page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
