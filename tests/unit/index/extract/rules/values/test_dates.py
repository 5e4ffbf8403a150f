from datetime import date

import pytest

from index.extract.pipeline import Extractor
from index.model import Article, DateInterval, DatePrecision, Kind


def _values(extractor: Extractor, body: str, language: str | None = "en") -> list[str | None]:
    day = date(2021, 9, 25)
    published = DateInterval(day, day, DatePrecision.DAY, day.isoformat())
    article = Article("a", "a.txt", "", "", body, language=language, published=published)
    (mentions,) = extractor.extract([article])
    return [mention.interval.value for mention in mentions if mention.kind is Kind.DATES and mention.interval]


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("LONDON, May 6 (AP) - It was filed on 05/04/2021.", "2021-04-05"),
        ("WASHINGTON, May 6 (AP) - It was filed on 05/04/2021.", "2021-05-04"),
        ("The clerk in Mumbai filed it on 05/04/2021.", "2021-04-05"),
        ("The clerk filed it on 05/04/2021.", "2021-04-05/2021-05-04"),
        ("MONTREAL, May 6 (AP) - It was filed on 05/04/2021.", "2021-04-05/2021-05-04"),
    ],
)
def test_figures_are_in_the_order_of_the_country_of_the_article(extractor: Extractor, body: str, value: str) -> None:
    assert _values(extractor, body)[-1] == value


def test_the_language_of_the_article_decides_which_words_are_dates(extractor: Extractor) -> None:
    text = "Er kam vorgestern, am Donnerstag."
    assert (_values(extractor, text, "de"), _values(extractor, text)) == (["2021-09-23", "2021-09-23"], [])
