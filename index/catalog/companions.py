"""Names that stand in the same stories."""

import json
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, func, select, tuple_

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
    return _by_name(connection, numbers, _count(connection, sorted(numbers)))


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
    counts.update(_count(connection, missing))
    rows = [{"name": name, "beside": json.dumps(counts.get(name, []), separators=(",", ":"))} for name in missing]
    insert_rows(connection, company, rows)
    return _by_name(connection, numbers, counts)


def forget_companions(connection: Connection) -> None:
    """Forget the companions of names that are stale."""
    connection.execute(delete(company).where(company.c.name.in_(select(stale_names.c.name))))


def _by_name(
    connection: Connection, numbers: Mapping[int, NameId], counts: Mapping[int, Sequence[tuple[int, int]]]
) -> dict[NameId, Mapping[NameId, int]]:
    ids = _name_ids(connection, {other for others in counts.values() for other, _ in others})
    return {numbers[name]: {ids[other]: count for other, count in others} for name, others in counts.items()}


def _numbers(connection: Connection, wanted: Collection[NameId]) -> dict[int, NameId]:
    found: dict[int, NameId] = {}
    for chunk in chunks(sorted(wanted)):
        statement = select(names.c.id, names.c.kind, names.c.key).where(tuple_(names.c.kind, names.c.key).in_(chunk))
        found.update((number, (Kind(kind), key)) for number, kind, key in connection.execute(statement))
    return found


def _count(connection: Connection, numbers: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """The most frequent companions of names, counted and ordered by the database: Python would take thrice as long."""
    counted = (
        select(
            appearances.c.name,
            mentions.c.name.label("other"),
            func.count(mentions.c.article.distinct()).label("articles"),
        )
        .join(mentions, mentions.c.article == appearances.c.article)
        .where(
            appearances.c.name.in_(bindparam("some", expanding=True)),
            appearances.c.mentions > 0,
            mentions.c.in_story,
            mentions.c.name.is_not(None),
            mentions.c.name != appearances.c.name,
        )
        .group_by(appearances.c.name, mentions.c.name)
        .subquery()
    )
    rank = func.row_number().over(
        partition_by=counted.c.name, order_by=(counted.c.articles.desc(), names.c.kind, names.c.key)
    )
    ranked = select(counted, rank.label("rank")).join(names, names.c.id == counted.c.other).subquery()
    columns = (ranked.c.name, ranked.c.other, ranked.c.articles)
    statement = select(*columns).where(ranked.c.rank <= MOST_COMPANIONS).order_by(ranked.c.name, ranked.c.rank)
    counts: dict[int, list[tuple[int, int]]] = {}
    for some in chunks(numbers, _NAMES_AT_ONCE):
        for name, other, articles in connection.execute(statement, {"some": some}).all():
            counts.setdefault(name, []).append((other, articles))
    return counts


def _name_ids(connection: Connection, numbers: Collection[int]) -> dict[int, NameId]:
    found: dict[int, NameId] = {}
    for chunk in chunks(sorted(numbers)):
        statement = select(names.c.id, names.c.kind, names.c.key).where(names.c.id.in_(chunk))
        found.update((number, (Kind(kind), key)) for number, kind, key in connection.execute(statement))
    return found
