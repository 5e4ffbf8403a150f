"""Dates in the styles of newspapers of ten languages, beside numbers and names that are none."""

from datetime import date
from pathlib import Path

import pytest

from index.normalize.dates import find_dates

_LINES = Path(__file__).with_name("press.tsv").read_text(encoding="utf-8").splitlines()
_ROWS = [(line + "\t").split("\t")[:3] for line in _LINES if not line.startswith(("#", "language\t"))]
_PUBLISHED = date(2021, 9, 25)  # a Saturday


@pytest.mark.parametrize(("language", "text", "values"), _ROWS)
def test_the_dates_of_a_newspaper_are_read_and_nothing_else(language: str, text: str, values: str) -> None:
    found = find_dates(text, anchor=_PUBLISHED, language=language)
    assert "; ".join(match.interval.value or "?" for match in found) == values
