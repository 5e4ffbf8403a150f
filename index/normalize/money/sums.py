"""Single sums of money: a number beside the sign, code or name of a currency, before ranges are read."""

import re
from bisect import bisect_left
from decimal import Decimal

from msgspec.structs import replace

from index.normalize.money.currencies.finding import CurrencyMatch
from index.normalize.money.currencies.openings import is_unspaced
from index.normalize.money.currency_table import Written
from index.normalize.money.minor_units import with_loose_minor, with_minor, with_unit_before
from index.normalize.money.numbers.figures import BLANKS
from index.normalize.money.numbers.numerals import Number, plain_decimal
from index.normalize.money.records import MoneyText, Sum
from index.normalize.money.refusals import is_money, is_named_first

__all__ = ["find_sums"]

_THOUSAND = Decimal(1000)
_HUNDRED = Decimal(100)
_GAP = re.compile(rf"(?:[\s{BLANKS}]{{1,2}}|[-‑]\s?)")
_STOP_GAP = re.compile(rf"\.(?:[\s{BLANKS}]{{1,2}}|[-‑])?")
_BLANKS = frozenset(BLANKS)
_BESIDE = frozenset(f"{BLANKS}-")
_ARTICLE_SCALE = re.compile(r"(?:hundred|thousand|million|billion|trillion)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"\s*(?:[.,;:)\]]|$)")
_DESIGNATOR = re.compile(r"(?:[^\W\d_][-‑–/]?|±|\d[:/])$")
# A letter that is a word: "and 5 million", "about 3 million".
_LETTER_WORD = re.compile(r"(?<![^\W_])(?:[בכלמוהש]{1,2}[-‑־]|[وبل]{1,2})$")
_SCALED_BEFORE = re.compile(r"\d(?:k|mn?|mln|bn?|bln|tn|trn)[-‑–]$", re.IGNORECASE)  # "500m-600m euros"
_HYPHENED_TO = re.compile(r"(?<=[\d\w])-to-$")  # "5-to-10-dollar tickets"
_CENTS = re.compile(r"\d\d(?![\w%]|[.,:/]\d)")
_LETTERS_BEHIND = re.compile(r"(?P<gap>[\s-]?)(?P<word>[^\W\d_]+)")
_FEW_LETTERS = 3
# Glued to a price in advertisements ("£500pcm") and by slips ("$5for").
# fmt: off
_UNITS_BEHIND = frozenset(
    ("a", "an", "and", "are", "as", "at", "but", "by", "c", "ea", "for", "g", "in", "is", "kg", "l", "lb", "of", "on",
     "or", "p", "pa", "pcm", "per", "ph", "pm", "pp", "pw", "s", "sq", "the", "to", "was", "x")
)
# fmt: on
_SCALE_REACH = 32  # Characters between a number and its currency: "million crores d'".
_MOST_PARTS = 4
_LEFT = frozenset({Written.SIGN, Written.CODE, Written.SHORT})
_WORDS = frozenset({Written.NAME, Written.MINOR})


def find_sums(money: MoneyText) -> list[Sum]:
    """Return every number that stands beside a currency, in order; no currency serves two numbers."""
    return _SumFinder(money).find()


