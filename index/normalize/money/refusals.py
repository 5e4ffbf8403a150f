"""Numbers beside a currency that are no sum: years, weights, names, and words that are currencies only sometimes."""

import re
from decimal import Decimal

from index.normalize.money.currencies.finding import CurrencyMatch
from index.normalize.money.currencies.owners import Owners
from index.normalize.money.currency_table import Guard, Written
from index.normalize.money.numbers.numerals import Number
from index.normalize.money.numbers.small_words import LanguageWords
from index.normalize.money.records import Sum

__all__ = ["is_money", "is_named_first", "is_part_of_years", "looks_like_year"]

_THOUSAND = Decimal(1000)
_MILLION = Decimal(10**6)
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_FIRST_RECENT_YEAR = 1900
_REACH = 60  # Characters on either side in which a word about weight makes pounds a weight.
_YEAR_REACH = 32
_LEAST_PRICE = 10
_ROAD_REACH = 16

_CLAUSE_END = re.compile(r"\s*(?:[.,;:)\]]|$)")
_FUNCTION_WORD = re.compile(
    r"\s+(?:and|or|to|for|a|an|per|each|every|in|as|from|with|by|was|were|is|are|on|at|which|while|after|before)\b",
    re.IGNORECASE,
)
_DETERMINER_BEFORE = re.compile(r"\b(?:the|an?|per|this|each|every|in|\d+)\s$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|till|during|constant|real|nominal|chained|current|adjusted|year|fiscal|FY|prices\s+of|"
    r"base|early|late|mid|pre|post|en|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?)[\s(-]{1,3}|\b(?:19|20)\d\d\s?[-–—/]\s?)$",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r"\s+(?:prices|terms|levels|bonds?|notes?|debt|loans?|swaps?|rates?)\b", re.IGNORECASE)
# "at 2010 US$ prices"
_PRICES_AFTER = re.compile(r"\s+(?:prices|terms|levels)\b", re.IGNORECASE)
_THE = re.compile(r"\b(?:the|its|a)\s$", re.IGNORECASE)
_YEAR_AND_DASH = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d\s?[-–—‑/]\s?$")
_WEIGHT_AFTER = re.compile(
    r"[-‑](?:force|feet|foot|weight)\b|\s+a\s+(?:year|month|week|day)\s+of\b|\s+(?:of\b(?!\s+(?:public|private|tax\w*|state|government|cash|money|debts?|aid)\b)|per\b|"
    r"overweight|heavier|lighter|each\b|\(\s?[\d.,]+\s?(?:kg|kilo|g\b|gram|ton|t\b))"
    r"|[^.;]{0,30}\b(?:bombs?|warheads?|explosives?|TNT|payload|thrust|ordnance|cargo|weight|heavier|lighter|displacement|pressure)\b"
)
_WEIGHT_BEFORE = re.compile(
    r"(?:\b(?:weigh\w*|weight|los[et]|losing|shed|shedding|gain\w*|heavy|pressure|payload|thrust|warheads?|bombs?|feet|foot|inch(?:es)?|tall)\b"
    r"[^.;]{0,25}|\b(?:tip\w*|hit\w*)\s+the\s+scales?\s+at\s+(?:\w+\s+){0,2}|\b(?:per|a|each)\s+pound\b[^.]{0,30}|\b(?:kg|kilo(?:gram)?s?|tons?|tonnes?|grams?)\s?\(\s?)$",
    re.IGNORECASE,
)
_ROAD_BEFORE = re.compile(r"\b(?:the|on|along|route|road|highway|via|and)\s$", re.IGNORECASE)
_ROAD_AFTER = re.compile(r"[^.;]{0,20}\b(?:road|highway|route|freeway|interchange|toll)\b", re.IGNORECASE)
_WON_BY = re.compile(r"\s+(?:the|an?|by|at|their|his|her|its|over|against|back|it|them|all)\b", re.IGNORECASE)
_CAPITAL_AFTER = re.compile(r"\s+[A-Z][a-z]")
_CAPITAL_BEFORE = re.compile(r"\b[A-Z][a-z]{3,}\s+$")
_CAPITALS_BESIDE = re.compile(r"\s+[A-Z]{2,}\b(?!\s*\d)")
_WEIGHT_WORDS = frozenset({"pound", "pounds", "quid"})
_VERB = "won"
_MARK = "mark"
_ATTRIBUTE = "dollar"  # Behind a number above 1 it stands before another noun: "2026 dollar debt".
_ENGLISH = frozenset({"en", None})


