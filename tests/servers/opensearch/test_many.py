"""Ten thousand hits and values are no limit, and several shards count as exactly as one."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

import pytest
from opensearchpy import OpenSearch

from index.engines.base import EngineLocation
from index.model import Document
from search.engines.base import Bucket, FacetRequest, Searcher, Selection, Sort
from search.engines.opensearch import pages
from search.engines.registry import open_searcher
from search.query.ast import Everything, Term
from tests.servers.opensearch.places import ENGINE, client_of, write

_COUNT = 10_100


def _documents() -> Iterator[Document]:
    """Documents of one word; people in one to three of them, so that each shard has other frequent ones."""
    for number in range(_COUNT):
        people = tuple(dict.fromkeys(f"p{number * step % 7_000:05}" for step in (1, 3, 11)))
        yield Document(
            id=f"{number:06}",
            title="",
            body="even" if number % 2 == 0 else "odd",
            people=people,
            source=f"s{number:05}",
        )


@pytest.fixture(scope="module")
def place(opensearch_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineLocation]:
    options = {"index": "many", "shards": "3"}
    place = EngineLocation(tmp_path_factory.mktemp("many"), url=opensearch_server, options=options)
    write(place, _documents())
    yield place
    client_of(place).indices.delete(index="many-*")


@pytest.fixture(scope="module")
def searcher(place: EngineLocation) -> Searcher:
    return open_searcher(ENGINE, place)


def _ids(numbers: range) -> list[str]:
    return [f"{number:06}" for number in numbers]


@pytest.mark.parametrize("sort", Sort)
def test_all_hits_are_exported_in_order(searcher: Searcher, sort: Sort) -> None:
    assert list(searcher.scan(Everything(), sort=sort)) == _ids(range(_COUNT))


def test_pages_lie_beyond_ten_thousand(searcher: Searcher) -> None:
    result = searcher.search(Everything(), offset=10_050, limit=20, facets=[FacetRequest("sources", limit=1)])
    assert ([hit.id for hit in result.hits], result.total) == (_ids(range(10_050, 10_070)), _COUNT)
    assert result.facets[0].buckets == (Bucket("s00000", 1),)
    last = searcher.search(Everything(), selections=[Selection("sources", excluded=("s00000",))], offset=10_090)
    assert [hit.id for hit in last.hits] == _ids(range(10_091, _COUNT))


def test_hits_that_score_alike_come_in_the_order_of_ids_on_every_shard(searcher: Searcher) -> None:
    result = searcher.search(Term("body", "even"), limit=50)
    assert [hit.id for hit in result.hits] == _ids(range(0, 100, 2))
    assert len({hit.score for hit in result.hits}) == 1


def test_values_are_counted_exactly_over_shards(searcher: Searcher) -> None:
    counts = Counter(person for document in _documents() for person in document.people)
    expected = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    facets = [FacetRequest("people", limit=30), FacetRequest("people", limit=30, offset=3_000)]
    first, later = searcher.search(Everything(), limit=0, facets=facets).facets
    assert [(bucket.value, bucket.count) for bucket in first.buckets] == expected[:30]
    assert [(bucket.value, bucket.count) for bucket in later.buckets] == expected[3_000:3_030]
    assert first.distinct == len(counts)
    assert [(one.term, one.documents) for one in searcher.terms("people", prefix="p01", limit=40)] == [
        pair for pair in expected if pair[0].startswith("p01")
    ][:40]


def test_values_beyond_ten_thousand_are_counted(searcher: Searcher) -> None:
    (facet,) = searcher.search(Everything(), limit=0, facets=[FacetRequest("sources", limit=5, offset=10_020)]).facets
    assert facet.buckets == tuple(Bucket(f"s{number:05}", 1) for number in range(10_020, 10_025))
    assert facet.distinct == _COUNT


def test_an_export_goes_on_when_its_point_in_time_is_lost(
    searcher: Searcher, place: EngineLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_AT_ONCE", 2_000)
    client: OpenSearch = client_of(place)
    ids = searcher.scan(Everything())
    first = list(islice(ids, 5_000))
    assert len(client.get_all_pits()["pits"]) == 1
    client.delete_all_pits()
    assert first + list(ids) == _ids(range(_COUNT))
    assert client.get_all_pits()["pits"] == []
