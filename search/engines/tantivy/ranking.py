"""The order by relevance: the library proposes documents, and each block of them is put in the order of our scores.

The score of a document depends on the query and the document alone. The library's order is near ours, so that the best
documents are in the first block; blocks are not mixed, so that pages are slices of one order.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from index.engines.arrays.segment_file import Array
from search.engines.proximity import neighbor_pairs
from search.engines.tantivy.compiling import Compiled
from search.engines.tantivy.matching import Matcher
from search.engines.tantivy.snapshot import Snapshot
from search.query.ast import And, Boost, FuzzyTerm, Or, PrefixTerm, Query, Term, TermSequence

__all__ = ["BLOCK", "Ranked", "Ranking", "is_scoring", "whole_blocks"]

BLOCK = 100
"""The number of documents that are scored and put in order together."""


class Ranked(Struct, frozen=True):
    """A document by part and row, with its score."""

    place: int
    row: int
    score: float


class Ranking:
    """Ranks the documents of one snapshot. Safe for many threads."""

    def __init__(self, snapshot: Snapshot, matcher: Matcher) -> None:
        self._snapshot = snapshot
        self._matcher = matcher

    def of_best(self, query: Query, numbers: Array) -> Iterator[Ranked]:
        """Yield documents that the library found best first, in our order; `numbers` are all that it found."""
        for first in range(0, len(numbers), BLOCK):
            yield from self._block(query, *self._snapshot.places(numbers[first : first + BLOCK]))

    def of_masks(
        self, query: Query, masks: Sequence[Array], compiled: Compiled, wanted: int | None
    ) -> Iterator[Ranked]:
        """Yield the documents of masks, all of which match `query`, in our order: at least `wanted`, None for all.

        `compiled` finds all of them and perhaps others.
        """
        total = sum(int(np.count_nonzero(mask)) for mask in masks)
        wanted = total if wanted is None else min(wanted, total)
        if total <= BLOCK or compiled.query is None:
            yield from self._small(query, masks)
            return
        wanted = min(whole_blocks(wanted), total)
        limit = wanted if compiled.is_exact else 2 * wanted
        while True:
            best = self._snapshot.library.best(compiled.query, limit)
            places, rows = self._snapshot.places(best.numbers)
            keep = np.zeros(len(rows), np.bool_)
            for place, mask in enumerate(masks):
                here = places == place
                keep[here] = mask[rows[here]]
            if np.count_nonzero(keep) >= wanted or limit >= best.total:
                break
            limit *= 8
        places, rows = places[keep], rows[keep]
        for first in range(0, len(rows), BLOCK):
            yield from self._block(query, places[first : first + BLOCK], rows[first : first + BLOCK])

    def _small(self, query: Query, masks: Sequence[Array]) -> Iterator[Ranked]:
        found = [np.flatnonzero(mask) for mask in masks]
        places: Array = np.repeat(np.arange(len(found)), [len(rows) for rows in found])
        yield from self._block(query, places, np.concatenate(found) if found else places)

    def _block(self, query: Query, places: Array, rows: Array) -> Iterator[Ranked]:
        """Yield documents by falling score, then by id."""
        scores = self.scores(query, places, rows)
        order = np.lexsort((rows, places, -scores))
        places, rows, scores = places[order], rows[order], scores[order]
        has_one_part = not len(places) or (places == places[0]).all()
        ends = [*(np.flatnonzero(np.diff(scores)) + 1).tolist(), len(scores)]
        first = 0
        for end in ends:
            tied = [Ranked(int(places[at]), int(rows[at]), float(scores[at])) for at in range(first, end)]
            if end - first > 1 and not has_one_part:
                # Within a part, rows are in the order of ids.
                tied.sort(key=self.id_of)
            yield from tied
            first = end

    def id_of(self, ranked: Ranked) -> str:
        """Return the id of a document."""
        return self._snapshot.parts[ranked.place].ids[ranked.row]

    def scores(self, query: Query, places: Array, rows: Array) -> Array:
        """Return the scores of live documents that match."""
        pairs = neighbor_pairs(query)
        scores = np.zeros(len(rows))
        for place in set(places.tolist()):
            here = np.flatnonzero(places == place)
            evaluation = self._matcher.evaluation(place, rows[here])
            found = evaluation.evaluate(query).scores
            if found is not None:
                scores[here] = found + sum((bonus for _, bonus in evaluation.bonuses(pairs)), np.zeros(len(here)))
        return scores


def whole_blocks(limit: int) -> int:
    """Return the number of documents of the blocks that hold the first `limit`.

    >>> whole_blocks(BLOCK + 1) == 2 * BLOCK
    True
    """
    return -(-limit // BLOCK) * BLOCK


def is_scoring(query: Query) -> bool:
    """Return true when any part of a query adds to scores."""
    match query:
        case Term() | TermSequence() | PrefixTerm() | FuzzyTerm():
            return True
        case And(clauses=clauses) | Or(clauses=clauses):
            return any(map(is_scoring, clauses))
        case Boost(clause=clause):
            return is_scoring(clause)
        case _:
            return False
