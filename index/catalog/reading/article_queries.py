"""Queries for articles, their mentions and their links."""

import json
from collections.abc import Mapping, Sequence

from msgspec import Struct

from index.catalog.lookups import prefix_end
from index.catalog.reading.connection import IDS, NUMBERS, Connection
from index.catalog.reading.records import ShownMention
from index.catalog.reading.texts import TextCache
from index.catalog.rows import ARTICLE_COLUMNS, ENCODING_COLUMNS, join_grounds, make_amount, make_article, make_interval
from index.model import Amount, Article, DateInterval, Link, Mention, Span

__all__ = [
    "FoundMention",
    "articles",
    "articles_of_vectors",
    "ids_after",
    "links",
    "mentions",
    "resolve_id",
    "shown_mentions",
    "titles",
    "vectors",
    "vectors_after",
]

# Table and column names are constants of this module, never input.
_ARTICLES = (
    f"SELECT {', '.join((*ARTICLE_COLUMNS, *ENCODING_COLUMNS))} FROM articles "
    f"LEFT JOIN encodings ON encodings.article = articles.number WHERE id IN {IDS}"
)
_TITLES = f"SELECT id, title FROM articles WHERE id IN {IDS}"
_NUMBERS = f"SELECT number, id FROM articles WHERE id IN {IDS}"
_MENTIONS = (
    f'SELECT article, start, "end", text, origin, in_furniture, name, ground FROM mentions WHERE article IN {NUMBERS}'
)
_SHOWN = (
    'SELECT m.article, m.start, m."end", m.origin, m.in_furniture, m.in_story, s.entity '
    f"FROM mentions m LEFT JOIN assignments s ON s.name = m.name WHERE m.article IN {NUMBERS} "
    "ORDER BY m.article, m.start"
)
_VECTORS = (
    "SELECT a.id, v.vector FROM articles a JOIN vectors v ON v.article = a.number "
    f"WHERE a.id IN {IDS} AND v.vector IS NOT NULL"
)
_VECTORS_AFTER = (
    "SELECT v.number, a.id, v.vector FROM vectors v JOIN articles a ON a.number = v.article "
    "WHERE v.number > ? ORDER BY v.number LIMIT ?"
)
_VECTOR_ARTICLES = (
    f"SELECT v.number, a.id FROM vectors v JOIN articles a ON a.number = v.article WHERE v.number IN {NUMBERS}"
)
_AMOUNTS = f"SELECT article, start, currency, value, upper, approximate FROM amounts WHERE article IN {NUMBERS}"
_INTERVALS = (
    "SELECT article, start, first, last, precision, value, approximate, anchor "
    f"FROM intervals WHERE article IN {NUMBERS}"
)
_ASSIGNMENTS = f"SELECT name, entity, ground FROM assignments WHERE name IN {NUMBERS}"


class FoundMention(Struct, frozen=True, gc=False):
    """A mention, and by number the name it stands for and why; both None when it is not linked."""

    mention: Mention
    name: int | None
    ground: int | None


def articles(connection: Connection, ids: Sequence[str]) -> dict[str, Article]:
    """The articles with these ids, in the order of `ids`."""
    found = {row[0]: make_article(row) for row in connection.execute(_ARTICLES, (json.dumps(list(ids)),))}
    return {article_id: found[article_id] for article_id in ids if article_id in found}


