"""Build the context of the page of amounts from the table that the service gives."""

from collections.abc import Iterable, Mapping
from math import log10

from index.keywords.amounts import UNKNOWN_CURRENCY
from search.engines.base import Selection
from search.output.wording import amount_in_words, count_in_words, interval_in_words
from search.request import AmountChoice, AmountOrder, SearchRequest
from search.results import Highlight, Role
from search.views import AmountRow, AmountTable
from web.addresses.neighbors import selection_of, with_only, without_value
from web.addresses.urls import amounts_url, article_url, entity_url, export_url, parameters_without
from web.frame.rendering import frame
from web.pages.amounts.context import AmountLine, AmountsPage, CurrencyBars
from web.pages.amounts.sizes import draw_sizes, place_on_scale, powers_of
from web.parts.highlight import layers_of, mark_up
from web.parts.hits import UNDATED_TEXT
from web.parts.pager import make_pager, page_count
from web.parts.ranges import amount_sides
from web.parts.records import EntityItem, Link
from web.parts.scope import make_scope

__all__ = ["context_of"]

_CHARTS = 4
_ORDERS = {
    AmountOrder.LARGEST: "largest first",
    AmountOrder.SMALLEST: "smallest first",
    AmountOrder.NEWEST: "newest first",
    AmountOrder.OLDEST: "oldest first",
}
_CUTS = {
    AmountOrder.LARGEST: "Smaller amounts",
    AmountOrder.SMALLEST: "Larger amounts",
    AmountOrder.NEWEST: "Amounts of older articles",
    AmountOrder.OLDEST: "Amounts of newer articles",
}


def context_of(
    table: AmountTable,
    request: SearchRequest,
    choice: AmountChoice,
    *,
    notices: Iterable[str],
    labels: Mapping[tuple[str, str], str],
    amount_error: str = "",
) -> AmountsPage:
    """Return the context of the page. `labels` names the selected values of the search."""
    currency = currency_in_words(table.currency)
    heading = f"{count_in_words(table.total, 'amount')}{' or more' if table.is_cut else ''}"
    heading += f" in {currency}" if currency else ""
    charts = _charts(table, request, choice)
    scope = make_scope(
        request,
        table.articles,
        # What is wrong with the amount stands beside the fields, where they are shown.
        notices=[notice for notice in notices if notice != amount_error or not charts],
        labels=labels,
        address=lambda target: amounts_url(target, currency=table.currency, order=choice.order),
        is_amount_read=not amount_error,
    )
    pages = page_count(table.total, choice.limit)
    page = choice.offset // choice.limit + 1
    minimum, maximum = amount_sides(request, currency=table.currency)

    def address(*, order: AmountOrder = choice.order, code: str = table.currency, rows: int = 1) -> str:
        return amounts_url(request, currency=code, order=order, rows=rows)

    return AmountsPage(
        frame=frame(f"How much: {heading} {scope.title}", q=request.q, styles=("amounts.css",)),
        heading=heading,
        scope=scope,
        charts=charts,
        currencies=tuple(
            Link(currency_in_words(counted.currency), address(code=counted.currency), f"{counted.documents:,}")
            for counted in table.currencies[_CHARTS:]
        ),
        currency=currency,
        kept=_kept(request, table.currency, choice.order),
        minimum=minimum,
        maximum=maximum,
        error=amount_error,
        by_amount=_sort_link("Amount", address(order=_other(choice.order, by_date=False))),
        amount_sort=_sorted(choice.order, AmountOrder.SMALLEST, AmountOrder.LARGEST),
        by_date=_sort_link("Published", address(order=_other(choice.order, by_date=True))),
        date_sort=_sorted(choice.order, AmountOrder.OLDEST, AmountOrder.NEWEST),
        shown=_shown(table, choice),
        rows=_lines(table, request),
        cut=_cut(table, choice.order),
        pager=make_pager(page, pages, lambda number: address(rows=number)),
        exports=_exports(request),
    )


def currency_in_words(code: str) -> str:
    """Return a currency as it is shown.

    >>> currency_in_words("USD"), currency_in_words("XXX")
    ('USD', 'unknown currency')
    """
    return "unknown currency" if code == UNKNOWN_CURRENCY else code


