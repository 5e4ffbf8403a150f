"""Who is named beside whom: the names that stand in the same stories."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from heapq import nsmallest

from sqlalchemy import Connection, func, select, tuple_

from index.catalog.schema import appearances, mentions, names
from index.catalog.statements import chunks
from index.identity.records import NameId
from index.model import Kind

__all__ = ["MOST_COMPANIONS", "read_companions"]

# A name that stands in ten thousand articles has half the archive beside it, which tells nothing more.
MOST_COMPANIONS = 50

_NAMES_AT_ONCE = 200


def read_companions(connection: Connection, wanted: Collection[NameId]) -> dict[NameId, Mapping[NameId, int]]:
    """For each of the names that the stories have, the names beside it and in how many articles they are.

    Of more than `MOST_COMPANIONS` the most frequent are given, of equally frequent ones the first by kind and key, so
    that it makes no difference in which order the articles came.
    """
    numbers = _numbers(connection, wanted)
    found: dict[NameId, Mapping[NameId, int]] = {}
    for chunk in chunks(sorted(numbers), _NAMES_AT_ONCE):
        counts = _count(connection, chunk)
        ids = _name_ids(connection, {other for counted in counts.values() for other in counted})
        for name, counted in counts.items():
            named = ((-count, *ids[other]) for other, count in counted.items())
            found[numbers[name]] = {(kind, key): -count for count, kind, key in nsmallest(MOST_COMPANIONS, named)}
    return found


def _numbers(connection: Connection, wanted: Collection[NameId]) -> dict[int, NameId]:
    found: dict[int, NameId] = {}
    for chunk in chunks(sorted(wanted)):
        statement = select(names.c.id, names.c.kind, names.c.key).where(tuple_(names.c.kind, names.c.key).in_(chunk))
        found.update((number, (Kind(kind), key)) for number, kind, key in connection.execute(statement))
    return found


def _count(connection: Connection, chunk: Sequence[int]) -> dict[int, Counter[int]]:
    statement = (
        select(appearances.c.name, mentions.c.name, func.count(mentions.c.article.distinct()))
        .join(mentions, mentions.c.article == appearances.c.article)
        .where(
            appearances.c.name.in_(chunk),
            appearances.c.mentions > 0,
            mentions.c.in_story,
            mentions.c.name.is_not(None),
            mentions.c.name != appearances.c.name,
        )
        .group_by(appearances.c.name, mentions.c.name)
    )
    counts: dict[int, Counter[int]] = {}
    for name, other, count in connection.execute(statement):
        counts.setdefault(name, Counter())[other] = count
    return counts


def _name_ids(connection: Connection, numbers: Collection[int]) -> dict[int, NameId]:
    found: dict[int, NameId] = {}
    for chunk in chunks(sorted(numbers)):
        statement = select(names.c.id, names.c.kind, names.c.key).where(names.c.id.in_(chunk))
        found.update((number, (Kind(kind), key)) for number, kind, key in connection.execute(statement))
    return found
