"""`Searcher` on the segments of the default engine. It reads arrays from mapped files and needs nothing of Whoosh."""

from collections.abc import Iterator, Sequence
from copy import copy
from itertools import islice
from threading import Lock
from typing import ClassVar, Self

import numpy as np

from index.engines.base import Capabilities, EngineLocation
from index.engines.whoosh.capabilities import CAPABILITIES
from search.engines.arrays.expansion import similar
from search.engines.arrays.selections import restricted, selection_masks
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
from search.engines.proximity import neighbor_pairs
from search.engines.vocabulary import read_vocabulary
from search.engines.whoosh.commits import Commit, open_commits
from search.engines.whoosh.executor import Execution, Match
from search.engines.whoosh.explanation import explain
from search.engines.whoosh.proximity import proximity_bonus
from search.query.ast import Query

__all__ = ["WhooshSearcher"]


class WhooshSearcher:
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
        if commit is None or commit.snapshot.generation != generation:
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
        matches = commit.matches(query, is_scored=limit > 0)
        parts = [selection_masks(segment, selections) for segment in commit.snapshot.segments]
        found = [Match(restricted(match.mask, *part), match.scores) for match, part in zip(matches, parts, strict=True)]
        buckets = []
        for request in facets:
            masks = [
                one.mask if request.field not in part[1] else restricted(match.mask, *part, without=request.field)
                for one, match, part in zip(found, matches, parts, strict=True)
            ]
            buckets.append(commit.counter.count(request, masks))
        hits = []
        if limit:
            ranked = commit.ranked(found, sort, offset + limit)
            for _, name, place, document in islice(ranked, offset, offset + limit):
                scores = found[place].scores
                hits.append(EngineHit(name, 0.0 if scores is None else float(scores[document])))
        total = sum(int(np.count_nonzero(match.mask)) for match in found)
        return EngineResult(
            total=total,
            hits=tuple(hits),
            facets=tuple(buckets),
            counts=tuple(_count(commit, request) for request in counts),
            explanations=tuple(self.explain(query, hit.id) for hit in hits) if explain else (),
        )

    def scan(self, query: Query, *, selections: Sequence[Selection] = (), sort: Sort = Sort.RELEVANCE) -> Iterator[str]:
        """See the protocol."""
        commit = self._current
        matches = commit.matches(query, is_scored=sort is Sort.RELEVANCE)
        found = [
            Match(restricted(match.mask, *selection_masks(segment, selections)), match.scores)
            for match, segment in zip(matches, commit.snapshot.segments, strict=True)
        ]
        return (name for _, name, _, _ in commit.ranked(found, sort, None))

    def explain(self, query: Query, document_id: str) -> tuple[Contribution, ...]:
        """See the protocol."""
        commit = self._current
        at = commit.snapshot.find(document_id)
        if at is None:
            return ()
        execution = Execution(commit.snapshot, commit.finder)
        matches = commit.matches_without_proximity(query, execution)
        place, document = at
        if not matches[place].mask[document]:
            return ()
        contributions = list(explain(execution, query, place, document))
        pairs = neighbor_pairs(query)
        if pairs and document in commit.rescored(matches).get(place, ()):
            for (left, right), bonus in proximity_bonus(commit.finder, pairs, place, np.array([document])):
                if bonus[0]:
                    contributions.append(
                        Contribution(
                            f"{left.term} near {right.term}", float(bonus[0]), "words of the query close together"
                        )
                    )
        return tuple(contributions)

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


def _count(commit: Commit, request: CountRequest) -> int:
    matches = commit.matches(request.query, is_scored=False)
    return sum(
        int(np.count_nonzero(restricted(match.mask, *selection_masks(segment, request.selections))))
        for match, segment in zip(matches, commit.snapshot.segments, strict=True)
    )
