"""Keywords for amounts: those that a document is stored under, and those that a query asks for.

Amounts: `USD:` and the amount in hundredths, zero-padded, so that code point order is order by size within a
currency. Sizes: `USD:9` holds 1e9 up to 1e10 dollars.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from index.model import Amount

__all__ = ["UNKNOWN_CURRENCY", "amount_query_ranges", "amount_size_values", "amount_values", "currency_values"]

UNKNOWN_CURRENCY = "XXX"
"""Stands for amounts whose currency is not known, as ISO 4217 has it."""

# Twenty-two digits before the point: more than all money there is, in any currency.
_AMOUNT_DIGITS: int = 24
_LARGEST_AMOUNT: int = 10**_AMOUNT_DIGITS - 1


def amount_values(amounts: Iterable[Amount]) -> tuple[str, ...]:
    """Return the keywords for `amounts`: both ends of a range, nothing for vague amounts; each once, in order.

    >>> amount_values([Amount("USD", Decimal("1.4e9"))])
    ('USD:000000000000140000000000',)
    """
    return _distinct(
        f"{amount.currency or UNKNOWN_CURRENCY}:{_hundredths(value):0{_AMOUNT_DIGITS}}"
        for amount in amounts
        for value in (amount.value, amount.upper)
        if value is not None
    )


def currency_values(amounts: Iterable[Amount]) -> tuple[str, ...]:
    """Return the keywords for the field `currencies`, vague amounts included.

    >>> currency_values([Amount("USD", None), Amount(None, Decimal(5))])
    ('USD', 'XXX')
    """
    return _distinct(amount.currency or UNKNOWN_CURRENCY for amount in amounts)


def amount_size_values(amounts: Iterable[Amount]) -> tuple[str, ...]:
    """Return the keywords for `amount_sizes`: the power of ten of each end; less than 1 counts as 0.

    >>> amount_size_values([Amount("USD", Decimal("500e6"), Decimal("2.5e9"))])
    ('USD:8', 'USD:9')
    """
    return _distinct(
        f"{amount.currency or UNKNOWN_CURRENCY}:{len(str(_hundredths(value) // 100)) - 1}"
        for amount in amounts
        for value in (amount.value, amount.upper)
        if value is not None
    )


def amount_query_ranges(
    lower: Decimal | None, upper: Decimal | None, currencies: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Return ranges of keywords of `amounts`, both ends inside, one for each currency, whose union is [lower, upper].

    None is an open side. "In any currency" is all values of the field `currencies`. An empty tuple means that
    nothing can match (`lower` above `upper`, or no currency).

    >>> amount_query_ranges(Decimal("1e9"), None, ["USD"])
    (('USD:000000000000100000000000', 'USD:999999999999999999999999'),)
    """
    first = 0 if lower is None or lower < 0 else _hundredths(lower)
    last = _LARGEST_AMOUNT if upper is None else -1 if upper < 0 else _hundredths(upper)
    if first > last:
        return ()
    return tuple(
        (f"{currency}:{first:0{_AMOUNT_DIGITS}}", f"{currency}:{last:0{_AMOUNT_DIGITS}}")
        for currency in dict.fromkeys(currencies)
    )


def _hundredths(value: Decimal) -> int:
    """Return the absolute value in hundredths, rounded to the nearest, at most the largest that fits."""
    if value.is_nan():
        return 0
    if value.is_infinite() or value.adjusted() > _AMOUNT_DIGITS:
        return _LARGEST_AMOUNT
    hundredths = int((abs(value) * 100).to_integral_value())
    return min(hundredths, _LARGEST_AMOUNT)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
