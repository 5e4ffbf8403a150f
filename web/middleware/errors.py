"""Errors as pages and as JSON: what happened and what to do next. Never a traceback."""

import logging
from dataclasses import dataclass
from typing import Annotated, ClassVar

from flask import Flask, jsonify, redirect, request
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, TooManyRequests
from werkzeug.wrappers import Response

from index.errors import (
    DecisionError,
    DossierError,
    EngineTimeoutError,
    EngineUnavailableError,
    IndexLockedError,
    IndexMissingError,
    NotFoundError,
    UsageError,
    UsersError,
)
from search.output.wording import typographic
from web.addresses.urls import entity_url, login_url, own_address, without_done
from web.frame.rendering import frame, show
from web.parts.records import Frame, Row
from web.visitors.signing_in import token_of_program
from web.visitors.users.records import UserRole
from web.visitors.visitor import Way, visitor

__all__ = ["EmptyPage", "ErrorPage", "OpeningPage", "add_error_pages", "empty_page"]

_LOG = logging.getLogger(__name__)

_STATUS = (
    (UsageError, 400),
    (NotFoundError, 404),
    (DecisionError, 409),
    (IndexMissingError, 503),
    (IndexLockedError, 503),
    (EngineUnavailableError, 503),
    (EngineTimeoutError, 503),
    (UsersError, 503),
    (DossierError, 500),
)

_HEADINGS = {
    400: "This address is not valid",
    401: "Log in first",
    404: "Page not found",
    403: "This is not allowed",
    405: "Read-only",
    409: "This was not done",
    413: "Request too large",
    414: "This address is too long",
    429: "Too many requests",
    500: "Something went wrong",
    503: "The search engine does not answer",
}

_ADVICE = {
    400: "Correct the address, or start a new search.",
    401: "Log in, go back, and try again.",
    404: "Check the address, or start a new search.",
    403: "Go back, load the page again, and try again.",
    405: "Follow a link or use the search box.",
    409: "Load the page again: it has changed. Then decide.",
    413: "Send less at once.",
    414: "Use fewer words or filters.",
    429: "Wait a little, then load the page again.",
    503: "Try again in a moment. If the error stays, the engine behind the server may be down.",
    500: "Try again. If the error stays, run “search-cli doctor” beside the index and read the server’s output.",
}

_REMOVABLE = ("/article/", "/entity/")
_JSON_PATHS = ("/api/", "/search.json", "/search.csv", "/mentions.json", "/mentions.csv", "/search.atom")

_STEPS = (
    Row("Put articles into a folder: plain text, Markdown, HTML, PDF, e-mail, JSON or CSV."),
    Row("Index it, in the folder where the server runs.", "search-cli index FOLDER"),
    Row("Reload this page. The server does not need a restart."),
)

_UNREADABLE = "The archive cannot be used at the moment."
_NO_PAGE = "There is nothing at this address."


@dataclass(frozen=True, slots=True)
class EmptyPage:
    """The page for an archive without an index: what to do, in three steps."""

    template: ClassVar[str] = "empty.html"

    frame: Annotated[Frame, "The frame of the page"]
    reason: Annotated[str, "Reason for the empty page"]
    steps: Annotated[tuple[Row, ...], "Steps with their commands"]


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """An error: what happened and what to do."""

    template: ClassVar[str] = "error.html"

    frame: Annotated[Frame, "The frame of the page"]
    status: Annotated[int, "HTTP status"]
    heading: Annotated[str, "The error in a few words"]
    message: Annotated[str, "Details"]
    advice: Annotated[str, "Advice"]


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """The page that opens another one of ours at once."""

    template: ClassVar[str] = "opening.html"

    frame: Annotated[Frame, "The frame of the page"]
    url: Annotated[str, "The page that opens"]


def add_error_pages(app: Flask) -> None:
    """Answer every error as a page, or as JSON when a program asked."""
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(DossierError, _show_dossier_error)
    app.register_error_handler(Exception, _show_unexpected_error)


def empty_page(reason: str, *, status: int) -> Response:
    """Return the page that is shown while there is nothing to search."""
    steps = _STEPS if _runs_the_server() else ()
    # The steps say what to run.
    reason = typographic(reason.partition(" - run: ")[0].removesuffix(".") + "." if steps else reason)
    return show(
        EmptyPage(frame("Nothing to search yet", has_search=False, styles=("prose.css",)), reason, steps),
        status=status,
    )


def _show_http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        # A redirect that was raised is an answer of its own.
        return error.get_response(request.environ)
    is_default = error.description == type(error).description
    message = _NO_PAGE if status == 404 and is_default else error.description or error.name
    if status == 401 and request.method in ("GET", "HEAD") and not _wants_json():
        return _lead_to_login()
    answer = _answer(message, status)
    if isinstance(error, MethodNotAllowed):
        answer.headers["Allow"] = ", ".join(error.valid_methods or ("GET", "HEAD"))
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="Dossier"'
    if isinstance(error, TooManyRequests) and error.retry_after is not None:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _lead_to_login() -> Response:
    """Lead to the log-in, and from there back to this page.

    A browser that comes from a link of another site shows no cookie of a session. So it is asked to open the page once
    more from here: it may be logged in. A form that decides is not opened for another site.
    """
    here = own_address(request.path, request.query_string)
    is_link = request.headers.get("Sec-Fetch-Mode") == "navigate" and not _is_form(request.path)
    if is_link and request.headers.get("Sec-Fetch-Site") == "cross-site":
        answer = show(OpeningPage(frame("Opening"), here))
        answer.headers["Refresh"] = f"0; url={here}"
        return answer
    return redirect(login_url(without_done(here)), code=303)


def _is_form(path: str) -> bool:
    return path.startswith(entity_url("")) and path.count("/") > 2


def _show_dossier_error(error: DossierError) -> Response:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    if status == 500:
        _LOG.error("%s %s", request.method, request.path, exc_info=error)
    if isinstance(error, EngineUnavailableError | EngineTimeoutError | UsersError):
        _LOG.error("%s %s: %s", request.method, request.path, error)
    if status >= 500 and not _runs_the_server():
        # The message names folders and commands of the server.
        _LOG.warning("%s %s: %s", request.method, request.path, error)
        return _answer(_UNREADABLE, status)
    if isinstance(error, IndexMissingError) and not _wants_json():
        return empty_page(str(error), status=200 if request.path == "/" else 503)
    return _answer(str(error), status)


def _show_unexpected_error(error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.path, exc_info=error)
    return _answer("An unexpected error occurred on the server.", InternalServerError.code)


def _answer(message: str, status: int) -> Response:
    if _wants_json():
        answer = jsonify({"ok": False, "error": message, "status": status})
        answer.status_code = status
        return answer
    heading = _HEADINGS.get(status, "Request failed")
    advice = _ADVICE.get(status, "Go back and try again.")
    if status >= 500 and not _runs_the_server():
        advice = "Try again in a moment. If the error stays, tell whoever runs this server."
    if status == 404 and request.path.startswith(_REMOVABLE):
        advice = "It may have been removed, or merged into another. Search for its words."
    page = ErrorPage(frame(heading, has_address=False), status, heading, typographic(message), advice)
    return show(page, status=status)


def _runs_the_server() -> bool:
    """Return whether commands and folders of the server mean something to the visitor."""
    return visitor().way is Way.THIS_MACHINE or visitor().may(UserRole.ADMIN)


def _wants_json() -> bool:
    return request.path.startswith(_JSON_PATHS) or bool(token_of_program())
