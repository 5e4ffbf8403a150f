"""Queries for articles, their mentions and their links, in SQL that SQLite and PostgreSQL share."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, Select, select

from index.catalog.lookups import prefix_end
from index.catalog.reader import ShownMention
from index.catalog.rows import (
    ARTICLE_COLUMNS,
    ENCODING_COLUMNS,
    Ground,
    join_grounds,
    make_amount,
    make_article,
    make_interval,
)
from index.catalog.schema import (
    amounts,
    article_redirects,
    articles,
    assignments,
    encodings,
    grounds,
    intervals,
    mentions,
    origins,
    texts,
    vectors,
)
from index.catalog.writing.statements import chunks
from index.model import Amount, Article, DateInterval, Kind, Link, Mention, Span

__all__ = [
    "FoundMention",
    "articles_of_vectors",
    "ids_after",
    "read_articles",
    "read_links",
    "read_mentions",
    "read_shown_mentions",
    "read_titles",
    "read_vectors",
    "resolve_id",
    "vectors_after",
]


class FoundMention(Struct, frozen=True, gc=False):
    """A mention, with the number of the name it stands for and the reason; both None when it is not linked."""

    mention: Mention
    name: int | None
    ground: Ground | None


def read_articles(connection: Connection, ids: Sequence[str]) -> dict[str, Article]:
    """Return the articles with these ids, in the order of `ids`."""
    columns = [articles.c[name] for name in ARTICLE_COLUMNS] + [encodings.c[name] for name in ENCODING_COLUMNS]
    whole = articles.outerjoin(encodings, encodings.c.article == articles.c.number)
    rows = _by_ids(connection, select(*columns).select_from(whole), ids)
    found = {row.id: make_article(row) for row in rows}
    return {article_id: found[article_id] for article_id in ids if article_id in found}


def read_titles(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return the titles of the articles with these ids, in the order of `ids`."""
    found = {row.id: row.title for row in _by_ids(connection, select(articles.c.id, articles.c.title), ids)}
    return {article_id: found[article_id] for article_id in ids if article_id in found}


def read_vectors(connection: Connection, ids: Sequence[str]) -> dict[str, bytes]:
    """Return the vectors of those of the articles that have one, in the order of `ids`."""
    joined = articles.join(vectors, vectors.c.article == articles.c.number)
    statement = select(articles.c.id, vectors.c.vector).select_from(joined).where(vectors.c.vector.is_not(None))
    found = {row.id: bytes(row.vector) for row in _by_ids(connection, statement, ids)}
    return {article_id: found[article_id] for article_id in ids if article_id in found}


def vectors_after(connection: Connection, number: int, *, limit: int) -> tuple[tuple[int, str, bytes], ...]:
    """Return the next vectors after a number, with the ids of their articles."""
    joined = vectors.join(articles, articles.c.number == vectors.c.article)
    statement = select(vectors.c.number, articles.c.id, vectors.c.vector).select_from(joined)
    rows = connection.execute(statement.where(vectors.c.number > number).order_by(vectors.c.number).limit(limit))
    return tuple((row.number, row.id, bytes(row.vector)) for row in rows)


