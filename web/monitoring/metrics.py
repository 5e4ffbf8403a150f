"""Counts of requests, times of searches and the state of the archive, for Prometheus at `/metrics`."""

import logging
import time
from collections import Counter
from collections.abc import Iterator
from threading import Lock
from typing import Final, cast

from flask import Blueprint, Flask, Response, current_app, g, request

from index.errors import DossierError
from search.archive import ArchiveView
from search.cli.logs import log_event
from search.output.prometheus import CONTENT_TYPE, Histogram, Metric, Sample, render_metrics
from web.access import archive_view
from web.middleware.caching import NO_TAG

__all__ = ["METRICS", "Counts", "add_metrics"]

METRICS: Final = "/metrics"

_LOG = logging.getLogger(__name__)

_EXTENSION: Final = "dossier_metrics"
# Seconds: from what is in memory to what a deadline ends.
_BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)
# Addresses that are nothing here are one route, however many strangers try.
_NO_ROUTE: Final = "none"

_blueprint = Blueprint("metrics", __name__)


class Counts:
    """Requests by route, method and status, and times; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._started = time.time()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._answers: dict[str, Histogram] = {}
        self._searches = Histogram(_BOUNDS)

    def note(self, route: str, method: str, status: int, seconds: float, search_seconds: float | None) -> None:
        """Count a request, and the time that it spent searching if it did."""
        with self._lock:
            self._requests[route, method, status] += 1
            self._answers.setdefault(route, Histogram(_BOUNDS)).observe(seconds)
            if search_seconds is not None:
                self._searches.observe(search_seconds)

    def metrics(self) -> Iterator[Metric]:
        """Yield what was counted since the start."""
        with self._lock:
            requests = [
                Sample(count, {"route": route, "method": method, "status": str(status)})
                for (route, method, status), count in sorted(self._requests.items())
            ]
            answers = [
                sample for route, times in sorted(self._answers.items()) for sample in times.samples({"route": route})
            ]
            searches = list(self._searches.samples())
            failures = sum(count for (_, _, status), count in self._requests.items() if status >= 500)
        yield Metric("dossier_requests_total", "counter", "Requests by route, method and status.", requests)
        yield Metric("dossier_request_seconds", "histogram", "Time until an answer begins, by route.", answers)
        yield Metric("dossier_search_seconds", "histogram", "Time of searches, without making the page.", searches)
        yield Metric.of("dossier_failed_requests_total", "counter", "Requests with a status of 500 or more.", failures)
        yield Metric.of(
            "dossier_start_time_seconds", "gauge", "Start of the server, seconds since 1970.", self._started
        )


def add_metrics(app: Flask, *, is_shown: bool) -> None:
    """Count the requests of an application; with `is_shown`, answer `/metrics`, to whoever may read the archive."""
    app.extensions[_EXTENSION] = Counts()
    app.after_request(_note)
    if is_shown:
        app.register_blueprint(_blueprint)


def _note(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule is not None else _NO_ROUTE
    # Anything may be sent as a method.
    method = request.method if request.method in ("GET", "HEAD", "POST") else "other"
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    searched = g.get("search_milliseconds")
    _counts().note(route, method, response.status_code, seconds, None if searched is None else searched / 1000)
    if _LOG.isEnabledFor(logging.INFO):
        # Never the address: it holds what was searched for.
        fields = {"route": route, "method": method, "status": response.status_code, "ms": round(seconds * 1000, 1)}
        log_event(_LOG, "request", fields)
    return response


@_blueprint.get(METRICS)
def show_metrics() -> Response:
    """Return all metrics. Without an archive, those of the requests and `dossier_up` 0."""
    try:
        archive = list(_archive_metrics(archive_view()))
    except DossierError:
        archive = [_up(0)]
    response = Response(render_metrics([*_counts().metrics(), *archive]), content_type=CONTENT_TYPE)
    response.headers[NO_TAG] = "1"
    return response


def _archive_metrics(view: ArchiveView) -> Iterator[Metric]:
    catalog, state = view.service.catalog, view.state
    statistics = catalog.statistics()
    info = {"archive": state.archive, "generation": state.generation}
    yield _up(1)
    yield Metric("dossier_archive_info", "gauge", "The archive and its generation.", (Sample(1, info),))
    yield Metric.of("dossier_archive_changes_total", "counter", "Changes that readers can see.", state.changes)
    yield Metric.of("dossier_articles", "gauge", "Articles of the archive.", statistics.articles)
    yield Metric.of("dossier_documents", "gauge", "Documents of the engine.", view.service.searcher.document_count)
    yield Metric.of("dossier_articles_failed", "gauge", "Articles and files that failed.", statistics.failures)
    yield Metric.of("dossier_suggestions", "gauge", "Possible duplicates to look at.", statistics.suggestions)


def _up(value: int) -> Metric:
    return Metric.of("dossier_up", "gauge", "1 while the archive can be read.", value)


def _counts() -> Counts:
    # Flask keeps extensions as untyped values; `add_metrics` puts Counts there.
    return cast("Counts", current_app.extensions[_EXTENSION])
