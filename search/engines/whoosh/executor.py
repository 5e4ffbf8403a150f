"""Evaluating a query on a segment with one mask and one array of scores: no loop runs over documents."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from index.engines.arrays.segment_file import Array
from index.engines.scoring import TITLE_WEIGHT
from search.engines.arrays.scoring import saturated
from search.engines.arrays.selections import document_mask, keyword_mask, range_mask
from search.engines.whoosh.leaves import Leaf, LeafFinder, LeafQuery
from search.engines.whoosh.snapshot import Snapshot
from search.query.ast import (
    And,
    Boost,
    Documents,
    Everything,
    FuzzyTerm,
    Keyword,
    KeywordRange,
    Not,
    Nothing,
    Or,
    PrefixTerm,
    Query,
    Term,
    TermSequence,
)

__all__ = ["Execution", "Match", "leaf_scores"]


class Match(Struct, frozen=True):
    """Mask of the documents of a segment that match, and their scores (float64, 0 elsewhere); None: all are 0."""

    mask: Array
    scores: Array | None


class Execution:
    """One query on one snapshot. Leaves are found once, for all segments.

    Without `is_scored` no scores are computed, which is all that counting needs.
    """

    def __init__(self, snapshot: Snapshot, finder: LeafFinder, *, is_scored: bool = True) -> None:
        self.snapshot = snapshot
        self._is_scored = is_scored
        self._finder = finder
        self._leaves: dict[LeafQuery, Leaf] = {}

    def leaf(self, query: LeafQuery) -> Leaf:
        """Return the postings of a scoring leaf in all segments."""
        leaf = self._leaves.get(query)
        if leaf is None:
            leaf = self._leaves[query] = self._finder.find(query)
        return leaf

    def evaluate(self, query: Query, place: int) -> Match:
        """Return the matches of a query in the segment with this number, deleted documents included."""
        size = self.snapshot.segments[place].size
        match query:
            case Term() | TermSequence() | PrefixTerm() | FuzzyTerm():
                return self._evaluate_leaf(query, place)
            case Keyword(field=field, values=values):
                return Match(keyword_mask(self.snapshot.segments[place], field, values), None)
            case KeywordRange(field=field, lower=lower, upper=upper):
                return Match(range_mask(self.snapshot.segments[place], field, lower, upper), None)
            case Documents(ids=ids):
                return Match(document_mask(self.snapshot.segments[place], ids), None)
            case And(clauses=clauses):
                return _all([self.evaluate(clause, place) for clause in clauses])
            case Or(clauses=clauses):
                return _any([self.evaluate(clause, place) for clause in clauses])
            case Not(clause=clause):
                return Match(~self.evaluate(clause, place).mask, None)
            case Boost(clause=clause, factor=factor):
                match_ = self.evaluate(clause, place)
                return match_ if match_.scores is None else Match(match_.mask, match_.scores * factor)
            case Everything():
                return Match(np.ones(size, np.bool_), None)
            case Nothing():
                return Match(np.zeros(size, np.bool_), None)
        raise TypeError(f"{type(query).__name__} is not executed; rewrite the query first")

    def _evaluate_leaf(self, query: LeafQuery, place: int) -> Match:
        leaf = self.leaf(query)
        mask = np.zeros(self.snapshot.segments[place].size, np.bool_)
        if not self._is_scored:
            mask[leaf.postings[place][0]] = True
            return Match(mask, None)
        scores = np.zeros(len(mask), np.float64)
        documents, body_scores = leaf_scores(self.snapshot, leaf, place, is_title=False)
        mask[documents] = True
        scores[documents] = body_scores
        if leaf.title:
            documents, title_scores = leaf_scores(self.snapshot, leaf, place, is_title=True)
            scores[documents] += title_scores * mask[documents]
        return Match(mask, scores)


def leaf_scores(snapshot: Snapshot, leaf: Leaf, place: int, *, is_title: bool) -> tuple[Array, Array]:
    """Return the documents of a leaf in a segment, and the score of the leaf in each."""
    documents, frequencies = (leaf.title if is_title else leaf.postings)[place]
    factors = snapshot.length_factors["title" if is_title else leaf.field][place]
    weight = leaf.inverse_document_frequency * (TITLE_WEIGHT if is_title else 1.0)
    return documents, weight * saturated(frequencies.astype(np.float64), factors[documents])


def _all(matches: Sequence[Match]) -> Match:
    if len(matches) == 1:
        return matches[0]
    mask = matches[0].mask
    for match in matches[1:]:
        mask = mask & match.mask
    scores = _sum(matches)
    return Match(mask, None if scores is None else scores * mask)


def _any(matches: Sequence[Match]) -> Match:
    mask = matches[0].mask
    for match in matches[1:]:
        mask = mask | match.mask
    return Match(mask, _sum(matches))


def _sum(matches: Sequence[Match]) -> Array | None:
    total: Array | None = None
    for match in matches:
        if match.scores is not None:
            total = match.scores if total is None else total + match.scores
    return total
