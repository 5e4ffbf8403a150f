"""One's own account: password and tokens."""

from flask import Blueprint, redirect, request
from werkzeug.exceptions import BadRequest, TooManyRequests
from werkzeug.wrappers import Response

from index.errors import NotFoundError, UsageError
from web.addresses.urls import ACCOUNT_URL
from web.frame.rendering import frame
from web.middleware.security import require
from web.pages.users.context import AccountPage
from web.pages.users.parts import add_token, here_users, revoke_token, show_unkept, tokens_part, told_to_wait
from web.visitors.signing_in import LoginRefusedError, sign_in
from web.visitors.users.passwords import MIN_PASSWORD
from web.visitors.users.records import UserRole
from web.visitors.visitor import visitor

__all__ = ["blueprint"]

blueprint = Blueprint("account", __name__)

_SAID = {
    "password": "Your password was changed. All other browsers were logged out.",
    "revoked": "The token was revoked.",
}


@blueprint.before_request
def _let_users_in() -> None:
    require(UserRole.VIEWER, by_session=True)


@blueprint.get(ACCOUNT_URL)
def show_account() -> Response:
    """Show the account of the user who is logged in."""
    return _page(message=_SAID.get(request.args.get("said", ""), ""))


@blueprint.post(ACCOUNT_URL)
def change_account() -> Response:
    """Do what a form of the account asks for."""
    action = request.form.get("action")
    try:
        match action:
            case "password":
                return _change_password()
            case "add-token":
                return _page(secret=add_token(visitor().name))
            case "revoke-token":
                revoke_token(visitor().name)
                return redirect(f"{ACCOUNT_URL}?said=revoked", code=303)
            case _:
                raise BadRequest("This form asks for nothing that can be done. Load the page again.")
    except (UsageError, NotFoundError) as error:
        return _page(error=str(error), status=400)


def _change_password() -> Response:
    """Change the password if the one of before is right; this browser stays logged in, and no other."""
    form, name, users = request.form, visitor().name, here_users()
    if form.get("new", "") != form.get("again", ""):
        raise UsageError("The two new passwords are not the same. Type them again.")
    try:
        sign_in().checked(name, form.get("current", ""))
    except LoginRefusedError:
        return _page(error="Your current password is wrong. Nothing was changed.", status=400)
    except TooManyRequests as error:
        return told_to_wait(_page(error=str(error.description), status=429), error)
    user = users.accounts.set_password(name, form.get("new", ""))
    answer = redirect(f"{ACCOUNT_URL}?said=password", code=303)
    sign_in().keep_session(answer, users.sessions.begin(user))
    return answer


def _page(*, secret: str = "", message: str = "", error: str = "", status: int = 200) -> Response:
    user = here_users().accounts.find(visitor().name)
    page = AccountPage(
        frame=frame(user.name, current=ACCOUNT_URL),
        name=user.name,
        note=_NOTES[user.role],
        message=message,
        error=error,
        shortest=MIN_PASSWORD,
        tokens=tokens_part(user, ACCOUNT_URL, secret),
    )
    return show_unkept(page, status=status)


_NOTES = {
    UserRole.VIEWER: "You are a viewer: you read.",
    UserRole.EDITOR: "You are an editor: you read, correct names and undo decisions.",
    UserRole.ADMIN: "You are an admin: you read, correct names, undo decisions and manage users.",
}
