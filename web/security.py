"""What every request must keep to and every answer carries, whatever page it is for (D11)."""

from flask import Flask, Request, Response, request
from werkzeug.exceptions import MethodNotAllowed, RequestURITooLarge

__all__ = ["DEFAULT_HOSTS", "HEADERS", "protect"]

# Names that only this machine has: any other in the Host header is a foreign page that had its name point here
# ("DNS rebinding") in order to read the archive.
DEFAULT_HOSTS = ("localhost", "127.0.0.1", "[::1]")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Words of a search stand in the address, and nobody else is to read them.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}

# Nothing is ever sent here: pages are read with GET, and their whole state is in the address.
_MAX_BODY = 1024
_MAX_ADDRESS = 8192
_METHODS = ("GET", "HEAD")


def protect(app: Flask, *, trusted_hosts: tuple[str, ...]) -> None:
    """Make the application refuse foreign hosts, methods that change things and endless addresses."""
    app.config["TRUSTED_HOSTS"] = list(trusted_hosts)
    app.config["MAX_CONTENT_LENGTH"] = _MAX_BODY
    app.before_request(_check_request)
    app.after_request(_add_headers)


def _check_request() -> None:
    _check(request)


def _check(incoming: Request) -> None:
    if incoming.method not in _METHODS:
        raise MethodNotAllowed(
            valid_methods=_METHODS, description="Only GET and HEAD are answered here: nothing can be changed."
        )
    if len(incoming.query_string) + len(incoming.path) > _MAX_ADDRESS:
        raise RequestURITooLarge(f"The address is longer than {_MAX_ADDRESS:,} characters. Shorten the search.")


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
