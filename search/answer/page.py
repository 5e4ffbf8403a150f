"""One page of a search: what is found, what is counted beside it, and what fills it up."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from index.catalog.reader import CatalogReader
from index.keywords.dates import UNDATED
from search.answer.facets import MAY_HAVE_NONE, facet_requests, unnamed_count
from search.answer.meaning.reordering import Ranking
from search.answer.requests.interpretation import Interpretation
from search.answer.requests.requested import asks_for_any, sort_of
from search.answer.ties import with_all_equals
from search.engines.base import CountRequest, EngineResult, FacetCounts, FacetRequest, Sort
from search.query.ast import And, Keyword, Query
from search.request import SearchRequest, WordMode

__all__ = ["PageFinder"]

# Keys of what is counted beside a page; no query text begins with NUL.
_UNDATED, _ALL, _ANY, _IN_ARCHIVE, _NONE = "\0undated", "\0all", "\0any", "\0archive", "\0none "


class PageFinder:
    """Finds one page of a request, and what is counted and shown beside it.

    Takes at most two calls to the engine, and one for each facet in which more values tie than were asked for.
    """

    def __init__(
        self,
        ranking: Ranking,
        request: SearchRequest,
        reading: Interpretation,
        alternative_queries: Mapping[str, Query],
    ) -> None:
        self._ranking = ranking
        self._request = request
        self._reading = reading
        self._alternatives = alternative_queries
        self.is_any = asks_for_any(request, reading)
        self.query = reading.query(is_any=self.is_any)
        self.page = request.page
        self.total_all = 0
        self.total_any = 0
        self.undated = 0
        self.unnamed: Mapping[str, int] = {}
        self.alternative_counts: Mapping[str, int] = {}

    def find(self, facets: Sequence[str], *, facet_limit: int, catalog: CatalogReader, explain: bool) -> EngineResult:
        """Return the page; the attributes then say how it was found."""
        wanted = facet_requests(facets, self._reading.selections, limit=facet_limit)
        asked = self._count_requests()
        valued = [field for field in facets if field in MAY_HAVE_NONE]
        asked |= self._unnamed_counts(valued)
        found = self._search(self.query, wanted, list(asked.values()), explain=explain)
        counts = dict(zip(asked, found.counts, strict=True))
        self.alternative_counts = {text: counts[text] for text in self._alternatives}
        self.total_any = counts.get(_ANY, found.total)
        self.total_all = counts.get(_ALL, 0 if self.is_any else found.total)
        self.undated = counts[_UNDATED]
        self.unnamed = {field: counts[_NONE + field] for field in valued}
        if self._falls_back(found.total, counts):
            self.is_any = True
            self.query = self._reading.query(is_any=True)
            self.page = self.page if (self.page - 1) * self._request.size < self.total_any else 1
            again = {_UNDATED: self._undated_count(), **self._unnamed_counts(valued)}
            found = self._search(self.query, wanted, list(again.values()), explain=explain)
            self.undated, *unnamed = found.counts
            self.unnamed = dict(zip(valued, unnamed, strict=True))
        elif not found.hits and found.total and self.page > 1:
            self.page = 1
            first = self._search(self.query, (), (), explain=explain)
            found = replace(found, hits=first.hits, explanations=first.explanations)
        return replace(
            found, facets=with_all_equals(found.facets, limit=facet_limit, count=self._count_values, catalog=catalog)
        )

    def fill(self, found: EngineResult, *, explain: bool) -> EngineResult:
        """Return the best documents with some of the words for a page that ends before its size is reached."""
        room = self._request.size - len(found.hits)
        may = self._request.words is WordMode.AUTO and not self.is_any and sort_of(self._request) is Sort.RELEVANCE
        if not may or room < 1 or self.total_any <= found.total:
            return EngineResult(0, (), ())
        rest = self._reading.partial_query()
        return self._ranking.find(rest, selections=self._reading.selections, limit=room, explain=explain)

    def _count_values(self, wanted: FacetRequest) -> FacetCounts:
        [counted] = self._ranking.find(self.query, selections=self._reading.selections, facets=[wanted], limit=0).facets
        return counted

    def _falls_back(self, total: int, counts: Mapping[str, int]) -> bool:
        """Return whether no article of the archive has all the words, where that matters.

        The archive decides, not the filters: a filter never changes what the words mean, and every number that a facet
        shows is the number that choosing its value gives.
        """
        may = self._request.words is WordMode.AUTO and not self.is_any and self._reading.any_words is not None
        return may and not total and not counts.get(_IN_ARCHIVE, 0)

    def _search(
        self, query: Query, facets: Sequence[FacetRequest], counts: Sequence[CountRequest], *, explain: bool
    ) -> EngineResult:
        return self._ranking.find(
            query,
            selections=self._reading.selections,
            facets=facets,
            sort=sort_of(self._request),
            limit=self._request.size,
            offset=(self.page - 1) * self._request.size,
            counts=counts,
            explain=explain,
        )

    def _count_requests(self) -> dict[str, CountRequest]:
        """Return what to count beside the page: by alternative text, or by one of the names below."""
        reading = self._reading
        requests = {text: CountRequest(query, reading.selections) for text, query in self._alternatives.items()}
        requests[_UNDATED] = self._undated_count()
        if self.is_any:
            requests[_ALL] = CountRequest(reading.plain_query(), reading.selections)
        if reading.any_words is not None:
            requests[_ANY] = CountRequest(reading.plain_query(is_any=True), reading.selections)
            if reading.filters or reading.selections:
                requests[_IN_ARCHIVE] = CountRequest(reading.plain_query(is_filtered=False))
        return requests

    def _undated_count(self) -> CountRequest:
        undated = Keyword("published_years", (UNDATED,))
        query = And((self._reading.plain_query(is_any=self.is_any), undated))
        return CountRequest(query, self._reading.selections)

    def _unnamed_counts(self, fields: Sequence[str]) -> dict[str, CountRequest]:
        """Return what counts the documents without a value in each of the fields, whatever is selected in it."""
        plain, selections = self._reading.plain_query(is_any=self.is_any), self._reading.selections
        return {_NONE + field: unnamed_count(field, plain, selections) for field in fields}
