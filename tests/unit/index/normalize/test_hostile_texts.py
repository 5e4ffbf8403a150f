"""Reading takes time in proportion to the text, whatever the text is."""

import time
from datetime import date

import pytest

from index.normalize.dates import find_dates
from index.normalize.money import Currencies, find_amounts

_PIECES = [
    "1,", "$", "1", "1 000 ", "one and ", "1.111", "a million and ", "one hundred ", "1-", "the last ", "$1-", "$1 to ",
    "1 $ ", "US$ ", "between $1 and ", "May ", "1990-", "the ", "Canadian ", "million ", "a year ", ".", "\n", " ", "'",
    "1/", "1:1", "from ", "tens of ", "dollars ", "twenty-", "January to ", "more than ", "early ", "２０２０ ",
]  # fmt: skip
_SECONDS = 6.0  # a quadratic reader needs minutes for this, a linear one under two seconds on a busy machine
_SIZE = 100_000


@pytest.mark.parametrize("piece", _PIECES)
def test_a_repeated_piece_is_read_in_linear_time(currencies: Currencies, piece: str) -> None:
    text = piece * (_SIZE // len(piece))
    began = time.process_time()
    find_amounts(text + " $", currencies)
    find_dates(text, anchor=date(2021, 9, 25))
    assert time.process_time() - began < _SECONDS
