"""`Searcher` on OpenSearch: one request for hits and facets, when the figures of its words are known."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import ClassVar, Self

from index.engines.base import Capabilities, EngineLocation
from index.engines.opensearch.capabilities import CAPABILITIES
from index.engines.opensearch.mapping import version_filter
from search.engines.base import (
    MAX_FACET_VALUES,
    Contribution,
    CountRequest,
    EngineHit,
    EngineResult,
    FacetCounts,
    FacetRequest,
    Selection,
    SimilarRequest,
    Sort,
    TermCount,
    Vocabulary,
)
from search.engines.opensearch.commits import Commits, OpenCommit
from search.engines.opensearch.compilation import Compiler, keyword_filter
from search.engines.opensearch.explanation import explain
from search.engines.opensearch.facet_counts import (
    Restrictions,
    aggregations,
    find_inexact,
    read_facets,
    read_whole_facet,
)
from search.engines.opensearch.figures import Expansion, Spoken
from search.engines.opensearch.leaves import LeafQuery, Weighed, find_leaves, weigh
from search.engines.opensearch.pages import WINDOW, read_hit, sort_of, walk
from search.engines.opensearch.requests import Body, ask_all
from search.query.ast import Query

__all__ = ["OpenSearchSearcher"]


class OpenSearchSearcher:
    """See `search.engines.base.Searcher`."""

    capabilities: ClassVar[Capabilities] = CAPABILITIES

    def __init__(self, location: EngineLocation, *, generation: str | None = None) -> None:
        self._commits = Commits(location)
        self._opened: OpenCommit | None = self._commits.at(generation)
        self._is_pinned = generation is not None

    @property
    def _current(self) -> OpenCommit:
        return self._commits.require_open(self._opened)

    def at(self, generation: str) -> Self:
        """See the protocol."""
        pinned = type(self).__new__(type(self))
        pinned._commits, pinned._opened, pinned._is_pinned = self._commits, self._commits.at(generation), True
        return pinned

    def search(
        self,
        query: Query,
        *,
        selections: Sequence[Selection] = (),
        facets: Sequence[FacetRequest] = (),
        counts: Sequence[CountRequest] = (),
        sort: Sort = Sort.RELEVANCE,
        limit: int = 10,
        offset: int = 0,
        explain: bool = False,
    ) -> EngineResult:
        """See the protocol."""
        search = _Search(self._current, query, selections, others=[request.query for request in counts])
        result = search.answer(facets, counts, sort=sort, limit=limit, offset=offset)
        if explain:
            parts = search.explain([hit.id for hit in result.hits])
            explanations = tuple(tuple(parts[hit.id]) for hit in result.hits)
            result = EngineResult(result.total, result.hits, result.facets, result.counts, explanations)
        search.opened.check()
        return result

    def pair_counts(
        self, query: Query, values: Sequence[tuple[str, str]], *, selections: Sequence[Selection] = ()
    ) -> tuple[tuple[int, ...], ...]:
        """See the protocol."""
        if not values:
            return ()
        search = _Search(self._current, query, selections)
        found = search.pairs(values)
        search.opened.check()
        return found

    def scan(self, query: Query, *, selections: Sequence[Selection] = (), sort: Sort = Sort.RELEVANCE) -> Iterator[str]:
        """See the protocol."""
        search = _Search(self._current, query, selections)
        return (hit.id for hit in search.walk(sort))

    def explain(self, query: Query, document_id: str) -> tuple[Contribution, ...]:
        """See the protocol."""
        search = _Search(self._current, query, ())
        parts = search.explain([document_id])[document_id]
        search.opened.check()
        return tuple(parts)

    def vocabulary(
        self,
        terms: Sequence[tuple[str, str]] = (),
        *,
        similar: Sequence[SimilarRequest] = (),
        fields: Sequence[str] = (),
        max_values: int = MAX_FACET_VALUES,
    ) -> Vocabulary:
        """See the protocol."""
        figures = self._current.figures
        known = figures.counts([_spoken(pair) for pair in (*terms, *(request.unless for request in similar))])
        asked = {
            request: Expansion(request.field, request.term, request.distance)
            for request in similar
            if known[_spoken(request.unless)] <= request.unless_more_than
        }
        near = figures.similar(asked.values())
        found = Vocabulary(
            frequencies=tuple(known[_spoken(pair)] for pair in terms),
            similar=tuple(
                _others(near[asked[request]], request.term, request.limit) if request in asked else ()
                for request in similar
            ),
            values=tuple(figures.values(fields, max_values)) if fields else (),
        )
        self._current.check()
        return found

    def document_frequencies(self, terms: Sequence[tuple[str, str]]) -> tuple[int, ...]:
        """See the protocol."""
        return self.vocabulary(terms).frequencies

    def terms(self, field: str, *, prefix: str = "", limit: int = 10, offset: int = 0) -> tuple[TermCount, ...]:
        """See the protocol."""
        if limit <= 0:
            return ()
        opened = self._current
        found = opened.figures.terms(field, prefix, offset + limit)[offset:]
        opened.check()
        return found

    def similar_terms(self, field: str, term: str, *, distance: int = 2, limit: int = 10) -> tuple[TermCount, ...]:
        """See the protocol."""
        opened = self._current
        asked = Expansion(field, term, distance)
        found = _others(opened.figures.similar([asked])[asked], term, limit)
        opened.check()
        return found

    @property
    def languages(self) -> tuple[str, ...]:
        """See the protocol."""
        return self._current.commit.languages

    @property
    def document_count(self) -> int:
        """See the protocol."""
        return self._current.commit.documents

    @property
    def generation(self) -> str:
        """See the protocol."""
        return self._current.commit.generation

    def refresh(self) -> bool:
        """See the protocol."""
        if self._is_pinned:
            return False
        before = self.generation
        self._opened = self._commits.at(None)
        return self.generation != before

    def close(self) -> None:
        """See the protocol. Connections are shared with the searchers that it pinned, and end with the last of them."""
        self._opened = None


class _Search:
    """One query with its selections on one commit."""

    def __init__(
        self,
        opened: OpenCommit,
        query: Query,
        selections: Sequence[Selection],
        *,
        others: Sequence[Query] = (),
    ) -> None:
        self.opened = opened
        self._query = query
        self._restrictions = Restrictions.of(selections)
        self._live = version_filter(opened.commit.number)
        scored = dict.fromkeys(find_leaves(query))
        counted = dict.fromkeys(leaf for other in others for leaf in find_leaves(other))
        self._leaves: dict[LeafQuery, Weighed] = weigh(opened.figures, opened.commit, counted, is_scored=False)
        self._leaves |= weigh(opened.figures, opened.commit, scored, is_scored=True)
        self._compiler = Compiler(opened.commit, self._leaves)

    def answer(
        self,
        facets: Sequence[FacetRequest],
        counts: Sequence[CountRequest],
        *,
        sort: Sort,
        limit: int,
        offset: int,
    ) -> EngineResult:
        server, commit = self.opened.server, self.opened.commit
        is_deep = offset + limit > WINDOW
        body = self._request(sort) | {"track_total_hits": True, "track_scores": True}
        body |= {"size": 0} if is_deep else {"from": offset if limit else 0, "size": limit}
        if not limit:
            body["query"] = {"bool": {"filter": [self._compiler.filter(self._query), *self._base]}}
        others = [self._count(request) for request in counts]
        if facets:
            body["aggs"] = aggregations(facets, self._restrictions, shards=commit.shards)
        found, *counted = ask_all(server, commit.index, [body, *others])
        hits = tuple(islice(self.walk(sort), offset, offset + limit)) if is_deep else _hits(found)
        return EngineResult(
            total=found["hits"]["total"]["value"],
            hits=hits,
            facets=self._facets(facets, found.get("aggregations", {})),
            counts=tuple(answer["hits"]["total"]["value"] for answer in counted),
        )

    def pairs(self, values: Sequence[tuple[str, str]]) -> tuple[tuple[int, ...], ...]:
        named = {str(at): keyword_filter(field, (value,)) for at, (field, value) in enumerate(values)}
        filters = [self._compiler.filter(self._query), *self._base, *(part for _, part in self._restrictions.chosen)]
        body: Body = {
            "size": 0,
            "track_total_hits": False,
            "query": {"bool": {"filter": filters}},
            "aggs": {"pairs": {"adjacency_matrix": {"filters": named}}},
        }
        (found,) = ask_all(self.opened.server, self.opened.commit.index, [body])
        counts = [[0] * len(values) for _ in values]
        for bucket in found["aggregations"]["pairs"]["buckets"]:
            # "3" counts the documents with a value, "3&5" those with two.
            ends = [int(part) for part in bucket["key"].split("&")]
            counts[ends[0]][ends[-1]] = counts[ends[-1]][ends[0]] = bucket["doc_count"]
        return tuple(map(tuple, counts))

    def _facets(self, facets: Sequence[FacetRequest], found: Body) -> tuple[FacetCounts, ...]:
        read = read_facets(facets, found)
        for at in find_inexact(facets, found):
            filters = [self._compiler.filter(self._query), *self._base, *self._restrictions.without(facets[at].field)]
            read[at] = read_whole_facet(self.opened.server, self.opened.commit.index, facets[at], filters)
        return tuple(read)

    def walk(self, sort: Sort) -> Iterator[EngineHit]:
        """Yield all hits in order; raises `IndexMissingError` at the end when some may be missing."""
        yield from walk(self.opened.server, self.opened.commit.index, self._request(sort))
        self.opened.check()

    def explain(self, ids: Sequence[str]) -> dict[str, list[Contribution]]:
        return explain(self.opened, self._compiler, self._leaves, self._query, ids)

    @property
    def _base(self) -> list[Body]:
        return [*self._restrictions.fixed, *self._live]

    def _request(self, sort: Sort) -> Body:
        body: Body = {
            "query": {"bool": {"must": [self._compiler.scored(self._query)], "filter": self._base}},
            "_source": False,
            "sort": sort_of(sort),
        }
        if chosen := [part for _, part in self._restrictions.chosen]:
            body["post_filter"] = {"bool": {"filter": chosen}}
        return body

    def _count(self, request: CountRequest) -> Body:
        filters = [self._compiler.filter(request.query), *Restrictions.of(request.selections).all, *self._live]
        return {"size": 0, "track_total_hits": True, "query": {"bool": {"filter": filters}}}


def _hits(found: Body) -> tuple[EngineHit, ...]:
    return tuple(map(read_hit, found["hits"]["hits"]))


def _spoken(pair: tuple[str, str]) -> Spoken:
    field, term = pair
    return Spoken(field, (term,))


def _others(near: Sequence[TermCount], term: str, limit: int) -> tuple[TermCount, ...]:
    return tuple(count for count in near if count.term != term)[:limit]
