"""Records of the grammar of sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from index.normalize.money.currencies.finding import Currencies, CurrencyMatch
from index.normalize.money.currencies.owners import Owners
from index.normalize.money.currency_table import Written
from index.normalize.money.numbers.numerals import Number, Numeral, NumeralReader
from index.normalize.money.numbers.small_words import LanguageWords

__all__ = ["MoneyText", "Sum"]

_WORDS = frozenset({Written.NAME, Written.MINOR})
_LEAST_WITHOUT_SCALE = 2  # Words for one are articles, too.


class Sum(Struct, frozen=True):
    """One number with its currency. `code` is None when the currency is unknown; `number` is kept for ranges.

    `factor` is the multiplier from the mantissa of the number to `value`.
    """

    start: int
    end: int
    value: Decimal
    code: str | None
    factor: Decimal
    number: Number
    currency: CurrencyMatch


@dataclass(frozen=True, slots=True)
class MoneyText:
    """One text with all that its sums are read from. `marks` and `numerals` are in order and disjoint."""

    text: str
    language: str | None
    numerals: Sequence[Numeral]
    marks: Sequence[CurrencyMatch]
    currencies: Currencies
    reader: NumeralReader
    owners: Owners
    words: LanguageWords

    def read(self, numeral: Numeral, mark: CurrencyMatch | None = None, *, limit: int | None = None) -> Number | None:
        """Return the number of a numeral beside a currency; its scale ends at `limit` at the latest."""
        if mark is None:
            return self.reader.read(numeral, limit=limit)
        code = self.owners.code_of(mark)
        is_point = code in self.currencies.table.points
        if numeral.needs_scale and limit == mark.start and self._may_follow(numeral, mark):
            numeral = replace(numeral, needs_scale=False)
        return self.reader.read(numeral, (code,) if code else mark.unit.codes, is_point=is_point, limit=limit)

    @staticmethod
    def _may_follow(numeral: Numeral, mark: CurrencyMatch) -> bool:
        """True where a number in words needs no scale before a currency: "fünf Dollar", but not "un dollar fort"."""
        return mark.written in _WORDS and numeral.extra >= _LEAST_WITHOUT_SCALE
