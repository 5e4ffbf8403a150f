import pytest

from search.engines.base import MAX_FACET_VALUES, MAX_PAIRED, Bucket, FacetRequest, MatchMode, Searcher, Selection
from search.query.ast import And, Everything, Keyword, Not, Nothing, Query, Term

_PEOPLE, _PLACES = FacetRequest("people"), FacetRequest("places")


def _counts(searcher: Searcher, request: FacetRequest, *selections: Selection) -> str:
    (facet,) = searcher.search(Everything(), selections=selections, facets=[request], limit=0).facets
    return " ".join(f"{bucket.value}:{bucket.count}" for bucket in facet.buckets)


def test_buckets_come_by_count_then_by_value(searcher: Searcher) -> None:
    (facet,) = searcher.search(Everything(), facets=[_PLACES]).facets
    assert facet.buckets == (Bucket("russia", 2), Bucket("turkey", 2), Bucket("poland", 1))
    assert (facet.field, facet.distinct) == ("places", 3)


def test_ties_come_in_the_order_of_values_whatever_the_archive_has_more_of(searcher: Searcher) -> None:
    result = searcher.search(Term("body", "defens"), facets=[FacetRequest("sources"), _PLACES])
    assert result.facets[0].buckets == (Bucket("PAP", 1), Bucket("TASS", 1))
    assert result.facets[1].buckets == (Bucket("poland", 1), Bucket("russia", 1), Bucket("turkey", 1))


def test_pages_of_a_facet_are_slices_of_the_whole(searcher: Searcher) -> None:
    requests = [_PLACES, *(FacetRequest("places", limit=1, offset=offset) for offset in range(4))]
    whole, *pages = searcher.search(Everything(), facets=requests).facets
    assert tuple(bucket for page in pages for bucket in page.buckets) == whole.buckets


def test_a_request_takes_as_many_values_as_every_engine_must(searcher: Searcher) -> None:
    values = ("turkey", *(f"place {number:04}" for number in range(MAX_FACET_VALUES - 1)))
    request = FacetRequest("places", limit=MAX_FACET_VALUES, values=values)
    (facet,) = searcher.search(Everything(), facets=[request], limit=0).facets
    assert [bucket.value for bucket in facet.buckets] == list(values)
    assert sum(bucket.count for bucket in facet.buckets) == 2


@pytest.mark.parametrize(
    ("request_", "counts"),
    [
        (FacetRequest("places", limit=1), "russia:2"),
        (FacetRequest("places", limit=1, offset=1), "turkey:2"),
        (FacetRequest("places", limit=0), ""),
        (FacetRequest("places", limit=5, offset=9), ""),
        (FacetRequest("places", values=("poland", "mars", "turkey")), "turkey:2 poland:1 mars:0"),
        (FacetRequest("places", values=()), ""),
        (FacetRequest("published_years", is_by_value=True), "2018:1 2019:1 2021:1 undated:1"),
        (FacetRequest("published_years", is_by_value=True, limit=2, offset=1), "2019:1 2021:1"),
        (FacetRequest("published_years", values=("2021", "1900"), is_by_value=True), "1900:0 2021:1"),
        (FacetRequest("currencies"), "USD:2 EUR:1"),
        (FacetRequest("amount_sizes"), "USD:9:2 EUR:2:1"),
        (FacetRequest("date_months"), "2017-12:1"),
        (FacetRequest("published", values=("=2021-01-01",)), "=2021-01-01:1"),
    ],
    ids=str,
)
def test_a_request_gives_these_buckets(searcher: Searcher, request_: FacetRequest, counts: str) -> None:
    assert _counts(searcher, request_) == counts


def test_distinct_counts_all_values_that_occur(searcher: Searcher) -> None:
    requests = [FacetRequest("places", limit=1), FacetRequest("places", values=("mars",)), FacetRequest("systems")]
    result = searcher.search(Term("body", "missil"), facets=requests, limit=0)
    assert [facet.distinct for facet in result.facets] == [3, 3, 1]


def test_a_facet_ignores_its_own_chosen_values_and_obeys_others(searcher: Searcher) -> None:
    erdogan = Selection("people", ("erdogan",))
    assert _counts(searcher, _PEOPLE, erdogan) == "erdogan:2 putin:2"
    assert _counts(searcher, _PLACES, erdogan) == "turkey:2 russia:1"


