"""Records that the catalog is read as."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from index.model import Amount, Article, DateInterval, Entity, Failure, Kind, Link, Mention

__all__ = [
    "MAX_TOLD_APART",
    "Arrival",
    "ArticleContent",
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


class ShownMention(Struct, frozen=True, gc=False):
    """A mention with an entity or a value, without what says how it was found.

    `in_story` is `index.keywords.documents.is_in_story` of it.
    """

    start: int
    end: int
    kind: Kind
    entity_id: str | None = None
    amount: Amount | None = None
    interval: DateInterval | None = None
    in_furniture: bool = False
    in_story: bool = True


class ShownArticle(Struct, frozen=True):
    """An article with those of its mentions that name entities or values, by start, and these entities by id."""

    article: Article
    mentions: tuple[ShownMention, ...]
    entities: Mapping[str, Entity]

    @classmethod
    def of(cls, article: Article, mentions: Sequence[ShownMention], entities: Mapping[str, Entity]) -> "ShownArticle":
        """Return an article with its mentions; of the entities, which may be those of many, it gets its own."""
        ids = (mention.entity_id for mention in mentions)
        return cls(article, tuple(mentions), {key: entities[key] for key in ids if key is not None})
