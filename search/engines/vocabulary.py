"""Answering the questions of `Searcher.vocabulary` one after the other, for engines that need no better way."""

from collections.abc import Sequence

from search.engines.base import Searcher, SimilarRequest, Vocabulary

__all__ = ["read_vocabulary"]


def read_vocabulary(
    searcher: Searcher,
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
