"""The grammar of sums: the tables of packs that say how money is written, compiled once for each process."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from index.normalize.money.currencies.finding import Currencies
from index.normalize.money.numbers.scales import Scales
from index.normalize.money.numbers.small_words import AmountWords

__all__ = ["MoneyGrammar"]

_Row = Mapping[str, str]
_Frozen = tuple[tuple[tuple[str, str], ...], ...]
_TABLES = ("currencies", "currency_words", "scales", "amount_words")


class MoneyGrammar:
    """Currencies, scales and small words. Raises `PackError` for a row that makes no sense."""

    def __init__(
        self,
        currencies: Iterable[_Row],
        currency_words: Iterable[_Row] = (),
        scales: Iterable[_Row] = (),
        amount_words: Iterable[_Row] = (),
    ) -> None:
        self.scales = Scales(scales)
        self.currencies = Currencies.from_rows(currencies, currency_words, self.scales.prefixes)
        self.words = AmountWords(amount_words)

    @classmethod
    def from_packs(cls, rows: Callable[[str], Iterable[_Row]]) -> "MoneyGrammar":
        """Compile the tables that `rows` gives by name; the same tables give the same object.

        >>> rows = {"currencies": [{"code": "USD", "signs": "$"}], "scales": [{"power": "6", "words": "million"}]}
        >>> MoneyGrammar.from_packs(lambda table: rows.get(table, ())).scales.prefixes
        {}
        """
        return _compiled(*(tuple(tuple(row.items()) for row in rows(table)) for table in _TABLES))


@lru_cache(maxsize=4)
def _compiled(currencies: _Frozen, currency_words: _Frozen, scales: _Frozen, amount_words: _Frozen) -> MoneyGrammar:
    return MoneyGrammar(
        [dict(row) for row in currencies],
        [dict(row) for row in currency_words],
        [dict(row) for row in scales],
        [dict(row) for row in amount_words],
    )