def articles_of_vectors(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """Return the ids of articles by the numbers of their vectors."""
    joined = vectors.join(articles, articles.c.number == vectors.c.article)
    statement = select(vectors.c.number, articles.c.id).select_from(joined)
    found: dict[int, str] = {}
    for chunk in chunks(numbers):
        rows = connection.execute(statement.where(vectors.c.number.in_(chunk)))
        found.update((row.number, row.id) for row in rows)
    return found


def ids_after(connection: Connection, last: str, *, limit: int) -> Sequence[str]:
    """Return the next article ids after one, in code point order."""
    statement = select(articles.c.id).where(articles.c.id > last).order_by(articles.c.id).limit(limit)
    return connection.scalars(statement).all()


def resolve_id(connection: Connection, text: str) -> str | None:
    """Return the id meant by an id, now or formerly, a locator, a URL, or the only beginning of an id."""
    found = select(articles.c.id)
    former = found.join(article_redirects, article_redirects.c.current == articles.c.id)
    begins = (articles.c.id >= text, articles.c.id < prefix_end(text))
    statements = [found.where(articles.c[column] == text) for column in ("id", "locator", "url")]
    if text:
        statements += [former.where(article_redirects.c.old == text), found.where(*begins)]
    for statement in statements:
        ids = connection.scalars(statement.limit(2)).all()
        if len(ids) == 1:
            return str(ids[0])
    return None


def read_mentions(connection: Connection, ids: Sequence[str]) -> dict[str, list[FoundMention]]:
    """Return the mentions of those of the articles that there are, by start, in the order of `ids`."""
    rows = _by_ids(connection, select(articles.c.id, articles.c.number), ids)
    numbers = {row.id: row.number for row in rows}
    by_number: dict[int, list[FoundMention]] = {number: [] for number in numbers.values()}
    for chunk in chunks(by_number):
        found_amounts = _read_amounts(connection, chunk)
        found_intervals = _read_intervals(connection, chunk)
        for row in connection.execute(_MENTIONS.where(mentions.c.article.in_(chunk))):
            place = (row.article, row.start)
            mention = Mention(
                Span(row.start, row.end),
                row.text,
                Kind(row.kind),
                row.component,
                row.evidence,
                row.reference or None,
                found_amounts.get(place),
                found_intervals.get(place),
                bool(row.in_furniture),
            )
            ground = None if row.rule is None else (row.rule, row.reason)
            by_number[row.article].append(FoundMention(mention, row.name, ground))
    return {article_id: by_number[numbers[article_id]] for article_id in ids if article_id in numbers}


_MENTIONS = (
    select(
        mentions.c.article,
        mentions.c.start,
        mentions.c.end,
        texts.c.text,
        origins.c.kind,
        origins.c.component,
        origins.c.evidence,
        origins.c.reference,
        mentions.c.in_furniture,
        mentions.c.name,
        grounds.c.rule,
        grounds.c.evidence.label("reason"),
    )
    .select_from(mentions)
    .join(texts, texts.c.id == mentions.c.text)
    .join(origins, origins.c.id == mentions.c.origin)
    .join(grounds, grounds.c.id == mentions.c.ground, isouter=True)
    .order_by(mentions.c.article, mentions.c.start)
)


def read_shown_mentions(connection: Connection, ids: Sequence[str]) -> dict[str, list[ShownMention]]:
    """Return the mentions with an entity or a value of those of the articles that there are, in the order of `ids`."""
    rows = _by_ids(connection, select(articles.c.id, articles.c.number), ids)
    numbers = {row.id: row.number for row in rows}
    by_number: dict[int, list[ShownMention]] = {number: [] for number in numbers.values()}
    for chunk in chunks(by_number):
        found_amounts = _read_amounts(connection, chunk)
        found_intervals = _read_intervals(connection, chunk)
        for row in connection.execute(_SHOWN.where(mentions.c.article.in_(chunk))):
            place = (row.article, row.start)
            shown = ShownMention(
                row.start,
                row.end,
                Kind(row.kind),
                row.entity,
                found_amounts.get(place),
                found_intervals.get(place),
                bool(row.in_furniture),
                bool(row.in_story),
            )
            if not (shown.entity_id is None and shown.amount is None and shown.interval is None):
                by_number[row.article].append(shown)
    return {article_id: by_number[numbers[article_id]] for article_id in ids if article_id in numbers}


_SHOWN = (
    select(
        mentions.c.article,
        mentions.c.start,
        mentions.c.end,
        origins.c.kind,
        mentions.c.in_furniture,
        mentions.c.in_story,
        assignments.c.entity,
    )
    .select_from(mentions)
    .join(origins, origins.c.id == mentions.c.origin)
    .join(assignments, assignments.c.name == mentions.c.name, isouter=True)
    .order_by(mentions.c.article, mentions.c.start)
)


def read_links(connection: Connection, found: Mapping[str, Sequence[FoundMention]]) -> dict[str, tuple[Link, ...]]:
    """Return the links of mentions whose name is assigned to an entity; the names of the others were rejected."""
    names = {item.name for items in found.values() for item in items if item.name is not None}
    assigned = _read_assignments(connection, names)
    links: dict[str, tuple[Link, ...]] = {}
    for article_id, items in found.items():
        made = []
        for item in items:
            if item.name in assigned and item.ground is not None:
                entity_id, archive = assigned[item.name]
                rule, evidence = join_grounds(item.ground, archive)
                made.append(Link(item.mention, entity_id, rule, evidence))
        links[article_id] = tuple(made)
    return links


def _read_assignments(connection: Connection, names: Iterable[int]) -> dict[int | None, tuple[str, Ground]]:
    columns = (assignments.c.name, assignments.c.entity, grounds.c.rule, grounds.c.evidence)
    statement = select(*columns).join(grounds, grounds.c.id == assignments.c.ground)
    return {
        name: (entity_id, (rule, evidence))
        for chunk in chunks(sorted(names))
        for name, entity_id, rule, evidence in connection.execute(statement.where(assignments.c.name.in_(chunk)))
    }


def _read_amounts(connection: Connection, numbers: Sequence[int]) -> dict[tuple[int, int], Amount]:
    names = ("article", "start", "currency", "value", "upper", "approximate")
    statement = select(*(amounts.c[name] for name in names)).where(amounts.c.article.in_(numbers))
    return {(row[0], row[1]): make_amount(row[2:]) for row in connection.execute(statement)}


def _read_intervals(connection: Connection, numbers: Sequence[int]) -> dict[tuple[int, int], DateInterval]:
    names = ("article", "start", "first", "last", "precision", "value", "approximate", "anchor")
    statement = select(*(intervals.c[name] for name in names)).where(intervals.c.article.in_(numbers))
    return {(row[0], row[1]): make_interval(row[2:]) for row in connection.execute(statement)}


# Rows come from a database: their values have the types of the columns, which no type checker can see.
def _by_ids(connection: Connection, statement: Select[Any], ids: Sequence[str]) -> Iterable[Row[Any]]:
    for chunk in chunks(dict.fromkeys(ids)):
        yield from connection.execute(statement.where(articles.c.id.in_(chunk)))
