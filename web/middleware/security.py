"""Request checks and response headers for every page.

Nothing is written unless the server was started for editing or has users. Then only the addresses in `WRITING_PATHS`
and `USER_PATHS` take anything, and only from pages of this server: a page of another site that sends a form here has
another origin and no token. Without users, these pages have to be open on this machine.
"""

import logging
import re
from collections.abc import Mapping
from functools import partial
from ipaddress import ip_address

from flask import Flask, Response, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import (
    Forbidden,
    MethodNotAllowed,
    RequestURITooLarge,
    SecurityError,
    Unauthorized,
)

from web.visitors.editing import EDIT_COMMAND, MAX_FORM, edits_here
from web.visitors.signing_in import identify, sign_in
from web.visitors.users.records import UserRole
from web.visitors.users.secrets import is_masked
from web.visitors.visitor import Way, visitor

__all__ = [
    "DEFAULT_HOSTS",
    "HEADERS",
    "USER_PATHS",
    "WRITING_PATHS",
    "is_address",
    "is_foreign",
    "is_loopback",
    "is_trusted",
    "protect",
    "require",
]

_LOG = logging.getLogger(__name__)

# Names of this machine only. Any other name in the Host header means that a foreign site has pointed its name here
# ("DNS rebinding") to read the archive.
DEFAULT_HOSTS = ("localhost", "127.0.0.1", "[::1]")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # The address holds the words of a search, which no other site may see. With "no-referrer", browsers would not say
    # either that a form comes from a page of ours.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}

