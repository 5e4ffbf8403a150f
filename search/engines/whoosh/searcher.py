"""`Searcher` on the segments of the default engine. It reads arrays from mapped files and needs nothing of Whoosh."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import ClassVar

import numpy as np

from index.engines.arrays.segment_file import Array
from index.engines.base import Capabilities, EngineLocation
from index.engines.whoosh.capabilities import CAPABILITIES
from search.engines.arrays.searcher import CommitSearcher
from search.engines.arrays.selections import WithColumns, pair_counts, restricted, selection_masks
from search.engines.base import (
    Contribution,
    CountRequest,
    EngineHit,
    EngineResult,
    FacetRequest,
    Selection,
    Sort,
)
from search.engines.proximity import neighbor_pairs
from search.engines.whoosh.commits import Commit, open_commits
from search.engines.whoosh.executor import Execution, Match
from search.engines.whoosh.explanation import explain
from search.engines.whoosh.proximity import proximity_bonus
from search.query.ast import Query

__all__ = ["WhooshSearcher"]


class WhooshSearcher(CommitSearcher[Commit]):
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
            counts=_counts(commit, counts),
            explanations=tuple(self.explain(query, hit.id) for hit in hits) if explain else (),
        )

    def pair_counts(
        self, query: Query, values: Sequence[tuple[str, str]], *, selections: Sequence[Selection] = ()
    ) -> tuple[tuple[int, ...], ...]:
        """See the protocol."""
        commit = self._current
        segments = commit.snapshot.segments
        matches = commit.matches(query, is_scored=False)
        parts = [selection_masks(segment, selections) for segment in segments]
        masks = [restricted(match.mask, *part) for match, part in zip(matches, parts, strict=True)]
        return pair_counts(segments, masks, values)

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


def _counts(commit: Commit, requests: Sequence[CountRequest]) -> tuple[int, ...]:
    """Count the documents of each request; each query, and what its selections have in common, is evaluated once."""
    segments = commit.snapshot.segments
    matches = {query: commit.matches(query, is_scored=False) for query in {request.query for request in requests}}
    # A chart asks for many periods of the same search: all selections but the last are those of the search.
    common: dict[tuple[Query, tuple[Selection, ...]], list[Array]] = {}
    counts = []
    for request in requests:
        first, last = request.selections[:-1], request.selections[-1:]
        if (request.query, first) not in common:
            found = [match.mask for match in matches[request.query]]
            common[request.query, first] = _restricted(segments, found, first)
        masks = _restricted(segments, common[request.query, first], last)
        counts.append(sum(int(np.count_nonzero(mask)) for mask in masks))
    return tuple(counts)


def _restricted(
    segments: Sequence[WithColumns], masks: Sequence[Array], selections: Sequence[Selection]
) -> list[Array]:
    return [
        restricted(mask, *selection_masks(segment, selections)) for mask, segment in zip(masks, segments, strict=True)
    ]
