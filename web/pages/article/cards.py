"""The cards of an article: what a name means, why, and where it leads, in one place."""

from collections.abc import Callable, Sequence
from urllib.parse import quote, quote_plus

from index.model import Entity, Kind
from search.entities.explanations import MentionReason
from search.output.wording import count_in_words, kind_in_words
from search.request import SearchRequest
from search.views import ArticleView, EntityMentions
from web.addresses.neighbors import selection_of, with_only, with_value
from web.addresses.urls import entity_search_url, entity_url, search_url, wrong_url
from web.pages.article.context import NameCard

__all__ = ["MAX_CARDS", "card_address", "entities_in", "name_cards"]

MAX_CARDS = 40
"""Cards of an article, those of the most mentioned names. Other names lead to their pages."""

_MAX_ALIASES = 4
# Stands for an id in an address; no id has capitals.
_ANY_ID = "0-ANY-ID-0"


def entities_in(view: ArticleView) -> tuple[EntityMentions, ...]:
    """Return the entities of an article that have cards, the most mentioned first."""
    found = (*view.people, *view.systems, *view.organizations, *view.places)
    return tuple(sorted(found, key=lambda item: -len(item.spans))[:MAX_CARDS])


def card_address(entity_id: str) -> str:
    """Return the address of the card of an entity on the page of the article.

    >>> card_address("s-400")
    '#c-s-400'
    """
    return f"#c-{quote(entity_id, safe='')}"


def name_cards(
    entities: Sequence[EntityMentions],
    mentions: Sequence[MentionReason],
    request: SearchRequest,
    *,
    wrong_in: str = "",
) -> tuple[NameCard, ...]:
    """Return the cards of entities. `mentions` are those of the article, with their reasons.

    `request` is the search that led here, if any, and `wrong_in` the id of the article where mentions can be corrected.
    """
    reasons: dict[str, MentionReason] = {}
    for mention in mentions:
        if mention.link is not None:
            reasons.setdefault(mention.link.entity_id, mention)
    addresses = {kind: _addresses(request, kind) for kind in {item.entity.kind for item in entities}}
    return tuple(
        _card(item, reasons.get(item.entity.id), addresses[item.entity.kind], wrong_in=wrong_in) for item in entities
    )


def _addresses(request: SearchRequest, kind: Kind) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Return what gives the search with only an entity of a kind, and without it; "" where no search led here."""
    if request == SearchRequest():
        return (lambda _: ""), (lambda _: "")
    # The addresses of forty names differ in nothing else, and making each takes as long as the rest of its card.
    only = search_url(with_only(request, kind.value, _ANY_ID))
    without = search_url(with_value(request, kind.value, _ANY_ID, is_excluded=True))
    if selection_of(request, kind.value).excluded:
        # Excluded values stand in the order of the alphabet.
        return (
            lambda entity_id: only.replace(_ANY_ID, quote_plus(entity_id)),
            lambda entity_id: search_url(with_value(request, kind.value, entity_id, is_excluded=True)),
        )
    return (
        lambda entity_id: only.replace(_ANY_ID, quote_plus(entity_id)),
        lambda entity_id: without.replace(_ANY_ID, quote_plus(entity_id)),
    )


def _card(
    item: EntityMentions,
    reason: MentionReason | None,
    addresses: tuple[Callable[[str], str], Callable[[str], str]],
    *,
    wrong_in: str,
) -> NameCard:
    entity, field, start = item.entity, item.entity.kind.value, item.spans[0].start
    only, without = addresses
    return NameCard(
        identifier=f"c-{entity.id}",
        name=entity.name,
        css=field,
        kind=kind_in_words(entity.kind) + (f", {entity.description}" if entity.description else ""),
        aliases=_aliases(entity),
        count=count_in_words(entity.documents, "article"),
        here=count_in_words(len(item.spans), "mention"),
        page_url=entity_url(entity.id),
        search_url=entity_search_url(entity.kind, entity.id),
        only_url=only(entity.id),
        exclude_url=without(entity.id),
        why=_why(reason),
        wrong_url=wrong_url(wrong_in, start) if wrong_in else "",
        place=f"#m-{start}",
    )


def _aliases(entity: Entity) -> str:
    written = sorted((alias for alias in entity.aliases if alias.mentions), key=lambda alias: -alias.mentions)
    return ", ".join([alias.text for alias in written if alias.text != entity.name][:_MAX_ALIASES])


def _why(reason: MentionReason | None) -> str:
    """Return in one sentence what made a mention this entity."""
    if reason is None or reason.link is None:
        return ""
    if reason.evidence == reason.link.evidence:
        return f"“{reason.text}” was found by {reason.component}: {reason.evidence}."
    found = f"“{reason.text}” was found by {reason.component} ({reason.evidence})"
    return f"{found} and means this by: {reason.link.evidence}."