def test_a_facet_obeys_its_own_values_when_all_are_asked_for(searcher: Searcher) -> None:
    both = Selection("people", ("erdogan", "putin"), MatchMode.ALL)
    assert _counts(searcher, _PEOPLE, both) == "erdogan:1 putin:1"
    assert list(searcher.scan(Everything(), selections=[both])) == ["c"]


def test_a_facet_obeys_its_own_exclusions(searcher: Searcher) -> None:
    without = Selection("people", excluded=("putin",))
    assert _counts(searcher, _PEOPLE, without) == "erdogan:1"
    assert list(searcher.scan(Everything(), selections=[without])) == ["a", "b"]


@pytest.mark.parametrize(
    ("selections", "ids"),
    [
        ([Selection("people", ("erdogan", "putin"))], "acd"),
        ([Selection("people", ("erdogan",)), Selection("places", ("russia",))], "a"),
        ([Selection("people", ("erdogan",), MatchMode.ANY, ("putin",))], "a"),
        ([Selection("people", (), MatchMode.ALL)], "abcd"),
        ([Selection("people", ("nobody",))], ""),
        ([Selection("people", excluded=("nobody",))], "abcd"),
    ],
    ids=str,
)
def test_selections_restrict(searcher: Searcher, selections: list[Selection], ids: str) -> None:
    assert list(searcher.scan(Everything(), selections=selections)) == list(ids)


def test_choosing_a_bucket_gives_as_many_as_it_says(searcher: Searcher) -> None:
    query = Term("body", "missil")
    (facet,) = searcher.search(query, facets=[_PLACES]).facets
    totals = [searcher.search(query, selections=[Selection("places", (b.value,))]).total for b in facet.buckets]
    assert totals == [bucket.count for bucket in facet.buckets]


def test_facets_come_in_the_order_they_were_asked_for(searcher: Searcher) -> None:
    result = searcher.search(Nothing(), facets=[_PLACES, _PEOPLE, _PLACES])
    assert [facet.field for facet in result.facets] == ["places", "people", "places"]
    assert [facet.buckets for facet in result.facets] == [(), (), ()]


def test_a_selection_does_not_change_scores(searcher: Searcher) -> None:
    query = Term("body", "missil")
    plain = {hit.id: hit.score for hit in searcher.search(query).hits}
    (chosen,) = searcher.search(query, selections=[Selection("places", ("poland",))]).hits
    assert chosen.score == plain["b"]


_PAIRED = [("people", "erdogan"), ("people", "putin"), ("places", "russia"), ("places", "nowhere")]


@pytest.mark.parametrize(
    ("query", "selections"),
    [
        (Everything(), ()),
        (Term("body", "missil"), ()),
        (Nothing(), ()),
        (Everything(), (Selection("people", ("erdogan",)),)),
        (Everything(), (Selection("people", ("erdogan", "putin"), MatchMode.ALL),)),
        (Not(Term("body", "missil")), (Selection("places", excluded=("russia",)),)),
    ],
    ids=str,
)
def test_pairs_are_counted_as_searches_for_both_find(
    searcher: Searcher, query: Query, selections: tuple[Selection, ...]
) -> None:
    table = searcher.pair_counts(query, _PAIRED, selections=selections)
    both = [
        tuple(
            searcher.search(And((query, Keyword(a, (one,)), Keyword(b, (two,)))), selections=selections, limit=0).total
            for b, two in _PAIRED
        )
        for a, one in _PAIRED
    ]
    assert list(table) == both


def test_pairs_of_nothing_are_none(searcher: Searcher) -> None:
    assert searcher.pair_counts(Everything(), []) == ()


def test_as_many_values_as_promised_are_paired(searcher: Searcher) -> None:
    values = [("people", f"nobody{number}") for number in range(MAX_PAIRED - 1)] + [("people", "erdogan")]
    table = searcher.pair_counts(Everything(), values)
    assert len(table) == MAX_PAIRED
    assert [sum(row) for row in table[:-1]] == [0] * (MAX_PAIRED - 1)
    assert table[-1][-1] > 0
