"""A request as one state of an archive understands it: its query, its filters, its order, and what it finds."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from search.answer.meaning.reordering import Ranking
from search.answer.requests.interpretation import Interpretation
from search.engines.base import EngineHit, EngineResult, Searcher, Selection, Sort
from search.query.ast import Query
from search.request import SearchRequest, WordMode
from search.results import HitPlace

__all__ = ["Requested", "asks_for_any", "sort_of"]

_BATCH = 200
# Scores of so many hits are kept in memory for an export; beyond, hits are exported without them.
_MAX_SCORED_EXPORT = 50_000


class Requested:
    """A request that was interpreted, for answers other than a page of results with its facets."""

    def __init__(self, request: SearchRequest, reading: Interpretation, searcher: Searcher, ranking: Ranking) -> None:
        self._request = request
        self.reading = reading
        self._searcher = searcher
        self._ranking = ranking

    @cached_property
    def is_any(self) -> bool:
        """True when any of the words is enough, by request or because no article has all of them."""
        if self.reading.any_words is None or self._request.words is WordMode.ALL:
            return False
        if asks_for_any(self._request, self.reading):
            return True
        return self._searcher.search(self.reading.plain_query(is_filtered=False), limit=0).total == 0

    @property
    def selections(self) -> tuple[Selection, ...]:
        """The chosen and excluded values, with the ids that entities have now."""
        return self.reading.selections

    @cached_property
    def query(self) -> Query:
        """The executed query, with what ranks beside what matches."""
        return self.reading.query(is_any=self.is_any)

    @cached_property
    def plain_query(self) -> Query:
        """The executed query that only matches: the same documents as `query`."""
        return self.reading.plain_query(is_any=self.is_any)

    def count(self) -> int:
        """Count the documents found."""
        return self._searcher.search(self.plain_query, selections=self.selections, limit=0).total

    def find(self, *, limit: int, offset: int) -> EngineResult:
        """Return `limit` hits from `offset` on in the order that was asked for."""
        sort = sort_of(self._request)
        return self._ranking.search(self.query, selections=self.selections, sort=sort, limit=limit, offset=offset)

    def place(self, article_id: str) -> HitPlace | None:
        """Return where an article stands on the page that the request is for; None when it is not there."""
        request = self._request
        first = (request.page - 1) * request.size
        # The page, and one hit on either side of it.
        start = max(0, first - 1)
        found = self.find(limit=request.size + 2, offset=start)
        ids = [hit.id for hit in found.hits]
        if article_id not in ids[first - start : first - start + request.size]:
            return None
        at = ids.index(article_id)
        return HitPlace(
            rank=start + at + 1,
            total=found.total,
            before=ids[at - 1] if at else None,
            after=ids[at + 1] if at + 1 < len(ids) else None,
        )

    def batches(self) -> Iterator[Sequence[EngineHit]]:
        """Yield all hits in order, some hundred at a time."""
        hits = self._all_hits()
        while batch := tuple(islice(hits, _BATCH)):
            yield batch

    def _all_hits(self) -> Iterator[EngineHit]:
        total = self.count()
        if total <= _MAX_SCORED_EXPORT:
            yield from self.find(limit=total, offset=0).hits
            return
        for article_id in self._ranking.scan(self.query, selections=self.selections, sort=sort_of(self._request)):
            yield EngineHit(article_id, 0.0)


def asks_for_any(request: SearchRequest, reading: Interpretation) -> bool:
    """True when any of the words is enough: by request, or for a long query whose best articles come first."""
    if reading.any_words is None:
        return False
    is_by_length = request.words is WordMode.AUTO and reading.is_long and sort_of(request) is Sort.RELEVANCE
    return request.words is WordMode.ANY or is_by_length


def sort_of(request: SearchRequest) -> Sort:
    """Return the order that was asked for, or the one that suits the request."""
    return request.sort or (Sort.RELEVANCE if request.q.strip() else Sort.NEWEST)
