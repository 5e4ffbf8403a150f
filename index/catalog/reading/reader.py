"""The catalog read by statements of SQL, from any database; `CatalogReader` describes the methods."""

# ruff: noqa: D102 - the protocol describes the methods, and implementations do not repeat it.

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from index.catalog.reader import (
    Arrival,
    ArticleContent,
    CatalogReader,
    CatalogState,
    CatalogStatistics,
    EntityName,
    FailureRow,
    NameMatches,
    RunRow,
    ShownArticle,
    SuggestionRow,
)
from index.catalog.reading import archive_queries, arrival_queries, article_queries, entity_queries
from index.catalog.reading.connection import Connections, OneConnection
from index.catalog.reading.texts import TextCache
from index.errors import ArticleNotFoundError, EntityNotFoundError
from index.identity.records import MadeDecision
from index.identity.versions import Version
from index.model import Amount, Article, Entity, Kind, Link, Mention

__all__ = ["SqlReader"]

_IDS_AT_ONCE = 10_000


class SqlReader:
    """A `CatalogReader`; made by `open_reader`, or by a `Catalog` for its transaction."""

    def __init__(self, connections: Connections, *, texts: TextCache | None = None) -> None:
        """`texts` is a cache that others share."""
        self._connections = connections
        self._texts = TextCache() if texts is None else texts

    @contextmanager
    def snapshot(self) -> Iterator[CatalogReader]:
        with self._connections.snapshot() as connection:
            yield SqlReader(OneConnection(connection), texts=self._texts)

    def state(self) -> CatalogState:
        with self._connections.snapshot() as connection:
            return archive_queries.state(connection)

    def contents(self, ids: Sequence[str]) -> Mapping[str, ArticleContent]:
        with self._connections.snapshot() as connection:
            articles = article_queries.articles(connection, ids)
            found = article_queries.mentions(connection, ids, self._texts)
            links = article_queries.links(connection, found, self._texts)
            linked = {link.entity_id for some in links.values() for link in some}
            entities = {entity.id: entity for entity in entity_queries.entities(connection, sorted(linked))}
        return {
            article_id: ArticleContent(
                article,
                tuple(item.mention for item in found[article_id]),
                links[article_id],
                {link.entity_id: entities[link.entity_id] for link in links[article_id]},
            )
            for article_id, article in articles.items()
        }

    def shown(self, ids: Sequence[str]) -> Mapping[str, ShownArticle]:
        with self._connections.snapshot() as connection:
            articles = article_queries.articles(connection, ids)
            found = article_queries.shown_mentions(connection, ids, self._texts)
            linked = {mention.entity_id for some in found.values() for mention in some if mention.entity_id is not None}
            entities = {entity.id: entity for entity in entity_queries.entities(connection, sorted(linked))}
        return {
            article_id: ShownArticle.of(article, found[article_id], entities)
            for article_id, article in articles.items()
        }

    def article(self, article_id: str) -> Article:
        found = self.articles([article_id])
        if article_id not in found:
            raise ArticleNotFoundError(f"There is no article {article_id!r}.")
        return found[article_id]

    def articles(self, ids: Sequence[str]) -> Mapping[str, Article]:
        with self._connections.snapshot() as connection:
            return article_queries.articles(connection, ids)

    def article_ids(self) -> Iterator[str]:
        last = ""
        while True:
            with self._connections.snapshot() as connection:
                ids = article_queries.ids_after(connection, last, limit=_IDS_AT_ONCE)
            if not ids:
                return
            yield from ids
            last = ids[-1]

    def titles(self, ids: Sequence[str]) -> Mapping[str, str]:
        with self._connections.snapshot() as connection:
            return article_queries.titles(connection, ids)

    def resolve_article_id(self, text: str) -> str | None:
        with self._connections.snapshot() as connection:
            return article_queries.resolve_id(connection, text)

    def arrivals(self, ids: Sequence[str]) -> Mapping[str, Arrival]:
        with self._connections.snapshot() as connection:
            return arrival_queries.arrivals(connection, ids)

    def last_changed(self, *, before: int | None = None, limit: int) -> tuple[Arrival, ...]:
        with self._connections.snapshot() as connection:
            return arrival_queries.last_changed(connection, before=before, limit=limit)

    def arrived_after(self, number: int, *, limit: int) -> tuple[Arrival, ...]:
        with self._connections.snapshot() as connection:
            return arrival_queries.arrived_after(connection, number, limit=limit)

    def changed_after(self, change: int, *, limit: int) -> tuple[Arrival, ...]:
        with self._connections.snapshot() as connection:
            return arrival_queries.changed_after(connection, change, limit=limit)

    def last_arrival(self, *, before: str | None = None) -> tuple[int, int]:
        with self._connections.snapshot() as connection:
            return arrival_queries.last_arrival(connection, before=before)

    def vectors(self, ids: Sequence[str]) -> Mapping[str, bytes]:
        with self._connections.snapshot() as connection:
            return article_queries.vectors(connection, ids)

    def vectors_and_entities(
        self, ids: Sequence[str], entity_ids: Sequence[str], *, tied: Sequence[str] = ()
    ) -> tuple[Mapping[str, bytes], Mapping[str, Entity], Mapping[str, int]]:
        with self._connections.snapshot() as connection:
            vectors = article_queries.vectors(connection, ids) if ids else {}
            found = {entity.id: entity for entity in entity_queries.entities(connection, entity_ids)}
            return vectors, found, entity_queries.count_story_mentions(connection, tied) if tied else {}

    def vectors_after(self, number: int, *, limit: int) -> tuple[tuple[int, str, bytes], ...]:
        with self._connections.snapshot() as connection:
            return tuple(article_queries.vectors_after(connection, number, limit=limit))

    def articles_of_vectors(self, numbers: Sequence[int]) -> Mapping[int, str]:
        with self._connections.snapshot() as connection:
            return article_queries.articles_of_vectors(connection, numbers)

    def vector_rows(self) -> int:
        with self._connections.snapshot() as connection:
            return archive_queries.vector_rows(connection)

    def mentions(self, ids: Sequence[str]) -> Mapping[str, tuple[Mention, ...]]:
        with self._connections.snapshot() as connection:
            found = article_queries.mentions(connection, ids, self._texts)
        return {article_id: tuple(item.mention for item in items) for article_id, items in found.items()}

    def links(self, ids: Sequence[str]) -> Mapping[str, tuple[Link, ...]]:
        with self._connections.snapshot() as connection:
            found = article_queries.mentions(connection, ids, self._texts, only_linked=True)
            return article_queries.links(connection, found, self._texts)

    def entity(self, entity_id: str) -> Entity:
        found = self.entities([entity_id])
        if entity_id not in found:
            raise EntityNotFoundError(f"There is no entity {entity_id!r}.")
        return found[entity_id]

    def entities(self, ids: Sequence[str]) -> Mapping[str, Entity]:
        with self._connections.snapshot() as connection:
            return {entity.id: entity for entity in entity_queries.entities(connection, ids)}

    def current_id(self, entity_id: str) -> str | None:
        return self.current_ids([entity_id]).get(entity_id)

    def current_ids(self, ids: Sequence[str]) -> Mapping[str, str]:
        with self._connections.snapshot() as connection:
            return entity_queries.current_ids(connection, ids)

    def names(self, ids: Sequence[str]) -> tuple[EntityName, ...]:
        with self._connections.snapshot() as connection:
            return entity_queries.names(connection, ids)

    def versions(self, ids: Sequence[str]) -> Mapping[str, Version]:
        with self._connections.snapshot() as connection:
            return entity_queries.versions(connection, ids)

    def find_entities(self, text: str, *, kind: Kind | None = None, limit: int = 10) -> tuple[Entity, ...]:
        with self._connections.snapshot() as connection:
            return entity_queries.find(connection, text, kind=kind, limit=limit)

    def find_names(self, texts: Sequence[str], *, ids: Sequence[str] = (), limit: int = 10) -> NameMatches:
        with self._connections.snapshot() as connection:
            current = entity_queries.current_ids(connection, ids)
            entities = {entity.id: entity for entity in entity_queries.entities(connection, list(current.values()))}
            by_name = entity_queries.find_many(connection, texts, limit=limit)
        by_id = {asked: entities[found] for asked, found in current.items() if found in entities}
        return NameMatches(by_name, by_id)

    def complete_names(self, texts: Sequence[str], *, limit: int = 10) -> Mapping[str, tuple[Entity, ...]]:
        with self._connections.snapshot() as connection:
            return {text: entity_queries.complete(connection, text, kind=None, limit=limit) for text in texts}

    def similar_to(self, texts: Sequence[str], *, limit: int = 5) -> Mapping[str, tuple[Entity, ...]]:
        with self._connections.snapshot() as connection:
            return {text: entity_queries.similar(connection, text, limit=limit) for text in texts}

    def complete_entities(self, text: str, *, kind: Kind | None = None, limit: int = 10) -> tuple[Entity, ...]:
        with self._connections.snapshot() as connection:
            return entity_queries.complete(connection, text, kind=kind, limit=limit)

    def list_entities(
        self, kind: Kind, *, prefix: str = "", order: str = "documents", limit: int = 50, offset: int = 0
    ) -> tuple[Entity, ...]:
        with self._connections.snapshot() as connection:
            return entity_queries.list_kind(connection, kind, prefix=prefix, order=order, limit=limit, offset=offset)

    def count_entities(self, kind: Kind, *, prefix: str = "") -> int:
        with self._connections.snapshot() as connection:
            return entity_queries.count_kind(connection, kind, prefix=prefix)

    def similar_names(self, text: str, *, limit: int = 5) -> tuple[Entity, ...]:
        with self._connections.snapshot() as connection:
            return entity_queries.similar(connection, text, limit=limit)

    def article_ids_of(self, entity_id: str, *, limit: int | None = None, offset: int = 0) -> tuple[str, ...]:
        with self._connections.snapshot() as connection:
            return entity_queries.article_ids(connection, entity_id, limit=limit, offset=offset)

    def count_articles_of(self, entity_id: str) -> int:
        with self._connections.snapshot() as connection:
            return entity_queries.count_articles(connection, entity_id)

    def story_mentions(self, ids: Sequence[str]) -> Mapping[str, int]:
        with self._connections.snapshot() as connection:
            return entity_queries.count_story_mentions(connection, ids)

    def amounts_of(self, entity_id: str, *, limit: int = 20) -> tuple[tuple[Amount, int], ...]:
        with self._connections.snapshot() as connection:
            return entity_queries.amounts(connection, entity_id, limit=limit)

    def statistics(self) -> CatalogStatistics:
        with self._connections.snapshot() as connection:
            return archive_queries.statistics(connection)

    def count_by_language(self) -> Mapping[str, int]:
        with self._connections.snapshot() as connection:
            return archive_queries.count_by_language(connection)

    def failures(self, *, limit: int = 1000) -> tuple[FailureRow, ...]:
        with self._connections.snapshot() as connection:
            return archive_queries.failures(connection, limit=limit)

    def runs(self, *, limit: int = 20) -> tuple[RunRow, ...]:
        with self._connections.snapshot() as connection:
            return archive_queries.runs(connection, limit=limit)

    def decisions(self, *, limit: int = 1000) -> tuple[MadeDecision, ...]:
        with self._connections.snapshot() as connection:
            return archive_queries.decisions(connection, limit=limit)

    def decisions_about(self, entity_id: str) -> tuple[MadeDecision, ...]:
        with self._connections.snapshot() as connection:
            return archive_queries.decisions_about(connection, entity_id)

    def suggestions(self, *, kind: Kind | None = None, limit: int = 50, offset: int = 0) -> tuple[SuggestionRow, ...]:
        with self._connections.snapshot() as connection:
            return archive_queries.suggestions(connection, kind=kind, limit=limit, offset=offset)

    def suggestion(self, number: int) -> SuggestionRow | None:
        with self._connections.snapshot() as connection:
            return archive_queries.suggestion(connection, number)

    def suggestions_about(self, entity_id: str) -> tuple[SuggestionRow, ...]:
        with self._connections.snapshot() as connection:
            return archive_queries.suggestions_about(connection, entity_id)

    def count_suggestions(self, *, kind: Kind | None = None) -> int:
        with self._connections.snapshot() as connection:
            return archive_queries.count_suggestions(connection, kind=kind)

    def close(self) -> None:
        self._connections.close()
