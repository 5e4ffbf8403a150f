"""Whose dollars, crowns and dinars: the currency of a shared word, by nationality, countries and language of a text."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from index.normalize.money.currencies.finding import Currencies, CurrencyMatch
from index.normalize.money.currency_table import Unit, Written

__all__ = ["Owners"]

_TRADITIONAL = re.compile("[萬億幣臺灣國]")


class Owners:
    """Decides for one text. The countries that it names are counted when the first shared word asks."""

    def __init__(self, text: str, language: str | None, marks: Sequence[CurrencyMatch], currencies: Currencies) -> None:
        self._text = text
        self._language = language
        self._marks = marks
        self._currencies = currencies

    @cached_property
    def sure(self) -> frozenset[str]:
        """The currencies that the text names without doubt."""
        return frozenset(mark.code for mark in self._marks if mark.code and self._is_sure(mark))

    def code_of(self, mark: CurrencyMatch) -> str | None:
        """Return the currency of a mark; None when the text does not say.

        A shared form means the currency whose country the text names most often, or whose country speaks the language
        of the text, or the default of the table. A default gives way only where its own country is not named. Where
        the countries say one currency and the language another, nobody knows.
        """
        unit = self._local_unit(mark) or mark.unit
        if unit is mark.unit and not mark.is_open:
            return mark.code
        own = [code for code in unit.codes if self._speech in self._currencies.table.languages[code]]
        ranked = sorted(((self._named[code], code) for code in unit.codes), reverse=True)
        if ranked[0][0] > ranked[1][0] and (unit.default is None or not self._named[unit.default]):
            told = ranked[0][1]
            return told if not own or told in own or any(self._named[code] for code in own) else None
        if len(own) == 1:
            return own[0]
        return unit.default if not own or unit.default in own or self._named[unit.default or ""] else None

    def _is_sure(self, mark: CurrencyMatch) -> bool:
        return not mark.is_guarded and not mark.is_open and self._local_unit(mark) is None

    def _local_unit(self, mark: CurrencyMatch) -> Unit | None:
        """Return the currencies of a sign or small unit that the language of the text shares otherwise: "$", "Cent"."""
        if self._language is None or mark.national or mark.written not in {Written.SIGN, Written.MINOR}:
            return None
        written = mark.noun or self._text[mark.start : mark.end]
        return self._currencies.table.local_signs.get((self._language, written))

    @cached_property
    def _speech(self) -> str | None:
        """The language of the text; that of Chinese in traditional characters is "zh-hant"."""
        is_traditional = self._language == "zh" and _TRADITIONAL.search(self._text) is not None
        return "zh-hant" if is_traditional else self._language

    def is_at_home(self, code: str | None) -> bool:
        """True when the text names the country of a currency or is in its language."""
        if code is None:
            return False
        return self._named[code] > 0 or self._language in self._currencies.table.languages.get(code, ())

    @cached_property
    def _named(self) -> Counter[str]:
        counted = self._currencies.count_countries(self._text)
        counted.update(mark.code for mark in self._marks if mark.code and self._is_sure(mark))
        return counted
