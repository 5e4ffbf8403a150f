"""All values of one facet over the articles of a search."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from flask import Blueprint, redirect, request
from msgspec.structs import replace
from werkzeug.wrappers import Response

from search.answer.facets import default_order
from search.output.wording import count_in_words
from search.parameters import from_parameters
from search.request import SearchRequest
from web.access import search_service
from web.addresses.reading import FACET_ORDERS, MAX_FIND, bounded_number, facet_field
from web.addresses.urls import facet_url, parameters_without, search_url
from web.frame.rendering import frame, show
from web.parts.facets import chips_of, facet_part, labels_of
from web.parts.filter_words import shortened
from web.parts.pager import make_pager, page_count
from web.parts.records import Chip, FacetPart, Frame, Option, Pager

__all__ = ["VALUES_PER_PAGE", "FacetPage", "blueprint"]

blueprint = Blueprint("facet", __name__)

VALUES_PER_PAGE = 100
_MAX_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class FacetPage:
    """All values of one facet."""

    template: ClassVar[str] = "facet.html"

    frame: Annotated[Frame, "The frame of the page"]
    heading: Annotated[str, 'What is listed ("7 people")']
    scope: Annotated[str, 'In which articles ("in 2 articles for")']
    q: Annotated[str, "The words that were searched for"]
    facet: Annotated[FacetPart, "The values of this page"]
    chips: Annotated[tuple[Chip, ...], "Active filters"]
    kept: Annotated[tuple[tuple[str, str], ...], "Parameters that the form passes on without showing them"]
    contains: Annotated[str, "Text searched for among the values"]
    orders: Annotated[tuple[Option, ...], "Orders of the values"]
    pager: Annotated[Pager, "Links to the other pages of values"]
    back_url: Annotated[str, "The results"]


@blueprint.get("/facet/<parameter>")
def show_facet(parameter: str) -> Response:
    """Show the values with a search box, in the requested order, in pages of a hundred."""
    field = facet_field(parameter)
    wanted, _ = from_parameters(request.args.items(multi=True))
    find = request.args.get("find", "").strip()[:MAX_FIND]
    order = request.args.get("by", "")
    order = order if order in FACET_ORDERS else default_order(field.name)
    own = _own_parameters(field.name, find, order)
    page = bounded_number(request.args.get("values", ""), "values", default=1, most=_MAX_PAGE)
    service = search_service()
    # The selected values of every facet, for the chips: they come whatever the limit.
    chosen = tuple(selection.field for selection in wanted.selections)
    result = service.search(replace(wanted, page=1, size=0), facets=chosen, facet_limit=1)
    if result.request.selections != wanted.selections:
        # An id that was merged away leads to the one that took it in, for good.
        current = replace(wanted, selections=result.request.selections)
        return redirect(facet_url(parameter, current, extra=own), code=301)
    facet = service.facet_values(
        field.name, wanted, contains=find, order=order, limit=VALUES_PER_PAGE, offset=(page - 1) * VALUES_PER_PAGE
    )

    def address(number: int) -> str:
        return facet_url(parameter, wanted, extra=[*own, ("values", str(number))])

    part = facet_part(facet, wanted)
    heading = f"{facet.distinct:,} {field.label.lower()}"
    scope = f"in {count_in_words(result.total, 'article')}{' for' if wanted.q.strip() else ''}"
    return show(
        FacetPage(
            frame=frame(f"{heading} {scope} {shortened(wanted.q)}".strip(), q=wanted.q, styles=("lists.css",)),
            heading=heading,
            scope=scope,
            q=shortened(wanted.q),
            facet=part,
            chips=chips_of(wanted, labels_of((*result.facets, facet))),
            kept=_kept(wanted, part),
            contains=find,
            orders=_orders(field.name, order),
            pager=make_pager(page, page_count(facet.distinct, VALUES_PER_PAGE), address),
            back_url=search_url(wanted),
        )
    )


def _own_parameters(field: str, find: str, order: str) -> list[tuple[str, str]]:
    """Return the parameters of this page itself, without those that have their default."""
    chosen = "" if order == default_order(field) else order
    return [(name, value) for name, value in (("find", find), ("by", chosen)) if value]


def _orders(field: str, chosen: str) -> tuple[Option, ...]:
    labels = FACET_ORDERS | ({"name": "in their own order"} if default_order(field) == "name" else {})
    return tuple(Option(value, text, value == chosen) for value, text in labels.items())


def _kept(wanted: SearchRequest, part: FacetPart) -> tuple[tuple[str, str], ...]:
    """Return the hidden parameters of the form with the check boxes: everything that these boxes do not send."""
    own = (f"{part.parameter}.op",) if part.modes else ()
    shown = {(part.parameter, value.value) for value in part.values}
    return tuple(pair for pair in parameters_without(wanted, ("page", *own)) if pair not in shown)
