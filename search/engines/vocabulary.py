"""Answering the questions of `Searcher.vocabulary` one after the other, for engines that need no better way."""

from collections.abc import Sequence
from typing import Protocol

from search.engines.base import SimilarRequest, TermCount, Vocabulary

__all__ = ["TermReader", "read_vocabulary"]


class TermReader(Protocol):
    """The questions of a `Searcher` about terms; see there."""

    def document_frequencies(self, terms: Sequence[tuple[str, str]]) -> tuple[int, ...]:
        """See `Searcher`."""
        ...

    def terms(self, field: str, *, prefix: str = "", limit: int = 10, offset: int = 0) -> tuple[TermCount, ...]:
        """See `Searcher`."""
        ...

    def similar_terms(self, field: str, term: str, *, distance: int = 2, limit: int = 10) -> tuple[TermCount, ...]:
        """See `Searcher`."""
        ...


def read_vocabulary(
    searcher: TermReader,
    terms: Sequence[tuple[str, str]],
    similar: Sequence[SimilarRequest],
    fields: Sequence[str],
    max_values: int,
) -> Vocabulary:
    """Return what `Searcher.vocabulary` says."""
    doubted = searcher.document_frequencies([request.unless for request in similar])
    return Vocabulary(
        frequencies=searcher.document_frequencies(terms),
        similar=tuple(
            ()
            if documents > request.unless_more_than
            else searcher.similar_terms(request.field, request.term, distance=request.distance, limit=request.limit)
            for request, documents in zip(similar, doubted, strict=True)
        ),
        values=tuple(searcher.terms(field, limit=max_values) for field in fields),
    )
