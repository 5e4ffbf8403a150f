from datetime import date
from decimal import Decimal

from index.keywords.values import KEYWORD_FIELDS, keyword_values
from index.model import Amount, DateInterval, DatePrecision, Document


def test_every_keyword_field_gets_its_values() -> None:
    day = DateInterval(date(2019, 7, 12), date(2019, 7, 12), DatePrecision.DAY)
    document = Document(
        id="1",
        title="",
        body="",
        people=("a", "b", "a", ""),
        organizations=("o",),
        places=("p",),
        systems=("s",),
        amounts=(Amount("USD", Decimal(5)),),
        dates=(day,),
        published=day,
        source="T\ud800",
        language="en",
    )
    values = keyword_values(document)
    assert tuple(values) == KEYWORD_FIELDS
    assert all(values.values())
    assert (values["people"], values["sources"], values["published_months"]) == (("a", "b"), ("T?",), ("2019-07",))


def test_an_unresolved_date_of_publication_is_undated() -> None:
    relative = DateInterval(None, None, DatePrecision.DAY)
    values = keyword_values(Document(id="1", title="", body="", published=relative))
    assert (values["published"], values["published_years"], values["sources"]) == ((), ("undated",), ())
