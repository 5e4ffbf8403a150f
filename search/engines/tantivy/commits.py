"""An open commit with its caches."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from index.engines.arrays.segment_file import Array
from index.engines.manifest import read_manifest
from index.engines.tantivy.capabilities import ENGINE
from index.engines.tantivy.part_store import open_commit
from search.engines.arrays.facet_counts import FacetCounter
from search.engines.arrays.ordering import ranked, sort_keys
from search.engines.arrays.selections import restricted, selection_masks
from search.engines.base import CountRequest, FacetCounts, FacetRequest, Selection, Sort
from search.engines.commits import Commits
from search.engines.restricting import with_selections
from search.engines.tantivy.matching import Matcher
from search.engines.tantivy.ranking import Ranked, Ranking, is_scoring, whole_blocks
from search.engines.tantivy.snapshot import Snapshot
from search.query.ast import Query

__all__ = ["Commit", "open_commits"]


class Commit:
    """A snapshot with the caches that belong to it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.generation = snapshot.generation
        self.matcher = Matcher(snapshot)
        self.ranking = Ranking(snapshot, self.matcher)
        self._counter = FacetCounter(snapshot.parts)

    def count(self, request: CountRequest) -> int:
        """Return the number of documents that match a query and every selection."""
        return self.matcher.count(with_selections(request.query, request.selections))

    def first(self, query: Query, selections: Sequence[Selection], limit: int) -> tuple[int, Iterator[Ranked]]:
        """Return how many documents are found, and at least the first `limit` of them by relevance."""
        whole = with_selections(query, selections)
        compiled = self.matcher.compiler.compile(whole)
        if not compiled.is_exact or compiled.query is None or not is_scoring(query):
            masks = self.matcher.masks(whole)
            return _total(masks), self.ranked(query, selections, masks, Sort.RELEVANCE, limit)
        best = self.snapshot.library.best(compiled.query, whole_blocks(limit))
        return best.total, self.ranking.of_best(query, best.numbers)

    def masks(self, query: Query, selections: Sequence[Selection]) -> "Masks":
        """Return the documents that match a query, and what selections leave of them."""
        parts = [selection_masks(part, selections) for part in self.snapshot.parts]
        return Masks(self.matcher.masks(query), parts)

    def facet(self, request: FacetRequest, masks: "Masks") -> FacetCounts:
        """Return the buckets of a facet."""
        return self._counter.count(request, masks.without(request.field))

    def ranked(
        self, query: Query, selections: Sequence[Selection], masks: Sequence[Array], sort: Sort, limit: int | None
    ) -> Iterator[Ranked]:
        """Yield the documents of masks, which match query and selections, in order: at least `limit`, None for all."""
        if sort is Sort.RELEVANCE and is_scoring(query):
            compiled = self.matcher.compiler.compile(with_selections(query, selections))
            yield from self.ranking.of_masks(query, masks, compiled, limit)
            return
        parts = self.snapshot.parts
        keys = [sort_keys(sort, None, part.published) for part in parts]
        for _, _, place, row in islice(ranked(parts, masks, keys, limit), limit):
            yield Ranked(place, row, 0.0)

    def with_scores(self, query: Query, found: Sequence[Ranked]) -> list[Ranked]:
        """Return documents, which match a query, with their scores."""
        places, rows = np.array([one.place for one in found], np.int64), np.array([one.row for one in found], np.int64)
        scores = self.ranking.scores(query, places, rows).tolist()
        return [Ranked(one.place, one.row, score) for one, score in zip(found, scores, strict=True)]


class Masks:
    """The documents that match a query, and what selections leave of them, for each part."""

    def __init__(self, matching: Sequence[Array], parts: Sequence[tuple[Array | None, dict[str, Array]]]) -> None:
        self._matching = matching
        self._parts = parts
        self.found = self._restricted("")
        """The documents that match the query and every selection."""
        self.total = _total(self.found)

    def without(self, field: str) -> list[Array]:
        """Return the documents that are counted for the facet of a field: without its own values in mode ANY."""
        is_chosen = any(field in chosen for _, chosen in self._parts)
        return self._restricted(field) if is_chosen else self.found

    def _restricted(self, field: str) -> list[Array]:
        return [restricted(mask, *part, without=field) for mask, part in zip(self._matching, self._parts, strict=True)]


def _total(masks: Sequence[Array]) -> int:
    return sum(int(np.count_nonzero(mask)) for mask in masks)


def open_commits(folder: Path) -> Commits[Commit]:
    """Return the commits of a folder; opening one raises what `part_store.open_commit` raises."""

    def open_(generation: str | None, others: Sequence[Commit]) -> Commit:
        reuse = {entry: part for commit in others for entry, part in commit.snapshot.opened.items()}
        manifest, files = open_commit(folder, generation, reuse=reuse)
        return Commit(Snapshot(folder, manifest, files))

    return Commits(lambda: read_manifest(folder, engine=ENGINE).generation, open_)
