"""Order of day and month in figures such as 05/04/2021: by other dates of the article, or by its country."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cache

from index.normalize.dates.language_tables import read_table

__all__ = ["DateOrder", "order_in_countries", "order_in_text"]

_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/-])")
_LAST_MONTH = 12


class DateOrder(StrEnum):
    """The order of day and month in a date in figures."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


def order_in_text(text: str, *, published: date | None) -> DateOrder | None:
    """Return the order that dates in figures of a text have, where one of them tells, and none says otherwise.

    A date that is possible in one order only tells, and so does one that is the day of publication in one order only.

    >>> order_in_text("on 05/04/2021 and 25/04/2021", published=None)
    <DateOrder.DAY_FIRST: 'day first'>
    """
    orders = {
        order
        for first, _, second, year in _FIGURES.findall(text)
        if (order := _order_of(int(first), int(second), year, published)) is not None
    }
    return orders.pop() if len(orders) == 1 else None


def _order_of(first: int, second: int, year: str, published: date | None) -> DateOrder | None:
    if first > _LAST_MONTH >= second >= 1:
        return DateOrder.DAY_FIRST
    if second > _LAST_MONTH >= first >= 1:
        return DateOrder.MONTH_FIRST
    if published is None or first == second or published.year % 100 != int(year) % 100:
        return None
    if (first, second) == (published.day, published.month):
        return DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if (second, first) == (published.day, published.month) else None


def order_in_countries(countries: Iterable[str]) -> DateOrder | None:
    """Return the order that is in use in all the countries; None without countries, and where the usage is mixed.

    >>> order_in_countries(["India"]), order_in_countries(["India", "United States"])
    (<DateOrder.DAY_FIRST: 'day first'>, None)
    """
    orders = {_orders().get(country, "day") for country in countries}
    if len(orders) != 1:
        return None
    return {"day": DateOrder.DAY_FIRST, "month": DateOrder.MONTH_FIRST}.get(orders.pop())


@cache
def _orders() -> dict[str, str]:
    return {country: order for _, order, countries in read_table("orders") for country in countries}
