"""Ranges of amounts and dates: the texts of the two fields of a form, and the words that say a range."""

import re

from search.request import SearchRequest
from web.addresses.neighbors import selection_of

__all__ = ["amount_sides", "has_amount_sides", "range_in_words", "sides_in_words"]

_CURRENCY = re.compile(r"(?P<range>.+) (?P<currency>[A-Z]{3})")
_COMPARED = re.compile(r"(?P<operator>>=|<=|=>|=<|>|<|≥|≤)\s*(?P<number>.+)")
_INCLUSIVE = frozenset({">=", "=>", "≥", "<=", "=<", "≤"})
_ABOVE = frozenset({">", ">=", "=>", "≥"})


def amount_sides(request: SearchRequest, *, currency: str = "") -> tuple[str, str]:
    """Return the texts of the fields for the smallest and largest amount, which together give the range asked for.

    A currency stands in the first field that is not empty, unless a filter or the form gives it: `currency`.

    >>> amount_sides(SearchRequest(amount="1bn.. USD")), amount_sides(SearchRequest(amount=">2bn"))
    (('1bn USD', ''), ('>2bn', ''))
    >>> amount_sides(SearchRequest(amount="<=5m")), amount_sides(SearchRequest(amount="5m"))
    (('', '5m'), ('5m', '5m'))
    """
    lower, upper, asked = _parts(request.amount)
    if not asked or asked == currency or selection_of(request, "currencies").values == (asked,):
        return lower, upper
    return (f"{lower} {asked}", upper) if lower else ("", f"{upper} {asked}")


def has_amount_sides(request: SearchRequest) -> bool:
    """Return whether the two fields show a range of amounts, so that their form sends it."""
    return any(amount_sides(request))


def range_in_words(amount: str) -> str:
    """Return a range of amounts as a person would say it.

    >>> range_in_words("1bn.. USD"), range_in_words("1bn..3bn"), range_in_words(">1bn"), range_in_words("<5m EUR")
    ('from 1bn USD', '1bn to 3bn', 'above 1bn', 'below 5m EUR')
    """
    lower, upper, currency = _parts(amount)
    text = sides_in_words(lower, upper)
    for sign, words in (("from >", "above "), ("up to <", "below ")):
        if text.startswith(sign):
            text = words + text.removeprefix(sign).strip()
    return f"{text} {currency}" if currency else text


def sides_in_words(lower: str, upper: str) -> str:
    """Return two ends of a range as a person would say it.

    >>> sides_in_words("2030", ""), sides_in_words("", "2019"), sides_in_words("2018", "2019")
    ('from 2030', 'up to 2019', '2018 to 2019')
    """
    if lower and upper:
        return lower if lower == upper else f"{lower} to {upper}"
    return f"from {lower}" if lower else f"up to {upper}"


def _parts(amount: str) -> tuple[str, str, str]:
    """Return the two ends of a range as they are typed, and its currency."""
    whole = _CURRENCY.fullmatch(amount)
    text, currency = (whole["range"], whole["currency"]) if whole else (amount, "")
    lower, dots, upper = text.partition("..")
    if dots:
        return lower.strip().removesuffix(f" {currency}"), upper.strip(), currency
    compared = _COMPARED.fullmatch(text.strip())
    if compared is None:
        return text, text, currency
    side = compared["number"] if compared["operator"] in _INCLUSIVE else text
    return (side, "", currency) if compared["operator"] in _ABOVE else ("", side, currency)
