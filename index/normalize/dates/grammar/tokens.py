"""Split a text into words with classes, and find the runs of words that may hold a date."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.normalize.alternatives import one_of
from index.normalize.dates.grammar.words import ABBREVIATIONS, GUARDED_MONTHS, WORDS, Value
from index.normalize.dates.holidays import HOLIDAYS

__all__ = ["CLASS_LETTERS", "Island", "Token", "islands"]

_HOLIDAY = one_of(sorted(name.title().replace("'S", "['’]s") for name in HOLIDAYS)).replace(r"\['’\]", "['’]")
_ABBREVIATION = one_of(sorted({*(word.title() for word in ABBREVIATIONS), *(word.upper() for word in ABBREVIATIONS)}))
# The most frequent kind of word comes first; the order of the others decides between readings ("25.09.2021").
_TOKEN = re.compile(
    rf"""
      [a-z]++(?![\w.'’])
    | {_HOLIDAY}(?!\w)
    | [^\W\d_]++(?![.'’\d])
    | {_ABBREVIATION}\.(?=[\s,])
    | [oO]['’]clock
    | (?:[apAP]\.[mM]|[bB]\.[cC]|[aA]\.[dD]|[cC]\.[eE])\.?(?!\w) | [bB]\.[cC]\.[eE]\.
    | Q[1-4](?!\w)
    | [^\W\d_]++
    | (?=\d)(?:
        \d{{4}}-\d\d-\d\d(?!\d)                                      # 2021-09-25
      | (?<![\d.,/-])\d{{1,2}}([./-])\d{{1,2}}\1\d{{4}}(?!\d)(?!\1\d)   # 25.09.2021
      | (?<![\d.,/-])\d{{1,2}}/\d{{1,2}}/\d\d(?![\d/])               # 10/26/89
      | \d{{1,2}}:\d\d(?::\d\d)?(?!\d)                               # 7:15
      | \d{{4}}s\b | (?<!\d)\d0s\b                                   # 1980s, 80s
      | \d{{1,2}}(?:st|nd|rd|th|ST|ND|RD|TH)\b                       # 21st
      | \d++(?:[.,]\d++)*+
      )
    | ['’](?:\d0s\b|s(?!\w))                                         # '80s, 's
    | \n\s*\n
    | [^\s\w]
    """,
    re.VERBOSE,
)
_CLASS_NAMES = (
    *dict.fromkeys(name for name, _ in WORDS.values()),
    "dayno", "yearno", "digits", "isodate", "numericdate", "clock", "decade", "shortdecade", "quartercode",
)  # fmt: skip
# One letter for each class, so that a row of words is a string and a grammar rule a regular expression over it.
CLASS_LETTERS: dict[str, str] = {name: chr(0x100 + number) for number, name in enumerate(_CLASS_NAMES)}
_OTHER = "."  # Class of every word that dates are not made of, and of an empty line.
_CORES = (
    "month", "weekday", "season", "unit", "weekend", "quarter", "half", "daypart", "clockunit", "today", "tonight",
    "yearno", "isodate", "numericdate", "clock", "decade", "shortdecade", "quartercode", "vague", "reference",
    "repeat", "bc", "ad", "meridiem", "holiday", "latest",
)  # fmt: skip
_NUMBER, _HYPHEN = CLASS_LETTERS["number"], CLASS_LETTERS["hyphen"]
_CORE = re.compile(f"[{''.join(CLASS_LETTERS[name] for name in _CORES)}]|{_NUMBER}{_HYPHEN}?{_NUMBER}")
# Classes are cached for words that are not long; beyond this many they are computed each time.
_REMEMBERED_WORDS, _REMEMBERED_LENGTH = 50_000, 24


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark with its position in the text. `letter` stands for its class, `value` is its meaning."""

    start: int
    end: int
    text: str
    letter: str
    value: Value


class _Classes(dict[str, tuple[str, Value]]):
    """Cache of the class letter and the value of each word."""

    def __missing__(self, text: str) -> tuple[str, Value]:
        name, value = _classify(text)
        found = CLASS_LETTERS.get(name, _OTHER), value
        if len(self) < _REMEMBERED_WORDS and len(text) <= _REMEMBERED_LENGTH:
            self[text] = found
        return found


_CLASSES = _Classes()


@dataclass(frozen=True, slots=True)
class Island:
    """A run of words that dates are made of: the class letter of each, and from those the words themselves."""

    letters: str
    _matches: Sequence[re.Match[str]]

    def tokens(self, start: int, end: int) -> list[Token]:
        """Return the words `[start, end)` of the run."""
        return [_token(match) for match in self._matches[start:end]]


def islands(text: str) -> Iterator[Island]:
    """Return every longest run of words that dates are made of; only runs with a core word."""
    matches = list(_TOKEN.finditer(text))
    letters = "".join([_CLASSES[match[0]][0] for match in matches])
    end = 0
    for core in _CORE.finditer(letters):
        if core.start() < end:
            continue
        start = letters.rfind(_OTHER, end, core.start()) + 1 or end
        end = letters.find(_OTHER, core.end())
        end = len(letters) if end < 0 else end
        yield Island(letters[start:end], matches[start:end])


def _token(match: re.Match[str]) -> Token:
    letter, value = _CLASSES[match[0]]
    return Token(match.start(), match.end(), match[0], letter, value)


def _classify(text: str) -> tuple[str, Value]:
    first = text[0]
    if first.isdecimal() or (len(text) == 4 and text.endswith("0s")):
        return _classify_number(text)
    if first.isspace():
        return "", None
    if len(text) == 2 and first == "Q" and text[1].isdecimal():
        return "quartercode", int(text[1])
    lower = text.lower()
    if lower.isalpha():
        known = WORDS.get(lower)
    else:
        plain = " ".join(lower.replace("’", "'").split())
        known = WORDS.get(lower) or WORDS.get(plain) or WORDS.get(plain.rstrip("."))
    if known is None:
        return "", None
    stem = lower.rstrip(".")
    if known[0] in {"month", "weekday"} and (stem in GUARDED_MONTHS or len(stem) <= 5) and not first.isupper():
        return "", None
    return known


def _classify_number(text: str) -> tuple[str, Value]:
    if not text.isdecimal():
        if ":" in text:
            return "clock", text
        if text.endswith("s"):
            return ("decade", int(text[:3])) if len(text) == 5 else ("shortdecade", int(text[-3:-1]))
        if text[-1].isalpha():
            return "ordinal", int(text[:-2])
        if len(text) == 10 and text[4] == "-":
            return "isodate", text
        if (
            "/" in text
            or "-" in text
            or (text.count(".") == 2 and "," not in text and len(text) <= 10 and text[-5] == ".")
        ):
            return "numericdate", text
        return "digits", text
    number = int(text) if len(text) < 10 else 0
    if len(text) == 4 and 1000 <= number <= 2100:
        return "yearno", number
    if len(text) <= 2 and 1 <= number <= 31:
        return "dayno", number
    return "digits", text
