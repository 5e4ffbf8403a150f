"""Split a text into words with classes, and find the runs of words that may hold a date. A lexicon is one language."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.normalize.dates.calendar import Part, Unit

__all__ = ["CLASS_LETTERS", "OTHER_WORD", "Classify", "Island", "Lexicon", "Token", "Value"]

Value = int | str | Unit | Part | None
Classify = Callable[[str], tuple[str, Value]]
"""From a word to its grammar class and its value; a class of "" means that dates are not made of it."""

_CLASS_NAMES = (
    "month", "weekday", "season", "unit", "weekend", "quarter", "half", "period", "clockunit", "daypart", "today",
    "tonight", "this", "that", "last", "prior", "next", "following", "latest", "recent", "ago", "earlier", "later",
    "before", "after", "early", "mid", "late", "start", "end", "each", "several", "number", "ordinal", "fiscal", "a",
    "the", "of", "in", "within", "at", "on", "and", "or", "to", "more", "than", "less", "nearly", "least", "up", "no",
    "old", "long", "possessive", "comma", "hyphen", "slash", "dot", "holiday", "oclock", "meridiem", "zone", "bc", "ad",
    "vague", "reference", "repeat", "roman", "full", "fortnight", "decadeword",
    "dayno", "yearno", "digits", "isodate", "compactdate", "numericdate", "nameddate", "clock", "decade", "shortdecade",
    "quartercode", "halfcode", "fiscalcode", "codedyear", "foreignmonth",
    # Classes of languages other than English.
    "yearword", "eraword", "monthword", "dayword", "adverb", "suffix", "shortdate", "century", "step", "agounit",
    "decadename",
)  # fmt: skip
# One letter for each class, so that a row of words is a string and a grammar rule a regular expression over it.
CLASS_LETTERS: dict[str, str] = {name: chr(0x100 + number) for number, name in enumerate(_CLASS_NAMES)}
OTHER_WORD = "."
"""Class letter of every word that dates are not made of, and of an empty line."""
_CORES = (
    "month", "weekday", "season", "unit", "weekend", "quarter", "half", "daypart", "clockunit", "today", "tonight",
    "yearno", "isodate", "compactdate", "numericdate", "nameddate", "clock", "decade", "shortdecade", "quartercode",
    "halfcode", "fiscalcode", "codedyear", "vague", "reference", "repeat", "bc", "ad", "meridiem", "zone", "holiday",
    "latest", "fortnight", "foreignmonth", "fiscal", "decadeword", "yearword", "eraword", "adverb", "shortdate",
    "century", "step", "agounit",
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

    def __init__(self, classify: Classify) -> None:
        super().__init__()
        self._classify = classify

    def __missing__(self, text: str) -> tuple[str, Value]:
        name, value = self._classify(text)
        found = CLASS_LETTERS.get(name, OTHER_WORD), value
        if len(self) < _REMEMBERED_WORDS and len(text) <= _REMEMBERED_LENGTH:
            self[text] = found
        return found


@dataclass(frozen=True, slots=True)
class Island:
    """A run of words that dates are made of: the class letter of each, and from those the words themselves."""

    letters: str
    _matches: Sequence[re.Match[str]]
    _classes: _Classes

    def tokens(self, start: int, end: int) -> list[Token]:
        """Return the words `[start, end)` of the run."""
        return [
            Token(match.start(), match.end(), match[0], *self._classes[match[0]]) for match in self._matches[start:end]
        ]


class Lexicon:
    """The words of a language: a pattern that splits a text into words, and the class of each."""

    def __init__(self, token: re.Pattern[str], classify: Classify) -> None:
        self._token = token
        self._classes = _Classes(classify)

    def islands(self, text: str) -> Iterator[Island]:
        """Return every longest run of words that dates are made of; only runs with a core word."""
        classes = self._classes
        matches = list(self._token.finditer(text))
        letters = "".join([classes[match[0]][0] for match in matches])
        end = 0
        for core in _CORE.finditer(letters):
            if core.start() < end:
                continue
            start = letters.rfind(OTHER_WORD, end, core.start()) + 1 or end
            end = letters.find(OTHER_WORD, core.end())
            end = len(letters) if end < 0 else end
            yield Island(letters[start:end], matches[start:end], classes)
