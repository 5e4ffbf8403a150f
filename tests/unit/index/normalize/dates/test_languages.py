"""Dates in languages other than English: absolute and relative ones, intervals, and the year of a date without one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalize.dates import find_dates
from index.normalize.dates.language_tables import LANGUAGES, UNDIVIDED, read_table

_PUBLISHED = date(2021, 9, 22)  # a Wednesday


def _values(text: str, language: str, anchor: date | None = _PUBLISHED) -> list[str | None]:
    return [match.interval.value for match in find_dates(text, anchor=anchor, language=language)]


_DAY = [
    ("de", "am 3. Oktober 1990"),
    ("de", "am Mittwoch, den 3. Oktober 1990"),
    ("de", "am 3.10.1990"),
    ("de", "am 03.10.90"),
    ("fr", "le 3 octobre 1990"),
    ("fr", "le mercredi 3 oct. 1990"),
    ("fr", "le 03/10/1990"),
    ("es", "el miércoles 3 de octubre de 1990"),
    ("es", "el 3-X-1990"),
    ("it", "mercoledì 3 ottobre 1990"),
    ("it", "dal 3 ottobre 1990".removeprefix("dal ")),
    ("pt", "quarta-feira, 3 de Outubro de 1990"),
    ("nl", "woensdag 3 oktober 1990"),
    ("nl", "op 03-10-1990"),
    ("tr", "3 Ekim 1990 Çarşamba günü"),
    ("tr", "3 Ekim 1990'da"),
    ("ru", "в среду, 3 октября 1990 года"),
    ("ru", "03.10.1990"),
    ("uk", "у середу, 3 жовтня 1990 р."),
    ("pl", "w środę 3 października 1990 r."),
    ("ca", "dimecres 3 d'octubre de 1990"),
    ("ca", "el dimecres 3 d’octubre del 1990"),
    ("el", "την Τετάρτη 3 Οκτωβρίου 1990"),
    ("ar", "يوم الأربعاء 3 أكتوبر 1990"),
    ("ar", "٣ تشرين الأول ١٩٩٠"),
    ("he", "ביום רביעי, 3 באוקטובר 1990"),
    ("zh", "1990年10月3日"),
    ("zh", "一九九〇年十月三日"),
    ("ja", "平成2年10月3日（水）"),
    ("th", "วันที่ 3 ตุลาคม พ.ศ. 2533"),
    ("th", "3 ต.ค. ๒๕๓๓"),
]


@pytest.mark.parametrize(("language", "text"), _DAY)
def test_a_day_of_a_month_with_its_year_is_read_in_each_language(language: str, text: str) -> None:
    assert _values(text, language) == ["1990-10-03"]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "im März 2019", "2019-03"),
        ("de", "in den neunziger Jahren", "199"),
        ("de", "in den 1990er Jahren", "199"),
        ("de", "im 19. Jahrhundert", "18"),
        ("de", "im dritten Quartal 2019", "2019-Q3"),
        ("de", "im Winter 2010/11", "2011-WI"),
        ("de", "Mitte März 2019", "2019-03-11/2019-03-20"),
        ("de", "vom 24. bis 26. Dezember 2020", "2020-12-24/2020-12-26"),
        ("de", "vom 24. Dezember bis 3. Januar 2021", "2020-12-24/2021-01-03"),
        ("de", "im Jahr 44 v. Chr.", "BC0044"),
        ("fr", "les années soixante", "196"),
        ("fr", "dans les années 90", "199"),
        ("fr", "au XIXe siècle", "18"),
        ("fr", "le premier semestre 2020", "2020-H1"),
        ("fr", "à l'hiver 2010-2011", "2011-WI"),
        ("fr", "de mars à mai 2019", "2019-03/2019-05"),
        ("fr", "1er janvier 2020", "2020-01-01"),
        ("es", "los años noventa", "199"),
        ("es", "el siglo XIX", "18"),
        ("es", "el tercer trimestre de 2019", "2019-Q3"),
        ("es", "a finales de 2019", "2019-09-01/2019-12-31"),
        ("es", "del 24 al 26 de diciembre de 2020", "2020-12-24/2020-12-26"),
        ("it", "gli anni Sessanta", "196"),
        ("it", "negli anni '90", "199"),
        ("it", "nell'estate del 2014", "2014-SU"),
        ("it", "il campionato 1978-79", "1978/1979"),
        ("it", "tra il 1914 e il 1918", "1914/1918"),
        ("pt", "nos anos 90", "199"),
        ("pt", "de 1914 a 1918", "1914/1918"),
        ("pt", "o primeiro semestre de 2020", "2020-H1"),
        ("nl", "de jaren '60", "196"),
        ("nl", "in de 19e eeuw", "18"),
        ("nl", "van 24 tot 26 december 2020", "2020-12-24/2020-12-26"),
        ("tr", "1990'lı yıllarda", "199"),
        ("tr", "2019 yılında", "2019"),
        ("tr", "2019'un üçüncü çeyreğinde", "2019-Q3"),
        ("tr", "2011-2014 yılları arasında", "2011/2014"),
        ("tr", "2014 yazında", "2014-SU"),
        ("ru", "в 1990-х годах", "199"),
        ("ru", "в XIX веке", "18"),
        ("ru", "зимой 2010-2011 годов", "2011-WI"),
        ("ru", "в мае 1944-го", "1944-05"),
        ("ru", "с 1914 по 1918 год", "1914/1918"),
        ("ru", "в 44 году до н. э.", "BC0044"),
        ("uk", "у ХІХ столітті", "18"),
        ("uk", "у третьому кварталі 2019 року", "2019-Q3"),
        ("uk", "наприкінці 2019 року", "2019-09-01/2019-12-31"),
        ("pl", "w latach 90.", "199"),
        ("pl", "w latach 1990-1995", "1990/1995"),
        ("pl", "w I kwartale 2019 r.", "2019-Q1"),
        ("pl", "4–6 kwietnia 2019", "2019-04-04/2019-04-06"),
        ("zh", "2019年底", "2019-09-01/2019-12-31"),
        ("zh", "上世纪九十年代", "199"),
        ("zh", "2009年至2012年", "2009/2012"),
        ("ja", "2010年代", "201"),
        ("th", "ปี 2564", "2021"),
    ],
)
def test_longer_periods_are_read_in_each_language(language: str, text: str, value: str) -> None:
    assert _values(text, language) == [value]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "seit 2015", "2015/.."),
        ("de", "bis 31. März 2022", "../2022-03-31"),
        ("fr", "depuis 2015", "2015/.."),
        ("fr", "jusqu’au 31 mars 2022", "../2022-03-31"),
        ("es", "desde 2015", "2015/.."),
        ("it", "dal 2015", "2015/.."),
        ("it", "fino al 31 marzo 2022", "../2022-03-31"),
        ("pt", "até 31 de março de 2022", "../2022-03-31"),
        ("nl", "sinds 2015", "2015/.."),
        ("tr", "2015'ten beri", "2015/.."),
        ("tr", "31 Mart 2022'ye kadar", "../2022-03-31"),
        ("ru", "с 2015 года", "2015/.."),
        ("uk", "до 31 березня 2022 року", "../2022-03-31"),
        ("pl", "od 2015 roku", "2015/.."),
        ("zh", "从2015年起", "2015/.."),
    ],
)
def test_since_and_until_leave_an_end_open_in_each_language(language: str, text: str, value: str) -> None:
    assert _values(text, language) == [value]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "Er kam gestern", "2021-09-21"),
        ("de", "vorgestern", "2021-09-20"),
        ("de", "Er sprach am Montag.", "2021-09-20"),
        ("de", "am Freitagabend", "2021-09-17"),
        ("de", "letzte Woche", "2021-W37"),
        ("de", "vor drei Jahren", "2018"),
        ("de", "Im März wurde sie gewählt.", "2021-03"),
        ("de", "Sie wird im März gewählt.", "2022-03"),
        ("fr", "Elle est venue lundi dernier", "2021-09-20"),
        ("fr", "avant-hier", "2021-09-20"),
        ("fr", "l'an dernier", "2020"),
        ("fr", "il y a trois ans", "2018"),
        ("fr", "dans trois ans", "2024"),
        ("es", "dentro de dos meses", "2021-11"),
        ("it", "fra due anni", "2023"),
        ("pt", "daqui a dois anos", "2023"),
        ("pl", "za dwa lata", "2023"),
        ("fr", "le 2 décembre prochain", "2021-12-02"),
        ("es", "el pasado miércoles", "2021-09-15"),
        ("es", "anteayer", "2021-09-20"),
        ("es", "la semana pasada", "2021-W37"),
        ("es", "hace tres años", "2018"),
        ("it", "l'altro ieri", "2021-09-20"),
        ("it", "tre anni fa", "2018"),
        ("it", "a febbraio scorso", "2021-02"),
        ("pt", "na passada quinta-feira", "2021-09-16"),
        ("pt", "no ano passado", "2020"),
        ("nl", "vorige week", "2021-W37"),
        ("nl", "drie jaar geleden", "2018"),
        ("tr", "geçen yıl", "2020"),
        ("tr", "perşembe günü açıkladı", "2021-09-16"),
        ("tr", "üç yıl önce", "2018"),
        ("ru", "в прошлом году", "2020"),
        ("ru", "Об этом он сообщил в понедельник.", "2021-09-20"),
        ("ru", "три года назад", "2018"),
        ("ru", "Летом завод остановят.", "2022-SU"),
        ("uk", "торік", "2020"),
        ("uk", "минулого тижня", "2021-W37"),
        ("pl", "w zeszłym tygodniu", "2021-W37"),
        ("pl", "przedwczoraj", "2021-09-20"),
        ("pl", "W poniedziałek podpisano umowę.", "2021-09-20"),
        ("zh", "去年", "2020"),
        ("zh", "上周", "2021-W37"),
        ("ja", "昨年7月", "2020-07"),
        ("ja", "3年前", "2018"),
        ("ja", "今月30日", "2021-09-30"),
        ("th", "ปีที่แล้ว", "2020"),
    ],
)
def test_relative_dates_count_from_the_publication_in_each_language(language: str, text: str, value: str) -> None:
    assert _values(text, language) == [value]


def test_a_day_without_a_year_far_from_the_publication_and_without_a_verb_has_no_value() -> None:
    assert _values("5 марта", "ru") == [None]


def test_a_relative_date_without_an_anchor_has_no_value() -> None:
    assert _values("gestern", "de", None) == [None]


def test_a_month_takes_the_year_of_the_date_before_it_in_the_passage() -> None:
    assert _values("En marzo de 2013 se abrió; el 1 de abril cerró.", "es") == ["2013-03", "2013-04-01"]


def test_a_language_without_a_table_is_read_as_english_with_whole_dates_of_other_languages() -> None:
    assert _values("den 5 mars 2021, in March 2020", "sv") == ["2021-03-05", "2020-03"]


@pytest.mark.parametrize("language", [*LANGUAGES, *UNDIVIDED])
def test_every_month_and_weekday_has_a_name(language: str) -> None:
    rows = read_table(language)
    months = [value for kind, value, _ in rows if kind == "month"]
    weekdays = [value for kind, value, _ in rows if kind == "weekday"]
    assert weekdays == [str(number) for number in range(1, 8)]
    assert months == [str(number) for number in range(1, 13)] or language in {"ja", "zh"}


_FORMS = [form for language in (*LANGUAGES, *UNDIVIDED) for _, _, forms in read_table(language) for form in forms]
_MARKS = [
    "1", "2", "31", "2019", "1000", "05/04/2021", "3-IV-2019", "1.2.20", "XIX", "I", "19.", "'60", "12:30",
    "2021-02-30", "5.", ",", ".", "-", "–", "(", ")", "'", "’", "年", "月", "日", "5月",
]  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_FORMS) | st.sampled_from(_MARKS), max_size=12)


@given(
    _TEXTS,
    st.sampled_from((" ", "")),
    st.sampled_from((*LANGUAGES, *UNDIVIDED)),
    st.none() | st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31)),
)
def test_any_text_gives_dates_inside_it_in_order(
    words: list[str], between: str, language: str, anchor: date | None
) -> None:
    text = between.join(words)
    matches = find_dates(text, anchor=anchor, language=language)
    edges = [edge for match in matches for edge in (match.span.start, match.span.end)]
    assert edges == sorted(edges)
    assert all(0 <= match.span.start < match.span.end <= len(text) for match in matches)
    ends = [(match.interval.start, match.interval.end) for match in matches]
    assert all(start is None or end is None or start <= end for start, end in ends)
