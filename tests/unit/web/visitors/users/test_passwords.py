"""Guessing passwords, and what logs and files give away of them."""

import re
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.users import PASSWORD, Clock, logged_in, send_login, session_of
from tests.unit.web.visitors.users.conftest import CountingHasher
from web.visitors.users.opening import Users
from web.visitors.users.records import UserRole


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
