"""One answer whatever the engine: hits in the order of words and meaning, filled pages, totals, facets and snippets.

The catalog and its vectors are the same for all; the engine alone differs. Articles differ enough that no two of them
score so nearly alike that engines, whose scores agree but for rounding, could put them in another order.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from index.archive import Archive
from index.ingest.indexer import Indexer
from index.model import Document
from index.publishing import read_documents
from index.settings import Settings
from search.answer.service import SearchService
from search.archive import open_archive
from search.engines.base import MatchMode, Selection
from search.request import Order, SearchRequest, Sort, WordMode
from search.results import SearchResult
from tests.contract.engines import APPROXIMATE, ENGINES, REFERENCE, Engine, parameters, running, shown

_LEADS = Path(__file__).parents[1] / "languages" / "meaning.tsv"
_MORE = (
    "Lorries and boats wait at the river.",
    "The ministry of health and the museum gave no reason; the paper has more news on its pages.",
    "Russia and Turkey bought Patriot missiles for $2 billion on 12 July 2019, the paper has the news.",
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("answers")
    lines = [line for line in _LEADS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    (folder / "news").mkdir()
    for place, row in enumerate(rows):
        # Each article has its own length, so that the same words score differently in each.
        text = "\n\n".join([row["lead"], *_MORE[place % 3 :], "Then the paper goes on. " * (place + 1)])
        (folder / "news" / f"{row['topic']}-{row['language']}.txt").write_text(text, encoding="utf-8")
    found = Settings(index=folder / ".dossier", workers=1, model="none", packs=("core",))
    assert Indexer(found, pool="local").index([str(folder / "news")]).added == len(rows) == 50
    return found


@pytest.fixture(scope="module")
def own(settings: Settings) -> Iterator[SearchService]:
    """The service of the archive as it was indexed, on the default engine."""
    with open_archive(settings) as archive, archive.view() as view:
        yield view.service


@pytest.fixture(scope="module")
def documents(own: SearchService) -> tuple[Document, ...]:
    return tuple(read_documents(own.catalog, list(own.catalog.article_ids())))


@pytest.fixture(scope="module")
def expected(
    own: SearchService, documents: tuple[Document, ...], settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> SearchService:
    return _service(REFERENCE, own, documents, settings, tmp_path_factory.mktemp("reference"))


@pytest.fixture(
    scope="module", params=parameters(engine for engine in ENGINES if engine not in (REFERENCE, APPROXIMATE))
)
def ours(
    request: pytest.FixtureRequest,
    own: SearchService,
    documents: tuple[Document, ...],
    settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
) -> SearchService:
    return _service(running(request), own, documents, settings, tmp_path_factory.mktemp("engine"))


def _service(
    engine: Engine, own: SearchService, documents: tuple[Document, ...], settings: Settings, folder: Path
) -> SearchService:
    searcher = shown(engine, folder, documents)
    return SearchService(own.catalog, searcher, packs=("core",), vectors_file=Archive(settings).vectors_file)


_REQUESTS = (
    SearchRequest(q="crossing river news"),
    SearchRequest(q="art burglars museum pages", words=WordMode.ANY, size=20),
    SearchRequest(q="museum lorries reason boats river night"),
    SearchRequest(q="paintings museum paper"),
    SearchRequest(q="purchase weapons missiles"),
    SearchRequest(q="Patriot missiles", selections=(Selection("places", ("turkey",)),)),
    SearchRequest(q="paper news", selections=(Selection("languages", ("en", "de"), MatchMode.ANY),), size=5, page=2),
    SearchRequest(q='"more news" OR wale~1 -boat*'),
    SearchRequest(q="river", sort=Sort.NEWEST),
    SearchRequest(q=""),
    SearchRequest(q="nowhere xylophone"),
)


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("request_", _REQUESTS, ids=lambda request: request.q or "everything")
def test_an_answer_is_the_same(
    ours: SearchService, expected: SearchService, request_: SearchRequest, order: Order
) -> None:
    asked = replace(request_, order=order)
    mine, theirs = ours.search(asked), expected.search(asked)
    if ours.searcher.capabilities.is_exact_scores:
        assert _shown(mine) == _shown(theirs)
    else:
        assert _shown_beside_order(mine) == _shown_beside_order(theirs)
        known = _snippets(theirs)
        shared = {article: snippets for article, snippets in _snippets(mine).items() if article in known}
        assert shared == {article: known[article] for article in shared}
        assert bool(shared) == bool(known)


def test_meaning_and_filling_take_part_in_these_answers(expected: SearchService) -> None:
    answers = [expected.search(replace(request, order=Order.MEANING)) for request in _REQUESTS]
    words = [expected.search(replace(request, order=Order.WORDS)) for request in _REQUESTS]
    ordered = [[hit.id for hit in answer.hits] for answer in answers]
    assert sum(one != [hit.id for hit in other.hits] for one, other in zip(ordered, words, strict=True)) >= 3
    assert any(answer.partial for answer in answers)


def _shown(result: SearchResult) -> list[object]:
    """The part of an answer that a reader sees, without scores and times."""
    hits = [[(hit.id, hit.title, hit.snippets) for hit in part] for part in (result.hits, result.partial)]
    closest = [article.id for article in result.closest]
    return [result.total, result.total_all, result.total_any, hits, result.facets, closest, result.interpretation]


def _shown_beside_order(result: SearchResult) -> list[object]:
    """The part that is the same whatever the order of hits by relevance, which is close where scores are not exact."""
    closest = [article.id for article in result.closest]
    counts = [len(result.hits), len(result.partial)]
    return [result.total, result.total_all, result.total_any, counts, result.facets, closest, result.interpretation]


def _snippets(result: SearchResult) -> dict[str, object]:
    return {hit.id: (hit.title, hit.snippets) for hit in (*result.hits, *result.partial)}


def test_similar_articles_are_the_same(ours: SearchService, expected: SearchService) -> None:
    ids = list(expected.catalog.article_ids())[::7]
    assert [ours.similar(one) for one in ids] == [expected.similar(one) for one in ids]
    text, among = (
        "A bridge fell into the river.",
        SearchRequest(q="paper", selections=(Selection("languages", ("en",)),)),
    )
    assert ours.like(text) == expected.like(text) != ()
    assert ours.like(text, among) == expected.like(text, among)
