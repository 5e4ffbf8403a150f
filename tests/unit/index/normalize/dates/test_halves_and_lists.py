"""Halves of months, decades and centuries, days in lists, weeks by number and holidays with their year."""

from datetime import date

import pytest

from index.normalize.dates import find_dates
from index.normalize.dates.holidays import holiday

_PUBLISHED = date(2021, 9, 22)


def _values(text: str, language: str) -> list[str | None]:
    return [match.interval.value for match in find_dates(text, anchor=_PUBLISHED, language=language)]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "the first half of March 2020", "the second half of March 2020"),
        ("en", "in the first half of March, 2020", "in the last half of March 2020"),
        ("de", "in der ersten Hälfte des März 2020", "zweite Hälfte des März 2020"),
        ("fr", "première moitié de mars 2020", "la seconde quinzaine de mars 2020"),
        ("es", "la primera mitad de marzo de 2020", "la segunda quincena de marzo de 2020"),
        ("it", "la prima metà di marzo 2020", "nella seconda metà di marzo 2020"),
        ("pt", "a primeira quinzena de março de 2020", "na segunda metade de março de 2020"),
        ("nl", "eerste helft van maart 2020", "tweede helft van maart 2020"),
        ("pl", "pierwsza połowa marca 2020", "w drugiej połowie marca 2020"),
        ("ru", "первая половина марта 2020 года", "во второй половине марта 2020 года"),
        ("uk", "перша половина березня 2020", "у другій половині березня 2020"),
        ("tr", "Mart 2020'nin ilk yarısında", "Mart 2020'nin ikinci yarısında"),
    ],
)
def test_halves_of_a_month(language: str, first: str, second: str) -> None:
    assert _values(first, language) == ["2020-03-01/2020-03-15"]
    assert _values(second, language) == ["2020-03-16/2020-03-31"]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "in the first half of the 1990s", "1990-01-01/1994-12-31"),
        ("en", "the second half of the 19th century", "1850-01-01/1899-12-31"),
        ("en", "the second half of May", "2021-05-16/2021-05-31"),
        ("en", "the first half of 2020", "2020-H1"),
        ("de", "zweite Hälfte der 1990er Jahre", "1995-01-01/1999-12-31"),
        ("de", "in der zweiten Märzhälfte 2020", "2020-03-16/2020-03-31"),
        ("it", "nella prima quindicina di maggio 2020", "2020-05-01/2020-05-15"),
        ("ru", "в первой декаде марта 2019 года", "2019-03-01/2019-03-10"),
        ("ru", "в третьей декаде марта 2019 года", "2019-03-21/2019-03-31"),
        ("ru", "в конце 2010-х - 800 млн рублей", "2017-01-01/2019-12-31"),
        ("de", "erste Hälfte des 19. Jahrhunderts", "1800-01-01/1849-12-31"),
        ("fr", "la seconde moitié des années 1990", "1995-01-01/1999-12-31"),
        ("fr", "à la fin des années 1990", "1997-01-01/1999-12-31"),
        ("es", "segunda mitad de los años 90", "1995-01-01/1999-12-31"),
        ("es", "a principios de los 1990", "1990-01-01/1993-12-31"),
        ("es", "segunda mitad de 2020", "2020-H2"),
        ("it", "nella seconda metà degli anni Ottanta", "1985-01-01/1989-12-31"),
        ("ru", "во второй половине 1980-х годов", "1985-01-01/1989-12-31"),
        ("tr", "1990'ların sonunda", "1997-01-01/1999-12-31"),
        ("tr", "1990'lı yılların başında", "1990-01-01/1993-12-31"),
    ],
)
def test_halves_and_parts_of_longer_units(language: str, text: str, value: str) -> None:
    assert _values(text, language) == [value]


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "on March 7, 8 and 9, 2020", ["2020-03-07", "2020-03-08", "2020-03-09"]),
        ("en", "on March 7, 8, and 9, 2020", ["2020-03-07", "2020-03-08", "2020-03-09"]),
        ("en", "May 3, 10, 17 and 24, 2020", ["2020-05-03", "2020-05-10", "2020-05-17", "2020-05-24"]),
        ("en", "the 7th, 8th and 9th of March 2020", ["2020-03-07", "2020-03-08", "2020-03-09"]),
        ("en", "On September 3, 4 and 5.", ["2021-09-03", "2021-09-04", "2021-09-05"]),
        ("en", "on 7, 8 and 9 March 2020", ["2020-03-07", "2020-03-08", "2020-03-09"]),
        ("de", "am 7., 8. und 9. März 2020", ["2020-03-07", "2020-03-08", "2020-03-09"]),
        ("fr", "les 7, 8 et 14 mars 2020", ["2020-03-07", "2020-03-08", "2020-03-14"]),
        ("es", "los días 7, 8 y 9 de marzo de 2020", ["2020-03-07", "2020-03-08", "2020-03-09"]),
        ("it", "il 7, 8 e 9 marzo 2020", ["2020-03-07", "2020-03-08", "2020-03-09"]),
        ("pt", "nos dias 7, 8 e 9 de março de 2020", ["2020-03-07", "2020-03-08", "2020-03-09"]),
        ("nl", "op 7, 8 en 9 maart 2020", ["2020-03-07", "2020-03-08", "2020-03-09"]),
        ("pl", "7, 8 i 9 marca 2020", ["2020-03-07", "2020-03-08", "2020-03-09"]),
        ("ru", "7, 8 и 9 марта 2020 года", ["2020-03-07", "2020-03-08", "2020-03-09"]),
    ],
)
def test_each_day_of_a_list_is_a_date(language: str, text: str, values: list[str]) -> None:
    assert _values(text, language) == values


