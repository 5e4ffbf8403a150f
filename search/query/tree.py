"""Walking and rebuilding query trees."""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from search.query.ast import (
    And,
    Boost,
    Lift,
    Lifted,
    Not,
    Or,
    Place,
    Query,
)

__all__ = ["all_of", "any_of", "leaves", "map_leaves", "without_places"]


def leaves(query: Query, *, negated: bool = False) -> Iterator[tuple[Query, bool]]:
    """Each leaf from left to right, with whether it is denied (below an odd number of `Not`).

    Lifts are no part of what was asked, so their leaves are left out.
    """
    match query:
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from leaves(clause, negated=negated)
        case Not(clause):
            yield from leaves(clause, negated=not negated)
        case Boost(clause) | Lifted(clause):
            yield from leaves(clause, negated=negated)
        case _:
            yield query, negated


def map_leaves(query: Query, change: Callable[[Query], Query | None]) -> Query | None:
    """The tree with every leaf replaced by what `change` makes of it; None removes a leaf.

    Operators that are left with one clause become this clause, those with none disappear; the result is None when
    nothing is left.
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
        case Lifted(clause, lifts, place):
            changed = map_leaves(clause, change)
            if changed is None:
                return None
            kept = [(map_leaves(lift.query, change), lift.weight) for lift in lifts]
            return Lifted(changed, tuple(Lift(part, weight) for part, weight in kept if part is not None), place)
        case _:
            return change(query)


def all_of(clauses: list[Query | None], place: Place) -> Query | None:
    """The conjunction of the clauses that are not None, without an `And` directly inside another."""
    flat: list[Query] = []
    for clause in clauses:
        if isinstance(clause, And):
            flat.extend(clause.clauses)
        elif clause is not None:
            flat.append(clause)
    return And(tuple(flat), place) if len(flat) > 1 else next(iter(flat), None)


def any_of(clauses: list[Query | None], place: Place) -> Query | None:
    """The disjunction of the clauses that are not None, without an `Or` directly inside another."""
    flat: list[Query] = []
    for clause in clauses:
        if isinstance(clause, Or):
            flat.extend(clause.clauses)
        elif clause is not None:
            flat.append(clause)
    return Or(tuple(flat), place) if len(flat) > 1 else next(iter(flat), None)


def without_places(query: Query) -> Query:
    """The same tree with every place (0, 0), for comparing what two texts mean."""
    match query:
        case And(clauses):
            return And(tuple(without_places(clause) for clause in clauses))
        case Or(clauses):
            return Or(tuple(without_places(clause) for clause in clauses))
        case Not(clause):
            return Not(without_places(clause))
        case Boost(clause, factor):
            return Boost(without_places(clause), factor)
        case Lifted(clause, lifts):
            return Lifted(
                without_places(clause), tuple(Lift(without_places(lift.query), lift.weight) for lift in lifts)
            )
        case _:
            return replace(query, place=Place())
