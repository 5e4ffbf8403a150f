"""Find currencies in a text: the signs, codes, names and minor units of the packs, compiled to patterns."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from index.normalize.alternatives import one_of
from index.normalize.currency_table import CurrencyTable, Unit

__all__ = ["Currencies", "CurrencyMatch", "Written"]


_COUNTRY_REACH = 28  # Characters before a noun in which its nationality ends: the longest name and a space.
_LETTERS = re.compile(r"[^\W\d_]+")


class Written(StrEnum):
    """The ways in which a currency is written."""

    SIGN = "sign"
    CODE = "code"
    SHORT = "abbreviation"
    NAME = "name"
    MINOR = "minor unit"


@dataclass(frozen=True, slots=True)
class CurrencyMatch:
    """A currency in a text. `code` is None when the word is shared ("pesos") and the text does not say whose it is.

    `scale` turns the written number into major units: 0.01 for cents, 1000000 for "MUSD". `is_guarded` is true for
    words that mean something else as often (won, pounds, TRY), `is_national` when a nationality was written.
    """

    start: int
    end: int
    code: str | None
    noun: str
    written: Written
    scale: Decimal = Decimal(1)
    is_guarded: bool = False
    is_national: bool = False


class Currencies:
    """A table of currencies, compiled for searching texts. Build it once: it compiles three large patterns."""

    def __init__(self, table: CurrencyTable) -> None:
        self._table = table
        self._pattern = self._compile()
        self._openers, self._any_case_openers, self._marks = self._compile_openers()
        self._country_pattern = re.compile(rf"(?<!\w){one_of(table.capitalized_countries())}(?!\w)")
        self._country_before = re.compile(rf"(?<!\w)({one_of(table.countries)})[\s-]+$")

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> "Currencies":
        """Compile the rows of a pack table; its columns are explained in `packs/core/currencies.tsv`.

        The same rows give the same object: compiling takes a tenth of a second. Raises `PackError` when a row has no
        code, or its number of digits is not a number.
        """
        return _compiled(tuple(tuple(row.items()) for row in rows))

    def find(self, text: str) -> list[CurrencyMatch]:
        """Return every sign, code or name of a currency in the text, in order and disjoint; bare words included."""
        matches: list[CurrencyMatch] = []
        end = 0
        for start in self._starts(text):
            match = self._pattern.match(text, start) if start >= end else None
            found = self._read(text, match) if match is not None else None
            if match is not None and found is not None:
                end = match.end()
                matches.append(found)
        if any(self._is_open(match) for match in matches):
            return self._settle(text, matches)
        return matches

    def at(self, text: str, position: int) -> CurrencyMatch | None:
        """Return the currency that starts at the position, with a nationality before its name ("Canadian dollars")."""
        country = self._country_pattern.match(text, position)
        start = country.end() + 1 if country else position
        match = self._pattern.match(text, start) or (self._pattern.match(text, position) if country else None)
        found = self._read(text, match) if match is not None else None
        return found if found is not None and found.start == position else None

    def nationality(self, text: str, position: int, noun: str) -> tuple[str, int] | None:
        """Return the code and the end of a nationality at the position ("Canadian"), or None."""
        match = self._country_pattern.match(text, position)
        unit = self._table.nouns.get(noun)
        if match is None or unit is None:
            return None
        code = self._of_country(unit, match[0])
        return (code, match.end()) if code else None

    def _compile(self) -> re.Pattern[str]:
        lettered = [sign for sign in self._table.signs if sign[0].isalpha()]
        dollars = [sign for sign in lettered if not sign[-1].isalpha()]
        words = [sign for sign in lettered if sign[-1].isalpha()]
        bare = [sign for sign in self._table.signs if not sign[0].isalpha()]
        stem = one_of(self._stems())
        return re.compile(
            rf"(?P<sign>(?<![^\W\d_])(?:{one_of(dollars)}|{one_of(words)}(?![^\W_])|(?i:{stem})\$|{stem}\s\$|(?i:{stem})\s\$(?=\s))"
            rf"|{one_of(bare)})"
            rf"|(?<![^\W\d_])(?:"
            rf"(?P<noun>(?i:{one_of(self._table.nouns)}))(?![^\W_])"
            rf"|(?P<mega>M)?(?P<code>{one_of(self._table.codes)})(?![^\W\d_])"
            rf"|(?P<short>{one_of(self._table.shorts)})(?![^\W\d_]))"
        )

    def _stems(self) -> list[str]:
        """Return the parts that may be separated from a dollar sign: "US $5" and, in tokenized text, "us $ 5".

        Most single letters may not: the A of "A $5 million deal" is an article.
        """
        return [sign[:-1] for sign in self._table.signs if re.fullmatch(r"[^\W\d_].+\$|C\$", sign)]

    def _compile_openers(self) -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
        """Compile the beginnings of currencies: letters as written, letters in any case, and a few other characters."""
        exact = [
            *self._table.signs,
            *self._table.shorts,
            *self._table.codes,
            *(f"M{code}" for code in self._table.codes),
        ]
        openers = {letters[0] for form in exact if (letters := _LETTERS.match(form))}
        folded = {
            letters[0].lower() for form in (*self._table.nouns, *self._stems()) if (letters := _LETTERS.match(form))
        }
        marks = {form[0] for form in (*self._table.signs, *self._table.nouns) if not _LETTERS.match(form)}
        pattern = re.compile(f"[{''.join(map(re.escape, sorted(marks)))}]" if marks else "(?!)")
        return frozenset(openers), frozenset(folded), pattern

    def _starts(self, text: str) -> list[int]:
        """Return the positions where a currency may begin, in order.

        Most words begin none, and are sorted out cheaply.
        """
        words = _LETTERS.findall(text)
        wanted = {word for word in set(words) if word in self._openers or word.lower() in self._any_case_openers}
        starts = [mark.start() for mark in self._marks.finditer(text)]
        position = 0
        for word in [word for word in words if word in wanted]:
            # The next such row of letters that is not a part of a longer one.
            while _is_inside_word(text, position := text.index(word, position), position + len(word)):
                position += 1
            starts.append(position)
            position += len(word)
        starts.sort()
        return starts

    def _read(self, text: str, match: re.Match[str]) -> CurrencyMatch | None:
        """Read a currency; None for letters that only case-insensitive patterns take for others ("dınar")."""
        start, end = match.span()
        if sign := match["sign"]:
            unit = self._table.signs.get(sign) or self._spelled_sign(sign)
            if unit is None:
                return None
            return CurrencyMatch(start, end, unit.default or unit.codes[0], "dollar", Written.SIGN, unit.scale)
        if code := match["code"]:
            scale = Decimal(10**6) if match["mega"] else Decimal(1)
            return CurrencyMatch(start, end, code, "", Written.CODE, scale, is_guarded=self._table.codes[code])
        if short := match["short"]:
            return CurrencyMatch(start, end, self._table.shorts[short], "", Written.SHORT)
        noun = _plain(match["noun"])
        unit = self._table.nouns.get(noun)
        if unit is None:
            return None
        written = Written.NAME if unit.scale == 1 else Written.MINOR
        code = unit.default
        country = self._country_before.search(text, max(0, start - _COUNTRY_REACH), start)
        national = self._of_country(unit, country[1]) if country else None
        if country and national:
            start, code = country.start(), national
        return CurrencyMatch(start, end, code, noun, written, unit.scale, unit.is_guarded, is_national=bool(national))

    def _spelled_sign(self, sign: str) -> Unit | None:
        compact = "".join(sign.split()).lower()
        return next((unit for known, unit in self._table.signs.items() if known.lower() == compact), None)

    def _of_country(self, unit: Unit, country: str) -> str | None:
        return next((code for code in self._table.countries[_spaced(country)] if code in unit.codes), None)

    def _is_open(self, match: CurrencyMatch) -> bool:
        """True when the rest of the text may decide between currencies: nouns of several, without a firm default."""
        unit = self._table.nouns.get(match.noun)
        is_noun = match.written is Written.NAME or match.written is Written.MINOR
        return unit is not None and is_noun and not match.is_national and not unit.is_firm and len(unit.codes) > 1

    def _settle(self, text: str, matches: Sequence[CurrencyMatch]) -> list[CurrencyMatch]:
        """Resolve shared nouns ("dinars") to the one of their currencies whose country the text names most often."""
        named = Counter(
            code for match in self._country_pattern.finditer(text) for code in self._table.countries[_spaced(match[0])]
        )
        named.update(match.code for match in matches if match.code and not self._is_open(match))
        return [self._settle_one(match, named) if self._is_open(match) else match for match in matches]

    def _settle_one(self, match: CurrencyMatch, named: Counter[str]) -> CurrencyMatch:
        ranked = sorted(((named[code], code) for code in self._table.nouns[match.noun].codes), reverse=True)
        is_told = ranked[0][0] > ranked[1][0] and (match.code is None or not named[match.code])
        return replace(match, code=ranked[0][1]) if is_told else match


@lru_cache(maxsize=4)
def _compiled(rows: tuple[tuple[tuple[str, str], ...], ...]) -> Currencies:
    return Currencies(CurrencyTable(map(dict, rows)))


def _is_inside_word(text: str, start: int, end: int) -> bool:
    """True when the position is inside a word."""
    beside = text[start - 1 : start] + text[end : end + 1]
    return any(character.isalnum() and not character.isdecimal() for character in beside)


def _plain(words: str) -> str:
    return _spaced(words.lower())


def _spaced(words: str) -> str:
    return " ".join(words.split())
