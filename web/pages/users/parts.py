"""Shared parts of the pages about users: times, tokens, and answers that no cache keeps."""

from flask import request
from werkzeug.exceptions import BadRequest, TooManyRequests
from werkzeug.wrappers import Response

from index.errors import UsageError
from web.frame.rendering import Page, show
from web.middleware.caching import NO_TAG
from web.pages.users.context import TokenRow, TokensPart
from web.parts.records import Option
from web.visitors.signing_in import sign_in
from web.visitors.users.opening import Users
from web.visitors.users.records import Token, User, UserRole, moment

__all__ = ["add_token", "here_users", "revoke_token", "role_named", "role_options", "show_unkept", "tokens_part"]

_DAYS = (("30", "30 days"), ("90", "90 days"), ("365", "a year"), ("", "until it is revoked"))
_FIRST_DAYS = "90"
_MEANINGS = {
    UserRole.VIEWER: "viewer: reads",
    UserRole.EDITOR: "editor: reads and corrects names",
    UserRole.ADMIN: "admin: also manages users",
}


def here_users() -> Users:
    """Return the users of this application."""
    users = sign_in().users
    assert users is not None, "these pages are there only with users"
    return users


def show_unkept(page: Page, *, status: int = 200) -> Response:
    """Render a page that no cache keeps: it does not depend on the archive alone, or has a secret."""
    answer = show(page, status=status)
    answer.headers[NO_TAG] = "1"
    return answer


def told_to_wait(answer: Response, error: TooManyRequests) -> Response:
    """Let an answer say how many seconds to wait."""
    answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def role_named(text: str) -> UserRole:
    """Return the role that a form names; raises `BadRequest` when there is none."""
    found = next((role for role in UserRole if role.value == text), None)
    if found is None:
        raise BadRequest("This form names no role. Choose viewer, editor or admin.")
    return found


def role_options(selected: UserRole, *, most: UserRole = UserRole.ADMIN) -> tuple[Option, ...]:
    """Return the roles up to one of them, to choose from."""
    return tuple(Option(role.value, _MEANINGS[role], role is selected) for role in UserRole if most.includes(role))


def tokens_part(user: User, action_url: str, secret: str = "") -> TokensPart:
    """Return the tokens of a user; `secret` is one that was just made."""
    most = UserRole.EDITOR if user.role.includes(UserRole.EDITOR) else UserRole.VIEWER
    return TokensPart(
        action_url=action_url,
        user=user.name,
        rows=tuple(_row(token) for token in here_users().tokens.list(user.name)),
        roles=role_options(UserRole.VIEWER, most=most),
        days=tuple(Option(value, text, value == _FIRST_DAYS) for value, text in _DAYS),
        secret=secret,
    )


def add_token(user: str) -> str:
    """Make the token that a form asks for and return its secret; raises `UsageError`."""
    form = request.form
    days = form.get("days", "")
    if days not in dict(_DAYS):
        raise UsageError("Choose how long the token is valid.")
    role = role_named(form.get("role", ""))
    return here_users().tokens.add(user, form.get("name", ""), role=role, days=int(days) if days else None)


def revoke_token(user: str) -> None:
    """Revoke the token of a user that a form names; raises `NotFoundError`."""
    number = request.form.get("number", "")
    # Ten digits at most, as in all addresses.
    known = int(number) if number.isascii() and number.isdecimal() and len(number) <= 10 else 0
    here_users().tokens.revoke(known, user=user)


def _row(token: Token) -> TokenRow:
    times = [f"made {moment(token.created)}", f"last used {moment(token.used)}" if token.used else "never used"]
    if token.expires is not None:
        has_expired = token.expires <= here_users().file.now()
        times.insert(1, f"{'expired' if has_expired else 'expires'} {moment(token.expires)}")
    rights = token.role.value if token.rights is token.role else f"{token.role.value}, now {token.rights.value}"
    return TokenRow(str(token.number), token.name, " · ".join([rights, *times]))
