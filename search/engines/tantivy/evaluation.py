"""Evaluating a query on chosen documents of a part: which match, and their scores as `index.engines.scoring` says.

The library finds; this tells what it cannot tell, scores the documents that it found best, and explains scores. It
reads the tokens of these documents alone.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from index.engines.arrays.segment_file import Array
from index.engines.scoring import BOILERPLATE_WEIGHT, MAX_EXPANSION, PROXIMITY_WEIGHT, TITLE_WEIGHT
from index.engines.tantivy.part import STREAMS, Part
from search.engines.arrays.positions import POSITION_BITS, closeness, ordered_places, unordered_places
from search.engines.arrays.scoring import saturated
from search.engines.arrays.selections import document_mask, keyword_mask, range_mask
from search.engines.tantivy.leaves import Expansions, LeafQuery, own_terms, readings_of
from search.engines.tantivy.rarity import Rarity
from search.engines.tantivy.snapshot import Snapshot
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

__all__ = ["Evaluation", "Found"]


class Found(Struct, frozen=True):
    """A flag for each document, true where it matches, and scores (float64, 0 elsewhere); None: all are 0."""

    mask: Array
    scores: Array | None


class _Tokens:
    """The tokens of the chosen documents, one document after another."""

    def __init__(self, part: Part, stream: str, rows: Array) -> None:
        self._text = part.text(stream)
        self._rows = rows
        self.tokens, sizes = self._text.tokens_of(rows)
        self.count = len(rows)
        self.ends = np.cumsum(sizes)
        self.starts = self.ends - sizes
        self._boilerplate = part.boilerplate if stream == "body" else self.tokens[:0]

    def at(self, codes: Array) -> Array:
        """Return where any of these tokens stand, ascending."""
        if len(codes) == 1:
            return np.flatnonzero(self.tokens == codes[0])
        if not len(codes):
            return np.zeros(0, np.int64)
        low, high = int(codes.min()), int(codes.max())
        if high - low == len(codes) - 1:
            # Tokens before the first wrap around to large numbers, so that one comparison does for both ends.
            return np.flatnonzero(self.tokens - np.uint32(low) < len(codes))
        is_wanted = np.zeros(max(high, int(self.tokens.max(initial=0))) + 1, np.bool_)
        is_wanted[codes] = True
        return np.flatnonzero(is_wanted[self.tokens])

    def documents(self, at: Array) -> Array:
        """Return the document of each of these places."""
        return np.searchsorted(self.ends, at, side="right")

    def keys(self, at: Array) -> Array:
        """Return ascending `document << POSITION_BITS | position`."""
        documents = self.documents(at)
        keys: Array = documents << POSITION_BITS | (at - self.starts[documents])
        return keys

    def weights(self, at: Array) -> Array | None:
        """Return what each occurrence weighs, None when all weigh 1."""
        if not len(self._boilerplate) or not len(at):
            return None
        documents = self.documents(at)
        places = self._text.starts[self._rows[documents]] + (at - self.starts[documents]).astype(np.uint64)
        found = np.minimum(np.searchsorted(self._boilerplate, places), len(self._boilerplate) - 1)
        return np.where(self._boilerplate[found] == places, BOILERPLATE_WEIGHT, 1.0)

    def frequencies(self, at: Array) -> Array:
        """Return for each document the sum of the weights of these occurrences."""
        return np.bincount(self.documents(at), self.weights(at), minlength=self.count).astype(np.float64)


class Evaluation:
    """One query on documents of one part, which are live."""

    def __init__(self, snapshot: Snapshot, place: int, rows: Array, expansions: Expansions, rarity: Rarity) -> None:
        self._snapshot = snapshot
        self._place = place
        self._part = snapshot.parts[place]
        self._rows = rows
        self._expansions = expansions
        self._rarity = rarity
        self._streams: dict[str, _Tokens] = {}

    def evaluate(self, query: Query) -> Found:
        """Return which of the documents match, and their scores without the bonus for neighbors."""
        size = len(self._rows)
        match query:
            case Term() | TermSequence() | PrefixTerm() | FuzzyTerm():
                parts = self.leaf_scores(query)
                return Found(parts[0][1] > 0, sum((scores for _, _, scores in parts), np.zeros(size)))
            case Keyword(field=field, values=values):
                return Found(keyword_mask(self._part, field, values)[self._rows], None)
            case KeywordRange(field=field, lower=lower, upper=upper):
                return Found(range_mask(self._part, field, lower, upper)[self._rows], None)
            case Documents(ids=ids):
                return Found(document_mask(self._part, ids)[self._rows], None)
            case And(clauses=clauses):
                found = [self.evaluate(clause) for clause in clauses]
                mask = np.logical_and.reduce([one.mask for one in found])
                scores = _sum(found)
                return Found(mask, None if scores is None else scores * mask)
            case Or(clauses=clauses):
                found = [self.evaluate(clause) for clause in clauses]
                return Found(np.logical_or.reduce([one.mask for one in found]), _sum(found))
            case Not(clause=clause):
                return Found(~self.evaluate(clause).mask, None)
            case Boost(clause=clause, factor=factor):
                one = self.evaluate(clause)
                return one if one.scores is None else Found(one.mask, one.scores * factor)
            case Everything():
                return Found(np.ones(size, np.bool_), None)
            case Nothing():
                return Found(np.zeros(size, np.bool_), None)
        raise TypeError(f"{type(query).__name__} is not executed; rewrite the query first")

    def matches(self, query: LeafQuery) -> Array:
        """Return a flag for each document that a leaf matches."""
        return self._frequencies(query, query.field) > 0

    def leaf_scores(self, query: LeafQuery) -> list[tuple[str, Array, Array]]:
        """Return field, weighted frequencies and scores of a leaf: in its own field, then in the title if it counts."""
        weight = self._rarity.weight(query)
        frequencies = self._frequencies(query, query.field)
        found = [(query.field, frequencies, weight * self._saturated(query.field, frequencies))]
        if query.field == "body" and isinstance(query, Term | TermSequence):
            titles = self._frequencies(query, "title") * (frequencies > 0)
            found.append(("title", titles, weight * TITLE_WEIGHT * self._saturated("title", titles)))
        return found

    def _saturated(self, field: str, frequencies: Array) -> Array:
        factors = self._snapshot.length_factors[field][self._place]
        return saturated(frequencies, factors[self._rows])

    # -- Frequencies ---------------------------------------------------------------------------------------------------

    def _frequencies(self, query: LeafQuery, field: str) -> Array:
        total = np.zeros(len(self._rows))
        for reading in readings_of(query):
            masks = reading.masks(self._snapshot)
            if masks is None:
                return self._read_frequencies(reading.leaf, field)
            mask = masks[self._place][self._rows]
            if mask.any():
                total += self._read_frequencies(reading.leaf, field) * mask
        return total

    def _read_frequencies(self, query: LeafQuery, field: str) -> Array:
        """Return the weighted frequencies of a leaf that all documents read alike."""
        terms = self._expansions.of(query)
        tokens = self._tokens(field)
        if isinstance(query, TermSequence) and len(terms) != 1:
            return self._sequence_frequencies(tokens, field, terms, query.slop)
        if isinstance(query, PrefixTerm):
            return tokens.frequencies(tokens.at(self._prefix_codes(field, query.prefix, terms)))
        return tokens.frequencies(tokens.at(self._codes(field, terms)))

    def _sequence_frequencies(self, tokens: _Tokens, field: str, terms: Sequence[str], slop: int | None) -> Array:
        lexicon = self._part.lexicon(field)
        numbers = [number for term in terms if (number := lexicon.find(term)) is not None]
        if not numbers or len(numbers) < len(terms):
            return np.zeros(len(self._rows))
        at = {number: tokens.at(self._part.text(field).codes(number)) for number in set(numbers)}
        keys = {number: tokens.keys(places) for number, places in at.items()}
        places = ordered_places(numbers, keys) if slop is None else unordered_places(numbers, keys, len(terms) + slop)
        counts = np.bincount(places >> POSITION_BITS, minlength=len(self._rows))
        # Occurrences in boilerplate count as little as the first term does there.
        first = at[numbers[0]]
        occurrences = np.bincount(tokens.documents(first), minlength=len(self._rows))
        shares: Array = counts * tokens.frequencies(first) / np.maximum(occurrences, 1)
        return shares

    def _codes(self, field: str, terms: Sequence[str]) -> Array:
        text = self._part.text(field)
        numbers = [number for term in terms if (number := text.lexicon.find(term)) is not None]
        return np.concatenate([text.codes(number) for number in numbers]) if numbers else np.zeros(0, np.int64)

    def _prefix_codes(self, field: str, prefix: str, terms: Sequence[str]) -> Array:
        """Return `_codes` of the terms that a prefix stands for, which lie side by side, without looking for each."""
        text = self._part.text(field)
        numbers = text.lexicon.with_prefix(prefix)
        if len(terms) < MAX_EXPANSION:
            return text.codes_between(numbers)
        chosen = frozenset(terms)
        names = zip(numbers, text.lexicon.slice(numbers), strict=True)
        found = [text.codes(number) for number, name in names if name in chosen]
        return np.concatenate(found) if found else np.zeros(0, np.int64)

    def _tokens(self, field: str) -> _Tokens:
        stream = STREAMS[field]
        found = self._streams.get(stream)
        if found is None:
            found = self._streams[stream] = _Tokens(self._part, stream, self._rows)
        return found

    # -- Neighbors ---------------------------------------------------------------------------------------------------

    def bonuses(self, pairs: Sequence[tuple[Term, Term]]) -> list[tuple[tuple[Term, Term], Array]]:
        """Return the bonus of each pair of terms for each document: the nearer they stand, the more."""
        found = []
        for left, right in pairs:
            keys = self._keys(left), self._keys(right)
            if len(keys[0]) and len(keys[1]):
                weight = PROXIMITY_WEIGHT * min(self._rarity.weight(left), self._rarity.weight(right))
                found.append(((left, right), weight * closeness(*keys, self._documents)))
        return found

    @cached_property
    def _documents(self) -> Array:
        return np.arange(len(self._rows))

    def _keys(self, term: Term) -> Array:
        """Return the keys of a term of the body; where a language reads it as several, of the last."""
        tokens = self._tokens("body")
        found = []
        for reading in readings_of(term):
            terms = own_terms(reading.leaf)[-1:]
            keys = tokens.keys(tokens.at(self._codes("body", terms)))
            masks = reading.masks(self._snapshot)
            found.append(keys if masks is None else keys[masks[self._place][self._rows][keys >> POSITION_BITS]])
        return found[0] if len(found) == 1 else np.sort(np.concatenate(found))


def _sum(found: Sequence[Found]) -> Array | None:
    scores = [one.scores for one in found if one.scores is not None]
    return sum(scores[1:], scores[0]) if scores else None
