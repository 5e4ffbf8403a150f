"""Entities as terms: a name in a query also scores as its entity, by the mentions of it under all its names.

Its weight follows the rarity of the entity, as that of any term, so that a country that nearly every article names adds
next to nothing.
"""

from collections.abc import Sequence

from index.model import ENTITY_KINDS
from search.query.ast import And, Boost, Everything, Keyword, Or, Place, Query, Term

__all__ = ["ENTITY_WEIGHT", "with_entities"]

ENTITY_WEIGHT = 0.25
"""Weight of an entity beside the words that name it, which stand in most of its mentions already. Tuned with
`tests.evaluation.evaluate_ranking`; see ADR 7."""

_ENTITY_FIELDS = frozenset(kind.value for kind in ENTITY_KINDS)


def with_entities(query: Query, named: Sequence[tuple[Place, str]], *, is_any: bool) -> Query:
    """Return an executed query in which words that name an entity also score as the entity.

    `named` are places of words in the text of the query, each with the id of an entity. The query matches the same
    documents as before, unless `is_any`: where any word is enough, so is another name of the entity. Names that were
    marked as such (`person:`) score as their entities alone.

    >>> from search.query.printer import print_query
    >>> fmln = Place(8, 12)
    >>> query = Or((Term("body", "fmln", fmln), Term("body", "act")))
    >>> print_query(with_entities(query, [(fmln, "fmln-2")], is_any=True))
    'body:fmln OR (entities:fmln-2)^0.25 OR body:act'
    """
    match query:
        case And(clauses, place):
            return And(_with_entities(clauses, named, is_all=True, is_any=is_any), place)
        case Or(clauses, place):
            return Or(_with_entities(clauses, named, is_all=False, is_any=is_any), place)
        case Boost(clause, factor, place):
            return Boost(with_entities(clause, named, is_any=is_any), factor, place)
        case _:
            found = _with_entities((query,), named, is_all=True, is_any=is_any)
            return found[0] if len(found) == 1 else And(found, query.place)


def _with_entities(
    clauses: Sequence[Query], named: Sequence[tuple[Place, str]], *, is_all: bool, is_any: bool
) -> tuple[Query, ...]:
    """Return the clauses of an `And` (`is_all`) or `Or`, each name among them followed by its entity."""
    found: list[Query] = []
    for at, clause in enumerate(clauses):
        found.append(_inner(clause, named, is_any=is_any))
        for place, entity_id in named:
            if clause.place.end != place.end or not _is_whole(clauses[: at + 1], place):
                continue
            entity = Boost(Term("entities", entity_id, place), ENTITY_WEIGHT, place)
            if is_all:
                found.append(Or((Everything(place), entity), place))
            elif is_any:
                found.append(entity)
    return tuple(found)


def _is_whole(clauses: Sequence[Query], place: Place) -> bool:
    """True when clauses, up to the last of a name, begin with its first word."""
    return any(clause.place.start == place.start for clause in clauses)


def _inner(clause: Query, named: Sequence[tuple[Place, str]], *, is_any: bool) -> Query:
    match clause:
        case And() | Or() | Boost():
            return with_entities(clause, named, is_any=is_any)
        case Keyword(field, values, place) if field in _ENTITY_FIELDS:
            return Or((clause, *(Term("entities", entity_id, place) for entity_id in values)), place)
        case _:
            return clause
