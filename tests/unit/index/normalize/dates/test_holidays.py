from datetime import date

import pytest

from index.normalize.dates.holidays import HOLIDAYS, holiday


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("christmas eve", date(2020, 12, 24)),
        ("thanksgiving", date(2020, 11, 26)),
        ("memorial day", date(2020, 5, 25)),
        ("labor day", date(2020, 9, 7)),
        ("election day", date(2020, 11, 3)),
        ("easter", date(2020, 4, 12)),
        ("good friday", date(2020, 4, 10)),
    ],
)
def test_a_holiday_falls_on_its_day(name: str, day: date) -> None:
    assert holiday(name, 2020) == day


@pytest.mark.parametrize("name", sorted(HOLIDAYS))
def test_every_known_holiday_has_a_day(name: str) -> None:
    assert holiday(name, 2020) is not None


def test_an_unknown_holiday_has_no_day() -> None:
    assert holiday("talk like a pirate day", 2020) is None
