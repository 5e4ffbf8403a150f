"""A table of currencies, inverted: the currencies of each noun, sign, code and country."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from index.errors import PackError

__all__ = ["CurrencyTable", "Unit"]

_MIN_LETTERS = 3  # Applies to names of countries that are also looked for in small letters and in capitals.


@dataclass(frozen=True, slots=True)
class Unit:
    """A noun or sign: the currencies that use it, in the order of the table, and the default one.

    `scale` is 0.01 for cents. `is_guarded` is true for words that mean something else as often, `is_firm` when the
    default holds also in a text that names other countries only.
    """

    codes: tuple[str, ...]
    chosen: str | None
    scale: Decimal
    is_guarded: bool = False
    is_firm: bool = False

    @property
    def default(self) -> str | None:
        """The default currency: the only one, or the one that the table marks."""
        return self.chosen or (self.codes[0] if len(self.codes) == 1 else None)


class CurrencyTable:
    """The parsed rows. `codes` says for each code whether it is guarded; `countries` are in every letter case.

    Raises `PackError` when a row has no code, or its number of digits is not a number.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self.nouns: dict[str, Unit] = {}
        self.signs: dict[str, Unit] = {}
        self.codes: dict[str, bool] = {}
        self.shorts: dict[str, str] = {}
        self.countries: dict[str, tuple[str, ...]] = {}
        for row in rows:
            self._add(row)

    def capitalized_countries(self) -> list[str]:
        """Return the names of countries and nationalities as they stand in the table, and in capitals."""
        return [name for name in self.countries if not name.islower()]

    def _add(self, row: Mapping[str, str]) -> None:
        code = row.get("code", "")
        digits = row.get("digits", "") or "2"
        if not re.fullmatch(r"[A-Z]{3}", code) or not digits.isdecimal():
            message = f"a currency needs a code of three capitals and a number of digits, not {code!r} and {digits!r}"
            raise PackError(message)
        flags = frozenset(_cell(row, "flags"))
        self.codes[code] = "guarded-code" in flags
        for short in _cell(row, "short"):
            self.shorts.setdefault(short, code)
        for sign in _cell(row, "signs"):
            _join(self.signs, sign, code, flags=flags - {"guarded-noun"})
        for noun in _cell(row, "nouns"):
            _join(self.nouns, noun.lower(), code, flags=flags)
        scale = Decimal(1).scaleb(-int(digits))
        for noun in _cell(row, "minor"):
            _join(self.nouns, noun.lower(), code, flags=flags - {"guarded-noun"}, scale=scale)
        for country in _cell(row, "countries"):
            forms = (country, country.lower(), country.upper()) if len(country) >= _MIN_LETTERS else (country,)
            for form in dict.fromkeys(forms):
                self.countries[form] = (*self.countries.get(form, ()), code)


def _cell(row: Mapping[str, str], column: str) -> list[str]:
    return [value for value in (row.get(column) or "").split("|") if value]


def _join(units: dict[str, Unit], name: str, code: str, *, flags: frozenset[str], scale: Decimal = Decimal(1)) -> None:
    unit = units.get(name, Unit((), None, scale))
    if unit.scale != scale:
        return  # "dirham" is a main unit before it is a hundredth of another.
    units[name] = Unit(
        (*unit.codes, code),
        code if "default" in flags else unit.chosen,
        scale,
        is_guarded=unit.is_guarded or "guarded-noun" in flags or f"guarded:{name}" in flags,
        is_firm=unit.is_firm or "firm" in flags,
    )
