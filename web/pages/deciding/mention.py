"""The page of one mention: what may be wrong with it, and the forms that mend it."""

from collections.abc import Sequence

from flask import Blueprint, request
from markupsafe import Markup
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from index.identity.decisions import Part
from index.model import ENTITY_KINDS, Entity, Span
from search.answer.service import SearchService
from search.entities.explanations import MentionReason
from search.output.wording import count_in_words, kind_in_words
from search.results import Highlight, Role
from search.views import ArticleView
from web.access import search_service
from web.addresses.urls import article_url, decide_url, entity_url
from web.frame.rendering import frame, show
from web.pages.deciding.context import MentionPage
from web.pages.deciding.parts import find_others, require_editing
from web.pages.deciding.wanted import Action, part_value, same_as
from web.parts.highlight import layers_of, mark_up
from web.parts.records import Link, Row

__all__ = ["blueprint"]

blueprint = Blueprint("mention", __name__)

_LONGEST_QUERY = 200


@blueprint.get("/mention")
def show_mention() -> Response:
    """Show the mention that starts at a place of an article, with what it may be instead."""
    require_editing()
    service = search_service()
    article_id, at, q = (request.args.get(name, "") for name in ("article", "at", "q"))
    view = service.article(article_id)
    mention = next((found for found in service.why(view.article.id) if str(found.span.start) == at), None)
    if mention is None or mention.kind not in ENTITY_KINDS:
        raise NotFound("There is no name at this place of the article.")
    return show(_context(view, mention, q[:_LONGEST_QUERY], service))


def _context(view: ArticleView, mention: MentionReason, q: str, service: SearchService) -> MentionPage:
    link = mention.link
    entity = service.catalog.entities([link.entity_id]).get(link.entity_id) if link else None
    text, article = " ".join(mention.text.split()), view.article
    here = part_value(Part(text, article.id))
    is_only = entity is not None and entity.mentions <= _count_here(article.id, entity, text, service)
    others = find_others(q, entity.id, service.catalog) if entity else ()
    return MentionPage(
        frame=frame(f"Wrong: {text}"),
        text=text,
        article=Link(article.title, article_url(article.id)),
        passage=_passage(view, mention.span),
        css=mention.kind.value,
        kind=kind_in_words(entity.kind if entity else mention.kind),
        meaning=Link(entity.name, entity_url(entity.id), count_in_words(entity.documents, "article"))
        if entity
        else None,
        reason=link.evidence if link else "",
        here=_here(entity, here) if entity and not is_only else (),
        everywhere=_everywhere(entity) if entity else (),
        hidden=(("article", article.id), ("at", str(mention.span.start))),
        q=q,
        found=tuple(_found(entity, other, here, is_only=is_only) for other in others) if entity else (),
    )


def _count_here(article_id: str, entity: Entity, text: str, service: SearchService) -> int:
    """Return the number of mentions of an entity in an article that are written like this."""
    links = service.catalog.links([article_id]).get(article_id, ())
    return sum(link.entity_id == entity.id and " ".join(link.mention.text.split()) == text for link in links)


def _here(entity: Entity, part: str) -> tuple[Link, ...]:
    def split(text: str, then: str = "") -> Link:
        fields = [("in", part), ("then", then)] if then else [("in", part)]
        return Link(text, decide_url(entity.id, Action.SPLIT.value, fields))

    kinds = tuple(split(f"It is one of the {kind.value}", kind.value) for kind in ENTITY_KINDS if kind != entity.kind)
    return split(f"It is not this {kind_in_words(entity.kind)}"), *kinds, split("It is not a name", "reject")


def _everywhere(entity: Entity) -> tuple[Link, ...]:
    def form(text: str, action: Action, fields: Sequence[tuple[str, str]] = ()) -> Link:
        return Link(text, decide_url(entity.id, action.value, fields))

    return (
        *(
            form(f"It is one of the {kind.value}", Action.KIND, [("kind", kind.value)])
            for kind in ENTITY_KINDS
            if kind != entity.kind
        ),
        form("It has another name", Action.RENAME),
        form("It is not a name", Action.REJECT),
    )


def _found(entity: Entity, other: Entity, part: str, *, is_only: bool) -> Row:
    note = f"{kind_in_words(other.kind)} · {count_in_words(other.documents, 'article')}"
    if is_only:
        return Row(other.name, note, decide_url(entity.id, Action.SAME.value, [("other", other.id)]))
    fields = [("in", part), ("then", same_as(other.id))]
    return Row(other.name, note, decide_url(entity.id, Action.SPLIT.value, fields))


def _passage(view: ArticleView, span: Span) -> Markup:
    """Return the sentence around a mention, with the mention marked."""
    sentences = (sentence.span for paragraph in view.paragraphs for sentence in paragraph.sentences)
    around = next((found for found in sentences if found.start <= span.start < found.end), span)
    marks = layers_of([Highlight(span.start, span.end, Role.TERM)])
    return mark_up(view.article.body, marks, start=around.start, end=max(around.end, span.end))
