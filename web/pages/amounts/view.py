"""The page "How much"."""

from flask import Blueprint, redirect, request
from msgspec.structs import replace
from werkzeug.wrappers import Response

from index.keywords.amounts import UNKNOWN_CURRENCY
from search.parameters import from_parameters
from search.request import AmountChoice, AmountOrder, SearchRequest
from web.access import search_service
from web.addresses.reading import MAX_FIELD, bounded_number, is_canonical
from web.addresses.urls import amounts_url
from web.frame.rendering import show
from web.pages.amounts.builder import context_of
from web.pages.search.notices import field_errors, readable_notices, turned_round
from web.parts.facets import labels_of

__all__ = ["blueprint"]

blueprint = Blueprint("amounts", __name__)

_OWN = ("in", "by", "rows")
_ROWS = 50
_MAX_PAGE = 1000


@blueprint.get("/amounts")
def show_amounts() -> Response:
    """Show the amounts in the articles of a search; unreadable parameters are left out with a notice."""
    given = tuple(pair for pair in request.args.items(multi=True) if pair[0] not in _OWN)
    wanted, notices = from_parameters(given)
    currency = request.args.get("in", "").strip().upper()[:MAX_FIELD]
    currency = currency if len(currency) == len("USD") and currency.isascii() and currency.isalpha() else ""
    order = _order(request.args.get("by", ""))
    page = bounded_number(request.args.get("rows", ""), "rows", default=1, most=_MAX_PAGE)
    if currency not in ("", UNKNOWN_CURRENCY) and any(request.args.get(name) for name in ("min", "max")):
        # The two boxes ask for amounts in the currency of the table.
        wanted = replace(wanted, amount=f"{wanted.amount.removesuffix(' ' + currency)} {currency}")
    wanted = replace(wanted, page=1, size=SearchRequest().size)
    if not notices and not is_canonical(given, wanted):
        return redirect(amounts_url(wanted, currency=currency, order=order, rows=page))
    service = search_service()
    choice = AmountChoice(currency, order, limit=_ROWS, offset=(page - 1) * _ROWS)
    table = service.amounts(wanted, choice)
    if page > 1 and not table.rows:
        return redirect(amounts_url(wanted, currency=currency, order=order))
    # The selected values of every facet, for the chips: they come whatever the limit.
    chosen = tuple(selection.field for selection in wanted.selections)
    result = service.search(replace(wanted, size=0), facets=chosen, facet_limit=1)
    if result.request.selections != wanted.selections:
        current = replace(wanted, selections=result.request.selections)
        return redirect(amounts_url(current, currency=currency, order=order, rows=page), code=301)
    messages = [notice.message for notice in (*notices, *result.notices)]
    return show(
        context_of(
            table,
            wanted,
            choice,
            notices=(*readable_notices(messages), *turned_round(wanted)),
            amount_error=field_errors(messages).get("amount", ""),
            labels=labels_of(result.facets),
        )
    )


def _order(name: str) -> AmountOrder:
    return AmountOrder(name) if name in set(AmountOrder) else AmountOrder.LARGEST
