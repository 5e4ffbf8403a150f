"""A small archive with users, and a server over it whose clock stands still."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask

from index.settings import Settings
from tests.support.editing import copy_archive, make_archive
from tests.support.users import Clock, app_with_users, make_users
from web.visitors.users.opening import Users


class CountingHasher(PasswordHasher):
    """Remembers what was hashed, or verified against a real hash."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.seen: list[str] = []

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.seen.append(str(password))
        return super().hash(password, salt=salt)

    def verify(self, *arguments: str | bytes) -> bool:
        self.seen += [str(arguments[1])] if str(arguments[0]).startswith("$argon2id$") else []
        return super().verify(*arguments)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The archive; tests only copy it."""
    return make_archive(tmp_path_factory.mktemp("users"))


@pytest.fixture
def settings(made: Settings, tmp_path: Path) -> Settings:
    return copy_archive(made, tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hasher() -> CountingHasher:
    return CountingHasher()


@pytest.fixture
def users(settings: Settings, clock: Clock, hasher: CountingHasher) -> Users:
    """Users "vera" (viewer), "edwin" (editor) and "ada" (admin)."""
    return make_users(settings.index, now=clock, hasher=hasher)


@pytest.fixture
def app(settings: Settings, users: Users) -> Flask:
    return app_with_users(settings, users)
