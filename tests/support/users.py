"""Applications with users, whose passwords are hashed quickly, and people who are logged in to them."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from index.deciding import Decider
from index.settings import Settings
from web.app import create_app
from web.visitors.editing import Editing
from web.visitors.rates import Rates
from web.visitors.signing_in import SignIn
from web.visitors.users.opening import Users, open_users
from web.visitors.users.passwords import Passwords
from web.visitors.users.records import UserRole

__all__ = [
    "NAMES",
    "PASSWORD",
    "Clock",
    "app_with_users",
    "log_in",
    "logged_in",
    "make_users",
    "send_login",
    "session_of",
]

PASSWORD = "seven quiet herons"
NAMES: Mapping[UserRole, str] = {UserRole.VIEWER: "vera", UserRole.EDITOR: "edwin", UserRole.ADMIN: "ada"}


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


def make_users(folder: Path, *, now: Callable[[], float] | None = None, hasher: PasswordHasher | None = None) -> Users:
    """Make one user of each role, all with the same password."""
    quick = hasher or PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    users = open_users(folder, passwords=Passwords(quick), now=now or Clock())
    for role, name in NAMES.items():
        users.accounts.add(name, PASSWORD, role=role)
    return users


def app_with_users(
    settings: Settings, users: Users, *, is_public: bool = False, is_editable: bool = True, rates: Rates | None = None,
    trusted_hosts: tuple[str, ...] = ("localhost", "archive.example"), has_metrics: bool = False,
) -> Flask:  # fmt: skip
    """Return an application that asks for a log-in."""
    return create_app(
        settings,
        trusted_hosts=trusted_hosts,
        changes=Editing(Decider(settings)) if is_editable else None,
        signs_in=SignIn(users, is_public=is_public, rates=rates),
        has_metrics=has_metrics,
    )


def send_login(client: FlaskClient, name: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Fill in the log-in and return the answer."""
    page = client.get("/login").get_data(as_text=True)
    token = re.search(r'name="token" value="(\w+)"', page)
    assert token is not None, page
    return client.post("/login", data={"token": token[1], "name": name, "password": password, **more})


def log_in(client: FlaskClient, name: str, password: str = PASSWORD) -> FlaskClient:
    """Log in, and return the client."""
    answer = send_login(client, name, password)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client


def logged_in(app: Flask, role: UserRole) -> FlaskClient:
    """Return a new browser in which the user with a role is logged in."""
    return log_in(app.test_client(), NAMES[role])


def session_of(client: FlaskClient) -> tuple[str, str]:
    """Return the name and the value of the cookie of a session; the value is "" without one."""
    found = [cookie for cookie in client._cookies.values() if "-session-" in cookie.key]
    assert len(found) <= 1, found
    return (found[0].key, found[0].value) if found else ("", "")
