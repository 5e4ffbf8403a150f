"""Parse and print the amounts and dates after `amount:` and `date:`. Pure; no clock, no packs."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from search.query.ast import AmountRange, Axis, DateRange

__all__ = [
    "MULTIPLIERS",
    "parse_amount_range",
    "parse_date_range",
    "parse_date_side",
    "print_amount_range",
    "print_date_range",
]

MULTIPLIERS = {
    "k": 3,
    "thousand": 3,
    "m": 6,
    "mn": 6,
    "mln": 6,
    "million": 6,
    "b": 9,
    "bn": 9,
    "bln": 9,
    "billion": 9,
    "t": 12,
    "tn": 12,
    "trn": 12,
    "trillion": 12,
}
"""Powers of ten by the word or letter that may follow a number."""

# The smallest step between two amounts: half-open bounds become closed ones with it.
_STEP = Decimal("0.01")
_MAX_AMOUNT = Decimal(10) ** 18

_CODE = re.compile(r"[A-Z]{3}")
# A currency may be a code or sign at either end, or a word at the end.
_CURRENCY = (
    re.compile(r"^([A-Z]{3})(?![A-Za-z])"),
    re.compile(r"([A-Z]{3})$"),
    re.compile(r"^([^\W\d_]{0,4}[$\u20a0-\u20cf¢£¤¥])"),
    re.compile(r"([$\u20a0-\u20cf¢£¤¥])$"),
    re.compile(r"\b([^\W\d_]{2,20})$"),
)
_NUMBER = re.compile(
    r"(?P<digits>\d{1,3}(?:[,_ ]\d{3})+(?:\.\d{1,6})?|\d{1,18}(?:[.,]\d{1,6})?)\s*(?P<unit>[A-Za-z]*)", re.ASCII
)
_ABOVE, _BELOW = frozenset({">", ">=", "=>", "≥"}), frozenset({"<", "<=", "=<", "≤"})
_COMPARISON = re.compile(r"\s*(>=|<=|=>|=<|>|<|=|≥|≤)?\s*")
_RANGE = re.compile(r"\s*(?:\.\.+|…)\s*")


def parse_amount_range(text: str, currencies: Mapping[str, str]) -> AmountRange | None:
    """Parse the range of a text such as ">=1.5bn", "1bn..3bn USD" or "<€2m"; None when it is not an amount.

    `currencies` maps a sign or word ("$", "USD") to its ISO code. Codes of three capitals are always understood. Bounds
    are in whole units of the currency and inclusive: ">1bn" begins one hundredth above a billion, also as a side of
    ">1bn..<3bn". Bounds in the wrong order are swapped.

    >>> parse_amount_range("1bn..3bn USD", {}).upper
    Decimal('3000000000')
    """
    # One blank says as much as a thousand, and takes no pattern long.
    rest, currency = _take_currency(" ".join(text.split()), currencies)
    sides = [_read_side(side, currencies) for side in _RANGE.split(rest)]
    found = [side for side in sides if side is not None]
    codes = {code for code in (currency, *(code for _, _, code in found)) if code}
    if len(found) != len(sides) or len(codes) > 1 or all(number is None for _, number, _ in found):
        return None
    match found:
        case [(operator, number, _)]:
            lower, upper = _bounds(operator, number or Decimal(0))
        case [(above, lowest, _), (below, highest, _)] if above not in _BELOW and below not in _ABOVE:
            lower = None if lowest is None else _bounds(above or ">=", lowest)[0]
            upper = None if highest is None else _bounds(below or "<=", highest)[1]
        case _:
            return None
    if lower is not None and upper is not None and lower > upper:
        lower, upper = upper, lower
    return AmountRange(lower, upper, next(iter(codes), None))


def _read_side(text: str, currencies: Mapping[str, str]) -> tuple[str, Decimal | None, str | None] | None:
    """Return the comparison, number and currency of one side of a range; None for what is no number."""
    compared = _COMPARISON.match(text)
    assert compared is not None, "the pattern matches the empty text"
    rest, currency = _take_currency(text[compared.end() :].strip(), currencies)
    number = _parse_number(rest) if rest else None
    return None if rest and number is None else (compared[1] or "", number, currency)


def _bounds(operator: str, number: Decimal) -> tuple[Decimal | None, Decimal | None]:
    match operator:
        case ">":
            return number + _STEP, None
        case ">=" | "=>" | "≥":
            return number, None
        case "<":
            return None, max(number - _STEP, Decimal(0))
        case "<=" | "=<" | "≤":
            return None, number
        case _:
            return number, number


def _take_currency(text: str, currencies: Mapping[str, str]) -> tuple[str, str | None]:
    """Return the text without a currency at its start or end, and the currency's code."""
    for pattern in _CURRENCY:
        found = pattern.search(text)
        if found is None:
            continue
        written = found[1]
        default = written if _CODE.fullmatch(written) else ""
        code = currencies.get(written) or currencies.get(written.lower()) or default
        if code and written.lower() not in MULTIPLIERS:
            return (text[: found.start(1)] + text[found.end(1) :]).strip(), code
    return text, None


def _parse_number(text: str) -> Decimal | None:
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    unit = found["unit"].lower()
    if unit and unit not in MULTIPLIERS:
        return None
    digits = found["digits"]
    # A comma before groups of three separates thousands; before anything else it is a decimal comma.
    is_grouped = re.fullmatch(r"\d{1,3}(?:[,_ ]\d{3})+(?:\.\d+)?", digits) is not None
    number = Decimal(re.sub("[,_ ]", "", digits) if is_grouped else digits.replace(",", "."))
    number = number.scaleb(MULTIPLIERS.get(unit, 0))
    if number > _MAX_AMOUNT:
        return None
    return number.quantize(_STEP) if number % 1 else number.quantize(Decimal(1))


