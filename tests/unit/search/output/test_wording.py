from decimal import Decimal

import pytest

from index.model import Amount
from search.output.wording import amount_in_words


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
