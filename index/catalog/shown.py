"""Records of articles in a list: what is shown of them, and no more, as a page of results reads many."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from index.model import Amount, Article, DateInterval, Entity, Kind

__all__ = ["ShownArticle", "ShownMention"]


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