@pytest.mark.parametrize("text", ["On March 7, 8 and 9 people died there.", "March 9, 8 and 7 people"])
def test_numbers_behind_a_day_are_no_days(text: str) -> None:
    assert len(_values(text, "en")) == 1


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "in KW 9/2024", "2024-W09"),
        ("de", "Kalenderwoche 52 2020", "2020-W52"),
        ("de", "in der 12. KW 2024", "2024-W12"),
        ("fr", "la semaine 9 de 2024", "2024-W09"),
        ("nl", "week 9 van 2024", "2024-W09"),
        ("es", "la semana 9 de 2024", "2024-W09"),
    ],
)
def test_the_number_of_a_week_is_read(language: str, text: str, value: str) -> None:
    assert _values(text, language) == [value]


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "KW 54/2020"), ("de", "nach 9 Wochen 2024"), ("de", "in KW 12"), ("en", "Week 9 of 2024")],
)
def test_no_week_without_its_proof(language: str, text: str) -> None:
    assert "W" not in "".join(filter(None, _values(text, language)))


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "Weihnachten 2023", "2023-12-25"),
        ("de", "Ostern 2020", "2020-04-12"),
        ("de", "Pfingsten 2020", "2020-05-31"),
        ("es", "la Navidad de 2021", "2021-12-25"),
        ("es", "Nochevieja de 2019", "2019-12-31"),
        ("fr", "Noël 2019", "2019-12-25"),
        ("fr", "Pâques 2020", "2020-04-12"),
        ("it", "Ferragosto 2019", "2019-08-15"),
        ("it", "Pasqua 2021", "2021-04-04"),
        ("pt", "Natal de 2020", "2020-12-25"),
        ("nl", "Tweede Kerstdag 2020", "2020-12-26"),
        ("pl", "Wielkanoc 2021", "2021-04-04"),
        ("pl", "Boże Narodzenie 2014", "2014-12-25"),
        ("ru", "Пасха 2021 года", "2021-05-02"),
        ("el", "Πάσχα 2021", "2021-05-02"),
    ],
)
def test_a_holiday_with_its_year_is_a_day(language: str, text: str, value: str) -> None:
    assert _values(text, language) == [value]


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Noël Forgeard"), ("it", "Natale"), ("pt", "em Natal"), ("de", "Silvester"), ("de", "Silvester 2019/2020")],
)
def test_the_name_of_a_holiday_alone_is_no_day(language: str, text: str) -> None:
    assert [value for value in _values(text, language) if value and value.count("-") == 2] == []


@pytest.mark.parametrize(
    ("year", "day"),
    [(2016, date(2016, 5, 1)), (2017, date(2017, 4, 16)), (2020, date(2020, 4, 19)), (2021, date(2021, 5, 2))],
)
def test_the_orthodox_easter_has_its_own_calendar(year: int, day: date) -> None:
    assert holiday("orthodox easter", year) == day
    assert holiday("orthodox easter", 2150) is None
