"""Names that stand in the same stories."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import nsmallest

from sqlalchemy import Connection, delete, func, select, tuple_

from index.catalog.identity_schema import company
from index.catalog.schema import appearances, mentions, names, stale_names
from index.catalog.writing.statements import chunks, insert_rows
from index.identity.records import NameId
from index.model import Kind

__all__ = ["MOST_COMPANIONS", "forget_companions", "read_companions", "remembered_companions"]

# A name that stands in ten thousand articles has half the archive beside it, which tells nothing more.
MOST_COMPANIONS = 50

_NAMES_AT_ONCE = 200


def read_companions(connection: Connection, wanted: Collection[NameId]) -> dict[NameId, Mapping[NameId, int]]:
    """Return the names beside each of the names that stories have, with the number of articles in which they are.

    Of more than `MOST_COMPANIONS` the most frequent are given, of equally frequent ones the first by kind and key, so
    that it makes no difference in which order the articles came.
    """
    numbers = _numbers(connection, wanted)
    found: dict[NameId, Mapping[NameId, int]] = {}
    for counts in _counted(connection, sorted(numbers)):
        ids = _name_ids(connection, {other for counted in counts.values() for other in counted})
        for name, counted in counts.items():
            found[numbers[name]] = {ids[other]: count for other, count in _most_frequent(counted, ids)}
    return found


def remembered_companions(connection: Connection, wanted: Collection[NameId]) -> dict[NameId, Mapping[NameId, int]]:
    """The same, from what was counted earlier where that is right; what is counted now is remembered.

    `forget_companions` must have been called since names became stale.
    """
    numbers = _numbers(connection, wanted)
    counts: dict[int, list[tuple[int, int]]] = {}
    for chunk in chunks(sorted(numbers)):
        for name, beside in connection.execute(select(company).where(company.c.name.in_(chunk))):
            counts[name] = json.loads(beside)
    missing = sorted(numbers.keys() - counts.keys())
    for counted in _counted(connection, missing):
        ids = _name_ids(connection, {other for others in counted.values() for other in others})
        counts.update((name, _most_frequent(others, ids)) for name, others in counted.items())
    rows = [{"name": name, "beside": json.dumps(counts.get(name, []), separators=(",", ":"))} for name in missing]
    insert_rows(connection, company, rows)
    ids = _name_ids(connection, {other for others in counts.values() for other, _ in others})
    return {numbers[name]: {ids[other]: count for other, count in others} for name, others in counts.items()}


def forget_companions(connection: Connection) -> None:
    """Forget the companions of names that are stale."""
    connection.execute(delete(company).where(company.c.name.in_(select(stale_names.c.name))))


def _counted(connection: Connection, numbers: Sequence[int]) -> Iterator[dict[int, Counter[int]]]:
    for chunk in chunks(numbers, _NAMES_AT_ONCE):
        yield _count(connection, chunk)


def _most_frequent(counted: Mapping[int, int], ids: Mapping[int, NameId]) -> list[tuple[int, int]]:
    named = ((-count, *ids[other], other) for other, count in counted.items())
    return [(other, -count) for count, _, _, other in nsmallest(MOST_COMPANIONS, named)]


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
