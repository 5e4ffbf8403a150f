"""Search, count, export, facets, articles and entities of one committed state of an archive."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace

from index.catalog.reader import ArticleContent, CatalogReader, SuggestionRow
from index.errors import ArticleNotFoundError, EntityNotFoundError, ModelError
from index.keywords.dates import UNDATED
from index.model import Entity, Kind
from search.answer.amounts import amount_table
from search.answer.articles import view_article
from search.answer.facets import (
    MAY_HAVE_NONE,
    SIDEBAR_FIELDS,
    facet_entities,
    facet_page,
    facet_requests,
    make_facets,
    unnamed_count,
)
from search.answer.interpretation import Interpretation, interpret, readable
from search.answer.meaning import Ranking, meant_text
from search.answer.names import ArchiveResolver, entity_notes
from search.answer.nearest import NearestArticles
from search.answer.similar import SimilarFinder
from search.answer.suggestions import Alternatives, alternatives, suggestions
from search.engines.base import CountRequest, EngineHit, EngineResult, FacetRequest, Searcher, Selection, Sort
from search.entities.browsing import browse, complete
from search.entities.companions import view_companions
from search.entities.explanations import MentionReason, SuggestionView, explain_mentions, view_suggestions
from search.entities.pages import view_entity
from search.hits.making import HitMaker, contents_of
from search.hits.mentions import MentionLister
from search.hits.prepared import PreparedArticles
from search.hits.sentences import read_abbreviations
from search.query.ast import And, Everything, Keyword, Query
from search.query.currencies import read_currencies
from search.query.parser import parse
from search.query.printer import print_query
from search.query.values import parse_amount_range
from search.request import AmountChoice, MentionChoice, Order, SearchRequest, WordMode
from search.results import Facet, Hit, HitPlace, Notice, SearchResult, SimilarArticle
from search.views import (
    AmountTable,
    ArticleView,
    BrowseView,
    CompanionView,
    Completion,
    EntityView,
    MentionPage,
    MentionView,
)

__all__ = ["SearchService"]

_EXPORT_BATCH = 200
_MAX_CLOSEST = 5
# Scores of so many hits are kept in memory for an export; beyond, hits are exported without them.
_MAX_SCORED_EXPORT = 50_000
_NO_CURRENCIES: Mapping[str, str] = MappingProxyType({})


class SearchService:
    """Answers everything from one catalog snapshot and the engine commit that belongs to it.

    Made by `search.archive.OpenArchive`, which gives a new one for each answer. Every total, facet count, hit and name
    that one service gives is of the same state. A search makes at most three calls to the engine and six to the
    catalog.
    """

    def __init__(
        self,
        catalog: CatalogReader,
        searcher: Searcher,
        *,
        packs: Sequence[str] = (),
        order: Order = Order.MEANING,
        vectors_file: Path | None = None,
        prepared: PreparedArticles | None = None,
    ) -> None:
        self._catalog = catalog
        self._searcher = searcher
        self._packs = tuple(packs)
        self._order = order
        self._vectors_file = vectors_file
        self._prepared = prepared or PreparedArticles()

    @property
    def catalog(self) -> CatalogReader:
        """The catalog of this state."""
        return self._catalog

    @property
    def searcher(self) -> Searcher:
        """The engine's read side of this state."""
        return self._searcher

    # -- Searching --

    def search(
        self,
        request: SearchRequest,
        *,
        facets: Sequence[str] = SIDEBAR_FIELDS,
        facet_limit: int = 10,
        explain: bool = False,
    ) -> SearchResult:
        """Return the answer to a request, with the first `facet_limit` values of each of `facets` (field names).

        Words mean all words; when no article of the archive has all of them, or there are six or more, any of them. A
        page beyond the last becomes the first. The request of the result has the ids that chosen entities have now.
        """
        started = time.perf_counter()
        reading = self._interpret(request, looks_up_words=True)
        request = replace(request, selections=reading.selections)
        notes = entity_notes(reading.named, self._catalog, reading.known)
        others = self._alternatives(request, reading)
        ranking = self._ranking(request, reading)
        answer = _Answer(ranking, request, reading, self._alternative_queries(others, reading))
        found = answer.find(facets, facet_limit=facet_limit, explain=explain)
        partial = answer.fill(found, explain=explain)
        (found, partial), entities = ranking.order(found, partial, labels=facet_entities(found.facets))
        maker = self._hit_maker(answer.query, reading)
        hits = maker.make(found.hits)
        story_mentions = Counter(maker.story_mentions)
        rest = maker.make(partial.hits)
        return SearchResult(
            request=replace(request, page=answer.page),
            total=found.total,
            hits=hits,
            facets=make_facets(
                found.facets,
                request.selections,
                entities,
                limit=facet_limit,
                story_mentions=story_mentions,
                unnamed=answer.unnamed,
            ),
            interpretation=_with_order(reading.describe(is_any=answer.is_any), ranking),
            notices=(*reading.notices, *([Notice(ranking.problem)] if ranking.problem else [])),
            entity_notes=notes,
            suggestions=suggestions(others, 0 if answer.is_any else found.total, answer.alternative_counts),
            is_any=answer.is_any,
            total_all=answer.total_all,
            total_any=answer.total_any,
            partial=rest,
            closest=() if answer.total_any else self._closest(request, reading),
            undated=answer.undated,
            explanations=(*found.explanations, *partial.explanations),
            executed=print_query(answer.query) if explain else "",
            milliseconds=(time.perf_counter() - started) * 1000,
        )

    def count(self, request: SearchRequest) -> int:
        """Count the articles that a request finds."""
        reading = self._interpret(request)
        is_any = self._is_any(request, reading)
        return self._count(reading.plain_query(is_any=is_any), reading.selections)

    def place(self, article_id: str, request: SearchRequest) -> HitPlace | None:
        """Return where an article stands on the page of results that the request is for; None when it is not there."""
        reading = self._interpret(request)
        query = reading.query(is_any=self._is_any(request, reading))
        first = (request.page - 1) * request.size
        # The page, and one hit on either side of it.
        start = max(0, first - 1)
        found = self._ranking(request, reading).search(
            query, selections=reading.selections, sort=_sort_of(request), limit=request.size + 2, offset=start
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
        """Yield every hit of a request in its order, whatever its page and size."""
        reading = self._interpret(request)
        query = reading.query(is_any=self._is_any(request, reading))
        maker = self._hit_maker(query, reading)
        for batch in _batches(self._all_hits(query, request, reading)):
            yield from maker.make(batch)

    def mentions(self, request: SearchRequest, choice: MentionChoice) -> Iterator[MentionView]:
        """Yield the chosen mentions in every article of a request, in its order, whatever its page and size.

        A request that names entities or values asks for the mentions of these: see `search.hits.mentions`.
        """
        reading = self._interpret(request)
        query = reading.query(is_any=self._is_any(request, reading))
        lister = MentionLister(reading.word_query(), reading.selections, choice, abbreviations=self._abbreviations)
        for batch in _batches(self._all_hits(query, request, reading)):
            for content in contents_of(batch, self._catalog):
                yield from lister.list(content)

    def mention_page(self, request: SearchRequest, choice: MentionChoice) -> MentionPage:
        """Return the chosen mentions in the articles of one page of a request."""
        reading = self._interpret(request)
        query = reading.query(is_any=self._is_any(request, reading))
        found = self._ranking(request, reading).search(
            query,
            selections=reading.selections,
            sort=_sort_of(request),
            limit=request.size,
            offset=(request.page - 1) * request.size,
        )
        lister = MentionLister(reading.word_query(), reading.selections, choice, abbreviations=self._abbreviations)
        contents = contents_of(found.hits, self._catalog)
        return MentionPage(found.total, tuple(mention for content in contents for mention in lister.list(content)))

    def amounts(self, request: SearchRequest, choice: AmountChoice) -> AmountTable:
        """Return a page of the amounts in the articles of a request, each with its sentence and what that names.

        A range of amounts and chosen sizes in the request also limit the rows.
        """
        reading = self._interpret(request)
        return amount_table(
            reading.plain_query(is_any=self._is_any(request, reading)),
            reading.selections,
            choice,
            span=parse_amount_range(request.amount, self._currencies) if request.amount else None,
            catalog=self._catalog,
            searcher=self._searcher,
            prepared=self._prepared,
            abbreviations=self._abbreviations,
        )

    def facet_values(
        self,
        field: str,
        request: SearchRequest,
        *,
        contains: str = "",
        order: str = "",
        limit: int = 50,
        offset: int = 0,
    ) -> Facet:
        """Return one facet of a request on its own: all its values by "count" or "name", a page at a time.

        By default, years, months and sizes stand in their own order, all else by count. With `contains`, only values
        one of whose names has a word that begins with it. `distinct` counts the values that the pages have together.
        Raises `UsageError` for a field that is no facet or an unknown order.
        """
        reading = self._interpret(request)
        return facet_page(
            field,
            reading.plain_query(is_any=self._is_any(request, reading)),
            reading.selections,
            catalog=self._catalog,
            searcher=self._searcher,
            contains=readable(contains),
            order=order,
            limit=limit,
            offset=offset,
        )

    def resolve_names(self, name: str, *, kind: Kind | None = None) -> Sequence[Entity]:
        """Return the entities with this id, canonical name or alias, most documents first."""
        text = readable(name)
        return ArchiveResolver(self._catalog.find_names([text], ids=[text]), {}).entities(text, kind)

    def similar_names(self, name: str, *, kind: Kind | None = None, limit: int = 3) -> Sequence[Entity]:
        """Return entities with a name that is spelled nearly like this one, or that begins like it."""
        text = readable(name)
        near = [*self._catalog.similar_names(text), *self._catalog.complete_entities(text, kind=kind, limit=limit)]
        distinct = {entity.id: entity for entity in near if kind in (None, entity.kind)}
        return list(distinct.values())[:limit]

    # -- One thing at a time --

    def article(self, article_id: str, q: str = "") -> ArticleView:
        """Return one article with its entities, and the words of `q` highlighted; raises `ArticleNotFoundError`.

        The id may be a unique beginning of one, or the path or URL that the article came from.
        """
        content = self._content(article_id)
        reading = self._interpret(SearchRequest(q=q))
        return view_article(
            content,
            reading.plain_query(),
            abbreviations=self._abbreviations,
            interpretation=reading.describe(is_any=False),
        )

    def similar(self, article_id: str, *, limit: int = 10, has_sentences: bool = True) -> tuple[SimilarArticle, ...]:
        """Return the articles nearest in meaning to one, with reasons; raises `ArticleNotFoundError`.

        None for an article without a vector: its language is not English, or the archive has none.
        """
        return self._similar.to_article(self._content(article_id), limit=limit, has_sentences=has_sentences)

    def like(self, text: str, request: SearchRequest | None = None, *, limit: int = 10) -> tuple[SimilarArticle, ...]:
        """Return the articles nearest in meaning to the beginning of a text, of those that a request finds."""
        among = None
        if request is not None and request != SearchRequest(page=request.page, size=request.size):
            reading = self._interpret(request)
            query = reading.plain_query(is_any=self._is_any(request, reading))
            among = frozenset(self._searcher.scan(query, selections=reading.selections))
        return self._similar.to_text(readable(text), limit=limit, among=among)

    def entity(self, entity_id: str, *, limit: int = 20, offset: int = 0) -> EntityView:
        """Return one entity with `limit` of its articles from `offset` on; raises `EntityNotFoundError`.

        An id that was merged away gives the entity that took it in.
        """
        return view_entity(
            self._current_entity(entity_id),
            catalog=self._catalog,
            searcher=self._searcher,
            abbreviations=self._abbreviations,
            prepared=self._prepared,
            limit=limit,
            offset=offset,
        )

    def companions(
        self, entity_id: str, *, kinds: Sequence[Kind] = (), order: str = "documents", limit: int = 50
    ) -> tuple[CompanionView, ...]:
        """Return `limit` entities that appear with an entity, by "documents", "sentences" or "lift".

        Reads all articles of the entity, a thousand a second or so. Raises `EntityNotFoundError`.
        """
        return view_companions(
            self._current_entity(entity_id),
            catalog=self._catalog,
            articles=self._count(Everything(), ()),
            abbreviations=self._abbreviations,
            kinds=kinds,
            order=order,
            limit=limit,
        )

    def browse(
        self, kind: Kind, *, prefix: str = "", order: str = "documents", limit: int = 50, offset: int = 0
    ) -> BrowseView:
        """Return entities of a kind with a name that has a word beginning with `prefix`.

        They are ordered by "documents", "mentions" or "name".
        """
        return browse(kind, catalog=self._catalog, prefix=readable(prefix), order=order, limit=limit, offset=offset)

    def complete(self, text: str, limit: int = 8) -> tuple[Completion, ...]:
        """Return completions of the text of a search: entities first, then words, most articles first."""
        return complete(readable(text), catalog=self._catalog, searcher=self._searcher, limit=limit)

    def why(self, article_id: str) -> tuple[MentionReason, ...]:
        """Return every mention of an article with the reason for its meaning; raises `ArticleNotFoundError`."""
        return explain_mentions(article_id, catalog=self._catalog)

    def suggestions(self, *, kind: Kind | None = None, limit: int = 20, offset: int = 0) -> tuple[SuggestionView, ...]:
        """Return possible duplicates for a person to decide, with sentences that mention them; the likeliest first."""
        return self.suggestion_views(self._catalog.suggestions(kind=kind, limit=limit, offset=offset))

    def suggestion_views(self, rows: Sequence[SuggestionRow]) -> tuple[SuggestionView, ...]:
        """Return suggestions of the catalog with their entities and sentences, in the same order."""
        return view_suggestions(
            rows,
            catalog=self._catalog,
            searcher=self._searcher,
            abbreviations=self._abbreviations,
        )

    # -- Parts of a search --

    def _content(self, article_id: str) -> ArticleContent:
        text = readable(article_id)
        found = self._catalog.resolve_article_id(text) or text
        content = self._catalog.contents([found]).get(found)
        if content is None:
            raise ArticleNotFoundError(f"There is no article {text[:200]!r}.")
        return content

    def _current_entity(self, entity_id: str) -> Entity:
        text = readable(entity_id)
        entity = self._catalog.find_names([], ids=[text]).by_id.get(text)
        if entity is None:
            raise EntityNotFoundError(f"There is no entity {text[:200]!r}.")
        return entity

    @cached_property
    def _abbreviations(self) -> frozenset[str]:
        return read_abbreviations(self._packs)

    @cached_property
    def _currencies(self) -> Mapping[str, str]:
        return read_currencies(self._packs)

    def _interpret(self, request: SearchRequest, *, looks_up_words: bool = False) -> Interpretation:
        has_amounts = bool(request.amount) or "amount:" in request.q.lower()
        return interpret(
            request,
            catalog=self._catalog,
            searcher=self._searcher,
            currencies=self._currencies if has_amounts else _NO_CURRENCIES,
            looks_up_words=looks_up_words,
        )

    def _is_any(self, request: SearchRequest, reading: Interpretation) -> bool:
        """Return whether any of the words is enough, by request or because no article has all of them."""
        if reading.any_words is None or request.words is WordMode.ALL:
            return False
        return _asks_for_any(request, reading) or self._count(reading.plain_query(is_filtered=False), ()) == 0

    def _count(self, query: Query, selections: Sequence[Selection]) -> int:
        return self._searcher.search(query, selections=selections, limit=0).total

    def _ranking(self, request: SearchRequest, reading: Interpretation) -> Ranking:
        text = meant_text(request, reading.written, reading.words, default=self._order)
        return Ranking(self._searcher, self._catalog, text)

    def _closest(self, request: SearchRequest, reading: Interpretation) -> tuple[SimilarArticle, ...]:
        """Return the articles nearest in meaning to words that no article has; none where words or filters count."""
        is_filtered = bool(reading.filters or reading.selections)
        text = meant_text(request, reading.written, reading.words, default=self._order, least=1)
        if text is None or is_filtered or _sort_of(request) is not Sort.RELEVANCE or not self._catalog.vector_rows():
            return ()
        try:
            return self._similar.to_text(text, limit=_MAX_CLOSEST)
        except ModelError:
            # What nobody asked for: a search whose order it concerns says so.
            return ()

    @cached_property
    def _similar(self) -> SimilarFinder:
        return SimilarFinder(
            self._catalog,
            NearestArticles(self._catalog, self._vectors_file),
            articles=self._searcher.document_count,
            abbreviations=self._abbreviations,
        )

    def _all_hits(self, query: Query, request: SearchRequest, reading: Interpretation) -> Iterator[EngineHit]:
        selections, sort, ranking = reading.selections, _sort_of(request), self._ranking(request, reading)
        total = self._count(query, selections)
        if total <= _MAX_SCORED_EXPORT:
            yield from ranking.search(query, selections=selections, sort=sort, limit=total).hits
            return
        for article_id in ranking.scan(query, selections=selections, sort=sort):
            yield EngineHit(article_id, 0.0)

    def _hit_maker(self, query: Query, reading: Interpretation) -> HitMaker:
        return HitMaker(
            self._catalog,
            query,
            reading.selections,
            abbreviations=self._abbreviations,
            names=reading.names,
            prepared=self._prepared,
        )

    def _alternatives(self, request: SearchRequest, reading: Interpretation) -> Alternatives:
        if reading.written is None or request.is_exact:
            return Alternatives()
        return alternatives(
            request.q, reading.written, catalog=self._catalog, matches=reading.resolver.matches, known=reading.known
        )

    def _alternative_queries(self, others: Alternatives, reading: Interpretation) -> Mapping[str, Query]:
        """Return the executed query of each alternative text, with the filters of the request."""
        texts = others.texts()
        if not texts:
            return {}
        parsed = {text: parse(text, currencies=self._currencies).query for text in texts}
        return reading.executed_alternatives(parsed, catalog=self._catalog)


def _batches(hits: Iterator[EngineHit]) -> Iterator[Sequence[EngineHit]]:
    while batch := tuple(islice(hits, _EXPORT_BATCH)):
        yield batch


class _Answer:
    """Finds one page of a request in at most two calls to the engine, and what is counted and shown beside it."""

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
        self.is_any = _asks_for_any(request, reading)
        self.query = reading.query(is_any=self.is_any)
        self.page = request.page
        self.total_all = 0
        self.total_any = 0
        self.undated = 0
        self.unnamed: Mapping[str, int] = {}
        self.alternative_counts: Mapping[str, int] = {}

    def find(self, facets: Sequence[str], *, facet_limit: int, explain: bool) -> EngineResult:
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
        return found

    def fill(self, found: EngineResult, *, explain: bool) -> EngineResult:
        """Return the best documents with some of the words for a page that ends before its size is reached."""
        room = self._request.size - len(found.hits)
        may = self._request.words is WordMode.AUTO and not self.is_any and _sort_of(self._request) is Sort.RELEVANCE
        if not may or room < 1 or self.total_any <= found.total:
            return EngineResult(0, (), ())
        rest = self._reading.partial_query()
        return self._ranking.find(rest, selections=self._reading.selections, limit=room, explain=explain)

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
            sort=_sort_of(self._request),
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


# Keys of what is counted beside a page; no query text begins with NUL.
_UNDATED, _ALL, _ANY, _IN_ARCHIVE, _NONE = "\0undated", "\0all", "\0any", "\0archive", "\0none "


def _with_order(interpretation: str, ranking: Ranking) -> str:
    return f"{interpretation} · ordered by words and meaning" if ranking.is_by_meaning else interpretation


def _asks_for_any(request: SearchRequest, reading: Interpretation) -> bool:
    """True when any of the words is enough: by request, or for a long query whose best articles come first."""
    if reading.any_words is None:
        return False
    is_by_length = request.words is WordMode.AUTO and reading.is_long and _sort_of(request) is Sort.RELEVANCE
    return request.words is WordMode.ANY or is_by_length


def _sort_of(request: SearchRequest) -> Sort:
    """Return the order that was asked for, or the one that suits the request."""
    return request.sort or (Sort.RELEVANCE if request.q.strip() else Sort.NEWEST)
