"""The user that a request comes from: cookies of sessions, tokens of programs, log-in and log-out."""

import hashlib
import hmac
import logging
from typing import cast
from urllib.parse import unquote

from flask import Flask, current_app, request
from werkzeug.exceptions import BadRequest, TooManyRequests, Unauthorized
from werkzeug.wrappers import Response

from web.visitors.editing import edits_here
from web.visitors.rates import Rates, address_key
from web.visitors.users.attempts import TooManyAttemptsError
from web.visitors.users.opening import Users
from web.visitors.users.passwords import PasswordsBusyError
from web.visitors.users.records import User, UserRole
from web.visitors.users.secrets import digest, is_masked, mask, new_secret
from web.visitors.users.tokens import TOKEN
from web.visitors.visitor import Visitor, Way, set_visitor, visitor

__all__ = ["LoginRefusedError", "SignIn", "add_sign_in", "identify", "sign_in", "token_of_program"]

_EXTENSION = "dossier_sign_in"

_LOG = logging.getLogger(__name__)

_NOT_VALID = "This token is not valid: it expired or was revoked, or its user was disabled. Make a new one."
_IN_ADDRESS = (
    "There is a token in this address, where histories and logs keep it. Send it in a header instead – "
    "Authorization: Bearer TOKEN – and revoke this one."
)
_BUSY = "Many people log in at this moment. Try again in a few seconds."


class LoginRefusedError(Exception):
    """Name or password are wrong."""


class SignIn:
    """Log-in to one application. `is_public` lets everybody read; `rates` bounds the requests of each visitor.

    `users` is None on a server without users: everybody who can reach it reads, and on this machine alone edits.
    """

    def __init__(self, users: Users | None = None, *, is_public: bool = False, rates: Rates | None = None) -> None:
        self.users = users
        self.is_public = is_public
        self._rates = rates
        if users is not None:
            # Made now, so that the first unknown name takes no longer than the second.
            assert users.passwords.dummy

    def find_visitor(self) -> Visitor:
        """Return who makes this request. Raises `Unauthorized` for a token that is not valid."""
        if self.users is None:
            return self._visitor_without_users()
        secret = token_of_program()
        if secret:
            return self._program(self.users, secret)
        secret = request.cookies.get(self.cookie, "")
        session = self.users.sessions.find(secret) if secret else None
        if session is None:
            return Visitor(Way.NONE, role=UserRole.VIEWER if self.is_public else None)
        mark = f"{digest(secret)[:16]} {session.role}"
        return Visitor(Way.SESSION, session.role, session.user, form_token=_form_token(secret), mark=mark)

    def bound_rate(self, found: Visitor) -> None:
        """Count a request. Raises `TooManyRequests` for one too many of this user, or of this address."""
        if self._rates is None:
            return
        who = f"user {found.name}" if found.name else f"address {client_address()}"
        seconds = self._rates.take(who)
        if seconds:
            raise TooManyRequests(f"These were too many requests. Wait {_in_words(seconds)}.", retry_after=seconds)

    @property
    def cookie(self) -> str:
        """The name of the cookie of sessions. Another archive of this host has another one."""
        return self._cookie_name("session")

    @property
    def visit_cookie(self) -> str:
        """The name of the cookie that ties a log-in form to its browser."""
        return self._cookie_name("visit")

    def log_in(self, name: str, password: str) -> str:
        """Return the secret of a new session; the one that the browser had ends.

        Raises `LoginRefusedError`, `TooManyRequests` after many attempts, and `ServiceUnavailable`.
        """
        user = self.checked(name, password)
        users = self._users()
        old = request.cookies.get(self.cookie, "")
        if old:
            users.sessions.end(old)
        return users.sessions.begin(user)

    def checked(self, name: str, password: str) -> User:
        """Return the user with this name and password; raises as `log_in`."""
        users, address = self._users(), client_address()
        try:
            users.attempts.begin(name, address)
            user = users.accounts.check(name, password)
        except TooManyAttemptsError as error:
            raise TooManyRequests(
                f"There were too many attempts to log in. Try again in {_in_words(error.seconds)}.",
                retry_after=error.seconds,
            ) from error
        except PasswordsBusyError as error:
            raise TooManyRequests(_BUSY, retry_after=5) from error
        if user is None:
            # No name: people type their password there by mistake.
            _LOG.warning("a log-in failed, from %s", address)
            raise LoginRefusedError
        users.attempts.succeed(name, address)
        return user

    def log_out(self) -> None:
        """End the session of this request."""
        self._users().sessions.end(request.cookies.get(self.cookie, ""))

    def keep_session(self, response: Response, secret: str) -> None:
        """Let an answer give the browser its session."""
        self._set_cookie(response, self.cookie, secret)
        self._set_cookie(response, self.visit_cookie, "")

    def forget_session(self, response: Response) -> None:
        """Let an answer take the session from the browser, and what it kept of pages."""
        self._set_cookie(response, self.cookie, "")
        response.headers["Clear-Site-Data"] = '"cache"'

    def begin_visit(self, response: Response, secret: str) -> None:
        """Let an answer tie its log-in form to the browser."""
        self._set_cookie(response, self.visit_cookie, secret)

    def visit(self) -> tuple[str, str]:
        """Return the secret of a visit, a new one for a new browser, and the token that its log-in form sends."""
        secret = request.cookies.get(self.visit_cookie, "") or new_secret()
        return secret, mask(_form_token(secret))

    def knows_visit(self, token: str) -> bool:
        """True for the token of a log-in form that was made for this browser."""
        secret = request.cookies.get(self.visit_cookie, "")
        return bool(secret) and is_masked(token, _form_token(secret))

    def _users(self) -> Users:
        assert self.users is not None, "pages of users are there only with users"
        return self.users

    def _visitor_without_users(self) -> Visitor:
        if self.is_public:
            return Visitor(Way.NONE, UserRole.VIEWER)
        edits = edits_here()
        if edits is None:
            return Visitor(Way.THIS_MACHINE, UserRole.VIEWER)
        return Visitor(Way.THIS_MACHINE, UserRole.EDITOR, edits.decided_by, form_token=edits.token, mark=edits.mark)

    def _program(self, users: Users, secret: str) -> Visitor:
        found = users.tokens.find(secret)
        if found is None:
            raise Unauthorized(_NOT_VALID)
        return Visitor(Way.TOKEN, found.rights, found.user, mark=f"{digest(secret)[:16]} {found.rights}")

    def _cookie_name(self, kind: str) -> str:
        # Ports of a host share their cookies; the path of the file tells its archives apart.
        path = str(self.users.file.path) if self.users else ""
        which = hashlib.blake2s(path.encode("utf-8", "surrogateescape"), digest_size=4)
        # Browsers let only this host itself set a cookie that is named like this.
        return f"{'__Host-' if request.is_secure else ''}dossier-{kind}-{which.hexdigest()}"

    def _set_cookie(self, response: Response, name: str, value: str) -> None:
        response.set_cookie(
            name, value, max_age=None if value else 0, path="/", secure=request.is_secure, httponly=True,
            samesite="Strict",
        )  # fmt: skip


