import pytest

from index.readers.article.header_lines import Header, header_paragraphs, is_header_line, read_header, strip_dateline
from index.readers.article.layout import read_layout


def header(text: str) -> Header:
    return read_header(header_paragraphs(read_layout(text)))


def published(text: str) -> str | None:
    interval = header(text).published
    return interval.value if interval is not None else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Friday, January 4, 2019\n\nA building collapsed.", "2019-01-04"),
        ("January 4, 2019 10:30 am EST\nA building collapsed.", "2019-01-04"),
        ("Published: 4 January 2019\n\nA building collapsed.", "2019-01-04"),
        ("Posted on January 4, 2019\n\nA building collapsed.", "2019-01-04"),
        ("Published 4 January 2019 | Updated 6 January 2019\n\nText.", "2019-01-04"),
        ("Updated 6 January 2019 | Published 4 January 2019\n\nText.", "2019-01-04"),
        ("By Jane Roe | January 4, 2019\n\nText.", "2019-01-04"),
        ("By Jane Roe, January 4, 2019\n\nText.", "2019-01-04"),
        ("Veröffentlicht am 4. Januar 2019\n\nText.", "2019-01-04"),
        ("4 Ocak 2019 Cuma\n\nText.", "2019-01-04"),
        ("The sale, agreed in May, was... 25.09.2021, Example International\n\nText.", "2021-09-25"),
        ("BEIJING, Jan. 4, 2019 (Xinhua) -- A building collapsed.", "2019-01-04"),
        ("ANKARA, Turkey, January 4, 2019 — A building collapsed.", "2019-01-04"),
        ("ANKARA, 8 JAN 90 (RADIO ANKARA)-- [TEXT] A BUILDING COLLAPSED.", "1990-01-08"),
        ("Ankara, 14 Nov 05 - A building collapsed.", "2005-11-14"),
        ("ANKARA (TURKEY), 8 JAN 90 (ANKARA RADIO NETWORK) -- A BUILDING COLLAPSED.", "1990-01-08"),
        ("ANKARA, Nov 14 89 -- A building collapsed.", "1989-11-14"),
    ],
)
def test_date_line_is_the_day_of_publication(text: str, value: str) -> None:
    assert published(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "Updated 6 January 2019\n\nText.",
        "SALVADOR, Feb 26 - Showers continued.",
        "The treaty was signed on January 4, 2019",
        "The bonds, rated by two agencies, are due\nOct 15, 1992.\nThe company said more.",
        "The notes will mature on\nOct 15, 1992\nand are callable.",
        "It delivered the first battery on 25.09.2021, officials said",
        "The tank stands at the Army Forum, Moscow, Russia, Aug. 25, 2020.",
        "03/04/2019\n\nText.",
        "A sentence begins the story and goes on for a while until it ends.\n\nJanuary 4, 2019\n\nThe war began.",
        "Talks on 4 January 2019 - a report",
        "ANKARA, 8 JAN 40 (RADIO ANKARA) -- A BUILDING COLLAPSED.",
        "ANKARA, 8 Jan 12 - 14 people died.",
        "ANKARA, 8 Jan 90 people died - a report.",
    ],
)
def test_other_dates_are_not(text: str) -> None:
    assert published(text) is None


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("By Jane Roe\n\nText.", "Jane Roe"),
        ("By Jane Roe and John van der Doe\n\nText.", "Jane Roe and John van der Doe"),
        ("By JANE ROE\n\nText.", "JANE ROE"),
        ("Von Jana Röe\n\nText.", "Jana Röe"),
        ("By Jane Roe, Reuters\n\nText.", "Jane Roe"),
        ("By the time it ended\n\nText.", None),
        ("By and large a success\n\nText.", None),
    ],
)
def test_byline(text: str, byline: str | None) -> None:
    assert header(text).byline == byline


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("ANKARA (Reuters) - Talks went on.", "Reuters"),
        ("NEW YORK (MarketWatch) -- Stocks fell.", "MarketWatch"),
        ("NEW YORK (CNN) — Stocks fell.", "CNN"),
        ("TOKYO (YEN PER KILO) - 17.", None),
        ("Ankara (the capital) - a city", None),
        ("By Jane Roe, AFP\n\nText.", "AFP"),
        ("Reuters\n\nText.", None),
    ],
)
def test_source(text: str, source: str | None) -> None:
    assert header(text).source == source


def test_origin_is_said() -> None:
    assert header("Published: 4 January 2019\n\nText.").published_origin == "line with its date of publication"
    assert header("BEIJING, Jan. 4, 2019 (Xinhua) -- Text.").published_origin == "dateline"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("ANKARA (Reuters) - Talks went on.", "Talks went on."),
        ("SALVADOR, Feb 26 - Showers.", "Showers."),
        ("NATO - how it works", "NATO - how it works"),
        ("Talks went on.", "Talks went on."),
    ],
)
def test_dateline_is_stripped(text: str, rest: str) -> None:
    assert strip_dateline(text) == rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [("January 4, 2019", True), ("By Jane Roe", True), ("January 4, 2019 changed it all", False), ("A title", False)],
)
def test_header_lines_are_told_from_titles(text: str, expected: bool) -> None:
    assert is_header_line(text) is expected
