"""A text as a row of words with classes, and the islands of words in it that may hold a date."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.normalize.dates.words import GUARDED_MONTHS, WORDS, Value

__all__ = ["CLASS_LETTERS", "Token", "islands"]

_TOKEN = re.compile(
    r"""
      \d{4}-\d\d-\d\d(?![\d])                              # 2021-09-25
    | (?<![\d.,/-])\d{1,2}([./-])\d{1,2}\1\d{4}(?![\d])(?!\1\d)   # 25.09.2021
    | (?<![\d.,/-])\d{1,2}/\d{1,2}/\d\d(?![\d/])           # 10/26/89
    | \d{1,2}:\d\d(?::\d\d)?(?!\d)                         # 7:15
    | \d{4}s\b | ['’]\d0s\b | (?<!\d)\d0s\b                # 1980s '80s 80s
    | \d{1,2}(?:st|nd|rd|th)\b                             # 21st
    | (?:christmas|thanksgiving|easter|new\s+year['’]s|boxing|labor|memorial|independence|veterans|armistice|columbus
      |election|valentine['’]s|good)\s(?:day|eve|sunday|monday|friday)(?!\w)
    | \bQ[1-4](?!\w)
    | \d+(?:[.,]\d+)*
    | (?:[ap]\.m|b\.c|a\.d|c\.e)\.?(?!\w) | b\.c\.e\. | o['’]clock
    | \b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun)\.(?=[\s,])
    | ['’]s(?!\w)
    | [^\W\d_]+
    | \n\s*\n
    | [^\s\w]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CLASS_NAMES = (
    *dict.fromkeys(name for name, _ in WORDS.values()),
    "dayno", "yearno", "digits", "isodate", "numericdate", "clock", "decade", "shortdecade", "quartercode", "break",
)  # fmt: skip
# One letter for each class, so that a row of words is a string and a grammar rule a regular expression over it.
CLASS_LETTERS: dict[str, str] = {name: chr(0x100 + number) for number, name in enumerate(_CLASS_NAMES)}
_OTHER = "."
_CORES = (
    "month", "weekday", "season", "unit", "weekend", "quarter", "half", "daypart", "clockunit", "today", "tonight",
    "yearno", "isodate", "numericdate", "clock", "decade", "shortdecade", "quartercode", "vague", "reference",
    "repeat", "bc", "ad", "period", "meridiem", "holiday",
)  # fmt: skip
_ISLAND = re.compile(rf"[^{_OTHER}{CLASS_LETTERS['break']}]+")
_NUMBER, _HYPHEN = CLASS_LETTERS["number"], CLASS_LETTERS["hyphen"]
_HAS_CORE = re.compile(f"[{''.join(CLASS_LETTERS[name] for name in _CORES)}]|{_NUMBER}{_HYPHEN}?{_NUMBER}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark with its place in the text. `letter` stands for its class, `value` is what it means."""

    start: int
    end: int
    text: str
    letter: str
    value: Value


def islands(text: str) -> Iterator[tuple[Sequence[Token], str]]:
    """Every longest run of words that dates are made of, with its class letters; only runs that have a core word."""
    tokens = [_token(match) for match in _TOKEN.finditer(text)]
    letters = "".join([token.letter for token in tokens])
    for run in _ISLAND.finditer(letters):
        if _HAS_CORE.search(letters, run.start(), run.end()):
            yield tokens[run.start() : run.end()], run[0]


def _token(match: re.Match[str]) -> Token:
    text = match[0]
    name, value = _classify(text)
    return Token(match.start(), match.end(), text, CLASS_LETTERS.get(name, _OTHER), value)


def _classify(text: str) -> tuple[str, Value]:
    first = text[0]
    if first.isdigit() or (len(text) == 4 and text.endswith("0s")):
        return _classify_number(text)
    if len(text) == 2 and text[1].isdigit():
        return "quartercode", int(text[1])
    if first.isspace():
        return "break", None
    lower = text.lower()
    if " " in lower or "\n" in lower:
        return WORDS.get(" ".join(lower.replace("’", "'").split()), ("", None))
    known = WORDS.get(lower) or (WORDS.get(lower[:-1]) if lower[-1] == "." else None)
    if known is None:
        return "", None
    stem = lower.rstrip(".")
    if known[0] in {"month", "weekday"} and (stem in GUARDED_MONTHS or len(stem) <= 5) and not first.isupper():
        return "", None
    return known


def _classify_number(text: str) -> tuple[str, Value]:
    if not text.isdigit():
        if ":" in text:
            return "clock", text
        if text.endswith("s"):
            return ("decade", int(text[:3])) if len(text) == 5 else ("shortdecade", int(text[-3:-1]))
        if text[-1].isalpha():
            return "ordinal", int(text[:-2])
        if len(text) == 10 and text[4] == "-":
            return "isodate", text
        if "/" in text or "-" in text or text.count(".") == 2:
            return "numericdate", text
        return "digits", text
    number = int(text) if len(text) < 10 else 0
    if len(text) == 4 and 1000 <= number <= 2100:
        return "yearno", number
    if len(text) <= 2 and 1 <= number <= 31:
        return "dayno", number
    return "digits", text
