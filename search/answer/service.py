"""Search, count, export, facets, articles and entities of one committed state of an archive."""

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from msgspec.structs import replace

from index.catalog.reader import CatalogReader
from index.catalog.reading.records import SuggestionRow
from index.model import Entity, Kind
from search.answer.amounts import amount_table
from search.answer.articles import find_content, view_article
from search.answer.facets import SIDEBAR_FIELDS, facet_entities, facet_page, make_facets
from search.answer.following import Following, standing
from search.answer.meaning.nearest import NearestArticles
from search.answer.meaning.similar import SimilarFinder
from search.answer.page import PageFinder
from search.answer.requests.interpretation import Interpretation, readable
from search.answer.requests.interpreter import Interpreter
from search.answer.requests.names import entities_named, entities_named_nearly, entity_notes
from search.answer.requests.suggestions import suggestions
from search.answer.ties import order_ties, tied_entities
from search.answer.timeline import make_timeline, shown_period
from search.engines.base import Searcher
from search.entities.browsing import browse, complete
from search.entities.companions import view_companions
from search.entities.explanations import MentionReason, SuggestionView, explain_mentions, view_suggestions
from search.entities.graph import MAX_NODES, MAX_TIES, view_graph
from search.entities.pages import find_entity, view_entity
from search.graph_views import GraphView
from search.hits.making import HitMaker, contents_of
from search.hits.mentions import MentionLister
from search.hits.prepared import PreparedArticles
from search.hits.sentences import read_abbreviations
from search.query.ast import Query
from search.query.printer import print_query
from search.query.values import parse_amount_range
from search.request import AmountChoice, MentionChoice, Order, SearchRequest
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
    Timeline,
)

