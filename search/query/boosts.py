"""Boost documents that have the entity that a name in the query means.

The engine boosts words that stand near each other (see `search.engines.scoring`).
"""

from collections.abc import Sequence

from index.model import Entity
from search.query.ast import BoostClause, Boosted, Keyword, Query

__all__ = ["ENTITY_WEIGHT", "boosted"]

ENTITY_WEIGHT = 1.0
"""Boost of an entity: less than the score of a rare word (4 and more), more than that of a very frequent one."""


def boosted(query: Query, entities: Sequence[Entity]) -> Query:
    """Return the query with a boost for documents that have one of the entities.

    >>> from index.model import Kind
    >>> from search.query.ast import Term
    >>> boosted(Term("body", "patriot"), [Entity("mim-104", Kind.SYSTEMS, "MIM-104 Patriot")]).boosts[0].query.values
    ('mim-104',)
    """
    if not entities:
        return query
    boosts = tuple(BoostClause(Keyword(entity.kind.value, (entity.id,)), ENTITY_WEIGHT) for entity in entities)
    return Boosted(query, boosts, query.place)
