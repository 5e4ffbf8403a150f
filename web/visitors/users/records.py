"""Records about users, and the order of their roles."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

__all__ = ["Session", "Token", "User", "UserRole", "moment"]


class UserRole(StrEnum):
    """Rights of a user; each role may do what those before it may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"

    def includes(self, other: "UserRole") -> bool:
        """True when this role may do what the other may.

        >>> UserRole.EDITOR.includes(UserRole.VIEWER), UserRole.EDITOR.includes(UserRole.ADMIN)
        (True, False)
        """
        return _ORDER.index(self) >= _ORDER.index(other)


_ORDER = tuple(UserRole)


@dataclass(frozen=True, slots=True)
class User:
    """A user. Times are seconds since 1970; `seen` is the last log-in, None before the first one.

    `epoch` grows with each new password and when the user is shut out: sessions of an earlier one have ended.
    """

    number: int
    name: str
    role: UserRole
    is_disabled: bool
    epoch: int
    created: int
    seen: int | None


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is logged in. `role` is the user's at this moment."""

    user: str
    role: UserRole
    created: int


@dataclass(frozen=True, slots=True)
class Token:
    """A secret with which a program acts for a user, without the secret itself.

    `role` is what it was made for. A program has no more rights than its user: `rights` is the lower of both roles now.
    `expires` and `used` are None for never.
    """

    number: int
    user: str
    name: str
    role: UserRole
    rights: UserRole
    created: int
    expires: int | None
    used: int | None


def moment(seconds: int) -> str:
    """Return a time in UTC to the minute.

    >>> moment(1_796_078_400)
    '2026-11-30 22:40'
    """
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")
