"""Companions of names: the other names in the stories of the same articles, with the number of these articles."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from msgspec.json import Decoder, encode
from sqlalchemy import Connection, bindparam, func, select

from index.catalog.identity.name_numbers import NameNumbers
from index.catalog.schema import appearances, articles, company, mentions, names
from index.catalog.writing.counts import forget_companions
from index.catalog.writing.statements import chunks, insert_rows
from index.identity.records import NameId

__all__ = [
    "MOST_COMPANIONS",
    "MOST_COUNTED",
    "Counted",
    "forget_companions",
    "read_companions",
    "remembered_companions",
    "with_new",
]

# A name that stands in ten thousand articles has half the archive beside it, which tells nothing more.
MOST_COMPANIONS = 50

# Counts that are stored: with those behind the most frequent companions, the counts of some thousand more articles
# can be added before all articles of the name must be read again.
MOST_COUNTED = 100
_NAMES_AT_ONCE = 200

# Tuples of whole numbers, unlike lists, cost the collector of garbage nothing: there are hundreds of thousands.
_DECODER = Decoder(list[tuple[int, int]])


class Counted(NamedTuple):
    """Companions of a name by number, the most frequent first, with their articles; no other has more than `rest`."""

    beside: Sequence[tuple[int, int]]
    rest: int = 0


def read_companions(
    connection: Connection, wanted: Collection[NameId], ids: NameNumbers
) -> dict[NameId, Mapping[NameId, int]]:
    """Return the names beside each of the names that stories have, with the number of articles in which they are.

    Of more than `MOST_COMPANIONS` the most frequent are given, of equally frequent ones the first by kind and key, so
    that it makes no difference in which order the articles came.
    """
    numbers = sorted(ids.numbers(connection, wanted))
    return _by_name(connection, _count(connection, numbers), ids)


def remembered_companions(
    connection: Connection, wanted: Collection[NameId], ids: NameNumbers
) -> dict[NameId, Mapping[NameId, int]]:
    """Return the same as `read_companions`, and store the counts: the next call adds only articles that are new.

    `forget_companions` must have been called with the names in articles that were replaced or removed since.
    """
    numbers = sorted(ids.numbers(connection, wanted))
    counts: dict[int, Counted] = {}
    for chunk in chunks(numbers):
        columns = (company.c.name, company.c.beside, company.c.rest)
        for name, beside, rest in connection.execute(select(*columns).where(company.c.name.in_(chunk))):
            counts[name] = Counted(_DECODER.decode(beside), rest)
    changed = _add_new_articles(connection, counts, ids)
    forget_companions(connection, changed)
    missing = [number for number in numbers if number not in counts]
    counts.update(_count(connection, missing))
    last_article = connection.scalar(select(func.max(articles.c.number))) or 0
    rows = [
        {
            "name": name,
            "beside": encode(counts[name].beside).decode(),
            "rest": counts[name].rest,
            "last_article": last_article,
        }
        for name in sorted({*missing, *changed})
    ]
    insert_rows(connection, company, rows)
    return _by_name(connection, counts, ids)


def with_new(old: Counted, new: Mapping[int, int], ids: Mapping[int, NameId]) -> Counted | None:
    """Return the companions with those of new articles; None when the stored counts no longer tell the most frequent.

    `ids` are the names of all the numbers.
    """
    counts = dict(old.beside)
    rest = old.rest
    if rest:
        # A companion without a stored count has `rest` articles at the most, and its new ones.
        rest += max((count for other, count in new.items() if other not in counts), default=0)
    for other, count in new.items():
        if other in counts or not old.rest:
            counts[other] = counts.get(other, 0) + count
    beside = sorted(counts.items(), key=lambda counted: (-counted[1], ids[counted[0]]))
    if rest and beside[MOST_COMPANIONS - 1][1] <= rest:
        return None
    behind = beside[MOST_COUNTED][1] if len(beside) > MOST_COUNTED else 0
    return Counted(beside[:MOST_COUNTED], max(rest, behind))


def _add_new_articles(connection: Connection, counts: dict[int, Counted], ids: NameNumbers) -> list[int]:
    """Add the companions in articles after the last one that was counted; returns the names that have such articles.

    Names whose articles must all be read again are taken out of `counts`.
    """
    new: dict[int, dict[int, int]] = {}
    for some in chunks(sorted(counts), _NAMES_AT_ONCE):
        for name, other, found in connection.execute(_COUNT_NEW, {"some": some}).all():
            new.setdefault(name, {})[other] = found
    others = {other for name, beside in new.items() for other in (*beside, *(item for item, _ in counts[name].beside))}
    known = ids.ids(connection, others)
    for name, beside in new.items():
        counted = with_new(counts[name], beside, known)
        if counted is None:
            del counts[name]
        else:
            counts[name] = counted
    return list(new)


def _by_name(
    connection: Connection, counts: Mapping[int, Counted], ids: NameNumbers
) -> dict[NameId, Mapping[NameId, int]]:
    most = {name: counted.beside[:MOST_COMPANIONS] for name, counted in counts.items()}
    known = ids.ids(connection, {other for beside in most.values() for other, _ in beside})
    return {ids[name]: {known[other]: count for other, count in beside} for name, beside in most.items()}


_APPEARANCES = (
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
)
_COUNT_NEW = _APPEARANCES.join(company, company.c.name == appearances.c.name).where(
    appearances.c.article > company.c.last_article
)


def _count(connection: Connection, numbers: Sequence[int]) -> dict[int, Counted]:
    """The most frequent companions of names, counted and ordered by the database: Python would take thrice as long."""
    counted = _APPEARANCES.subquery()
    rank = func.row_number().over(
        partition_by=counted.c.name, order_by=(counted.c.articles.desc(), names.c.kind, names.c.key)
    )
    ranked = select(counted, rank.label("rank")).join(names, names.c.id == counted.c.other).subquery()
    columns = (ranked.c.name, ranked.c.other, ranked.c.articles)
    # One more than is stored: none behind it has more articles.
    statement = select(*columns).where(ranked.c.rank <= MOST_COUNTED + 1).order_by(ranked.c.name, ranked.c.rank)
    counts: dict[int, list[tuple[int, int]]] = {name: [] for name in numbers}
    for some in chunks(numbers, _NAMES_AT_ONCE):
        for name, other, found in connection.execute(statement, {"some": some}).all():
            counts[name].append((other, found))
    return {
        name: Counted(beside[:MOST_COUNTED], beside[MOST_COUNTED][1] if len(beside) > MOST_COUNTED else 0)
        for name, beside in counts.items()
    }
