"""Log-in and log-out."""

from flask import Blueprint, redirect, request
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from web.addresses.urls import LOGIN_URL, LOGOUT_URL, without_done
from web.frame.rendering import frame
from web.middleware.security import is_loopback
from web.pages.users.context import LoginPage
from web.pages.users.parts import show_unkept, told_to_wait
from web.visitors.signing_in import LoginRefusedError, sign_in
from web.visitors.visitor import Way, visitor

__all__ = ["blueprint"]

blueprint = Blueprint("login", __name__)

# The same for a name that nobody has, for a user who is shut out, and for a wrong password.
_WRONG = "Name or password are wrong. Nobody was logged in."
_LONGEST_NAME = 200


@blueprint.get(LOGIN_URL)
def show_login() -> Response:
    """Show the log-in; who is logged in goes on at once."""
    leads_to = _leads_to(request.args.get("next", ""))
    if visitor().way is Way.SESSION:
        return _go_on(leads_to)
    return _form(leads_to)


@blueprint.post(LOGIN_URL)
def log_in() -> Response:
    """Begin a session for a right name and password, and go on to the page that was wanted."""
    form = request.form
    name, leads_to = form.get("name", ""), _leads_to(form.get("next", ""))
    try:
        secret = sign_in().log_in(name, form.get("password", ""))
    except LoginRefusedError:
        return _form(leads_to, name=name, error=_WRONG, status=401)
    except TooManyRequests as error:
        return told_to_wait(_form(leads_to, name=name, error=str(error.description), status=429), error)
    answer = _go_on(leads_to)
    sign_in().keep_session(answer, secret)
    return answer


@blueprint.post(LOGOUT_URL)
def log_out() -> Response:
    """End the session, and go to the log-in, or to the first page where everybody reads."""
    sign_in().log_out()
    answer = _go_on("/" if sign_in().is_public else LOGIN_URL)
    sign_in().forget_session(answer)
    return answer


def _leads_to(text: str) -> str:
    """Return the page of ours to go to; the first page for addresses of others and for the log-in itself."""
    found = without_done(text)
    return "/" if found.partition("?")[0] in (LOGIN_URL, LOGOUT_URL) else found


def _go_on(leads_to: str) -> Response:
    return redirect(leads_to, code=303)


def _form(leads_to: str, *, name: str = "", error: str = "", status: int = 200) -> Response:
    here = sign_in()
    secret, token = here.visit()
    page = LoginPage(
        frame=frame("Log in", has_search=False),
        name=name[:_LONGEST_NAME],
        leads_to=leads_to,
        token=token,
        error=error,
        is_readable=not request.is_secure and not is_loopback(request.host.rpartition(":")[0] or request.host),
    )
    answer = show_unkept(page, status=status)
    here.begin_visit(answer, secret)
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="Dossier"'
    return answer
