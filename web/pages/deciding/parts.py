"""Shared parts of the pages on which people decide: the tools of an entity, its sentences, a search for another."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec.structs import replace
from werkzeug.exceptions import Forbidden

from index.catalog.reader import CatalogReader
from index.model import Entity
from search.answer.service import SearchService
from search.engines.base import Selection
from search.output.wording import count_in_words, kind_in_words
from search.request import SearchRequest
from search.results import Highlight, Hit, Role
from search.views import EntityView
from web.addresses.urls import article_url, decide_url, decisions_url, entity_url
from web.frame.done import sentence
from web.middleware.security import require
from web.pages.deciding.wanted import TITLES, Action
from web.parts.highlight import layers_of, mark_up_snippet
from web.parts.records import EntityDecisions, Link, Row, SuggestedEntity
from web.visitors.editing import EDIT_COMMAND, Editing, editing, edits_here
from web.visitors.signing_in import sign_in
from web.visitors.users.records import UserRole

__all__ = ["WRITTEN_TO", "entity_decisions", "find_others", "passages_of", "require_editing", "side_of", "tool_links"]

WRITTEN_TO = "The archive is being written to at this moment. Try again in a few seconds."
"""The notice for people while another program keeps the archive; which one it is stands in the log."""

_EXAMPLES = 3
_MOST_FOUND = 20
_MOST_TOLD = 5


def require_editing() -> Editing:
    """Return the editing of this application. Raises `Forbidden` while it is switched off or for who may not edit.

    Raises `Unauthorized` for a visitor who should log in.
    """
    found = edits_here()
    if found is None:
        how = "Ask whoever runs this server." if sign_in().users else f"To switch it on: {EDIT_COMMAND}"
        raise Forbidden(f"Editing is switched off. {how}")
    require(UserRole.EDITOR)
    return found


def entity_decisions(view: EntityView) -> EntityDecisions:
    """Return what can be decided about an entity, where anything can, and what was."""
    rows = (
        Row(
            sentence(made.text),
            f"{made.decided_at[:10]}, {made.decided_by}" if made.decided_by else made.decided_at[:10],
        )
        for made in view.decisions[:_MOST_TOLD]
    )
    more = len(view.decisions) - _MOST_TOLD
    return EntityDecisions(
        links=tool_links(view.entity.id) if editing() is not None else (),
        decided=tuple(rows),
        all_text=f"{more} earlier, among all decisions" if more > 0 else "All decisions",
        all_url=decisions_url(),
    )


def tool_links(entity_id: str, current: Action | None = None) -> tuple[Link, ...]:
    """Return links to the forms that decide about an entity."""
    return tuple(
        Link(text, decide_url(entity_id, action.value), is_current=action is current) for action, text in TITLES.items()
    )


def side_of(entity: Entity, service: SearchService) -> SuggestedEntity:
    """Return an entity with its counts and the sentences of a few of its articles."""
    wanted = SearchRequest(selections=(Selection(entity.kind.value, (entity.id,)),), size=_EXAMPLES)
    hits = service.search(wanted, facets=()).hits if entity.documents else ()
    counts = f"{count_in_words(entity.documents, 'article')} · {count_in_words(entity.mentions, 'mention')}"
    return SuggestedEntity(
        name=entity.name,
        url=entity_url(entity.id),
        note=f"{kind_in_words(entity.kind)} · {entity.description} · {counts}"
        if entity.description
        else f"{kind_in_words(entity.kind)} · {counts}",
        examples=tuple(passage for hit in hits for passage in passages_of(hit, entity.id)[:1]),
    )


def passages_of(hit: Hit, entity_id: str) -> tuple[tuple[Markup, str], ...]:
    """Return the sentences of a hit with the mentions of an entity marked, and their addresses."""
    return tuple(
        (
            mark_up_snippet(snippet, layers_of(_marks(snippet.highlights, entity_id))),
            article_url(hit.id, sentence=snippet.sentence),
        )
        for snippet in hit.snippets
    )


def _marks(highlights: Sequence[Highlight], entity_id: str) -> list[Highlight]:
    return [replace(mark, role=Role.TERM) for mark in highlights if mark.entity_id == entity_id]


def find_others(q: str, without: str, catalog: CatalogReader) -> tuple[Entity, ...]:
    """Return entities that are called like a text by any of their names; without a text, those that may be the same."""
    if not q.strip():
        rows = catalog.suggestions_about(without)
        ids = [row.into if row.entity == without else row.entity for row in rows]
        return tuple(catalog.entities(ids).values())[:_MOST_FOUND]
    found = catalog.complete_entities(q, limit=_MOST_FOUND + 1) or catalog.similar_names(q, limit=_MOST_FOUND + 1)
    return tuple(entity for entity in found if entity.id != without)[:_MOST_FOUND]
