"""The page of possible duplicates: evidence, articles, and the commands that decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from flask import Blueprint, request
from werkzeug.wrappers import Response

from index.catalog.reader import CatalogReader
from index.catalog.reading.records import SuggestionRow
from index.model import ENTITY_KINDS, Entity, Kind
from search.entities.explanations import Example, SuggestionView
from search.output.wording import count_in_words, kind_in_words
from search.results import Highlight, Role
from web.access import search_service
from web.addresses.reading import MAX_FIND, bounded_number, kind_named
from web.addresses.urls import api_url, article_url, entity_url, suggestions_url
from web.frame.rendering import frame, show
from web.parts.highlight import layers_of, mark_up_snippet
from web.parts.pager import make_pager, page_count
from web.parts.records import Frame, Link, Option, Pager, PairForm, SuggestedEntity, SuggestionPart
from web.visitors.editing import editing

__all__ = ["SuggestionsPage", "blueprint"]

blueprint = Blueprint("suggestions", __name__)

_SIZE = 20
_MAX_PAGE = 10_000
_STRONG = 70
_FAIR = 50
_STRENGTHS = ("strong", "fair", "weak")
# More than anybody reviews; rows are small.
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class SuggestionsPage:
    """Possible duplicates, for a person to decide."""

    template: ClassVar[str] = "suggestions.html"

    frame: Annotated[Frame, "The frame of the page"]
    heading: Annotated[str, 'How many there are ("12 possible duplicates")']
    kinds: Annotated[tuple[Link, ...], "All kinds, and each kind on its own; empty without any pair"]
    kind: Annotated[str, 'The kind that is shown alone, "" for all']
    q: Annotated[str, "Beginning of a word of a name that is looked for"]
    strengths: Annotated[tuple[Option, ...], "How likely the pairs are the same, to choose from"]
    pairs: Annotated[tuple[SuggestionPart, ...], "The likeliest first"]
    pager: Annotated[Pager, "Links to the other pages"]
    json_url: Annotated[str, "The same as JSON"]


@blueprint.get("/suggestions")
def show_suggestions() -> Response:
    """Show twenty suggestions, the likeliest first: all, or those of a kind, a name or a strength."""
    name = request.args.get("kind", "")
    kind = kind_named(name) if name else None
    page = bounded_number(request.args.get("page", ""), "page", default=1, most=_MAX_PAGE)
    q, strength = request.args.get("q", "")[:MAX_FIND].strip(), request.args.get("strength", "")
    strength = strength if strength in _STRENGTHS else ""
    service = search_service()
    chosen = _chosen(service.catalog, kind, q, strength)
    total, first = len(chosen), (page - 1) * _SIZE
    found = service.suggestion_views(chosen[first : first + _SIZE])

    def address(number: int) -> str:
        return suggestions_url(kind, q=q, strength=strength, page=number)

    return show(
        SuggestionsPage(
            frame=frame("Possible duplicates"),
            heading=count_in_words(total, "possible duplicate") if total else "Possible duplicates",
            kinds=_kinds(kind, {kind: service.catalog.count_suggestions(kind=kind) for kind in ENTITY_KINDS}),
            kind=kind.value if kind else "",
            q=q,
            strengths=tuple(Option(word, word or "any", word == strength) for word in ("", *_STRENGTHS)),
            pairs=_parts(found, address(page), service.catalog),
            pager=make_pager(page, page_count(total, _SIZE), address),
            json_url=api_url("suggestions", [("kind", kind.value)] if kind else []),
        )
    )


def _chosen(catalog: CatalogReader, kind: Kind | None, q: str, strength: str) -> tuple[SuggestionRow, ...]:
    """Return the suggestions of a kind one of whose entities has a word that begins with a text, and of a strength."""
    rows = catalog.suggestions(kind=kind, limit=_MOST)
    if q:
        named = {entity.id for entity in catalog.complete_entities(q, kind=kind, limit=_MOST)}
        rows = tuple(row for row in rows if row.entity in named or row.into in named)
    return tuple(row for row in rows if not strength or _strength(row.score) == strength)


def _kinds(current: Kind | None, counts: dict[Kind, int]) -> tuple[Link, ...]:
    """Return the ways to look at one kind; none where there is no pair of any kind."""
    if not any(counts.values()):
        return ()
    everything = Link("All", suggestions_url(), f"{sum(counts.values()):,}", is_current=current is None)
    each = (
        Link(kind.value.capitalize(), suggestions_url(kind), f"{count:,}", is_current=kind is current)
        for kind, count in counts.items()
        if count or kind is current
    )
    return everything, *each


def _parts(found: Sequence[SuggestionView], address: str, catalog: CatalogReader) -> tuple[SuggestionPart, ...]:
    """Return the pairs; while editing is switched on, each with a form that leads to the next one."""
    if editing() is None:
        return tuple(_part(view, None) for view in found)
    versions = catalog.versions([one.id for view in found for one in (view.entity, view.into)])
    following = [f"#suggestion-{view.number}" for view in found[1:]]
    return tuple(
        _part(
            view,
            PairForm(
                entity=view.entity.id,
                into=view.into.id,
                versions=tuple(str(versions[one.id]) for one in (view.entity, view.into) if one.id in versions),
                back=address + (following[at] if at < len(following) else ""),
            ),
        )
        for at, view in enumerate(found)
    )


def _strength(score: int) -> str:
    """Return how likely two entities are the same, in words; scores go from 1 to 99.

    >>> _strength(90), _strength(60), _strength(40)
    ('strong', 'fair', 'weak')
    """
    return "strong" if score >= _STRONG else "fair" if score >= _FAIR else "weak"


def _part(view: SuggestionView, form: PairForm | None) -> SuggestionPart:
    return SuggestionPart(
        identifier=f"suggestion-{view.number}",
        css=view.kind.value,
        kind=kind_in_words(view.kind),
        first=_entity(view.entity, view.entity_examples),
        second=_entity(view.into, view.into_examples),
        strength=_strength(view.score),
        evidence=view.evidence,
        accept=f"search-cli entities accept {view.number}",
        dismiss=f"search-cli entities dismiss {view.number}",
        form=form,
    )


def _entity(entity: Entity, examples: tuple[Example, ...]) -> SuggestedEntity:
    count = count_in_words(entity.documents, "article")
    return SuggestedEntity(
        name=entity.name,
        url=entity_url(entity.id),
        note=f"{entity.description} · {count}" if entity.description else count,
        examples=tuple(
            (
                mark_up_snippet(example.snippet, layers_of(_marks(entity, example.snippet.highlights))),
                article_url(example.article_id, sentence=example.snippet.sentence),
            )
            for example in examples
            if example.snippet is not None
        ),
    )


def _marks(entity: Entity, highlights: tuple[Highlight, ...]) -> list[Highlight]:
    """Return the mentions of the entity, marked like the words of a query."""
    return [Highlight(mark.start, mark.end, Role.TERM) for mark in highlights if mark.entity_id == entity.id]
