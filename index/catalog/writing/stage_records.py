"""Reads and renames the texts that say which version of a stage made the rows of the catalog."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from index.catalog.schema import articles, runs, sources, texts
from index.catalog.writing.counters import CHANGED_TEXTS, reserve
from index.catalog.writing.dictionaries import Dictionaries

__all__ = ["count_extractions", "count_readings", "extraction_rate", "rename_extraction", "rename_reading"]


def count_extractions(connection: Connection) -> Mapping[str, int]:
    """Count articles by the text of their extraction."""
    statement = (
        select(texts.c.text, func.count())
        .select_from(articles.join(texts, texts.c.id == articles.c.extraction))
        .group_by(texts.c.text)
    )
    return {text: int(count) for text, count in connection.execute(statement)}


def count_readings(connection: Connection) -> Mapping[str, int]:
    """Count the articles of files that were read whole by the text of their reading."""
    statement = select(sources.c.reading, func.sum(sources.c.articles)).group_by(sources.c.reading)
    return {text: int(count or 0) for text, count in connection.execute(statement)}


def rename_extraction(connection: Connection, dictionaries: Dictionaries, before: str, after: str) -> None:
    """Put one text of an extraction in the place of another, for all articles; nothing happens when there are none."""
    number = connection.scalar(select(texts.c.id).where(texts.c.text == before))
    if number is None or before == after:
        return
    known = connection.scalar(select(texts.c.id).where(texts.c.text == after))
    if known is None:
        # One row, however many articles refer to it.
        connection.execute(update(texts).where(texts.c.id == number).values(text=after))
        reserve(connection, CHANGED_TEXTS)
    else:
        connection.execute(update(articles).where(articles.c.extraction == number).values(extraction=known))
    dictionaries.forget()


def rename_reading(connection: Connection, before: str, after: str) -> None:
    """Put one text of a reading in the place of another, for all files."""
    connection.execute(update(sources).where(sources.c.reading == before).values(reading=after))


def extraction_rate(connection: Connection) -> float | None:
    """Return articles a second of the last complete run that extracted for a second or more, None without one."""
    extracted = runs.c.added + runs.c.changed
    statement = (
        select(extracted, runs.c.started, runs.c.finished)
        .where(runs.c.finished.is_not(None), extracted > 0)
        .order_by(runs.c.id.desc())
    )
    for count, started, finished in connection.execute(statement):
        seconds = (datetime.fromisoformat(finished) - datetime.fromisoformat(started)).total_seconds()
        if seconds >= 1:
            return float(count / seconds)
    return None
