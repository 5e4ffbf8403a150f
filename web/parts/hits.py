"""Hits on the results page."""

import unicodedata
from collections.abc import Sequence

from index.model import Kind
from search.output.wording import amount_in_words, count_in_words, interval_in_words
from search.request import SearchRequest
from search.results import Hit, Role, Snippet
from web.addresses.urls import article_url, at_sentence, entity_url
from web.parts.highlight import QUERY_ROLES, layers_of, mark_up, mark_up_snippet
from web.parts.records import EntityItem, HitPart

__all__ = ["UNDATED_TEXT", "hit_part", "is_right_to_left"]

UNDATED_TEXT = "undated"

# People and systems before places: places are many and say the least about an article.
_NAMED = ((Kind.PEOPLE, 3), (Kind.SYSTEMS, 2), (Kind.ORGANIZATIONS, 2))
# Lines under every place, date and amount would hide what was searched for.
_MARKED = QUERY_ROLES | {Role.PEOPLE, Role.ORGANIZATIONS, Role.SYSTEMS}
_MAX_AMOUNTS = 2


def hit_part(hit: Hit, request: SearchRequest) -> HitPart:
    """Return one hit.

    Its links carry the search to the article, which marks its words and links back to the results.
    """
    entities = {Kind.PEOPLE: hit.people, Kind.SYSTEMS: hit.systems, Kind.ORGANIZATIONS: hit.organizations}
    asked = {value for selection in request.selections for value in selection.values}
    amounts = dict.fromkeys(amount_in_words(amount) for amount in hit.amounts if amount.value is not None)
    address = article_url(hit.id, request)
    return HitPart(
        url=address,
        # The title is a link of its own: lines under its names would look like more links.
        title=mark_up(hit.title, layers_of(part for part in hit.title_highlights if part.role in QUERY_ROLES)),
        is_derived=hit.title_is_derived,
        source=hit.source or "",
        date=interval_in_words(hit.published) if hit.published else UNDATED_TEXT,
        # No line ends between a number and its noun.
        length=count_in_words(hit.word_count, "word").replace(" ", "\u00a0"),
        language=hit.language or "",
        is_right_to_left=is_right_to_left(hit.title),
        snippets=tuple(
            (
                mark_up_snippet(snippet, layers_of(part for part in snippet.highlights if part.role in _MARKED)),
                at_sentence(address, snippet.sentence),
            )
            for snippet in _beside_title(hit)
        ),
        reason=hit.reason,
        names=tuple(
            (kind.value, EntityItem(entity.name, "", entity_url(entity.id)))
            for kind, most in _NAMED
            for entity in sorted(entities[kind], key=lambda entity: entity.id not in asked)[:most]
        ),
        amounts=", ".join(list(amounts)[:_MAX_AMOUNTS]),
    )


def _beside_title(hit: Hit) -> Sequence[Snippet]:
    """Return the snippets without one that only repeats the title, where there are others: the title has its marks."""
    others = [snippet for snippet in hit.snippets if snippet.text != hit.title]
    return others or hit.snippets


def is_right_to_left(text: str) -> bool:
    """True when the first letter of a text belongs to a script written from right to left.

    >>> is_right_to_left("40 مدينة"), is_right_to_left("1. Patriot")
    (True, False)
    """
    return next((kind != "L" for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), False)
