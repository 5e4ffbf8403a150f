"""Explanation of a score: parts that add up to it."""

from collections.abc import Iterator

import numpy as np

from search.engines.base import Contribution
from search.engines.labels import leaf_label
from search.engines.whoosh.executor import Execution, leaf_scores
from search.engines.whoosh.leaves import LeafQuery
from search.query.ast import And, Boost, FuzzyTerm, Or, PrefixTerm, Query, Term, TermSequence

__all__ = ["explain"]

# A prefix may stand for hundreds of terms; the most frequent few tell what it was.
_MAX_TERMS_SHOWN = 5


def explain(
    execution: Execution, query: Query, place: int, document: int, factor: float = 1.0
) -> Iterator[Contribution]:
    """Yield the parts of the score of a document, one for each part of the query that adds to it."""
    if not execution.evaluate(query, place).mask[document]:
        return
    match query:
        case Term() | TermSequence() | PrefixTerm() | FuzzyTerm():
            yield from _explain_leaf(execution, query, place, document, factor)
        case And(clauses=clauses) | Or(clauses=clauses):
            for clause in clauses:
                yield from explain(execution, clause, place, document, factor)
        case Boost(clause=clause, factor=more):
            yield from explain(execution, clause, place, document, factor * more)


def _explain_leaf(
    execution: Execution, query: LeafQuery, place: int, document: int, factor: float
) -> Iterator[Contribution]:
    leaf = execution.leaf(query)
    times = f", times {factor:g}" if factor != 1 else ""
    for is_title in (False, True) if leaf.title else (False,):
        documents, scores = leaf_scores(execution.snapshot, leaf, place, is_title=is_title)
        at = int(np.searchsorted(documents, document))
        if at == len(documents) or documents[at] != document:
            continue
        frequency = float((leaf.title if is_title else leaf.postings)[place][1][at])
        words = float(execution.snapshot.segments[place].lengths("title" if is_title else leaf.field)[document])
        where = "title" if is_title else leaf.field
        shown = " ".join(leaf.terms[:_MAX_TERMS_SHOWN]) + (" …" if len(leaf.terms) > _MAX_TERMS_SHOWN else "")
        yield Contribution(
            f"{leaf_label(query)} in {where}",
            float(scores[at]) * factor,
            f"{shown}: {frequency:.3g} times in {words:.0f} words, weight {leaf.inverse_document_frequency:.3g}, "
            f"in {leaf.documents} of {execution.snapshot.document_count} documents{times}",
        )
