"""A table of currencies, inverted: the currencies of each noun, sign, code and country."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum

from index.errors import PackError

__all__ = ["CurrencyTable", "Guard", "Unit", "Written", "cell_values"]

_MIN_LETTERS = 3  # Applies to names of countries that are also looked for in small letters and in capitals.
_MILLION = Decimal(10**6)


class Written(StrEnum):
    """The ways in which a currency is written."""

    SIGN = "sign"
    CODE = "code"
    SHORT = "abbreviation"
    NAME = "name"
    MINOR = "minor unit"


class Guard(IntEnum):
    """The evidence that a form needs to count as a currency; see `index.normalize.money.refusals`."""

    NONE = 0
    FRONT = 1
    GUARDED = 2
    LARGE = 3
    STRICT = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """A noun, sign, code or abbreviation: the currencies that use it, in the order of the table, and the default one.

    `scale` is 0.01 for cents, 1000000 for "mdp". `is_firm` is true when the default holds also in a text that names
    other countries only. `languages` are those of a word that counts in their texts alone; empty for any text.
    """

    written: Written
    codes: tuple[str, ...] = ()
    chosen: str | None = None
    scale: Decimal = Decimal(1)
    guard: Guard = Guard.NONE
    is_firm: bool = False
    languages: frozenset[str] = frozenset()

    @property
    def default(self) -> str | None:
        """The default currency: the only one, or the one that the table marks."""
        return self.chosen or (self.codes[0] if len(self.codes) == 1 else None)


class CurrencyTable:
    """The parsed rows of `currencies.tsv` and `currency_words.tsv`.

    `nouns` are in small letters, `exact` are signs, codes and abbreviations as they are written, `countries` are in
    every letter case. `languages` and `points` are the languages of a currency's country, and the currencies whose
    countries write a decimal point in languages that write a comma elsewhere. `first_nouns` has the noun of a code.
    `local_signs` are signs and small units that mean other currencies in texts of a language, `sign_codes` all that
    such a sign means in some language.

    Raises `PackError` when a row has no code, or its number of digits is not a number.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]], words: Iterable[Mapping[str, str]] = ()) -> None:
        self.nouns: dict[str, Unit] = {}
        self.exact: dict[str, Unit] = {}
        self.codes: set[str] = set()
        self.countries: dict[str, tuple[str, ...]] = {}
        self.languages: dict[str, frozenset[str]] = {}
        self.points: set[str] = set()
        self.first_nouns: dict[str, str] = {}
        self.local_signs: dict[tuple[str, str], Unit] = {}
        self.sign_codes: dict[str, frozenset[str]] = {}
        digits: dict[str, int] = {}
        for row in rows:
            digits[row.get("code", "")] = self._add(row)
        for row in words:
            self._add_words(row, digits.get(row.get("code", ""), 2))

    def capitalized_countries(self) -> list[str]:
        """Return the names of countries and nationalities as they stand in the table, and in capitals."""
        return [name for name in self.countries if not name.islower()]

    def _add(self, row: Mapping[str, str]) -> int:
        code = _code(row)
        digits = row.get("digits", "") or "2"
        if not digits.isdecimal():
            message = f"a currency needs a code of three capitals and a number of digits, not {code!r} and {digits!r}"
            raise PackError(message)
        flags = frozenset(cell_values(row, "flags"))
        self.codes.add(code)
        self.languages[code] = frozenset(cell_values(row, "languages"))
        if "point" in flags:
            self.points.add(code)
        _join(self.exact, code, code, Unit(Written.CODE, guard=_guard(code, flags, "guarded-code")))
        for column, written in (("short", Written.SHORT), ("signs", Written.SIGN)):
            for form in cell_values(row, column):
                _join(self.exact, form, code, Unit(written, guard=_guard(form, flags)), flags)
        for form in cell_values(row, "millions"):
            _join(self.exact, form, code, Unit(Written.SHORT, scale=_MILLION, guard=_guard(form, flags)), flags)
        for noun in cell_values(row, "nouns"):
            unit = Unit(Written.NAME, guard=_guard(noun, flags, "guarded-noun"))
            _join(self.nouns, noun.lower(), code, unit, flags)
            self.first_nouns.setdefault(code, noun.lower())
        scale = Decimal(1).scaleb(-int(digits))
        for noun in cell_values(row, "minor"):
            _join(self.nouns, noun.lower(), code, Unit(Written.MINOR, scale=scale, guard=_guard(noun, flags)), flags)
        for country in cell_values(row, "countries"):
            forms = (country, country.lower(), country.upper()) if len(country) >= _MIN_LETTERS else (country,)
            for form in dict.fromkeys(forms):
                self.countries[form] = (*self.countries.get(form, ()), code)
        return int(digits)

    def _add_words(self, row: Mapping[str, str], digits: int) -> None:
        code = _code(row)
        flags = frozenset(cell_values(row, "flags"))
        languages = frozenset(cell_values(row, "languages"))
        for noun in cell_values(row, "nouns"):
            unit = Unit(Written.NAME, guard=_guard(noun, flags, "guarded-noun"), languages=languages)
            _join(self.nouns, noun.lower(), code, unit, flags)
        for sign in cell_values(row, "signs"):
            for language in languages:
                key = language, sign
                old = self.local_signs.get(key, Unit(Written.SIGN))
                chosen = code if f"default:{sign}" in flags else old.chosen
                self.local_signs[key] = Unit(Written.SIGN, (*old.codes, code), chosen)
            self.sign_codes[sign] = self.sign_codes.get(sign, frozenset()) | {code}
        scale = Decimal(1).scaleb(-digits)
        for noun in cell_values(row, "minor"):
            unit = Unit(Written.MINOR, scale=scale, guard=_guard(noun, flags), languages=languages)
            _join(self.nouns, noun.lower(), code, unit, flags)


def cell_values(row: Mapping[str, str], column: str) -> list[str]:
    """Return the values of a cell.

    >>> cell_values({"nouns": "krone|kroner"}, "nouns"), cell_values({}, "nouns")
    (['krone', 'kroner'], [])
    """
    return [value for value in (row.get(column) or "").split("|") if value]


def _code(row: Mapping[str, str]) -> str:
    code = row.get("code", "")
    if not re.fullmatch(r"[A-Z]{3}", code):
        digits = row.get("digits", "") or "2"
        message = f"a currency needs a code of three capitals and a number of digits, not {code!r} and {digits!r}"
        raise PackError(message)
    return code


def _guard(form: str, flags: frozenset[str], whole: str = "") -> Guard:
    for guard in (Guard.STRICT, Guard.LARGE, Guard.FRONT):
        if f"{guard.name.lower()}:{form}" in flags:
            return guard
    return Guard.GUARDED if f"guarded:{form}" in flags or whole in flags else Guard.NONE


def _join(units: dict[str, Unit], form: str, code: str, new: Unit, flags: frozenset[str] = frozenset()) -> None:
    """Add a currency to a form. A main unit is none of another's parts: "dirham"; words of all texts stay so."""
    old = units.get(form)
    if old is None:
        old = new
    elif old.scale != new.scale or (new.languages and not old.languages):
        return
    is_default = f"default:{form}" in flags or ("default" in flags and f"shared:{form}" not in flags)
    units[form] = Unit(
        old.written,
        old.codes if code in old.codes else (*old.codes, code),
        code if is_default else old.chosen,
        old.scale,
        max(old.guard, new.guard),
        is_firm=old.is_firm or not flags.isdisjoint({"firm", f"firm:{form}"}),
        languages=old.languages | new.languages if old.languages and new.languages else frozenset(),
    )
