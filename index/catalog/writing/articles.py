"""Articles: stored, replaced, linked again and removed, with the files that they are from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, bindparam, delete, select, update

from index.catalog.records import ExtractedArticle, SourceState, StoredVector
from index.catalog.rows import article_values
from index.catalog.schema import articles, encodings, sources
from index.catalog.writing.arrivals import clear_arrivals, store_arrivals
from index.catalog.writing.counters import ARTICLES, reserve
from index.catalog.writing.dictionaries import Dictionaries
from index.catalog.writing.findings import clear_findings, store_findings
from index.catalog.writing.pending import mark_pending
from index.catalog.writing.statements import chunks, insert_rows
from index.catalog.writing.vectors import clear_vectors, store_vectors

__all__ = ["add_vectors", "relink_articles", "remove_articles", "remove_files", "store_articles", "store_sources"]


def store_articles(
    connection: Connection, dictionaries: Dictionaries, extracted: Sequence[ExtractedArticle], *, extraction: str
) -> tuple[int, int]:
    """Add articles, or put them in the place of those with the same ids; of two with one id the later wins.

    `extraction` is the fingerprint of what extracted them. Their documents become pending. Returns how many were new
    and how many were there before.
    """
    latest = {item.article.id: item for item in extracted}
    numbers = _numbers(connection, latest)
    clear_findings(connection, list(numbers.values()))
    clear_vectors(connection, numbers.values())
    changed_numbers = _changed(connection, numbers, latest)
    new = [article_id for article_id in latest if article_id not in numbers]
    first = reserve(connection, ARTICLES, len(new))
    extraction_number = dictionaries.texts.numbers(connection, [(extraction,)])[(extraction,)]
    fresh = {article_id: number for number, article_id in enumerate(new, start=first)}
    rows = {
        article_id: {**article_values(item.article), "file": item.file, "extraction": extraction_number}
        for article_id, item in latest.items()
    }
    insert_rows(connection, articles, [{"number": number, **rows[key]} for key, number in fresh.items()])
    if numbers:
        changed = [{"_number": number, **rows[key]} for key, number in numbers.items()]
        connection.execute(update(articles).where(articles.c.number == bindparam("_number")), changed)
    store_arrivals(connection, new=list(fresh.values()), changed=changed_numbers)
    every = {**numbers, **fresh}
    _store_encodings(connection, every, latest)
    store_findings(connection, dictionaries, every, latest, replaced=frozenset(numbers.values()))
    made = {every[key]: item.vector for key, item in latest.items() if item.vector is not None}
    store_vectors(connection, dictionaries, made)
    mark_pending(connection, latest)
    return len(fresh), len(numbers)


def _changed(
    connection: Connection, numbers: Mapping[str, int], extracted: Mapping[str, ExtractedArticle]
) -> list[int]:
    """Return the numbers of those of the articles that are not what they were; others are only extracted again."""
    changed = []
    for chunk in chunks(numbers):
        statement = select(articles.c.id, articles.c.content_hash).where(articles.c.id.in_(chunk))
        for article_id, content_hash in connection.execute(statement):
            if extracted[article_id].article.content_hash != content_hash:
                changed.append(numbers[article_id])
    return sorted(changed)


def _store_encodings(
    connection: Connection, numbers: Mapping[str, int], extracted: Mapping[str, ExtractedArticle]
) -> None:
    """Remember the encodings of articles, by their numbers, in the place of those before."""
    for chunk in chunks(numbers.values()):
        connection.execute(delete(encodings).where(encodings.c.article.in_(chunk)))
    rows = [
        {"article": number, "encoding": article.encoding, "is_guessed": article.encoding_is_guessed}
        for article, number in ((extracted[article_id].article, number) for article_id, number in numbers.items())
        if article.encoding is not None
    ]
    insert_rows(connection, encodings, rows)


def relink_articles(connection: Connection, dictionaries: Dictionaries, extracted: Sequence[ExtractedArticle]) -> None:
    """Put what was found in articles that are there in the place of what was; their documents become pending.

    The articles themselves, and the files that they are from, stay as they are.
    """
    items = {item.article.id: item for item in extracted}
    numbers = _numbers(connection, items)
    clear_findings(connection, list(numbers.values()))
    found = {article_id: items[article_id] for article_id in numbers}
    store_findings(connection, dictionaries, numbers, found, replaced=frozenset(numbers.values()))
    mark_pending(connection, numbers)


def add_vectors(connection: Connection, dictionaries: Dictionaries, made: Mapping[str, StoredVector]) -> None:
    """Store vectors of articles that are there, by id; their documents stay as they are."""
    numbers = _numbers(connection, made)
    store_vectors(connection, dictionaries, {number: made[article_id] for article_id, number in numbers.items()})


def store_sources(connection: Connection, states: Sequence[SourceState]) -> None:
    """Remember files that were read to their end; of two states of one file, the later."""
    latest = {state.locator: state for state in states}
    for chunk in chunks(latest.values()):
        connection.execute(delete(sources).where(sources.c.locator.in_([state.locator for state in chunk])))
        insert_rows(connection, sources, [asdict(state) for state in chunk])


def remove_files(connection: Connection, files: Iterable[str]) -> int:
    """Take out all articles of files; returns how many there were."""
    removed = 0
    for chunk in chunks(files):
        ids = connection.scalars(select(articles.c.id).where(articles.c.file.in_(chunk))).all()
        removed += remove_articles(connection, ids)
        connection.execute(delete(sources).where(sources.c.locator.in_(chunk)))
    return removed


def remove_articles(connection: Connection, ids: Iterable[str]) -> int:
    """Take articles out and make their documents pending; returns how many there were."""
    removed = 0
    for chunk in chunks(ids):
        numbers = _numbers(connection, chunk)
        clear_findings(connection, list(numbers.values()))
        clear_vectors(connection, numbers.values())
        connection.execute(delete(encodings).where(encodings.c.article.in_(numbers.values())))
        clear_arrivals(connection, numbers.values())
        connection.execute(delete(articles).where(articles.c.number.in_(numbers.values())))
        mark_pending(connection, numbers)
        removed += len(numbers)
    return removed


def _numbers(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in chunks(ids):
        statement = select(articles.c.id, articles.c.number).where(articles.c.id.in_(chunk))
        found.update((article_id, number) for article_id, number in connection.execute(statement))
    return found
