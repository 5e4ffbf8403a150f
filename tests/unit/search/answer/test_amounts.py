import json
from collections.abc import Iterator

import pytest

from index.ingest.indexer import Indexer
from index.settings import Settings
from search.answer.amounts import amount_table
from search.answer.service import SearchService
from search.archive import open_archive
from search.hits.prepared import PreparedArticles
from search.query.ast import Everything
from search.request import AmountChoice, AmountOrder, SearchRequest
from search.results import SearchResult
from search.views import AmountRow, AmountTable


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """An archive whose articles have small and large amounts at once."""
    folder = tmp_path_factory.mktemp("many")
    with (folder / "articles.jsonl").open("w") as lines:
        for number in range(1, 61):
            text = f"The bridge cost €{number} at first, then €{number * 700}.\n\nNow it costs €{61 - number} million."
            lines.write(json.dumps({"id": f"a{number}", "title": f"Bridge {number}", "text": text,
                                    "date": f"{1950 + number}-03-04"}) + "\n")  # fmt: skip
    settings = Settings(index=folder / ".dossier", workers=1, model="none")
    assert Indexer(settings, pool="local").index([str(folder / "articles.jsonl")]).added == 60
    with open_archive(settings) as archive, archive.view() as view:
        yield view.service


@pytest.fixture(scope="module")
def service(awkward_settings: Settings) -> Iterator[SearchService]:
    with open_archive(awkward_settings) as archive, archive.view() as view:
        yield view.service


def table(service: SearchService, order: AmountOrder, *, most: int) -> AmountTable:
    return amount_table(
        Everything(),
        (),
        AmountChoice("EUR", order, limit=10_000),
        span=None,
        catalog=service.catalog,
        searcher=service.searcher,
        prepared=PreparedArticles(),
        abbreviations=frozenset(),
        most=most,
    )


def value(row: AmountRow) -> tuple[object, ...]:
    return row.amount.value, row.sentence


@pytest.mark.parametrize("most", [3, 10, 25, 59])
@pytest.mark.parametrize("order", list(AmountOrder))
def test_a_table_that_is_cut_has_the_first_rows_of_the_whole(
    many: SearchService, order: AmountOrder, most: int
) -> None:
    whole, cut = table(many, order, most=5000), table(many, order, most=most)
    assert whole.total == 180
    assert not whole.is_cut
    assert cut.is_cut
    assert 0 < cut.total < whole.total
    assert list(map(value, cut.rows)) == list(map(value, whole.rows[: cut.total]))


def test_a_table_has_every_amount_that_the_articles_have(service: SearchService) -> None:
    whole = table(service, AmountOrder.LARGEST, most=5000)
    found: SearchResult = service.search(SearchRequest(size=100, q="cur:EUR"), facets=())
    listed = {(row.article, row.amount) for row in whole.rows}
    wanted = {(hit.id, amount) for hit in found.hits for amount in hit.amounts if amount.currency == "EUR"}
    # The same sentence of another article is counted, not listed.
    copies = sum(row.copies for row in whole.rows)
    assert found.total > 100
    assert len(wanted - listed) <= copies


def test_the_same_sentence_of_copies_is_one_row(service: SearchService) -> None:
    whole = table(service, AmountOrder.LARGEST, most=5000)
    sentences = [(row.sentence, row.start) for row in whole.rows]
    assert len(set(sentences)) == len(sentences)
    usd = service.amounts(SearchRequest(), AmountChoice("USD", limit=10_000))
    gbp = service.amounts(SearchRequest(), AmountChoice("GBP", limit=10_000))
    assert max(row.copies for row in (*whole.rows, *usd.rows, *gbp.rows)) == 2
