"""Find sums of money in a text, with exact decimals and ISO 4217 codes, ranges and vague amounts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.model import Amount, Span
from index.normalize.currencies import Currencies, CurrencyMatch, Written
from index.normalize.numbers import NumberMatch, find_numbers
from index.normalize.sums import Sum, find_sums

__all__ = ["AmountMatch", "Currencies", "find_amounts"]

_VAGUE = re.compile(
    r"(?<!\w)(?:"
    r"(?:(?:tens|hundreds|thousands|dozens|scores)\s+of\s+)?(?:hundreds|thousands|millions|billions|trillions)\s+of"
    r"|tens\s+of"
    r"|(?:several|many|some|a\s+few|few|a\s+couple(?:\s+of)?|a\s+couple\s+of|untold)"
    r"[\s-]+(?:hundred\s+)?(?:hundred|thousand|million|billion|trillion)s?(?:\s+of)?"
    r"|multi[\s-]?(?:hundred|thousand|million|billion|trillion)"
    r")[\s-]+$",
    re.IGNORECASE,
)
_VAGUE_REACH = 48
_NUMBER_REACH = 60  # "two hundred and fifty-six thousand seven hundred and twenty" has 56 characters.
_APPROXIMATE_BEFORE = re.compile(
    r"(?:(?:\b(?:about|around|some|nearly|almost|over|under|above|below|approximately|approx\.?|roughly|circa|"
    r"(?:more|less|fewer|greater|higher|lower)\s+than|up\s+to|at\s+(?:least|most)|close\s+to|as\s+(?:much|many)\s+as|"
    r"(?:an\s+)?estimated|in\s+excess\s+of|upwards?\s+of|north\s+of|exceed(?:s|ed|ing)?|no\s+(?:more|less)\s+than|"
    r"not\s+less\s+than|minimum\s+of|maximum\s+of|somewhere\s+near|in\s+the\s+region\s+of|on\s+the\s+order\s+of))\s+"
    r"|[~≈<>]\s?)(?:a\s+|an\s+|the\s+)?$",
    re.IGNORECASE,
)
_APPROXIMATE_AFTER = re.compile(r"\s?\+(?![\d\w])|\s+or\s+(?:so|more|less|thereabouts)\b|[\s-]plus\b", re.IGNORECASE)
_APPROXIMATE_REACH = 30
_DASH = re.compile(r"\s?[-–—‑]\s?")
_TO = re.compile(r"\s+(?:up\s+)?to\s+(?:about\s+|around\s+|nearly\s+|as\s+much\s+as\s+)?")
_AND = re.compile(r"\s+and\s+(?:about\s+|around\s+)?")
_OR = re.compile(r"\s+or\s+(?:even\s+|perhaps\s+|maybe\s+)?")
_BEFORE_UPPER_END = [(connector, re.compile(connector.pattern + "$")) for connector in (_DASH, _TO, _AND, _OR)]
_BETWEEN = re.compile(r"\bbetween\s+(?:about\s+|around\s+)?$", re.IGNORECASE)
# "rose $1.2 million to $5 million" and "raised from $5 to $7" name a change, not a range, unless something ranges.
_RANGING = re.compile(r"\b(?:rang\w+|anywhere|estimate[sd]?|vary\w*|varie[sd])\s+(?:\w+\s+)?from\s+$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:about\s+|around\s+)?$", re.IGNORECASE)
_CHANGING = (
    r"\b(?:r[io]se[ns]?|rising|f[ae]ll(?:s|en|ing)?|gain(?:s|ed|ing)?|lost|dropp?(?:s|ed|ing)?|climb(?:s|ed|ing)?|"
    r"jump(?:s|ed|ing)?|declin(?:es|ed|ing|e)|slip(?:s|ped|ping)?|up|down|off|(?:in|de)creas(?:e|es|ed|ing)|"
    r"advanc(?:e|es|ed|ing)|add(?:s|ed|ing)?|slid|plung(?:e|es|ed|ing)|soar(?:s|ed|ing)?|surg(?:e|es|ed|ing)|"
    r"tumbl(?:e|es|ed|ing)|cuts?|rais(?:e|es|ed|ing)|lower(?:s|ed|ing)?|tack(?:s|ed)?|eas(?:e|es|ed|ing)|"
    r"grew|gr[oe]w(?:s|n|ing)?|w[ei]nt|mov(?:e|es|ed|ing)|chang(?:e|es|ed|ing)|widen\w*|narrow\w*|reduc\w+|"
    r"improv\w+|boost\w*|revis\w+|doubl\w+|tripl\w+|higher|lower|expand\w*|shr[aiu]nk\w*|swing|swung|swell\w*)"
)
_CHANGE = re.compile(_CHANGING + r"\s+(?:\S+\s+){0,3}$", re.IGNORECASE)
_CHANGE_FROM = re.compile(_CHANGING + r"\b[^.;]*$", re.IGNORECASE)
_CHANGE_REACH, _CHANGE_FROM_REACH = 45, 90


@dataclass(frozen=True, slots=True)
class AmountMatch:
    """A sum of money, its position, and the rule that found it."""

    span: Span
    amount: Amount
    evidence: str


def find_amounts(text: str, currencies: Currencies) -> list[AmountMatch]:
    """Return every sum of money of the text, in order and disjoint.

    The span has the number and its currency, with a nationality when written ("two Jordanian dinars"), and both ends of
    a range; words such as "about" stay outside and set `approximate`. The unit that is paid for is outside too: "$50 a
    barrel" is 50 dollars.

    >>> from index.normalize.currencies import Currencies
    >>> row = {"code": "USD", "nouns": "dollar|dollars", "signs": "$", "minor": "cent|cents", "digits": "2"}
    >>> currencies = Currencies.from_rows([row])
    >>> [(match.span, str(match.amount.value)) for match in find_amounts("about $3.4-billion", currencies)]
    [(Span(start=6, end=18), '3400000000')]
    """
    marks = currencies.find(text)
    if not marks:
        return []
    vague = [match for mark in marks if (match := _vague(text, mark)) is not None]
    taken = [match.span for match in vague]
    numbers = [
        number
        for start, end in _surroundings(text, marks)
        for number in find_numbers(text, start, end)
        if not _is_inside(number.span, taken)
    ]
    sums = find_sums(text, numbers, marks, currencies)
    found = [*vague, *_with_ranges(text, sums, numbers)]
    found.sort(key=lambda match: match.span)
    return _disjoint(found)


def _surroundings(text: str, marks: Sequence[CurrencyMatch]) -> list[tuple[int, int]]:
    """Return the parts of the text around currencies that can hold their numbers, disjoint and cut between words."""
    parts: list[tuple[int, int]] = []
    for mark in marks:
        start = max(0, mark.start - _NUMBER_REACH)
        while start and not text[start - 1].isspace() and mark.start - start < 2 * _NUMBER_REACH:
            start -= 1
        end = min(len(text), mark.end + _NUMBER_REACH)
        while end < len(text) and not text[end].isspace() and end - mark.end < 2 * _NUMBER_REACH:
            end += 1
        if parts and start <= parts[-1][1]:
            start = parts.pop()[0]
        parts.append((start, end))
    return parts


def _vague(text: str, mark: CurrencyMatch) -> AmountMatch | None:
    """Read a currency without a number: "billions of dollars", "several million euros"."""
    if mark.written not in {Written.NAME, Written.MINOR, Written.CODE}:
        return None
    before = _VAGUE.search(text, max(0, mark.start - _VAGUE_REACH), mark.start)
    if before is None:
        return None
    amount = Amount(mark.code, None, approximate=True)
    return AmountMatch(Span(before.start(), mark.end), amount, "vague amount before the name of a currency")


def _with_ranges(text: str, sums: Sequence[Sum], numbers: Sequence[NumberMatch]) -> list[AmountMatch]:
    """Return the sums as amounts; two that are the ends of one range become one."""
    by_start = {found.start: found for found in sums}
    numbers_by_start = {number.span.start: number for number in numbers}
    number_before = _ends_of_bare_numbers(text, sums, numbers)
    matches: list[AmountMatch] = []
    done_to = 0
    for found in sums:
        if found.start < done_to:
            continue
        match = (
            _range_from_number(text, found, number_before)
            or _range_to_sum(text, found, by_start)
            or _range_to_number(text, found, numbers_by_start)
            or _single(text, found)
        )
        matches.append(match)
        done_to = match.span.end
    return matches


def _ends_of_bare_numbers(text: str, sums: Sequence[Sum], numbers: Sequence[NumberMatch]) -> dict[int, NumberMatch]:
    used = {found.number.span.start for found in sums}
    return {
        number.span.end: number
        for number in numbers
        if number.span.start not in used and text[max(0, number.span.start - 1)] != "/"
    }


def _range_from_number(text: str, high: Sum, number_before: dict[int, NumberMatch]) -> AmountMatch | None:
    """Read a range with a currency only at the upper end: "10-20 dollars", "between 5 and 7 million euros"."""
    if high.currency.start < high.number.span.start:
        return None
    for connector, ending in _BEFORE_UPPER_END:
        before = ending.search(text, max(0, high.start - 20), high.start)
        low = number_before.get(before.start()) if before else None
        if before is None or low is None or (connector is _AND and not _is_between(text, low.span.start)):
            continue
        if connector is _TO and _is_change(text, low.span.start):
            return None
        if connector is _OR and low.multiplier != 1:
            return None
        return _range(text, low.span.start, high.end, low, high.factor / high.number.multiplier, high)
    return None


def _range_to_sum(text: str, low: Sum, by_start: dict[int, Sum]) -> AmountMatch | None:
    """Read a range with a currency at both ends: "$500-$600 million", "$1.2bn to $1.5bn"."""
    high_start = _after_connector(text, low.start, low.end)
    high = by_start.get(high_start) if high_start else None
    if high is None or high.code != low.code:
        return None
    if _OR.match(text, low.end):
        is_before = low.currency.end <= low.number.span.start
        if not is_before or low.number.multiplier != 1 or high.number.multiplier == 1:
            return None  # "$5 or $6" are two prices; "$5 or $6 million" is a guess.
    return _range(text, low.start, high.end, low.number, low.factor / low.number.multiplier, high)


def _range_to_number(text: str, low: Sum, numbers_by_start: dict[int, NumberMatch]) -> AmountMatch | None:
    """Read a range with a currency only at the lower end: "$500-600 million", "between $5 and 7 billion"."""
    if low.currency.end > low.number.span.start:
        return None
    high_start = _after_connector(text, low.start, low.end)
    number = numbers_by_start.get(high_start) if high_start else None
    if number is None or number.is_words:
        return None
    is_tied = _DASH.fullmatch(text, low.end, number.span.start) or _is_between(text, low.start)
    if not is_tied and number.multiplier == 1:
        return None
    scale = low.factor / low.number.multiplier if low.number.multiplier != 1 else Decimal(1)
    high = Sum(
        low.start, number.span.end, number.value * scale, low.code, number.multiplier * scale, number, low.currency
    )
    return _range(text, low.start, number.span.end, low.number, scale, high)


def _after_connector(text: str, low_start: int, low_end: int) -> int | None:
    if dash := _DASH.match(text, low_end):
        return dash.end()
    if (to := _TO.match(text, low_end)) and not _is_change(text, low_start):
        return to.end()
    if (both := _AND.match(text, low_end)) and _is_between(text, low_start):
        return both.end()
    if either := _OR.match(text, low_end):
        return either.end()
    return None


def _range(text: str, start: int, end: int, low: NumberMatch, scale: Decimal, high: Sum) -> AmountMatch | None:
    """Build a range; a lower end without a multiplier takes that of the upper one: "$500-$600 million"."""
    value = low.value * scale
    if low.multiplier == 1 and high.number.multiplier > 1 and low.mantissa < high.number.mantissa:
        value = low.mantissa * high.number.multiplier * scale
    if value >= high.value:
        return None
    amount = Amount(high.code, _plain(value), _plain(high.value), _is_approximate(text, start, end))
    return AmountMatch(Span(start, end), amount, f"range with {_how(high.currency)}")


def _single(text: str, found: Sum) -> AmountMatch:
    amount = Amount(found.code, found.value, approximate=_is_approximate(text, found.start, found.end))
    return AmountMatch(Span(found.start, found.end), amount, f"number with {_how(found.currency)}")


def _how(mark: CurrencyMatch) -> str:
    word = mark.written.value
    return f"{'nationality and ' if mark.is_national else ''}{word} of a currency"


def _is_approximate(text: str, start: int, end: int) -> bool:
    before = _APPROXIMATE_BEFORE.search(text, max(0, start - _APPROXIMATE_REACH), start)
    return before is not None or _APPROXIMATE_AFTER.match(text, end) is not None


def _is_between(text: str, start: int) -> bool:
    return _BETWEEN.search(text, max(0, start - 20), start) is not None


def _is_change(text: str, start: int) -> bool:
    if _RANGING.search(text, max(0, start - _CHANGE_REACH), start):
        return False
    if _FROM.search(text, max(0, start - _CHANGE_REACH), start):
        return _CHANGE_FROM.search(text, max(0, start - _CHANGE_FROM_REACH), start) is not None
    return _CHANGE.search(text, max(0, start - _CHANGE_REACH), start) is not None


def _is_inside(span: Span, others: Sequence[Span]) -> bool:
    return any(other.start <= span.start < other.end for other in others)


def _disjoint(matches: Sequence[AmountMatch]) -> list[AmountMatch]:
    kept: list[AmountMatch] = []
    for match in matches:
        if not kept or match.span.start >= kept[-1].span.end:
            kept.append(match)
    return kept


def _plain(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