def _charts(table: AmountTable, request: SearchRequest, choice: AmountChoice) -> tuple[CurrencyBars, ...]:
    shown = list(table.currencies[:_CHARTS])
    others = table.currencies[_CHARTS:]
    # The currency of the table is always drawn.
    shown += [counted for counted in others if counted.currency == table.currency]
    codes = {counted.currency for counted in shown}
    sizes = [size for size in table.sizes if size.currency in codes]
    scale = powers_of(sizes)
    chosen = frozenset(selection_of(request, "amount_sizes").values)

    def size_url(value: str) -> str:
        code = value.partition(":")[0]
        field = "amount_sizes"
        target = without_value(request, field, value) if value in chosen else with_only(request, field, value)
        return amounts_url(target, currency=code, order=choice.order)

    return tuple(
        draw_sizes(
            counted.currency,
            currency_in_words(counted.currency),
            counted.documents,
            sizes,
            scale=scale,
            url=amounts_url(_of_currency(request, counted.currency), currency=counted.currency, order=choice.order),
            is_current=counted.currency == table.currency,
            chosen=chosen,
            size_url=size_url,
        )
        for counted in shown
    )


def _of_currency(request: SearchRequest, currency: str) -> SearchRequest:
    """Return the search without the sizes of other currencies, which would find articles without any of this one."""
    sizes: Selection = selection_of(request, "amount_sizes")
    for value in sizes.values:
        if value.partition(":")[0] != currency:
            request = without_value(request, "amount_sizes", value)
    return request


def _kept(request: SearchRequest, currency: str, order: AmountOrder) -> tuple[tuple[str, str], ...]:
    own = (("in", currency), ("by", "" if order is AmountOrder.LARGEST else order.value))
    return (*parameters_without(request, ("amount", "page")), *(pair for pair in own if pair[1]))


def _sort_link(text: str, url: str) -> Link:
    return Link(text, url)


def _other(order: AmountOrder, *, by_date: bool) -> AmountOrder:
    """Return the order that the heading of a column leads to: its first one, or the other way round."""
    first, second = (AmountOrder.NEWEST, AmountOrder.OLDEST) if by_date else (AmountOrder.LARGEST, AmountOrder.SMALLEST)
    return second if order is first else first


def _sorted(order: AmountOrder, ascending: AmountOrder, descending: AmountOrder) -> str:
    return "ascending" if order is ascending else "descending" if order is descending else "none"


def _shown(table: AmountTable, choice: AmountChoice) -> str:
    if not table.rows:
        return ""
    first, last = choice.offset + 1, choice.offset + len(table.rows)
    return f"{first:,} to {last:,} of {table.total:,}, {_ORDERS[choice.order]}"


def _cut(table: AmountTable, order: AmountOrder) -> str:
    if not table.is_cut:
        return ""
    return f"{_CUTS[order]} are left out here. Narrow the search, or export all of them."


def _exports(request: SearchRequest) -> tuple[Link, ...]:
    return tuple(
        Link(form.upper(), export_url(request, form, of="mentions", also=(("kind", "amounts"),)))
        for form in ("csv", "json")
    )


def _lines(table: AmountTable, request: SearchRequest) -> tuple[AmountLine, ...]:
    scale = powers_of([size for size in table.sizes if size.currency == table.currency])
    return tuple(_line(row, request, scale) for row in table.rows)


def _line(row: AmountRow, request: SearchRequest, scale: tuple[int, int]) -> AmountLine:
    value = float(row.amount.value or 0)
    mark = Highlight(row.start, row.end, Role.TERM)
    return AmountLine(
        amount=amount_in_words(row.amount),
        length=place_on_scale(log10(max(value, 1)), scale),
        sentence=mark_up(row.sentence, layers_of([mark])),
        language=row.language or "",
        url=article_url(row.article, request, sentence=row.sentence_number),
        names=tuple((entity.kind.value, EntityItem(entity.name, "", entity_url(entity.id))) for entity in row.entities),
        title=row.title,
        source=row.source or "",
        date=interval_in_words(row.published) if row.published else UNDATED_TEXT,
        copies=f"and in {count_in_words(row.copies, 'other article')}" if row.copies else "",
    )
