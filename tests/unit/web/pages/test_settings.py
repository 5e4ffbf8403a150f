"""Settings and locks: kept by the browser that asked for them, and shown by every page."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from web.visitors.preferences import COOKIE, Preferences, read_preferences

_OWN = {"Sec-Fetch-Site": "same-origin"}
_DEMIR = "/lock?filter=person%3Dismail-demir"


def page_of(client: FlaskClient, path: str) -> str:
    return client.get(path, follow_redirects=True).get_data(as_text=True)


def cookie(client: FlaskClient) -> Preferences:
    found = client.get_cookie(COOKIE)
    return read_preferences(found.value if found is not None else "")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_holds_on_every_page(client: FlaskClient, theme: str) -> None:
    assert "data-theme" not in page_of(client, "/help")
    answer = client.get(f"/settings?save=yes&theme={theme}&names=yes", headers=_OWN)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings?saved=yes")
    for path in ("/", "/help", "/search?q=S-400", "/nowhere"):
        assert f'<html lang="en" data-theme="{theme}">' in page_of(client, path)


def test_names_on_results_can_be_switched_off(client: FlaskClient) -> None:
    client.get("/settings?save=yes", headers=_OWN)
    assert '<html lang="en" data-names="off">' in page_of(client, "/search?q=S-400")


def test_an_answer_that_was_made_with_other_settings_is_another(client: FlaskClient) -> None:
    before = client.get("/search?q=S-400").headers["ETag"]
    client.get("/settings?save=yes&theme=dark", headers=_OWN)
    after = client.get("/search?q=S-400", headers={"If-None-Match": before})
    assert after.status_code == 200
    assert "Cookie" in after.headers["Vary"]


@pytest.mark.parametrize("path", ["/settings?save=yes&theme=dark", _DEMIR, "/unlock"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Purpose": "prefetch"},
        {"Referer": "https://evil.example/"},
        {"Referer": "http://localhost.evil.example/"},
        {},
    ],
)
def test_other_sites_change_nothing(client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    answer = client.get(path, headers=headers)
    assert "Set-Cookie" not in answer.headers
    assert "Nothing was changed" in answer.get_data(as_text=True)


def test_a_locked_filter_is_part_of_new_searches_and_of_no_address_of_others(client: FlaskClient) -> None:
    there = {**_OWN, "Referer": "http://localhost/search?person=ismail-demir"}
    answer = client.get(_DEMIR, headers=there)
    assert answer.headers["Location"] == "/search?person=ismail-demir"
    for path in ("/", "/help", "/entity/nato"):
        page = page_of(client, path)
        assert '<input type="hidden" name="person" value="ismail-demir">' in page
        assert "People: <bdi>İsmail Demir</bdi>" in page
    other = client.application.test_client()
    assert "İsmail Demir</bdi></span> <a" not in page_of(other, "/help")
    assert "ismail-demir" not in page_of(other, "/help")


def test_results_show_which_filters_are_locked(client: FlaskClient) -> None:
    page = page_of(client, "/search?person=ismail-demir&q=S-400")
    lock = re.search(r'<a href="(/lock[^"]+)">lock', page)
    assert lock is not None
    client.get(unescape(lock[1]), headers=_OWN)
    page = page_of(client, "/search?person=ismail-demir&q=S-400")
    assert '<a href="/unlock?filter=person%3Dismail-demir">unlock' in page
    assert "that this search does not have" not in page


def test_results_say_when_a_locked_filter_is_missing_and_add_it(client: FlaskClient) -> None:
    client.get(_DEMIR, headers=_OWN)
    client.get("/lock?filter=source%3D-NTV", headers=_OWN)
    page = page_of(client, "/search?q=S-400&page=1")
    assert "Locked filters that this search does not have:" in page
    assert 'href="/search?q=S-400&amp;person=ismail-demir&amp;source=-NTV">Add them' in page


def test_locks_are_removed_one_by_one_or_all_at_once(client: FlaskClient) -> None:
    for value in ("person%3Da", "person%3Db", "org%3Dc"):
        client.get(f"/lock?filter={value}", headers=_OWN)
    client.get("/unlock?filter=person%3Da", headers=_OWN)
    assert cookie(client).locked == (("person", "b"), ("org", "c"))
    client.get("/unlock", headers=_OWN)
    assert cookie(client).locked == ()


def test_locks_are_bounded(client: FlaskClient) -> None:
    for number in range(20):
        answer = client.get(f"/lock?filter=person%3D{number}", headers=_OWN)
    assert len(cookie(client).locked) == 12
    assert "At most 12 filters" in answer.get_data(as_text=True)


@pytest.mark.parametrize("text", ["q%3Dx", "person%3D", "person", "", "person.op%3Dall", "%3Dx"])
def test_what_is_no_filter_is_not_locked(client: FlaskClient, text: str) -> None:
    assert client.get(f"/lock?filter={text}", headers=_OWN).status_code == 303
    assert cookie(client).locked == ()


@pytest.mark.parametrize(
    "referer", ["https://evil.example/search?q=x", "http://localhost//evil.example/", "http://localhost:80a/", ""]
)
def test_a_change_leads_back_to_pages_of_this_server_alone(client: FlaskClient, referer: str) -> None:
    answer = client.get(_DEMIR, headers={**_OWN, "Referer": referer})
    assert answer.headers["Location"] in ("/settings", "/")


@pytest.mark.parametrize("text", ["", "theme=neon", "lock=%00", "names", "lock=person%3D" + "x" * 5000, "\x00=&&&=;"])
def test_a_cookie_that_cannot_be_read_is_as_none(client: FlaskClient, text: str) -> None:
    assert read_preferences(text) == Preferences()


def test_preferences_survive_a_cookie() -> None:
    chosen = Preferences("dark", has_names=False, locked=(("person", "çavuşoğlu & co=1"), ("source", "-The “Times”")))
    assert read_preferences(str(chosen)) == chosen
