"""Numbers and words that look like dates and are none, beside those that are."""

from datetime import date

import pytest

from index.normalize.dates import find_dates

_PUBLISHED = date(2021, 9, 25)  # a Saturday


def _dates(text: str, language: str = "en") -> list[tuple[str, str | None]]:
    matches = find_dates(text, anchor=_PUBLISHED, language=language)
    return [(text[match.span.start : match.span.end], match.interval.value) for match in matches]


@pytest.mark.parametrize(
    "text",
    [
        # Times of day.
        "He will speak at 1530 EST/2030 GMT.",
        "Trading was halted from 1000 to 1030 EST.",
        "Dealers said at 2100 GMT that the pound rose.",
        "The train leaves at 1945 hours.",
        "They met at 1945.",
        "between 1000 and 1200 local time",
        "until 2000 hrs",
        "the 1430Z report",
        # Numbers of things.
        "Law 1998 and Resolution 2231",
        "in Room 2010 of the tower",
        "Flight 1999 and a Boeing 1900",
        "Section 1983, paragraph 1945, Art. 1990, No. 1912, § 2010",
        "highway 2001, bus 1968, channel 2001, PO Box 1984",
        "version 2.1.2020 of the program",
        "call 555-2010",
        "Windows 2000",
        # Counts and sums.
        "1984 rooms and 2000 euros",
        "between 1500 and 2000 people",
        "more than 2000 of them",
        # Names with a year.
        'its "Vision 2030"',
        "the 2030 Agenda",
        "Euro 2020 and Expo 2010",
        "the Anti-Terror Act 1997",
        # Names with a month, a weekday or a season.
        "the Sunday Times said",
        "The Mail on Sunday reported",
        "Bloody Sunday and Super Tuesday",
        "Black September claimed it",
        "the October Revolution",
        "April Jones won, said August Wilson",
        "a book by June Carter",
        "Donna Summer and Summer Smith",
        "the Arab Spring and the Winter Olympics",
        "Prime Minister Theresa May left. It was for May to say.",
        "the November 17 group said",
        "the 17 November terrorist group",
        "the November 17 group. Then November 17 claimed it.",
        "on Mondays they pray",
        "7/7, 9/11 and the 24/7 line",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert _dates(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("at 1990 levels", "1990"),
        ("higher than in 2019", "2019"),
        ("Navstar's 1989 profit", "1989"),
        ("the 2018 World Cup", "2018"),
        ("It fell in Madrid.\n\n1937\n\nThen it rose.", "1937"),
        ("the Act of 1997", "1997"),
        ("In April President Li spoke", "2021-04"),
        ("It was due by November Saddam said", "2021-11"),
        ("Monday President Li spoke", "2021-09-20"),
        ("on Sunday World Cup skiers", "2021-09-19"),
        ("Theresa May spoke in May.", "2021-05"),
        ("the November 17 group struck on November 17", "2021-11-17"),
        ("the summer offensive", "2021-SU"),
        ("their 1982 summer offensives", "1982-SU"),
    ],
)
def test_what_looks_like_a_number_or_a_name_may_be_a_date(text: str, value: str) -> None:
    assert [found for _, found in _dates(text)] == [value]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "2000 Soldaten, 1900 neue Wohnungen, 2019 Euro, Gesetz 1998, § 2010, Nr. 1945, jeden Montag"),
        ("de", "die Agenda 2010, eine Boeing 1900"),
        ("de", "zwischen 1500 und 2000 Menschen um 20.15 Uhr; Herr Mai und August der Starke"),
        ("fr", "2000 soldats, la loi n° 2010-1192, chambre 2010, 2019 euros, le lundi, Mars est une planète, à 20h15"),
        ("es", "de 2000 soldados, de 1500 a 2000 personas, la ley 2010, los lunes, Plácido Domingo, mar adentro"),
        ("it", "2000 soldati, 2019 euro, la legge 2010, il lunedì, il signor Sabato"),
        ("pt", "2000 soldados, 2019 euros, a lei 2010, às segundas-feiras"),
        ("nl", "2000 soldaten, kamer 2010, elke maandag, om 19.45 uur"),
        ("tr", "2000 asker, 2019 lira, oda 2010, pazar yeri, cuma namazı"),
        ("ru", "2000 солдат, рейс 1999, комната 2010, по понедельникам, окружающая среда"),
        ("uk", "2000 солдатів, 2019 гривень, кімната 2010"),
        ("pl", "2000 żołnierzy, pokój 2010, ustawa 1998"),
        ("zh", "2000名士兵，三個月，5日間"),
        ("ja", "2000人、5日間、3か月"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_left_alone_in_other_languages(language: str, text: str) -> None:
    assert _dates(text, language) == []
