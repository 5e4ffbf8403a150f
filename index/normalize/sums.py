"""Single sums of money: a number beside the sign, code or name of a currency, before ranges are read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.normalize.currencies import Currencies, CurrencyMatch, Written
from index.normalize.numbers import NumberMatch, parse_multiplier, parse_number_words

__all__ = ["Sum", "find_sums"]

_THOUSAND = Decimal(1000)
_LATE_MULTIPLIER = re.compile(
    r"\s(?:(mm|mn|bn|[kmb])(?![\w'’-])|((?:thousand|million|billion|trillion)s?)\b)", re.IGNORECASE
)
_MULTIPLIER_AFTER_CODE = re.compile(r"\s(thousand|million|billion|trillion|mln|bln|mn|bn)\b", re.IGNORECASE)
_AND = re.compile(r",?\s+(?:and\s+)?")
_GAP = re.compile(r"\s{1,2}|-\s?")
# At the end of a sentence, the hundredths without their name: "15 dollars 50.", "thirteen dollars forty-five".
_SENTENCE_END = r"(?=[.!?]?\s*$|[.!?]\s)"
_LOOSE_MINOR = re.compile(rf"\s(?:and\s)?(\d\d){_SENTENCE_END}", re.MULTILINE)
_SPOKEN_MINOR = re.compile(
    r"\s(?:and\s)?((?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?)"
    + _SENTENCE_END,
    re.MULTILINE | re.IGNORECASE,
)
# A letter for the hundredth, only after a main unit: "$20 and 43c", "£3 50p".
_LETTERED_MINOR = re.compile(r",?\s(?:and\s)?(\d\d?)\s?[cp¢](?!\w)")
_AND_BEFORE = re.compile(r"\s+and\s+$")
_ARTICLE = re.compile(r"\ban?\s$", re.IGNORECASE)
_BARE_SCALE = re.compile(r"(?:hundred|thousand|million|billion|trillion)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"\s*(?:[.,;:)\]]|$)")
_DETERMINER_BEFORE = re.compile(r"\b(?:the|an?|per|this|each|every|in)\s$", re.IGNORECASE)
_DESIGNATOR = re.compile(r"(?:[^\W\d_][-‑–/]?|±|\d/)$")
_WEIGHT_AFTER = re.compile(
    r"\s+(?:of\b|per\b|overweight|heavier|lighter|each\b)"
    r"|[^.;]{0,30}\b(?:bombs?|warheads?|explosives?|TNT|payload|thrust|ordnance|cargo|weight|heavier|lighter)\b"
)
_WEIGHT_BEFORE = re.compile(
    r"\b(?:weigh\w*|weight|los[et]|losing|gain\w*|heavy|payload|thrust|warheads?|bombs?|feet|foot|inch(?:es)?|tall)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_REACH = 60  # Characters on either side in which a word about weight makes pounds a weight.


@dataclass(frozen=True, slots=True)
class Sum:
    """One number with its currency. `code` is None when the currency is unknown; `number` is kept for ranges.

    `factor` is the multiplier from the mantissa of the number to `value`.
    """

    start: int
    end: int
    value: Decimal
    code: str | None
    factor: Decimal
    number: NumberMatch
    currency: CurrencyMatch


def find_sums(
    text: str, numbers: Sequence[NumberMatch], marks: Sequence[CurrencyMatch], currencies: Currencies
) -> list[Sum]:
    """Return every number that stands beside a currency, in order; no currency serves two numbers."""
    by_start = {mark.start: mark for mark in marks}
    by_end = {mark.end: mark for mark in marks}
    number_starts = {number.span.start for number in numbers}
    sure = {mark.code for mark in marks if mark.code and not mark.is_guarded}
    sums: list[Sum] = []
    free_from = 0
    for number in numbers:
        if number.span.start < free_from:
            continue
        found = _before(text, number, by_end, free_from, currencies) or _after(text, number, by_start, number_starts)
        if found is None or not _is_money(text, found, sure):
            continue
        found = _with_minor(text, _with_unit_before(text, found, by_end), sums)
        if found.start < free_from:
            sums.pop()
        sums.append(_with_loose_minor(text, found))
        free_from = sums[-1].end
    return sums


def _before(
    text: str, number: NumberMatch, by_end: dict[int, CurrencyMatch], free_from: int, currencies: Currencies
) -> Sum | None:
    """Read a sum with the currency before the number: "$5", "EUR 5", "Rs. 5", "dlrs 5 billion"."""
    start = number.span.start
    mark = by_end.get(start)
    if mark is None and start and text[start - 1] in " \u00a0-":
        mark = by_end.get(start - 1)
        if mark is not None and text[start - 1] == "-" and mark.written is not Written.SIGN:
            mark = None
    if mark is None or mark.start < free_from or mark.written is Written.MINOR:
        return None
    if mark.written is Written.NAME and number.multiplier < _THOUSAND and not _is_named_first(text, mark, number):
        return None
    if mark.written is Written.NAME and mark.is_guarded:
        return None
    if mark.is_guarded and mark.written is Written.CODE and number.multiplier < 10**6:
        return None
    end, factor = number.span.end, number.multiplier
    late = _LATE_MULTIPLIER.match(text, end) if factor == 1 else None
    if late:
        end = late.end()
        factor = parse_multiplier(late[1] or late[2]) or factor
    code, end = _restated(text, end, mark, currencies)
    factor *= mark.scale
    return Sum(mark.start, end, _plain(number.mantissa * factor), code, factor, number, mark)


def _is_named_first(text: str, mark: CurrencyMatch, number: NumberMatch) -> bool:
    """True for "fined rupees 500.", false for "the dollar 5 percent", "in dollars 2019" and "dollars three times"."""
    is_year = not number.is_grouped and 1900 <= number.mantissa < 2100
    is_price = not number.is_words and not is_year and _CLAUSE_END.match(text, number.span.end)
    return bool(is_price) and not _DETERMINER_BEFORE.search(text, max(0, mark.start - 8), mark.start)


def _restated(text: str, end: int, mark: CurrencyMatch, currencies: Currencies) -> tuple[str | None, int]:
    """Return currency and end when the currency is repeated after the number: "$5 million Canadian", "$10 USD"."""
    if mark.written is not Written.SIGN or text[end : end + 1] not in {" ", "\u00a0", "-"}:
        return mark.code, end
    again = currencies.at(text, end + 1)
    if again is not None and again.written in {Written.CODE, Written.NAME} and not again.is_guarded:
        same = again.code == mark.code or mark.noun == again.noun or again.written is Written.CODE
        if same and not text[again.end : again.end + 2].strip().isdigit():
            return again.code if again.is_national or again.written is Written.CODE else mark.code, again.end
    national = currencies.nationality(text, end + 1, mark.noun)
    if national and _CLAUSE_END.match(text, national[1]):
        return national
    return mark.code, end


def _after(text: str, number: NumberMatch, by_start: dict[int, CurrencyMatch], number_starts: set[int]) -> Sum | None:
    """Read a sum with the currency after the number: "5 dollars", "5 EUR", "5€", "12-cent"."""
    end = number.span.end
    mark = by_start.get(end)
    hyphenated = False
    gap = _GAP.match(text, end)
    if mark is None and gap:
        mark = by_start.get(gap.end())
        hyphenated = "-" in gap[0]
    if mark is None:
        return None
    in_number = mark.written in {Written.SIGN, Written.CODE, Written.SHORT} and mark.end in number_starts
    if in_number or (hyphenated and mark.written is not Written.NAME and mark.written is not Written.MINOR):
        return None
    if _DESIGNATOR.search(text, max(0, number.span.start - 2), number.span.start):
        return None
    if hyphenated and mark.is_guarded and number.multiplier < _THOUSAND:
        return None
    if number.is_words and _BARE_SCALE.match(text, number.span.start):
        return None  # "the million dollar question", "Million Dollar Baby".
    stop, factor = mark.end, number.multiplier
    late = _MULTIPLIER_AFTER_CODE.match(text, stop) if mark.written is Written.CODE and factor == 1 else None
    if late:
        stop = late.end()
        factor = parse_multiplier(late[1]) or factor
    factor *= mark.scale
    start = number.span.start
    if hyphenated and text[start : start + 2].lower() == "a ":
        start += 2  # The article of "a million-dollar home" belongs to the home.
    return Sum(start, stop, _plain(number.mantissa * factor), mark.code, factor, number, mark)


def _is_money(text: str, found: Sum, sure: set[str]) -> bool:
    """False for numbers beside a word that is a currency only sometimes: "3 won", "500 pounds of explosives"."""
    mark = found.currency
    if not mark.is_guarded or mark.is_national or mark.written is Written.SIGN:
        return True
    if mark.noun in {"pound", "pounds", "quid"}:
        if mark.noun == "pound" and found.number.multiplier == 1 and found.number.mantissa != 1:
            return False  # "a twenty pound bag".
        reach = slice(max(0, found.start - _REACH), found.start)
        is_weight = _WEIGHT_AFTER.match(text, found.end) or _WEIGHT_BEFORE.search(text[reach])
        return not is_weight or ("GBP" in sure and found.number.multiplier >= 10**6)
    written_large = found.number.multiplier >= _THOUSAND or (
        found.number.is_grouped and found.number.mantissa >= _THOUSAND
    )
    return written_large or (mark.code is not None and mark.code in sure and mark.written is Written.NAME)


def _with_minor(text: str, found: Sum, sums: Sequence[Sum]) -> Sum:
    """Join cents to the main units before them: "3 dollars 50 cents" is one sum."""
    if not sums or found.currency.written is not Written.MINOR or found.currency.is_national:
        return found
    last = sums[-1]
    is_main = last.currency.written is not Written.MINOR and last.number.multiplier == 1
    between = _AND.fullmatch(text, last.end, found.start)
    if not is_main or not between or found.value >= 1 or last.value != last.value.to_integral_value():
        return found
    return replace(last, end=found.end, value=last.value + found.value)


def _with_unit_before(text: str, found: Sum, by_end: dict[int, CurrencyMatch]) -> Sum:
    """Join cents to one main unit without a number: "a dollar and 42 cents"."""
    joined = _AND_BEFORE.search(text, max(0, found.start - 8), found.start)
    mark = by_end.get(joined.start()) if joined and found.currency.written is Written.MINOR else None
    article = _ARTICLE.search(text, max(0, mark.start - 4), mark.start) if mark else None
    if mark is None or article is None or mark.written is not Written.NAME or found.value >= 1:
        return found
    return replace(found, start=article.start(), value=found.value + 1, code=mark.code)


def _with_loose_minor(text: str, found: Sum) -> Sum:
    """Join hundredths without a name: "15 dollars 50.", "$3 and fourteen.", "20 dollars and 43c"."""
    if found.currency.written is Written.MINOR or found.number.multiplier != 1 or found.value % 1:
        return found
    is_behind = found.currency.end == found.end and found.currency.written in {Written.NAME, Written.CODE}
    digits = _LETTERED_MINOR.match(text, found.end) or (_LOOSE_MINOR.match(text, found.end) if is_behind else None)
    loose = digits or _SPOKEN_MINOR.match(text, found.end)
    if loose is None or (digits is None and not is_behind and "and" not in loose[0]):
        return found
    minor = Decimal(loose[1]) if digits else parse_number_words(re.split(r"[\s-]", loose[1]))
    return found if minor is None else replace(found, end=loose.end(), value=found.value + minor.scaleb(-2))


def _plain(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
