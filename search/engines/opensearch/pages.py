"""Pages of hits: one request for the first ten thousand, from hit to hit after that."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.engines.opensearch.mapping import DAY
from index.engines.opensearch.server import Server
from index.errors import EngineError
from search.engines.base import EngineHit, Sort
from search.engines.opensearch.requests import Body

__all__ = ["WINDOW", "read_hit", "sort_of", "walk"]

WINDOW = 10_000
"""The hits that the server finds at once."""

_AT_ONCE = 5_000
_KEEP_ALIVE = "5m"
_STRICT = {"allow_partial_search_results": "false"}


def sort_of(sort: Sort) -> list[Body]:
    """Return the order of hits; ties by id, undated ones last."""
    by_id: Body = {"id": "asc"}
    match sort:
        case Sort.RELEVANCE:
            return [{"_score": "desc"}, by_id]
        case Sort.NEWEST | Sort.OLDEST:
            order = "desc" if sort is Sort.NEWEST else "asc"
            return [{DAY: {"order": order, "missing": "_last"}}, by_id]


def read_hit(hit: Body) -> EngineHit:
    """Return a hit; the key of a document is its id and the number of a commit."""
    return EngineHit(hit["_id"].rpartition("#")[0], hit["_score"] or 0.0)


def walk(server: Server, index: str, body: Body) -> Iterator[EngineHit]:
    """Yield all hits of a request with a sort, in order, without limit.

    From the second page on, a point in time keeps all that is walked through, however long it takes. When it is lost
    with a node, the walk goes on after the last hit: the versions of a commit are the same on every copy.
    """
    after: list[Any] | None = None
    point = _Point(server, index)
    try:
        while True:
            page: Body = {**body, "size": _AT_ONCE, "track_total_hits": False, "track_scores": True}
            hits = point.search(page, after)
            yield from map(read_hit, hits)
            if len(hits) < _AT_ONCE:
                return
            after = hits[-1]["sort"]
    finally:
        point.close()


class _Point:
    """A point in time that is made when it is needed."""

    def __init__(self, server: Server, index: str) -> None:
        self._server = server
        self._index = index
        self._id: str | None = None

    def search(self, page: Body, after: list[Any] | None) -> list[Body]:
        def ask(client: OpenSearch) -> list[Body]:
            if after is None:
                found = client.search(index=self._index, body=page, params=_STRICT)
            else:
                found = self._next(client, {**page, "search_after": after})
            hits: list[Body] = found["hits"]["hits"]
            return hits

        return self._server.call(ask)

    def _next(self, client: OpenSearch, page: Body) -> Body:
        if self._id is not None:
            with suppress(NotFoundError):
                return _search_at(client, self._id, page)
        self._id = str(client.create_pit(index=self._index, params={"keep_alive": _KEEP_ALIVE})["pit_id"])
        return _search_at(client, self._id, page)

    def close(self) -> None:
        if self._id is not None:
            # It ends by itself, too.
            with suppress(EngineError):
                self._server.call(lambda client: client.delete_pit(body={"pit_id": [self._id]}))


def _search_at(client: OpenSearch, point: str, page: Body) -> Body:
    found: Body = client.search(body={**page, "pit": {"id": point, "keep_alive": _KEEP_ALIVE}}, params=_STRICT)
    return found
