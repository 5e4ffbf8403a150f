"""The reference engine with scores like those of engines that have a scoring of their own.

As OpenSearch does, it keeps the length of a document in a few bits, gives prefixes and misspelled terms the same score
everywhere, knows no boilerplate in lengths, has no proximity bonus, and does not list the terms of text fields. It
shows that the contract can be met that way, and that callers ask before they rely on more.
"""

import math
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from index.errors import EngineError
from index.fields import TEXT_FIELDS
from search.engines.base import Contribution, TermCount
from search.query.ast import FuzzyTerm, PrefixTerm, Query, Term
from tests.reference.engine import CAPABILITIES, ReferenceSearcher, ReferenceWriter
from tests.reference.rows import Row

__all__ = ["ApproximateSearcher", "ApproximateWriter"]

_CAPABILITIES = replace(CAPABILITIES, is_exact_scores=False, has_fuzzy_scores=False, has_term_dictionary=False)


class ApproximateWriter(ReferenceWriter):
    capabilities = _CAPABILITIES


class ApproximateSearcher(ReferenceSearcher):
    capabilities = _CAPABILITIES

    def _length(self, row: Row, name: str) -> float:
        length = len(row.terms[name])
        return 2.0 ** (round(4 * math.log2(length)) / 4) if length else 0.0

    def _leaf(
        self, query: Query, row: Row, name: str, terms: Sequence[str], weight: float
    ) -> list[Contribution] | None:
        found = super()._leaf(query, row, name, terms, weight)
        return [Contribution(name, 1.0, "")] if found and isinstance(query, PrefixTerm | FuzzyTerm) else found

    def terms(self, field: str, *, prefix: str = "", limit: int = 10, offset: int = 0) -> tuple[TermCount, ...]:
        _check(field)
        return super().terms(field, prefix=prefix, limit=limit, offset=offset)

    def similar_terms(self, field: str, term: str, *, distance: int = 2, limit: int = 10) -> tuple[TermCount, ...]:
        _check(field)
        return super().similar_terms(field, term, distance=distance, limit=limit)

    def _pairs(self, query: Query) -> Iterable[tuple[Term, Term]]:
        return ()


def _check(field: str) -> None:
    if field in TEXT_FIELDS:
        raise EngineError(f"This engine does not list the terms of {field}.")