def print_amount_range(amounts: AmountRange) -> str:
    """Return the shortest text that `parse_amount_range` reads as the same range.

    >>> print_amount_range(AmountRange(Decimal("1000000000.01"), None, "USD"))
    '>1bn USD'
    """
    lower, upper = amounts.lower, amounts.upper
    if lower is None and upper is None:
        text = ">=0"
    elif upper is None and lower is not None:
        text = f">{_number(lower - _STEP)}" if (lower - _STEP) % 1 == 0 and lower >= 1 else f">={_number(lower)}"
    elif lower is None and upper is not None:
        text = f"<{_number(upper + _STEP)}" if (upper + _STEP) % 1 == 0 else f"<={_number(upper)}"
    elif lower is not None and lower == upper:
        text = _number(lower)
    else:
        assert lower is not None, "both bounds are set here"
        assert upper is not None, "both bounds are set here"
        text = f"{_number(lower)}..{_number(upper)}"
    return f"{text} {amounts.currency}" if amounts.currency else text


def _number(number: Decimal) -> str:
    for power, unit in ((12, "tn"), (9, "bn"), (6, "m"), (3, "k")):
        scaled = number.scaleb(-power)
        if scaled >= 1 and scaled == scaled.quantize(_STEP):
            return f"{scaled.quantize(_STEP).normalize():f}{unit}"
    return f"{number.normalize():f}"


_DATE = re.compile(r"(?P<year>\d{4})(?:[-/](?P<month>\d{1,2})(?:[-/](?P<day>\d{1,2}))?)?", re.ASCII)
_DECADE = re.compile(r"(\d{3})0s", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])", re.ASCII)


def parse_date_side(text: str) -> tuple[date, date] | None:
    """Return the first and last day of a year, quarter, month, day or decade; None for any other text.

    >>> parse_date_side("2019-02")
    (datetime.date(2019, 2, 1), datetime.date(2019, 2, 28))
    """
    text = text.strip()
    try:
        if decade := _DECADE.fullmatch(text):
            return date(int(decade[1]) * 10, 1, 1), date(int(decade[1]) * 10 + 9, 12, 31)
        if quarter := _QUARTER.fullmatch(text):
            month = int(quarter[2]) * 3
            return date(int(quarter[1]), month - 2, 1), _last_day(int(quarter[1]), month)
        found = _DATE.fullmatch(text)
        if found is None:
            return None
        year = int(found["year"])
        if found["month"] is None:
            return date(year, 1, 1), date(year, 12, 31)
        month = int(found["month"])
        if found["day"] is None:
            return date(year, month, 1), _last_day(year, month)
        day = date(year, month, int(found["day"]))
    except ValueError:
        # A month 13, a day 31 of June or a year 0: not a date.
        return None
    return day, day


def _last_day(year: int, month: int) -> date:
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def parse_date_range(text: str, axis: Axis) -> DateRange | None:
    """Parse the days of a text such as "2019", ">=2021" or "2017-12..2019-02"; None when it is not a date.

    Bounds in the wrong order are swapped.
    """
    text = " ".join(text.split())
    compared = _COMPARISON.match(text)
    assert compared is not None, "the pattern matches the empty text"
    operator, rest = compared[1] or "", text[compared.end() :].strip()
    sides = _RANGE.split(rest)
    if len(sides) > 2 or (len(sides) == 2 and operator):
        return None
    days = [parse_date_side(side) if side.strip() else None for side in sides]
    if any(side.strip() and found is None for side, found in zip(sides, days, strict=True)):
        return None
    if all(found is None for found in days):
        return None
    if len(days) == 2:
        first, last = days
        if first and last and first[0] > last[1]:
            first, last = last, first
        return DateRange(axis, first[0] if first else None, last[1] if last else None)
    found = days[0]
    assert found is not None, "a single side that is no date was sent back above"
    return _date_bounds(operator, found, axis)


def _date_bounds(operator: str, days: tuple[date, date], axis: Axis) -> DateRange | None:
    first, last = days
    match operator:
        case ">":
            return DateRange(axis, last + timedelta(days=1), None) if last < date.max else None
        case ">=" | "=>" | "≥":
            return DateRange(axis, first, None)
        case "<":
            return DateRange(axis, None, first - timedelta(days=1)) if first > date.min else None
        case "<=" | "=<" | "≤":
            return DateRange(axis, None, last)
        case _:
            return DateRange(axis, first, last)


def print_date_range(dates: DateRange) -> str:
    """Return the shortest text that `parse_date_range` reads as the same range.

    >>> print_date_range(DateRange(Axis.MENTIONED, date(2017, 12, 1), date(2019, 2, 28)))
    '2017-12..2019-02'
    """
    match dates.start, dates.end:
        case None, None:
            return f">={date.min.year:04}"
        case date() as start, None:
            return f">={_first(start)}"
        case None, date() as end:
            return f"<={_last(end)}"
        case start, end:
            assert start is not None, "both sides are set here"
            assert end is not None, "both sides are set here"
            same = next((text for text in (_first(start), _last(end)) if parse_date_side(text) == (start, end)), None)
            return same or f"{_first(start)}..{_last(end)}"


def _first(day: date) -> str:
    """Return the largest unit that begins on this day."""
    if day.day > 1:
        return day.isoformat()
    return day.isoformat()[:7] if day.month > 1 else day.isoformat()[:4]


def _last(day: date) -> str:
    """Return the largest unit that ends on this day."""
    if day != _last_day(day.year, day.month):
        return day.isoformat()
    return day.isoformat()[:7] if day.month < 12 else day.isoformat()[:4]
