"""Protocol for reading the catalog, and its records.

Nothing here imports SQLAlchemy, which alone takes more time to import than a whole search may take.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from msgspec import Struct

from index.catalog.shown import ShownArticle, ShownMention
from index.identity.records import MadeDecision
from index.identity.versions import Version
from index.model import Amount, Article, Entity, Failure, Kind, Link, Mention

__all__ = [
    "MAX_TOLD_APART",
    "Arrival",
    "ArticleContent",
    "CatalogReader",
    "CatalogState",
    "CatalogStatistics",
    "EntityName",
    "FailureRow",
    "NameMatches",
    "RunRow",
    "ShownArticle",
    "ShownMention",
    "SuggestionRow",
]


MAX_TOLD_APART = 100
"""Entities with more mentions count all of them in `story_mentions`: few are captions, and each is a row to read."""


class CatalogState(Struct, frozen=True):
    """State of an archive, by which caches and ETags tell whether anything is new.

    `archive` is the random id of the archive. `changes` goes up with every transaction that changes something a reader
    can see. `generation` is the commit of `engine` that belongs to this state; both are "" before the first one, and
    `generation` is "" in archives of version 0.1, which hold one commit alone.
    """

    archive: str
    changes: int
    engine: str
    generation: str


class Arrival(Struct, frozen=True):
    """When an article came and when it changed last (ISO 8601 in UTC).

    `number` counts the articles in the order in which they came, `change` their arrivals and changes together: each is
    a number that is given once, and higher than all that were committed before.
    """

    id: str
    number: int
    change: int
    added: str
    changed: str


class ArticleContent(Struct, frozen=True):
    """An article with its mentions and links, both by start, and the entities that the links lead to, by id."""

    article: Article
    mentions: tuple[Mention, ...]
    links: tuple[Link, ...]
    entities: Mapping[str, Entity]


class EntityName(Struct, frozen=True):
    """Canonical name of an entity, and the same folded for sorting."""

    id: str
    kind: Kind
    name: str
    folded: str


class NameMatches(Struct, frozen=True):
    """Entities found by name and by id.

    `by_name` has those whose canonical name or an alias, folded, equals a text, folded, by text; most documents first.
    `by_id` has the entity that each id means now, also that of an id that was merged away, by the id asked for.
    """

    by_name: Mapping[str, tuple[Entity, ...]]
    by_id: Mapping[str, Entity]


class CatalogStatistics(Struct, frozen=True):
    """Counts over the whole archive. `entities` and `mentions` are per kind; `suggestions` wait for a decision."""

    articles: int
    undated: int
    entities: Mapping[Kind, int]
    mentions: Mapping[Kind, int]
    failures: int
    first_published: str | None
    last_published: str | None
    suggestions: int


class FailureRow(Struct, frozen=True):
    """A failure that the catalog remembers, and when it was met (ISO 8601 in UTC)."""

    failure: Failure
    when: str


class RunRow(Struct, frozen=True):
    """One run of the indexer. Times are ISO 8601 in UTC; `finished` None means that it was interrupted.

    `relinked` counts the articles that had not changed but name other entities than before.
    """

    id: int
    started: str
    finished: str | None
    read: int
    added: int
    changed: int
    unchanged: int
    removed: int
    failed: int
    relinked: int


class SuggestionRow(Struct, frozen=True):
    """Two entities of a kind that may be one: `entity` would be merged into `into`, both ids.

    `number` is what a person names it by. `rule` is a short stable code, `evidence` says it in words; `score` is
    between 1 and 99: the higher, the likelier.
    """

    number: int
    kind: Kind
    entity: str
    into: str
    rule: str
    evidence: str
    score: int


class CatalogReader(Protocol):
    """Read side of the catalog, for searching and showing. Safe to use from many threads; sees committed data only.

    Each call sees the newest committed state, but those on a `snapshot`.
    """

    def snapshot(self) -> "AbstractContextManager[CatalogReader]":
        """Yield a reader all of whose calls see one committed state. One thread may use it, until the context ends."""
        ...

    def state(self) -> CatalogState:
        """Return the state of the archive."""
        ...

    def contents(self, ids: Sequence[str]) -> Mapping[str, ArticleContent]:
        """Return articles with mentions, links and entities by id, from one state.

        They are in the order of `ids`; unknown ids are left out.
        """
        ...

    def shown(self, ids: Sequence[str]) -> Mapping[str, ShownArticle]:
        """Return the part of `contents` that a list of articles shows, in half of the time; ids as there."""
        ...

    def article(self, article_id: str) -> Article:
        """One article; raises `ArticleNotFoundError`."""
        ...

    def articles(self, ids: Sequence[str]) -> Mapping[str, Article]:
        """Several articles by id; unknown ids are left out."""
        ...

    def article_ids(self) -> Iterator[str]:
        """All article ids in code point order."""
        ...

    def titles(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Return titles by article id, in order of `ids`, without reading bodies; unknown ids are left out."""
        ...

    def resolve_article_id(self, text: str) -> str | None:
        """Return the id meant by an id, present or former, a unique prefix of one, or a locator (path or URL)."""
        ...

    def arrivals(self, ids: Sequence[str]) -> Mapping[str, Arrival]:
        """Return when articles came and changed, by id, in order of `ids`; unknown ids are left out."""
        ...

    def last_changed(self, *, before: int | None = None, limit: int) -> tuple[Arrival, ...]:
        """Return the articles that came or changed last, by `change` descending; those below `before` if given."""
        ...

    def arrived_after(self, number: int, *, limit: int) -> tuple[Arrival, ...]:
        """Return the next articles that came after an `Arrival.number`, in this order."""
        ...

    def changed_after(self, change: int, *, limit: int) -> tuple[Arrival, ...]:
        """Return the next articles that came or changed after an `Arrival.change`, in this order."""
        ...

    def last_arrival(self, *, before: str | None = None) -> tuple[int, int]:
        """Return the highest `number` and `change` of all articles; zeros when there are none.

        With `before`, a time (ISO 8601 in UTC), of those that came, and changed, before it.
        """
        ...

    def vectors(self, ids: Sequence[str]) -> Mapping[str, bytes]:
        """Return the vectors of those of the articles that have one, by id, in order of `ids`."""
        ...

    def vectors_and_entities(
        self, ids: Sequence[str], entity_ids: Sequence[str], *, tied: Sequence[str] = ()
    ) -> tuple[Mapping[str, bytes], Mapping[str, Entity], Mapping[str, int]]:
        """Return `vectors` of articles, `entities`, and `story_mentions` of `tied` entities in one call.

        A search needs them at the same time.
        """
        ...

    def vectors_after(self, number: int, *, limit: int) -> tuple[tuple[int, str, bytes], ...]:
        """Return the next vectors after one: number, id of the article, vector. Numbers count from 1, with gaps."""
        ...

    def articles_of_vectors(self, numbers: Sequence[int]) -> Mapping[int, str]:
        """Return ids of articles by the numbers of their vectors; numbers that no article has are left out."""
        ...

    def vector_rows(self) -> int:
        """Return how many rows of the file of vectors belong to this state; 0 where there is none."""
        ...

    def mentions(self, ids: Sequence[str]) -> Mapping[str, tuple[Mention, ...]]:
        """All mentions of each article, values included, by start."""
        ...

    def links(self, ids: Sequence[str]) -> Mapping[str, tuple[Link, ...]]:
        """All linked mentions of each article, by start."""
        ...

    def entity(self, entity_id: str) -> Entity:
        """One entity; raises `EntityNotFoundError`. An id that was merged away is not found: see `current_id`."""
        ...

    def entities(self, ids: Sequence[str]) -> Mapping[str, Entity]:
        """Several entities by id; unknown ids are left out."""
        ...

    def current_id(self, entity_id: str) -> str | None:
        """The id that an entity has now: itself, what it was merged into, or None when it is gone."""
        ...

    def current_ids(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Return `current_id` for many ids at once, in order of `ids`; those of gone entities are left out."""
        ...

    def names(self, ids: Sequence[str]) -> tuple[EntityName, ...]:
        """Return the names of entities by folded name (code points), then id; unknown ids are left out."""
        ...

    def versions(self, ids: Sequence[str]) -> Mapping[str, Version]:
        """Return the versions of entities, by which a decision says what its author saw; unknown ids are left out."""
        ...

    def find_entities(self, text: str, *, kind: Kind | None = None, limit: int = 10) -> tuple[Entity, ...]:
        """Entities whose canonical name or an alias, folded, equals `text`, folded; most documents first."""
        ...

    def find_names(self, texts: Sequence[str], *, ids: Sequence[str] = (), limit: int = 10) -> NameMatches:
        """Find entities by many names and ids in one call; at most `limit` for each name. Texts that match are keys."""
        ...

    def complete_names(self, texts: Sequence[str], *, limit: int = 10) -> Mapping[str, tuple[Entity, ...]]:
        """Return `complete_entities` for many texts in one call, by text."""
        ...

    def similar_to(self, texts: Sequence[str], *, limit: int = 5) -> Mapping[str, tuple[Entity, ...]]:
        """Return `similar_names` for many texts in one call, by text."""
        ...

    def complete_entities(self, text: str, *, kind: Kind | None = None, limit: int = 10) -> tuple[Entity, ...]:
        """Entities one of whose names has a word that begins with `text`, folded; most documents first."""
        ...

    def list_entities(
        self, kind: Kind, *, prefix: str = "", order: str = "documents", limit: int = 50, offset: int = 0
    ) -> tuple[Entity, ...]:
        """Entities of a kind that occur in the archive, by "documents", "mentions" or "name".

        With `prefix`, those one of whose names has a word that begins with it, as in `complete_entities`.
        """
        ...

    def count_entities(self, kind: Kind, *, prefix: str = "") -> int:
        """Return the number of entities that `list_entities` gives without a limit."""
        ...

    def similar_names(self, text: str, *, limit: int = 5) -> tuple[Entity, ...]:
        """Entities with a name at most two edits away from `text`, folded: candidates for "did you mean"."""
        ...

    def article_ids_of(self, entity_id: str, *, limit: int | None = None, offset: int = 0) -> tuple[str, ...]:
        """Return ids of articles whose story mentions an entity, most mentions first, then by id; None is no limit."""
        ...

    def count_articles_of(self, entity_id: str) -> int:
        """Return the number of ids that `article_ids_of` gives without a limit."""
        ...

    def story_mentions(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Count the mentions of each entity in stories, captions left out; unknown ids are left out.

        Captions are told apart for entities with up to `MAX_TOLD_APART` mentions; of others all are counted.
        """
        ...

    def amounts_of(self, entity_id: str, *, limit: int = 20) -> tuple[tuple[Amount, int], ...]:
        """The amounts in the stories that mention an entity, each with the number of its articles.

        Most articles first, then the largest amounts.
        """
        ...

    def statistics(self) -> CatalogStatistics:
        """Counts over the whole archive."""
        ...

    def count_by_language(self) -> Mapping[str, int]:
        """Return the number of articles in each language, by ISO 639-1 code; "" stands for an unknown one."""
        ...

    def failures(self, *, limit: int = 1000) -> tuple[FailureRow, ...]:
        """Return failures, by locator."""
        ...

    def runs(self, *, limit: int = 20) -> tuple[RunRow, ...]:
        """Runs of the indexer, newest first."""
        ...

    def decisions(self, *, limit: int = 1000) -> tuple[MadeDecision, ...]:
        """Decisions about identity, newest first, undone ones included."""
        ...

    def decisions_about(self, entity_id: str) -> tuple[MadeDecision, ...]:
        """Return the decisions in force that are about an entity, or join or part another with it, newest first."""
        ...

    def suggestions(self, *, kind: Kind | None = None, limit: int = 50, offset: int = 0) -> tuple[SuggestionRow, ...]:
        """Pairs of entities that may be one, the likeliest first, then by kind and ids."""
        ...

    def suggestion(self, number: int) -> SuggestionRow | None:
        """The suggestion with this number; None when there is none, or none any more."""
        ...

    def suggestions_about(self, entity_id: str) -> tuple[SuggestionRow, ...]:
        """The suggestions that an entity is part of, the likeliest first."""
        ...

    def count_suggestions(self, *, kind: Kind | None = None) -> int:
        """Return the number of suggestions."""
        ...

    def close(self) -> None:
        """Release the connection."""
        ...
