from datetime import date
from decimal import Decimal

import pytest

from index.model import Amount, DateInterval, DatePrecision
from search.output.wording import amount_in_words, interval_in_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0.0001", "USD 0.0001"),
        ("0.001", "USD 0.001"),
        ("0.075", "USD 0.075"),
        ("0.5", "USD 0.5"),
        ("0", "USD 0"),
        ("1234.5", "USD 1,234.5"),
        ("2400000000", "USD 2.4 billion"),
    ],
)
def test_an_amount_is_never_rounded_to_nothing(value: str, words: str) -> None:
    assert amount_in_words(Amount("USD", Decimal(value))) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, date(2024, 12, 31), "until 2024"),
        (None, date(2024, 2, 29), "until February 2024"),
        (None, date(2023, 2, 27), "until 27 February 2023"),
        (None, date(2024, 1, 1), "until 1 January 2024"),
        (date(2015, 1, 1), None, "since 2015"),
        (date(2015, 7, 1), None, "since July 2015"),
        (date(2015, 12, 31), None, "since 31 December 2015"),
        (None, date.max, "until 9999"),
        (date.min, None, "since 1"),
    ],
)
def test_an_open_interval_says_its_other_end_as_other_dates(start: date | None, end: date | None, words: str) -> None:
    assert interval_in_words(DateInterval(start, end, DatePrecision.INTERVAL)) == words


def test_an_open_interval_with_a_day_keeps_it() -> None:
    assert interval_in_words(DateInterval(None, date(2024, 12, 31), DatePrecision.DAY)) == "until 31 December 2024"
