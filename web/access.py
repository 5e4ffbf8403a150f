"""The one search service of an application, opened when it is first needed."""

from threading import Lock
from typing import cast

from flask import current_app

from index.settings import Settings
from search.answer.service import SearchService, open_service

__all__ = ["ServiceAccess", "search_service"]


class ServiceAccess:
    """Holds the service; safe to use from many threads. A failure to open is tried again by the next request."""

    def __init__(self, settings: Settings, service: SearchService | None = None) -> None:
        self.settings = settings
        self._service = service
        self._lock = Lock()

    def get(self) -> SearchService:
        """The service; raises `DossierError` when the index cannot be opened."""
        with self._lock:
            if self._service is None:
                self._service = open_service(self.settings)
            return self._service


def service_access() -> ServiceAccess:
    """What the current application reaches its index through."""
    # Flask keeps extensions as untyped values; `create_app` puts a ServiceAccess there.
    return cast("ServiceAccess", current_app.extensions["dossier"])


def search_service() -> SearchService:
    """The service of the current application; raises `DossierError` when the index cannot be opened."""
    return service_access().get()
