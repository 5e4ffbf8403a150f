"""`Searcher` on tantivy: the library finds documents, our parts count and score them."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import ClassVar

import numpy as np

from index.engines.base import Capabilities, EngineLocation
from index.engines.tantivy.capabilities import CAPABILITIES
from search.engines.arrays.searcher import CommitSearcher
from search.engines.arrays.selections import pair_counts
from search.engines.base import (
    Contribution,
    CountRequest,
    EngineHit,
    EngineResult,
    FacetRequest,
    Selection,
    Sort,
)
from search.engines.tantivy.commits import Commit, open_commits
from search.engines.tantivy.explanation import explain
from search.engines.tantivy.ranking import is_scoring
from search.query.ast import Query

__all__ = ["TantivySearcher"]


class TantivySearcher(CommitSearcher[Commit]):
    """See `search.engines.base.Searcher`."""

    capabilities: ClassVar[Capabilities] = CAPABILITIES

    def __init__(self, location: EngineLocation, *, generation: str | None = None) -> None:
        super().__init__(open_commits(location.local_folder()), generation)

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

    def pair_counts(
        self, query: Query, values: Sequence[tuple[str, str]], *, selections: Sequence[Selection] = ()
    ) -> tuple[tuple[int, ...], ...]:
        """See the protocol."""
        commit = self._current
        return pair_counts(commit.snapshot.parts, commit.masks(query, selections).found, values)

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
