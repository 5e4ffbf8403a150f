"""All documents that match a query, as masks of the parts, and how many they are."""

import numpy as np
from msgspec.structs import replace

from index.engines.arrays.segment_file import Array
from search.engines.arrays.selections import document_mask, keyword_mask, range_mask
from search.engines.cache import BoundedCache
from search.engines.tantivy.compiling import Compiler
from search.engines.tantivy.evaluation import Evaluation
from search.engines.tantivy.leaves import Expansions, LeafQuery
from search.engines.tantivy.rarity import Rarity
from search.engines.tantivy.snapshot import Snapshot
from search.query.ast import (
    And,
    Boost,
    Documents,
    FuzzyTerm,
    Keyword,
    KeywordRange,
    Not,
    Or,
    Place,
    PrefixTerm,
    Query,
    Term,
    TermSequence,
)

__all__ = ["Matcher"]

# Masks of the last searches: the next page and the next facet ask for them again.
_CACHE_BYTES = 16 << 20
# Documents whose tokens are read at a time; about 30 kilobytes of memory each.
_CHUNK = 1_000


class Matcher:
    """Finds documents on one snapshot. Safe for many threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.expansions = Expansions(snapshot)
        self.compiler = Compiler(snapshot, self.expansions)
        self.rarity = Rarity(snapshot, self.count)
        self._masks: BoundedCache[list[Array]] = BoundedCache(_CACHE_BYTES, lambda masks: sum(m.nbytes for m in masks))

    def count(self, query: Query) -> int:
        """Return the number of documents that match."""
        compiled = self.compiler.compile(query)
        if not compiled.is_exact:
            return sum(int(np.count_nonzero(mask)) for mask in self.masks(query))
        if compiled.query is None:
            return self._snapshot.document_count
        return self._snapshot.library.count(compiled.query)

    def masks(self, query: Query) -> list[Array]:
        """Return for each part a mask of the live documents that match. They must not be changed."""
        return self._masks.get(query, lambda: self._found(query))

    def _found(self, query: Query) -> list[Array]:
        compiled = self.compiler.compile(query)
        if compiled.is_exact:
            if compiled.query is None:
                return self._snapshot.live
            return self._snapshot.masks(self._snapshot.library.all(compiled.query))
        match query:
            case Term() | TermSequence() | PrefixTerm() | FuzzyTerm():
                return self._told_apart(replace(query, place=Place()))
            case And(clauses=clauses):
                return [np.logical_and.reduce(masks) for masks in zip(*map(self.masks, clauses), strict=True)]
            case Or(clauses=clauses):
                return [np.logical_or.reduce(masks) for masks in zip(*map(self.masks, clauses), strict=True)]
            case Not(clause=clause):
                return [live & ~mask for live, mask in zip(self._snapshot.live, self.masks(clause), strict=True)]
            case Boost(clause=clause):
                return self.masks(clause)
            case KeywordRange(field=field, lower=lower, upper=upper):
                found = [range_mask(part, field, lower, upper) for part in self._snapshot.parts]
                return [live & mask for live, mask in zip(self._snapshot.live, found, strict=True)]
            case Keyword(field=field, values=values):
                found = [keyword_mask(part, field, values) for part in self._snapshot.parts]
                return [live & mask for live, mask in zip(self._snapshot.live, found, strict=True)]
            case Documents(ids=ids):
                found = [document_mask(part, ids) for part in self._snapshot.parts]
                return [live & mask for live, mask in zip(self._snapshot.live, found, strict=True)]
        raise TypeError(f"{type(query).__name__} is not executed; rewrite the query first")

    def _told_apart(self, query: LeafQuery) -> list[Array]:
        """Return the matches of a leaf that the library cannot tell from others."""
        compiled = self.compiler.compile(query)
        assert compiled.query is not None, "a leaf finds less than everything"
        found = []
        for place, mask in enumerate(self._snapshot.masks(self._snapshot.library.all(compiled.query))):
            rows = np.flatnonzero(mask)
            matching = np.zeros(len(mask), np.bool_)
            for first in range(0, len(rows), _CHUNK):
                chunk = rows[first : first + _CHUNK]
                matching[chunk] = self.evaluation(place, chunk).matches(query)
            found.append(matching)
        return found

    def evaluation(self, place: int, rows: Array) -> Evaluation:
        """Return the evaluation of queries on some live documents of a part."""
        return Evaluation(self._snapshot, place, rows, self.expansions, self.rarity)
