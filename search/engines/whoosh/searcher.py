"""`Searcher` on the segments of the default engine. It reads arrays from mapped files and needs nothing of Whoosh."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from pathlib import Path
from threading import Lock

import numpy as np

from index.engines.whoosh.segment_file import Array
from search.engines.base import (
    Contribution,
    EngineHit,
    EngineResult,
    FacetRequest,
    Selection,
    Sort,
    TermCount,
)
from search.engines.whoosh.executor import Execution, Match, selection_masks
from search.engines.whoosh.expansion import similar
from search.engines.whoosh.explanation import explain
from search.engines.whoosh.facet_counts import FacetCounter
from search.engines.whoosh.leaves import LeafFinder
from search.engines.whoosh.nearness import RESCORED, nearness_bonus, neighbour_pairs
from search.engines.whoosh.ordering import best_of_all, sort_keys, top
from search.engines.whoosh.snapshot import Snapshot
from search.query.ast import Query

__all__ = ["WhooshSearcher"]


class _State:
    """A snapshot with the caches that belong to it, swapped as a whole when a newer commit is opened."""

    def __init__(self, folder: Path, previous: Snapshot | None = None) -> None:
        self.snapshot = Snapshot(folder, previous)
        self.finder = LeafFinder(self.snapshot)
        self.counter = FacetCounter(self.snapshot)

    def matches(self, query: Query) -> list[Match]:
        """What a query matches in each segment, scored, without deleted documents."""
        matches = self.matches_without_nearness(query, Execution(self.snapshot, self.finder))
        pairs = neighbour_pairs(query)
        if pairs:
            self._add_nearness(pairs, matches)
        return matches

    def matches_without_nearness(self, query: Query, execution: Execution) -> list[Match]:
        """`matches` before the bonus for words near each other."""
        matches = [execution.evaluate(query, place) for place in range(len(self.snapshot.segments))]
        return [
            match if segment.live is None else Match(match.mask & segment.live, match.scores)
            for match, segment in zip(matches, self.snapshot.segments, strict=True)
        ]

    def _add_nearness(self, pairs: Sequence[tuple[str, str]], matches: list[Match]) -> None:
        for place, documents in self.rescored(matches).items():
            scores = matches[place].scores
            assert scores is not None
            for _, bonus in nearness_bonus(self.snapshot, pairs, place, documents):
                scores[documents] += bonus

    def rescored(self, matches: Sequence[Match]) -> dict[int, Array]:
        """The documents, ascending, of each segment that are among the best of all."""
        keys = [sort_keys(Sort.RELEVANCE, match.scores, match.mask) for match in matches]
        best = best_of_all([(match.mask, key) for match, key in zip(matches, keys, strict=True)], self._id_of, RESCORED)
        return {place: np.sort(documents) for place, documents in enumerate(best) if len(documents)}

    def _id_of(self, place: int, document: int) -> str:
        return self.snapshot.segments[place].ids[document]

    def ranked(self, matches: Sequence[Match], sort: Sort, limit: int | None) -> Iterator[tuple[float, str, int, int]]:
        """(negative key, id, segment, document) of at least the first `limit` documents, in order."""
        return merge(*(self._ranked_in(place, match, sort, limit) for place, match in enumerate(matches)))

    def _ranked_in(
        self, place: int, match: Match, sort: Sort, limit: int | None
    ) -> Iterator[tuple[float, str, int, int]]:
        segment = self.snapshot.segments[place]
        keys = sort_keys(sort, match.scores, segment.published)
        documents = top(match.mask, keys, limit)
        for document, key in zip(documents.tolist(), keys[documents].tolist(), strict=True):
            yield -key, segment.ids[document], place, document


class WhooshSearcher:
    """See `search.engines.base.Searcher`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state = _State(folder)
        self._lock = Lock()

    def search(
        self,
        query: Query,
        *,
        selections: Sequence[Selection] = (),
        facets: Sequence[FacetRequest] = (),
        sort: Sort = Sort.RELEVANCE,
        limit: int = 10,
        offset: int = 0,
    ) -> EngineResult:
        """See the protocol."""
        state = self._state
        matches = state.matches(query)
        parts = [selection_masks(segment, selections) for segment in state.snapshot.segments]
        found = [
            Match(_restricted(match.mask, *part), match.scores) for match, part in zip(matches, parts, strict=True)
        ]
        counts = []
        for request in facets:
            masks = [
                one.mask if request.field not in part[1] else _restricted(match.mask, *part, without=request.field)
                for one, match, part in zip(found, matches, parts, strict=True)
            ]
            counts.append(state.counter.count(request, masks))
        hits = []
        if limit:
            ranked = state.ranked(found, sort, offset + limit)
            for _, name, place, document in islice(ranked, offset, offset + limit):
                scores = found[place].scores
                hits.append(EngineHit(name, 0.0 if scores is None else float(scores[document])))
        total = sum(int(np.count_nonzero(match.mask)) for match in found)
        return EngineResult(total, tuple(hits), tuple(counts))

    def scan(self, query: Query, *, selections: Sequence[Selection] = (), sort: Sort = Sort.RELEVANCE) -> Iterator[str]:
        """See the protocol."""
        state = self._state
        found = [
            Match(_restricted(match.mask, *selection_masks(segment, selections)), match.scores)
            for match, segment in zip(state.matches(query), state.snapshot.segments, strict=True)
        ]
        return (name for _, name, _, _ in state.ranked(found, sort, None))

    def explain(self, query: Query, document_id: str) -> tuple[Contribution, ...]:
        """See the protocol."""
        state = self._state
        at = state.snapshot.find(document_id)
        if at is None:
            return ()
        execution = Execution(state.snapshot, state.finder)
        matches = state.matches_without_nearness(query, execution)
        place, document = at
        if not matches[place].mask[document]:
            return ()
        contributions = list(explain(execution, query, place, document))
        pairs = neighbour_pairs(query)
        if pairs and document in state.rescored(matches).get(place, ()):
            for (left, right), bonus in nearness_bonus(state.snapshot, pairs, place, np.array([document])):
                if bonus[0]:
                    contributions.append(
                        Contribution(f"{left} near {right}", float(bonus[0]), "words of the query close together")
                    )
        return tuple(contributions)

    def document_frequency(self, field: str, term: str) -> int:
        """See the protocol."""
        return self._state.snapshot.frequency(field, term)

    def terms(self, field: str, *, prefix: str = "", limit: int = 10) -> tuple[TermCount, ...]:
        """See the protocol."""
        totals = self._state.snapshot.frequencies(field, prefix)
        chosen = sorted(totals, key=lambda term: (-totals[term], term))[:limit]
        return tuple(TermCount(term, totals[term]) for term in chosen)

    def similar_terms(self, field: str, term: str, *, distance: int = 2, limit: int = 10) -> tuple[TermCount, ...]:
        """See the protocol."""
        found = similar(self._state.snapshot, field, term, distance=distance)
        return tuple(TermCount(name, documents) for name, edits, documents in found if edits)[:limit]

    @property
    def document_count(self) -> int:
        """See the protocol."""
        return self._state.snapshot.document_count

    @property
    def generation(self) -> str:
        """See the protocol."""
        return self._state.snapshot.generation

    def refresh(self) -> bool:
        """See the protocol."""
        with self._lock:
            newer = _State(self._folder, self._state.snapshot)
            if newer.snapshot.generation == self._state.snapshot.generation:
                return False
            self._state = newer
            return True

    def close(self) -> None:
        """See the protocol. The files are released with the last query that still reads them."""
        with self._lock:
            self.__dict__.pop("_state", None)


def _restricted(mask: Array, fixed: Array | None, chosen: dict[str, Array], *, without: str = "") -> Array:
    """A mask without what selections take away, but for those of one field."""
    for part in (fixed, *(part for field, part in chosen.items() if field != without)):
        if part is not None:
            mask = mask & part
    return mask
