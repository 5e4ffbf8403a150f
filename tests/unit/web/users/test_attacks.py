"""Attacks of somebody who is not logged in, or only as somebody else."""

import re
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from index.settings import Settings
from tests.editing import form_of
from tests.unit.web.users.conftest import CountingHasher
from tests.users import PASSWORD, Clock, app_with_users, log_in, logged_in, make_users, send_login, session_of
from web.rates import Rates
from web.security import HEADERS
from web.users.accounts import Accounts
from web.users.opening import Users, open_users
from web.users.passwords import Passwords
from web.users.records import UserRole
from web.users.sessions import IDLE_SECONDS, LONGEST_SECONDS

RENAME = "/entity/demir/rename?name=Somebody"


def is_logged_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


# Sessions


def test_a_session_that_was_planted_is_never_one(app: Flask) -> None:
    client = app.test_client()
    with app.test_request_context("/"):
        name = app.extensions["dossier_sign_in"].cookie
    client.set_cookie(name, "planted")
    log_in(client, "edwin")
    assert session_of(client)[1] not in ("", "planted")
    thief = app.test_client()
    thief.set_cookie(name, "planted")
    assert not is_logged_in(thief)


def test_a_log_in_begins_a_new_session_and_ends_the_one_before(app: Flask) -> None:
    client = logged_in(app, UserRole.EDITOR)
    name, before = session_of(client)
    other = app.test_client()
    page = other.get("/login").get_data(as_text=True)
    other.set_cookie(name, before)
    token = re.search(r'name="token" value="(\w+)"', page)
    assert token is not None
    answer = other.post("/login", data={"token": token[1], "name": "edwin", "password": PASSWORD})
    assert answer.status_code == 303
    assert session_of(other)[1] != before
    assert not is_logged_in(client)


def test_logging_out_ends_the_session_on_the_server(app: Flask) -> None:
    client = logged_in(app, UserRole.VIEWER)
    name, secret = session_of(client)
    answer = client.post("/logout", data=form_of(client.get("/help").get_data(as_text=True), "/logout"))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert session_of(client) == ("", "")
    client.set_cookie(name, secret)
    assert not is_logged_in(client)


