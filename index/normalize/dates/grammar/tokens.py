"""The lexicon of English: its words, and the forms of numbers and dates in figures."""

import re

from index.normalize.alternatives import one_of
from index.normalize.dates.grammar.figures import FIGURES, classify_figures
from index.normalize.dates.grammar.lexicon import Lexicon, Value
from index.normalize.dates.grammar.words import ABBREVIATIONS, GUARDED_MONTHS, WORDS
from index.normalize.dates.holidays import HOLIDAYS
from index.normalize.dates.language_tables import foreign_months

__all__ = ["ENGLISH"]

_HOLIDAY = one_of(sorted(name.title().replace("'S", "['’]s") for name in HOLIDAYS)).replace(r"\['’\]", "['’]")
_ABBREVIATION = one_of(sorted({*(word.title() for word in ABBREVIATIONS), *(word.upper() for word in ABBREVIATIONS)}))
# The most frequent kind of word comes first; the order of the others decides between readings ("25.09.2021").
_TOKEN = re.compile(
    rf"""
      [a-z]++(?![\w.'’])
    | {_HOLIDAY}(?!\w)
    | [^\W\d_]++(?![.'’\d])
    | {_ABBREVIATION}\.(?=[\s,])
    | [QH][1-4](?=FY|\W|_|$) | FY(?:\d\d(?:\d\d)?(?:[/–-]\d\d(?:\d\d)?)?)?(?!\w)   # Q3, H1, FY19, FY2018/19
    | [oO]['’]clock
    | (?:[apAP]\.[mM]|[bB]\.[cC]|[aA]\.[dD]|[cC]\.[eE])\.?(?!\w) | [bB]\.[cC]\.[eE]\.
    | [^\W\d_]++
    {FIGURES}
    | ['’](?:\d0s\b|\d\d(?!\w)|s(?!\w))                              # '80s, '99, 's
    | \n\s*\n
    | [^\s\w]
    """,
    re.VERBOSE,
)
_ROMAN = re.compile(r"(?P<number>X{0,2}(?:IX|IV|V?I{0,3}))(?P<ending>th|st|nd|rd)?")
_ROMAN_DIGITS = {"X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}


def _classify(text: str) -> tuple[str, Value]:
    first = text[0]
    if first.isdecimal() or (first in "'’" and text[-1] != first and text[1].isdecimal()):
        return classify_figures(text)
    if first.isspace():
        return "", None
    if len(text) == 2 and first in "QH" and text[1].isdecimal():
        number = int(text[1])
        return ("quartercode", number) if first == "Q" else ("halfcode", number) if number <= 2 else ("", None)
    if text.startswith("FY"):
        return "fiscalcode", text[2:]
    lower = text.lower()
    if lower.isalpha():
        known = WORDS.get(lower)
    else:
        plain = " ".join(lower.replace("’", "'").split())
        known = WORDS.get(lower) or WORDS.get(plain) or WORDS.get(plain.rstrip("."))
    if known is None:
        return _classify_rare(text, lower)
    stem = lower.rstrip(".")
    if known[0] in {"month", "weekday"} and (stem in GUARDED_MONTHS or len(stem) <= 5) and not first.isupper():
        return "", None
    if known[0] == "zone" and not text.isupper():
        return "", None
    return known


def _classify_rare(text: str, lower: str) -> tuple[str, Value]:
    """Return the class of a Roman number, or of a month in another language."""
    if text[0] in "IVX" and (roman := _ROMAN.fullmatch(text)):
        return "ordinal" if roman["ending"] else "roman", _read_roman(roman["number"])
    month = foreign_months().get(lower)
    return ("foreignmonth", month) if month is not None else ("", None)


def _read_roman(text: str) -> int:
    """Return the value of a Roman number up to 29.

    >>> _read_roman("XIX")
    19
    """
    return sum(_ROMAN_DIGITS[digit] for digit in re.findall("IX|IV|X|V|I", text))


ENGLISH = Lexicon(_TOKEN, _classify)
"""The lexicon of English, which also knows whole dates with the month in another language ("13 décembre 2023")."""
