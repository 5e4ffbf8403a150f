from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from index.catalog.reader import CatalogReader
from search.answer.ties import TIES, best_entities, order_ties, with_all_equals
from search.engines.base import Bucket, FacetCounts, FacetRequest

FIELD = "people"


class Counted:
    """A facet of some counts, as engines give it: by count, then by value."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.asked: list[FacetRequest] = []
        self._buckets = [Bucket(*each) for each in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]

    def __call__(self, request: FacetRequest) -> FacetCounts:
        self.asked.append(request)
        shown = self._buckets[request.offset : request.offset + request.limit]
        return FacetCounts(request.field, tuple(shown), len(self._buckets))


def catalog(mentions: Mapping[str, int]) -> CatalogReader:
    def story_mentions(ids: Sequence[str]) -> Mapping[str, int]:
        return {one: mentions[one] for one in ids if one in mentions}

    return cast("CatalogReader", SimpleNamespace(story_mentions=story_mentions))


def ids(counted: FacetCounts) -> list[str]:
    return [bucket.value for bucket in counted.buckets]


@given(
    st.dictionaries(st.text("abcde", min_size=1, max_size=4), st.tuples(st.integers(1, 3), st.integers(0, 4)),
                    max_size=60),
    st.integers(1, 9),
)  # fmt: skip
def test_pages_of_any_size_are_parts_of_one_order(values: dict[str, tuple[int, int]], size: int) -> None:
    expected = sorted(values, key=lambda value: (-values[value][0], -values[value][1], value))
    count = Counted({value: counts for value, (counts, _) in values.items()})
    known = catalog({value: mentions for value, (_, mentions) in values.items()})
    pages = [best_entities(FIELD, count, known, limit=size, offset=start) for start in range(0, len(values), size)]
    assert [value for page in pages for value in ids(page)] == expected
    # And the first of them are those beside the results.
    asked = count(FacetRequest(FIELD, size * TIES))
    whole = with_all_equals([asked], limit=size, count=count, catalog=known)
    mentions = known.story_mentions(ids(whole[0]))
    [ordered] = order_ties(whole, mentions)
    assert ids(ordered)[:size] == expected[:size]


def test_they_are_counted_again_only_where_equals_are_missing() -> None:
    few = Counted({f"{number:02}": 1 for number in range(30)})
    distinct = Counted({f"{number:02}": 100 - number for number in range(90)})
    sources = Counted({f"{number:02}": 1 for number in range(90)})
    for count, field, limit in ((few, FIELD, 6), (distinct, FIELD, 6), (sources, "sources", 6), (sources, FIELD, 0)):
        first = count(FacetRequest(field, limit * TIES))
        assert with_all_equals([first], limit=limit, count=count, catalog=catalog({})) == (first,)
        assert len(count.asked) == 1 or count is sources


def test_the_values_that_were_chosen_stay_as_they_are() -> None:
    count = Counted({f"{number:02}": 1 for number in range(90)})
    first, chosen = count(FacetRequest(FIELD, 30)), FacetCounts(FIELD, (Bucket("07", 1),) * 30, 90)
    best, same = with_all_equals([first, chosen], limit=6, count=count, catalog=catalog({"77": 3, "55": 2}))
    assert (ids(best), same) == (["77", "55", "00", "01", "02", "03"], chosen)


def test_very_many_equals_stay_in_the_order_of_their_ids() -> None:
    count = Counted({f"{number:04}": 1 for number in range(1200)})
    first = best_entities(FIELD, count, catalog({"0900": 9}), limit=2)
    assert ids(first) == ["0000", "0001"]
    assert ids(best_entities(FIELD, count, catalog({"0900": 9}), limit=2, offset=899)) == ["0899", "0900"]
