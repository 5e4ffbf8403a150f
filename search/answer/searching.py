"""One road from a request to an answer: search, count, export and facets of an archive."""

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from msgspec.structs import replace

from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.engines.encoding import UNDATED
from index.model import Entity, Kind
from index.settings import ENGINE_FOLDER, Settings
from search.answer.facets import SIDEBAR_FIELDS, facet_page, facet_requests, make_facets
from search.answer.hits import HitMaker
from search.answer.interpretation import Reading, read_request, readable
from search.answer.names import ArchiveResolver, entity_notes
from search.answer.sentences import read_abbreviations
from search.answer.suggestions import FEW, has_unknown_words, suggest
from search.engines.base import EngineHit, EngineResult, FacetCounts, FacetRequest, Searcher, Sort
from search.engines.registry import open_searcher
from search.query.ast import And, Keyword, Query
from search.query.currencies import read_currencies
from search.query.printer import print_query
from search.request import SearchRequest, WordMode
from search.results import Facet, Hit, HitPlace, SearchResult, Suggestion

__all__ = ["ArchiveSearch", "open_parts", "open_search"]

_EXPORT_BATCH = 200
# Scores of so many hits are kept in memory for an export; beyond, hits are exported without them.
_MAX_SCORED_EXPORT = 50_000
_NO_CURRENCIES: Mapping[str, str] = MappingProxyType({})


def open_parts(settings: Settings) -> tuple[CatalogReader, Searcher]:
    """The catalog and the engine of the index that the settings name, both open.

    Raises `IndexMissingError`, `IndexOutdatedError`, `IndexDamagedError`, `IndexUntrustedError` or `CatalogError`.
    """
    catalog = open_reader(settings.index)
    try:
        return catalog, open_searcher(settings.engine, settings.index / ENGINE_FOLDER)
    except BaseException:
        catalog.close()
        raise


def open_search(settings: Settings) -> "ArchiveSearch":
    """What answers searches on the index that the settings name; raises as `open_parts`."""
    catalog, searcher = open_parts(settings)
    return ArchiveSearch(catalog, searcher, packs=settings.packs)


