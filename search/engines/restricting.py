"""Selections as part of a query, where they hold for everything that is counted."""

from collections.abc import Sequence

from search.engines.base import MatchMode, Selection
from search.query.ast import And, Keyword, Not, Query

__all__ = ["with_selections"]


def with_selections(query: Query, selections: Sequence[Selection]) -> Query:
    """Return a query for the documents that match another and every selection."""
    clauses: list[Query] = [query]
    for selection in selections:
        if selection.excluded:
            clauses.append(Not(Keyword(selection.field, selection.excluded)))
        if selection.mode is MatchMode.ALL:
            clauses += [Keyword(selection.field, (value,)) for value in selection.values]
        elif selection.values:
            clauses.append(Keyword(selection.field, selection.values))
    return And(tuple(clauses)) if len(clauses) > 1 else query
