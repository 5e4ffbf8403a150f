"""The number that a facet value shows is the number of articles that choosing it gives."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from index.fields import FACET_FIELDS
from index.keywords.documents import make_document
from index.model import Amount, DateInterval, DatePrecision, Document
from index.settings import Settings
from search.answer.service import SearchService
from search.archive import open_archive
from search.engines.base import MatchMode, Selection
from search.parameters import from_parameters, to_parameters
from search.request import SearchRequest, WordMode
from search.results import Facet, FacetValue
from tests.contract.engines import ENGINES
from tests.support.examples import examples

QUERIES = ["", "patriot", "Patriot withdrawal", "S-400 -withdrawal", "zebra patriot", "person:Erdogan OR Demir"]


@pytest.fixture(scope="module")
def service(seed_index: Path, seed_settings: Settings) -> Iterator[SearchService]:
    assert seed_index == seed_settings.index
    with open_archive(seed_settings) as archive, archive.view() as view:
        yield view.service


@pytest.fixture(scope="module")
def reference(service: SearchService, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    """The same archive behind an engine that scans all documents."""
    catalog = service.catalog
    ids = list(catalog.article_ids())
    articles, mentions, links = catalog.articles(ids), catalog.mentions(ids), catalog.links(ids)
    entities = catalog.entities([link.entity_id for found in links.values() for link in found])
    today = datetime.now(UTC).date()
    documents = [make_document(articles[i], mentions.get(i, ()), links.get(i, ()), entities, today=today) for i in ids]
    searcher = ENGINES[0].write(tmp_path_factory.mktemp("reference"), documents)
    return SearchService(catalog, searcher, packs=("core",))


def choosing(request: SearchRequest, facet: Facet, value: FacetValue) -> SearchRequest:
    """The request of the link behind a value that is not chosen yet."""
    others = tuple(selection for selection in request.selections if selection.field != facet.field)
    old = next(
        (selection for selection in request.selections if selection.field == facet.field), Selection(facet.field)
    )
    # With "any", a value is counted as if it were the only one chosen; with "all", as if it were one more.
    kept = old.values if old.mode is MatchMode.ALL else ()
    chosen = replace(old, values=tuple(sorted({*kept, value.value})))
    return replace(request, selections=(*others, chosen))


def wrong_counts(service: SearchService, request: SearchRequest) -> list[tuple[str, str, int, int]]:
    """Field, value, number shown and number given, of the values for which the two differ."""
    result = service.search(replace(request, size=0), facets=FACET_FIELDS, facet_limit=1000)
    shown = [(facet, value) for facet in result.facets for value in facet.values if not value.is_excluded]
    given = [
        service.search(replace(choosing(request, facet, value), size=0), facets=()).total for facet, value in shown
    ]
    return [
        (facet.field, value.value, value.count, total)
        for (facet, value), total in zip(shown, given, strict=True)
        if value.count != total
    ]


@pytest.mark.parametrize("q", QUERIES)
def test_every_value_of_the_seeds_gives_the_number_it_shows(service: SearchService, q: str) -> None:
    result = service.search(SearchRequest(q=q, size=0), facets=FACET_FIELDS, facet_limit=1000)

    assert sum(len(facet.values) for facet in result.facets) > 10
    assert wrong_counts(service, SearchRequest(q=q)) == []


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), q=st.sampled_from(QUERIES), words=st.sampled_from(WordMode))
def test_the_number_holds_beside_other_choices(
    service: SearchService, data: st.DataObject, q: str, words: WordMode
) -> None:
    facets = service.search(SearchRequest(size=0), facets=FACET_FIELDS, facet_limit=1000).facets
    facet = data.draw(st.sampled_from([facet for facet in facets if facet.values]))
    values = [value.value for value in facet.values]
    selection = Selection(
        facet.field,
        tuple(sorted(data.draw(st.sets(st.sampled_from(values), min_size=1, max_size=2)))),
        data.draw(st.sampled_from(MatchMode)),
        tuple(sorted(data.draw(st.sets(st.sampled_from(values), max_size=1)))),
    )

    assert wrong_counts(service, SearchRequest(q=q, words=words, selections=(selection,))) == []


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), q=st.sampled_from(QUERIES))
def test_a_choice_and_its_address_are_the_same_search(service: SearchService, data: st.DataObject, q: str) -> None:
    facets = service.search(SearchRequest(q=q, size=0), facets=FACET_FIELDS, facet_limit=1000).facets
    facet = data.draw(st.sampled_from([facet for facet in facets if facet.values]))
    value = data.draw(st.sampled_from(facet.values))

    again, notices = from_parameters(to_parameters(choosing(SearchRequest(q=q), facet, value)))

    assert notices == ()
    assert service.search(again, facets=()).total == value.count


@pytest.mark.parametrize("q", QUERIES)
def test_hits_export_and_undated_agree_with_the_total(service: SearchService, q: str) -> None:
    result = service.search(SearchRequest(q=q, size=100))

    assert len(result.hits) == result.total == len(list(service.export(SearchRequest(q=q))))
    assert result.undated == sum(hit.published is None for hit in result.hits)
    assert [hit.id for hit in result.hits] == [hit.id for hit in service.export(SearchRequest(q=q))]


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), q=st.sampled_from(QUERIES), words=st.sampled_from(WordMode))
def test_the_engine_answers_as_a_scan_of_all_documents_does(
    service: SearchService, reference: SearchService, data: st.DataObject, q: str, words: WordMode
) -> None:
    facets = service.search(SearchRequest(size=0), facets=FACET_FIELDS, facet_limit=1000).facets
    facet = data.draw(st.sampled_from([facet for facet in facets if facet.values]))
    value = data.draw(st.sampled_from(facet.values))
    request = choosing(SearchRequest(q=q, words=words), facet, value)

    found = service.search(request, facets=FACET_FIELDS, facet_limit=1000)
    expected = reference.search(request, facets=FACET_FIELDS, facet_limit=1000)

    assert found.facets == expected.facets
    assert {hit.id for hit in found.hits} == {hit.id for hit in expected.hits}
    assert (found.total, found.total_any, found.is_any, found.undated) == (
        expected.total,
        expected.total_any,
        expected.is_any,
        expected.undated,
    )


_values = st.lists(st.sampled_from(["a", "b", "c", "d", "ö"]), unique=True, max_size=3).map(tuple)
_days = st.dates(date(2018, 11, 1), date(2020, 2, 1)).map(lambda day: DateInterval(day, day, DatePrecision.DAY))
_documents = st.builds(
    Document,
    id=st.integers(0, 30).map(str),
    title=st.just("title"),
    body=st.lists(st.sampled_from(["patriot", "withdrawal", "s-400", "zebra"]), max_size=6).map(" ".join),
    people=_values,
    systems=_values,
    amounts=st.lists(
        st.builds(Amount, st.sampled_from(["USD", "EUR", None]), st.sampled_from([Decimal(5), None])), max_size=2
    ).map(tuple),
    dates=st.lists(_days, max_size=2).map(tuple),
    published=st.none() | _days,
    source=st.none() | st.sampled_from(["TASS", "AFP"]),
    language=st.sampled_from(["en", "tr"]),
)


@settings(max_examples=examples(15), suppress_health_check=list(HealthCheck))
@given(
    documents=st.lists(_documents, max_size=25),
    q=st.sampled_from(["", "patriot withdrawal", "patriot OR zebra", "s-400 -zebra", "nothing patriot"]),
    values=_values.filter(bool),
    mode=st.sampled_from(MatchMode),
)
def test_the_number_holds_in_random_archives(
    service: SearchService, documents: list[Document], q: str, values: tuple[str, ...], mode: MatchMode
) -> None:
    with TemporaryDirectory() as folder:
        searcher = ENGINES[1].write(Path(folder), documents)
        random_service = SearchService(service.catalog, searcher)
        # Counts alone: the catalog of the seeds does not have these articles.
        request = SearchRequest(q=q, selections=(Selection("people", values, mode),), size=0)

        assert wrong_counts(random_service, SearchRequest(q=q, size=0)) == []
        assert wrong_counts(random_service, request) == []
        searcher.close()