class _SumFinder:
    def __init__(self, money: MoneyText) -> None:
        self._money = money
        self._text = money.text
        self._by_start = {mark.start: mark for mark in money.marks}
        self._by_end = {mark.end: mark for mark in money.marks}
        self._mark_starts = [mark.start for mark in money.marks]
        self._number_starts = {numeral.start for numeral in money.numerals}

    def find(self) -> list[Sum]:
        sums: list[Sum] = []
        free_from = 0
        for position, numeral in enumerate(self._money.numerals):
            if numeral.start < free_from:
                continue
            start = numeral.start
            is_behind = start in self._by_end or start - 1 in self._by_end
            found = self._checked(self._before(position, free_from)) if is_behind else None
            found = found or self._checked(self._after(position))
            if found is None:
                continue
            if found.currency.written is Written.MINOR:
                found = with_minor(self._text, with_unit_before(self._text, found, self._by_end), sums)
            if found.start < free_from:
                sums.pop()
            sums.append(with_loose_minor(self._text, found))
            free_from = sums[-1].end
        return sums

    def _checked(self, found: Sum | None) -> Sum | None:
        money = self._money
        if found is None or is_money(
            self._text, found, owners=money.owners, language=money.language, words=money.words
        ):
            return found
        return None

    def _before(self, position: int, free_from: int) -> Sum | None:
        """Read a sum with the currency before the number: "$5", "EUR 5", "Rs. 5", "dlrs 5 billion"."""
        numeral = self._money.numerals[position]
        mark = self._left_mark(numeral.start)
        if mark is None or mark.start < free_from or mark.written is Written.MINOR:
            return None
        number = self._money.read(numeral, mark)
        if number is None or (number.is_words and _ARTICLE_SCALE.match(self._text, number.start)):
            return None  # "(in US$ million)" is a unit of a table.
        slash = mark.start - 1
        if self._text[slash : mark.start] == "/" and slash in self._by_end and slash != free_from:
            return None  # "USD/JPY 110.5" is a rate, "5 million euros/$6 million" two sums.
        if mark.written is Written.NAME and not is_named_first(self._text, mark, number):
            return None
        if self._has_unknown_scale(number):
            return None
        number = self._extended(position, number, mark)
        code, end = self._restated(number.end, mark)
        start = mark.start
        if mark.written is Written.SIGN and (whose := self._code_before(mark, free_from)):
            start, code = whose.start, whose.code
        return _sum(start, end, number, mark, code)

    def _left_mark(self, start: int) -> CurrencyMatch | None:
        mark = self._by_end.get(start)
        if mark is not None or not start:
            return mark
        before = self._text[start - 1]
        mark = self._by_end.get(start - 1) if before in _BESIDE else None
        return mark if mark is not None and (before in _BLANKS or mark.written is Written.SIGN) else None

    def _code_before(self, sign: CurrencyMatch, free_from: int) -> CurrencyMatch | None:
        """Return the code before a sign that says whose it is: "AUD $5", "EUR€5"."""
        before = self._by_end.get(sign.start)
        if before is None and self._text[sign.start - 1 : sign.start] == " ":
            before = self._by_end.get(sign.start - 1)
        is_code = before is not None and before.written is Written.CODE and before.start >= free_from
        return before if is_code else None

    def _restated(self, end: int, mark: CurrencyMatch) -> tuple[str | None, int]:
        """Return currency and end when the currency is repeated after the number: "$5 million Canadian", "$10 USD"."""
        code = self._money.owners.code_of(mark)
        if mark.written is not Written.SIGN or self._text[end : end + 1] not in _BESIDE:
            return code, end
        currencies = self._money.currencies
        joined = self._money.words.of.match(self._text, end)
        again = currencies.at(self._text, joined.end() if joined is not None else end + 1)
        if again is not None and again.written in {Written.CODE, Written.NAME} and not again.is_guarded:
            is_code = again.written is Written.CODE
            codes = set(again.unit.codes)
            is_same = is_code or not codes.isdisjoint(mark.unit.codes)
            of_sign = currencies.table.sign_codes.get(self._text[mark.start : mark.end], frozenset())
            if not is_same and not codes.isdisjoint(of_sign):
                return self._money.owners.code_of(again), again.end  # "$5,000 pesos"
            if is_same and not self._text[again.end : again.end + 2].strip().isdigit():
                return again.code if again.national or is_code else code, again.end
        shared = currencies.table.nouns.get(currencies.table.first_nouns.get(code or "", ""))
        national = currencies.nationality(self._text, end + 1, shared) if shared else None
        if national and _CLAUSE_END.match(self._text, national[1]):
            return national
        return code, end

    def _after(self, position: int) -> Sum | None:
        """Read a sum with the currency after the number: "5 dollars", "5 EUR", "5€", "12-cent"."""
        text, numeral = self._text, self._money.numerals[position]
        mark = self._next_mark(numeral.end)
        if mark is None or not self._money.reader.may_reach(numeral, mark.start):
            return None
        number = self._money.read(numeral, mark, limit=mark.start)
        if number is None or self._is_torn(position, number):
            return None
        number = self._extended(position, number, mark, limit=mark.start)
        gap = self._gap(number, mark)
        if gap is None or self._is_designator(number):
            return None
        is_hyphenated = "-" in gap or "‑" in gap
        if mark.written in _LEFT and mark.end in self._number_starts:
            return self._divided(number, mark)
        if is_hyphenated and (mark.written not in _WORDS or (mark.is_guarded and number.multiplier < _THOUSAND)):
            return None
        if number.is_words and _ARTICLE_SCALE.match(text, number.start):
            return None  # "the million dollar question", "Million Dollar Baby".
        start, end, factor = number.start, mark.end, Decimal(1)
        if mark.written is Written.CODE and number.multiplier == 1 and text[end : end + 1] in _BLANKS:
            end, factor = self._money.reader.read_scale(end, mark.unit.codes)
        if is_hyphenated and text[start : start + 2].lower() == "a ":
            start += 2  # The article of "a million-dollar home" belongs to the home.
        return _sum(start, end, number, mark, self._money.owners.code_of(mark), late=factor)

    def _divided(self, number: Number, mark: CurrencyMatch) -> Sum | None:
        """Read a sign that stands where the decimal mark would: "12€50"."""
        if mark.written is not Written.SIGN or number.end != mark.start or not number.is_plain:
            return None
        cents = _CENTS.match(self._text, mark.end)
        if cents is None or self._money.reader.read_scale(cents.end(), mark.unit.codes)[1] != 1:
            return None
        whole = replace(number, value=number.value + Decimal(cents[0]) / _HUNDRED, is_grouped=True)
        return _sum(number.start, cents.end(), whole, mark, self._money.owners.code_of(mark))

    def _has_unknown_scale(self, number: Number) -> bool:
        """True for letters behind a number that may multiply it and are no known scale: "$5q", "$5 zillion"."""
        letters = _LETTERS_BEHIND.match(self._text, number.end)
        if letters is None or letters.end() in self._by_end or letters.start("word") in self._by_start:
            return False
        word = letters["word"].lower()
        if is_unspaced(word):
            return False
        if letters["gap"]:
            return word.rstrip("s").endswith("illion")
        return (len(word) <= _FEW_LETTERS or word in self._money.reader.scales) and word not in _UNITS_BEHIND

    def _is_designator(self, number: Number) -> bool:
        """True for the 400 of "S-400 dollars" and the 2 of "1:2 dollars"."""
        found = _DESIGNATOR.search(self._text, max(0, number.start - 2), number.start)
        if found is None or is_unspaced(found[0]) or _HYPHENED_TO.search(self._text, 0, number.start):
            return False
        if _LETTER_WORD.search(self._text, max(0, number.start - 4), number.start):
            return False
        return not _SCALED_BEFORE.search(self._text, max(0, number.start - 6), number.start)

    def _next_mark(self, position: int) -> CurrencyMatch | None:
        place = bisect_left(self._mark_starts, position)
        mark = self._money.marks[place] if place < len(self._mark_starts) else None
        return mark if mark is not None and mark.start - position <= 2 * _SCALE_REACH else None

    def _gap(self, number: Number, mark: CurrencyMatch) -> str | None:
        """Return what stands between a number and the currency after it; None for more than a gap."""
        text, end = self._text, number.end
        if end == mark.start:
            return ""
        patterns = [_GAP]
        if number.multiplier != 1:
            patterns += [self._money.words.of, *([_STOP_GAP] if number.is_short else [])]
        for pattern in patterns:
            gap = pattern.match(text, end)
            if gap is not None and gap.end() == mark.start:
                is_sentence = gap[0][0] == "." and not number.languages and text[mark.start].isupper()
                return None if is_sentence and mark.written in _WORDS else gap[0]
        return None

    def _is_torn(self, position: int, number: Number) -> bool:
        """True for the 300 of "25 million 300 dollars", which cannot be read whole."""
        if not position or self._text[number.start - 1] not in _BLANKS:
            return False
        numeral = self._money.numerals[position - 1]
        before = self._money.read(numeral)
        if before is None:  # The 500 of "bin 500 lira" and "mil 500 pesos".
            return numeral.needs_scale and numeral.end == number.start - 1 and numeral.extra >= _THOUSAND
        is_beside = before.end == number.start - 1 and before.multiplier >= _THOUSAND
        return is_beside and self._left_mark(numeral.start) is None

    def _extended(self, position: int, number: Number, mark: CurrencyMatch, *, limit: int | None = None) -> Number:
        """Add the parts that follow: "25 million, 300 thousand dollars", "Rs 5 crore 20 lakh", "1億2000万円"."""
        whole = last = number
        if number.multiplier < _THOUSAND:
            return number
        for numeral in self._money.numerals[position + 1 : position + _MOST_PARTS]:
            if limit is not None and numeral.start >= limit:
                break
            if numeral.start < whole.end:
                continue
            part = self._money.read(numeral, mark, limit=limit)
            if part is None or not self._continues(last, part, is_after=limit is not None):
                break
            if limit is None and (after := self._next_mark(part.end)) and self._gap(part, after) is not None:
                break
            whole = _added(whole, part)
            last = part
        return whole

    def _continues(self, number: Number, part: Number, *, is_after: bool) -> bool:
        gap = self._text[number.end : part.start]
        if number.is_short and gap.startswith(". "):
            gap = gap[1:]  # "1 млрд. 200 млн рублей"
        if number.multiplier < _THOUSAND or number.is_words != part.is_words:
            return False
        if _is_thousands_of(number, part):
            return gap == " "
        if part.value >= number.multiplier:
            return False
        is_scaled = part.multiplier >= _THOUSAND
        if gap == "" or gap in _BLANKS:
            is_other = bool(number.languages) or is_scaled
            return is_other or (part.is_grouped and part.value >= _THOUSAND)
        if gap.startswith(","):
            is_round = is_scaled or (part.is_words and part.multiplier >= _HUNDRED)
            return is_after and is_round and gap.strip() == ","
        return is_scaled and self._money.words.plus.fullmatch(gap) is not None


def _is_thousands_of(number: Number, part: Number) -> bool:
    """True for "3 mil 500 millones": 3,500 millions."""
    is_thousand = number.multiplier == _THOUSAND and bool(number.languages)
    return is_thousand and part.multiplier > _THOUSAND and part.mantissa < _THOUSAND


def _added(number: Number, part: Number) -> Number:
    if _is_thousands_of(number, part):
        mantissa = number.value + part.mantissa
        value, multiplier = mantissa * part.multiplier, part.multiplier
    else:
        value, multiplier = number.value + part.value, number.multiplier
        mantissa = value / multiplier
    return Number(
        number.start,
        part.end,
        plain_decimal(value),
        mantissa,
        multiplier,
        is_grouped=True,
        is_words=number.is_words,
        is_short=part.is_short,
        languages=number.languages | part.languages,
    )


def _sum(
    start: int, end: int, number: Number, mark: CurrencyMatch, code: str | None, *, late: Decimal = Decimal(1)
) -> Sum:
    factor = late * mark.scale
    return Sum(start, end, plain_decimal(number.value * factor), code, number.multiplier * factor, number, mark)
