"""Sessions: who has one, how long it lasts, and changes of users that count in it at once."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from index.settings import Settings
from tests.support.editing import form_of
from tests.support.users import PASSWORD, Clock, app_with_users, log_in, logged_in, make_users, send_login, session_of
from web.visitors.users.accounts import Accounts
from web.visitors.users.opening import Users, open_users
from web.visitors.users.passwords import Passwords
from web.visitors.users.records import UserRole
from web.visitors.users.sessions import IDLE_SECONDS, LONGEST_SECONDS

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
