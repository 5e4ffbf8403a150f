"""Open commits of one index, shared by its searchers, each with its caches."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from heapq import merge
from pathlib import Path
from threading import Lock

import numpy as np

from index.engines.scoring import RESCORED
from index.engines.whoosh.manifest import SegmentEntry, read_manifest
from index.engines.whoosh.segment import Segment
from index.engines.whoosh.segment_file import Array
from index.engines.whoosh.segment_store import open_commit
from search.engines.base import Sort
from search.engines.proximity import neighbor_pairs
from search.engines.whoosh.executor import Execution, Match
from search.engines.whoosh.facet_counts import FacetCounter
from search.engines.whoosh.leaves import LeafFinder
from search.engines.whoosh.ordering import best_of_all, sort_keys, top
from search.engines.whoosh.proximity import proximity_bonus
from search.engines.whoosh.snapshot import Snapshot
from search.query.ast import Query, Term

__all__ = ["Commit", "Commits"]

# The current commit, the one before it, and one of a slow reader. Each may hold 16 MB of postings and the tables of its
# facets; a searcher that is pinned to a commit keeps it open in any case.
_MAX_OPEN = 3


class Commit:
    """A snapshot with the caches that belong to it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.finder = LeafFinder(snapshot)
        self.counter = FacetCounter(snapshot)

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
        return merge(*(self._ranked_in(place, match, sort, limit) for place, match in enumerate(matches)))

    def _ranked_in(
        self, place: int, match: Match, sort: Sort, limit: int | None
    ) -> Iterator[tuple[float, str, int, int]]:
        segment = self.snapshot.segments[place]
        keys = sort_keys(sort, match.scores, segment.published)
        documents = top(match.mask, keys, limit)
        for document, key in zip(documents.tolist(), keys[documents].tolist(), strict=True):
            yield -key, segment.ids[document], place, document


class Commits:
    """The commits of one folder that were opened last. Safe for many threads.

    A commit that is open is never read again: its generation is unique among all indexes, so that nothing on disk can
    differ from it but by damage.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: OrderedDict[str, Commit] = OrderedDict()
        self._lock = Lock()
        # Held while files are opened, so that two threads do not open the same commit twice.
        self._opening = Lock()

    def newest(self) -> Commit:
        """Return the commit published last, by the folder as it is on disk now; raises what `open_commit` raises."""
        return self._find(read_manifest(self._folder).generation) or self._opened(None)

    def at(self, generation: str) -> Commit:
        """Return the commit with this generation; raises what `open_commit` raises."""
        return self._find(generation) or self._opened(generation)

    def clear(self) -> None:
        """Forget all commits; their files are released with the last query that reads them."""
        with self._lock:
            self._open.clear()

    def _find(self, generation: str) -> Commit | None:
        with self._lock:
            commit = self._open.get(generation)
            if commit is not None:
                self._open.move_to_end(generation)
            return commit

    def _opened(self, generation: str | None) -> Commit:
        with self._opening:
            # Another thread may have opened it while this one waited.
            found = None if generation is None else self._find(generation)
            if found is not None:
                return found
            manifest, segments = open_commit(self._folder, generation, reuse=self._segments())
            found = self._find(manifest.generation)
            if found is not None:
                return found
            commit = Commit(Snapshot(manifest.generation, segments))
            with self._lock:
                self._open[manifest.generation] = commit
                while len(self._open) > _MAX_OPEN:
                    self._open.popitem(last=False)
            return commit

    def _segments(self) -> dict[SegmentEntry, Segment]:
        with self._lock:
            commits = list(self._open.values())
        return {entry: segment for commit in commits for entry, segment in commit.snapshot.opened.items()}
