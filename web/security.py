"""Request checks and response headers for every page.

Nothing is written unless the server was started for editing. Then only the addresses in `WRITING_PATHS` take anything,
and only from pages of this server that are open on this machine: a page of another site that sends a form here has
another origin and no token.
"""

import re
from collections.abc import Mapping
from functools import partial
from ipaddress import ip_address

from flask import Flask, Response, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import Forbidden, MethodNotAllowed, RequestURITooLarge, SecurityError

from web.editing import EDIT_COMMAND, MAX_FORM, editing

__all__ = ["DEFAULT_HOSTS", "HEADERS", "WRITING_PATHS", "is_foreign", "is_loopback", "is_trusted", "protect"]

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

# Nothing else is sent to the server: pages are read with GET, and their whole state is in the address.
_MAX_BODY = 1024
# A thousand letters of any script are nine thousand characters of an address; the filters need room as well.
_MAX_ADDRESS = 16_384
_METHODS = ("GET", "HEAD")


_NOT_FROM_HERE = (
    "This was sent by a page of another site, or by one that is older than this server. Nothing was changed. Open the "
    "page again here, and repeat what you wanted."
)


def protect(app: Flask, *, trusted_hosts: tuple[str, ...], is_editable: bool = False) -> None:
    """Make the application refuse foreign hosts, methods that change things and overlong addresses."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_FORM if is_editable else _MAX_BODY
    app.before_request(partial(_check_request, trusted_hosts))
    app.after_request(_add_headers)


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
    if request.path in WRITING_PATHS:
        _check_writing()
    elif request.method not in _METHODS:
        raise MethodNotAllowed(valid_methods=_METHODS, description="This address only answers GET and HEAD requests.")
    if len(request.query_string) + len(request.path) > _MAX_ADDRESS:
        raise RequestURITooLarge(f"The address is longer than {_MAX_ADDRESS:,} characters. Shorten the search.")


def _check_writing() -> None:
    """Let only forms of our own pages change something."""
    wanted = editing()
    if wanted is None:
        raise MethodNotAllowed(
            valid_methods=_METHODS,
            description=f"Nothing can be changed here: editing is switched off. To switch it on: {EDIT_COMMAND}",
        )
    if request.method != "POST":
        raise MethodNotAllowed(valid_methods=("POST",), description="This address takes only forms of our pages.")
    # A name that leads here from elsewhere, such as that of a proxy, may read and not write.
    if is_foreign(request.headers) or not is_loopback(_PORT.sub("", request.host)):
        raise Forbidden(_NOT_FROM_HERE)
    origin = request.headers.get("Origin")
    if origin is not None and origin != request.host_url.rstrip("/"):
        raise Forbidden(_NOT_FROM_HERE)
    if request.mimetype != "application/x-www-form-urlencoded" or not wanted.knows(request.form.get("token", "")):
        raise Forbidden(_NOT_FROM_HERE)


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
