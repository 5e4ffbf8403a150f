"""Evidence of mentions by the name that they stand for: which component found how many of them, and why."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, func, select

from index.catalog.identity.name_numbers import NameNumbers
from index.catalog.schema import mentions, origins
from index.catalog.writing.statements import chunks
from index.identity.records import NameId, Witness

__all__ = ["read_witnesses"]


def read_witnesses(
    connection: Connection, wanted: Collection[NameId], ids: NameNumbers
) -> dict[NameId, Mapping[Witness, int]]:
    """Return the evidence of the mentions of each name, also of those outside of stories, with their number."""
    found: dict[NameId, dict[Witness, int]] = {}
    for some in chunks(ids.numbers(connection, wanted)):
        statement = (
            select(mentions.c.name, origins.c.component, origins.c.evidence, func.count())
            .join(origins, origins.c.id == mentions.c.origin)
            .where(mentions.c.name.in_(some))
            .group_by(mentions.c.name, origins.c.component, origins.c.evidence)
        )
        for name, component, evidence, count in connection.execute(statement).all():
            found.setdefault(ids[name], {})[Witness(component, evidence)] = count
    return dict(found)