__all__ = ["SearchService"]


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
        self._interpreter = Interpreter(catalog, searcher, packs=self._packs, order=order)
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

    @property
    def currencies(self) -> Mapping[str, str]:
        """The currencies of the packs by what people write for them."""
        return self._interpreter.currencies

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
        reading = self._interpreter.interpret(request, looks_up_words=True)
        request = replace(request, selections=reading.selections)
        notes = entity_notes(reading.named, self._catalog, reading.known)
        others = self._interpreter.alternatives(request, reading)
        ranking = self._interpreter.ranking(request, reading)
        answer = PageFinder(ranking, request, reading, self._interpreter.alternative_queries(others, reading))
        found = answer.find(facets, facet_limit=facet_limit, catalog=self._catalog, explain=explain)
        partial = answer.fill(found, explain=explain)
        (found, partial), entities, mentions = ranking.order(
            found,
            partial,
            labels=facet_entities(found.facets),
            tied=tied_entities(found.facets, limit=facet_limit),
        )
        maker = self._hit_maker(answer.query, reading)
        made = maker.make((*found.hits, *partial.hits))
        hits, rest = made[: len(found.hits)], made[len(found.hits) :]
        return SearchResult(
            request=replace(request, page=answer.page),
            total=found.total,
            hits=hits,
            facets=make_facets(
                order_ties(found.facets, mentions),
                request.selections,
                entities,
                limit=facet_limit,
                unnamed=answer.unnamed,
            ),
            interpretation=ranking.describe(reading.describe(is_any=answer.is_any)),
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
        return self._interpreter.requested(request).count()

    def place(self, article_id: str, request: SearchRequest) -> HitPlace | None:
        """Return where an article stands on the page of results that the request is for; None when it is not there."""
        return self._interpreter.requested(request).place(article_id)

    def export(self, request: SearchRequest) -> Iterator[Hit]:
        """Yield every hit of a request in its order, whatever its page and size."""
        asked = self._interpreter.requested(request)
        maker = self._hit_maker(asked.query, asked.reading)
        for batch in asked.batches():
            yield from maker.make(batch)

    def following(self, request: SearchRequest) -> Following:
        """Return the articles of a request by when they came and changed, whatever its order and page."""
        asked = self._interpreter.requested(standing(request))
        maker = self._hit_maker(asked.query, asked.reading)
        return Following(asked, self._catalog, self._searcher, maker)

    def graph(
        self, request: SearchRequest, *, kinds: Sequence[Kind] = (), nodes: int = MAX_NODES, ties: int = MAX_TIES
    ) -> GraphView:
        """Return who stands with whom in the articles of a request: up to `nodes` entities and `ties` ties."""
        asked = self._interpreter.requested(request)
        return view_graph(
            asked.plain_query,
            asked.selections,
            catalog=self._catalog,
            searcher=self._searcher,
            kinds=kinds,
            nodes=nodes,
            ties=ties,
        )

    def mentions(self, request: SearchRequest, choice: MentionChoice) -> Iterator[MentionView]:
        """Yield the chosen mentions in every article of a request, in its order, whatever its page and size.

        A request that names entities or values asks for the mentions of these: see `search.hits.mentions`.
        """
        asked = self._interpreter.requested(request)
        lister = self._mention_lister(asked.reading, choice)
        for batch in asked.batches():
            for content in contents_of(batch, self._catalog):
                yield from lister.list(content)

    def mention_page(self, request: SearchRequest, choice: MentionChoice) -> MentionPage:
        """Return the chosen mentions in the articles of one page of a request."""
        asked = self._interpreter.requested(request)
        found = asked.find(limit=request.size, offset=(request.page - 1) * request.size)
        lister = self._mention_lister(asked.reading, choice)
        contents = contents_of(found.hits, self._catalog)
        return MentionPage(found.total, tuple(mention for content in contents for mention in lister.list(content)))

    def amounts(self, request: SearchRequest, choice: AmountChoice) -> AmountTable:
        """Return a page of the amounts in the articles of a request, each with its sentence and what that names.

        A range of amounts and chosen sizes in the request also limit the rows.
        """
        asked = self._interpreter.requested(request)
        return amount_table(
            asked.plain_query,
            asked.selections,
            choice,
            span=parse_amount_range(request.amount, self.currencies) if request.amount else None,
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
        asked = self._interpreter.requested(request)
        return facet_page(
            field,
            asked.plain_query,
            asked.selections,
            catalog=self._catalog,
            searcher=self._searcher,
            contains=readable(contains),
            order=order,
            limit=limit,
            offset=offset,
        )

    def timeline(self, request: SearchRequest, *, years: Sequence[str] | None = None) -> Timeline:
        """Return how many of the articles of a request have a date in each period; see `make_timeline`.

        The bars beside a day or other part that the request asks for count what choosing them instead gives.
        """
        shown = replace(request, period=shown_period(request.period))
        asked = self._interpreter.requested(shown)
        return make_timeline(shown, asked.plain_query, asked.selections, searcher=self._searcher, years=years)

    def resolve_names(self, name: str, *, kind: Kind | None = None) -> Sequence[Entity]:
        """Return the entities with this id, canonical name or alias, most documents first."""
        return entities_named(readable(name), self._catalog, kind=kind)

    def similar_names(self, name: str, *, kind: Kind | None = None, limit: int = 3) -> Sequence[Entity]:
        """Return entities with a name that is spelled nearly like this one, or that begins like it."""
        return entities_named_nearly(readable(name), self._catalog, kind=kind, limit=limit)

    # -- One thing at a time --

    def article(self, article_id: str, q: str = "") -> ArticleView:
        """Return one article with its entities, and the words of `q` highlighted; raises `ArticleNotFoundError`.

        The id may be a unique beginning of one, or the path or URL that the article came from.
        """
        content = find_content(article_id, self._catalog)
        reading = self._interpreter.interpret(SearchRequest(q=q))
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
        return self._similar.to_article(
            find_content(article_id, self._catalog), limit=limit, has_sentences=has_sentences
        )

    def like(self, text: str, request: SearchRequest | None = None, *, limit: int = 10) -> tuple[SimilarArticle, ...]:
        """Return the articles nearest in meaning to the beginning of a text, of those that a request finds."""
        among = None
        if request is not None and request != SearchRequest(page=request.page, size=request.size):
            asked = self._interpreter.requested(request)
            among = frozenset(self._searcher.scan(asked.plain_query, selections=asked.selections))
        return self._similar.to_text(readable(text), limit=limit, among=among)

    def entity(self, entity_id: str, *, limit: int = 20, offset: int = 0, is_newest_first: bool = False) -> EntityView:
        """Return one entity with `limit` of its articles from `offset` on; raises `EntityNotFoundError`.

        An id that was merged away gives the entity that took it in.
        """
        return view_entity(
            find_entity(readable(entity_id), self._catalog),
            catalog=self._catalog,
            searcher=self._searcher,
            abbreviations=self._abbreviations,
            prepared=self._prepared,
            limit=limit,
            offset=offset,
            is_newest_first=is_newest_first,
        )

    def companions(
        self, entity_id: str, *, kinds: Sequence[Kind] = (), order: str = "documents", limit: int = 50
    ) -> tuple[CompanionView, ...]:
        """Return `limit` entities that appear with an entity, by "documents", "sentences" or "lift".

        Reads all articles of the entity, a thousand a second or so. Raises `EntityNotFoundError`.
        """
        return view_companions(
            find_entity(readable(entity_id), self._catalog),
            catalog=self._catalog,
            articles=self._searcher.document_count,
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
        return view_suggestions(rows, catalog=self._catalog, searcher=self._searcher, abbreviations=self._abbreviations)

    # -- Parts of a search --

    @cached_property
    def _abbreviations(self) -> frozenset[str]:
        return read_abbreviations(self._packs)

    def _closest(self, request: SearchRequest, reading: Interpretation) -> tuple[SimilarArticle, ...]:
        """Return the articles nearest in meaning to words that no article has; none where words or filters count."""
        text = self._interpreter.text_alone(request, reading)
        return () if text is None else self._similar.closest(text)

    @cached_property
    def _similar(self) -> SimilarFinder:
        return SimilarFinder(
            self._catalog,
            NearestArticles(self._catalog, self._vectors_file),
            articles=self._searcher.document_count,
            abbreviations=self._abbreviations,
        )

    def _hit_maker(self, query: Query, reading: Interpretation) -> HitMaker:
        return HitMaker(
            self._catalog,
            query,
            reading.selections,
            abbreviations=self._abbreviations,
            names=reading.names,
            prepared=self._prepared,
        )

    def _mention_lister(self, reading: Interpretation, choice: MentionChoice) -> MentionLister:
        return MentionLister(reading.word_query(), reading.selections, choice, abbreviations=self._abbreviations)
