"""Small words around sums: about, between, from, to, of. English ones count in every text, others in their language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from index.errors import PackError
from index.normalize.alternatives import one_of
from index.normalize.money.currency_table import cell_values
from index.normalize.money.numbers.number_words import NumberWords

__all__ = ["AmountWords", "LanguageWords", "Use"]

_ENGLISH = "en"


class Use(StrEnum):
    """Effect of a word beside a sum."""

    ABOUT = "about"
    AFTER = "after"
    TO = "to"
    AND = "and"
    OR = "or"
    BETWEEN = "between"
    BETWEEN_AFTER = "between after"
    FROM = "from"
    CHANGE = "change"
    OF = "of"
    NUMBER = "number"
    JOIN = "join"
    GLUE = "glue"
    PREFIX = "prefix"
    HALF = "half"
    YEAR = "year"
    THING = "thing"
    SHARE = "share"
    SEVERAL = "several"
    JOINED = "joined"
    BARE = "bare"
    BARE_ABOUT = "bare about"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """Patterns for one language and English.

    `about` ends where a sum begins, and `after` begins where one ends. `to`, `both` and `either` stand between the ends
    of a range, `between` before one and `between_after` behind one; `connectors_before` are pairs of each and of the
    same at the end of what is searched.
    `of` stands between a scale and its currency ("millions d'euros"). `half` adds a half to the number before it ("et
    demi"). `year` ends where a year begins, `thing` follows a currency that is no unit of a sum ("euro zone"), `share`
    ends where a number begins of which only a part is meant, `several` where one begins of which nobody knows how often
    it is meant ("несколько тысяч"). `joined` ends where a number in words begins that may be a part of one ("två och en
    halv"). `bare` are scales that mean one without a word for it ("миллион рублей"), `bare_about` forms that do so
    behind "about" and "from". `numbers` are None for English.
    """

    about: re.Pattern[str]
    after: re.Pattern[str]
    to: re.Pattern[str]
    both: re.Pattern[str]
    either: re.Pattern[str]
    plus: re.Pattern[str]
    between: re.Pattern[str]
    between_after: re.Pattern[str]
    start: re.Pattern[str]
    change: re.Pattern[str]
    change_from: re.Pattern[str]
    of: re.Pattern[str]
    half: re.Pattern[str]
    year: re.Pattern[str]
    thing: re.Pattern[str]
    share: re.Pattern[str]
    several: re.Pattern[str]
    joined: re.Pattern[str] | None
    bare: re.Pattern[str] | None
    bare_about: re.Pattern[str] | None
    numbers: NumberWords | None
    connectors_before: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


class AmountWords:
    """The rows of `amount_words.tsv`, compiled for a language when it is first asked for.

    Raises `PackError` when a use is not one of `Use`, or a number has no value.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._words: dict[tuple[str, Use], list[str]] = {}
        self._numbers: dict[tuple[str, Use], dict[str, Decimal]] = {}
        self.decimal_marks: dict[str, str] = {}
        self._compiled: dict[str | None, LanguageWords] = {}
        for row in rows:
            self._add(row)

    def of_language(self, language: str | None) -> LanguageWords:
        """Return the words of a language; those of English for one that the table does not have."""
        if language not in self._compiled:
            self._compiled[language] = self._compile(language)
        return self._compiled[language]

    def _add(self, row: Mapping[str, str]) -> None:
        language, words = row.get("language", ""), cell_values(row, "words")
        use, value = _use(row.get("use") or ""), _value(row.get("value") or "0")
        if use is Use.DECIMAL:
            self.decimal_marks.update(dict.fromkeys(cell_values(row, "language"), ","))
        elif use in {Use.NUMBER, Use.PREFIX}:
            values = self._numbers.setdefault((language, use), {})
            values.update(dict.fromkeys((word.lower() for word in words), value))
        else:
            self._words.setdefault((language, use), []).extend(words)

    def _compile(self, language: str | None) -> LanguageWords:
        about = self._pattern(language, Use.ABOUT)
        start, to, of = (self._pattern(language, use) for use in (Use.FROM, Use.TO, Use.OF))
        own = self._words.get((language or "", Use.AND), []) if language != _ENGLISH else []
        ignoring = re.IGNORECASE
        to_pattern = re.compile(rf"(?:\s+{to}\s+|-to-)(?:{about}\s+)?", ignoring)
        both = re.compile(rf"\s+{self._pattern(language, Use.AND)}\s+(?:{about}\s+)?", ignoring)
        either = re.compile(rf"\s+{self._pattern(language, Use.OR)}\s+(?:(?:even|perhaps|maybe|{about})\s+)?", ignoring)
        connectors = (to_pattern, both, either)
        return LanguageWords(
            about=re.compile(rf"(?:(?<!\w){about}\s+|[~≈<>]\s?)(?:(?:an?|the)\s+)?$", ignoring),
            after=re.compile(rf"\s?\+(?![\d\w])|[\s-]{self._pattern(language, Use.AFTER)}(?!\w)", ignoring),
            to=to_pattern,
            both=both,
            either=either,
            # Hebrew and Arabic write "and" in one with what follows.
            plus=re.compile(rf"(?:\s+{one_of(own)})?\s+|,\s+|\s(?:ו[-‑־]?|و\s?)", ignoring),
            between=re.compile(rf"(?<!\w){self._pattern(language, Use.BETWEEN)}\s+(?:{about}\s+)?$", ignoring),
            between_after=re.compile(rf"(?:['’]\w+)?\s+{self._pattern(language, Use.BETWEEN_AFTER)}(?!\w)", ignoring),
            start=re.compile(rf"(?<!\w){start}\s+(?:{about}\s+)?$", ignoring),
            change=re.compile(rf"(?<!\w){self._pattern(language, Use.CHANGE)}\s+(?:\S+\s+){{0,3}}$", ignoring),
            change_from=re.compile(rf"(?<!\w){self._pattern(language, Use.CHANGE)}\b[^.;]*$", ignoring),
            of=re.compile(rf"\.?[\s\u00a0]{of}(?:(?<=['’])|[\s\u00a0])", ignoring),
            half=re.compile(rf"\s+{self._pattern(language, Use.HALF)}(?!\w)", ignoring),
            year=re.compile(rf"(?<!\w){self._pattern(language, Use.YEAR)}\s+$", ignoring),
            thing=re.compile(rf"[\s-]{self._pattern(language, Use.THING)}(?!\w)", ignoring),
            share=re.compile(rf"(?<!\w){self._pattern(language, Use.SHARE)}\s+(?:\w{{1,3}}['’\s]\s?)?$", ignoring),
            several=re.compile(rf"(?<!\w){self._pattern(language, Use.SEVERAL)}\s+$", ignoring),
            joined=self._joined(language),
            bare=self._bare(language, Use.BARE),
            bare_about=self._bare(language, Use.BARE_ABOUT),
            numbers=self._number_words(language or ""),
            connectors_before=tuple((one, re.compile(f"{one.pattern}$", ignoring)) for one in connectors),
        )

    def _number_words(self, language: str) -> NumberWords | None:
        values = self._numbers.get((language, Use.NUMBER))
        if not values:
            return None
        joining = self._words.get((language, Use.JOIN), ())
        glue = self._words.get((language, Use.GLUE))
        return NumberWords(values, joining, glue, self._numbers.get((language, Use.PREFIX)))

    def _joined(self, language: str | None) -> re.Pattern[str] | None:
        words = self._words.get((language or "", Use.JOINED))
        return re.compile(rf"(?<!\w){one_of(words)}\s+$", re.IGNORECASE) if words else None

    def _bare(self, language: str | None, use: Use) -> re.Pattern[str] | None:
        words = self._words.get((language or "", use))
        return re.compile(rf"(?<![\w-]){one_of(words)}(?!\w)", re.IGNORECASE) if words else None

    def _pattern(self, language: str | None, use: Use) -> str:
        words = list(self._words.get((_ENGLISH, use), ()))
        if language != _ENGLISH:
            words += self._words.get((language or "", use), ())
        return one_of(words)


def _use(written: str) -> Use:
    try:
        return Use(written)
    except ValueError:
        message = f"the use {written!r} of words around amounts is not one of {', '.join(Use)}"
        raise PackError(message) from None


def _value(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:
        message = f"the value {written!r} of a number in words is no number"
        raise PackError(message) from None
