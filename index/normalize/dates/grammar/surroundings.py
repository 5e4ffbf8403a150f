"""English words around a number, a month or a weekday that decide whether it is a date or part of a name."""

import re
from functools import lru_cache

from index.normalize.alternatives import one_of
from index.normalize.dates.language_tables import read_table

__all__ = [
    "comes_before_event",
    "comes_before_name",
    "is_capitalized_name",
    "is_first_name",
    "is_in_holiday_name",
    "is_in_month_name",
    "is_in_weekday_name",
    "is_no_year",
    "words_of",
]

# A plural after a bare number makes it a count ("2000 troops"), unless the word is one that a date goes before.
_COUNTED_AFTER = re.compile(
    r"\s+(?!(?:and|or|to|in|on|at|by|when|as|with|was|were|is|are|had|has|the|a|that|he|she|it|they|but|after|before|"
    r"until|under|for|from|of|between|during|there|where|which|who|because|since|while|although|if|his|her|its|"
    r"their|this|against|over|onwards|levels|prices|season|edition|elections?|sanctions|talks|protests|games|finals|"
    r"[a-z]+ly)\b)"
    r"(?:[a-z]+s|people|men|women|children|personnel|staff|police|percent)\b"
)
_MEASURED_AFTER = re.compile(
    r"\s?(?:%|percent|per\s+cent|km|miles|m\b|kg|mph|feet|ft|dollars|dlrs|mln|million|billion)|[./]\d|-\w+-|-(?:word|strong|odd|plus|seat|member|page|room|year|mile|met(?:re|er)|foot|kilomet(?:re|er)|km|ton|tonne|"
    r"acre|pound|man|person|bed|bedroom|step|piece|watt|calorie|unit|home|point|kg|dollar|euro)\b"
)
# "1530 local time", "1000 to 1030 hrs", "1945 hours"
_CLOCK_AFTER = re.compile(
    r"(?:\s?(?:to|and|or|until|till|-|–|/)\s?\d{4})?\s?(?:hours\b|hrs?\b|h\b|Z\b|local\s+time\b|GMT\b|UTC\b|[A-Z]{2,4}T\b)"
)
_RANGE_AFTER = re.compile(r"\s?(?:and|to|or|[-–])\s?\d{4}(?!\d)")
_YEARS_AFTER = re.compile(r"[-–](\d{4})(?![\d/.-])")
_YEARS_BEFORE = re.compile(r"(?<![\d/.-])(\d{4})[-–/]$")
_OF_UNION = re.compile(r"\s?\([A-Z]{2,4}\)\s$")  # "Regulation (EU) 2016/679"
_PAGES_BEFORE = re.compile(r"\d:\s?$")  # "Nature 2015; 518: 1990–1995"
_COUNT_BEFORE = re.compile(
    r"\b(?:population|total|elevation|altitude|height|depth|capacity|attendance|crowd)\s+of\s$", re.IGNORECASE
)
_LEVEL_AFTER = re.compile(r"\s+(?:levels?|prices?|rates?|dollars|constant|values?|terms|exchange|standards)\b")
# Figures after a dash or slash are a year after another one only ("1998-2003"), not in a telephone number.
_JOINED, _YEAR_BEFORE = frozenset("-/.–"), re.compile(r"(?<!\d)\d{4}s?[-/–]$")
_SIGNS = frozenset("$€£¥#№§")
_LONGEST_WORD = 24
_NAME_BEFORE = re.compile(r"(?:^|[\s(“\"‘'’/-])([A-Z][\w&-]*+(?:['’](?!s )\w+)?+) $")
_CAPITALIZED_AFTER = re.compile(r"\s([A-Z][a-z’'-]+)")
_FIRST_LIKELY_YEAR, _LAST_LIKELY_YEAR = 1500, 2049
_FIRST_MODERN_YEAR = 1900
# Words between which and a name of a month nothing but a date is meant: "in April President Li said".
_SURELY_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|during|last|this|next|late|early|mid|the|each|every|through)[\s-]+$", re.IGNORECASE
)
_WALKED_AFTER = re.compile(r"\s(?:to|on|of|against|for|through|from|towards?|in)\b")
_THE_BEFORE = re.compile(r"\bthe\s$", re.IGNORECASE)


@lru_cache(maxsize=32)
def words_of(kind: str) -> tuple[str, ...]:
    """Return the words of a kind in the table `english`."""
    return tuple(word for row_kind, _, forms in read_table("english") if row_kind == kind for word in forms)


@lru_cache(maxsize=32)
def _set_of(kind: str) -> frozenset[str]:
    return frozenset(words_of(kind))


