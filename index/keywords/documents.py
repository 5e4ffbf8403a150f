"""Documents for the engine, made from an article, its mentions and their entities.

Menus, footers and promotions are part of the page and not of the story: what only they mention is shown on the page of
the article, but the article is not counted or found under it. A caption belongs to the story.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from index.keywords.open_dates import closed
from index.model import Amount, Article, DateInterval, Document, Entity, FurnitureReason, Kind, Link, Mention

__all__ = ["is_in_story", "make_document"]


def is_in_story(article: Article, mention: Mention) -> bool:
    """True when a mention counts: it stands in the story or in a caption, not in a menu, footer or promotion."""
    if not mention.in_furniture:
        return True
    return any(
        item.reason is FurnitureReason.CAPTION
        and item.span.start <= mention.span.start
        and mention.span.end <= item.span.end
        for item in article.furniture
    )


def make_document(
    article: Article,
    mentions: Iterable[Mention],
    links: Sequence[Link],
    entities: Mapping[str, Entity],
    *,
    today: date,
) -> Document:
    """Return the document of an article. `entities` must hold every entity of `links`; their kinds decide the fields.

    Open dates are closed with the publication, or with `today` when that is not known.
    """
    ids: dict[Kind, dict[str, None]] = {}
    mentioned: list[str] = []
    for link in links:
        if is_in_story(article, link.mention):
            ids.setdefault(entities[link.entity_id].kind, {})[link.entity_id] = None
            mentioned.append(link.entity_id)
    amounts: dict[Amount, None] = {}
    dates: dict[DateInterval, None] = {}
    for mention in mentions:
        if not is_in_story(article, mention):
            continue
        if mention.amount is not None:
            amounts[mention.amount] = None
        if mention.interval is not None:
            dates[closed(mention.interval, published=article.published, today=today)] = None
    return Document(
        id=article.id,
        title=article.title,
        body=article.body,
        people=tuple(ids.get(Kind.PEOPLE, ())),
        organizations=tuple(ids.get(Kind.ORGANIZATIONS, ())),
        places=tuple(ids.get(Kind.PLACES, ())),
        systems=tuple(ids.get(Kind.SYSTEMS, ())),
        mentioned=tuple(mentioned),
        amounts=tuple(amounts),
        dates=tuple(dates),
        published=article.published,
        source=article.source,
        language=article.language,
        furniture=article.furniture,
    )