class ArchiveSearch:
    """Answers searches. Safe to use from many threads; each call sees the newest commit of the index."""

    def __init__(self, catalog: CatalogReader, searcher: Searcher, *, packs: Sequence[str] = ()) -> None:
        self._catalog = catalog
        self._searcher = searcher
        self._packs = tuple(packs)

    @property
    def catalog(self) -> CatalogReader:
        """What is known about the archive beside its words."""
        return self._catalog

    @property
    def searcher(self) -> Searcher:
        """The engine's read side, for benchmarks and checks."""
        return self._searcher

    def close(self) -> None:
        """Release the files of the index and the catalog."""
        self._searcher.close()
        self._catalog.close()

    # -- Searching --

    def search(
        self,
        request: SearchRequest,
        *,
        facets: Sequence[str] = SIDEBAR_FIELDS,
        facet_limit: int = 10,
        explain: bool = False,
    ) -> SearchResult:
        """The answer to a request, with the first `facet_limit` values of each of `facets` (field names).

        Words mean all words; when no article of the archive has all of them, any of them. A page beyond the last
        becomes the first.
        """
        started = time.perf_counter()
        self._searcher.refresh()
        reading = self._read(request)
        is_any = request.words is WordMode.ANY and reading.any_words is not None
        wanted = [*facet_requests(facets, request.selections, limit=facet_limit), _undated_request()]
        query = reading.query(is_any=is_any)
        found, page = self._page(query, request, wanted)
        if not found.total and self._falls_back(request, reading):
            is_any = True
            query = reading.query(is_any=True)
            found, page = self._page(query, request, wanted)
        hits = self._hit_maker(query, reading, request).make(found.hits)
        return SearchResult(
            request=replace(request, page=page),
            total=found.total,
            hits=hits,
            facets=make_facets(found.facets[:-1], request.selections, self._catalog),
            interpretation=reading.describe(is_any=is_any),
            notices=reading.notices,
            entity_notes=entity_notes(reading.named, self._catalog, self._searcher),
            suggestions=self._suggestions(request, reading, 0 if is_any else found.total),
            is_any=is_any,
            total_any=found.total if is_any else self._count_any(reading, request, found.total),
            undated=self._undated(found.facets[-1], query, request),
            explanations=tuple(self._searcher.explain(query, hit.id) for hit in hits) if explain else (),
            executed=print_query(query) if explain else "",
            milliseconds=(time.perf_counter() - started) * 1000,
        )

    def count(self, request: SearchRequest) -> int:
        """How many articles a request finds."""
        self._searcher.refresh()
        reading = self._read(request)
        is_any = self._is_any(request, reading)
        return self._count(reading.plain_query(is_any=is_any), request)

    def place(self, article_id: str, request: SearchRequest) -> HitPlace | None:
        """Where an article stands on the page of results that the request is for; None when it is not there."""
        self._searcher.refresh()
        reading = self._read(request)
        query = reading.query(is_any=self._is_any(request, reading))
        first = (request.page - 1) * request.size
        # The page, and one hit on either side of it.
        start = max(0, first - 1)
        found = self._searcher.search(
            query, selections=request.selections, sort=_sort_of(request), limit=request.size + 2, offset=start
        )
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

    def export(self, request: SearchRequest) -> Iterator[Hit]:
        """Every hit of a request in its order, whatever its page and size."""
        self._searcher.refresh()
        reading = self._read(request)
        is_any = self._is_any(request, reading)
        query = reading.query(is_any=is_any)
        maker = self._hit_maker(query, reading, request)
        batch: list[EngineHit] = []
        for hit in self._all_hits(query, request):
            batch.append(hit)
            if len(batch) == _EXPORT_BATCH:
                yield from maker.make(batch)
                batch = []
        yield from maker.make(batch)

    def facet_values(
        self,
        field: str,
        request: SearchRequest,
        *,
        contains: str = "",
        order: str = "count",
        limit: int = 50,
        offset: int = 0,
    ) -> Facet:
        """One facet of a request on its own: all its values by "count" or "name", a page of them at a time.

        With `contains`, only values one of whose names has a word that begins with it. `distinct` counts the values
        that the pages have together. Raises `UsageError` for a field that is no facet or an unknown order.
        """
        self._searcher.refresh()
        reading = self._read(request)
        is_any = self._is_any(request, reading)
        return facet_page(
            field,
            reading.plain_query(is_any=is_any),
            request.selections,
            catalog=self._catalog,
            searcher=self._searcher,
            contains=readable(contains),
            order=order,
            limit=limit,
            offset=offset,
        )

    def resolve_names(self, name: str, *, kind: Kind | None = None) -> Sequence[Entity]:
        """The entities with this id, canonical name or alias, most documents first."""
        return ArchiveResolver(self._catalog, self._searcher).entities(readable(name), kind)

    def similar_names(self, name: str, *, kind: Kind | None = None, limit: int = 3) -> Sequence[Entity]:
        """Entities with a name that is spelled nearly like this one, or that begins like it."""
        text = readable(name)
        near = [*self._catalog.similar_names(text), *self._catalog.complete_entities(text, kind=kind, limit=limit)]
        distinct = {entity.id: entity for entity in near if kind in (None, entity.kind)}
        return list(distinct.values())[:limit]

    # -- Parts of a search --

    @cached_property
    def _abbreviations(self) -> frozenset[str]:
        return read_abbreviations(self._packs)

    @cached_property
    def _currencies(self) -> Mapping[str, str]:
        return read_currencies(self._packs)

    def _read(self, request: SearchRequest) -> Reading:
        has_amounts = bool(request.amount) or "amount:" in request.q.lower()
        currencies = self._currencies if has_amounts else _NO_CURRENCIES
        return read_request(request, catalog=self._catalog, searcher=self._searcher, currencies=currencies)

    def _is_any(self, request: SearchRequest, reading: Reading) -> bool:
        """Whether any of the words is enough, because the request says so or because no article has all of them."""
        if request.words is WordMode.ANY:
            return reading.any_words is not None
        return self._falls_back(request, reading)

    def _falls_back(self, request: SearchRequest, reading: Reading) -> bool:
        """True when no article of the archive has all the words.

        The archive decides, not the filters: so a filter never changes what the words mean, and every number that a
        facet shows is the number that choosing its value gives.
        """
        if reading.any_words is None or request.words is not WordMode.AUTO:
            return False
        return self._searcher.search(reading.plain_query(is_filtered=False), limit=0).total == 0

    def _count_any(self, reading: Reading, request: SearchRequest, total: int) -> int:
        """How many articles have any of the words, of which `total` have all."""
        return total if reading.any_words is None else self._count(reading.plain_query(is_any=True), request)

    def _page(self, query: Query, request: SearchRequest, facets: Sequence[FacetRequest]) -> tuple[EngineResult, int]:
        sort = _sort_of(request)
        offset = (request.page - 1) * request.size
        found = self._searcher.search(
            query, selections=request.selections, facets=facets, sort=sort, limit=request.size, offset=offset
        )
        if found.hits or not found.total or request.page == 1:
            return found, request.page
        first = self._searcher.search(query, selections=request.selections, sort=sort, limit=request.size)
        return replace(found, hits=first.hits), 1

    def _count(self, query: Query, request: SearchRequest) -> int:
        return self._searcher.search(query, selections=request.selections, limit=0).total

    def _all_hits(self, query: Query, request: SearchRequest) -> Iterator[EngineHit]:
        sort = _sort_of(request)
        total = self._count(query, request)
        if total <= _MAX_SCORED_EXPORT:
            yield from self._searcher.search(query, selections=request.selections, sort=sort, limit=total).hits
            return
        for article_id in self._searcher.scan(query, selections=request.selections, sort=sort):
            yield EngineHit(article_id, 0.0)

    def _undated(self, counted: FacetCounts, query: Query, request: SearchRequest) -> int:
        """How many of the hits have no publication date."""
        if any(selection.field == counted.field for selection in request.selections):
            # The facet leaves out its own selection; the hits do not.
            return self._count(And((query, Keyword(counted.field, (UNDATED,)))), request)
        return sum(bucket.count for bucket in counted.buckets)

    def _hit_maker(self, query: Query, reading: Reading, request: SearchRequest) -> HitMaker:
        return HitMaker(
            self._catalog, query, request.selections, abbreviations=self._abbreviations, names=reading.names
        )

    def _suggestions(self, request: SearchRequest, reading: Reading, total: int) -> tuple[Suggestion, ...]:
        if reading.written is None or request.is_exact:
            return ()
        if total > FEW and not has_unknown_words(reading.written, self._searcher):
            return ()
        return suggest(
            request.q,
            reading.written,
            total,
            catalog=self._catalog,
            searcher=self._searcher,
            count=lambda text: self._count_all(replace(request, q=text)),
        )

    def _count_all(self, request: SearchRequest) -> int:
        """How many articles have all the words of a request."""
        return self._count(self._read(request).plain_query(), request)


def _sort_of(request: SearchRequest) -> Sort:
    """The order that was asked for, or the one that suits the request."""
    return request.sort or (Sort.RELEVANCE if request.q.strip() else Sort.NEWEST)


def _undated_request() -> FacetRequest:
    return FacetRequest("published_years", limit=1, values=(UNDATED,))
