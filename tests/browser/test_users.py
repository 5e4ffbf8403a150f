"""A server with users in a browser: in all widths and themes, without scripts, and from a link of another site."""

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from index.settings import Settings
from tests.browser.looking import look_at
from tests.browser.serving import served
from tests.support.editing import make_archive
from tests.support.users import PASSWORD, app_with_users, make_users
from web.visitors.users.records import UserRole


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings: Settings = make_archive(tmp_path_factory.mktemp("users"))
    users = make_users(settings.index, now=time.time)
    users.accounts.add("Wintermarrow" * 3, PASSWORD, role=UserRole.EDITOR)
    users.tokens.add("ada", "nightly export", role=UserRole.EDITOR, days=90)
    hosts = ("127.0.0.1", "localhost")
    with served(app_with_users(settings, users, trusted_hosts=hosts)) as address:
        yield address


def log_in(page: Page, address: str, name: str) -> None:
    page.context.clear_cookies()
    page.goto(address)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


@pytest.mark.parametrize(
    "path",
    [
        "/login",
        "/account?said=password",
        "/users?said=removed",
        "/users/ada",
        "/users/" + "Wintermarrow" * 3,
        "/search?q=x",
    ],
)
def test_pages_have_no_faults(window: Page, site: str, path: str) -> None:
    log_in(window, f"{site}/help", "ada")
    if path == "/login":
        window.context.clear_cookies()
    seen = look_at(window, window.context.new_cdp_session(window), site + path)
    assert seen.violations == []
    assert {where: found for where, found in seen.axe.items() if found} == {}
    assert {where: found for where, found in seen.too_wide.items() if found} == {}
    assert {where: found for where, found in seen.too_wide_without_scripts.items() if found} == {}


def test_logging_in_editing_and_logging_out_without_scripts(plain_page: Page, site: str) -> None:
    log_in(plain_page, f"{site}/entity/demir/rename?name=The+Minister", "edwin")
    expect(plain_page.get_by_role("heading", level=2).first).to_have_text("What changes")
    plain_page.get_by_role("button", name="Rename").click()
    expect(plain_page.locator("#done")).to_contain_text("The Minister")
    plain_page.get_by_role("link", name="Decisions", exact=True).click()
    expect(plain_page.locator(".decisions")).to_contain_text("edwin")
    plain_page.get_by_role("button", name="Undo").first.click()
    plain_page.get_by_role("button", name="Log out").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Log in")
    plain_page.go_back()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Log in")


def test_an_admin_adds_a_user_without_scripts(plain_page: Page, site: str) -> None:
    log_in(plain_page, f"{site}/users", "ada")
    plain_page.get_by_label("Name").fill("Çağla")
    plain_page.get_by_label("Role").select_option("editor")
    plain_page.get_by_role("button", name="Add the user").click()
    password = plain_page.locator(".secret").inner_text()
    plain_page.get_by_role("button", name="Log out").click()
    plain_page.get_by_label("Name").fill("çağla")
    plain_page.get_by_label("Password").fill(password)
    plain_page.get_by_role("button", name="Log in").click()
    expect(plain_page.get_by_role("link", name="Çağla")).to_be_visible()


def test_a_link_of_another_site_finds_who_is_logged_in(page: Page, site: str) -> None:
    other = Flask("other")
    target = f"{site}/search?q=Demir"
    other.add_url_rule("/", "link", lambda: f'<a href="{target}">read</a>')
    log_in(page, f"{site}/help", "vera")
    with served(other) as foreign:
        page.goto(foreign.replace("127.0.0.1", "localhost"))
        page.get_by_role("link", name="read").click()
        expect(page).to_have_url(target)
        expect(page.get_by_role("heading", level=1)).to_contain_text("articles")
        page.context.clear_cookies()
        page.goto(foreign.replace("127.0.0.1", "localhost"))
        page.get_by_role("link", name="read").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