def is_money(text: str, found: Sum, *, owners: Owners, language: str | None, words: LanguageWords) -> bool:
    """False for a number beside a currency, or what looks like one, that is no sum: "in 2019 dollars", "TOP 10"."""
    number, mark, span, code = found.number, found.currency, (found.start, found.end), found.code
    if looks_like_year(number) and _is_year(text, number, mark, span, language):
        return False
    if mark.written is Written.NAME and mark.start >= number.end:
        year_before = looks_like_year(number) and words.year.search(text, max(0, span[0] - _YEAR_REACH), span[0])
        if year_before or words.thing.match(text, span[1]):
            return False
    if is_part_of_years(text, number):
        return False
    if number.mantissa == 1 and words.share.search(text, max(0, number.start - _YEAR_REACH), number.start):
        return False  # "zwei Drittel einer Million Euro"
    if words.several.search(text, max(0, number.start - _YEAR_REACH), number.start):
        return False
    is_in_words = not text[number.start : number.start + 1].isdecimal()
    if is_in_words and words.joined and words.joined.search(text, max(0, number.start - _YEAR_REACH), number.start):
        return False
    if not _is_own_language(number, mark, language):
        return False
    if language in _ENGLISH and (_is_name(text, number, mark) or _is_threshold(text, number, mark)):
        return False
    if mark.unit.guard is Guard.NONE or mark.national or (mark.unit.guard is Guard.FRONT and mark.start >= number.end):
        return True
    if mark.written in {Written.NAME, Written.MINOR}:
        return _is_guarded_noun(text, number, mark, span, code, owners)
    return _is_guarded_code(text, number, mark, code, owners)


def is_named_first(text: str, mark: CurrencyMatch, number: Number) -> bool:
    """True for "fined rupees 500." and "euros 2 million"; false for "the dollar 5 percent" and "in dollars 2019"."""
    if mark.is_guarded:
        return False
    if _DETERMINER_BEFORE.search(text, max(0, mark.start - 8), mark.start):
        return False
    if number.multiplier >= _THOUSAND:
        return True
    if number.is_words or looks_like_year(number):
        return False
    is_price = _CLAUSE_END.match(text, number.end) or _FUNCTION_WORD.match(text, number.end)
    # "Euro 6" is a standard and "Dollar 5" a name; small letters or a large number make a price.
    is_large = number.is_grouped and number.mantissa >= _THOUSAND
    return bool(is_price) and (is_large or not text[mark.start].isupper() or text[mark.start : mark.end].isupper())


def looks_like_year(number: Number) -> bool:
    """True for four bare digits from 1500 to 2100."""
    return number.is_plain and _FIRST_YEAR <= number.mantissa < _LAST_YEAR


def is_part_of_years(text: str, number: Number) -> bool:
    """True for the 20 of "2019-20" and "2012/13"."""
    is_short = number.is_plain and number.end - number.start == 2
    reach = max(0, number.start - 8)
    return is_short and _YEAR_AND_DASH.search(text, reach, number.start) is not None


def _is_year(text: str, number: Number, mark: CurrencyMatch, span: tuple[int, int], language: str | None) -> bool:
    """True for a year whose prices or papers are meant: "in 2019 dollars", "2026 dollar bonds"."""
    if mark.end <= number.start:
        return _YEAR_AFTER.match(text, span[1]) is not None
    if _YEAR_BEFORE.search(text, max(0, span[0] - _YEAR_REACH), span[0]):
        return True
    is_recent = number.mantissa >= _FIRST_RECENT_YEAR
    is_enclosed = text[span[0] - 1 : span[0]] == "(" and text[span[1] : span[1] + 1] == ")"
    if is_recent and is_enclosed and number.mantissa % 100 != 0:
        return True  # "a barrel at $50 (2008 dollars)"
    if is_recent and mark.start > number.end and _PRICES_AFTER.match(text, span[1]):
        return True
    if not is_recent or mark.written is not Written.NAME or language not in _ENGLISH:
        return False
    if _YEAR_AFTER.match(text, span[1]):
        return True
    is_single = mark.noun == _ATTRIBUTE or _THE.search(text, max(0, span[0] - 5), span[0]) is not None
    is_attribute = is_single and mark.noun[-1] != "s" and text[number.end : number.end + 1] != "-"
    is_capital = text[mark.start : mark.end].istitle() and not mark.national
    return number.mantissa % 100 != 0 and (is_attribute or is_capital)


