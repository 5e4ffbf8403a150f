"""Passwords: rules for new ones, and their Argon2 hashes."""

import unicodedata
from functools import cached_property
from importlib import import_module
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from index.errors import UsageError
from web.visitors.users.names import fold

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = ["MAX_PASSWORD", "MIN_PASSWORD", "Passwords", "PasswordsBusyError"]

MIN_PASSWORD = 12
"""Characters of a new password, at least."""
MAX_PASSWORD = 1_000
"""Characters of a password, at most: a longer text is never hashed."""

# Each takes 64 MiB of memory and a tenth of a second.
_MOST_AT_ONCE = 2
_WAIT_SECONDS = 1
_INSTALL = "Users need the package argon2-cffi. Install it: pip install 'dossier-search[users]'"


class PasswordsBusyError(Exception):
    """So many passwords are checked at this moment that this one would have to wait too long."""


class Passwords:
    """Makes and checks Argon2id hashes with the memory and time that RFC 9106 recommends; few at once.

    `hasher` is another one for tests. Raises `UsageError` when argon2-cffi is not installed.
    """

    def __init__(self, hasher: "PasswordHasher | None" = None) -> None:
        if hasher is None:
            hasher = _default_hasher()
        self._hasher = hasher
        self._turns = BoundedSemaphore(_MOST_AT_ONCE)

    def hash(self, password: str, *, name: str) -> str:
        """Return the hash of a new password; raises `UsageError` when it is too short, too long, or the name."""
        if len(password) > MAX_PASSWORD:
            raise UsageError(f"A password has at most {MAX_PASSWORD:,} characters.")
        if len(password) < MIN_PASSWORD:
            raise UsageError(f"A password has at least {MIN_PASSWORD} characters. Several words are easy to remember.")
        if fold(password) == fold(name) or len(set(password)) < 3:
            raise UsageError("This password is too easy to guess. Take several words.")
        return self._hasher.hash(_normalized(password))

    def is_right(self, stored: str | None, password: str) -> bool:
        """True when a password belongs to a hash. Takes as long without a hash, so that nobody learns who exists.

        Raises `PasswordsBusyError`.
        """
        from argon2.exceptions import InvalidHashError, VerificationError

        is_bounded = len(password) <= MAX_PASSWORD
        if not self._turns.acquire(timeout=_WAIT_SECONDS):
            raise PasswordsBusyError
        try:
            is_right = self._hasher.verify(
                self.dummy if stored is None else stored, _normalized(password) if is_bounded else ""
            )
        except (VerificationError, InvalidHashError):
            return False
        finally:
            self._turns.release()
        return is_right and is_bounded and stored is not None

    def is_outdated(self, stored: str) -> bool:
        """True when a hash was made with less memory or time than new ones."""
        return self._hasher.check_needs_rehash(stored)

    def renewed(self, password: str) -> str:
        """Return a new hash of a password that was right, whatever the rules for new ones are."""
        return self._hasher.hash(_normalized(password))

    @cached_property
    def dummy(self) -> str:
        """The hash of nobody's password."""
        return self._hasher.hash("nobody has this password")


def _normalized(password: str) -> str:
    """Return a password in the same characters, whatever keyboard it was typed on."""
    return unicodedata.normalize("NFC", password)


def _default_hasher() -> "PasswordHasher":
    try:
        hasher: PasswordHasher = import_module("argon2").PasswordHasher()
    except ImportError as error:
        raise UsageError(_INSTALL) from error
    return hasher
