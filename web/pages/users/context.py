"""The contexts of the pages about users."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from web.parts.records import Frame, Option

__all__ = ["AccountPage", "LoginPage", "TokenRow", "TokensPart", "UserPage", "UserRow", "UsersPage"]


@dataclass(frozen=True, slots=True)
class LoginPage:
    """The log-in."""

    template: ClassVar[str] = "users/login.html"

    frame: Annotated[Frame, "The frame of the page"]
    name: Annotated[str, "What was typed as a name"]
    leads_to: Annotated[str, "Address of the page after the log-in"]
    token: Annotated[str, "The secret that the form sends"]
    error: Annotated[str, 'Why the last attempt failed, else ""']
    is_readable: Annotated[bool, "True when others in the network can read what is typed"]


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token of a user, without its secret."""

    number: Annotated[str, "Its number"]
    name: Annotated[str, "Its name"]
    note: Annotated[str, "What it may do, and how long"]


@dataclass(frozen=True, slots=True)
class TokensPart:
    """The tokens of a user with the forms that make and revoke them."""

    action_url: Annotated[str, "Where the forms are sent"]
    user: Annotated[str, "Whose tokens they are"]
    rows: Annotated[tuple[TokenRow, ...], "The tokens, newest first"]
    roles: Annotated[tuple[Option, ...], "What a new one may do"]
    days: Annotated[tuple[Option, ...], "How long a new one is valid"]
    secret: Annotated[str, 'The token that was just made, else ""']


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The account of the user who is logged in."""

    template: ClassVar[str] = "users/account.html"

    frame: Annotated[Frame, "The frame of the page"]
    name: Annotated[str, "Name of the user"]
    note: Annotated[str, "UserRole of the user in a sentence"]
    message: Annotated[str, 'What was done, else ""']
    error: Annotated[str, 'What was wrong, else ""']
    shortest: Annotated[int, "Characters of a password, at least"]
    tokens: Annotated[TokensPart, "The tokens of the user"]


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user in the list."""

    name: Annotated[str, "Name of the user"]
    url: Annotated[str, "The page of the user"]
    role: Annotated[str, "UserRole of the user"]
    note: Annotated[str, "Last log-in, and whether the user is shut out"]


@dataclass(frozen=True, slots=True)
class UsersPage:
    """All users, and the form that adds one."""

    template: ClassVar[str] = "users/users.html"

    frame: Annotated[Frame, "The frame of the page"]
    rows: Annotated[tuple[UserRow, ...], "The users by name"]
    roles: Annotated[tuple[Option, ...], "Roles of a new user"]
    name: Annotated[str, "What was typed as a name"]
    message: Annotated[str, 'What was done, else ""']
    error: Annotated[str, 'What was wrong, else ""']


@dataclass(frozen=True, slots=True)
class UserPage:
    """One user, with the forms that change the account."""

    template: ClassVar[str] = "users/user.html"

    frame: Annotated[Frame, "The frame of the page"]
    user: Annotated[UserRow, "The user"]
    is_disabled: Annotated[bool, "True when the user is shut out"]
    roles: Annotated[tuple[Option, ...], "Roles to choose from"]
    tokens: Annotated[TokensPart, "The tokens of the user"]
    password: Annotated[str, 'The password that was just made, else ""']
    message: Annotated[str, 'What was done, else ""']
    error: Annotated[str, 'What was wrong, else ""']
