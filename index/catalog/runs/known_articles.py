"""Articles and files that the catalog knows, asked by runs that compare what they read."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from index.catalog.records import ArticleState, SourceState
from index.catalog.schema import articles, failures, sources, texts
from index.catalog.transactions import Connections
from index.catalog.writing.statements import chunks
from index.model import REFUSED, Failure

__all__ = ["KnownArticles"]


class KnownArticles:
    """Articles and files of a catalog, as runs ask for them; inside of a transaction they are what that wrote."""

    def __init__(self, read: Connections) -> None:
        """`read` gives the connection of the transaction that is open."""
        self._read = read

    def source_states(self, locators: Sequence[str]) -> dict[str, SourceState]:
        """Return the states of those of the files that were read whole."""
        columns = (sources.c.locator, sources.c.size, sources.c.modified, sources.c.reading)
        found: dict[str, SourceState] = {}
        with self._read() as connection:
            for chunk in chunks(locators):
                statement = select(*columns, sources.c.articles, sources.c.failures).where(sources.c.locator.in_(chunk))
                found.update((row.locator, SourceState(*row)) for row in connection.execute(statement))
            return found

    def article_states(self, ids: Sequence[str]) -> dict[str, ArticleState]:
        """Return the states of those of the articles that are stored."""
        columns = (articles.c.id, articles.c.locator, articles.c.content_hash, texts.c.text, articles.c.file)
        joined = articles.join(texts, texts.c.id == articles.c.extraction)
        found: dict[str, ArticleState] = {}
        with self._read() as connection:
            for chunk in chunks(ids):
                statement = select(*columns).select_from(joined).where(articles.c.id.in_(chunk))
                found.update((row[0], ArticleState(*row[1:])) for row in connection.execute(statement))
            return found

    def failures_of(self, file: str) -> tuple[Failure, ...]:
        """Return what could not be read of a file, by locator."""
        columns = (failures.c.locator, failures.c.reason, failures.c.message, failures.c.hint)
        wanted = (failures.c.file == file, failures.c.reason != REFUSED)
        statement = select(*columns).where(*wanted).order_by(failures.c.locator)
        with self._read() as connection:
            return tuple(Failure(*row) for row in connection.execute(statement))

    def failures_in(self, files: Sequence[str]) -> list[tuple[str, Failure]]:
        """Return what could not be read or indexed of files, each with its file, by locator."""
        columns = (failures.c.file, failures.c.locator, failures.c.reason, failures.c.message, failures.c.hint)
        found: list[tuple[str, Failure]] = []
        with self._read() as connection:
            for chunk in chunks(files):
                rows = connection.execute(select(*columns).where(failures.c.file.in_(chunk)))
                found.extend((file, Failure(*row)) for file, *row in rows)
        return sorted(found, key=lambda pair: pair[1].locator)

    def files(self, *, after: str, limit: int) -> tuple[str, ...]:
        """Return the next files that articles are from, after a locator, in code point order."""
        file = articles.c.file
        with self._read() as connection:
            return tuple(connection.scalars(select(file).distinct().where(file > after).order_by(file).limit(limit)))

    def ids_of(self, file: str) -> tuple[str, ...]:
        """Return the ids of the articles of a file, in code point order."""
        with self._read() as connection:
            return tuple(
                connection.scalars(select(articles.c.id).where(articles.c.file == file).order_by(articles.c.id))
            )

    def locators_of(self, file: str) -> dict[str, str]:
        """Return the locator of each article of a file by its id."""
        with self._read() as connection:
            rows = connection.execute(select(articles.c.id, articles.c.locator).where(articles.c.file == file))
            return {row.id: row.locator for row in rows}

    def count_articles_of(self, files: Sequence[str]) -> Mapping[str, int]:
        """Count the articles of files; those without any are left out."""
        with self._read() as connection:
            return _count(connection, files)

    def count_outdated_of(self, files: Sequence[str], extraction: str) -> Mapping[str, int]:
        """Count the articles of files that `extraction` did not extract; files without any are left out."""
        with self._read() as connection:
            outdated = articles.c.extraction != _number(connection, extraction)
            return _count(connection, files, outdated)

    def outdated_ids_of(self, file: str, extraction: str, *, after: str, limit: int) -> tuple[str, ...]:
        """Return the next ids of the articles of a file that `extraction` did not extract, in code point order."""
        with self._read() as connection:
            outdated = articles.c.extraction != _number(connection, extraction)
            statement = select(articles.c.id).where(articles.c.file == file, outdated, articles.c.id > after)
            return tuple(connection.scalars(statement.order_by(articles.c.id).limit(limit)))


def _count(connection: Connection, files: Sequence[str], *conditions: ColumnElement[bool]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in chunks(files):
        statement = select(articles.c.file, func.count()).where(articles.c.file.in_(chunk), *conditions)
        found.update((file, count) for file, count in connection.execute(statement.group_by(articles.c.file)))
    return found


def _number(connection: Connection, extraction: str) -> int:
    """Return the number of the text of an extraction, one that no article has when it is unknown."""
    number: int | None = connection.scalar(select(texts.c.id).where(texts.c.text == extraction))
    return -1 if number is None else number
