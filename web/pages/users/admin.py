"""The users, for admins: list, add, change and remove them."""

import secrets

from flask import Blueprint, redirect, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from index.errors import NotFoundError, UsageError
from web.addresses.urls import USERS_URL, user_url
from web.frame.rendering import frame
from web.middleware.security import require
from web.pages.users.context import UserPage, UserRow, UsersPage
from web.pages.users.parts import (
    add_token,
    here_users,
    revoke_token,
    role_named,
    role_options,
    show_unkept,
    tokens_part,
)
from web.visitors.users.records import User, UserRole, moment

__all__ = ["blueprint"]

blueprint = Blueprint("admin", __name__)

# Letters and digits that nobody takes for others; 100 random bits.
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 5
_LONGEST_NAME = 200
_SAID = {
    "role": "The role was changed, with immediate effect.",
    "disabled": "The user is disabled: no log-in, and no access with tokens.",
    "enabled": "The user is enabled and can log in.",
    "revoked": "The token was revoked.",
    "removed": "The user was removed, with all tokens. Decisions of the user stay.",
}
_LAST_ADMIN = "This is the only admin. Make another user an admin first."


@blueprint.before_request
def _let_admins_in() -> None:
    require(UserRole.ADMIN, by_session=True)


@blueprint.get(USERS_URL)
def show_users() -> Response:
    """Show all users, and the form that adds one."""
    return _list(message=_SAID.get(request.args.get("said", ""), ""))


@blueprint.get(f"{USERS_URL}/<name>")
def show_user(name: str) -> Response:
    """Show one user with the forms that change the account."""
    return _one(here_users().accounts.find(name), message=_SAID.get(request.args.get("said", ""), ""))


@blueprint.post(USERS_URL)
def change_users() -> Response:
    """Do what a form of the list or of one user asks for."""
    form = request.form
    name = form.get("user", "")
    if form.get("action") == "add":
        return _add(name, role_named(form.get("role", "")))
    user = here_users().accounts.find(name)
    try:
        return _change(user, form.get("action", ""))
    except (UsageError, NotFoundError) as error:
        return _one(user, error=str(error), status=400)


def _add(name: str, role: UserRole) -> Response:
    password = _new_password()
    try:
        user = here_users().accounts.add(name, password, role=role)
    except UsageError as error:
        return _list(name=name, role=role, error=str(error), status=400)
    return _one(user, password=password, message="The user was added.")


def _change(user: User, action: str) -> Response:
    accounts = here_users().accounts
    match action:
        case "role":
            role = role_named(request.form.get("role", ""))
            _keep_an_admin(user, is_loss=role is not UserRole.ADMIN)
            accounts.set_role(user.name, role)
            return _go_on(user_url(user.name), "role")
        case "disable":
            _keep_an_admin(user)
            accounts.set_disabled(user.name, is_disabled=True)
            return _go_on(user_url(user.name), "disabled")
        case "enable":
            accounts.set_disabled(user.name, is_disabled=False)
            return _go_on(user_url(user.name), "enabled")
        case "password":
            password = _new_password()
            changed = accounts.set_password(user.name, password)
            here_users().attempts.forget(user.name)
            return _one(changed, password=password, message="The user has a new password, and was logged out.")
        case "remove":
            _keep_an_admin(user)
            accounts.remove(user.name)
            return _go_on(USERS_URL, "removed")
        case "add-token":
            return _one(user, secret=add_token(user.name))
        case "revoke-token":
            revoke_token(user.name)
            return _go_on(user_url(user.name), "revoked")
        case _:
            raise BadRequest("This form asks for nothing that can be done. Load the page again.")


def _keep_an_admin(user: User, *, is_loss: bool = True) -> None:
    if is_loss and here_users().accounts.is_last_admin(user.name):
        raise UsageError(_LAST_ADMIN)


def _new_password() -> str:
    """Return a password that can be told by telephone."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


def _go_on(url: str, said: str) -> Response:
    return redirect(f"{url}?said={said}", code=303)


def _list(
    *, name: str = "", role: UserRole = UserRole.VIEWER, message: str = "", error: str = "", status: int = 200
) -> Response:
    page = UsersPage(
        frame=frame("Users", current=USERS_URL),
        rows=tuple(_row(user) for user in here_users().accounts.list()),
        roles=role_options(role),
        name=name[:_LONGEST_NAME],
        message=message,
        error=error,
    )
    return show_unkept(page, status=status)


def _one(
    user: User, *, password: str = "", secret: str = "", message: str = "", error: str = "", status: int = 200
) -> Response:
    page = UserPage(
        frame=frame(user.name),
        user=_row(user),
        is_disabled=user.is_disabled,
        roles=role_options(user.role),
        tokens=tokens_part(user, USERS_URL, secret),
        password=password,
        message=message,
        error=error,
    )
    return show_unkept(page, status=status)


def _row(user: User) -> UserRow:
    seen = f"last log-in {moment(user.seen)}" if user.seen else "never logged in"
    return UserRow(
        name=user.name,
        url=user_url(user.name),
        role=user.role.value,
        note=f"disabled · {seen}" if user.is_disabled else seen,
    )
