from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ModelError
from index.extract.pipeline import Extractor
from index.model import Article, DateInterval, DatePrecision, Kind
from index.packs.loader import Packs
from tests.support.examples import examples

DAY = date(2021, 9, 25)


def article(body: str, *, published: DateInterval | None = None) -> Article:
    return Article("a", "a.txt", "", "", body, published=published)


def test_results_come_in_the_order_of_the_articles(extractor: Extractor) -> None:
    bodies = ["Ankara", "", "nothing here", "Moscow and Ankara"]
    results = list(extractor.extract(map(article, bodies), batch_size=2))
    assert [[mention.text for mention in mentions] for mentions in results] == [
        ["Ankara"],
        [],
        [],
        ["Moscow", "Ankara"],
    ]


def test_relative_dates_are_read_from_the_day_of_publication(extractor: Extractor) -> None:
    published = DateInterval(DAY, DAY, DatePrecision.DAY)
    ((mention,),) = extractor.extract([article("It came in late August", published=published)])
    assert mention.interval is not None
    assert (mention.interval.start, mention.interval.end) == (date(2021, 8, 21), date(2021, 8, 31))


def test_amounts_have_their_value(extractor: Extractor) -> None:
    ((mention,),) = extractor.extract([article("a $2.5 billion deal")])
    assert mention.kind is Kind.AMOUNTS
    assert mention.amount is not None
    assert (mention.amount.currency, mention.amount.value) == ("USD", 2_500_000_000)


PIECES = [
    "Ankara",
    " ",
    "\n\n",
    "S-400s",
    "Gen. ",
    "John ",
    "Smith",
    "(SSB)",
    "'s",
    "$5 million",
    "in 2019.",
    "İ",
    "\u0301",
    "X, ",
    "Ministry of ",
]


@settings(max_examples=examples(200))
@given(body=st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_mentions_are_sorted_disjoint_and_quote_the_body(body: str, extractor: Extractor) -> None:
    (mentions,) = extractor.extract([article(body)])
    edges = [edge for mention in mentions for edge in (mention.span.start, mention.span.end)]
    assert edges == sorted(edges)
    assert all(body[mention.span.start : mention.span.end] == mention.text != "" for mention in mentions)


@pytest.mark.parametrize(
    "body",
    [
        "A" * 100_000,
        "Ankara " * 20_000,
        "John Smith said " * 10_000,
        "(" * 50_000,
        "A. " * 30_000,
        "Bank of " * 15_000,
        "X-" * 50_000,
        "\n" * 100_000,
    ],
    ids=lambda body: body[:8],
)
def test_hostile_bodies_are_read_to_the_end(body: str, extractor: Extractor) -> None:
    text = body + "\n\nMoscow"
    (mentions,) = extractor.extract([article(text)])
    assert mentions[-1].text == "Moscow"


def test_a_body_longer_than_a_million_characters_loses_nothing(extractor: Extractor) -> None:
    (mentions,) = extractor.extract([article("a word and " * 100_000 + "Moscow")])
    assert [mention.text for mention in mentions] == ["Moscow"]


def test_without_packs_only_grammars_and_shapes_speak() -> None:
    ((mention,),) = Extractor(packs=Packs(), model="none").extract([article("Ankara signed on 25 August 2020")])
    assert mention.kind is Kind.DATES


def test_a_model_that_is_not_there_says_how_to_get_one() -> None:
    with pytest.raises(ModelError, match="pip install"):
        Extractor(packs=Packs(), model="no_such_model")
