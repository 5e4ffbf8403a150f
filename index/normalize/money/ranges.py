"""Ranges of sums: "$500-$600 million", "between 5 and 7 million euros", "$1.2bn to $1.5bn"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from index.model import Amount, Span
from index.normalize.money.currencies.finding import CurrencyMatch
from index.normalize.money.numbers.numerals import Number, plain_decimal
from index.normalize.money.records import MoneyText, Sum
from index.normalize.money.refusals import looks_like_year

__all__ = ["read_ranges"]

_THOUSAND = Decimal(1000)
_APPROXIMATE_REACH = 30
_CONNECTOR_REACH = 24
_BETWEEN_REACH = 24
_CHANGE_REACH, _CHANGE_FROM_REACH = 45, 90
_DASH = re.compile(r"\s?[-–—‑]\s?")
_COMMA = re.compile(r",\s")
_DASH_BEFORE = re.compile(r"\s?[-–—‑]\s?$")
# "rose $1.2 million to $5 million" and "raised from $5 to $7" name a change, not a range, unless something ranges.
_RANGING = re.compile(r"\b(?:rang\w+|anywhere|estimate[sd]?|vary\w*|varie[sd])\s+(?:\w+\s+)?from\s+$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"(?<!\d)(?:1[89]|20)\d\d (?:to|and|or) $")

_Parts = tuple[Span, Amount, str]


def read_ranges(money: MoneyText, sums: Sequence[Sum]) -> Iterator[_Parts]:
    """Yield span, amount and evidence of the sums, in order; two that are the ends of one range become one."""
    return _RangeReader(money, sums).read()


class _RangeReader:
    def __init__(self, money: MoneyText, sums: Sequence[Sum]) -> None:
        self._money = money
        self._text = money.text
        self._words = money.words
        self._sums = sums
        self._by_start = {found.start: found for found in sums}
        self._used = {found.number.start for found in sums}
        self._numeral_starts = [numeral.start for numeral in money.numerals]

    def read(self) -> Iterator[_Parts]:
        done_to = 0
        unscaled = set(self._find_unscaled())
        for found in self._sums:
            if found.start < done_to or found.start in unscaled:
                continue
            parts = self._from_number(found) or self._to_sum(found) or self._to_number(found) or self._single(found)
            if parts is not None:
                yield parts
                done_to = parts[0].end

    def _find_unscaled(self) -> Iterator[int]:
        """Yield where sums begin whose scale stands behind a later one: "$5, $6 and $7 million"."""
        later: Sum | None = None
        for found in reversed(self._sums):
            is_left = found.currency.end <= found.number.start and found.number.multiplier == 1
            if later is not None and is_left and found.value < _THOUSAND and later.code == found.code:
                is_listed = later.number.multiplier == 1 and _COMMA.fullmatch(self._text, found.end, later.start)
                is_last = later.number.multiplier >= _THOUSAND and later.number.mantissa < _THOUSAND
                if is_listed or (is_last and self._is_joined(found, later)):
                    yield found.start
                    later = found
                    continue
            later = found if found.number.multiplier >= _THOUSAND else None

    def _is_joined(self, found: Sum, later: Sum) -> bool:
        """True for two sums with "and" between them that are no range: "$5 and $6 million"."""
        joined = self._words.both.fullmatch(self._text, found.end, later.start)
        return joined is not None and not self._is_between(found.start, later.end)

    def _from_number(self, high: Sum) -> _Parts | None:
        """Read a range with a currency only at the upper end: "10-20 dollars", "between 5 and 7 million euros"."""
        if high.currency.start < high.number.start:
            return None
        words = self._words
        for connector, ending in ((_DASH, _DASH_BEFORE), *words.connectors_before):
            before = ending.search(self._text, max(0, high.start - _CONNECTOR_REACH), high.start)
            low = self._number_before(before.start(), high) if before else None
            if before is None or low is None or (connector is words.both and not self._is_between(low.start, high.end)):
                continue
            if connector is words.to and self._is_change(low.start):
                return None
            if connector is words.either and low.multiplier != 1:
                return None
            return self._range(low.start, high.end, low, high.factor / high.number.multiplier, high)
        return None

    def _number_before(self, end: int, high: Sum) -> Number | None:
        """Return the number without a currency that ends at a position."""
        place = bisect_left(self._numeral_starts, end) - 1
        numeral = self._money.numerals[place] if place >= 0 else None
        if numeral is None or numeral.start in self._used or self._text[numeral.start - 1 : numeral.start] == "/":
            return None
        is_worded = high.number.multiplier > 1 or self._is_worded(high.number.start)
        if numeral.needs_scale and is_worded:
            numeral = replace(numeral, needs_scale=False)  # "zwei und drei Millionen": the scale is that of the end.
        number = self._money.read(numeral, high.currency, limit=end)
        if number is None:
            return None
        is_dotted = number.is_short and self._text[number.end : end] == "."  # "от 500 тыс. до 1 млн"
        return number if number.end == end or is_dotted else None

    def _is_worded(self, start: int) -> bool:
        place = bisect_left(self._numeral_starts, start)
        return place < len(self._numeral_starts) and self._money.numerals[place].needs_scale

    def _to_sum(self, low: Sum) -> _Parts | None:
        """Read a range with a currency at both ends: "$500-$600 million", "$1.2bn to $1.5bn"."""
        high_start = self._after_connector(low.start, low.end)
        if high_start is None and (both := self._words.both.match(self._text, low.end)):
            high = self._by_start.get(both.end())
            high_start = both.end() if high is not None and self._is_between(low.start, high.end) else None
        high = self._by_start.get(high_start) if high_start else None
        if high is None or high.code != low.code:
            return None
        if self._words.either.match(self._text, low.end):
            is_before = low.currency.end <= low.number.start
            if not is_before or low.number.multiplier != 1 or high.number.multiplier == 1:
                return None  # "$5 or $6" are two prices; "$5 or $6 million" is a guess.
        return self._range(low.start, high.end, low.number, low.factor / low.number.multiplier, high)

    def _to_number(self, low: Sum) -> _Parts | None:
        """Read a range with a currency only at the lower end: "$500-600 million", "between $5 and 7 billion"."""
        if low.currency.end > low.number.start:
            return None
        number = self._number_after(self._after_connector(low.start, low.end), low.currency)
        if number is None or number.is_words:
            return None
        is_tied = _DASH.fullmatch(self._text, low.end, number.start) or self._is_between(low.start)
        if not is_tied and number.multiplier == 1:
            return None
        scale = low.factor / low.number.multiplier if low.number.multiplier != 1 else Decimal(1)
        high = Sum(
            low.start, number.end, number.value * scale, low.code, number.multiplier * scale, number, low.currency
        )
        return self._range(low.start, number.end, low.number, scale, high)

    def _number_after(self, start: int | None, mark: CurrencyMatch) -> Number | None:
        place = bisect_left(self._numeral_starts, start) if start is not None else len(self._numeral_starts)
        if place == len(self._numeral_starts) or self._numeral_starts[place] != start or start in self._used:
            return None
        return self._money.read(self._money.numerals[place], mark)

    def _after_connector(self, low_start: int, low_end: int) -> int | None:
        if (to := self._words.to.match(self._text, low_end)) and not self._is_change(low_start):
            return to.end()
        if dash := _DASH.match(self._text, low_end):
            return dash.end()
        if (both := self._words.both.match(self._text, low_end)) and self._is_between(low_start):
            return both.end()
        if either := self._words.either.match(self._text, low_end):
            return either.end()
        return None

    def _range(self, start: int, end: int, low: Number, scale: Decimal, high: Sum) -> _Parts | None:
        """Build a range; a lower end without a multiplier takes that of the upper one: "$500-$600 million"."""
        if self._is_year_before(start, low, high):
            return None
        value = low.value * scale
        if low.multiplier == 1 and high.number.multiplier > 1 and low.mantissa < high.number.mantissa:
            value = low.mantissa * high.number.multiplier * scale
        if value >= high.value:
            return None
        amount = Amount(high.code, plain_decimal(value), plain_decimal(high.value), self._is_approximate(start, end))
        return Span(start, end), amount, f"range with {_how(high.currency)}"

    def _is_year_before(self, start: int, low: Number, high: Sum) -> bool:
        """True for a year that only stands before a sum: "from 2012 to 5 million dollars"."""
        if low.start != start or not looks_like_year(low):
            return False
        return high.number.multiplier >= _THOUSAND or looks_like_year(high.number)

    def _single(self, found: Sum) -> _Parts | None:
        if looks_like_year(found.number) and _YEAR_BEFORE.search(self._text, max(0, found.start - 9), found.start):
            return None  # "from 1990 to 2000 dollars" is neither a range nor a sum for certain.
        is_approximate = self._is_approximate(found.start, found.end)
        amount = Amount(found.code, found.value, approximate=is_approximate)
        return Span(found.start, found.end), amount, f"number with {_how(found.currency)}"

    def _is_approximate(self, start: int, end: int) -> bool:
        before = self._words.about.search(self._text, max(0, start - _APPROXIMATE_REACH), start)
        return before is not None or self._words.after.match(self._text, end) is not None

    def _is_between(self, start: int, end: int | None = None) -> bool:
        """True behind "between", or in languages that say so, before it: "2 ile 3 milyon lira arasında"."""
        if self._words.between.search(self._text, max(0, start - _BETWEEN_REACH), start):
            return True
        return end is not None and self._words.between_after.match(self._text, end) is not None

    def _is_change(self, start: int) -> bool:
        before = max(0, start - _CHANGE_REACH)
        if _RANGING.search(self._text, before, start):
            return False
        if self._words.start.search(self._text, before, start):
            reach = max(0, start - _CHANGE_FROM_REACH)
            return self._words.change_from.search(self._text, reach, start) is not None
        return self._words.change.search(self._text, before, start) is not None


def _how(mark: CurrencyMatch) -> str:
    """Say in words how a currency is written."""
    return f"{'nationality and ' if mark.national else ''}{mark.written.value} of a currency"
