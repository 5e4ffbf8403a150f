"""Derive neighbouring searches: each function takes a request and returns the one behind a link.

Every change of what is searched goes back to the first page.
"""

from msgspec.structs import replace

from index.fields import FACET_FIELDS
from search.engines.base import MatchMode, Selection, Sort
from search.query.ast import Axis
from search.request import SearchRequest, WordMode

__all__ = [
    "at_page",
    "selection_of",
    "with_amount",
    "with_axis",
    "with_dates",
    "with_mode",
    "with_none",
    "with_only",
    "with_period",
    "with_query",
    "with_sort",
    "with_undated",
    "with_value",
    "with_words",
    "without_dates",
    "without_filters",
    "without_value",
]


_DATE_FIELDS = frozenset({"date_years", "date_months", "published_years", "published_months"})


def selection_of(request: SearchRequest, field: str) -> Selection:
    """Return the selection in a field, an empty one when nothing is selected there."""
    return next((selection for selection in request.selections if selection.field == field), Selection(field))


def with_value(request: SearchRequest, field: str, value: str, *, is_excluded: bool = False) -> SearchRequest:
    """Return the search with one more selected (or excluded) value; a value is never both."""
    old = selection_of(without_value(request, field, value), field)
    if is_excluded:
        return _with_selection(request, replace(old, excluded=(*old.excluded, value)))
    return _with_selection(request, replace(old, values=(*old.values, value)))


def with_only(request: SearchRequest, field: str, value: str) -> SearchRequest:
    """Return the search with this value alone selected in its field."""
    return _with_selection(request, Selection(field, (value,)))


def with_none(request: SearchRequest, field: str, *, is_none: bool = True) -> SearchRequest:
    """Return the search for articles without a value in a field, whatever was selected in it; or no longer for them."""
    others = tuple(other for other in request.unnamed if other != field)
    if not is_none:
        return replace(request, unnamed=others, page=1)
    unnamed = tuple(known for known in FACET_FIELDS if known == field or known in others)
    return replace(_with_selection(request, Selection(field)), unnamed=unnamed)


def without_value(request: SearchRequest, field: str, value: str) -> SearchRequest:
    """Return the search without a value, be it selected or excluded."""
    old = selection_of(request, field)
    values = tuple(kept for kept in old.values if kept != value)
    return _with_selection(
        request,
        replace(
            old,
            values=values,
            # A single value keeps its mode, which decides what the others count; without values there is none.
            mode=old.mode if values else MatchMode.ANY,
            excluded=tuple(kept for kept in old.excluded if kept != value),
        ),
    )


def with_mode(request: SearchRequest, field: str, mode: MatchMode) -> SearchRequest:
    """Return the search with any or all of a field's selected values."""
    return _with_selection(request, replace(selection_of(request, field), mode=mode))


def with_query(request: SearchRequest, q: str) -> SearchRequest:
    """Return the search with the same filters for other words, in the default interpretation."""
    return replace(request, q=q, words=WordMode.AUTO, page=1)


def with_words(request: SearchRequest, words: WordMode, *, is_exact: bool | None = None) -> SearchRequest:
    """Return the search with all or any of its words; `is_exact` None keeps how they are compared."""
    return replace(request, words=words, is_exact=request.is_exact if is_exact is None else is_exact, page=1)


def with_amount(request: SearchRequest, amount: str) -> SearchRequest:
    """Return the search with another range of amounts; "" for none."""
    return replace(request, amount=amount, page=1)


def with_dates(request: SearchRequest, date_from: str, date_to: str) -> SearchRequest:
    """Return the search with another range of dates.

    "" leaves a side open. A range of publication dates removes "undated".
    """
    is_undated = request.is_undated and request.axis is not Axis.PUBLISHED
    return replace(request, date_from=date_from, date_to=date_to, is_undated=is_undated, page=1)


def with_period(request: SearchRequest, axis: Axis, period: str) -> SearchRequest:
    """Return the search for dates in a period on an axis, which is that of its range if it has one; "" for all time."""
    is_undated = request.is_undated and not (period and axis is Axis.PUBLISHED)
    # Without an axis, a period is one of dates mentioned in the text.
    kept = axis if axis is request.axis or axis is Axis.PUBLISHED else None
    return replace(request, period=period, axis=kept, is_undated=is_undated, page=1)


def with_axis(request: SearchRequest, axis: Axis) -> SearchRequest:
    """Return the search with its dates on the other axis. Range and period are dropped: they were of the old axis."""
    if axis is request.range_axis:
        return request if axis is request.axis else replace(request, axis=axis, page=1)
    return replace(request, axis=axis, date_from="", date_to="", period="", page=1)


def without_dates(request: SearchRequest) -> SearchRequest:
    """Return the search for articles of any date: without range, period, years, months, and "undated"."""
    kept = tuple(selection for selection in request.selections if selection.field not in _DATE_FIELDS)
    return replace(request, selections=kept, date_from="", date_to="", period="", is_undated=False, page=1)


def with_undated(request: SearchRequest, *, is_undated: bool) -> SearchRequest:
    """Return the search for only the articles without a publication date, or for all.

    Only undated articles excludes a range of publication dates.
    """
    if is_undated and request.axis is Axis.PUBLISHED:
        return replace(request, is_undated=True, date_from="", date_to="", period="", page=1)
    return replace(request, is_undated=is_undated, page=1)


def with_sort(request: SearchRequest, sort: Sort | None) -> SearchRequest:
    """Return the search in another order; None for the default."""
    return replace(request, sort=sort, page=1)


def at_page(request: SearchRequest, page: int) -> SearchRequest:
    """Return another page of the same search."""
    return replace(request, page=page)


def without_filters(request: SearchRequest) -> SearchRequest:
    """Return the same words in the whole archive."""
    return SearchRequest(
        q=request.q,
        words=request.words,
        is_exact=request.is_exact,
        sort=request.sort,
        axis=request.axis,
        size=request.size,
    )


def _with_selection(request: SearchRequest, selection: Selection) -> SearchRequest:
    others = tuple(other for other in request.selections if other.field != selection.field)
    is_empty = not selection.values and not selection.excluded
    # A value, and none at all: nothing has both.
    unnamed = tuple(field for field in request.unnamed if field != selection.field or not selection.values)
    return replace(request, selections=others if is_empty else (*others, selection), unnamed=unnamed, page=1)
