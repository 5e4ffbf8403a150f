"""The articles of a search in the order in which they came or changed: for feeds, and for who waits for new ones.

Whoever follows a search must not be told of other articles because one more came. So words are all required, unless any
was asked for, where a page would fall back to some of the words.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from msgspec.structs import replace

from index.catalog.reader import CatalogReader
from index.catalog.reading.records import Arrival
from search.answer.requests.requested import Requested
from search.engines.base import EngineHit, Searcher, Sort
from search.hits.making import HitMaker
from search.query.ast import And, Documents
from search.request import SearchRequest, Selection, WordMode
from search.views import ArrivedHits, FeedEntry

__all__ = ["Following", "standing"]

# So many articles are looked up by id at most; of more, those that changed last are asked whether they match.
_MOST_LOOKED_UP: Final = 2_000
_AT_ONCE: Final = 1_000


def standing(request: SearchRequest) -> SearchRequest:
    """Return a request as it is followed: it has no page, and no order, and never falls back to some of its words.

    >>> standing(SearchRequest(q="a b", page=3)).words
    <WordMode.ALL: 'all'>
    """
    words = WordMode.ANY if request.words is WordMode.ANY else WordMode.ALL
    return replace(request, words=words, sort=None, order=None, page=1, size=SearchRequest().size)


class Following:
    """The articles of one standing request in one state of an archive, by when they came and changed."""

    def __init__(self, asked: Requested, catalog: CatalogReader, searcher: Searcher, maker: HitMaker) -> None:
        self._asked = asked
        self._catalog = catalog
        self._searcher = searcher
        self._maker = maker

    @property
    def selections(self) -> tuple[Selection, ...]:
        """The chosen and excluded values, with the ids that entities have now."""
        return self._asked.selections

    def last_changed(self, limit: int) -> tuple[FeedEntry, ...]:
        """Return the `limit` articles that came or changed last, the newest first."""
        asked = self._asked
        if asked.count() <= _MOST_LOOKED_UP:
            found = self._searcher.scan(asked.plain_query, selections=asked.selections, sort=Sort.NEWEST)
            arrivals = self._catalog.arrivals(list(found)).values()
            return self._entries(sorted(arrivals, key=lambda arrival: -arrival.change)[:limit])
        return self._entries(tuple(islice(self._newest_first(), limit)))

    def arrived(self, after: int, *, with_changed: bool = False) -> Iterator[ArrivedHits]:
        """Yield the articles that came after an `Arrival.number`, in this order, some hundred at a time.

        With `with_changed`, those that came or changed after an `Arrival.change`. Each part says where the next call
        goes on, and may be empty.
        """
        read: Callable[..., tuple[Arrival, ...]] = (
            self._catalog.changed_after if with_changed else self._catalog.arrived_after
        )
        while arrivals := read(after, limit=_AT_ONCE):
            after = arrivals[-1].change if with_changed else arrivals[-1].number
            yield ArrivedHits(after, self._entries(self._matching(arrivals)))

    def _newest_first(self) -> Iterator[Arrival]:
        before: int | None = None
        while arrivals := self._catalog.last_changed(before=before, limit=_AT_ONCE):
            before = arrivals[-1].change
            yield from self._matching(arrivals)

    def _matching(self, arrivals: Sequence[Arrival]) -> tuple[Arrival, ...]:
        """Return those of the articles that match, in their order."""
        query = And((self._asked.plain_query, Documents(tuple(arrival.id for arrival in arrivals))))
        found = frozenset(self._searcher.scan(query, selections=self._asked.selections, sort=Sort.NEWEST))
        return tuple(arrival for arrival in arrivals if arrival.id in found)

    def _entries(self, arrivals: Sequence[Arrival]) -> tuple[FeedEntry, ...]:
        hits = self._maker.make([EngineHit(arrival.id, 0.0) for arrival in arrivals])
        return tuple(
            FeedEntry(hit, arrival.added, arrival.changed) for hit, arrival in zip(hits, arrivals, strict=True)
        )
