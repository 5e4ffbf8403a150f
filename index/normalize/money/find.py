"""Find sums of money in a text: exact decimals with ISO 4217 codes, ranges and vague amounts."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.model import Amount, Span
from index.normalize.money.currencies.finding import CurrencyMatch
from index.normalize.money.currencies.owners import Owners
from index.normalize.money.grammar import MoneyGrammar
from index.normalize.money.numbers.numerals import Numeral, NumeralReader, find_local_numerals, find_numerals
from index.normalize.money.numbers.scales import Scales
from index.normalize.money.numbers.small_words import LanguageWords
from index.normalize.money.ranges import read_ranges
from index.normalize.money.records import MoneyText
from index.normalize.money.sums import find_sums
from index.normalize.money.vague import vague_start

__all__ = ["AmountMatch", "find_amounts"]

_WORD_BEFORE = re.compile(r"(\w+)\.?[\s\u00a0]{1,2}$")
_WORD_REACH = 32
_NUMBER_REACH = 60  # "two hundred and fifty-six thousand seven hundred and twenty" has 56 characters.


@dataclass(frozen=True, slots=True)
class AmountMatch:
    """A sum of money, its position, and the rule that found it."""

    span: Span
    amount: Amount
    evidence: str


def find_amounts(text: str, grammar: MoneyGrammar, *, language: str | None = None) -> list[AmountMatch]:
    """Return every sum of money of the text, in order and disjoint.

    The span has the number and its currency, with a nationality when written ("two Jordanian dinars"), and both ends of
    a range; words such as "about" stay outside and set `approximate`. The unit that is paid for is outside too: "$50 a
    barrel" is 50 dollars. `language`, an ISO 639-1 code, decides what differs: "1,234" is a fraction in German. What
    cannot be read whole, or may mean two things, is left out.

    >>> rows = {"currencies": [{"code": "USD", "signs": "$"}], "scales": [{"power": "9", "words": "billion"}]}
    >>> grammar = MoneyGrammar.from_packs(lambda table: rows.get(table, ()))
    >>> [(match.span, str(match.amount.value)) for match in find_amounts("about $3.4-billion", grammar)]
    [(Span(start=6, end=18), '3400000000')]
    """
    marks = grammar.currencies.find(text)
    if not marks:
        return []
    owners = Owners(text, language, marks, grammar.currencies)
    words = grammar.words.of_language(language)
    vague = [
        AmountMatch(
            Span(start, mark.end),
            Amount(owners.code_of(mark), None, approximate=True),
            "vague amount before the name of a currency",
        )
        for mark in marks
        if (start := vague_start(text, mark)) is not None
    ]
    numerals = [
        numeral
        for start, end in _surroundings(text, marks)
        for numeral in _find_numerals(text, start, end, words, grammar.scales)
        if not any(match.span.start <= numeral.start < match.span.end for match in vague)
    ]
    if not numerals:
        return vague
    worded = [numeral for numeral in numerals if numeral.needs_scale]
    if worded:  # The "cent" of "cinq cent mille euros" is a part of the number.
        ends = [numeral.end for numeral in worded]
        marks = [mark for mark in marks if not _is_inside(mark, worded, ends)]
    money = MoneyText(
        text=text,
        language=language,
        numerals=numerals,
        marks=marks,
        currencies=grammar.currencies,
        reader=NumeralReader(text, language, grammar.scales, grammar.words.decimal_marks, words.half),
        owners=owners,
        words=words,
    )
    found = [*vague, *(AmountMatch(*parts) for parts in read_ranges(money, find_sums(money)))]
    found.sort(key=lambda match: match.span)
    return _disjoint(found)


def _is_inside(mark: CurrencyMatch, worded: Sequence[Numeral], ends: Sequence[int]) -> bool:
    place = bisect_right(ends, mark.start)
    return place < len(worded) and worded[place].start <= mark.start


def _find_numerals(text: str, start: int, end: int, words: LanguageWords, scales: Scales) -> list[Numeral]:
    found = find_numerals(text, start, end)
    local = find_local_numerals(text, start, end, words.numbers) if words.numbers is not None else []
    bare = list(_find_bare_scales(text, start, end, words, scales))
    if not local and not bare:
        return found
    own = [numeral for numeral in found if not any(other.start <= numeral.start < other.end for other in local)]
    return sorted([*own, *local, *bare], key=lambda numeral: numeral.start)


def _find_bare_scales(text: str, start: int, end: int, words: LanguageWords, scales: Scales) -> Iterator[Numeral]:
    """Yield a one before each scale that has no number: "миллион рублей", "около миллиона рублей"."""
    for pattern, is_behind_about in ((words.bare, False), (words.bare_about, True)):
        for match in pattern.finditer(text, start, end) if pattern is not None else ():
            at = match.start()
            before = _WORD_BEFORE.search(text, max(0, at - _WORD_REACH), at)
            word = before[1].lower() if before else ""
            is_number = word[-1:].isdecimal() or word in scales or (words.numbers and word in words.numbers.values)
            reach = max(0, at - _WORD_REACH)
            is_fit = not is_behind_about or words.about.search(text, reach, at) or words.start.search(text, reach, at)
            if not is_number and is_fit:
                yield Numeral(at, at, "0", Decimal(1), needs_scale=True)


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


def _disjoint(matches: Sequence[AmountMatch]) -> list[AmountMatch]:
    kept: list[AmountMatch] = []
    for match in matches:
        if not kept or match.span.start >= kept[-1].span.end:
            kept.append(match)
    return kept