def _is_own_language(number: Number, mark: CurrencyMatch, language: str | None) -> bool:
    """False for a word of another language than that of the text and of the number's scale: "3 pond" in English."""
    languages = mark.unit.languages
    if not languages or language in languages or not languages.isdisjoint(number.languages):
        return True
    return language is None and mark.unit.guard is Guard.NONE


def _is_name(text: str, number: Number, mark: CurrencyMatch) -> bool:
    """True for "10 Crown Street" and the rapper "50 Cent": a noun with a capital letter beside another one."""
    written = text[mark.start : mark.end]
    is_noun = mark.written in {Written.NAME, Written.MINOR} and not mark.national and not mark.unit.languages
    if not is_noun or not written.istitle() or number.multiplier != 1:
        return False
    if mark.written is Written.MINOR and not mark.noun.endswith("s"):
        return True
    is_headline = _CAPITAL_BEFORE.search(text, max(0, number.start - 24), number.start)
    return _CAPITAL_AFTER.match(text, mark.end) is not None and not is_headline


def _is_threshold(text: str, number: Number, mark: CurrencyMatch) -> bool:
    """True for "the 5 million mark"; English sums have several marks, or a hyphen before the word."""
    return mark.noun == _MARK and number.mantissa != 1 and text[mark.start - 1] not in "-‑" and not mark.national


def _is_guarded_noun(
    text: str, number: Number, mark: CurrencyMatch, span: tuple[int, int], code: str | None, owners: Owners
) -> bool:
    """False for "3 won", "500 pounds of explosives", "five marks out of ten"."""
    if mark.noun in _WEIGHT_WORDS:
        if mark.noun == "pound" and number.multiplier == 1 and number.mantissa != 1:
            return False  # "a twenty pound bag".
        reach = max(0, span[0] - _REACH)
        is_weight = _WEIGHT_AFTER.match(text, span[1]) or _WEIGHT_BEFORE.search(text[reach : span[0]])
        return not is_weight or ("GBP" in owners.sure and number.multiplier >= _MILLION)
    if mark.unit.guard >= Guard.LARGE:
        return number.multiplier >= _MILLION
    if mark.noun == _VERB and _WON_BY.match(text, span[1]):
        return False
    written_large = number.multiplier >= _THOUSAND or (number.is_grouped and number.mantissa >= _THOUSAND)
    if mark.noun == _VERB and number.multiplier < _MILLION:
        return written_large and owners.is_at_home(code)
    if mark.written is Written.MINOR:
        return owners.is_at_home(code)
    return written_large or (code is not None and code in owners.sure)


def _is_guarded_code(text: str, number: Number, mark: CurrencyMatch, code: str | None, owners: Owners) -> bool:
    """False for "TOP 10", "K2", "R 18", "L 500", and for a code in a line of capitals: "TRY 5 MILLION WAYS"."""
    is_home = owners.is_at_home(code)
    is_million = number.value >= _MILLION
    is_large = is_million or number.multiplier >= _THOUSAND or (number.is_grouped and number.mantissa >= _THOUSAND)
    has_cents = number.mantissa % 1 != 0
    match mark.unit.guard:
        case Guard.STRICT:
            return is_home and (is_large or has_cents)
        case Guard.LARGE:
            if is_million or (is_home and (is_large or has_cents)):
                return True
            # "R500" where the text names the rand; "the R500" is a road.
            is_named = code in owners.sure and mark.end == number.start and number.mantissa >= _LEAST_PRICE
            is_road = _ROAD_BEFORE.search(text, max(0, mark.start - _ROAD_REACH), mark.start)
            return is_named and not is_road and not _ROAD_AFTER.match(text, number.end)
        case _:
            if is_home:
                return not looks_like_year(number)
            is_line_of_capitals = _CAPITALS_BESIDE.match(text, max(number.end, mark.end))
            return is_million and not is_line_of_capitals