def _last_word(left: str) -> str:
    """Return the word directly before, in lower case, without brackets and quotes before it."""
    words = left[-_LONGEST_WORD:].rsplit(None, 1)
    return words[-1].lstrip("([\"'“‘").lower() if words else ""


def _is_capital_before(kind: str, left: str) -> bool:
    words = left[-_LONGEST_WORD:].rsplit(None, 1) if left.endswith(" ") else []
    return bool(words) and words[-1][:1].isupper() and words[-1].lower() in _set_of(kind)


@lru_cache(maxsize=32)
def _capitals_after(kind: str) -> re.Pattern[str]:
    words = [*(word.title() for word in words_of(kind)), *(word.upper() for word in words_of(kind))]
    return re.compile(rf"\s(?:{one_of(words)})(?!\w)")


def is_no_year(number: int, left: str, right: str) -> bool:
    """True when a bare number of four figures is a time, a count, a sum, or the number or name of something.

    >>> is_no_year(2010, "in Room ", " of"), is_no_year(2030, "its Vision ", "."), is_no_year(2010, "In ", ", he")
    (True, True, False)
    """
    last, word = left[-1:], _last_word(left)
    if last in _JOINED and not _YEAR_BEFORE.search(left):
        return True
    if last in _SIGNS or (word and word[-1] in _SIGNS):
        return True
    if word in _set_of("numbered") or _is_count(right):
        return True
    if (after := _YEARS_AFTER.match(right)) and int(after[1]) <= number:
        return True  # "led 1812-1645"
    if before := _YEARS_BEFORE.search(left):
        first = _OF_UNION.sub(" ", left[: before.start()])
        if int(before[1]) >= number or _PAGES_BEFORE.search(first) or _last_word(first) in _set_of("numbered"):
            return True
    if _PAGES_BEFORE.search(left) or _COUNT_BEFORE.search(left):
        return True
    if (other := _RANGE_AFTER.match(right)) and _is_count(right[other.end() :]):
        return True
    is_clock = number // 100 <= 24 and number % 100 < 60
    if is_clock and (_CLOCK_AFTER.match(right) or (word == "at" and not _LEVEL_AFTER.match(right))):
        return True
    if word in _set_of("counted") or (word == "than" and number % 10 == 0):
        return True
    is_opened = word.rstrip(".-") in _set_of("opener")
    if (not is_opened and is_capitalized_name(left)) or _capitals_after("plan").match(right):
        return True
    return not _FIRST_LIKELY_YEAR <= number <= _LAST_LIKELY_YEAR and not is_opened


def _is_count(right: str) -> bool:
    return bool(_COUNTED_AFTER.match(right) or _MEASURED_AFTER.match(right))


def is_capitalized_name(left: str) -> bool:
    """True when the word before is a name, not the first word of a sentence or a title that dates go after."""
    name = _NAME_BEFORE.search(left)
    return name is not None and name[1].lower() not in _set_of("opener")


def is_first_name(month: str, left: str, right: str) -> bool:
    """True when a name of a month is somebody's first name: "said April Jones", but "in April President Li said"."""
    if month.lower() not in words_of("first_name") or _SURELY_BEFORE_MONTH.search(left):
        return False
    return _CAPITALIZED_AFTER.match(right) is not None


def comes_before_name(right: str) -> bool:
    """True when a name follows: "the Winter Olympics"."""
    return _CAPITALIZED_AFTER.match(right) is not None


def is_in_month_name(month: str, left: str, right: str) -> bool:
    """True for names such as "Black September" and "the October Revolution", and for "the March on Rome"."""
    if month.lower() == "march" and _THE_BEFORE.search(left) and _WALKED_AFTER.match(right):
        return True
    return bool(_is_capital_before("month_name", left) or _capitals_after("month_event").match(right))


def is_in_weekday_name(left: str, right: str) -> bool:
    """True for names such as "Bloody Sunday", and newspapers such as "the Sunday Times" and "The Mail on Sunday"."""
    if _is_capital_before("weekday_name", left) or left.endswith("Mail on "):
        return True
    if _capitals_after("newspaper").match(right):
        return True
    also = _capitals_after("newspaper_too").match(right)
    return also is not None and bool(_THE_BEFORE.search(left)) and not re.match(r"\s[A-Z]", right[also.end() :])


def is_in_holiday_name(right: str) -> bool:
    """True for names such as "Easter Island" and "the Good Friday Agreement"."""
    return _capitals_after("holiday_name").match(right) is not None


def comes_before_event(right: str) -> bool:
    """True when something that happens in a season follows: "summer offensive".

    >>> comes_before_event(" offensive of"), comes_before_event(" wheat")
    (True, False)
    """
    return _event_after().match(right) is not None


@lru_cache(maxsize=1)
def _event_after() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{one_of(words_of('event'))})(?!\w)", re.IGNORECASE)