def add_sign_in(app: Flask, found: SignIn) -> None:
    """Let an application know its visitors."""
    app.extensions[_EXTENSION] = found


def sign_in() -> SignIn:
    """Return the log-in of this application."""
    # Flask keeps extensions as untyped values; `add_sign_in` puts this one there.
    return cast("SignIn", current_app.extensions[_EXTENSION])


def identify() -> None:
    """Find out who makes this request, and count it. Raises as `SignIn.find_visitor` and `SignIn.bound_rate`."""
    here = sign_in()
    if here.users is not None and TOKEN.search(unquote(request.full_path)):
        raise BadRequest(_IN_ADDRESS)
    try:
        set_visitor(here.find_visitor())
    finally:
        here.bound_rate(visitor())


def token_of_program() -> str:
    """Return the token that a program sends, "" for none."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def client_address() -> str:
    """Return the address of the client, or of its household."""
    return address_key(request.remote_addr or "")


def _form_token(secret: str) -> str:
    """Return the token of forms that belongs to a secret of a cookie and does not tell it."""
    return hmac.new(secret.encode("utf-8", "surrogatepass"), b"form", hashlib.sha256).hexdigest()


def _in_words(seconds: int) -> str:
    """Return a time to wait in words.

    >>> _in_words(1), _in_words(40), _in_words(61)
    ('1 second', '40 seconds', '2 minutes')
    """
    if seconds > 60:
        return f"{-(-seconds // 60)} minutes"
    return "1 second" if seconds == 1 else f"{seconds} seconds"
