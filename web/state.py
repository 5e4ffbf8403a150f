"""From one search to its neighbours: each function takes a request and gives the one that a link leads to.

Every change of what is searched goes back to the first page.
"""

from msgspec.structs import replace

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
    """The selection in a field, an empty one when nothing is chosen there."""
    return next((selection for selection in request.selections if selection.field == field), Selection(field))


def with_value(request: SearchRequest, field: str, value: str, *, is_excluded: bool = False) -> SearchRequest:
    """The search with one more chosen (or excluded) value; it is no longer the other of the two."""
    old = selection_of(without_value(request, field, value), field)
    if is_excluded:
        return _with_selection(request, replace(old, excluded=(*old.excluded, value)))
    return _with_selection(request, replace(old, values=(*old.values, value)))


def without_value(request: SearchRequest, field: str, value: str) -> SearchRequest:
    """The search without a value, be it chosen or excluded."""
    old = selection_of(request, field)
    values = tuple(kept for kept in old.values if kept != value)
    return _with_selection(
        request,
        replace(
            old,
            values=values,
            # A single value needs no mode: "all" would only stay behind in the address.
            mode=old.mode if len(values) > 1 else MatchMode.ANY,
            excluded=tuple(kept for kept in old.excluded if kept != value),
        ),
    )


def with_mode(request: SearchRequest, field: str, mode: MatchMode) -> SearchRequest:
    """The search with any or all of a field's chosen values."""
    return _with_selection(request, replace(selection_of(request, field), mode=mode))


def with_query(request: SearchRequest, q: str) -> SearchRequest:
    """The same filters for other words, which are read anew."""
    return replace(request, q=q, words=WordMode.AUTO, page=1)


def with_words(request: SearchRequest, words: WordMode, *, is_exact: bool | None = None) -> SearchRequest:
    """The search with all or any of its words; `is_exact` None keeps how they are compared."""
    return replace(request, words=words, is_exact=request.is_exact if is_exact is None else is_exact, page=1)


def with_amount(request: SearchRequest, amount: str) -> SearchRequest:
    """The search with another range of amounts; "" for none."""
    return replace(request, amount=amount, page=1)


def with_dates(request: SearchRequest, date_from: str, date_to: str) -> SearchRequest:
    """The search with another range of dates; "" leaves a side open. A range of publication ends "undated"."""
    is_undated = request.is_undated and request.axis is not Axis.PUBLISHED
    return replace(request, date_from=date_from, date_to=date_to, is_undated=is_undated, page=1)


def with_axis(request: SearchRequest, axis: Axis) -> SearchRequest:
    """The search with its dates meaning the other axis. The range itself is dropped: it was chosen on the old one."""
    return request if axis is request.axis else replace(request, axis=axis, date_from="", date_to="", page=1)


def without_dates(request: SearchRequest) -> SearchRequest:
    """The search for articles of any date: without range, years, months, and "undated"."""
    kept = tuple(selection for selection in request.selections if selection.field not in _DATE_FIELDS)
    return replace(request, selections=kept, date_from="", date_to="", is_undated=False, page=1)


def with_undated(request: SearchRequest, *, is_undated: bool) -> SearchRequest:
    """The search for only the articles without a publication date (which ends a range of publication), or for all."""
    if is_undated and request.axis is Axis.PUBLISHED:
        return replace(request, is_undated=True, date_from="", date_to="", page=1)
    return replace(request, is_undated=is_undated, page=1)


def with_sort(request: SearchRequest, sort: Sort | None) -> SearchRequest:
    """The search in another order; None for the one that suits it."""
    return replace(request, sort=sort, page=1)


def at_page(request: SearchRequest, page: int) -> SearchRequest:
    """Another page of the same search."""
    return replace(request, page=page)


def without_filters(request: SearchRequest) -> SearchRequest:
    """The same words in the whole archive."""
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
    return replace(request, selections=others if is_empty else (*others, selection), page=1)
