"""An open commit with its caches."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.engines.arrays.segment_file import Array
from index.engines.manifest import read_manifest
from index.engines.scoring import RESCORED
from index.engines.whoosh.capabilities import ENGINE
from index.engines.whoosh.segment_store import open_commit
from search.engines.arrays.facet_counts import FacetCounter
from search.engines.arrays.ordering import best_of_all, ranked, sort_keys
from search.engines.base import Sort
from search.engines.commits import Commits
from search.engines.proximity import neighbor_pairs
from search.engines.whoosh.executor import Execution, Match
from search.engines.whoosh.leaves import LeafFinder
from search.engines.whoosh.proximity import proximity_bonus
from search.engines.whoosh.snapshot import Snapshot
from search.query.ast import Query, Term

__all__ = ["Commit", "open_commits"]


class Commit:
    """A snapshot with the caches that belong to it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.generation = snapshot.generation
        self.finder = LeafFinder(snapshot)
        self.counter = FacetCounter(snapshot.segments)

    def matches(self, query: Query, *, is_scored: bool = True) -> list[Match]:
        """Return the live documents that match a query in each segment, with their scores if they are wanted."""
        execution = Execution(self.snapshot, self.finder, is_scored=is_scored)
        matches = self.matches_without_proximity(query, execution)
        pairs = neighbor_pairs(query) if is_scored else ()
        if pairs:
            self._add_proximity(pairs, matches)
        return matches

    def matches_without_proximity(self, query: Query, execution: Execution) -> list[Match]:
        """Return `matches` before the bonus for words near each other."""
        matches = [execution.evaluate(query, place) for place in range(len(self.snapshot.segments))]
        return [
            match if segment.live is None else Match(match.mask & segment.live, match.scores)
            for match, segment in zip(matches, self.snapshot.segments, strict=True)
        ]

    def _add_proximity(self, pairs: Sequence[tuple[Term, Term]], matches: list[Match]) -> None:
        for place, documents in self.rescored(matches).items():
            scores = matches[place].scores
            assert scores is not None
            for _, bonus in proximity_bonus(self.finder, pairs, place, documents):
                scores[documents] += bonus

    def rescored(self, matches: Sequence[Match]) -> dict[int, Array]:
        """Return the documents, ascending, of each segment that are among the best of all."""
        keys = [sort_keys(Sort.RELEVANCE, match.scores, match.mask) for match in matches]
        best = best_of_all([(match.mask, key) for match, key in zip(matches, keys, strict=True)], self._id_of, RESCORED)
        return {place: np.sort(documents) for place, documents in enumerate(best) if len(documents)}

    def _id_of(self, place: int, document: int) -> str:
        return self.snapshot.segments[place].ids[document]

    def ranked(self, matches: Sequence[Match], sort: Sort, limit: int | None) -> Iterator[tuple[float, str, int, int]]:
        """Yield (negative key, id, segment, document) of at least the first `limit` documents, in order."""
        segments = self.snapshot.segments
        keys = [sort_keys(sort, one.scores, segment.published) for one, segment in zip(matches, segments, strict=True)]
        return ranked(segments, [match.mask for match in matches], keys, limit)


def open_commits(folder: Path) -> Commits[Commit]:
    """Return the commits of a folder; opening one raises what `segment_store.open_commit` raises."""

    def open_(generation: str | None, others: Sequence[Commit]) -> Commit:
        reuse = {entry: segment for commit in others for entry, segment in commit.snapshot.opened.items()}
        manifest, segments = open_commit(folder, generation, reuse=reuse)
        return Commit(Snapshot(manifest.generation, segments))

    return Commits(lambda: read_manifest(folder, engine=ENGINE).generation, open_)
