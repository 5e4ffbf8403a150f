"""Walk and rebuild query trees."""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from search.query.ast import (
    And,
    Boost,
    Not,
    Or,
    Place,
    Query,
)

__all__ = ["all_of", "any_of", "leaves", "map_leaves", "without_places"]


def leaves(query: Query, *, negated: bool = False) -> Iterator[tuple[Query, bool]]:
    """Yield each leaf from left to right, with True when it is negated (below an odd number of `Not`)."""
    match query:
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from leaves(clause, negated=negated)
        case Not(clause):
            yield from leaves(clause, negated=not negated)
        case Boost(clause):
            yield from leaves(clause, negated=negated)
        case _:
            yield query, negated


def map_leaves(query: Query, change: Callable[[Query], Query | None]) -> Query | None:
    """Return the tree with every leaf replaced by `change(leaf)`; None removes a leaf.

    Operators with one remaining clause become this clause, those with none disappear; the result is None when nothing
    remains.
    """
    match query:
        case And(clauses, place):
            return all_of([map_leaves(clause, change) for clause in clauses], place)
        case Or(clauses, place):
            return any_of([map_leaves(clause, change) for clause in clauses], place)
        case Not(clause, place):
            changed = map_leaves(clause, change)
            return None if changed is None else Not(changed, place)
        case Boost(clause, factor, place):
            changed = map_leaves(clause, change)
            return None if changed is None else Boost(changed, factor, place)
        case _:
            return change(query)


def all_of(clauses: list[Query | None], place: Place) -> Query | None:
    """Join the clauses that are not None with `And`, without an `And` directly inside another."""
    flat: list[Query] = []
    for clause in clauses:
        if isinstance(clause, And):
            flat.extend(clause.clauses)
        elif clause is not None:
            flat.append(clause)
    return And(tuple(flat), place) if len(flat) > 1 else next(iter(flat), None)


def any_of(clauses: list[Query | None], place: Place) -> Query | None:
    """Join the clauses that are not None with `Or`, without an `Or` directly inside another."""
    flat: list[Query] = []
    for clause in clauses:
        if isinstance(clause, Or):
            flat.extend(clause.clauses)
        elif clause is not None:
            flat.append(clause)
    return Or(tuple(flat), place) if len(flat) > 1 else next(iter(flat), None)


def without_places(query: Query) -> Query:
    """Return the same tree with every position (0, 0), to compare the meaning of two texts."""
    match query:
        case And(clauses):
            return And(tuple(without_places(clause) for clause in clauses))
        case Or(clauses):
            return Or(tuple(without_places(clause) for clause in clauses))
        case Not(clause):
            return Not(without_places(clause))
        case Boost(clause, factor):
            return Boost(without_places(clause), factor)
        case _:
            return replace(query, place=Place())