_HOST = re.compile(r"(?P<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.ASCII)

_PORT = re.compile(r":\d{1,5}\Z", re.ASCII)

WRITING_PATHS = ("/decide", "/undo")
"""The addresses that change the archive, by POST and only while editing is switched on."""

USER_PATHS = ("/login", "/logout", "/account", "/users")
"""The addresses that take forms on a server with users, beside those that change the archive."""

# They take forms and show nothing.
_FORMS_ALONE = (*WRITING_PATHS, "/logout")
# Before a log-in, only these are answered, and static files.
_OPEN_PATHS = ("/login", "/robots.txt")

# Nothing else is sent to the server: pages are read with GET, and their whole state is in the address.
_MAX_BODY = 1024
# A thousand letters of any script are nine thousand characters of an address; the filters need room as well.
_MAX_ADDRESS = 16_384
_METHODS = ("GET", "HEAD")


_NOT_FROM_HERE = (
    "This was sent by a page of another site, or by one that is older than this server or your log-in. Nothing was "
    "changed. Open the page again here, and repeat what you wanted."
)
_LOG_IN = "Log in first. Nothing was done."
_NEEDS = {
    UserRole.VIEWER: "You may not read here.",
    UserRole.EDITOR: "You may read here, and not correct names. Ask an admin for the role “editor”.",
    UserRole.ADMIN: "Only admins manage users.",
}
_NEEDS_A_SESSION = "This page is for people: a token reads and edits the archive, and nothing else."


def protect(app: Flask, *, trusted_hosts: tuple[str, ...], takes_forms: bool = False) -> None:
    """Make the application refuse foreign hosts, strangers, methods that change things and overlong addresses."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_FORM if takes_forms else _MAX_BODY
    app.before_request(partial(_check_request, trusted_hosts))
    app.after_request(_add_headers)


def require(role: UserRole, *, by_session: bool = False) -> None:
    """Raise `Unauthorized` for a visitor who should log in, and `Forbidden` for one without the rights of a role.

    With `by_session`, programs are refused.
    """
    found = visitor()
    if found.way is Way.NONE and not found.may(role):
        raise Unauthorized(_LOG_IN)
    if by_session and found.way is not Way.SESSION:
        raise Forbidden(_NEEDS_A_SESSION) if found.way is Way.TOKEN else Unauthorized(_LOG_IN)
    if not found.may(role):
        raise Forbidden(_NEEDS[role])


def is_trusted(host: str, trusted_hosts: tuple[str, ...]) -> bool:
    """True when a Host header names one of the hosts, with any port; a leading "." stands for all names below a domain.

    Flask's own `TRUSTED_HOSTS` takes no IPv6 addresses.

    >>> is_trusted("localhost:8000", ("localhost",)), is_trusted("localhost.evil.example", ("localhost",))
    (True, False)
    """
    found = _HOST.fullmatch(host.lower())
    if found is None:
        return False
    name = found["name"]
    return any(name == known or (known.startswith(".") and name.endswith(known)) for known in trusted_hosts)


def _check_request(trusted_hosts: tuple[str, ...]) -> None:
    if not is_trusted(request.host, trusted_hosts):
        raise SecurityError("Unknown host name. Add it with --trust-host.")
    if request.endpoint != "static":
        identify()
    has_users = sign_in().users is not None
    if request.path in WRITING_PATHS and edits_here() is None:
        raise MethodNotAllowed(valid_methods=_METHODS, description=_switched_off())
    takes_forms = request.path in WRITING_PATHS or (has_users and request.path in USER_PATHS)
    is_shown = not takes_forms or request.path not in _FORMS_ALONE
    if takes_forms and request.method == "POST":
        _check_form()
    elif takes_forms and not is_shown:
        raise MethodNotAllowed(valid_methods=("POST",), description="This address takes only forms of our pages.")
    elif request.method not in _METHODS:
        methods = (*_METHODS, "POST") if takes_forms else _METHODS
        raise MethodNotAllowed(valid_methods=methods, description="This address only answers GET and HEAD requests.")
    elif request.endpoint != "static" and request.path not in _OPEN_PATHS:
        require(UserRole.VIEWER)
    if len(request.query_string) + len(request.path) > _MAX_ADDRESS:
        raise RequestURITooLarge(f"The address is longer than {_MAX_ADDRESS:,} characters. Shorten the search.")


def _switched_off() -> str:
    if sign_in().users is None:
        return f"Nothing can be changed here: editing is switched off. To switch it on: {EDIT_COMMAND}"
    return "Nothing can be changed here: editing is switched off. Ask whoever runs this server."


def _check_form() -> None:
    """Let only forms of our own pages change something, and programs with a token change the archive."""
    is_login = request.path == "/login"
    if not is_login:
        is_writing = request.path in WRITING_PATHS
        require(UserRole.EDITOR if is_writing else UserRole.VIEWER, by_session=not is_writing)
    found = visitor()
    # A name that leads here from elsewhere, such as that of a proxy, may read and not write.
    is_elsewhere = found.way is Way.THIS_MACHINE and not is_loopback(_PORT.sub("", request.host))
    if is_foreign(request.headers) or is_elsewhere or not _is_own_origin():
        raise Forbidden(_NOT_FROM_HERE)
    if request.mimetype != "application/x-www-form-urlencoded":
        raise Forbidden(_NOT_FROM_HERE)
    # A browser never sends the token of a program by itself, so that no other site can make it do so.
    if found.way is Way.TOKEN and not is_login:
        return
    token = request.form.get("token", "")
    if not (sign_in().knows_visit(token) if is_login else is_masked(token, found.form_token)):
        raise Forbidden(_NOT_FROM_HERE)


def _is_own_origin() -> bool:
    origin = request.headers.get("Origin")
    here = request.host_url.rstrip("/")
    if origin is None or origin == here:
        return True
    if origin == here.replace("http://", "https://", 1):
        _LOG.warning("A form of %s was refused: this server is %s. Behind HTTPS, give --trusted-proxy.", origin, here)
    return False


def is_loopback(host: str) -> bool:
    """True when only programs of this machine can connect to a host; an IPv6 address may have its brackets.

    >>> is_loopback("[::1]"), is_loopback("127.0.0.2"), is_loopback("0.0.0.0"), is_loopback("news.example")
    (True, True, False, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False


def is_address(text: str) -> bool:
    """True for an IP address.

    >>> is_address("192.0.2.1"), is_address("::1"), is_address("proxy.example")
    (True, True, False)
    """
    try:
        return ip_address(text) is not None
    except ValueError:
        return False


def is_foreign(headers: Headers | Mapping[str, str]) -> bool:
    """True when a browser says that another site made it ask.

    >>> is_foreign({"Sec-Fetch-Site": "cross-site"}), is_foreign({"Sec-Fetch-Site": "same-origin"}), is_foreign({})
    (True, False, False)
    """
    return headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