def titles(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The titles of the articles with these ids, in the order of `ids`."""
    found = dict(connection.execute(_TITLES, (json.dumps(list(ids)),)).fetchall())
    return {article_id: found[article_id] for article_id in ids if article_id in found}


def ids_after(connection: Connection, last: str, *, limit: int) -> list[str]:
    """The next article ids after one, in code point order."""
    rows = connection.execute("SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT ?", (last, limit))
    return [article_id for (article_id,) in rows]


def vectors(connection: Connection, ids: Sequence[str]) -> dict[str, bytes]:
    """The vectors of those of the articles that have one, in the order of `ids`."""
    found = dict(connection.execute(_VECTORS, (json.dumps(list(ids)),)).fetchall())
    return {article_id: bytes(found[article_id]) for article_id in ids if article_id in found}


def vectors_after(connection: Connection, number: int, *, limit: int) -> list[tuple[int, str, bytes]]:
    """The next vectors after a number, with the ids of their articles."""
    rows = connection.execute(_VECTORS_AFTER, (number, limit))
    return [(number, article_id, bytes(vector)) for number, article_id, vector in rows]


def articles_of_vectors(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The ids of articles by the numbers of their vectors."""
    return dict(connection.execute(_VECTOR_ARTICLES, (json.dumps(list(numbers)),)).fetchall())


def resolve_id(connection: Connection, text: str) -> str | None:
    """The id of the article meant by an id, now or formerly, a locator, a URL, or the only beginning of an id."""
    for column in ("id", "locator", "url"):
        rows = connection.execute(f"SELECT id FROM articles WHERE {column} = ? LIMIT 2", (text,)).fetchall()
        if len(rows) == 1:
            return str(rows[0][0])
    if not text:
        return None
    former = "SELECT a.id FROM article_redirects r JOIN articles a ON a.id = r.current WHERE r.old = ?"
    row = connection.execute(former, (text,)).fetchone()
    if row is not None:
        return str(row[0])
    begins = "SELECT id FROM articles WHERE id >= ? AND id < ? LIMIT 2"
    rows = connection.execute(begins, (text, prefix_end(text))).fetchall()
    return str(rows[0][0]) if len(rows) == 1 else None


def mentions(
    connection: Connection, ids: Sequence[str], cache: TextCache, *, only_linked: bool = False
) -> dict[str, list[FoundMention]]:
    """The mentions of each of the articles that there are, by start, in the order of `ids`."""
    article_ids = dict(connection.execute(_NUMBERS, (json.dumps(list(ids)),)).fetchall())
    numbers = json.dumps(list(article_ids))
    condition = " AND name IS NOT NULL" if only_linked else ""
    rows = connection.execute(f"{_MENTIONS}{condition} ORDER BY article, start", (numbers,)).fetchall()
    texts = cache.texts(connection, {row[3] for row in rows})
    origins = cache.origins(connection, {row[4] for row in rows})
    amounts: dict[tuple[int, int], Amount] = {}
    intervals: dict[tuple[int, int], DateInterval] = {}
    if not only_linked:
        amounts = {(row[0], row[1]): make_amount(row[2:]) for row in connection.execute(_AMOUNTS, (numbers,))}
        intervals = {(row[0], row[1]): make_interval(row[2:]) for row in connection.execute(_INTERVALS, (numbers,))}
    by_number: dict[int, list[FoundMention]] = {number: [] for number in article_ids}
    for number, start, end, text, origin, in_furniture, name, ground in rows:
        kind, component, evidence, reference = origins[origin]
        place = (number, start)
        mention = Mention(
            Span(start, end),
            texts[text],
            kind,
            component,
            evidence,
            reference,
            amounts.get(place),
            intervals.get(place),
            bool(in_furniture),
        )
        by_number[number].append(FoundMention(mention, name, ground))
    by_id = {article_ids[number]: found for number, found in by_number.items()}
    return {article_id: by_id[article_id] for article_id in ids if article_id in by_id}


def shown_mentions(connection: Connection, ids: Sequence[str], cache: TextCache) -> dict[str, list[ShownMention]]:
    """The mentions with an entity or a value of each of the articles that there are, in the order of `ids`."""
    article_ids = dict(connection.execute(_NUMBERS, (json.dumps(list(ids)),)).fetchall())
    numbers = json.dumps(list(article_ids))
    rows = connection.execute(_SHOWN, (numbers,)).fetchall()
    kinds = {number: origin[0] for number, origin in cache.origins(connection, {row[3] for row in rows}).items()}
    amounts = {(row[0], row[1]): make_amount(row[2:]) for row in connection.execute(_AMOUNTS, (numbers,))}
    intervals = {(row[0], row[1]): make_interval(row[2:]) for row in connection.execute(_INTERVALS, (numbers,))}
    by_number: dict[int, list[ShownMention]] = {number: [] for number in article_ids}
    for number, start, end, origin, in_furniture, in_story, entity in rows:
        amount = interval = None
        if entity is None:
            amount, interval = amounts.get((number, start)), intervals.get((number, start))
            if amount is None and interval is None:
                continue
        by_number[number].append(
            ShownMention(start, end, kinds[origin], entity, amount, interval, bool(in_furniture), bool(in_story))
        )
    by_id = {article_ids[number]: found for number, found in by_number.items()}
    return {article_id: by_id[article_id] for article_id in ids if article_id in by_id}


def links(
    connection: Connection, found: Mapping[str, Sequence[FoundMention]], cache: TextCache
) -> dict[str, tuple[Link, ...]]:
    """The links of mentions whose name is assigned to an entity; the names of the others were rejected."""
    names = {item.name for items in found.values() for item in items}
    rows = connection.execute(_ASSIGNMENTS, (json.dumps(sorted(name for name in names if name is not None)),))
    assigned = {name: (entity, ground) for name, entity, ground in rows}
    numbers = {item.ground for items in found.values() for item in items if item.ground is not None}
    grounds = cache.grounds(connection, numbers | {ground for _, ground in assigned.values()})
    links: dict[str, tuple[Link, ...]] = {}
    for article_id, items in found.items():
        made = []
        for item in items:
            if item.name in assigned and item.ground is not None:
                entity, ground = assigned[item.name]
                rule, evidence = join_grounds(grounds[item.ground], grounds[ground])
                made.append(Link(item.mention, entity, rule, evidence))
        links[article_id] = tuple(made)
    return links
