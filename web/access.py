"""The archive of an application, opened by the first request that needs it; each request sees one state of it."""

from collections.abc import Sequence
from contextlib import ExitStack
from threading import Lock
from typing import cast

from flask import Flask, current_app, g, request

from index.settings import Settings
from search.answer.service import SearchService
from search.archive import ArchiveView, OpenArchive, open_archive
from search.request import SearchRequest
from web.addresses.reading import strict_request

__all__ = ["ArchiveAccess", "add_archive", "archive_view", "renew_view", "search_service", "strictly_wanted"]

_EXTENSION = "dossier"


class ArchiveAccess:
    """Opens the archive once; safe to use from many threads. The next request tries again after a failure."""

    def __init__(self, settings: Settings, archive: OpenArchive | None = None) -> None:
        self.settings = settings
        self._archive = archive
        self._lock = Lock()

    def get(self) -> OpenArchive:
        """Return the archive; raises `DossierError` when it cannot be opened."""
        with self._lock:
            if self._archive is None:
                self._archive = open_archive(self.settings)
            return self._archive


def add_archive(app: Flask, settings: Settings, archive: OpenArchive | None) -> ArchiveAccess:
    """Let the requests of an application see an archive: `archive`, or the one that the settings name."""
    access = app.extensions[_EXTENSION] = ArchiveAccess(settings, archive)
    app.teardown_request(_leave_view)
    return access


def archive_view() -> ArchiveView:
    """Return the state of the archive that this request sees; raises `DossierError` when it cannot be opened.

    The first call of a request decides; the state is kept until its answer is sent, the last line of a stream included.
    """
    if "view" not in g:
        # Flask keeps extensions as untyped values; `add_archive` puts an ArchiveAccess there.
        access = cast("ArchiveAccess", current_app.extensions[_EXTENSION])
        stack = ExitStack()
        g.view = stack.enter_context(access.get().view())
        g.view_stack = stack
    return cast("ArchiveView", g.view)


def search_service() -> SearchService:
    """Return the service of this request; raises as `archive_view`."""
    return archive_view().service


def strictly_wanted(*, also: Sequence[str] = ()) -> SearchRequest:
    """Return the search of this request's address; raises `UsageError` for any parameter that is unknown or unreadable.

    `also` are parameters of the endpoint itself, which are ignored here.
    """
    return strict_request(request.args.items(multi=True), lambda: search_service().currencies, also=also)


def renew_view() -> None:
    """Let the rest of this request see the archive as it is now, after a change."""
    _leave_view(None)


def _leave_view(error: BaseException | None) -> None:
    stack: ExitStack | None = g.pop("view_stack", None)
    g.pop("view", None)
    if stack is not None:
        stack.close()
