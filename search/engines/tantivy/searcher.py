"""`Searcher` on tantivy: the library finds documents, our parts count and score them."""

from collections.abc import Iterator, Sequence
from copy import copy
from itertools import islice
from threading import Lock
from typing import ClassVar, Self

import numpy as np

from index.engines.base import Capabilities, EngineLocation
from index.engines.tantivy.capabilities import CAPABILITIES
from search.engines.arrays.expansion import similar
from search.engines.base import (
    MAX_FACET_VALUES,
    Contribution,
    CountRequest,
    EngineHit,
    EngineResult,
    FacetRequest,
    Selection,
    SimilarRequest,
    Sort,
    TermCount,
    Vocabulary,
)
from search.engines.tantivy.commits import Commit, open_commits
from search.engines.tantivy.explanation import explain
from search.engines.tantivy.ranking import is_scoring
from search.engines.vocabulary import read_vocabulary
from search.query.ast import Query

__all__ = ["TantivySearcher"]


class TantivySearcher:
    """See `search.engines.base.Searcher`."""

    capabilities: ClassVar[Capabilities] = CAPABILITIES

    def __init__(self, location: EngineLocation, *, generation: str | None = None) -> None:
        self._commits = open_commits(location.local_folder())
        self._commit: Commit | None = self._commits.newest() if generation is None else self._commits.at(generation)
        self._is_pinned = generation is not None
        self._lock = Lock()

    @property
    def _current(self) -> Commit:
        if self._commit is None:
            raise ValueError("This searcher is closed.")
        return self._commit

    def at(self, generation: str) -> Self:
        """See the protocol."""
        commit = self._commit
        if commit is None or commit.generation != generation:
            commit = self._commits.at(generation)
        pinned = copy(self)
        pinned._commit, pinned._is_pinned = commit, True
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
        commit = self._current
        buckets = []
        if facets or not limit or sort is not Sort.RELEVANCE:
            masks = commit.masks(query, selections)
            buckets = [commit.facet(request, masks) for request in facets]
            total, found = masks.total, commit.ranked(query, selections, masks.found, sort, offset + limit)
        else:
            total, found = commit.first(query, selections, offset + limit)
        page = list(islice(found, offset, offset + limit)) if limit else []
        if sort is not Sort.RELEVANCE and is_scoring(query):
            page = commit.with_scores(query, page)
        hits = tuple(EngineHit(commit.ranking.id_of(one), one.score) for one in page)
        return EngineResult(
            total=total,
            hits=hits,
            facets=tuple(buckets),
            counts=tuple(map(commit.count, counts)),
            explanations=tuple(self.explain(query, hit.id) for hit in hits) if explain else (),
        )

    def scan(self, query: Query, *, selections: Sequence[Selection] = (), sort: Sort = Sort.RELEVANCE) -> Iterator[str]:
        """See the protocol."""
        commit = self._current
        masks = commit.masks(query, selections)
        return map(commit.ranking.id_of, commit.ranked(query, selections, masks.found, sort, None))

    def explain(self, query: Query, document_id: str) -> tuple[Contribution, ...]:
        """See the protocol."""
        commit = self._current
        at = commit.snapshot.find(document_id)
        if at is None:
            return ()
        place, row = at
        evaluation = commit.matcher.evaluation(place, np.array([row]))
        return tuple(explain(query, evaluation, commit.matcher.expansions, commit.matcher.rarity))

    def vocabulary(
        self,
        terms: Sequence[tuple[str, str]] = (),
        *,
        similar: Sequence[SimilarRequest] = (),
        fields: Sequence[str] = (),
        max_values: int = MAX_FACET_VALUES,
    ) -> Vocabulary:
        """See the protocol."""
        return read_vocabulary(self, terms, similar, fields, max_values)

    def document_frequencies(self, terms: Sequence[tuple[str, str]]) -> tuple[int, ...]:
        """See the protocol."""
        snapshot = self._current.snapshot
        return tuple(snapshot.frequency(field, term) for field, term in terms)

    def terms(self, field: str, *, prefix: str = "", limit: int = 10, offset: int = 0) -> tuple[TermCount, ...]:
        """See the protocol."""
        totals = self._current.snapshot.frequencies(field, prefix)
        chosen = sorted(totals, key=lambda term: (-totals[term], term))[offset : offset + limit]
        return tuple(TermCount(term, totals[term]) for term in chosen)

    def similar_terms(self, field: str, term: str, *, distance: int = 2, limit: int = 10) -> tuple[TermCount, ...]:
        """See the protocol."""
        found = similar(self._current.snapshot, field, term, distance=distance)
        return tuple(TermCount(name, documents) for name, edits, documents in found if edits)[:limit]

    @property
    def languages(self) -> tuple[str, ...]:
        """See the protocol."""
        return self._current.snapshot.languages

    @property
    def document_count(self) -> int:
        """See the protocol."""
        return self._current.snapshot.document_count

    @property
    def generation(self) -> str:
        """See the protocol."""
        return self._current.snapshot.generation

    def refresh(self) -> bool:
        """See the protocol."""
        if self._is_pinned:
            return False
        with self._lock:
            newest = self._commits.newest()
            is_other = newest.snapshot.generation != self.generation
            self._commit = newest
            return is_other

    def close(self) -> None:
        """See the protocol. The files are released with the last query or pinned searcher that still reads them."""
        self._commit = None
        if not self._is_pinned:
            self._commits.clear()
