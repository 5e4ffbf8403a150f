"""The catalog read through the `sqlite3` of the standard library; `CatalogReader` says what each method gives."""

# ruff: noqa: D102 - the protocol describes the methods, and implementations do not repeat it.

from collections.abc import Iterator, Mapping, Sequence

from index.catalog import article_queries, entity_queries, history_queries
from index.catalog.connections import ConnectionPool
from index.catalog.reader import CatalogStatistics, DecisionRow, FailureRow, RunRow, SuggestionRow
from index.errors import ArticleNotFoundError, EntityNotFoundError
from index.model import Amount, Article, Entity, Kind, Link, Mention

__all__ = ["SqliteReader"]

_IDS_AT_ONCE = 10_000


class SqliteReader:
    """A `CatalogReader`; made by `open_reader`."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool
        self._texts = article_queries.TextCache()

    def article(self, article_id: str) -> Article:
        found = self.articles([article_id])
        if article_id not in found:
            raise ArticleNotFoundError(f"There is no article {article_id!r}.")
        return found[article_id]

    def articles(self, ids: Sequence[str]) -> Mapping[str, Article]:
        with self._pool.snapshot() as connection:
            return article_queries.articles(connection, ids)

    def article_ids(self) -> Iterator[str]:
        last = ""
        while True:
            with self._pool.snapshot() as connection:
                ids = article_queries.ids_after(connection, last, limit=_IDS_AT_ONCE)
            if not ids:
                return
            yield from ids
            last = ids[-1]

    def resolve_article_id(self, text: str) -> str | None:
        with self._pool.snapshot() as connection:
            return article_queries.resolve_id(connection, text)

    def mentions(self, ids: Sequence[str]) -> Mapping[str, tuple[Mention, ...]]:
        with self._pool.snapshot() as connection:
            found = article_queries.mentions(connection, ids, self._texts)
        return {article_id: tuple(item.mention for item in items) for article_id, items in found.items()}

    def links(self, ids: Sequence[str]) -> Mapping[str, tuple[Link, ...]]:
        with self._pool.snapshot() as connection:
            found = article_queries.mentions(connection, ids, self._texts, only_linked=True)
            return article_queries.links(connection, found, self._texts)

    def entity(self, entity_id: str) -> Entity:
        found = self.entities([entity_id])
        if entity_id not in found:
            raise EntityNotFoundError(f"There is no entity {entity_id!r}.")
        return found[entity_id]

    def entities(self, ids: Sequence[str]) -> Mapping[str, Entity]:
        with self._pool.snapshot() as connection:
            return {entity.id: entity for entity in entity_queries.entities(connection, ids)}

    def current_id(self, entity_id: str) -> str | None:
        with self._pool.snapshot() as connection:
            return entity_queries.current_id(connection, entity_id)

    def find_entities(self, text: str, *, kind: Kind | None = None, limit: int = 10) -> tuple[Entity, ...]:
        with self._pool.snapshot() as connection:
            return entity_queries.find(connection, text, kind=kind, limit=limit)

    def complete_entities(self, text: str, *, kind: Kind | None = None, limit: int = 10) -> tuple[Entity, ...]:
        with self._pool.snapshot() as connection:
            return entity_queries.complete(connection, text, kind=kind, limit=limit)

    def list_entities(
        self, kind: Kind, *, prefix: str = "", order: str = "documents", limit: int = 50, offset: int = 0
    ) -> tuple[Entity, ...]:
        with self._pool.snapshot() as connection:
            return entity_queries.list_kind(connection, kind, prefix=prefix, order=order, limit=limit, offset=offset)

    def count_entities(self, kind: Kind, *, prefix: str = "") -> int:
        with self._pool.snapshot() as connection:
            return entity_queries.count_kind(connection, kind, prefix=prefix)

    def similar_names(self, text: str, *, limit: int = 5) -> tuple[Entity, ...]:
        with self._pool.snapshot() as connection:
            return entity_queries.similar(connection, text, limit=limit)

    def article_ids_of(self, entity_id: str) -> tuple[str, ...]:
        with self._pool.snapshot() as connection:
            return entity_queries.article_ids(connection, entity_id)

    def amounts_of(self, entity_id: str, *, limit: int = 20) -> tuple[tuple[Amount, int], ...]:
        with self._pool.snapshot() as connection:
            return entity_queries.amounts(connection, entity_id, limit=limit)

    def statistics(self) -> CatalogStatistics:
        with self._pool.snapshot() as connection:
            return history_queries.statistics(connection)

    def failures(self, *, limit: int = 1000) -> tuple[FailureRow, ...]:
        with self._pool.snapshot() as connection:
            return history_queries.failures(connection, limit=limit)

    def runs(self, *, limit: int = 20) -> tuple[RunRow, ...]:
        with self._pool.snapshot() as connection:
            return history_queries.runs(connection, limit=limit)

    def decisions(self, *, limit: int = 1000) -> tuple[DecisionRow, ...]:
        with self._pool.snapshot() as connection:
            return history_queries.decisions(connection, limit=limit)

    def suggestions(self, *, kind: Kind | None = None, limit: int = 50, offset: int = 0) -> tuple[SuggestionRow, ...]:
        with self._pool.snapshot() as connection:
            return history_queries.suggestions(connection, kind=kind, limit=limit, offset=offset)

    def suggestion(self, number: int) -> SuggestionRow | None:
        with self._pool.snapshot() as connection:
            return history_queries.suggestion(connection, number)

    def suggestions_about(self, entity_id: str) -> tuple[SuggestionRow, ...]:
        with self._pool.snapshot() as connection:
            return history_queries.suggestions_about(connection, entity_id)

    def count_suggestions(self, *, kind: Kind | None = None) -> int:
        with self._pool.snapshot() as connection:
            return history_queries.count_suggestions(connection, kind=kind)

    def close(self) -> None:
        self._pool.close()
