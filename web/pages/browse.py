"""The entities of one kind."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from flask import Blueprint, request
from werkzeug.wrappers import Response

from index.model import Entity, Kind
from search.output.wording import count_in_words, kind_in_words
from web.access import search_service
from web.addresses.reading import BROWSE_ORDERS, MAX_PREFIX, bounded_number, kind_named
from web.addresses.urls import browse_url, entity_url, suggestions_url
from web.frame.rendering import frame, show
from web.parts.pager import make_pager, page_count
from web.parts.records import Frame, Link, Option, Pager, Row

__all__ = ["BrowsePage", "blueprint"]

blueprint = Blueprint("browse", __name__)

_SIZE = 100
_MAX_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """The entities of one kind."""

    template: ClassVar[str] = "browse.html"

    frame: Annotated[Frame, "The frame of the page"]
    heading: Annotated[str, 'What is listed ("12 people")']
    css: Annotated[str, "CSS class of the kind"]
    prefix: Annotated[str, "Beginning of the listed names"]
    orders: Annotated[tuple[Option, ...], "Orders of the list"]
    rows: Annotated[tuple[Row, ...], "Name, link and counts of each entity"]
    pager: Annotated[Pager, "Links to the other pages"]
    suggestions: Annotated[Link | None, "The pairs of this kind that may be one; None when there are none"]


@blueprint.get("/entities/<kind>")
def show_entities(kind: str) -> Response:
    """Show a hundred entities of a kind, in the requested order."""
    wanted = kind_named(kind)
    prefix = request.args.get("prefix", "").strip()[:MAX_PREFIX]
    order = request.args.get("order", "")
    order = order if order in BROWSE_ORDERS else "documents"
    page = bounded_number(request.args.get("page", ""), "page", default=1, most=_MAX_PAGE)
    service = search_service()
    view = service.browse(wanted, prefix=prefix, order=order, limit=_SIZE, offset=(page - 1) * _SIZE)
    own = [("prefix", prefix)] if prefix else []
    own += [("order", order)] if order != "documents" else []
    heading = count_in_words(view.total, kind_in_words(wanted), kind)
    return show(
        BrowsePage(
            frame=frame(kind.capitalize(), current=browse_url(wanted), styles=("lists.css",)),
            heading=heading,
            css=kind,
            prefix=prefix,
            orders=tuple(Option(value, text, value == order) for value, text in BROWSE_ORDERS.items()),
            rows=tuple(_row(entity) for entity in view.entities),
            pager=make_pager(
                page,
                page_count(view.total, _SIZE),
                lambda number: browse_url(wanted, [*own, ("page", str(number))]),
            ),
            suggestions=_suggestions(wanted, service.catalog.count_suggestions(kind=wanted)),
        )
    )


def _suggestions(kind: Kind, count: int) -> Link | None:
    if not count:
        return None
    return Link(count_in_words(count, "possible duplicate"), suggestions_url(kind))


def _row(entity: Entity) -> Row:
    return Row(entity.name, count_in_words(entity.documents, "article"), entity_url(entity.id))
