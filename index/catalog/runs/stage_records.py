"""Reads and renames the texts that say which version of a stage made the rows of the catalog."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select, update

from index.catalog.schema import articles, runs, sources, texts
from index.catalog.transactions import Transactions
from index.catalog.writing.counters import CHANGED_TEXTS, reserve
from index.catalog.writing.dictionaries import Dictionaries

__all__ = ["StageRecords"]


class StageRecords:
    """The texts of stages in a catalog; each method is a transaction, or part of the one that is open."""

    def __init__(self, transactions: Transactions, dictionaries: Dictionaries) -> None:
        self._read = transactions.read
        self._write = transactions.write
        self._dictionaries = dictionaries

    def count_extractions(self) -> Mapping[str, int]:
        """Count articles by the text of the stage that extracted them."""
        statement = (
            select(texts.c.text, func.count())
            .select_from(articles.join(texts, texts.c.id == articles.c.extraction))
            .group_by(texts.c.text)
        )
        with self._read() as connection:
            return {text: int(count) for text, count in connection.execute(statement)}

    def count_readings(self) -> Mapping[str, int]:
        """Count the articles of files that were read whole, by the text of the stage that read them."""
        statement = select(sources.c.reading, func.sum(sources.c.articles)).group_by(sources.c.reading)
        with self._read() as connection:
            return {text: int(count or 0) for text, count in connection.execute(statement)}

    def rename_extraction(self, before: str, after: str) -> None:
        """Store another text of the stage that extracted articles, which means the same."""
        with self._write(is_visible=False) as connection:
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
            self._dictionaries.forget()

    def rename_reading(self, before: str, after: str) -> None:
        """Store another text of the stage that read files, which means the same."""
        with self._write(is_visible=False) as connection:
            connection.execute(update(sources).where(sources.c.reading == before).values(reading=after))

    def extraction_rate(self) -> float | None:
        """Return articles a second of the last complete run that extracted for a second or more, None without one."""
        extracted = runs.c.added + runs.c.changed
        statement = (
            select(extracted, runs.c.started, runs.c.finished)
            .where(runs.c.finished.is_not(None), extracted > 0)
            .order_by(runs.c.id.desc())
        )
        with self._read() as connection:
            for count, started, finished in connection.execute(statement):
                seconds = (datetime.fromisoformat(finished) - datetime.fromisoformat(started)).total_seconds()
                if seconds >= 1:
                    return float(count / seconds)
        return None
