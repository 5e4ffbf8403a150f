"""Every page of both archives in a browser: policy, accessibility, narrow windows, with and without scripts.

Each page is loaded once, looked at in all widths and themes with everything unfolded, and then judged by the tests.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from index.settings import Settings
from tests.browser.looking import Seen, axe_findings, look_at
from tests.support.pages import PAGES, SitePage, resolved
from web.app import create_app

_NOTHING: list[str] = []


@pytest.fixture(scope="session")
def addresses(
    address: str, awkward_address: str, seed_settings: Settings, awkward_settings: Settings
) -> Callable[[SitePage], str]:
    """The whole address of a page."""
    sites = {"seeds": (address, create_app(seed_settings)), "awkward": (awkward_address, create_app(awkward_settings))}

    def whole(page: SitePage) -> str:
        site, app = sites[page.site]
        return site + resolved(page.path, app.test_client())

    return whole


@pytest.fixture(scope="session", params=PAGES, ids=str)
def seen(request: pytest.FixtureRequest, window: Page, addresses: Callable[[SitePage], str]) -> Seen:
    return look_at(window, window.context.new_cdp_session(window), addresses(request.param))


def test_nothing_violates_the_policy(seen: Seen) -> None:
    assert seen.violations == _NOTHING


def test_axe_finds_nothing(seen: Seen) -> None:
    assert {where: found for where, found in seen.axe.items() if found} == {}


def test_nothing_is_cut_off_or_runs_over_its_neighbor(seen: Seen) -> None:
    assert {where: found for where, found in seen.too_wide.items() if found} == {}


def test_nothing_is_cut_off_without_scripts(seen: Seen) -> None:
    assert {where: found for where, found in seen.too_wide_without_scripts.items() if found} == {}


def test_nothing_moves_while_the_page_loads(seen: Seen) -> None:
    assert seen.shift <= 0.02


def test_the_order_of_keys_is_the_order_seen(seen: Seen) -> None:
    # From top to bottom on a phone; on a desk the head, then from left to right.
    assert [places for width, places in seen.places.items() if width < 500 and places != sorted(places, key=_top)] == []
    assert seen.places[1280][1:] == sorted(seen.places[1280][1:], key=_column)


def _top(place: tuple[float, float]) -> float:
    return place[1]


def _column(place: tuple[float, float]) -> float:
    return place[0]


def test_the_watch_for_violations_sees_one(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    assert page.evaluate("() => window.violations") == ["style-src-attr"]


def test_axe_sees_a_bad_page(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\"><h1>again</h1>')")
    assert [found.split(":")[0] for found in axe_findings(page)] != _NOTHING


def test_hits_come_before_the_fold_on_a_phone(phone: Page, address: str) -> None:
    phone.goto(f"{address}/search?q=Patriot+withdrawal")
    box = phone.locator(".hits h3").first.bounding_box()
    assert box is not None
    assert box["y"] < 844


def test_no_short_name_is_broken_at_its_hyphen(phone: Page, address: str) -> None:
    phone.set_viewport_size({"width": 320, "height": 844})
    phone.goto(f"{address}/search?q=S-400")
    lines = phone.evaluate(
        "() => [...document.querySelectorAll('.hits .nb')].map((name) => name.getClientRects().length)"
    )
    assert len(lines) > 5
    assert set(lines) == {1}


@pytest.mark.parametrize("path", ["/amounts?q=S-400&amount=%3E2bn", "/graph?q=S-400", "/search?system=s-400&q=S-400"])
def test_headings_do_not_break_a_short_name(phone: Page, address: str, path: str) -> None:
    phone.set_viewport_size({"width": 320, "height": 844})
    phone.goto(address + path)
    lines = phone.evaluate("() => [...document.querySelectorAll('h1 .nb')].map((it) => it.getClientRects().length)")
    assert lines
    assert set(lines) == {1}


def test_dates_are_marked_by_a_line_below_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=Patriot+withdrawal")
    page.locator(".hits h3 a").first.click()
    borders = page.evaluate(
        "() => [...document.querySelectorAll('.dates')].map((it) => getComputedStyle(it).borderTopWidth)"
    )
    assert len(borders) > 3
    assert set(borders) == {"0px"}


def test_filters_stand_open_on_a_desk(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=S-400")
    assert page.get_by_role("checkbox", name="İsmail Demir").is_visible()


def test_filters_are_folded_on_a_phone(phone: Page, address: str) -> None:
    phone.goto(f"{address}/search?q=S-400")
    assert not phone.get_by_label("İsmail Demir").first.is_visible()


def test_the_page_can_be_read_from_right_to_left(phone: Page, address: str) -> None:
    phone.goto(f"{address}/search?q=Patriot+withdrawal")
    phone.evaluate("() => { document.documentElement.dir = 'rtl'; }")
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390
