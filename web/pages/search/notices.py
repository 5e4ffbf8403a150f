"""Notices about an address in words for readers, and what is wrong with each field of the form."""

from collections.abc import Iterable, Mapping

from search.parameters import PARAMETERS
from search.query.values import parse_amount_range, parse_date_side
from search.request import SearchRequest

__all__ = ["FIELD_NAMES", "field_errors", "readable_notices", "turned_round"]

FIELD_NAMES = ("from", "to", "amount")
"""Parameters that have a field of their own, beside which their error stands."""


def readable_notices(messages: Iterable[str]) -> tuple[str, ...]:
    """Return notices without the names of parameters, which no reader knows.

    >>> readable_notices(["from: “hello” is not a date", "Quotes: two"])
    ('“hello” is not a date', 'Quotes: two')
    """
    return tuple(
        dict.fromkeys(text if name in PARAMETERS else message for name, text, message in map(_split, messages))
    )


def field_errors(messages: Iterable[str]) -> Mapping[str, str]:
    """Return what is wrong with each of `FIELD_NAMES`.

    >>> field_errors(["from: “hello” is not a date", "page: too large"])
    {'from': '“hello” is not a date'}
    """
    return {name: text for name, text, _ in map(_split, messages) if name in FIELD_NAMES}


def turned_round(request: SearchRequest) -> tuple[str, ...]:
    """Return a notice for each range whose larger end comes first: it is read the other way round.

    >>> turned_round(SearchRequest(amount="3bn..1bn")), turned_round(SearchRequest(date_from="2019", date_to="2020"))
    (('The smallest amount is above the largest – read the other way round',), ())
    """
    notices = []
    lower, upper = (parse_date_side(side) for side in (request.date_from, request.date_to))
    if lower and upper and lower[0] > upper[1]:
        notices.append("The first date is after the last – read the other way round")
    ends = [parse_amount_range(side, {}) for side in request.amount.split("..")]
    if len(ends) == 2 and ends[0] and ends[1] and ends[0].lower and ends[1].upper and ends[0].lower > ends[1].upper:
        notices.append("The smallest amount is above the largest – read the other way round")
    return tuple(notices)


def _split(message: str) -> tuple[str, str, str]:
    name, _, text = message.partition(": ")
    return name, text, message
