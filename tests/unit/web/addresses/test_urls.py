from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from index.model import Kind
from search.engines.base import Selection
from search.parameters import from_parameters
from search.request import SearchRequest
from web.addresses.neighbors import with_query, with_value
from web.addresses.urls import (
    api_url,
    article_url,
    browse_url,
    control_id,
    entity_url,
    export_url,
    facet_url,
    parameter_value,
    parameters_without,
    search_url,
)

REQUEST = SearchRequest(q="deal", selections=(Selection("people", ("a",)),), page=2, size=50)


def test_the_pages_of_things_are_safe_for_any_id() -> None:
    assert article_url("a/b?c#d") == "/article/a%2Fb%3Fc%23d"
    assert entity_url("İ") == "/entity/%C4%B0"


def test_an_export_is_of_all_pages() -> None:
    assert export_url(REQUEST, "csv") == "/search.csv?q=deal&person=a"
    assert export_url(REQUEST, "csv", of="mentions") == "/mentions.csv?q=deal&person=a"


def test_a_facet_knows_the_way_back() -> None:
    address = facet_url("person", REQUEST, extra=[("find", "x")])
    assert address == "/facet/person?q=deal&person=a&page=2&size=50&find=x"


def test_plain_paths_have_no_question_mark() -> None:
    assert (browse_url(Kind.PEOPLE), api_url("entities"), search_url(SearchRequest())) == (
        "/entities/people",
        "/api/v1/entities",
        "/search",
    )


def test_a_form_carries_what_its_controls_do_not_send() -> None:
    assert parameters_without(REQUEST, ["q", "person"]) == (("page", "2"), ("size", "50"))


def test_control_ids_differ_between_values_and_facets() -> None:
    assert len({control_id("person", "a"), control_id("person", "b"), control_id("org", "a")}) == 3


def test_a_value_that_begins_with_a_dash_is_not_excluded() -> None:
    request, notices = from_parameters([("source", parameter_value("sources", "-30-"))])
    assert (request.selections, notices) == ((Selection("sources", ("-30-",)),), ())


words = (
    st.text(max_size=30)
    .map(lambda text: text.replace("\x00", "").strip())
    .filter(lambda text: text.encode("utf-8", "ignore").decode() == text)
)


@given(words, words.filter(bool))
def test_a_search_survives_its_address(q: str, value: str) -> None:
    request = with_value(with_query(SearchRequest(), q), "sources", value.lstrip("-\\ \t").strip() or "x")
    pairs = parse_qsl(urlsplit(search_url(request)).query, keep_blank_values=True)
    assert from_parameters(pairs) == (request, ())
