"""Marks in a text are read to the text without them and to spans that are right, whatever stands around them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Amount, Kind
from tests.evaluation.sets.marked_text import LETTERS, MarkError, read_marked

_HEAD = "published: 2020-05-04\n\n"
_PLAIN = st.text(st.characters(exclude_characters="{}<>=\r", exclude_categories=["Cs"]), max_size=12)
_NAME = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@st.composite
def _marked(draw: st.DrawFn) -> tuple[str, list[tuple[str, str, str]]]:
    """A text that ends without a mark, and its marks: what stands before each, its letter and its name."""
    pieces = draw(st.lists(st.tuples(_PLAIN, st.sampled_from("pols"), _NAME), max_size=6))
    return draw(_PLAIN), pieces


@given(_marked())
def test_text_without_marks_is_what_stands_around_and_in_them(drawn: tuple[str, list[tuple[str, str, str]]]) -> None:
    end, pieces = drawn
    marked = "".join(f"{before}{{{letter} {name}}}" for before, letter, name in pieces) + end
    article = read_marked("a.txt", _HEAD + marked)
    assert article.text == "".join(f"{before}{name}" for before, _, name in pieces) + end
    found = [(m.kind, article.text[m.span.start : m.span.end], m.entity) for m in article.mentions]
    assert found == [(LETTERS[letter], name, name) for _, letter, name in pieces]


def test_entity_may_have_another_name_than_the_mention() -> None:
    article = read_marked("a.txt", _HEAD + "{p Obi = Ada Obi} left.")
    assert (article.text, article.mentions[0].entity) == ("Obi left.", "Ada Obi")


def test_question_mark_makes_a_mention_optional() -> None:
    article = read_marked("a.txt", _HEAD + "{l? Wall Street}, {l Bern}")
    assert [mention.span.is_optional for mention in article.mentions] == [True, False]


def test_angle_brackets_are_alternatives_and_may_be_nested() -> None:
    article = read_marked("a.txt", _HEAD + "He left on {d <<late> Friday> night = 2020-05-01}.")
    mention = article.mentions[0]
    spans = [article.text[start:end] for start, end in mention.span.alternatives]
    assert (article.text, spans) == ("He left on late Friday night.", ["late", "late Friday"])


@pytest.mark.parametrize(
    ("mark", "amounts"),
    [
        ("{a $2 = USD 2}", [Amount("USD", Decimal(2))]),
        ("{a $2-3 = USD 2..3}", [Amount("USD", Decimal(2), Decimal(3))]),
        ("{a millions of euros = EUR ?}", [Amount("EUR", None)]),
        ("{a $2 = SGD 2 or USD 2.5}", [Amount("SGD", Decimal(2)), Amount("USD", Decimal("2.5"))]),
        ("{a 30 dinars = ? 30}", [Amount(None, Decimal(30))]),
    ],
)
def test_amount_has_its_values(mark: str, amounts: list[Amount]) -> None:
    article = read_marked("a.txt", _HEAD + mark)
    assert (article.mentions[0].kind, list(article.mentions[0].amounts)) == (Kind.AMOUNTS, amounts)


@pytest.mark.parametrize(
    ("mark", "days"),
    [
        ("{d 1998}", (date(1998, 1, 1), date(1998, 12, 31))),
        ("{d Monday = 2020-05-04}", (date(2020, 5, 4), date(2020, 5, 4))),
        ("{d February = 2020-02}", (date(2020, 2, 1), date(2020, 2, 29))),
        ("{d May and June = 2020-05/2020-06}", (date(2020, 5, 1), date(2020, 6, 30))),
        ("{d 2014 = 2014/..}", (date(2014, 1, 1), None)),
        ("{d 2014 = ../2014}", (None, date(2014, 12, 31))),
        ("{d the other day = ?}", (None, None)),
    ],
)
def test_date_has_its_first_and_last_day(mark: str, days: tuple[date | None, date | None]) -> None:
    article = read_marked("a.txt", _HEAD + mark)
    assert article.mentions[0].days == (days,)


def test_article_may_have_no_day_of_publication() -> None:
    assert read_marked("a.txt", "published: none\n\nA text.").published is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("A text.", "a.txt:1: no line 'published: YYYY-MM-DD'"),
        (_HEAD + "One.\n{a $2}", r"a.txt:4: \{a \$2\}: an amount needs its value."),
        (_HEAD + "{a $2 = two}", "'two' is no amount"),
        (_HEAD + "{d Monday = soon}", r"a.txt:3: \{d Monday = soon\}"),
        (_HEAD + "{p <Obi}", "a '<' without its '>'"),
        (_HEAD + "{p Obi>}", "a '>' without its '<'"),
        (_HEAD + "{x Obi} left", "a stray '{'"),
    ],
)
def test_wrong_mark_is_named_with_its_place(content: str, told: str) -> None:
    with pytest.raises(MarkError, match=told):
        read_marked("a.txt", content)
