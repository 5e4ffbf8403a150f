"""Whose dollars, crowns and dinars: the currency of a shared word, by nationality, countries and language of a text."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from index.normalize.money.currencies import Currencies, CurrencyMatch

__all__ = ["Owners"]


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
        return frozenset(mark.code for mark in self._marks if mark.code and not mark.is_guarded and not mark.is_open)

    def code_of(self, mark: CurrencyMatch) -> str | None:
        """Return the currency of a mark; None when the text does not say.

        A shared word means the currency whose country the text names most often, or whose country speaks the language
        of the text, or the default of the table; a default gives way only where its own country is not named.
        """
        if not mark.is_open:
            return mark.code
        ranked = sorted(((self._named[code], code) for code in mark.unit.codes), reverse=True)
        if ranked[0][0] > ranked[1][0] and (mark.code is None or not self._named[mark.code]):
            return ranked[0][1]
        if not ranked[0][0]:
            own = [code for code in mark.unit.codes if self._language in self._currencies.table.languages[code]]
            if len(own) == 1:
                return own[0]
        return mark.code

    def is_at_home(self, code: str | None) -> bool:
        """True when the text names the country of a currency or is in its language."""
        if code is None:
            return False
        return self._named[code] > 0 or self._language in self._currencies.table.languages.get(code, ())

    @cached_property
    def _named(self) -> Counter[str]:
        counted = self._currencies.count_countries(self._text)
        counted.update(mark.code for mark in self._marks if mark.code in self.sure and not mark.is_guarded)
        return counted
