"""What makes a document better than its words alone: words that stand together, and names that are what they mean."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from index.model import Entity
from search.query.ast import And, Keyword, Lift, Lifted, Or, Query, Term, TermSequence

__all__ = ["lifted"]

# Tuned on test collections together with the engine's BM25; see tests/evaluation.
_ENTITY_WEIGHT = 1.5
_SIDE_BY_SIDE = 0.2
_NEAR = 0.2
_NEAR_SLOP = 8

_MAX_PAIRS = 8
# Positions of words that are everywhere cost the most to compare and say the least.
_MAX_SHARE = 0.2
_FEW_DOCUMENTS = 1000


def lifted(query: Query, *, entities: Sequence[Entity], frequency: Callable[[str, str], int], documents: int) -> Query:
    """The query with lifts for documents that have neighbouring words near each other, or one of the entities.

    `frequency` gives the number of documents that have a term of a field, of `documents` in all: rare words that
    stand together say more.
    """
    lifts = [*_pairs(query, frequency, documents), *_entities(entities)]
    return Lifted(query, tuple(lifts), query.place) if lifts else query


def _pairs(query: Query, frequency: Callable[[str, str], int], documents: int) -> list[Lift]:
    if not isinstance(query, And | Or):
        return []
    words = [word for clause in query.clauses for word in _flat(clause)]
    weighted: list[tuple[float, int, Term, Term]] = []
    for number, (first, second) in enumerate(pairwise(words)):
        if first.term == second.term:
            continue
        fewest = min(frequency("body", first.term), frequency("body", second.term))
        if fewest == 0 or (fewest > _FEW_DOCUMENTS and fewest > documents * _MAX_SHARE):
            continue
        most = max(frequency("body", first.term), frequency("body", second.term))
        weighted.append((math.log(1 + (documents - most + 0.5) / (most + 0.5)), number, first, second))
    best = sorted(weighted, key=lambda pair: (-pair[0], pair[1]))[:_MAX_PAIRS]
    lifts: list[Lift] = []
    for rarity, _, first, second in best:
        terms = (first.term, second.term)
        lifts.append(Lift(TermSequence("body", terms), round(_SIDE_BY_SIDE * rarity, 4)))
        lifts.append(Lift(TermSequence("body", terms, _NEAR_SLOP), round(_NEAR * rarity, 4)))
    return [lift for lift in lifts if lift.weight > 0]


def _flat(query: Query) -> list[Term]:
    """The words of a clause, those of a group of alternatives at the top included."""
    if isinstance(query, Or):
        return [clause for clause in query.clauses if isinstance(clause, Term) and clause.field == "body"]
    return [query] if isinstance(query, Term) and query.field == "body" else []


def _entities(entities: Sequence[Entity]) -> list[Lift]:
    return [Lift(Keyword(entity.kind.value, (entity.id,)), _ENTITY_WEIGHT) for entity in entities]