@pytest.mark.parametrize(
    ("step", "count"), [(IDLE_SECONDS, 1), (IDLE_SECONDS - 1, LONGEST_SECONDS // (IDLE_SECONDS - 1) + 1)]
)
def test_sessions_end_after_some_time(app: Flask, clock: Clock, step: int, count: int) -> None:
    client = logged_in(app, UserRole.VIEWER)
    for _ in range(count - 1):
        clock.seconds += step
        assert is_logged_in(client)
    clock.seconds += step
    assert not is_logged_in(client)


@pytest.mark.parametrize(
    ("host", "scheme", "is_secure"), [("localhost", "http", False), ("archive.example", "https", True)]
)
def test_cookies_are_for_this_server_alone(app: Flask, host: str, scheme: str, is_secure: bool) -> None:
    client = app.test_client()
    page = client.get("/login", base_url=f"{scheme}://{host}")
    token = re.search(r'name="token" value="(\w+)"', page.get_data(as_text=True))
    assert token is not None
    data = {"token": token[1], "name": "vera", "password": PASSWORD}
    answer = client.post("/login", base_url=f"{scheme}://{host}", data=data)
    for cookie in [*page.headers.getlist("Set-Cookie"), *answer.headers.getlist("Set-Cookie")]:
        assert cookie.startswith("__Host-") is is_secure
        assert ("Secure" in cookie) is is_secure
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
    assert client.get("/account", base_url=f"{scheme}://{host}").status_code == 200


def test_two_archives_of_one_host_have_cookies_of_their_own(app: Flask, made: Settings, tmp_path: Path) -> None:
    other = app_with_users(made, make_users(tmp_path))
    assert session_of(logged_in(app, UserRole.VIEWER))[0] != session_of(logged_in(other, UserRole.VIEWER))[0]


# Changes count at once


def test_the_session_of_a_removed_user_ends_at_once(app: Flask, users: Users) -> None:
    client = logged_in(app, UserRole.EDITOR)
    users.accounts.remove("edwin")
    assert not is_logged_in(client)
    assert client.get("/api/v1/suggest?q=de").status_code == 401


def test_a_user_with_the_name_of_a_removed_one_is_another(app: Flask, users: Users) -> None:
    client = logged_in(app, UserRole.EDITOR)
    secret = users.tokens.add("edwin", "x", role=UserRole.EDITOR, days=None)
    users.accounts.remove("edwin")
    users.accounts.add("edwin", PASSWORD, role=UserRole.EDITOR)
    assert not is_logged_in(client)
    assert users.tokens.find(secret) is None


def test_a_user_who_is_shut_out_is_out_at_once(app: Flask, users: Users) -> None:
    client = logged_in(app, UserRole.EDITOR)
    secret = users.tokens.add("edwin", "x", role=UserRole.VIEWER, days=None)
    bearer = {"Authorization": f"Bearer {secret}"}
    assert app.test_client().get("/api/v1/suggest?q=de", headers=bearer).status_code == 200
    users.accounts.set_disabled("edwin", is_disabled=True)
    assert not is_logged_in(client)
    assert app.test_client().get("/api/v1/suggest?q=de", headers=bearer).status_code == 401
    assert send_login(app.test_client(), "edwin").status_code == 401
    users.accounts.set_disabled("edwin", is_disabled=False)
    assert not is_logged_in(client)
    assert send_login(app.test_client(), "edwin").status_code == 303


@pytest.mark.parametrize(
    "change",
    [
        lambda accounts: accounts.set_disabled("edwin", is_disabled=True),
        lambda accounts: accounts.set_password("edwin", "nine slow badgers"),
        lambda accounts: accounts.remove("edwin"),
    ],
    ids=["shut out", "another password", "removed"],
)
def test_a_change_while_the_password_is_checked_counts(users: Users, change: Callable[[Accounts], object]) -> None:
    user = users.accounts.check("edwin", PASSWORD)
    assert user is not None
    change(users.accounts)
    assert users.sessions.find(users.sessions.begin(user)) is None


class ChangingHasher(PasswordHasher):
    """Makes better hashes than before, and does something else while it checks a password."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__(time_cost=2, memory_cost=8, parallelism=1)
        self._meanwhile = meanwhile

    def verify(self, *arguments: str | bytes) -> bool:
        self._meanwhile()
        return super().verify(*arguments)


def test_a_hash_of_an_older_program_is_renewed(settings: Settings, users: Users) -> None:
    newer = open_users(settings.index, passwords=Passwords(ChangingHasher(lambda: None)))
    assert newer.accounts.check("edwin", PASSWORD) is not None
    with users.file.reading() as connection:
        assert "t=2" in connection.execute("SELECT password FROM users WHERE name = 'edwin'").fetchone()[0]
    assert users.accounts.check("edwin", PASSWORD) is not None


def test_renewing_a_hash_never_brings_a_password_back(settings: Settings, users: Users) -> None:
    changing = ChangingHasher(lambda: users.accounts.set_password("edwin", "nine slow badgers"))
    newer = open_users(settings.index, passwords=Passwords(changing))
    user = newer.accounts.check("edwin", PASSWORD)
    assert user is not None
    assert users.sessions.find(users.sessions.begin(user)) is None
    assert users.accounts.check("edwin", PASSWORD) is None
    assert users.accounts.check("edwin", "nine slow badgers") is not None


def test_another_role_counts_at_once(app: Flask, users: Users) -> None:
    client = logged_in(app, UserRole.EDITOR)
    token = users.tokens.add("edwin", "x", role=UserRole.EDITOR, days=None)
    form = form_of(client.get(RENAME).get_data(as_text=True))
    users.accounts.set_role("edwin", UserRole.VIEWER)
    assert client.get(RENAME).status_code == 403
    assert client.post("/decide", data=form).status_code == 403
    program = app.test_client().post("/decide", data=form, headers={"Authorization": f"Bearer {token}"})
    assert program.status_code == 403
    users.accounts.set_role("edwin", UserRole.ADMIN)
    assert client.get("/users").status_code == 200


def test_another_password_ends_all_sessions(app: Flask, users: Users) -> None:
    clients = [logged_in(app, UserRole.EDITOR) for _ in range(2)]
    users.accounts.set_password("edwin", "nine slow badgers")
    assert [is_logged_in(client) for client in clients] == [False, False]
    assert send_login(app.test_client(), "edwin").status_code == 401
    assert send_login(app.test_client(), "edwin", "nine slow badgers").status_code == 303


# Forms of other sites


FOREIGN = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "another name of this site": {"Sec-Fetch-Site": "same-site"},
    "another origin": {"Origin": "https://evil.example"},
    "an origin that is hidden": {"Origin": "null"},
    "another port": {"Origin": "http://localhost:8001"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
@pytest.mark.parametrize("path", ["/decide", "/undo", "/logout", "/account", "/users"])
def test_forms_of_other_sites_are_refused(app: Flask, path: str, headers: dict[str, str]) -> None:
    client = logged_in(app, UserRole.ADMIN)
    token = form_of(client.get("/help").get_data(as_text=True), "/logout")["token"][0]
    assert client.post(path, data={"token": token}, headers=headers).status_code == 403
    assert is_logged_in(client)


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
def test_nobody_is_logged_in_by_another_site(app: Flask, headers: dict[str, str]) -> None:
    client = app.test_client()
    token = form_of(client.get("/login").get_data(as_text=True), "/login")["token"][0]
    answer = client.post("/login", data={"token": token, "name": "vera", "password": PASSWORD}, headers=headers)
    assert answer.status_code == 403
    assert not is_logged_in(client)


def test_a_log_in_form_of_another_browser_is_refused(app: Flask) -> None:
    token = form_of(app.test_client().get("/login").get_data(as_text=True), "/login")["token"][0]
    for client in (app.test_client(), app.test_client()):
        client.get("/login")
        answer = client.post("/login", data={"token": token, "name": "vera", "password": PASSWORD})
        assert answer.status_code == 403
    bare = app.test_client(use_cookies=False)
    assert bare.post("/login", data={"token": token, "name": "vera", "password": PASSWORD}).status_code == 403


def test_the_token_of_forms_is_written_in_another_way_each_time(app: Flask) -> None:
    client = logged_in(app, UserRole.ADMIN)
    tokens = [form_of(client.get("/help").get_data(as_text=True), "/logout")["token"][0] for _ in range(3)]
    assert len(set(tokens)) == 3
    for token in tokens:
        assert client.post("/account", data={"token": token, "action": "x"}).status_code == 400
    for wrong in (tokens[0][:-2], tokens[0] + "00", tokens[0][:64], "0" * 128, tokens[0][:64] + tokens[1][64:]):
        assert client.post("/account", data={"token": wrong, "action": "x"}).status_code == 403


def test_a_program_needs_no_form_and_another_site_cannot_use_it(app: Flask, users: Users) -> None:
    bearer = {"Authorization": f"Bearer {users.tokens.add('edwin', 'x', role=UserRole.EDITOR, days=None)}"}
    data = {"action": "rename", "entity": "demir", "name": "Somebody"}
    client = app.test_client()
    assert client.post("/decide", data=data, headers={**bearer, "Origin": "https://evil.example"}).status_code == 403
    answer = client.post("/decide", data=data, headers=bearer)
    assert (answer.status_code, answer.json["ok"], answer.json["done"]) == (200, True, [1])
    undone = client.post("/undo", data={"numbers": "1-1"}, headers=bearer)
    assert (undone.status_code, undone.json["undone"]) == (200, [1])
    refused = client.post("/decide", data={**data, "entity": "nobody"}, headers=bearer)
    assert (refused.status_code, refused.json["ok"]) == (409, False)


# Addresses to go on to


@pytest.mark.parametrize(
    ("leads_to", "location"),
    [
        ("/search?q=S-400&person=x", "/search?q=S-400&person=x"),
        ("/entity/demir#top", "/entity/demir#top"),
        ("", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("///evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("\\\\evil.example/", "/"),
        ("/\t/evil.example/", "/"),
        ("/\n/evil.example", "/"),
        (" //evil.example/", "/"),
        ("/ok\r\nSet-Cookie: x=y", "/"),
        ("javascript:alert(1)", "/"),
        ("http:evil.example", "/"),
        ("http:///evil.example", "/"),
        ("/%2f/evil.example", "/%2f/evil.example"),
        ("/[evil.example", "/%5Bevil.example"),
        ("//[evil.example", "/"),
        ("/login?next=//evil.example", "/"),
        ("/logout", "/"),
    ],
)
def test_a_log_in_leads_to_pages_of_ours_alone(app: Flask, leads_to: str, location: str) -> None:
    answer = send_login(app.test_client(), "vera", next=leads_to)
    assert (answer.status_code, answer.headers["Location"]) == (303, location)
    again = logged_in(app, UserRole.VIEWER).get("/login", query_string={"next": leads_to})
    assert (again.status_code, again.headers["Location"]) == (303, location)


@pytest.mark.parametrize("path", ["/search?q=S-400&sort=newest", "/article/a%20b.txt?q=%C3%BC", "/entity/x?%26=%3D"])
def test_the_page_that_was_wanted_is_opened_after_the_log_in(app: Flask, path: str) -> None:
    client = app.test_client()
    login = client.get(path)
    assert login.status_code == 303
    page = client.get(login.headers["Location"]).get_data(as_text=True)
    answer = client.post("/login", data={**form_of(page, "/login"), "name": "vera", "password": PASSWORD})
    assert answer.headers["Location"] == path


def test_a_link_of_another_site_opens_once_more_from_here(app: Flask) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    answer = app.test_client().get("/search?q=Demir", headers=link)
    assert (answer.status_code, answer.headers["Refresh"]) == (200, "0; url=/search?q=Demir")
    assert "Ankara" not in answer.get_data(as_text=True)
    assert app.test_client().get(RENAME, headers=link).status_code == 303
    inside = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert app.test_client().get("/search?q=Demir", headers=inside).status_code == 303


# Passwords


def tried(client: FlaskClient, name: str, password: str = "wrong password") -> tuple[int, str]:
    answer = send_login(client, name, password)
    return answer.status_code, answer.headers.get("Retry-After", "")


@pytest.mark.parametrize("name", ["edwin", "EDWIN", "nobody at all"])
def test_guessing_has_to_wait_longer_and_longer(app: Flask, clock: Clock, name: str) -> None:
    client = app.test_client()
    assert [tried(client, name) for _ in range(5)] == [(401, "")] * 5
    assert tried(client, name) == (429, "1")
    for wait in (1, 2, 4, 8, 16, 32, 64):
        assert tried(client, name) == (429, str(wait))
        clock.seconds += wait
        assert tried(client, name) == (401, "")


def test_the_right_password_has_to_wait_as_well_and_then_counts(app: Flask, clock: Clock) -> None:
    client = app.test_client()
    for _ in range(5):
        tried(client, "edwin")
    answer = send_login(client, "edwin")
    assert answer.status_code == 429
    assert "Try again in 1 second" in answer.get_data(as_text=True)
    assert send_login(app.test_client(), "vera").status_code == 303
    clock.seconds += 1
    assert send_login(client, "edwin").status_code == 303


def test_guessing_many_names_from_one_address_has_to_wait(app: Flask) -> None:
    client = app.test_client()
    assert {tried(client, f"user{number}")[0] for number in range(20)} == {401}
    assert tried(client, "vera", PASSWORD) == (429, "1")
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.1"
    assert tried(elsewhere, "vera", PASSWORD)[0] == 303


def test_many_guesses_at_once_are_not_more(app: Flask) -> None:
    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(lambda _: tried(app.test_client(), "edwin")[0], range(24)))
    assert found.count(401) == 5
    assert found.count(429) == 19


def test_nobody_learns_who_exists(app: Flask, users: Users, hasher: CountingHasher) -> None:
    users.accounts.set_disabled("vera", is_disabled=True)
    texts, counts = set(), set()
    for name in ("edwin", "nobody", "vera", "x" * 199, "", "' OR 1=1 --"):
        before = len(hasher.seen)
        answer = send_login(app.test_client(), name, "wrong password")
        counts.add(len(hasher.seen) - before)
        text = answer.get_data(as_text=True)
        texts.add(re.sub(r' value="[^"]*"| autofocus', "", text))
        assert answer.status_code == 401
    assert counts == {1}
    assert len(texts) == 1


def test_a_failed_log_in_is_logged_without_what_was_typed(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    send_login(app.test_client(), "my secret name", "my secret word")
    assert caplog.messages == ["a log-in failed, from 127.0.0.1"]


def test_endless_passwords_are_never_hashed(app: Flask, hasher: CountingHasher) -> None:
    assert send_login(app.test_client(), "edwin", "x" * 1_001).status_code == 401
    assert send_login(app.test_client(), "edwin", "x" * 60_000).status_code == 401
    assert send_login(app.test_client(), "edwin", "x" * 70_000).status_code == 413
    assert max(map(len, hasher.seen)) < 100


def test_what_is_stored_gives_no_secret_away(app: Flask, users: Users) -> None:
    client = logged_in(app, UserRole.EDITOR)
    token = users.tokens.add("edwin", "x", role=UserRole.EDITOR, days=1)
    stored = users.file.path.read_bytes()
    assert b"edwin" in stored
    assert [secret for secret in (PASSWORD, session_of(client)[1], token) if secret.encode() in stored] == []
    assert stat.S_IMODE(users.file.path.stat().st_mode) == 0o600


def test_the_rights_of_others_to_the_file_are_taken_away(users: Users) -> None:
    users.file.path.chmod(0o644)
    users.accounts.list()
    assert stat.S_IMODE(users.file.path.stat().st_mode) == 0o600


# Tokens


@pytest.mark.parametrize(
    "address",
    ["/search?token={}", "/api/v1/suggest?q=a&access_token={}", "/article/{}", "/help?{}", "/search?q=%64{rest}"],
)
def test_a_token_in_an_address_is_refused(app: Flask, users: Users, address: str) -> None:
    token = users.tokens.add("edwin", "x", role=UserRole.VIEWER, days=None)
    answer = logged_in(app, UserRole.ADMIN).get(address.format(token, rest=token[1:]))
    assert answer.status_code == 400
    assert "Authorization: Bearer" in answer.get_data(as_text=True)


def test_a_token_ends_when_its_days_are_over_or_it_is_revoked(app: Flask, users: Users, clock: Clock) -> None:
    secrets = [users.tokens.add("vera", str(days), role=UserRole.VIEWER, days=days) for days in (30, 60, None)]

    def statuses() -> list[int]:
        client = app.test_client()
        headers = [{"Authorization": f"Bearer {secret}"} for secret in secrets]
        return [client.get("/api/v1/suggest?q=de", headers=one).status_code for one in headers]

    assert statuses() == [200, 200, 200]
    clock.seconds += 30 * 24 * 60 * 60
    assert statuses() == [401, 200, 200]
    users.tokens.revoke(3)
    assert statuses() == [401, 200, 401]


def test_a_program_without_a_right_token_is_told_how(app: Flask) -> None:
    client = app.test_client()
    for headers in ({}, {"Authorization": "Bearer x"}):
        answer = client.get("/api/v1/suggest?q=de", headers=headers)
        assert (answer.status_code, answer.json["status"]) == (401, 401)
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Dossier"'


def test_metrics_are_for_those_who_may_read_and_probes_for_all(settings: Settings, users: Users) -> None:
    client = app_with_users(settings, users, has_metrics=True).test_client()
    bearer = {"Authorization": f"Bearer {users.tokens.add('vera', 'x', role=UserRole.VIEWER, days=None)}"}
    assert client.get("/metrics").status_code == 303
    assert client.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 401
    answer = client.get("/metrics", headers=bearer)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert [client.get(path).status_code for path in ("/health", "/ready")] == [200, 200]


# Caches


def test_pages_of_one_user_are_never_those_of_another(app: Flask, users: Users) -> None:
    ada, vera = logged_in(app, UserRole.ADMIN), logged_in(app, UserRole.VIEWER)
    again = logged_in(app, UserRole.VIEWER)
    answers = [client.get("/search?q=Demir") for client in (ada, vera, again)]
    tags = [answer.headers["ETag"] for answer in answers]
    assert len(set(tags)) == 3
    for answer in answers:
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert {"Cookie", "Authorization"} <= set(answer.headers["Vary"].split(", "))
    assert ada.get("/search?q=Demir", headers={"If-None-Match": tags[0]}).status_code == 304
    assert vera.get("/search?q=Demir", headers={"If-None-Match": tags[0]}).status_code == 200
    assert app.test_client().get("/search?q=Demir", headers={"If-None-Match": tags[0]}).status_code == 303
    users.accounts.set_role("ada", UserRole.VIEWER)
    assert ada.get("/search?q=Demir", headers={"If-None-Match": tags[0]}).status_code == 200


@pytest.mark.parametrize("path", ["/login", "/account", "/users", "/users/vera"])
def test_pages_about_users_are_kept_by_nobody(app: Flask, path: str) -> None:
    client = app.test_client() if path == "/login" else logged_in(app, UserRole.ADMIN)
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"], answer.headers.get("ETag")) == (200, "no-store", None)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


# Too many requests


def test_too_many_requests_have_to_wait(settings: Settings, users: Users) -> None:
    clock = Clock()
    app = app_with_users(settings, users, rates=Rates(per_second=0.5, burst=6, now=clock))
    client = app.test_client()
    assert [client.get("/login").status_code for _ in range(7)] == [200] * 6 + [429]
    answer = client.get("/search")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
    assert "<h1>Too many requests</h1>" in answer.get_data(as_text=True)
    assert client.get("/api/v1/search").json["status"] == 429
    bad = {"Authorization": "Bearer dossier_" + "x" * 43}
    assert client.get("/api/v1/search", headers=bad).status_code == 429
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.1"
    log_in(elsewhere, "vera")
    elsewhere.environ_base["REMOTE_ADDR"] = "127.0.0.1"
    assert elsewhere.get("/help").status_code == 200
    clock.seconds += 2
    assert [client.get("/login").status_code for _ in range(2)] == [200, 429]
