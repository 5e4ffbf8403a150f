"""Texts whose mentions were marked by hand: what everything here is measured against."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from index.model import Amount, Article, DateInterval, DatePrecision, Kind
from tests.evaluation.scores.span_scores import GoldSpan

__all__ = ["Days", "GoldMention", "GoldSet", "GoldText", "read_amount", "read_days"]

Days = tuple[date | None, date | None]
_AMOUNT = re.compile(r"(?P<currency>[A-Z]{3}|\?) (?P<value>\d+(?:\.\d+)?|\?)(?:\.\.(?P<upper>\d+(?:\.\d+)?))?")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention as a person marked it.

    `span` may have alternatives that are as right, and an optional one is neither required nor wrong. `entity` is
    the canonical name of what is meant, None for values and where a set does not say. A value is right when it
    equals one of `amounts` or covers the days of one of `days`; both are empty where a set has no values.
    """

    span: GoldSpan
    kind: Kind
    entity: str | None = None
    amounts: tuple[Amount, ...] = ()
    days: tuple[Days, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text, the day on which it was published (None: unknown), and its mentions in order of their start."""

    name: str
    text: str
    mentions: tuple[GoldMention, ...]
    published: date | None = None

    def as_article(self) -> Article:
        """The text as a reader would have read it."""
        day = self.published
        published = DateInterval(day, day, DatePrecision.DAY, value=day.isoformat()) if day else None
        return Article(self.name, self.name, "", "", self.text, published=published)


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Texts of one origin, the kinds that are marked in them, and the SHA-256 of what they were read from."""

    name: str
    kinds: tuple[Kind, ...]
    texts: tuple[GoldText, ...]
    digest: str


def read_days(value: str) -> Days:
    """The first and last day of a date in ISO form, of an interval, or of one with an open side; "?" is unresolved.

    >>> read_days("2019-09/2020-04")
    (datetime.date(2019, 9, 1), datetime.date(2020, 4, 30))
    >>> read_days("2014/..")
    (datetime.date(2014, 1, 1), None)
    """
    if value == "?":
        return None, None
    start, _, end = value.partition("/")
    return _first_day(start), _last_day(end or start)


def read_amount(value: str) -> Amount:
    """The amount written as a currency and a number, two numbers, or "?" for a vague sum.

    >>> read_amount("USD 500000000..600000000").upper
    Decimal('600000000')
    """
    parts = _AMOUNT.fullmatch(value)
    if parts is None:
        raise ValueError(f"{value!r} is no amount; write it like 'USD 2500', 'USD 2500..3000' or 'USD ?'.")
    return Amount(
        None if parts["currency"] == "?" else parts["currency"],
        None if parts["value"] == "?" else Decimal(parts["value"]),
        Decimal(parts["upper"]) if parts["upper"] else None,
    )


def _first_day(value: str) -> date | None:
    return None if value == ".." else date.fromisoformat(f"{value}-01-01"[:10])


def _last_day(value: str) -> date | None:
    if value == "..":
        return None
    year, _, rest = value.partition("-")
    month, _, day = rest.partition("-")
    last_month = int(month or 12)
    return date(int(year), last_month, int(day or monthrange(int(year), last_month)[1]))
