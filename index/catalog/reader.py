"""Read side of the catalog: one class for all databases. Nothing here imports SQLAlchemy.

That alone takes more time to import than a whole search may take.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from index.catalog.reading import archive_queries, arrival_queries, article_queries, entity_queries
from index.catalog.reading.connection import Connections, OneConnection
from index.catalog.reading.records import (
    Arrival,
    ArticleContent,
    CatalogState,
    CatalogStatistics,
    EntityName,
    FailureRow,
    NameMatches,
    RunRow,
    ShownArticle,
    SuggestionRow,
)
from index.catalog.reading.texts import TextCache
from index.errors import ArticleNotFoundError, EntityNotFoundError
from index.identity.records import MadeDecision
from index.identity.versions import Version
from index.model import Amount, Article, Entity, Kind, Link, Mention

__all__ = ["CatalogReader"]

_IDS_AT_ONCE = 10_000


class CatalogReader:
    """Read side of the catalog, for searching and showing. Safe to use from many threads; sees committed data only.

    Made by `index.catalog.open.open_reader`, or by a `Catalog` for its transaction. Each call sees the newest committed
    state, but those on a `snapshot`.
    """

    def __init__(self, connections: Connections, *, texts: TextCache | None = None) -> None:
        """`texts` is a cache that others share."""
        self._connections = connections
        self._texts = TextCache() if texts is None else texts

    @contextmanager
    def snapshot(self) -> Iterator["CatalogReader"]:
        """Yield a reader all of whose calls see one committed state. One thread may use it, until the context ends."""
        with self._connections.snapshot() as connection:
            yield CatalogReader(OneConnection(connection), texts=self._texts)

    def state(self) -> CatalogState:
        """Return the state of the archive."""
        with self._connections.snapshot() as connection:
            return archive_queries.state(connection)

    def contents(self, ids: Sequence[str]) -> Mapping[str, ArticleContent]:
        """Return articles with mentions, links and entities by id, from one state.

        They are in the order of `ids`; unknown ids are left out.
        """
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
        """Return the part of `contents` that a list of articles shows, in half of the time; ids as there."""
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
        """One article; raises `ArticleNotFoundError`."""
        found = self.articles([article_id])
        if article_id not in found:
            raise ArticleNotFoundError(f"There is no article {article_id!r}.")
        return found[article_id]

    def articles(self, ids: Sequence[str]) -> Mapping[str, Article]:
        """Several articles by id; unknown ids are left out."""
        with self._connections.snapshot() as connection:
            return article_queries.articles(connection, ids)

    def article_ids(self) -> Iterator[str]:
        """All article ids in code point order."""
        last = ""
        while True:
            with self._connections.snapshot() as connection:
                ids = article_queries.ids_after(connection, last, limit=_IDS_AT_ONCE)
            if not ids:
                return
            yield from ids
            last = ids[-1]

    def titles(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Return titles by article id, in order of `ids`, without reading bodies; unknown ids are left out."""
        with self._connections.snapshot() as connection:
            return article_queries.titles(connection, ids)

    def resolve_article_id(self, text: str) -> str | None:
        """Return the id meant by an id, present or former, a unique prefix of one, or a locator (path or URL)."""
        with self._connections.snapshot() as connection:
            return article_queries.resolve_id(connection, text)

    def arrivals(self, ids: Sequence[str]) -> Mapping[str, Arrival]:
        """Return when articles came and changed, by id, in order of `ids`; unknown ids are left out."""
        with self._connections.snapshot() as connection:
            return arrival_queries.arrivals(connection, ids)

    def last_changed(self, *, before: int | None = None, limit: int) -> tuple[Arrival, ...]:
        """Return the articles that came or changed last, by `change` descending; those below `before` if given."""
        with self._connections.snapshot() as connection:
            return arrival_queries.last_changed(connection, before=before, limit=limit)

    def arrived_after(self, number: int, *, limit: int) -> tuple[Arrival, ...]:
        """Return the next articles that came after an `Arrival.number`, in this order."""
        with self._connections.snapshot() as connection:
            return arrival_queries.arrived_after(connection, number, limit=limit)

    def changed_after(self, change: int, *, limit: int) -> tuple[Arrival, ...]:
        """Return the next articles that came or changed after an `Arrival.change`, in this order."""
        with self._connections.snapshot() as connection:
            return arrival_queries.changed_after(connection, change, limit=limit)

    def last_arrival(self, *, before: str | None = None) -> tuple[int, int]:
        """Return the highest `number` and `change` of all articles; zeros when there are none.

        With `before`, a time (ISO 8601 in UTC), of those that came, and changed, before it.
        """
        with self._connections.snapshot() as connection:
            return arrival_queries.last_arrival(connection, before=before)

    def vectors(self, ids: Sequence[str]) -> Mapping[str, bytes]:
        """Return the vectors of those of the articles that have one, by id, in order of `ids`."""
        with self._connections.snapshot() as connection:
            return article_queries.vectors(connection, ids)

    def vectors_and_entities(
        self, ids: Sequence[str], entity_ids: Sequence[str], *, tied: Sequence[str] = ()
    ) -> tuple[Mapping[str, bytes], Mapping[str, Entity], Mapping[str, int]]:
        """Return `vectors` of articles, `entities`, and `story_mentions` of `tied` entities in one call.

        A search needs them at the same time.
        """
        with self._connections.snapshot() as connection:
            vectors = article_queries.vectors(connection, ids) if ids else {}
            found = {entity.id: entity for entity in entity_queries.entities(connection, entity_ids)}
            return vectors, found, entity_queries.count_story_mentions(connection, tied) if tied else {}

    def vectors_after(self, number: int, *, limit: int) -> tuple[tuple[int, str, bytes], ...]:
        """Return the next vectors after one: number, id of the article, vector. Numbers count from 1, with gaps."""
        with self._connections.snapshot() as connection:
            return tuple(article_queries.vectors_after(connection, number, limit=limit))

    def articles_of_vectors(self, numbers: Sequence[int]) -> Mapping[int, str]:
        """Return ids of articles by the numbers of their vectors; numbers that no article has are left out."""
        with self._connections.snapshot() as connection:
            return article_queries.articles_of_vectors(connection, numbers)

    def vector_rows(self) -> int:
        """Return how many rows of the file of vectors belong to this state; 0 where there is none."""
        with self._connections.snapshot() as connection:
            return archive_queries.vector_rows(connection)

    def mentions(self, ids: Sequence[str]) -> Mapping[str, tuple[Mention, ...]]:
        """All mentions of each article, values included, by start."""
        with self._connections.snapshot() as connection:
            found = article_queries.mentions(connection, ids, self._texts)
        return {article_id: tuple(item.mention for item in items) for article_id, items in found.items()}

    def links(self, ids: Sequence[str]) -> Mapping[str, tuple[Link, ...]]:
        """All linked mentions of each article, by start."""
        with self._connections.snapshot() as connection:
            found = article_queries.mentions(connection, ids, self._texts, only_linked=True)
            return article_queries.links(connection, found, self._texts)

    def entity(self, entity_id: str) -> Entity:
        """One entity; raises `EntityNotFoundError`. An id that was merged away is not found: see `current_id`."""
        found = self.entities([entity_id])
        if entity_id not in found:
            raise EntityNotFoundError(f"There is no entity {entity_id!r}.")
        return found[entity_id]

    def entities(self, ids: Sequence[str]) -> Mapping[str, Entity]:
        """Several entities by id; unknown ids are left out."""
        with self._connections.snapshot() as connection:
            return {entity.id: entity for entity in entity_queries.entities(connection, ids)}

    def current_id(self, entity_id: str) -> str | None:
        """The id that an entity has now: itself, what it was merged into, or None when it is gone."""
        return self.current_ids([entity_id]).get(entity_id)

    def current_ids(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Return `current_id` for many ids at once, in order of `ids`; those of gone entities are left out."""
        with self._connections.snapshot() as connection:
            return entity_queries.current_ids(connection, ids)

    def names(self, ids: Sequence[str]) -> tuple[EntityName, ...]:
        """Return the names of entities by folded name (code points), then id; unknown ids are left out."""
        with self._connections.snapshot() as connection:
            return entity_queries.names(connection, ids)

    def versions(self, ids: Sequence[str]) -> Mapping[str, Version]:
        """Return the versions of entities, by which a decision says what its author saw; unknown ids are left out."""
        with self._connections.snapshot() as connection:
            return entity_queries.versions(connection, ids)

    def find_entities(self, text: str, *, kind: Kind | None = None, limit: int = 10) -> tuple[Entity, ...]:
        """Entities whose canonical name or an alias, folded, equals `text`, folded; most documents first."""
        with self._connections.snapshot() as connection:
            return entity_queries.find(connection, text, kind=kind, limit=limit)

    def find_names(self, texts: Sequence[str], *, ids: Sequence[str] = (), limit: int = 10) -> NameMatches:
        """Find entities by many names and ids in one call; at most `limit` for each name. Texts that match are keys."""
        with self._connections.snapshot() as connection:
            current = entity_queries.current_ids(connection, ids)
            entities = {entity.id: entity for entity in entity_queries.entities(connection, list(current.values()))}
            by_name = entity_queries.find_many(connection, texts, limit=limit)
        by_id = {asked: entities[found] for asked, found in current.items() if found in entities}
        return NameMatches(by_name, by_id)

    def complete_names(self, texts: Sequence[str], *, limit: int = 10) -> Mapping[str, tuple[Entity, ...]]:
        """Return `complete_entities` for many texts in one call, by text."""
        with self._connections.snapshot() as connection:
            return {text: entity_queries.complete(connection, text, kind=None, limit=limit) for text in texts}

    def similar_to(self, texts: Sequence[str], *, limit: int = 5) -> Mapping[str, tuple[Entity, ...]]:
        """Return `similar_names` for many texts in one call, by text."""
        with self._connections.snapshot() as connection:
            return {text: entity_queries.similar(connection, text, limit=limit) for text in texts}

    def complete_entities(self, text: str, *, kind: Kind | None = None, limit: int = 10) -> tuple[Entity, ...]:
        """Entities one of whose names has a word that begins with `text`, folded; most documents first."""
        with self._connections.snapshot() as connection:
            return entity_queries.complete(connection, text, kind=kind, limit=limit)

    def list_entities(
        self, kind: Kind, *, prefix: str = "", order: str = "documents", limit: int = 50, offset: int = 0
    ) -> tuple[Entity, ...]:
        """Entities of a kind that occur in the archive, by "documents", "mentions" or "name".

        With `prefix`, those one of whose names has a word that begins with it, as in `complete_entities`.
        """
        with self._connections.snapshot() as connection:
            return entity_queries.list_kind(connection, kind, prefix=prefix, order=order, limit=limit, offset=offset)

    def count_entities(self, kind: Kind, *, prefix: str = "") -> int:
        """Return the number of entities that `list_entities` gives without a limit."""
        with self._connections.snapshot() as connection:
            return entity_queries.count_kind(connection, kind, prefix=prefix)

    def similar_names(self, text: str, *, limit: int = 5) -> tuple[Entity, ...]:
        """Entities with a name at most two edits away from `text`, folded: candidates for "did you mean"."""
        with self._connections.snapshot() as connection:
            return entity_queries.similar(connection, text, limit=limit)

    def article_ids_of(self, entity_id: str, *, limit: int | None = None, offset: int = 0) -> tuple[str, ...]:
        """Return ids of articles whose story mentions an entity, most mentions first, then by id; None is no limit."""
        with self._connections.snapshot() as connection:
            return entity_queries.article_ids(connection, entity_id, limit=limit, offset=offset)

    def count_articles_of(self, entity_id: str) -> int:
        """Return the number of ids that `article_ids_of` gives without a limit."""
        with self._connections.snapshot() as connection:
            return entity_queries.count_articles(connection, entity_id)

    def story_mentions(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Count the mentions of each entity in stories, captions left out; unknown ids are left out.

        Captions are told apart for entities with up to `MAX_TOLD_APART` mentions; of others all are counted.
        """
        with self._connections.snapshot() as connection:
            return entity_queries.count_story_mentions(connection, ids)

    def amounts_of(self, entity_id: str, *, limit: int = 20) -> tuple[tuple[Amount, int], ...]:
        """The amounts in the stories that mention an entity, each with the number of its articles.

        Most articles first, then the largest amounts.
        """
        with self._connections.snapshot() as connection:
            return entity_queries.amounts(connection, entity_id, limit=limit)

    def statistics(self) -> CatalogStatistics:
        """Counts over the whole archive."""
        with self._connections.snapshot() as connection:
            return archive_queries.statistics(connection)

    def count_by_language(self) -> Mapping[str, int]:
        """Return the number of articles in each language, by ISO 639-1 code; "" stands for an unknown one."""
        with self._connections.snapshot() as connection:
            return archive_queries.count_by_language(connection)

    def failures(self, *, limit: int = 1000) -> tuple[FailureRow, ...]:
        """Return failures, by locator."""
        with self._connections.snapshot() as connection:
            return archive_queries.failures(connection, limit=limit)

    def runs(self, *, limit: int = 20) -> tuple[RunRow, ...]:
        """Runs of the indexer, newest first."""
        with self._connections.snapshot() as connection:
            return archive_queries.runs(connection, limit=limit)

    def decisions(self, *, limit: int = 1000) -> tuple[MadeDecision, ...]:
        """Decisions about identity, newest first, undone ones included."""
        with self._connections.snapshot() as connection:
            return archive_queries.decisions(connection, limit=limit)

    def decisions_about(self, entity_id: str) -> tuple[MadeDecision, ...]:
        """Return the decisions in force that are about an entity, or join or part another with it, newest first."""
        with self._connections.snapshot() as connection:
            return archive_queries.decisions_about(connection, entity_id)

    def suggestions(self, *, kind: Kind | None = None, limit: int = 50, offset: int = 0) -> tuple[SuggestionRow, ...]:
        """Pairs of entities that may be one, the likeliest first, then by kind and ids."""
        with self._connections.snapshot() as connection:
            return archive_queries.suggestions(connection, kind=kind, limit=limit, offset=offset)

    def suggestion(self, number: int) -> SuggestionRow | None:
        """The suggestion with this number; None when there is none, or none any more."""
        with self._connections.snapshot() as connection:
            return archive_queries.suggestion(connection, number)

    def suggestions_about(self, entity_id: str) -> tuple[SuggestionRow, ...]:
        """The suggestions that an entity is part of, the likeliest first."""
        with self._connections.snapshot() as connection:
            return archive_queries.suggestions_about(connection, entity_id)

    def count_suggestions(self, *, kind: Kind | None = None) -> int:
        """Return the number of suggestions."""
        with self._connections.snapshot() as connection:
            return archive_queries.count_suggestions(connection, kind=kind)

    def close(self) -> None:
        """Release the connection."""
        self._connections.close()
