import pytest

from index.readers.article.calendars import ascii_digits, day_of


@pytest.mark.parametrize(
    ("year", "month", "day", "value"),
    [
        (1300, 1, 1, "1921-03-21"),
        (1285, 5, 14, "1906-08-06"),
        (1357, 11, 22, "1979-02-11"),
        (1395, 12, 30, "2017-03-20"),
        (1399, 1, 1, "2020-03-20"),
        (1399, 7, 1, "2020-09-22"),
        (1399, 12, 30, "2021-03-20"),
        (1400, 1, 1, "2021-03-21"),
    ],
)
def test_persian_days_are_those_of_the_calendars_in_print(year: int, month: int, day: int, value: str) -> None:
    found = day_of(year, month, day, is_persian=True)
    assert found is not None
    assert found.isoformat() == value


@pytest.mark.parametrize("parts", [(1398, 12, 30), (1399, 7, 31), (1399, 13, 1), (1399, 1, 0), (1600, 1, 1)])
def test_persian_days_that_do_not_exist_are_none(parts: tuple[int, int, int]) -> None:
    assert day_of(*parts, is_persian=True) is None


def test_years_of_thailand_are_counted_from_elsewhere() -> None:
    assert str(day_of(2563, 3, 5)) == "2020-03-05"


def test_digits_of_all_scripts_become_those_of_ascii() -> None:
    assert ascii_digits("٢٠٢٠ ২০২০ ۱۳۹۹ ２０") == "2020 2020 1399 20"
