"""Cents beside their main unit: "3 dollars 50 cents", "a dollar and 42 cents", "£3 50p", "thirteen dollars forty"."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from index.normalize.money.currencies.finding import CurrencyMatch
from index.normalize.money.currency_table import Written
from index.normalize.money.records import Sum
from index.normalize.numbers import parse_number_words

__all__ = ["with_loose_minor", "with_minor", "with_unit_before"]

_AND = re.compile(r",?\s+(?:(?:and|und|et|y|e|en|con|i|и|і|та|ve)\s+)?")
# At the end of a sentence, the hundredths without their name: "15 dollars 50.", "thirteen dollars forty-five".
_SENTENCE_END = r"(?=[.!?]?\s*$|[.!?]\s)"
_LOOSE_MINOR = re.compile(
    rf"\s(?:(?:and|und|et|y|e|en|i|и|і|ve)\s)?(\d\d)(?:{_SENTENCE_END}|(?=[,;:)]\s\D))", re.MULTILINE
)
_SPOKEN_MINOR = re.compile(
    r"\s(?:and\s)?((?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?)"
    + _SENTENCE_END,
    re.MULTILINE | re.IGNORECASE,
)
# A letter for the hundredth, only after a main unit: "$20 and 43c", "£3 50p".
_LETTERED_MINOR = re.compile(r",?\s(?:and\s)?(\d\d?)\s?(?:[cp¢]|ct|gr)(?!\w)")
_AND_BEFORE = re.compile(r"\s+and\s+$")
_ARTICLE = re.compile(r"\ban?\s$", re.IGNORECASE)


def with_minor(text: str, found: Sum, sums: Sequence[Sum]) -> Sum:
    """Join cents to the main units before them: "3 dollars 50 cents" is one sum."""
    if not sums or found.currency.written is not Written.MINOR or found.currency.national:
        return found
    last = sums[-1]
    is_main = last.currency.written is not Written.MINOR and last.number.multiplier == 1
    between = _AND.fullmatch(text, last.end, found.start)
    if not is_main or not between or found.value >= 1 or last.value != last.value.to_integral_value():
        return found
    return replace(last, end=found.end, value=last.value + found.value)


def with_unit_before(text: str, found: Sum, by_end: Mapping[int, CurrencyMatch]) -> Sum:
    """Join cents to one main unit without a number: "a dollar and 42 cents"."""
    joined = _AND_BEFORE.search(text, max(0, found.start - 8), found.start)
    mark = by_end.get(joined.start()) if joined and found.currency.written is Written.MINOR else None
    article = _ARTICLE.search(text, max(0, mark.start - 4), mark.start) if mark else None
    if mark is None or article is None or mark.written is not Written.NAME or found.value >= 1:
        return found
    return replace(found, start=article.start(), value=found.value + 1, code=mark.code)


def with_loose_minor(text: str, found: Sum) -> Sum:
    """Join hundredths without a name: "15 dollars 50.", "$3 and fourteen.", "20 dollars and 43c"."""
    if found.currency.written is Written.MINOR or found.number.multiplier != 1 or found.value % 1:
        return found
    is_last = found.currency.end == found.end
    is_behind = is_last and found.currency.written in {Written.NAME, Written.CODE}
    digits = _LETTERED_MINOR.match(text, found.end) or (_LOOSE_MINOR.match(text, found.end) if is_last else None)
    loose = digits or _SPOKEN_MINOR.match(text, found.end)
    if loose is None or (digits is None and not is_behind and "and" not in loose[0]):
        return found
    minor = Decimal(loose[1]) if digits else parse_number_words(re.split(r"[\s-]", loose[1]))
    return found if minor is None else replace(found, end=loose.end(), value=found.value + minor.scaleb(-2))
