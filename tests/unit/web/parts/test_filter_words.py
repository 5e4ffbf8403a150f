"""Filters in words: what stands in headings, titles and feeds."""

import pytest

from search.parameters import from_parameters
from web.parts.filter_words import filters_in_words


def said(pairs: list[tuple[str, str]], *, is_one: bool = False) -> str:
    """The filters of a search as they are read in a heading."""
    request, notices = from_parameters(pairs)
    assert not notices
    return " ".join(f"{lead} {value}" for lead, value in filters_in_words(request, {}, is_one=is_one))


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([("cur", "USD"), ("amount", ">1bn")], "with amounts in USD and amounts above 1bn"),
        ([("cur", "USD"), ("cur", "EUR"), ("amount", ">1bn")], "with amounts in EUR or USD and amounts above 1bn"),
        ([("cur", "USD"), ("amount", ">1bn"), ("source", "NTV")], "with amounts in USD and amounts above 1bn from NTV"),
        ([("amount", ">1bn"), ("from", "2019")], "with amounts above 1bn that mention dates from 2019"),
        ([("year", "2019"), ("from", "2018"), ("to", "2020")], "that mention 2019 and dates from 2018 to 2020"),
        ([("published_year", "2019"), ("published_month", "2019-05")], "published 2019 and 2019-05"),
        ([("person", "a"), ("place", "b"), ("none", "org")], "that name a and b and no organization"),
        ([("none", "person"), ("none", "place")], "that name no person and no place"),
        ([("none", "cur"), ("undated", "yes")], "without amounts and without a publication date"),
        ([("person", "-a"), ("place", "-b")], "without a and without b"),
        ([("source", "NTV"), ("lang", "en")], "from NTV in en"),
    ],
)
def test_what_several_filters_begin_with_is_said_once(pairs: list[tuple[str, str]], words: str) -> None:
    assert said(pairs) == words


def test_one_article_has_one_amount_of_each_kind() -> None:
    pairs = [("cur", "USD"), ("amount", ">1bn")]
    assert said(pairs, is_one=True) == "with an amount in USD and an amount above 1bn"
