import pytest

from search.engines.base import MatchMode, Selection, Sort
from search.parameters import from_parameters, to_parameters, unknown_parameters
from search.query.ast import Axis
from search.request import SearchRequest, WordMode


def test_every_parameter_is_read() -> None:
    pairs = [
        ("q", " Patriot withdrawal "),
        ("person", "ismail-demir"),
        ("person", "-vladimir-putin"),
        ("system", "s-400"),
        ("system", "mim-104-patriot"),
        ("system.op", "all"),
        ("amount", ">1bn"),
        ("from", "2019"),
        ("to", "2020-06"),
        ("axis", "published"),
        ("undated", "yes"),
        ("none", "place"),
        ("none", "cur"),
        ("words", "any"),
        ("exact", "1"),
        ("sort", "newest"),
        ("page", "3"),
        ("size", "50"),
    ]

    request, notices = from_parameters(pairs)

    assert notices == ()
    assert request == SearchRequest(
        q="Patriot withdrawal",
        selections=(
            Selection("people", ("ismail-demir",), excluded=("vladimir-putin",)),
            Selection("systems", ("mim-104-patriot", "s-400"), MatchMode.ALL),
        ),
        amount=">1bn",
        date_from="2019",
        date_to="2020-06",
        axis=Axis.PUBLISHED,
        is_undated=True,
        unnamed=("places", "currencies"),
        words=WordMode.ANY,
        is_exact=True,
        sort=Sort.NEWEST,
        page=3,
        size=50,
    )


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        (("page", "0"), "page: “0” is not a number from 1"),
        (("page", "²"), "is not a number"),
        (("size", "1000"), "is not a number from 0 to 100"),
        (("from", "yesterday"), "from: “yesterday” is not a date"),
        (("axis", "x"), "axis: "),
        (("sort", "best"), "is not one of relevance, newest, oldest"),
        (("undated", "maybe"), "neither yes nor no"),
        (("none", "published_year"), "none: “published_year” is not one of person, org"),
        (("person.op", "none"), "is not one of any, all"),
    ],
)
def test_a_bad_value_is_left_out_with_a_notice(pair: tuple[str, str], message: str) -> None:
    request, [notice] = from_parameters([pair])

    assert request == SearchRequest()
    assert message in notice.message


def test_unknown_names_are_ignored_and_can_be_asked_for() -> None:
    pairs = [("q", "x"), ("utm_source", "y"), ("utm_source", "z")]

    assert from_parameters(pairs) == (SearchRequest(q="x"), ())
    assert unknown_parameters(pairs) == ("utm_source",)


@pytest.mark.parametrize(
    ("pairs", "amount"),
    [
        ([("min", "500k")], "500k.."),
        ([("max", "2m"), ("cur", "EUR")], "..2m EUR"),
        ([("min", "1"), ("max", "2"), ("cur", "EUR"), ("cur", "USD")], "1..2"),
        ([("min", "1"), ("amount", ">5")], ">5"),
    ],
)
def test_the_two_fields_of_the_form_make_one_amount(pairs: list[tuple[str, str]], amount: str) -> None:
    assert from_parameters(pairs)[0].amount == amount


def test_parameters_have_one_order_and_no_defaults() -> None:
    request = SearchRequest(
        q="x", selections=(Selection("systems", ("b", "a")), Selection("people", ("c",), excluded=("d",))), page=2
    )

    assert to_parameters(request) == [
        ("q", "x"),
        ("person", "c"),
        ("person", "-d"),
        ("system", "a"),
        ("system", "b"),
        ("page", "2"),
    ]
    assert to_parameters(SearchRequest()) == []


def test_a_value_that_begins_with_a_hyphen_does_not_exclude_itself() -> None:
    request = SearchRequest(selections=(Selection("sources", ("-x",)),))

    assert from_parameters(to_parameters(request))[0] == request
